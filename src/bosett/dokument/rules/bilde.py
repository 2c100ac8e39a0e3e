"""Pictures, part by part, without unpacking them: whole, of a sane size, and nothing hidden after the end."""

import re
import zlib

from bosett.dokument.rules.filavslag import avslag

MAKS_PIKSLER = 100_000_000
"""A4 at 600 dots an inch is 35 million. A small file that says more than this is made to fill the reader's memory."""
_MAKS_DELER = 50_000


def sjekk_png(innhold: bytes) -> None:
    """Raises `Ugyldig` unless every chunk has its right checksum, from IHDR to an IEND that ends the file."""
    sted, nr = 8, 0
    while True:
        lengde, slag = int.from_bytes(innhold[sted : sted + 4]), innhold[sted + 4 : sted + 8]
        slutt = sted + 12 + lengde
        if slutt > len(innhold) or nr > _MAKS_DELER or (nr == 0) != (slag == b"IHDR"):
            raise avslag("odelagt")
        if zlib.crc32(innhold[sted + 4 : slutt - 4]) != int.from_bytes(innhold[slutt - 4 : slutt]):
            raise avslag("odelagt")
        if nr == 0:
            _sjekk_piksler(
                int.from_bytes(innhold[sted + 8 : sted + 12]), int.from_bytes(innhold[sted + 12 : sted + 16])
            )
        sted, nr = slutt, nr + 1
        if slag == b"IEND":
            break
    if innhold[sted:].strip(b"\0\r\n "):
        raise avslag("tvetydig")


_UTEN_LENGDE = {0x01, *range(0xD0, 0xD9)}
_RAMME = {0xC0, 0xC1, 0xC2, 0xC3, 0xC5, 0xC6, 0xC7, 0xC9, 0xCA, 0xCB, 0xCD, 0xCE, 0xCF}
_NESTE_MERKE = re.compile(rb"\xff[^\x00\xff\xd0-\xd7]")


def sjekk_jpeg(innhold: bytes) -> None:
    """Raises `Ugyldig` unless the markers lead from the beginning to an end mark, and only further JPEG pictures follow it
    (cameras add a preview)."""
    sted = 0
    while True:
        sted = _slutten(innhold, sted)
        resten = innhold[sted:].lstrip(b"\0\r\n ")
        if not resten:
            return
        if not resten.startswith(b"\xff\xd8\xff"):
            raise avslag("tvetydig")
        sted = len(innhold) - len(resten)


def _slutten(innhold: bytes, start: int) -> int:
    """Where the picture that begins at `start` ends."""
    sted, ramme = start + 2, False
    for _ in range(_MAKS_DELER):
        while innhold[sted : sted + 2] == b"\xff\xff":  # padding
            sted += 1
        if innhold[sted : sted + 1] != b"\xff" or sted + 2 > len(innhold):
            raise avslag("odelagt")
        merke = innhold[sted + 1]
        sted += 2
        if merke == 0xD9:
            if not ramme:
                raise avslag("odelagt")
            return sted
        if merke in _UTEN_LENGDE:
            continue
        lengde = int.from_bytes(innhold[sted : sted + 2])
        if lengde < 2 or sted + lengde > len(innhold):
            raise avslag("odelagt")
        if merke in _RAMME:
            ramme = True
            _sjekk_piksler(
                int.from_bytes(innhold[sted + 5 : sted + 7]),
                int.from_bytes(innhold[sted + 3 : sted + 5]) or 1,
            )
        sted += lengde
        if merke == 0xDA:  # the picture itself follows, up to the next real mark
            neste = _NESTE_MERKE.search(innhold, sted)
            if neste is None:
                raise avslag("odelagt")
            sted = neste.start()
    raise avslag("odelagt")


def _sjekk_piksler(bredde: int, hoyde: int) -> None:
    if not bredde or not hoyde:
        raise avslag("odelagt")
    if bredde * hoyde > MAKS_PIKSLER:
        raise avslag("bombe")
