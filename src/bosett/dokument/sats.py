"""Typesetting: a letter's content → a tagged PDF (PDF/A-2a and PDF/UA-1), the same bytes for the same content.

Text reaches Typst as data (a JSON file), never as source. The date in the file is the letter's own date, so nothing
depends on when it is typeset. Only Inter is loaded: a sign the font lacks stops the letter instead of being printed as
an empty box.
"""

from __future__ import annotations

import json
import multiprocessing
import os
from collections.abc import Iterable, Iterator
from concurrent.futures import ProcessPoolExecutor
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path

import typst

from bosett.dokument import typografi
from bosett.dokument.brev import GODKJENT_ELEKTRONISK, REGISTRERT_ELEKTRONISK, Brev, Maalform, til_json
from bosett.grunn.feil import BosettFeil, Mangler, Ugyldig
from bosett.grunn.tallformat import dato_kort

PDF_STANDARDER: list[typst.PDFStandard] = ["a-2a", "ua-1"]
MAL = Path(__file__).parent / "typst" / "brev.typ"
SNITT = ("400Regular", "600SemiBold")
MINST_PER_PROSESS = 12
"""A process takes about a third of a second to start, the time of ten letters."""

LEDETEKSTER: dict[Maalform, dict[str, str]] = {
    Maalform.NB: {
        "dato": "Dato",
        "vaar_referanse": "Vår referanse",
        "deres_referanse": "Deres referanse",
        "orgnr": "Org.nr.",
        "side": "Side",
        "av": "av",
        "epost": "E-post",
        "telefon": "Telefon",
        "kopi_til": "Kopi til",
        "vedlegg": "Vedlegg",
        "utkast": "UTKAST",
        "utkast_setning": "UTKAST – ikke godkjent",
        "godkjent": "Godkjent av {navn}, {rolle}, {tid}",
        "registrert": "Registrert av {navn}, {rolle}, {tid}",
    },
    Maalform.NN: {
        "dato": "Dato",
        "vaar_referanse": "Vår referanse",
        "deres_referanse": "Dykkar referanse",
        "orgnr": "Org.nr.",
        "side": "Side",
        "av": "av",
        "epost": "E-post",
        "telefon": "Telefon",
        "kopi_til": "Kopi til",
        "vedlegg": "Vedlegg",
        "utkast": "UTKAST",
        "utkast_setning": "UTKAST – ikkje godkjent",
        "godkjent": "Godkjent av {navn}, {rolle}, {tid}",
        "registrert": "Registrert av {navn}, {rolle}, {tid}",
    },
}


def skriftmapper() -> list[Path]:
    """The folders of the Inter cuts that letters use, from the npm package. Raises ``Mangler`` when not installed.

    ``BOSETT_NODE_MODULES`` names another ``node_modules`` than the one of the checkout.
    """
    rot = Path(os.environ.get("BOSETT_NODE_MODULES") or Path(__file__).resolve().parents[3] / "node_modules")
    mapper = [rot / "@expo-google-fonts" / "inter" / snitt for snitt in SNITT]
    if not all(m.is_dir() for m in mapper):
        raise Mangler(
            kode="dokument.skrift_mangler",
            hva=f"Skriften Inter er ikke installert i {rot}.",
            regel="Brev settes bare med skrifter som følger med pakken, slik at de blir like på alle maskiner.",
            gjor="Kjør ./run eller ./test, som installerer npm-pakkene.",
        )
    return mapper


@cache
def _skrifter() -> typst.Fonts:
    return typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(m) for m in skriftmapper()]
    )


@cache
def _mal() -> bytes:
    return MAL.read_bytes()


# Nobody has approved what comes in: a person has registered it.
_SETNING = {False: GODKJENT_ELEKTRONISK, True: REGISTRERT_ELEKTRONISK}


