"""What the authorities tell about persons, as typed events. Pure; `integrasjon` reads them from messages, files and a simulator."""

from dataclasses import dataclass, field
from datetime import date


@dataclass(frozen=True, slots=True, kw_only=True)
class Hendelse:
    """`duf` names the person, `nr` is the source's own count of what it has said about her, `gjelder` the day it is true from."""

    duf: str
    nr: int
    gjelder: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Skriftnavn:
    """A name in one script (ISO 15924)."""

    skrift: str
    fornavn: str
    etternavn: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Ankomst(Hendelse):
    """Somebody has come: to a centre as an applicant, or picked out as a resettlement refugee (`overforing`), or as family."""

    sak: str
    rolle: str
    navn: tuple[Skriftnavn, ...]
    fodt: date
    kjonn: str = "ukjent"
    statsborgerskap: str = ""
    spraak: tuple[str, ...] = ()
    tolkespraak: str = ""
    enslig_mindrearig: bool = False
    slag: str = "asyl"
    """`asyl`, `overforing` or `familie`."""
    numre: tuple[tuple[str, str], ...] = field(default=())
    referanse_kom: date | None = None
    """Family immigration: the day the person she comes to came to Norway; `levde_sammen_fra`: the day the two began to live together."""
    levde_sammen_fra: date | None = None
    barn_av_referanse: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Plassering(Hendelse):
    """Lives at a centre from `gjelder`."""

    mottak: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Utflytting(Hendelse):
    """Has moved from the centre to a private address."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Tillatelse(Hendelse):
    """A permit valid from `gjelder`, until (not including) `til`."""

    grunnlag: str
    vedtatt: date
    til: date | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Tilbakekall(Hendelse):
    """The permit no longer holds from `gjelder`."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Aldersretting(Hendelse):
    fodt: date


@dataclass(frozen=True, slots=True, kw_only=True)
class Utgang(Hendelse):
    """Has left the chain: `trukket`, `utreist` or `dod`."""

    grunn: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Slektskap(Hendelse):
    """The person is the `slag` of `til_duf`; `folgeperson`: came with that unaccompanied minor (R028)."""

    til_duf: str
    slag: str
    folgeperson: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Skjerming(Hendelse):
    """The address is protected at this degree (`Person.Sperre`); empty: protected no longer."""

    grad: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Vergemaal(Hendelse):
    navn: str
    telefon: str = ""
    epost: str = ""
