"""A small port to a virus scanner, with one way: ClamAV's daemon. No database here; called outside every transaction."""

import socket
import struct
from dataclasses import dataclass
from typing import Protocol

from django.conf import settings

_BIT = 64 * 1024
_FRIST_S = 60.0
_MAKS_SVAR = 4096


class Viruskontrollfeil(Exception):
    """The scanner did not answer, or did not take the file. Nothing is known of the file; a new attempt may help."""


class Viruskontroll(Protocol):
    def finn(self, innhold: bytes) -> bool:
        """Is something found in it? Raises `Viruskontrollfeil`."""


@dataclass(frozen=True)
class Clamd:
    """`adresse` is «vert:port», or the path of a socket (with or without «unix:» before it)."""

    adresse: str
    frist_s: float = _FRIST_S

    def finn(self, innhold: bytes) -> bool:
        try:
            with self._koblet() as linje:
                linje.sendall(b"zINSTREAM\0")
                for start in range(0, len(innhold), _BIT):
                    bit = innhold[start : start + _BIT]
                    linje.sendall(struct.pack(">I", len(bit)) + bit)
                linje.sendall(struct.pack(">I", 0))
                svar = _les(linje)
        except OSError as feil:
            raise Viruskontrollfeil(type(feil).__name__) from feil
        if svar == "stream: OK":
            return False
        if svar.startswith("stream: ") and svar.endswith(" FOUND"):
            return True
        raise Viruskontrollfeil("ukjent svar" if "ERROR" not in svar else "avvist av viruskontrollen")

    def _koblet(self) -> socket.socket:
        vert, _, port = self.adresse.rpartition(":")
        if vert and port.isdigit():
            return socket.create_connection((vert.strip("[]"), int(port)), timeout=self.frist_s)
        linje = socket.socket(socket.AF_UNIX)
        try:
            linje.settimeout(self.frist_s)
            linje.connect(self.adresse.removeprefix("unix:"))
        except OSError:
            linje.close()
            raise
        return linje


def _les(linje: socket.socket) -> str:
    svar = b""
    while not svar.endswith((b"\0", b"\n")) and len(svar) < _MAKS_SVAR:
        bit = linje.recv(_MAKS_SVAR)
        if not bit:
            break
        svar += bit
    return svar.decode("utf-8", "replace").strip("\0\n ")


def viruskontroll() -> Viruskontroll | None:
    """The scanner this installation has; None when none is set up."""
    return Clamd(settings.VIRUSKONTROLL) if settings.VIRUSKONTROLL else None
