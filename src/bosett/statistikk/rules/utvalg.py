"""The public table: one row per municipality of a year. Pure."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date

from bosett.geografi.rules.navn import sokenavn
from bosett.kilder.tall import Tilstand
from bosett.statistikk.rules.svar import Svar, svar


@dataclass(frozen=True, slots=True)
class Celle:
    verdi: int | None
    tilstand: Tilstand
    kvalitet: str = "endelig"
    prikket: bool = False
    referansedato: date | None = None


INGEN = Celle(None, Tilstand.MANGLER)


@dataclass(frozen=True, slots=True)
class Vedtatt:
    """When the council met, and whether the answer came after the deadline."""

    dag: date
    etter_frist: bool


@dataclass(frozen=True, slots=True)
class Rad:
    """A municipality in a year, with what was published about it."""

    nummer: str
    navn: str
    fylkenr: str
    fylke: str
    kommune: int | None
    celler: Mapping[str, Celle]
    vedtatt: Vedtatt | None = None

    @property
    def soketekst(self) -> str:
        """The name with and without diacritics, and the number."""
        return f"{self.navn} {sokenavn(self.navn)} {self.nummer}"

    def celle(self, maal: str) -> Celle:
        return self.celler.get(maal, INGEN)

    def verdi(self, maal: str) -> int | None:
        return self.celle(maal).verdi

    def par(self, maal: str) -> tuple[int | None, Tilstand]:
        celle = self.celle(maal)
        return celle.verdi, celle.tilstand

    @property
    def har_tall(self) -> bool:
        """Something is known, also that a small figure is hidden. Rows of numbers not in use in the year have nothing."""
        return any(c.verdi is not None or c.tilstand is Tilstand.SKJULT for c in self.celler.values())

    @property
    def svar(self) -> Svar:
        return svar(self.par("anmodning"), self.par("vedtak"))

    @property
    def andel_bosatt(self) -> float | None:
        """Settled of decided; None when either is unknown or nothing was decided."""
        bosatt, vedtatt = self.verdi("bosatt"), self.verdi("vedtak")
        return bosatt / vedtatt if bosatt is not None and vedtatt else None
