"""What a municipality has answered, from what it was asked and what it decided."""

from dataclasses import dataclass
from enum import StrEnum

from bosett.kilder.tall import Tilstand


class Svar(StrEnum):
    HELE = "hele"
    FAERRE = "faerre"
    FLERE = "flere"
    NEI = "nei"
    IKKE_SVART = "ikke_svart"
    IKKE_SPURT = "ikke_spurt"
    UTEN_ANMODNING = "uten_anmodning"
    VET_IKKE = "vet_ikke"


@dataclass(frozen=True, slots=True)
class Svarlinje:
    svar: Svar
    kommuner: int
    personer: int | None


def svar(anmodet: tuple[int | None, Tilstand] | None, vedtatt: tuple[int | None, Tilstand] | None) -> Svar:
    """Not asked: request 0, or the source says so. A hidden or missing figure is «vet ikke», never a no; a decision in a year
    whose request is not known is told apart, since it is part of what was decided."""
    anmodning, anmodning_tilstand = anmodet or (None, Tilstand.MANGLER)
    vedtak, vedtak_tilstand = vedtatt or (None, Tilstand.MANGLER)
    if anmodning == 0 or Tilstand.IKKE_ANMODET in (anmodning_tilstand, vedtak_tilstand):
        return Svar.IKKE_SPURT
    if vedtak_tilstand is Tilstand.AVVENTER:
        return Svar.IKKE_SVART
    if anmodning is None and vedtak:
        return Svar.UTEN_ANMODNING
    if anmodning is None or vedtak is None:
        return Svar.VET_IKKE
    if vedtak == 0:
        return Svar.NEI
    if vedtak == anmodning:
        return Svar.HELE
    return Svar.FAERRE if vedtak < anmodning else Svar.FLERE
