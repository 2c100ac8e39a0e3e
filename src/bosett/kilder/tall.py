"""A figure carries its story: what it is, how sure it is, where it was measured, when, and whose it is."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from enum import StrEnum


class Tilstand(StrEnum):
    """Why there is a number, or why there is none. Five ways of having none are never mixed, and none of them is zero."""

    TALL = "tall"
    SKJULT = "skjult"  # suppressed by the publisher (1–4)
    MANGLER = "mangler"  # empty: nobody knows
    IKKE_AKTUELT = "ikke_aktuelt"  # the publisher says a number does not exist here
    IKKE_ANMODET = "ikke_anmodet"  # the municipality was not asked
    AVVENTER = "avventer"  # asked, has not decided


class Kvalitet(StrEnum):
    ENDELIG = "endelig"
    FORELOPIG = "forelopig"
    ANSLAG = "anslag"


class Nivaa(StrEnum):
    """The level at which it was measured. A municipality may inherit a county's figure, and then it shows."""

    KOMMUNE = "kommune"
    REGION = "region"
    FYLKE = "fylke"
    LAND = "land"


Verdi = int | Decimal


@dataclass(frozen=True, slots=True)
class Tall:
    """One figure with its story. `verdi` is there exactly when `tilstand` is `tall` (ValueError otherwise).

    `trykt` is the cell as the source printed it, so that two signs read as the same state stay distinguishable.
    """

    verdi: Verdi | None
    tilstand: Tilstand
    enhet: str
    referansedato: date
    kilde: str
    lisens: str
    kvalitet: Kvalitet = Kvalitet.ENDELIG
    nivaa: Nivaa = Nivaa.KOMMUNE
    publisert: date | None = None
    trykt: str = ""

    def __post_init__(self) -> None:
        if (self.verdi is not None) != (self.tilstand is Tilstand.TALL):
            raise ValueError(f"{self.tilstand} does not agree with the value {self.verdi!r}")

    @property
    def kjent(self) -> bool:
        return self.tilstand is Tilstand.TALL


@dataclass(frozen=True, slots=True)
class Opphav:
    """What is true of a whole table: who says it, under which licence, when published, and how sure.

    `referansedato` is the day the figures describe; None means the last day of each row's year (flows).
    """

    kilde: str
    lisens: str = "ikke oppgitt"
    publisert: date | None = None
    referansedato: date | None = None
    kvalitet: Kvalitet = Kvalitet.ENDELIG

    def dato(self, aar: int) -> date:
        return self.referansedato or date(aar, 12, 31)


@dataclass(frozen=True, slots=True)
class Observasjon:
    """One cell of a table: what was counted (`storrelse`), for whom (`kode`/`navn` as printed), in which year.

    `rad` is the line in the file. A county or a country has `nivaa` in its `tall`.
    """

    rad: int
    aar: int
    kode: str
    navn: str
    storrelse: str
    tall: Tall
