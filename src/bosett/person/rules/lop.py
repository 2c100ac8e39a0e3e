"""The track a household is on and how it ended, as far as the authorities have told: the same whatever order they told it in.

Acts of IMDi's own (an application, a confirmation) are no part of this: see `services.arbeid`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

_FORST = ("overforing", "mottak", "familie")
"""Of several ways begun on the same day, the first of these stands."""


@dataclass(frozen=True, slots=True)
class Medlem:
    """`slag`: how the person came (`asyl`, `overforing`, `familie`); `plassert`: the first day at a centre;
    `voksen_fra`: the day it was corrected that she was no minor; `ut`: the day and reason she left the chain (`trukket`, …)."""

    ankommet: date
    slag: str = "asyl"
    enslig_mindrearig: bool = False
    plassert: date | None = None
    voksen_fra: date | None = None
    ut: tuple[date, str] | None = None


def lop(medlemmer: Sequence[Medlem]) -> tuple[str, date | None]:
    """The track of those who are left, and its first day; («», None) while nothing puts them on one.

    An unaccompanied minor at a centre decides for all she came with (R028). Otherwise the way that began first.
    """
    igjen = [m for m in medlemmer if m.ut is None]
    if em := [m.plassert for m in igjen if m.enslig_mindrearig and m.plassert]:
        return "em", min(em)
    veier = [(m.ankommet, m.slag) for m in igjen if m.slag in _FORST]
    voksen_fra = max((m.voksen_fra for m in igjen if m.plassert and m.voksen_fra), default=date.min)
    veier += [(max(m.plassert, voksen_fra), "mottak") for m in igjen if m.plassert]
    if not veier:
        return "", None
    fra, slag = min(veier, key=lambda vei: (vei[0], _FORST.index(vei[1])))
    return slag, fra


def slutt(medlemmer: Sequence[Medlem]) -> tuple[date, str] | None:
    """The day the last one left, and why; None while somebody is left."""
    ut = [m.ut for m in medlemmer]
    return max(ett for ett in ut if ett) if ut and all(ut) else None
