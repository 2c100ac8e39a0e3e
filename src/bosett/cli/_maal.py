"""What the measurements share: the product started in a state folder of its own, and functions run in it with Django."""

import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PORT = 8765
ADRESSE = f"http://127.0.0.1:{PORT}"


@dataclass(frozen=True)
class Resultat:
    hva: str
    maalt: str
    budsjett: str
    innenfor: bool
    hvordan: str


def tid(gjor: Callable[[], object]) -> float:
    fra = time.perf_counter()
    gjor()
    return time.perf_counter() - fra


@contextmanager
def bosett(miljo: dict[str, str]) -> Iterator[float]:
    """The whole product while the block lasts; gives the seconds until it said that it was up."""
    fra = time.perf_counter()
    prosess = subprocess.Popen(
        [sys.executable, "-m", "bosett.cli", "start", "--port", str(PORT)],
        env=miljo,
        stdout=subprocess.PIPE,
        text=True,
        start_new_session=True,
    )
    assert prosess.stdout is not None
    try:
        for linje in prosess.stdout:
            if "er i gang" in linje:
                break
        else:
            raise SystemExit("Bosett startet ikke")
        yield time.perf_counter() - fra
    finally:
        prosess.send_signal(signal.SIGINT)
        prosess.communicate(timeout=60)


def klargjor(miljo: dict[str, str]) -> None:
    bosettkommando(miljo, "database")


def bosettkommando(miljo: dict[str, str], *ord_: str) -> str:
    ferdig = subprocess.run(
        [sys.executable, "-m", "bosett.cli", *ord_], env=miljo, capture_output=True, text=True, check=False
    )
    if ferdig.returncode:
        raise SystemExit(f"{' '.join(ord_)} feilet:\n{ferdig.stdout}{ferdig.stderr}")
    return ferdig.stdout


def i_tilstanden(miljo: dict[str, str], funksjon: Callable[[], dict[str, float]]) -> dict[str, float]:
    """Run a function in a process with Django on the prepared demonstration; its answer is JSON on the last line."""
    navn = funksjon.__name__
    klargjor(miljo)
    bosettkommando(miljo, "demo", "last", "--uten-runde", "--personer", "0")
    (
        Path(miljo["BOSETT_STATE"]) / "demo"
    ).touch()  # so that a start does not load the rest beside what is measured
    program = (
        "import json\nfrom bosett.config import oppstart\n"
        "if __name__ == '__main__':\n"
        " with oppstart.server():\n"
        "  oppstart.django()\n"
        f"  from {funksjon.__module__} import {navn}\n"
        f"  print(json.dumps({navn}()))\n"
    )
    fil = Path(miljo["BOSETT_STATE"]) / "maal.py"
    fil.write_text(program)
    ferdig = subprocess.run(
        [sys.executable, str(fil)], env=miljo, capture_output=True, text=True, check=False
    )
    if ferdig.returncode:
        raise SystemExit(f"målingen {navn} feilet:\n{ferdig.stdout}{ferdig.stderr}")
    svar: dict[str, float] = json.loads(ferdig.stdout.strip().splitlines()[-1])
    return svar


def adminkonto() -> dict[str, Any]:
    """A login to the measured database for which row security does not hold."""
    from bosett.config import roller  # noqa: PLC0415 - runs in a process of its own

    return roller.admin() | {"dbname": roller.tilkobling()["dbname"]}


def prosessortid(miljo: dict[str, str]) -> float:
    """Seconds of processor time that the web processes have used since they started (0 where there is no /proc)."""
    merke = f"BOSETT_STATE={miljo['BOSETT_STATE']}".encode()
    tikk = 0
    for mappe in Path("/proc").glob("[0-9]*"):
        try:
            if merke in (mappe / "environ").read_bytes().split(b"\0") and _er_nett(mappe):
                felt = (mappe / "stat").read_text().rpartition(")")[2].split()
                tikk += int(felt[11]) + int(felt[12])
        except OSError:
            continue  # it ended while we looked
    return tikk / os.sysconf("SC_CLK_TCK")


def vent_til_rolig(miljo: dict[str, str]) -> None:
    """Until the web processes have compiled the reservation check, which they do beside the first pages."""
    for _ in range(60):
        for_ = prosessortid(miljo)
        time.sleep(1)
        if prosessortid(miljo) - for_ < 0.1:
            return


def _er_nett(prosess: Path) -> bool:
    """The web server, or one of its workers, whose command line does not say so."""
    forelder = (prosess / "stat").read_text().rpartition(")")[2].split()[1]
    return any(b"granian" in (mappe / "cmdline").read_bytes() for mappe in (prosess, Path("/proc", forelder)))


def okt(bruker: Any) -> str:
    """The key of a new session of a user, as if she had signed in."""
    from django.conf import settings  # noqa: PLC0415 - runs in a process of its own, with Django
    from django.contrib.auth import BACKEND_SESSION_KEY, HASH_SESSION_KEY, SESSION_KEY  # noqa: PLC0415
    from django.contrib.sessions.backends.db import SessionStore  # noqa: PLC0415

    ny = SessionStore()
    ny[SESSION_KEY] = str(bruker.pk)
    ny[BACKEND_SESSION_KEY] = settings.AUTHENTICATION_BACKENDS[-1]
    ny[HASH_SESSION_KEY] = bruker.get_session_auth_hash()
    ny.create()
    return str(ny.session_key)
