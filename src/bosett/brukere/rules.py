"""Pure rules of users and roles: names, one-time passwords, periods and warnings. No Django."""

import secrets
import unicodedata
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cache
from pathlib import Path

from bosett.grunn.feil import Ugyldig
from bosett.grunn.parametre import Parametre, les

UBRUKT_DAGER = 180
"""Days without a log-in before an account is pointed out."""
SLUTTER_SNART_DAGER = 30
VIKAR_MAKS_DAGER = 366
FREMTID_MAKS_DAGER = 366

ADMINROLLER = frozenset({"kommune_admin", "imdi_admin"})

# Without l, o, i, 0 and 1, which are read wrongly on paper and over the telephone.
_TEGN = "abcdefghjkmnpqrstuvwxyz23456789"
_ERSTATT = str.maketrans({"æ": "ae", "ø": "o", "å": "a", "đ": "d", "ŋ": "n", "ŧ": "t", "ð": "d", "þ": "th", "ł": "l", "ß": "ss"})  # fmt: skip


@dataclass(frozen=True)
class Advarsel:
    """A warning on the people-and-roles page; `kode` is stable."""

    kode: str
    tekst: str
    farge: str = "warning"


KONTROLLER = frozenset({"sentralbord", "kjent", "brev"})
"""How an applicant may have been checked: by telephone through the switchboard or with a leader one knows, or by letter."""
KONTROLL_MINST_ORD = 4


def engangspassord() -> str:
    """A random password of 16 characters (79 bits), in groups so that it can be read aloud."""
    return _grupper(4)


def referanse() -> str:
    """«T-k3m7-9qxa»: 39 random bits, to be said over the telephone. Tells nothing about who or where."""
    return f"T-{_grupper(2)}"


def _grupper(antall: int) -> str:
    return "-".join("".join(secrets.choice(_TEGN) for _ in range(4)) for _ in range(antall))


@cache
def satser() -> Parametre:
    """Periods (days) and limits (requests a day) of requests for access, as dated data."""
    return les(Path(__file__).with_name("satser"))


def sats(navn: str, dato: date) -> int:
    """A period or limit on a date. Raises Mangler when it is unknown."""
    return int(satser().verdi(navn, dato).tallverdi)


def domene(epost: str) -> str:
    """What stands after the last @, in small letters."""
    return epost.rpartition("@")[2].strip().lower()


def sammenlign_domener(epost: str, kommunens: str) -> str:
    """«likt», «ulikt», or «ukjent» when the register has no address for the municipality: it is never guessed from the name."""
    if not kommunens:
        return "ukjent"
    return "likt" if domene(epost) == domene(kommunens) else "ulikt"


def brukernavn(navn: str, navnerom: str, nr: int = 1) -> str:
    """«Kari Å. Nordmann», 4204 → kari.a.nordmann@4204. `nr` tells namesakes apart.

    The name space belongs to the organisation: whether a name is taken can never tell one municipality about another's users.
    """
    uten_tegn = unicodedata.normalize("NFKD", navn.lower().translate(_ERSTATT))
    ord_ = "".join(tegn if tegn.isascii() and tegn.isalnum() else " " for tegn in uten_tegn if not unicodedata.combining(tegn))  # fmt: skip
    stamme = ".".join(ord_.split())[:100] or "bruker"
    return f"{stamme}{nr if nr > 1 else ''}@{navnerom}"


def sjekk_periode(fra: date, til: date | None, i_dag: date) -> None:
    """A role begins today or later, at most a year ahead, and lasts at least a day. Raises Ugyldig."""
    if fra < i_dag:
        raise Ugyldig(
            kode="BRUKER-FRA",
            hva="Rollen begynner før i dag.",
            regel="En rolle gis fra i dag eller senere, slik at sporet viser hvem som hadde tilgang når.",
            gjor="Velg dagens dato eller en senere dato.",
        )
    if fra > i_dag + timedelta(days=FREMTID_MAKS_DAGER):
        raise Ugyldig(
            kode="BRUKER-FRA-LANGT",
            hva="Rollen begynner mer enn ett år fram i tid.",
            regel="En rolle kan gis inntil ett år før den begynner.",
            gjor="Sjekk året, eller vent med å gi rollen.",
        )
    if til is not None and til <= fra:
        raise Ugyldig(
            kode="BRUKER-TIL",
            hva="Rollen slutter før den har vart én dag.",
            regel="Den siste dagen kan ikke være før den første.",
            gjor="Rett datoene, eller la sluttdatoen stå tom.",
        )


def sjekk_vikarperiode(fra: date, til: date, i_dag: date) -> None:
    """A deputy's period begins today or later, lasts at least a day and at most a year. Raises Ugyldig."""
    if fra < i_dag or til <= fra:
        raise Ugyldig(
            kode="BRUKER-VIKARPERIODE",
            hva="Vikarperioden må begynne i dag eller senere, og vare minst én dag.",
            gjor="Rett datoene.",
        )
    if (til - fra).days > VIKAR_MAKS_DAGER:
        raise Ugyldig(
            kode="BRUKER-VIKAR-LENGE",
            hva="Vikarperioden er lengre enn ett år.",
            regel="En vikar settes inn for inntil ett år om gangen.",
            gjor="Velg en tidligere sluttdato, eller gi personen rollen selv.",
        )


def advarsler_om_bruker(
    *, sist_innlogget: datetime | None, midlertidig_passord: bool, naa: datetime
) -> tuple[Advarsel, ...]:
    """What an administrator should look at: never logged in, or no log-in for 180 days (a session lasts a day at most)."""
    if sist_innlogget is None:
        return (Advarsel("aldri", "Har aldri logget inn"),)
    if sist_innlogget < naa - timedelta(days=UBRUKT_DAGER):
        return (Advarsel("ubrukt", "Ikke i bruk på et halvt år"),)
    if midlertidig_passord:
        return (Advarsel("midlertidig", "Har ikke byttet engangspassord", "neutral"),)
    return ()


def slutter_snart(til: date | None, i_dag: date) -> bool:
    return til is not None and i_dag < til <= i_dag + timedelta(days=SLUTTER_SNART_DAGER)
