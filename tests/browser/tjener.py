"""A real server for the browser: granian on a free port of the loopback, against a database of its own."""

import contextlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
import urllib.error
import urllib.request
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

ROT = Path(__file__).resolve().parents[2]
STARTFRIST_S = 60
_DOR_MED_FORELDREN = [sti, "--pdeathsig", "TERM"] if (sti := shutil.which("setpriv")) else []


@dataclass(frozen=True)
class Tjener:
    adresse: str
    database: str
    miljo: dict[str, str]

    @contextlib.contextmanager
    def jobber(self) -> Iterator[None]:
        """A real worker is at work while the block lasts."""
        prosess = subprocess.Popen(
            [*_DOR_MED_FORELDREN, sys.executable, "-m", "bosett.config.arbeider"],
            env=self.miljo, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip
        try:
            yield
        finally:
            _stans(prosess)

    def vent_paa(self, sti: str) -> None:
        """Wait until the address answers 200: what a job makes is there."""
        frist = time.monotonic() + STARTFRIST_S
        while time.monotonic() < frist:
            with contextlib.suppress(urllib.error.HTTPError), urllib.request.urlopen(self.adresse + sti):
                return
            time.sleep(0.2)
        raise AssertionError(f"{sti} kom aldri")


@contextlib.contextmanager
def tjener(database: str, mappe: Path) -> Iterator[Tjener]:
    """`mappe` gets the server's log, outbox and seals."""
    with socket.create_server(("127.0.0.1", 0)) as ledig:
        port = ledig.getsockname()[1]
    adresse = f"http://localhost:{port}"
    miljo = os.environ | {
        "DJANGO_SETTINGS_MODULE": "bosett.config.settings", "PYTHONPATH": str(ROT / "src"), "BOSETT_DB_NAVN": database,
        "BOSETT_ADRESSE": adresse, "BOSETT_TEST": "1", "BOSETT_DEMO": "1", "BOSETT_UTBOKS": str(mappe / "utboks"),
    }  # fmt: skip
    logg = mappe / "tjener.log"
    with logg.open("wb") as ut:
        prosess = subprocess.Popen(
            [*_DOR_MED_FORELDREN, sys.executable, "-m", "granian", "--interface", "wsgi", "--host", "127.0.0.1", "--port", str(port),
             "--workers", "1", "--blocking-threads", "4", "--log-level", "warning", "bosett.config.wsgi:application"],
            env=miljo, stdout=ut, stderr=ut, stdin=subprocess.DEVNULL, start_new_session=True,
        )  # fmt: skip
    try:
        _vent(adresse, prosess, logg)
        yield Tjener(adresse, database, miljo)
    finally:
        _stans(prosess)


def _stans(prosess: "subprocess.Popen[bytes]") -> None:
    with contextlib.suppress(ProcessLookupError):
        os.killpg(prosess.pid, signal.SIGTERM)
    try:
        prosess.wait(10)
    except subprocess.TimeoutExpired:
        os.killpg(prosess.pid, signal.SIGKILL)


def _vent(adresse: str, prosess: "subprocess.Popen[bytes]", logg: Path) -> None:
    frist = time.monotonic() + STARTFRIST_S
    while time.monotonic() < frist and prosess.poll() is None:
        try:
            with urllib.request.urlopen(f"{adresse}/om/", timeout=STARTFRIST_S) as svar:
                assert svar.status == 200
            return
        except urllib.error.HTTPError as feil:
            raise AssertionError(f"/om/ svarte {feil.code}:\n{logg.read_text()[-3000:]}") from feil
        except OSError:
            time.sleep(0.05)
    raise AssertionError(f"tjeneren svarte ikke:\n{logg.read_text()[-3000:]}")
