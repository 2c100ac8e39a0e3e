"""Sums that say what they lack. A hidden or missing cell never counts as zero without saying so."""

from collections.abc import Iterable
from dataclasses import dataclass

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


def med_trykt(var: Sum, trykt: int | None) -> Sum:
    """The total to show: our sum when nothing is hidden; else the printed one if it can hold the hidden cells; else «minst».

    A printed sum holds n hidden cells of 1–4 persons when it is n to 4n above ours. Many printed sums leave hidden cells
    out and equal ours: then it is still «minst». Other differences are listed as check sums, and ours is shown.
    """
    if not var.skjulte or trykt is None or var.verdi is None:
        return var
    if MINST * var.skjulte <= trykt - var.verdi <= MEST * var.skjulte:
        return Sum(trykt, var.tall, var.skjulte, var.mangler, var.avventer, minst=False, trykt=True)
    return var


def avvik(vaar: int, skjulte: int, trykt: int | None) -> int | None:
    """Printed minus ours, when it can't be explained by the hidden cells; None: it agrees, or nothing is printed."""
    if trykt is None or trykt == vaar or (skjulte and MINST * skjulte <= trykt - vaar <= MEST * skjulte):
        return None
    return trykt - vaar
