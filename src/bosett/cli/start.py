"""`./run`: set everything up and run web, worker and database until Ctrl-C."""

import argparse
import fcntl
import hashlib
import os
import shutil
import signal
import socket
import subprocess
import sys
import time
from collections.abc import Iterable
from pathlib import Path

from bosett.config import oppstart, roller, tilstand
from bosett.config.postgres import PostgresFeil

STANSFRIST_S = 15


def registrer(kommandoer: "argparse._SubParsersAction[argparse.ArgumentParser]") -> None:
    start = kommandoer.add_parser(
        "start",
        help="start Bosett: database, nettsider og jobber",
        description="Gjør alt klart og holder database, nettsider og jobber i gang til du trykker Ctrl-C.",
    )
    start.add_argument(
        "--port", type=int, default=int(os.environ.get("BOSETT_PORT", "8000")), help="port (8000)"
    )
    start.add_argument("--host", default="127.0.0.1", help="adresse å lytte på (127.0.0.1)")
    start.add_argument("--reset", action="store_true", help="slett alt som er lagret, og begynn på nytt")
    start.add_argument("--empty", action="store_true", help="uten demonstrasjonsland")
    start.add_argument("--web-workers", type=int, default=4, help="antall nettprosesser (4)")
    start.set_defaults(kjor=kjor)
    db = kommandoer.add_parser("database", help="gjør databasen klar uten å starte noe")
    db.set_defaults(kjor=_bare_database)


