"""Listings from a file: CSV, Excel or JSON, one listing a row. All faults at once, each with row and column. Pure."""

import json
import re
from collections.abc import Callable, Iterable, Iterator, Mapping
from datetime import date
from typing import Any

from bosett.bolig.rules import annonsefelt as felt
from bosett.bolig.rules.annonse import FELT, Annonsedata, identitet
from bosett.bolig.rules.regneark import les_xlsx
from bosett.grunn.feil import Ugyldig
from bosett.kilder.feil import Cellefeil, Lesefeil
from bosett.kilder.lesere.tabell import les_tabell

MAKS_RADER = 20_000
FORM = f"Hver rad er en annonse. Kolonnen «lenke» må være med; de andre er {', '.join(n for n in FELT if n not in ('nokkel', 'lenke'))}"
_ANDRE_NAVN = {
    "url": "lenke", "link": "lenke", "annonse": "lenke", "finn-kode": "finnkode", "overskrift": "tittel", "månedsleie": "husleie",
    "maanedsleie": "husleie", "leie": "husleie", "antall rom": "rom", "antall soverom": "soverom", "kvm": "areal", "m2": "areal", "m²": "areal",
    "primærrom": "areal", "ledig fra": "ledig_fra", "ledig til": "ledig_til", "kontakt": "utleier", "kontaktperson": "utleier", "tlf": "telefon",
    "mobil": "telefon", "e-post": "epost", "tekst": "beskrivelse", "sted": "poststed",
}  # fmt: skip
_LENGDER = {"tittel": 200, "adresse": 200, "poststed": 60, "utleier": 120, "beskrivelse": 10_000}


def les_fil(navn: str, innhold: bytes, dag: date) -> list[Annonsedata]:
    """The listings of a file, by the ending of its name. `dag` is what «ledig nå» means.

    Raises `Ugyldig` for a file of another kind, `Lesefeil` (an `Ugyldig`) with every fault found.
    """
    ending = navn.lower().rpartition(".")[2]
    if ending not in ("csv", "xlsx", "json"):
        raise Ugyldig(
            kode="ANNONSE-FILSLAG", hva="Filen er verken .csv, .xlsx eller .json.", gjor="Lagre annonsene som en av dem.", felt="fil"
        )  # fmt: skip
    try:
        rader = {"csv": _csv, "xlsx": _xlsx, "json": _json}[ending](innhold, navn)
        return les_rader(rader, navn, dag)
    except Lesefeil as feil:
        feil.felt = "fil"
        raise


def les_rader(rader: Iterable[tuple[int, Mapping[str, str]]], navn: str, dag: date) -> list[Annonsedata]:
    """Rows by number, each column → text. Raises `Lesefeil`."""
    feil: list[Cellefeil] = []
    ut: dict[str, tuple[int, Annonsedata]] = {}
    for nr, rad in rader:
        if len(ut) >= MAKS_RADER:
            raise Lesefeil(
                navn, [Cellefeil(nr, "", "", f"filen har flere enn {MAKS_RADER} annonser; del den i flere")]
            )
        lest = _rad(nr, rad, dag, feil)
        if lest is None:
            continue
        if lest.nokkel in ut:
            feil.append(
                Cellefeil(
                    nr, "lenke", rad.get("lenke", ""), f"annonsen står også på rad {ut[lest.nokkel][0]}"
                )
            )
        else:
            ut[lest.nokkel] = nr, lest
    if feil:
        raise Lesefeil(navn, feil, form=FORM)
    return [lest for _, lest in ut.values()]


def _rad(nr: int, rad: Mapping[str, str], dag: date, feil: list[Cellefeil]) -> Annonsedata | None:
    try:
        nokkel, lenke, kode = identitet(rad.get("lenke", ""))
    except Ugyldig as grunn:
        feil.append(Cellefeil(nr, "lenke", rad.get("lenke", ""), grunn.hva.rstrip(".")))
        return None
    verdier: dict[str, Any] = {"nokkel": nokkel, "lenke": lenke, "finnkode": kode}
    for kolonne, tekst in rad.items():
        if not tekst or kolonne not in _LES or (kolonne == "finnkode" and kode):
            continue
        verdi = _LES[kolonne](tekst, dag)
        if verdi in (None, ""):
            # A number or an address of a person is not repeated: the fault is shown and logged.
            vist = "" if kolonne in ("telefon", "epost") else tekst
            feil.append(Cellefeil(nr, kolonne, vist, _HVORDAN.get(kolonne, "kan ikke leses")))
        else:
            verdier[kolonne] = verdi
    return Annonsedata(**verdier)


