"""Is a household ready to be settled, from which day and how long, and what is missing if not? (R014, R068, R184, R185)"""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bosett.person.rules.grunnlag import grunnlag

ALDRI = ("familie", "selvbosatt")
"""Tracks that do not lead to a place in a municipality's number."""


@dataclass(frozen=True, slots=True)
class Tillatelse:
    fra: date
    til: date | None
    grunnlag: str


@dataclass(frozen=True, slots=True)
class Medlem:
    """`nr` names the member in the answer without naming the person."""

    nr: int
    tillatelser: tuple[Tillatelse, ...]
    trenger_verge: bool = False
    har_verge: bool = True
    plan: str = ""
    """The plan she must have (`rules.em.plan`), and the day it was finished: she is ready from then, at the earliest."""
    plan_ferdig: date | None = None


@dataclass(frozen=True, slots=True)
class Mangel:
    kode: str
    medlem: int | None = None


@dataclass(frozen=True, slots=True)
class Klar:
    """`fra` None: not ready. `til`: the first day it is not, when a permit runs out."""

    fra: date | None
    til: date | None
    mangler: tuple[Mangel, ...]


def klar(medlemmer: Sequence[Medlem], *, lop: str, dag: date, soknad: bool = True) -> Klar:
    """Everybody in the household needs a permit that gives a ground and holds on the day (families wait for each other)."""
    mangler = [] if lop else [Mangel("lop")]
    if lop in ALDRI:
        return Klar(None, None, (Mangel("aldri"),))
    if lop == "privat" and not soknad:
        mangler.append(Mangel("soknad"))
    fra, slutter = date.min, list[date]()
    for ett in medlemmer:
        naa = next((t for t in ett.tillatelser if t.fra <= dag and (t.til is None or dag < t.til)), None)
        kode = _mangel(ett, naa, dag)
        if kode:
            mangler.append(Mangel(kode, ett.nr))
        elif naa is not None:
            fra_, til = _rekke(ett, naa, dag)
            fra = max(fra, fra_)
            slutter += [til] if til else []
        if ett.trenger_verge and not ett.har_verge:
            mangler.append(Mangel("verge", ett.nr))
        if ett.plan and (ett.plan_ferdig is None or ett.plan_ferdig > dag):
            mangler.append(Mangel(ett.plan, ett.nr))
        elif ett.plan_ferdig is not None:
            fra = max(fra, ett.plan_ferdig)
    if mangler or not medlemmer:
        return Klar(None, None, tuple(mangler))
    return Klar(fra, min(slutter, default=None), ())


def _rekke(medlem: Medlem, naa: Tillatelse, dag: date) -> tuple[date, date | None]:
    """The unbroken run of permits that give a ground, around the one that holds: a renewal makes nobody ready anew."""
    gir = sorted(
        (t for t in medlem.tillatelser if grunnlag(t.grunnlag).bosettes(dag)),
        key=lambda t: (t.fra, t.til or date.max),
    )
    fra, til = naa.fra, naa.til
    for t in reversed(gir):
        fra = t.fra if t.fra < fra and t.til is not None and t.til >= fra else fra
    for t in gir:
        til = t.til if til is not None and t.fra <= til and (t.til is None or t.til > til) else til
    return fra, til


def _mangel(medlem: Medlem, naa: Tillatelse | None, dag: date) -> str:
    if naa is None:
        return (
            "utlopt" if any(t.til is not None and t.til <= dag for t in medlem.tillatelser) else "tillatelse"
        )
    svar = grunnlag(naa.grunnlag).bosettes(dag)
    return "ukontrollert" if svar is None else "" if svar else "grunnlag"
