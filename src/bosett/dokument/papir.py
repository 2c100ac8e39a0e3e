"""A paper as typed content: what a case file says to those who decide, never how it looks.

Not a letter: no addressee, no signature, and room left for the reader to fill in. The same value is shown on a screen,
typeset by ``papirsats`` and written as a Word file by ``papirdocx``. Pure: no database, no clock, no file.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from bosett.dokument.brev import Avsnitt, Maalform, Punktliste
from bosett.dokument.typografi import pen


def avsnitt(tekst: str) -> Avsnitt:
    """A paragraph of running text, with its typography."""
    return Avsnitt.av(pen(tekst))


@dataclass(frozen=True, slots=True)
class Tabell:
    """The first column names the row. ``tallkolonner``: figures, set to the right. ``sumrad``: the last row is a sum."""

    tittel: str
    hode: tuple[str, ...]
    rader: tuple[tuple[str, ...], ...]
    tallkolonner: tuple[int, ...] = ()
    sumrad: bool = False

    def __post_init__(self) -> None:
        if any(len(rad) != len(self.hode) for rad in self.rader):
            raise ValueError(f"tabellen «{self.tittel}» har en rad med feil antall celler")


@dataclass(frozen=True, slots=True)
class Utfylling:
    """Space for the reader's own words, with a heading and a prompt that stands in brackets."""

    overskrift: str
    ledetekst: str


@dataclass(frozen=True, slots=True)
class Vedtaksforslag:
    """One wording to choose. ``merknad`` says when it fits; it is no part of the wording."""

    overskrift: str
    tekst: str
    merknad: str = ""


Papirblokk = Avsnitt | Punktliste | Tabell | Utfylling | Vedtaksforslag


@dataclass(frozen=True, slots=True)
class Kapittel:
    overskrift: str
    blokker: tuple[Papirblokk, ...]


@dataclass(frozen=True, slots=True)
class Papir:
    """``opplysninger`` are the pairs under the title. ``avsender`` is an organisation, never a person."""

    maalform: Maalform
    tittel: str
    overtittel: str
    avsender: str
    dato: date
    opplysninger: tuple[tuple[str, str], ...]
    kapitler: tuple[Kapittel, ...]
    kildelinje: str = ""


def ren_tekst(papir: Papir) -> str:
    """All words of the paper in reading order, one block, cell or pair a line; for tests and search."""
    linjer = [papir.overtittel, papir.tittel, *(f"{navn}: {verdi}" for navn, verdi in papir.opplysninger)]
    for kapittel in papir.kapitler:
        linjer.append(kapittel.overskrift)
        for blokk in kapittel.blokker:
            linjer += _linjer(blokk)
    return "\n".join(linje for linje in [*linjer, papir.kildelinje] if linje)


def avsnittstekst(avsnitt: Avsnitt) -> str:
    return "".join(d.tekst for d in avsnitt.deler)


def _linjer(blokk: Papirblokk) -> list[str]:
    if isinstance(blokk, Avsnitt):
        return [avsnittstekst(blokk)]
    if isinstance(blokk, Punktliste):
        return [avsnittstekst(a) for a in blokk.punkter]
    if isinstance(blokk, Tabell):
        return [blokk.tittel, " | ".join(blokk.hode), *(" | ".join(rad) for rad in blokk.rader)]
    if isinstance(blokk, Utfylling):
        return [blokk.overskrift, f"[{blokk.ledetekst}]"]
    return [blokk.overskrift, blokk.tekst, blokk.merknad]
