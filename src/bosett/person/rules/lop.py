"""The track a household is on and how it ended, as far as the authorities have told: the same whatever order they told it in.

Acts of IMDi's own (an application, a confirmation) are no part of this: see `services.arbeid`.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bosett.person.rules.fravaer import Fravaer

_FORST = ("overforing", "mottak", "familie")
"""Of several ways begun on the same day, the first of these stands."""


@dataclass(frozen=True, slots=True)
class Medlem:
    """`slag`: how the person came (`asyl`, `overforing`, `familie`); `plassert`: the first day at a centre;
    `voksen_fra`: the day it was corrected that she was no minor; `ut`: the day and reason she left the chain (`trukket`, …);
    `borte`: the times she was out of it, also those she came back from."""

    ankommet: date
    slag: str = "asyl"
    enslig_mindrearig: bool = False
    plassert: date | None = None
    voksen_fra: date | None = None
    ut: tuple[date, str] | None = None
    borte: tuple[Fravaer, ...] = ()

    @property
    def tilbake(self) -> date:
        """The day her way began anew; the first of days for one who never left."""
        return max((borte.til for borte in self.borte if borte.til), default=date.min)

    def er_her(self, dag: date) -> bool:
        borte = any(ett.fra <= dag and (ett.til is None or dag < ett.til) for ett in self.borte)
        return self.ankommet <= dag and not borte and (self.ut is None or dag < self.ut[0])


def lop(medlemmer: Sequence[Medlem]) -> tuple[str, date | None]:
    """The track of those who are left, and its first day; («», None) while nothing puts them on one.

    An unaccompanied minor at a centre decides for all she came with (R028). Otherwise the way that began first.
    """
    igjen = [m for m in medlemmer if m.ut is None]
    if em := [m.plassert for m in igjen if m.enslig_mindrearig and m.plassert]:
        return "em", min(em)
    veier = [(max(m.ankommet, m.tilbake), m.slag) for m in igjen if m.slag in _FORST]
    voksen_fra = max((m.voksen_fra for m in igjen if m.plassert and m.voksen_fra), default=date.min)
    veier += [(max(m.plassert, voksen_fra), "mottak") for m in igjen if m.plassert]
    if not veier:
        return "", None
    fra, slag = min(veier, key=lambda vei: (vei[0], _FORST.index(vei[1])))
    return slag, fra


def pause(medlemmer: Sequence[Medlem]) -> date | None:
    """The day the household last was left by everybody, for one somebody has come back to: what was decided before holds no longer."""
    dager = {borte.fra for m in medlemmer for borte in m.borte} | {m.ut[0] for m in medlemmer if m.ut}
    return max((dag for dag in dager if not any(m.er_her(dag) for m in medlemmer)), default=None)
