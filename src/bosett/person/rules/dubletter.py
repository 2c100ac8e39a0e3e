"""Are two persons in the register perhaps one? Points with reasons, for a human being who compares and decides. Pure.

By number, name (across scripts and spellings) and birth date. The same citizenship adds a little, and never decides; sex is not
used at all (DESIGN 4.8). The points are the project's own choice: they order a list, nothing else follows from them.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from bosett.person.rules.navn import lydlikt, ordene

POENG = {
    "samme_nummer": 100,
    "samme_navn": 50,
    "lydlikt_navn": 40,
    "del_av_navn": 25,
    "samme_fodt": 40,
    "byttet_fodt": 20,
    "siffer_fodt": 15,
    "samme_land": 5,
}
GRENSE = 65
"""A pair with fewer points, its citizenship not counted, is not shown: the same name with a date of birth near by is just enough."""
_NAVN = ("samme_navn", "lydlikt_navn", "del_av_navn")


@dataclass(frozen=True, slots=True)
class Kjennetegn:
    """What two persons are compared by. `navn`: each whole name, in whatever script."""

    navn: tuple[str, ...]
    fodt: date
    statsborgerskap: str = ""


@dataclass(frozen=True, slots=True)
class Likhet:
    """`grunner` are codes of `POENG`, the heaviest first."""

    poeng: int
    grunner: tuple[str, ...]


def likhet(en: Kjennetegn, annen: Kjennetegn, *, samme_nummer: bool = False) -> Likhet | None:
    """None: not alike enough to be looked at. A number in common is always enough."""
    grunner = ["samme_nummer"] if samme_nummer else []
    grunner += [g for g in (_navn(en.navn, annen.navn), _fodt(en.fodt, annen.fodt)) if g]
    if not samme_nummer and sum(POENG[g] for g in grunner) < GRENSE:
        return None
    if en.statsborgerskap and en.statsborgerskap == annen.statsborgerskap:
        grunner.append("samme_land")
    return Likhet(sum(POENG[g] for g in grunner), tuple(sorted(grunner, key=lambda g: -POENG[g])))


def lyder(navn: str) -> set[str]:
    """The sounds of a name's words; words of one or two letters («al», «El») count only when there is nothing else."""
    alle = ordene(navn)
    return {lydlikt(o) for o in alle if len(o) > 2} or alle


def naere_datoer(fodt: date) -> set[date]:
    """The date itself, the one with day and month changed about, and all with one digit wrong: what a search looks for."""
    siffer = fodt.isoformat()
    mulige = {siffer, f"{fodt.year:04}-{fodt.day:02}-{fodt.month:02}"}
    mulige |= {siffer[:nr] + s + siffer[nr + 1 :] for nr in range(2, 10) if siffer[nr] != "-" for s in "0123456789"}  # fmt: skip
    return set(_datoer(mulige))


def _datoer(tekster: set[str]) -> Iterator[date]:
    for tekst in tekster:
        try:
            yield date.fromisoformat(tekst)
        except ValueError:
            continue  # the thirteenth month


def _navn(en: tuple[str, ...], annen: tuple[str, ...]) -> str:
    funnet = {_to_navn(a, b) for a in en for b in annen}
    return next((grunn for grunn in _NAVN if grunn in funnet), "")


def _to_navn(a: str, b: str) -> str:
    if ordene(a) == ordene(b):
        return "samme_navn" if ordene(a) else ""
    la, lb = lyder(a), lyder(b)
    if la == lb:
        return "lydlikt_navn"
    return "del_av_navn" if min(len(la), len(lb)) > 1 and (la <= lb or lb <= la) else ""


def _fodt(a: date, b: date) -> str:
    if a == b:
        return "samme_fodt"
    if a.year == b.year and (a.month, a.day) == (b.day, b.month):
        return "byttet_fodt"
    return "siffer_fodt" if sum(x != y for x, y in zip(f"{a}", f"{b}", strict=True)) == 1 else ""
