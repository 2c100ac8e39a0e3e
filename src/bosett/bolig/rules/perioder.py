"""Whose a home is, day by day: laying one period over those that were there."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

LEDIG, RESERVERT, BEBODD, STENGT = "ledig", "reservert", "bebodd", "stengt"
I_BRUK = frozenset({RESERVERT, BEBODD})
"""Somebody is to live there, or does: never written over, only ended."""


@dataclass(frozen=True, slots=True)
class Bit:
    """Half-open; `til` None has no end. `husholdning` is whom it is held for."""

    slag: str
    fra: date
    til: date | None
    husholdning: int | None = None

    def rorer(self, annen: "Bit") -> bool:
        return (self.til is None or annen.fra < self.til) and (annen.til is None or self.fra < annen.til)

    def dekker(self, annen: "Bit") -> bool:
        return self.fra <= annen.fra and (
            self.til is None or (annen.til is not None and annen.til <= self.til)
        )


def legg_over(biter: Sequence[Bit], ny: Bit) -> list[Bit]:
    """`biter` with `ny` where they meet, in the order of time. What is left of a bit on either side stays as it was; free days side by
    side are one stretch.

    Raises ValueError when `ny` meets a bit in use: that must be ended first.
    """
    ut = [ny]
    for bit in biter:
        if not bit.rorer(ny):
            ut.append(bit)
            continue
        if bit.slag in I_BRUK:
            raise ValueError("the home is in use")
        if bit.fra < ny.fra:
            ut.append(replace(bit, til=ny.fra))
        if ny.til is not None and (bit.til is None or ny.til < bit.til):
            ut.append(replace(bit, fra=ny.til))
    hele: list[Bit] = []
    for bit in sorted(ut, key=lambda bit: bit.fra):
        _foy_til(hele, bit)
    return hele


def paa(biter: Sequence[Bit], dag: date) -> str:
    """The kind of the day; empty when nothing is known of it."""
    return next((bit.slag for bit in biter if bit.fra <= dag and (bit.til is None or dag < bit.til)), "")


def ledig_for(biter: Sequence[Bit], fra: date, til: date | None = None) -> bool:
    """Free all the days: the free bits cover them without a gap."""
    neste = fra
    for bit in sorted(biter, key=lambda ett: ett.fra):
        if bit.slag != LEDIG or (bit.til is not None and bit.til <= neste) or bit.fra > neste:
            continue
        if bit.til is None or (til is not None and til <= bit.til):
            return True
        neste = bit.til
    return False


def fri_til(biter: Sequence[Bit], fra: date) -> date | None:
    """The first day after `fra` that is not free any longer; None has no end, `fra` itself is not free at all."""
    til = fra
    for bit in sorted(biter, key=lambda ett: ett.fra):
        if bit.slag == LEDIG and bit.fra <= til and (bit.til is None or bit.til > til):
            if bit.til is None:
                return None
            til = bit.til
    return til


def frigi(biter: Sequence[Bit], husholdning: int, dag: date) -> list[Bit]:
    """What was held for a household is free from `dag` on, and one stretch with what was free beside it. Days before stay as they were."""
    ut: list[Bit] = []
    for bit in sorted(biter, key=lambda ett: ett.fra):
        mine = bit.slag == RESERVERT and bit.husholdning == husholdning
        if not mine or (bit.til is not None and bit.til <= dag):
            _foy_til(ut, bit)
            continue
        if bit.fra < dag:
            ut.append(replace(bit, til=dag))
        _foy_til(ut, Bit(LEDIG, max(bit.fra, dag), bit.til))
    return ut


def _foy_til(biter: list[Bit], ny: Bit) -> None:
    if biter and biter[-1].slag == ny.slag == LEDIG and biter[-1].til == ny.fra:
        biter[-1] = replace(biter[-1], til=ny.til)
    else:
        biter.append(ny)
