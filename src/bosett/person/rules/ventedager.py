"""The wait-day ledger: events become days, each with one owner and one reason, whatever order the events were told in (R179).

The days are those known now, also ahead: a permit that runs out in two years opens a stretch of UDI's there. So what is stored does not
change because a day has come, and a page or a sum counts the days up to today.
"""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any, NamedTuple

import yaml

from bosett.person.rules.felter import Tekst
from bosett.person.rules.koder import MAPPE

START = "tillatelse_gitt"
RETTET = "retting"


class Hendelse(NamedTuple):
    """Something that happened on `dag`. `nr`: its order among those of the same day. `gjelder`: what it is about (a person, an offer):
    a reason is open as long as it is open for anything."""

    dag: date
    nr: int
    slag: str
    gjelder: str = ""


class Intervall(NamedTuple):
    """Days from `fra` to (not including) `til`; `til` None: until further notice. `hendelse` opened it; `retting` is the correction's key."""

    fra: date
    til: date | None
    eier: str
    grunn: str
    hendelse: str
    retting: int | None = None

    def dager(self, dag: date) -> int:
        """Whole days that have passed on `dag`."""
        slutt = dag if self.til is None or self.til > dag else self.til
        return max(0, (slutt - self.fra).days)


class Retting(NamedTuple):
    """A stretch of days that somebody decided belongs to another. Of two about the same day the one made last stands."""

    nr: int
    fra: date
    til: date
    eier: str
    grunn: str


@dataclass(frozen=True, slots=True)
class Grunn:
    kode: str
    rang: int
    eier: str
    tekst: Tekst
    kilde: str
    verifisert: bool
    bare_retting: bool


@dataclass(frozen=True, slots=True)
class Slag:
    """A kind of event: the reason it opens, those it closes, and whether they stay closed."""

    kode: str
    apner: str
    lukker: tuple[str, ...]
    for_godt: bool
    tekst: Tekst


@dataclass(frozen=True, slots=True)
class Tabell:
    eiere: Mapping[str, Tekst]
    grunner: Mapping[str, Grunn]
    slag: Mapping[str, Slag]
    standard: Grunn


@cache
def tabell() -> Tabell:
    """Raises KeyError for a reason that names an unknown owner, or an event an unknown reason: a fault of ours, found by its test."""
    alt: dict[str, Any] = yaml.safe_load((MAPPE / "ventedager.yaml").read_text("utf-8"))
    eiere = {kode: Tekst.av(felt) for kode, felt in alt["eiere"].items()}
    grunner = {
        kode: Grunn(
            kode, rang, f["eier"], Tekst.av(f), f["kilde"], f["verifisert"], f.get("bare_retting", False)
        )
        for rang, (kode, f) in enumerate(alt["grunner"].items())
    }
    slag = {
        kode: Slag(
            kode, f.get("apner", ""), tuple(f.get("lukker", ())), f.get("for_godt", False), Tekst.av(f)
        )
        for kode, f in alt["hendelser"].items()
    }
    for ett in grunner.values():
        eiere[ett.eier]
    for hendelse in slag.values():
        for grunn in (*hendelse.lukker, *([hendelse.apner] if hendelse.apner else [])):
            grunner[grunn]
    (standard,) = (grunner[kode] for kode, felt in alt["grunner"].items() if felt.get("standard"))
    return Tabell(eiere, grunner, slag, standard)


def intervaller(
    hendelser: Iterable[Hendelse], fra: date, til: date | None, rettinger: Sequence[Retting] = ()
) -> tuple[Intervall, ...]:
    """Every day from `fra` to (not including) `til` once, in order of time, with what opened each stretch.

    Nothing when `til` is not after `fra`. Raises KeyError for a kind of event that is not in the table.
    """
    if til is not None and til <= fra:
        return ()
    tab = tabell()
    rekke = sorted(set(hendelser))
    apne: dict[tuple[str, str], Hendelse] = {}
    for_godt: set[tuple[str, str]] = set()
    ut: list[Intervall] = []
    grunn, siden, arsak = None, fra, ""
    dag, nr = fra, 0
    while True:
        lukket: dict[str, str] = {}
        while nr < len(rekke) and rekke[nr].dag <= dag:
            hendelse = rekke[nr]
            nr += 1
            slag = tab.slag[hendelse.slag]
            if apne or slag.for_godt:
                for kode in slag.lukker:
                    nokkel = (kode, hendelse.gjelder)
                    if apne.pop(nokkel, None) is not None:
                        lukket[kode] = hendelse.slag
                    if slag.for_godt:
                        for_godt.add(nokkel)
            if slag.apner and (slag.apner, hendelse.gjelder) not in for_godt:
                apne.setdefault((slag.apner, hendelse.gjelder), hendelse)
        eier = _forst(tab, apne)
        if eier is not grunn:
            if grunn is not None:
                ut.append(Intervall(siden, dag, grunn.eier, grunn.kode, arsak))
            arsak = _arsak(tab, apne, eier, grunn, lukket, dag)
            grunn, siden = eier, dag
        if nr == len(rekke) or (til is not None and rekke[nr].dag >= til):
            break
        dag = rekke[nr].dag
    ut.append(Intervall(siden, til, grunn.eier, grunn.kode, arsak))
    for retting in rettinger:
        ut = _rett(ut, retting)
    return tuple(ut)


def _forst(tab: Tabell, apne: Collection[tuple[str, str]]) -> Grunn:
    """The reason that owns the day."""
    if not apne:
        return tab.standard
    return min((tab.grunner[kode] for kode, _ in apne), key=lambda grunn: grunn.rang)


def _arsak(
    tab: Tabell, apne: Mapping[tuple[str, str], Hendelse], eier: Grunn, for_: Grunn | None, lukket: Mapping[str, str], dag: date
) -> str:  # fmt: skip
    """What opened the stretch: what opened its reason that day, or what closed the reason before it; at the start, what opened it first."""
    apnet = min(((e.dag, e.slag) for (kode, _), e in apne.items() if kode == eier.kode), default=None)
    if apnet is not None and (for_ is None or apnet[0] >= dag):
        return apnet[1]
    return START if for_ is None else lukket.get(for_.kode, START)


def _rett(rekke: Sequence[Intervall], retting: Retting) -> list[Intervall]:
    """The same days, with those of the correction given to its owner."""
    ut: list[Intervall] = []
    for ett in rekke:
        fra = max(ett.fra, retting.fra)
        til = retting.til if ett.til is None else min(ett.til, retting.til)
        if til <= fra:
            ut.append(ett)
            continue
        if ett.fra < fra:
            ut.append(ett._replace(til=fra))
        if ut and ut[-1].retting == retting.nr and ut[-1].til == fra:
            ut[-1] = ut[-1]._replace(til=til)
        else:
            ut.append(Intervall(fra, til, retting.eier, retting.grunn, RETTET, retting.nr))
        if ett.til is None or til < ett.til:
            ut.append(ett._replace(fra=til))
    return ut