def _inndata(brev: Brev, *, utkast: bool, innkommet: bool) -> bytes:
    ord_ = LEDETEKSTER[brev.maalform]
    godkjenning = brev.signatur.godkjenning
    linje = ""
    if godkjenning is not None:
        linje = ord_["registrert" if innkommet else "godkjent"].format(
            navn=godkjenning.navn,
            rolle=godkjenning.rolle,
            tid=typografi.tidspunkt(godkjenning.tidspunkt),
        )
    data = {
        "brev": til_json(brev),
        "ord": ord_,
        "utkast": utkast,
        "dato": dato_kort(brev.dato),
        "godkjenningssetning": _SETNING[innkommet][brev.maalform] if godkjenning else "",
        "godkjenningslinje": linje,
    }
    return json.dumps(data, ensure_ascii=False, sort_keys=True).encode()


def sett(brev: Brev, *, utkast: bool | None = None, innkommet: bool = False) -> bytes:
    """The letter as a PDF. An unapproved letter always carries the mark UTKAST. One that has come in (`innkommet`) says who
    registered it, not who approved it.

    Raises ``Ugyldig`` when the text holds a sign the font lacks or when the standards are not met, and for any warning.
    """
    if utkast is None:
        utkast = not brev.er_godkjent
    if not utkast and not brev.er_godkjent:
        raise Ugyldig(
            kode="dokument.ikke_godkjent",
            hva="Brevet er ikke godkjent.",
            regel="Et brev uten godkjenning kan bare settes som utkast.",
            gjor="Godkjenn brevet først.",
        )
    return kompiler(_mal(), _inndata(brev, utkast=utkast, innkommet=innkommet), brev.dato)


def kompiler(mal: bytes, inndata: bytes, dato: date) -> bytes:
    """A template and its data (JSON) to a PDF dated `dato`. Raises ``Ugyldig`` as `sett` does."""
    tid = datetime(dato.year, dato.month, dato.day, tzinfo=UTC)
    try:
        filer = {"main.typ": mal, "inn.json": inndata}
        # typst.Compiler takes named files as typst.compile does; its type stub does not say so.
        kompilator = typst.Compiler(filer, font_paths=_skrifter(), ignore_system_fonts=True)  # type: ignore[type-var]
        pdf, advarsler = kompilator.compile_with_warnings(
            format="pdf", pdf_standards=PDF_STANDARDER, timestamp=tid
        )
    except typst.TypstError as feil:
        raise _satsfeil(feil.message) from feil
    if advarsler:
        raise _satsfeil(advarsler[0].message)
    assert isinstance(pdf, bytes)
    return pdf


def _satsfeil(melding: str) -> Ugyldig:
    return Ugyldig(
        kode="dokument.sats",
        hva=f"Brevet kan ikke settes: {melding}",
        regel="Et brev skal være PDF/A-2a og PDF/UA-1 og bare bruke skrifter som følger med.",
        gjor="Rett teksten. Tegn utenfor det latinske alfabetet kan ikke brukes i brev.",
    )


def sett_mange(brev: Iterable[Brev], *, prosesser: int | None = None) -> Iterator[bytes | BosettFeil]:
    """Many letters, in order; the refusal in its place when one of them can't be set, so that the others go on.

    Typst lets Python's lock go, but its threads wait for each other: 357 letters took 9.5 s on two threads and 6.7 s in
    two processes, side by side on the same two busy cores. Results come while the next letters are being set.
    """
    liste = list(brev)
    antall = min(
        prosesser if prosesser is not None else (os.cpu_count() or 1), len(liste) // MINST_PER_PROSESS
    )
    if antall < 2:
        yield from map(_sett_eller_feil, liste)
        return
    # forkserver: the caller may have threads and database connections, which a fork would copy.
    metode = multiprocessing.get_context("forkserver")
    metode.set_forkserver_preload(["bosett.dokument.sats"])
    with ProcessPoolExecutor(antall, mp_context=metode) as basseng:
        yield from basseng.map(_sett_eller_feil, liste, chunksize=4)


def _sett_eller_feil(brev: Brev) -> bytes | BosettFeil:
    try:
        return sett(brev)
    except BosettFeil as feil:
        return feil