def kjor(valg: argparse.Namespace) -> int:
    """Start everything; returns when it has been stopped."""
    os.environ.setdefault(
        "BOSETT_ADRESSE", f"http://{'localhost' if valg.host == '127.0.0.1' else valg.host}:{valg.port}"
    )
    if valg.host not in ("127.0.0.1", "localhost"):
        os.environ.setdefault(
            "BOSETT_VERTER",
            "*" if valg.host == "0.0.0.0" else f"localhost,127.0.0.1,{valg.host}",  # noqa: S104 - the operator chose it
        )
    mappe = tilstand.mappe()
    try:
        mappe.mkdir(parents=True, exist_ok=True)
    except OSError as feil:
        return _stopp(f"Kan ikke skrive i {mappe} ({feil.strerror}). Velg en annen mappe med BOSETT_STATE.")
    with (mappe / "run.lock").open("a+") as laas:
        try:
            fcntl.flock(laas, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            laas.seek(0)
            return _stopp(
                f"Bosett kjører allerede ({laas.read().strip() or 'starter nå'}). Stopp den med Ctrl-C først."
            )
        laas.truncate(0)
        if not _ledig(valg.host, valg.port):
            return _stopp(
                f"Port {valg.port} er i bruk av et annet program. Velg en annen: ./run --port {valg.port + 1}"
            )
        try:
            with oppstart.server():
                return _kjor_med_database(valg, laas)
        except PostgresFeil as feil:
            return _stopp(str(feil))


def _kjor_med_database(valg: argparse.Namespace, laas: object) -> int:
    if valg.reset:
        _si("Sletter det som er lagret")
        roller.slett_database(roller.admin(), roller.tilkobling()["dbname"])
        for mappe in ("utboks", "segl"):
            shutil.rmtree(tilstand.mappe() / mappe, ignore_errors=True)
        (tilstand.mappe() / "demo").unlink(missing_ok=True)
    forbered()
    demo = tilstand.mappe() / "demo"
    if not valg.empty and not demo.exists():
        _si("Lager demonstrasjonslandet")
        _django("-m", "bosett.cli", "demo", "last")
        demo.touch()
    if demo.exists():
        os.environ["BOSETT_DEMO"] = "1"
    return _hold_i_gang(valg, laas)


def forbered() -> None:
    """Roles, database, migrations, reference data, texts and static files. Only what has changed since last time is done."""
    ny = oppstart.forbered_database()
    rot = tilstand.ROT
    _ved_endring(
        "migrert", (rot / "src" / "bosett").glob("*/migrations/*.py"), "Oppdaterer databasen", _migrer, ny
    )
    _ved_endring("grunnlag", (rot / "data").glob("*"), "Leser inn kommuner og fylker", _grunnlag, ny)
    _ved_endring(
        "tekster", (rot / "src" / "bosett" / "locale").rglob("*.po"), "Gjør tekstene klare", _tekster, False
    )
    statiske = [*(rot / "src" / "bosett" / "web" / "static").rglob("*"), rot / "package-lock.json"]
    _ved_endring("statiske", statiske, "Gjør stilark og skript klare", _statiske, False)


def _migrer() -> None:
    _django("-m", "django", "migrate", "-v0", "--skip-checks", rolle="eier")


def _grunnlag() -> None:
    _django("-m", "bosett.cli", "importer", "grunnlag")
    _django("-m", "bosett.cli", "register")


def _tekster() -> None:
    _django("-m", "bosett.config.oversettelser", "kompiler")


def _statiske() -> None:
    _django("-m", "django", "collectstatic", "-v0", "--noinput", "--clear")


def _ved_endring(navn: str, filer: Iterable[Path], tekst: str, gjor: object, tving: bool) -> None:
    avtrykk = hashlib.sha256()
    for fil in sorted(fil for fil in filer if fil.is_file()):
        avtrykk.update(str(fil).encode() + fil.read_bytes())
    merke = tilstand.mappe() / f"gjort-{navn}"
    if not tving and merke.exists() and merke.read_text() == avtrykk.hexdigest():
        return
    _si(tekst)
    gjor()  # type: ignore[operator]
    merke.write_text(avtrykk.hexdigest())


def _django(*argumenter: str, rolle: str = "app") -> None:
    ferdig = subprocess.run(
        [sys.executable, *argumenter], env=_miljo() | {"BOSETT_DB_ROLLE": rolle}, check=False
    )
    if ferdig.returncode:
        raise SystemExit(f"Oppstarten stanset: «{' '.join(argumenter[1:])}» feilet. Se meldingen over.")


def _miljo() -> dict[str, str]:
    kilde = str(tilstand.ROT / "src")
    return os.environ | {"DJANGO_SETTINGS_MODULE": "bosett.config.settings", "PYTHONPATH": kilde}


# -- running --------------------------------------------------------------------------------------------------


def _hold_i_gang(valg: argparse.Namespace, laas: object) -> int:
    med_foreldre = [sti, "--pdeathsig", "TERM"] if (sti := shutil.which("setpriv")) else []
    kommandoer = {
        "nettsider": [
            *med_foreldre, sys.executable, "-m", "granian", "--interface", "wsgi", "--host", valg.host, "--port", str(valg.port),
            "--workers", str(valg.web_workers), "--blocking-threads", "2", "--backpressure", "64", "--respawn-failed-workers", "--workers-kill-timeout", "5",
            "--log-level", "warning", "bosett.config.wsgi:application",
        ],
        "jobber": [
            *med_foreldre, sys.executable, "-m", "bosett.config.arbeider",
        ],
    }  # fmt: skip
    stans: list[int] = []
    for signalet in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(signalet, lambda nr, _ramme: stans.append(nr))
    prosesser = {navn: _start(kommando) for navn, kommando in kommandoer.items()}
    adresse = os.environ["BOSETT_ADRESSE"]
    print(f"pid {os.getpid()}, {adresse}", file=laas, flush=True)  # type: ignore[call-overload]
    _vent_paa(valg.host, valg.port, stans, prosesser["nettsider"])
    if not stans:
        _presenter(adresse)
    sjekket = time.monotonic()
    while not stans:
        time.sleep(0.2)
        for navn, prosess in list(prosesser.items()):
            if prosess.poll() is not None and not stans:
                _si(f"Starter {navn} på nytt (stanset med kode {prosess.returncode})")
                time.sleep(1)
                prosesser[navn] = _start(kommandoer[navn])
        if "DATABASE_URL" not in os.environ and time.monotonic() - sjekket > 5:
            sjekket = time.monotonic()
            oppstart.innebygd().start()  # does nothing while the server answers
    _si("Stanser")
    for prosess in prosesser.values():
        prosess.terminate()
    frist = time.monotonic() + STANSFRIST_S
    for prosess in prosesser.values():
        try:
            prosess.wait(max(0.1, frist - time.monotonic()))
        except subprocess.TimeoutExpired:
            prosess.kill()
    return 0


def _start(kommando: list[str]) -> "subprocess.Popen[bytes]":
    return subprocess.Popen(kommando, env=_miljo(), start_new_session=True, stdin=subprocess.DEVNULL)


def _presenter(adresse: str) -> None:
    print(f"\n  Bosett er i gang: {adresse}\n", flush=True)
    if os.environ.get("BOSETT_DEMO") == "1":
        print("  DEMO: tallene og personene er oppdiktet. Velg en bruker på innloggingssiden:", flush=True)
        subprocess.run([sys.executable, "-m", "bosett.cli", "demo", "brukere"], env=_miljo(), check=False)
    print("\n  Stopp med Ctrl-C.", flush=True)


def _vent_paa(host: str, port: int, stans: list[int], prosess: "subprocess.Popen[bytes]") -> None:
    frist = time.monotonic() + 60
    while not stans and time.monotonic() < frist and prosess.poll() is None:
        try:
            with socket.create_connection((host if host != "0.0.0.0" else "127.0.0.1", port), 1):  # noqa: S104
                return
        except OSError:
            time.sleep(0.05)


def _ledig(host: str, port: int) -> bool:
    with socket.socket(socket.AF_INET6 if ":" in host else socket.AF_INET) as prove:
        prove.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            prove.bind((host, port))
        except OSError:
            return False
    return True


def _bare_database(_valg: argparse.Namespace) -> int:
    with oppstart.server():
        forbered()
    return 0


def _si(tekst: str) -> None:
    print(f"→ {tekst}", flush=True)


def _stopp(tekst: str) -> int:
    print(tekst, file=sys.stderr)
    return 1
