"""Is a look at a household ordinary, or must the one who looks say why first? (DESIGN 4.4; IF § 45)"""

from dataclasses import dataclass
from datetime import date, datetime
from functools import cache

from bosett.grunn.frister import er_virkedag
from bosett.grunn.parametre import Parametre, les
from bosett.person.rules.koder import MAPPE

TEKST = {
    "utenfor": "Saken hører ikke til deg, enheten din eller området ditt.",
    "skjermet": "En i husholdningen har skjermet adresse.",
    "natt": "Det er utenfor arbeidstid.",
    "helg": "Det er helg eller helligdag.",
}


@dataclass(frozen=True, slots=True)
class Omstendigheter:
    """`delt`: the case is shared with an organisation of the actor's. `egen`: the actor has acted in it lately. `koe`: it is in the
    queue the actor's unit works with, in its own region."""

    delt: bool
    egen: bool
    koe: bool
    skjermet: bool
    tid: datetime


@cache
def parametre() -> Parametre:
    return les(MAPPE / "innsyn.yaml")


def sats(navn: str, dag: date) -> int:
    return int(parametre().verdi(navn, dag).tallverdi)


def utenfor(o: Omstendigheter) -> tuple[str, ...]:
    """Codes of what is outside the ordinary (`TEKST`); empty: an ordinary look."""
    koder = [] if o.delt or o.egen or o.koe else ["utenfor"]
    if o.skjermet:
        koder.append("skjermet")
    return (*koder, *utenfor_arbeidstid(o.tid))


def utenfor_arbeidstid(tid: datetime) -> list[str]:
    dag = tid.date()
    natt = tid.hour >= sats("innsyn_natt_fra", dag) or tid.hour < sats("innsyn_natt_til", dag)
    return ["natt"] * natt + ["helg"] * (not er_virkedag(dag))


@dataclass(frozen=True, slots=True)
class Dagstall:
    """How many different cases one user looked at on one day, in all and by kind."""

    saker: int
    utenfor: int
    natt: int
    uten_handling: int


@dataclass(frozen=True, slots=True)
class Uvanlig:
    kode: str
    antall: int
    grense: int


UVANLIG = {
    "mange": "Mange saker på en dag",
    "utenfor": "Utenfor eget område eller skjermet adresse",
    "natt": "Utenfor arbeidstid",
    "uten_handling": "Uten at noe ble gjort i saken",
}


def uvanlig(tall: Dagstall, dag: date) -> tuple[Uvanlig, ...]:
    """What reaches a threshold that day, in the order of `UVANLIG`."""
    antall = {
        "mange": tall.saker,
        "utenfor": tall.utenfor,
        "natt": tall.natt,
        "uten_handling": tall.uten_handling,
    }
    alle = (Uvanlig(kode, antall[kode], sats(f"uvanlig_{kode}", dag)) for kode in UVANLIG)
    return tuple(ett for ett in alle if ett.antall >= ett.grense)