def _tekst(kolonne: str) -> Callable[[str, date], str]:
    return lambda tekst, _dag: tekst.strip()[: _LENGDER[kolonne]]


def _tall(kolonne: str) -> Callable[[str, date], int | None]:
    return lambda tekst, _dag: felt.antall(kolonne, tekst)


def _dato(tekst: str, _dag: date) -> date | None:
    alle = felt.datoer(tekst)
    return alle[0] if len(alle) == 1 else None


_LES: dict[str, Callable[[str, date], Any]] = {
    **{kolonne: _tekst(kolonne) for kolonne in _LENGDER},
    **{kolonne: _tall(kolonne) for kolonne in ("rom", "soverom", "areal", "etasje")},
    "finnkode": lambda t, _d: t if re.fullmatch(r"\d{6,12}", t) else "",
    "postnummer": lambda t, _d: t.zfill(4) if re.fullmatch(r"\d{3,4}", t) else "",
    "husleie": lambda t, _d: felt.belop(t),
    "ledig_fra": felt.ledig_fra,
    "ledig_til": _dato,
    "telefon": lambda t, _d: felt.telefon(t),
    "epost": lambda t, _d: felt.epost(t),
}
_HVORDAN = {
    "finnkode": "må være 6–12 sifre",
    "postnummer": "må være fire sifre",
    "husleie": "må være kroner i måneden, som 12 000",
    **{
        kolonne: f"må være et tall fra {minst} til {hoyst}"
        for kolonne, (minst, hoyst) in felt.GRENSER.items()
        if kolonne != "husleie"
    },
    "ledig_fra": "må være en dato, som 01.12.2026",
    "ledig_til": "må være en dato, som 01.12.2026",
    "telefon": "må være et norsk nummer med åtte sifre",
    "epost": "må være en e-postadresse",
}


def _navn(overskrift: str) -> str:
    ren = " ".join(overskrift.lower().split())
    return _ANDRE_NAVN.get(ren, ren)


def _krev_lenke(kolonner: Iterable[str], navn: str) -> None:
    if "lenke" not in kolonner:
        raise Lesefeil(navn, [Cellefeil(1, "lenke", "", "kolonnen mangler")], form=FORM)


def _csv(innhold: bytes, navn: str) -> Iterator[tuple[int, dict[str, str]]]:
    tabell = les_tabell(innhold, navn)
    tabell.slutt(FORM)
    _krev_lenke(map(_navn, tabell.kolonner), navn)
    for linje, rad in tabell.ordboker():
        yield linje, {_navn(k): v.strip() for k, v in rad.items()}


def _xlsx(innhold: bytes, navn: str) -> Iterator[tuple[int, dict[str, str]]]:
    rader = les_xlsx(innhold)
    if not rader:
        raise Lesefeil(navn, [Cellefeil(1, "", "", "arket er tomt")], form=FORM)
    kolonner = [_navn(celle) for celle in rader[0][1]]
    _krev_lenke(kolonner, navn)
    for nr, celler in rader[1:]:
        yield nr, {k: v for k, v in zip(kolonner, celler, strict=False) if k}


def _json(innhold: bytes, navn: str) -> Iterator[tuple[int, dict[str, str]]]:
    try:
        lest = json.loads(innhold)
    except (ValueError, RecursionError):
        raise Lesefeil(navn, [Cellefeil(1, "", "", "filen er ikke gyldig JSON")], form=FORM) from None
    liste = lest.get("annonser") if isinstance(lest, dict) else lest
    if not isinstance(liste, list) or not all(isinstance(rad, dict) for rad in liste):
        raise Lesefeil(navn, [Cellefeil(1, "", "", "filen er ikke en liste med annonser")], form=FORM)
    for nr, rad in enumerate(liste, 1):
        yield (
            nr,
            {
                _navn(str(k)): str(v).strip()
                for k, v in rad.items()
                if isinstance(v, str | int) and not isinstance(v, bool)
            },
        )
