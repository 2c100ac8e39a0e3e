"""The public table: one row per municipality of a year, searched, filtered and sorted. Pure."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bosett.geografi.rules.navn import sokenavn, sorteringsnavn
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
class Rad:
    """A municipality in a year, with what was published about it."""

    nummer: str
    navn: str
    fylkenr: str
    fylke: str
    kommune: int | None
    celler: Mapping[str, Celle]

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


SORTERING = ("kommune", "fylke", "anmodning", "vedtak", "bosatt", "andel", "svar")


def velg(
    rader: Iterable[Rad],
    *,
    sok: str = "",
    fylkenr: str = "",
    hva: str = "",
    sorter: str = "kommune",
    alle: bool = False,
) -> list[Rad]:
    """Filter and sort. `hva` is an answer; `sorter` a column, with «-» first for falling. Rows without numbers last."""
    ord_ = sokenavn(sok)
    utvalg = [
        rad
        for rad in rader
        if (alle or rad.har_tall or rad.svar is Svar.IKKE_SVART)
        and (not ord_ or ord_ in sokenavn(rad.navn) or rad.nummer.startswith(sok.strip()))
        and (not fylkenr or rad.fylkenr == fylkenr)
        and (not hva or rad.svar == hva)
    ]
    kolonne, synkende = sorter.removeprefix("-"), sorter.startswith("-")
    utvalg.sort(key=lambda rad: (sorteringsnavn(rad.navn), rad.nummer))
    if kolonne == "kommune":
        return utvalg[::-1] if synkende else utvalg
    if kolonne in ("fylke", "svar"):
        rekke = list(Svar)
        nokkel = (
            (lambda rad: sorteringsnavn(rad.fylke))
            if kolonne == "fylke"
            else (lambda rad: rekke.index(rad.svar))
        )
        return sorted(utvalg, key=nokkel, reverse=synkende)
    return _etter_tall(utvalg, kolonne, synkende)


def _etter_tall(rader: Sequence[Rad], kolonne: str, synkende: bool) -> list[Rad]:
    tall = [(rad.andel_bosatt if kolonne == "andel" else rad.verdi(kolonne), rad) for rad in rader]
    med = [(verdi, rad) for verdi, rad in tall if verdi is not None]
    med.sort(key=lambda par: par[0], reverse=synkende)
    return [rad for _, rad in med] + [rad for verdi, rad in tall if verdi is None]
