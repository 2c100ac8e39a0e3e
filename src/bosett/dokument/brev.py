"""A letter as typed content: what it says, never how it looks.

The same value is stored as JSON, typeset by ``sats`` and read again years later. It holds finished text in one written
form (bokmål or nynorsk); placeholders are filled before it is made. Pure: no database, no clock, no file.
"""

from __future__ import annotations

import hashlib
import json
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from bosett.dokument.jsonform import fra_data, til_data


class Maalform(StrEnum):
    """Written form of Norwegian (språklova § 15: the form the recipient has decided on)."""

    NB = "nb"
    NN = "nn"

    @classmethod
    def av(cls, form: str | None) -> Maalform:
        """From the register's word («bokmal», «nynorsk»); bokmål where it has none."""
        return cls.NN if form == "nynorsk" else cls.NB


GODKJENT_ELEKTRONISK = {
    Maalform.NB: "Dokumentet er godkjent elektronisk og behøver derfor ikke håndskrevet signatur.",
    Maalform.NN: "Dokumentet er godkjent elektronisk og treng derfor ikkje handskriven signatur.",
}
REGISTRERT_ELEKTRONISK = {
    Maalform.NB: "Opplysningene er registrert elektronisk i Bosett.",
    Maalform.NN: "Opplysningane er registrerte elektronisk i Bosett.",
}


@dataclass(frozen=True, slots=True)
class Tospraak:
    """A name or a short text in both written forms, e.g. «IMDi Midt-Norge» / «IMDi Midt-Noreg»."""

    nb: str
    nn: str

    def i(self, maalform: Maalform) -> str:
        return self.nn if maalform is Maalform.NN else self.nb


@dataclass(frozen=True, slots=True)
class Tekst:
    tekst: str


@dataclass(frozen=True, slots=True)
class Uthevet:
    """The few words a reader looks for: the number, the deadline."""

    tekst: str


@dataclass(frozen=True, slots=True)
class Lenke:
    tekst: str
    url: str

    def __post_init__(self) -> None:
        if not self.url.startswith(("https://", "mailto:")):
            raise ValueError(f"en lenke i et brev må begynne med https:// eller mailto:, ikke {self.url!r}")


@dataclass(frozen=True, slots=True)
class Fotnote:
    """Stands in the running text at the place of its mark."""

    tekst: str


Del = Tekst | Uthevet | Lenke | Fotnote


@dataclass(frozen=True, slots=True)
class Avsnitt:
    deler: tuple[Del, ...]

    @classmethod
    def av(cls, tekst: str) -> Avsnitt:
        """A paragraph of plain text."""
        return cls((Tekst(tekst),))


@dataclass(frozen=True, slots=True)
class Punktliste:
    punkter: tuple[Avsnitt, ...]


Blokk = Avsnitt | Punktliste


@dataclass(frozen=True, slots=True)
class Seksjon:
    """``overskrift`` is empty for the opening of a letter."""

    overskrift: str
    blokker: tuple[Blokk, ...]


@dataclass(frozen=True, slots=True)
class Adressat:
    navn: str
    adresselinjer: tuple[str, ...]
    organisasjonsnummer: str = ""


@dataclass(frozen=True, slots=True)
class Avsender:
    """``kontor`` is the region's office, in whose name the letter goes out (R002)."""

    etat: str
    kontor: str
    adresselinjer: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Kontaktblokk:
    """Whom to ask. A role or a team first; no private person's address (R039, R051)."""

    navn: str
    epost: str = ""
    telefon: str = ""


@dataclass(frozen=True, slots=True)
class Godkjenning:
    """Who approved, in which role, when. The words are frozen: a later change of name or role does not touch them."""

    navn: str
    rolle: str
    tidspunkt: datetime

    def __post_init__(self) -> None:
        if self.tidspunkt.tzinfo is None:
            raise ValueError("tidspunktet for godkjenning må ha tidssone")


@dataclass(frozen=True, slots=True)
class Signatur:
    """Who is to sign; printed in drafts too. ``godkjenning`` is None until the letter is approved."""

    hilsen: str
    paa_vegne_av: str
    kontor: str
    navn: str
    rolle: str
    godkjenning: Godkjenning | None = None


@dataclass(frozen=True, slots=True)
class Vedlegg:
    nummer: int
    tittel: str
    seksjoner: tuple[Seksjon, ...]


@dataclass(frozen=True, slots=True)
class Brev:
    maalform: Maalform
    tittel: str
    avsender: Avsender
    adressat: Adressat
    dato: date
    referanse: str
    seksjoner: tuple[Seksjon, ...]
    kontakt: Kontaktblokk
    signatur: Signatur
    vedlegg: tuple[Vedlegg, ...] = ()
    deres_referanse: str = ""
    kopi_til: tuple[str, ...] = ()

    def __post_init__(self) -> None:
        for navn in ("tittel", "referanse"):
            if not getattr(self, navn).strip():
                raise ValueError(f"et brev må ha {navn}")

    @property
    def er_godkjent(self) -> bool:
        return self.signatur.godkjenning is not None

    def godkjent(self, godkjenning: Godkjenning) -> Brev:
        """The same letter with the approval in its signature block (R004). Who signs stays who signs."""
        return replace(self, signatur=replace(self.signatur, godkjenning=godkjenning))


def til_json(brev: Brev) -> dict[str, object]:
    """The letter as JSON data, for a jsonb column."""
    data = til_data(brev)
    assert isinstance(data, dict)
    return data


def fra_json(data: object) -> Brev:
    """The letter again. Raises ``jsonform.UgyldigForm`` when the stored data is not a letter."""
    return fra_data(Brev, data)


def avtrykk(brev: Brev) -> str:
    """SHA-256 of the canonical content, as hex."""
    return avtrykk_av_json(til_json(brev))


def avtrykk_av_json(data: dict[str, object]) -> str:
    """The same digest, of a letter that is JSON already."""
    kanonisk = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return hashlib.sha256(kanonisk.encode()).hexdigest()


def ren_tekst(brev: Brev) -> str:
    """All running text of the letter in reading order, one block a line; for search and for language checks."""
    linjer = [brev.tittel]
    seksjoner = [*brev.seksjoner]
    for vedlegg in brev.vedlegg:
        seksjoner.append(Seksjon(vedlegg.tittel, ()))
        seksjoner.extend(vedlegg.seksjoner)
    for seksjon in seksjoner:
        linjer.append(seksjon.overskrift)
        for blokk in seksjon.blokker:
            avsnitt = blokk.punkter if isinstance(blokk, Punktliste) else (blokk,)
            linjer.extend("".join(d.tekst for d in a.deler) for a in avsnitt)
    linjer += [brev.signatur.hilsen, brev.signatur.paa_vegne_av, brev.signatur.kontor]
    return "\n".join(linje for linje in linjer if linje)
