"""Shares from old municipalities to new ones, as published in a series bridge."""

from dataclasses import dataclass
from decimal import Decimal
from pathlib import Path

from bosett.kilder.lesere import celler
from bosett.kilder.lesere.tabell import les_tabell

_GAMMEL = ("kommunenummer_gammelt", "gammelt_nummer", "fra_nummer")
_NY = ("kommunenummer_2024", "nytt_nummer", "til_nummer")
_VEKT = ("vekt_korrigert", "vekt")


@dataclass(frozen=True, slots=True)
class Brovekt:
    fra_nummer: str
    til_nummer: str
    vekt: Decimal


def les_brovekter(fil: Path | bytes, navn: str = "") -> tuple[list[Brovekt], str]:
    """Read old number, new number, share (`vekt_korrigert` before `vekt`). Returns the rows and the file's SHA-256.

    Raises Lesefeil with row and column; a share is between 0 and 1.
    """
    tabell = les_tabell(fil, navn)
    gammel, ny, vekt = (
        next((k for k in valg if k in tabell.kolonner), valg[0]) for valg in (_GAMMEL, _NY, _VEKT)
    )
    tabell.krev((gammel, ny, vekt))
    ut = []
    for linje, rad in tabell.ordboker():
        fra = tabell.les(linje, gammel, rad[gammel], celler.kommunenummer)
        til = tabell.les(linje, ny, rad[ny], celler.kommunenummer)
        andel = tabell.les(linje, vekt, rad[vekt], _andel)
        if fra is not None and til is not None and andel is not None:
            ut.append(Brovekt(fra, til, andel))
    tabell.slutt("Brovekter: gammelt nummer, nytt nummer, andel")
    return ut, tabell.sha256


def _andel(tekst: str) -> Decimal:
    verdi = celler.desimaltall(tekst)
    if not 0 <= verdi <= 1:
        raise ValueError("skal være en andel mellom 0 og 1")
    return verdi
