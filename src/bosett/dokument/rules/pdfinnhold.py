"""What a PDF can do by itself: every object that can be reached is looked at, whatever names and streams it hides behind."""

from __future__ import annotations

import io
import logging
from typing import Any

from pypdf import PdfReader
from pypdf.errors import LimitReachedError
from pypdf.generic import ArrayObject, DictionaryObject, IndirectObject, NullObject

from bosett.dokument.rules.filavslag import avslag
from bosett.grunn.feil import Ugyldig

_MAKS_OBJEKTER = 500_000
_HANDLINGER = {"/JavaScript", "/Launch", "/SubmitForm", "/ImportData", "/Rendition"}
_INNEBYGD = {"/FileAttachment", "/RichMedia", "/Movie", "/Screen"}


def kontroller_pdf(innhold: bytes) -> None:
    """Raises `Ugyldig` for a PDF that is locked or broken, that runs something, or that carries other files."""
    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it would log what it finds in the file
    try:
        leser = PdfReader(io.BytesIO(innhold), strict=False)
        if leser.is_encrypted:
            raise avslag("passord")
        if not len(leser.pages):
            raise avslag("odelagt")
        _gaa(leser)
        for side in leser.pages:
            if "/Contents" in side and isinstance(side["/Contents"], NullObject | None):
                raise avslag("odelagt")  # the page is cut away
    except Ugyldig:
        raise
    except (LimitReachedError, MemoryError) as feil:
        raise avslag("uleselig") from feil
    except Exception as feil:  # a hostile or broken file makes a reader fail in every way there is
        raise avslag("odelagt") from feil


def _gaa(leser: PdfReader) -> None:
    sett: set[tuple[int, int]] = set()
    venter: list[Any] = [leser.trailer.raw_get(n) for n in ("/Root", "/Info") if n in leser.trailer]
    antall = 0
    while venter:
        ting = venter.pop()
        if isinstance(ting, IndirectObject):
            nokkel = (ting.idnum, ting.generation)
            if nokkel in sett:
                continue
            sett.add(nokkel)
            ting = ting.get_object()
        antall += 1
        if antall > _MAKS_OBJEKTER:
            raise avslag("uleselig")
        if isinstance(ting, DictionaryObject):
            _se_paa(ting)
            venter.extend(dict.values(ting))
        elif isinstance(ting, ArrayObject):
            venter.extend(list.__iter__(ting))


def _se_paa(ordbok: DictionaryObject) -> None:
    if _navn(ordbok, "/S") in _HANDLINGER or "/XFA" in ordbok:
        raise avslag("aktivt")
    filer = ordbok.get("/EF")
    if isinstance(filer, IndirectObject):
        filer = filer.get_object()
    if (isinstance(filer, DictionaryObject) and filer.keys() & {"/F", "/UF"}) or "/Collection" in ordbok:
        raise avslag("innebygd")
    if _navn(ordbok, "/Subtype") in _INNEBYGD or _navn(ordbok, "/Type") == "/EmbeddedFile":
        raise avslag("innebygd")


def _navn(ordbok: DictionaryObject, nokkel: str) -> str:
    verdi = ordbok.get(nokkel)
    if isinstance(verdi, IndirectObject):
        verdi = verdi.get_object()
    return verdi if isinstance(verdi, str) else ""
