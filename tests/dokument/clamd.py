"""A scanner for the tests: a real server on a real socket that speaks clamd's INSTREAM and knows one «virus»."""

import socket
import struct
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

VIRUS = b"X5O!P%@AP-PROEVE"


class Skanner:
    """`svar` is sent instead of the truth when it is set; `None` hangs up without a word. `sett` is what it was handed."""

    def __init__(self) -> None:
        self.svar: bytes | None = b""
        self.sett: list[bytes] = []

    def behandle(self, linje: socket.socket) -> None:
        with linje, linje.makefile("rb") as inn:
            assert inn.read(10) == b"zINSTREAM\0"
            innhold = b""
            while lengde := struct.unpack(">I", inn.read(4))[0]:
                innhold += inn.read(lengde)
            self.sett.append(innhold)
            funn = b"stream: Prove.Signatur FOUND\0" if VIRUS in innhold else b"stream: OK\0"
            if self.svar is not None:
                linje.sendall(self.svar or funn)


@contextmanager
def clamd(sti: Path | None = None) -> Iterator[tuple[Skanner, str]]:
    """The scanner and its address: a port, or a socket file at `sti`."""
    skanner = Skanner()
    lytter = socket.socket(socket.AF_UNIX if sti else socket.AF_INET)
    lytter.bind(str(sti) if sti else ("127.0.0.1", 0))
    lytter.listen()

    def lytt() -> None:
        while True:
            try:
                linje, _ = lytter.accept()
            except OSError:
                return
            skanner.behandle(linje)

    traad = threading.Thread(target=lytt, daemon=True)
    traad.start()
    try:
        yield skanner, f"unix:{sti}" if sti else f"127.0.0.1:{lytter.getsockname()[1]}"
    finally:
        lytter.shutdown(socket.SHUT_RDWR)
        lytter.close()
        traad.join(5)
