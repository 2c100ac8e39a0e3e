"""The outside of a ZIP file: its list of contents, read before anything is unpacked, and the limits for unpacking."""

from __future__ import annotations

import io
import struct
import zipfile
import zlib

from bosett.dokument.rules.filavslag import avslag

MAKS_UTPAKKET = 100 * 1024 * 1024
MAKS_FORHOLD = 200
"""Unpacked to packed, for a file that unpacks to more than `_LITE`. XML packs well; a bomb packs a thousand times."""
_LITE = 10 * 1024 * 1024
_MAKS_OPPFORINGER = 5000
_MAKS_LISTE = 1024 * 1024
_SLUTT = struct.Struct("<4s4H2LH")
_ODT = b"application/vnd.oasis.opendocument.text"


def slutter_som_zip(innhold: bytes) -> bool:
    """Would a ZIP reader, which begins at the end, find a list of contents here?"""
    sted = innhold.rfind(b"PK\x05\x06", max(0, len(innhold) - 65_557))
    if sted < 0 or sted + _SLUTT.size > len(innhold):
        return False
    liste = _SLUTT.unpack_from(innhold, sted)[5]
    return innhold[max(0, sted - liste) :].startswith((b"PK\x01\x02", b"PK\x06\x06", b"PK\x05\x06"))


def apne(innhold: bytes) -> zipfile.ZipFile:
    """The file with its list of contents, checked: the whole file is the ZIP, and the sizes it tells are bearable.

    Raises `Ugyldig`. The sizes may lie; `les` stops at the same limit.
    """
    merke, _, _, _, antall, storrelse, start, kommentar = (
        _SLUTT.unpack(innhold[-_SLUTT.size :]) if len(innhold) > _SLUTT.size else (b"", 0, 0, 0, 0, 0, 0, 0)
    )
    if merke != b"PK\x05\x06" or kommentar or not innhold.startswith(b"PK\x03\x04"):
        raise avslag("tvetydig" if slutter_som_zip(innhold) else "odelagt")
    if start + storrelse + _SLUTT.size != len(innhold):
        raise avslag("tvetydig")  # something lies before the first entry, or between
    if antall > _MAKS_OPPFORINGER or storrelse > _MAKS_LISTE:
        raise avslag("bombe")
    try:
        fil = zipfile.ZipFile(io.BytesIO(innhold))
    except (zipfile.BadZipFile, ValueError, NotImplementedError, struct.error) as feil:
        raise avslag("odelagt") from feil
    _sjekk_listen(fil.infolist(), len(innhold))
    return fil


def _sjekk_listen(oppforinger: list[zipfile.ZipInfo], pakket: int) -> None:
    navn = [ett.filename.casefold() for ett in oppforinger]
    if any(ett.flag_bits & 1 for ett in oppforinger):
        raise avslag("passord")
    utpakket = sum(ett.file_size for ett in oppforinger)
    if utpakket > MAKS_UTPAKKET or (utpakket > _LITE and utpakket > MAKS_FORHOLD * pakket):
        raise avslag("bombe")
    if sum(ett.compress_size for ett in oppforinger) > pakket:
        raise avslag("bombe")  # entries that lie over each other
    kjent = {zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED}
    if (
        len(set(navn)) != len(navn)
        or not navn
        or any(n.startswith(("/", "\\")) or ".." in n.replace("\\", "/").split("/") for n in navn)
        or any(ett.compress_type not in kjent for ett in oppforinger)
    ):
        raise avslag("odelagt")


def les(fil: zipfile.ZipFile, oppforing: zipfile.ZipInfo) -> bytes:
    """One entry, with its checksum controlled. Raises `Ugyldig` when it is not as the list says."""
    try:
        with fil.open(oppforing) as strom:
            data = strom.read(oppforing.file_size + 1)
    except (zipfile.BadZipFile, zlib.error, EOFError, ValueError, RuntimeError, OSError) as feil:
        raise avslag("odelagt") from feil
    if len(data) != oppforing.file_size:
        raise avslag("odelagt")
    return data


def slag(innhold: bytes) -> str:
    """«docx», «odt», or empty for another kind of ZIP."""
    with apne(innhold) as fil:
        forst = fil.infolist()[0]
        if forst.filename == "mimetype" and forst.file_size < 200:
            return "odt" if les(fil, forst).strip() == _ODT else ""
        navn = fil.namelist()
    return "docx" if "[Content_Types].xml" in navn and any(n.startswith("word/") for n in navn) else ""
