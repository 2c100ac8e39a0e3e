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
# A group that is short even at ten times its keys cannot be helped by a factor.
STORST = 10 * HEL
RUNDER = 60


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


def faktorprodukter(grupper: Sequence[Gruppe], faktorer: Mapping[str, int]) -> dict[str, int]:
    """The product of the factors of every lifted municipality, in millionths. Those not lifted are left out."""
    ut: dict[str, int] = {}
    for gruppe in grupper:
        faktor = faktorer.get(gruppe.id, HEL)
        if faktor != HEL:
            for nummer in gruppe.medlemmer:
                ut[nummer] = ut.get(nummer, HEL * HEL) * faktor // HEL
    return ut


def finn_faktorer(
    grupper: Sequence[Gruppe], kjor: Callable[[Mapping[str, int]], Mapping[str, int]]
) -> dict[str, int]:
    """The factor of each group in thousandths, for the groups that had to be lifted.

    `kjor` divides the country with given factors. All groups that fall short rise together, by what they lack
    but never more than to the double; then each is lowered as far as all bounds still hold. A group that is
    short even at the largest factor is given up, and the others start again without it.
    """
    med = [g for g in grupper if g.grense > 0]
    gitt_opp: set[str] = set()
    while True:
        faktorer: dict[str, int] = {}
        for _ in range(RUNDER):
            tall = kjor(faktorer)
            lave = [g for g in med if g.id not in gitt_opp and _mangler(g, tall) > 0]
            if not lave:
                return _stram(med, gitt_opp, faktorer, kjor)
            fulle = [g.id for g in lave if faktorer.get(g.id, HEL) >= STORST]
            if fulle:
                break
            for g in lave:
                har = faktorer.get(g.id, HEL)
                onsket = har * g.grense // max(1, sum_i(g, tall))
                faktorer[g.id] = min(STORST, max(har + 1, min(onsket, 2 * har)))
        else:
            fulle = [g.id for g in lave]
        gitt_opp.update(fulle)


def _stram(
    grupper: Sequence[Gruppe],
    gitt_opp: set[str],
    faktorer: Mapping[str, int],
    kjor: Callable[[Mapping[str, int]], Mapping[str, int]],
) -> dict[str, int]:
    """Lowers each factor, in the order of the groups, to the least that keeps every bound."""
    ut = dict(faktorer)

    def holder(faktorer: Mapping[str, int]) -> bool:
        tall = kjor(faktorer)
        return all(_mangler(g, tall) <= 0 for g in grupper if g.id not in gitt_opp)

    for gruppe in grupper:
        if gruppe.id not in ut:
            continue
        # The rise stops just over the bound, so the least factor is near: step down in growing strides.
        hoy, skritt = ut[gruppe.id], 1
        lav = hoy - skritt
        while lav >= HEL and holder({**ut, gruppe.id: lav}):
            hoy, skritt = lav, skritt * 2
            lav = hoy - skritt
        lav = max(lav, HEL - 1)
        while hoy - lav > 1:
            midt = (lav + hoy) // 2
            if holder({**ut, gruppe.id: midt}):
                hoy = midt
            else:
                lav = midt
        ut[gruppe.id] = hoy
    return {id_: faktor for id_, faktor in ut.items() if faktor > HEL}


def sum_i(gruppe: Gruppe, tall: Mapping[str, int]) -> int:
    return sum(tall.get(nummer, 0) for nummer in gruppe.medlemmer)


def _mangler(gruppe: Gruppe, tall: Mapping[str, int]) -> int:
    return gruppe.grense - sum_i(gruppe, tall)
