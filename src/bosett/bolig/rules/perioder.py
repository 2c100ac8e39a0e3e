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
    """`biter` with `ny` where they meet, in the order of time. What is left of a bit on either side stays as it was.

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
    return sorted(ut, key=lambda bit: bit.fra)


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
