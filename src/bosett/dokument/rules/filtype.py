"""What kind of file this is, decided by its content, and the name it gets. Quick enough for the request that brings it.

Nothing is unpacked here; what takes time or may be hostile is looked at by `filkontroll` in a process of its own.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

import filetype

from bosett.dokument.rules import bilde, zipfil
from bosett.dokument.rules.filavslag import MAKS_BYTES, avslag

MAKS_NAVN = 150
_SLUTT = 1024
"""How far from the end of a PDF its end mark may stand, and from the beginning another reader looks for one."""


@dataclass(frozen=True, slots=True)
class Filtype:
    """`endelser`: the first is the one we give, all agree with the content."""

    medietype: str
    endelser: tuple[str, ...]


PDF = Filtype("application/pdf", (".pdf",))
DOCX = Filtype("application/vnd.openxmlformats-officedocument.wordprocessingml.document", (".docx",))
ODT = Filtype("application/vnd.oasis.opendocument.text", (".odt",))
PNG = Filtype("image/png", (".png",))
JPEG = Filtype("image/jpeg", (".jpg", ".jpeg", ".jpe", ".jfif"))
FILTYPER = {ett.medietype: ett for ett in (PDF, DOCX, ODT, PNG, JPEG)}


def finn_type(innhold: bytes) -> Filtype:
    """The type by content. Raises `Ugyldig` for a type we don't take, and for what is plainly empty, too big, broken,
    locked with a password, or two things at once."""
    if not innhold:
        raise avslag("tom")
    if len(innhold) > MAKS_BYTES:
        raise avslag("for_stor")
    sett = filetype.guess(innhold[:8192])
    endelse = sett.extension if sett else ""
    if endelse == "pdf":
        _sjekk_pdf(innhold)
        return PDF
    if innhold.startswith(b"PK"):
        # filetype knows Word only when its parts lie in the usual order, so the list of contents decides.
        funnet = {"docx": DOCX, "odt": ODT}.get(zipfil.slag(innhold))
    else:
        funnet = {"png": PNG, "jpg": JPEG}.get(endelse)
    if funnet is None:
        raise avslag("passord" if _laast_word(innhold) else "type")
    if b"%PDF-" in innhold[:_SLUTT]:
        raise avslag("tvetydig")
    if funnet is PNG:
        bilde.sjekk_png(innhold)
    elif funnet is JPEG:
        bilde.sjekk_jpeg(innhold)
    return funnet


def _laast_word(innhold: bytes) -> bool:
    """Word puts a document with a password inside a file of the old kind."""
    return innhold.startswith(b"\xd0\xcf\x11\xe0") and "EncryptedPackage".encode("utf-16-le") in innhold


_STARTXREF = re.compile(rb"startxref\s+(\d{1,10})\s")
_KRYPTERT = re.compile(rb"/Encrypt\s*(?:\d+\s+\d+\s+R|<<)")


def _sjekk_pdf(innhold: bytes) -> None:
    if not innhold.startswith(b"%PDF-") or b"%%EOF" not in innhold[-_SLUTT:]:
        raise avslag("odelagt")
    if zipfil.slutter_som_zip(innhold):
        raise avslag("tvetydig")
    # The trailer stands at the end, or in the stream that the end points to; `filkontroll` looks everywhere.
    steder = [innhold[-4096:]]
    steder += [
        innhold[int(sted) : int(sted) + 4096] for sted in _STARTXREF.findall(innhold[-_SLUTT:] + b"\n")
    ]
    if any(_KRYPTERT.search(sted) for sted in steder):
        raise avslag("passord")


_ENDELSE = re.compile(r"\.(?=[0-9]*[A-Za-z])[A-Za-z0-9]{1,5}$")
_IKKE_I_NAVN = re.compile(r'[<>:"|?*]')
_RESERVERT = re.compile(r"(?i)(con|prn|aux|nul|com\d|lpt\d)(\.|$)")


def rens_navn(navn: str, filtype: Filtype) -> str:
    """A name that is safe on every system and in every header, at most 150 signs. The content decides the ending: «vedtak.docx»
    that holds a PDF becomes «vedtak.pdf»."""
    navn = re.split(r"[/\\]", unicodedata.normalize("NFC", navn))[-1]
    # no control signs, no signs that turn the direction of writing, no halves of signs
    navn = "".join(
        " " if tegn.isspace() else tegn
        for tegn in navn
        if unicodedata.category(tegn)[0] != "C" or tegn.isspace()
    )
    navn = _IKKE_I_NAVN.sub("-", " ".join(navn.split())).strip(". ")
    funnet = _ENDELSE.search(navn)
    endelse = funnet[0].lower() if funnet else ""
    stamme = navn[: funnet.start()] if funnet else navn
    if endelse not in filtype.endelser:
        endelse = filtype.endelser[0]
    stamme = stamme[: MAKS_NAVN - len(endelse)].strip(". ") or "fil"
    return ("_" if _RESERVERT.match(stamme) else "") + stamme[: MAKS_NAVN - len(endelse) - 1] + endelse
