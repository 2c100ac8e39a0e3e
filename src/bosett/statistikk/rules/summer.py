"""Sums that say what they lack. A hidden or missing cell never counts as zero without saying so."""

from collections.abc import Iterable
from dataclasses import dataclass, replace
from enum import StrEnum

from bosett.kilder.tall import Tilstand
from bosett.statistikk.rules.prikking import MEST, MINST

UTEN_TALL = (Tilstand.MANGLER, Tilstand.IKKE_AKTUELT)
"""The source has no number. Waiting for a decision, or not being asked, lacks nothing in a sum."""


@dataclass(frozen=True, slots=True)
class Sum:
    """`verdi` None: no cell has a number. `minst`: hidden cells are left out, so the true sum is higher.

    `trykt`: the value is the source's own printed sum, which includes the cells it hides.
    """

    verdi: int | None
    tall: int = 0
    skjulte: int = 0
    mangler: int = 0
    avventer: int = 0
    minst: bool = False
    trykt: bool = False

    @property
    def kjent(self) -> bool:
        return self.verdi is not None


def summer(celler: Iterable[tuple[int | None, Tilstand]]) -> Sum:
    """Add what can be added and count what can't."""
    sum_, tall, skjulte, mangler, avventer = 0, 0, 0, 0, 0
    for verdi, tilstand in celler:
        if verdi is not None:
            sum_, tall = sum_ + verdi, tall + 1
        elif tilstand is Tilstand.SKJULT:
            skjulte += 1
        elif tilstand is Tilstand.AVVENTER:
            avventer += 1
        elif tilstand in UTEN_TALL:
            mangler += 1
    return Sum(sum_ if tall else None, tall, skjulte, mangler, avventer, minst=bool(skjulte))


class Kontroll(StrEnum):
    """How a printed sum compares with ours."""

    IKKE_TRYKT = "ikke_trykt"
    LIK = "lik"
    UTEN_SKJULTE = "uten_skjulte"  # equal, though cells are hidden: the printed sum leaves them out
    MED_SKJULTE = "med_skjulte"  # higher by 1–4 for each hidden cell: the printed sum holds them
    STORRE_SKJULTE = "storre_skjulte"  # higher than that: the source hides larger figures too
    AVVIK = "avvik"  # can't be explained


def kontroller(vaar: int, skjulte: int, trykt: int | None) -> Kontroll:
    """Compare a printed sum with the sum of the visible cells."""
    if trykt is None:
        return Kontroll.IKKE_TRYKT
    forskjell = trykt - vaar
    if forskjell == 0:
        return Kontroll.UTEN_SKJULTE if skjulte else Kontroll.LIK
    if not skjulte or forskjell < MINST * skjulte:
        return Kontroll.AVVIK
    return Kontroll.MED_SKJULTE if forskjell <= MEST * skjulte else Kontroll.STORRE_SKJULTE


def med_trykt(var: Sum, trykt: int | None) -> Sum:
    """The total to show: our sum when nothing is hidden; else the printed one if it holds the hidden cells; else «minst».

    A difference that hidden cells can't explain is listed among the check sums, and our sum is shown.
    """
    if not var.skjulte or trykt is None:
        return var
    if kontroller(var.verdi or 0, var.skjulte, trykt) in (Kontroll.MED_SKJULTE, Kontroll.STORRE_SKJULTE):
        return replace(var, verdi=trykt, minst=False, trykt=True)
    return var
