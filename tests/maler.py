"""Template databases: each is made once per state of its sources, and copied for the worker or test that needs it."""

import contextlib
import fcntl
import hashlib
import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

import pytest

from bosett.config import roller, tilstand
from bosett.grunn.klokke import i_dag
from minne import admin, plass

ROT = Path(__file__).resolve().parents[1]
STATE = (
    Path(tempfile.gettempdir())
    / f"bosett-prove-{os.getuid()}-{hashlib.sha256(str(ROT).encode()).hexdigest()[:8]}"
)


@dataclass(eq=False)
class Mal:
    """`kilder` are the files (globs) that decide whether the template must be made anew; `kommandoer` are run by Python."""

    navn: str
    fra: "Mal | None"
    kilder: tuple[str, ...]
    kommandoer: tuple[tuple[str, ...], ...]
    rolle: str = "app"
    av_dagen: bool = False
    """It has deadlines counted from the day it is made."""

    @cached_property
    def database(self) -> str:
        filer = sorted({fil for monster in self.kilder for fil in ROT.glob(monster)})
        innhold = [self.fra.database.encode() if self.fra else b"", *(fil.read_bytes() for fil in filer)]
        innhold += [i_dag().isoformat().encode()] if self.av_dagen else []
        return f"mal_{self.navn}_{hashlib.sha256(b''.join(innhold)).hexdigest()[:12]}"


def _skript(linje: str) -> tuple[str, ...]:
    return ("-c", f"from bosett.config import oppstart; oppstart.django(); {linje}")


_KODE = ("src/bosett/**/*.py", "tests/runder.py", "tests/historie.py")
MIGRERT = Mal(
    "migrert",
    None,
    (
        "src/bosett/*/migrations/*.py",
        "src/bosett/aktor/management/commands/migrate.py",
        "requirements/base.txt",
    ),
    (("-m", "django", "migrate", "-v0", "--skip-checks"),),
    "eier",
)
LAND = Mal(
    "land",
    MIGRERT,
    ("data/*.csv", "src/bosett/demo/*.py", "src/bosett/person/services/mottak.py"),
    tuple(
        ("-m", "bosett.cli", *ord_)
        for ord_ in (
            ("importer", "grunnlag"),
            ("register",),
            ("demo", "last", "--uten-runde", "--personer", "0"),
        )
    ),
)
"""Norway's municipalities, organisations, demonstration users and invented criteria figures, but no round."""
SAMRAAD = Mal(
    "samraad", LAND, _KODE, (_skript("import runder; runder.lag_runde_i_samraad()"),), av_dagen=True
)
"""… with one round that KS and the counties are looking at."""
GODKJENT = Mal("godkjent", SAMRAAD, _KODE, (_skript("import runder; runder.godkjenn_den()"),))
"""… with the same round approved."""
SENDT = Mal("sendt", GODKJENT, _KODE, (_skript("import runder; runder.send_den()"),))
"""… and its letters sent to Steinkjer, Volda and Oslo, the only ones asked."""
VERDEN = Mal(
    "verden",
    GODKJENT,
    ("tests/access/eksempler.py", "tests/svar.py", "tests/dokument/filer.py"),
    (_skript("from access import eksempler; eksempler.lag_verden()"),),
)
"""… or the world that the walk of every address and the browser look at: letters, answers, weekly plans, deputies."""
PUBLISERT = Mal("publisert", GODKJENT, _KODE, (_skript("import runder; runder.publiser_den()"),))
"""… or with all its numbers published, and no letters made."""
HISTORIE = Mal(
    "historie", MIGRERT, ("data/*.csv", *_KODE), (_skript("import historie; historie.last_alt()"),)
)
"""The register with its history, and all the real tables of earlier years."""


@cache
def sorg_for(mal: Mal) -> str:
    """The name of the template's database, made if it is not there; its older editions go. Asked once per process."""
    fra = sorg_for(mal.fra) if mal.fra else None
    navn = mal.database
    with (STATE / f"{mal.navn}.lock").open("w") as laas:
        fcntl.flock(laas, fcntl.LOCK_EX)
        if admin("SELECT 1 FROM pg_database WHERE datname = %s", navn):
            return navn
        bygg = f"bygg_{navn}"
        admin(f"DROP DATABASE IF EXISTS {bygg} WITH (FORCE)")
        if fra is None:
            hemmelig = tilstand.hemmeligheter()
            roller.lag_roller(roller.admin(), hemmelig["eier"], hemmelig["app"])
            roller.lag_database(roller.admin(), bygg)
        else:
            _kopier(fra, bygg)
        stier = os.pathsep.join(map(str, (ROT / "src", ROT / "tests", ROT)))
        miljo = os.environ | {"BOSETT_DB_ROLLE": mal.rolle, "BOSETT_DB_NAVN": bygg, "PYTHONPATH": stier}
        for kommando in mal.kommandoer:
            ferdig = subprocess.run(
                [sys.executable, *kommando], env=miljo, capture_output=True, text=True, check=False
            )
            if ferdig.returncode:
                pytest.exit(f"{kommando} feilet:\n{ferdig.stdout}\n{ferdig.stderr}", returncode=3)
        for (gammel,) in admin("SELECT datname FROM pg_database WHERE datname LIKE %s", f"mal_{mal.navn}_%"):
            with contextlib.suppress(Exception):
                admin(f"DROP DATABASE {gammel}")
        admin(f"ALTER DATABASE {bygg} RENAME TO {navn}")
    return navn


def _kopier(fra: str, til: str, plass: str = "") -> None:
    admin(f"CREATE DATABASE {til} TEMPLATE {fra} OWNER {roller.EIER} {plass}")
    admin(f"GRANT CONNECT, TEMPORARY ON DATABASE {til} TO {roller.APP}")


@contextlib.contextmanager
def ny_database(navn: str, mal: Mal = MIGRERT) -> Iterator[str]:
    """A fresh database from the template, there while the block lasts. Nobody is connected to it yet."""
    fra = sorg_for(mal)
    admin(f"DROP DATABASE IF EXISTS {navn} WITH (FORCE)")
    _kopier(fra, navn, plass())
    try:
        yield navn
    finally:
        admin(f"DROP DATABASE IF EXISTS {navn} WITH (FORCE)")


@contextlib.contextmanager
def koblet_til(navn: str) -> Iterator[None]:
    """Django's default connection goes to this database, as the app role, while the block lasts."""
    from django.db import connections  # noqa: PLC0415

    tilkobling = connections["default"]
    fra = tilkobling.settings_dict["NAME"]
    # In this order: closing an open connection after the pool makes a new pool, on the old database.
    tilkobling.close()
    with contextlib.suppress(Exception):
        tilkobling.close_pool()
    tilkobling.settings_dict["NAME"] = os.environ["BOSETT_DB_NAVN"] = navn
    try:
        yield
    finally:
        tilkobling.close()
        tilkobling.close_pool()
        tilkobling.settings_dict["NAME"] = fra
        os.environ["BOSETT_DB_NAVN"] = fra


@contextlib.contextmanager
def kopi(navn: str, mal: Mal = MIGRERT) -> Iterator[str]:
    """A fresh database, and Django connected to it."""
    with ny_database(navn, mal), koblet_til(navn):
        yield navn
