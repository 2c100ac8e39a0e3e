"""Governed and dispersed: counties and size classes get a lower bound, reached by a common factor on the keys.

«Finnmark lifted ×1,12»: every municipality of a group that would fall short has its key multiplied by the same
factor, the smallest on a grid of thousandths that is enough, and the whole country is divided again. A group
that cannot reach its bound (no one there may be asked for more) is reported as not covered; it never stops
the round.
"""

import math
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from fractions import Fraction

from bosett.anmodning.rules.kriteriesett import Tekst
from bosett.anmodning.rules.typer import Kommune
from bosett.grunn.tallformat import tall as vis_tall

HEL = 1000
STORST = 64 * HEL
RUNDER = 40


@dataclass(frozen=True, slots=True)
class Gruppe:
    """A county or a size class with its lower bound (persons)."""

    familie: str
    id: str
    navn: Tekst
    medlemmer: frozenset[str]
    folketall: int
    grense: int


def lag_grupper(
    kommuner: Sequence[Kommune],
    behov: int,
    andel_fylke: float,
    andel_storrelse: float,
    grenser: Sequence[int],
) -> tuple[Gruppe, ...]:
    """Counties in order, then size classes from the smallest. A bound of 0 is no bound.

    The bound is the given part of the group's share of the inhabitants, at least one person.
    """
    alle = sum(k.folketall for k in kommuner)
    fylker: dict[str, list[Kommune]] = {}
    klasser: dict[int, list[Kommune]] = {}
    for kommune in kommuner:
        fylker.setdefault(kommune.fylke, []).append(kommune)
        klasser.setdefault(sum(kommune.folketall >= g for g in grenser), []).append(kommune)

    def gruppe(familie: str, id_: str, navn: Tekst, medlemmer: list[Kommune], andel: float) -> Gruppe:
        folketall = sum(k.folketall for k in medlemmer)
        grense = max(1, math.ceil(Fraction(str(andel)) * behov * folketall / alle)) if andel > 0 else 0
        nummer = frozenset(k.kommunenummer for k in medlemmer)
        return Gruppe(familie, id_, navn, nummer, folketall, grense)

    return (
        *(gruppe("fylke", f, Tekst(f, f), fylker[f], andel_fylke) for f in sorted(fylker)),
        *(
            gruppe("storrelse", f"klasse{n}", _klassenavn(n, grenser), klasser[n], andel_storrelse)
            for n in sorted(klasser)
        ),
    )


def _klassenavn(nr: int, grenser: Sequence[int]) -> Tekst:
    if not grenser:
        return Tekst("Alle kommuner", "Alle kommunar")
    if nr == 0:
        under = vis_tall(grenser[0])
        return Tekst(f"Under {under} innbyggere", f"Under {under} innbyggjarar")
    fra = vis_tall(grenser[nr - 1])
    if nr == len(grenser):
        return Tekst(f"{fra} innbyggere og flere", f"{fra} innbyggjarar og fleire")
    til = vis_tall(grenser[nr] - 1)
    return Tekst(f"{fra}–{til} innbyggere", f"{fra}–{til} innbyggjarar")


def faktor_for(nummer: str, grupper: Sequence[Gruppe], faktorer: Mapping[str, int]) -> int:
    """The product of a municipality's factors, in millionths."""
    produkt = HEL * HEL
    for gruppe in grupper:
        if nummer in gruppe.medlemmer:
            produkt = produkt * faktorer.get(gruppe.id, HEL) // HEL
    return produkt


def finn_faktorer(
    grupper: Sequence[Gruppe], kjor: Callable[[Mapping[str, int]], Mapping[str, int]]
) -> dict[str, int]:
    """The factor of each group in thousandths, for the groups that had to be lifted.

    `kjor` divides the country with given factors. Factors only rise: lifting one group can only make another
    fall short, so this ends, and for one family of groups at the least factors that are enough.
    """
    faktorer: dict[str, int] = {}
    gitt_opp: set[str] = set()
    tall = kjor(faktorer)
    for _ in range(RUNDER):
        lav = next((g for g in grupper if g.id not in gitt_opp and _mangler(g, tall) > 0), None)
        if lav is None:
            break
        funnet = _minste(lav, faktorer, kjor, tall)
        if funnet is None:
            gitt_opp.add(lav.id)
            faktorer.pop(lav.id, None)
        else:
            faktorer[lav.id] = funnet
        tall = kjor(faktorer)
    return faktorer


def sum_i(gruppe: Gruppe, tall: Mapping[str, int]) -> int:
    return sum(tall.get(nummer, 0) for nummer in gruppe.medlemmer)


def _mangler(gruppe: Gruppe, tall: Mapping[str, int]) -> int:
    return gruppe.grense - sum_i(gruppe, tall)


def _minste(
    gruppe: Gruppe,
    faktorer: Mapping[str, int],
    kjor: Callable[[Mapping[str, int]], Mapping[str, int]],
    tall: Mapping[str, int],
) -> int | None:
    """The least factor that gives the group its bound, the other factors held; None when none does."""

    def nok(faktor: int) -> bool:
        return _mangler(gruppe, kjor({**faktorer, gruppe.id: faktor})) <= 0

    lav = faktorer.get(gruppe.id, HEL)
    # First guess: numbers grow about as the key does.
    hoy = min(STORST, lav * gruppe.grense // max(1, sum_i(gruppe, tall)) + 1)
    while not nok(hoy):
        if hoy == STORST:
            return None
        lav, hoy = hoy, min(STORST, hoy + max(20, (hoy - HEL) // 2))
    while hoy - lav > 1:
        midt = (lav + hoy) // 2
        if nok(midt):
            hoy = midt
        else:
            lav = midt
    return hoy
