"""The server of a test run. Its copies of the templates lie in memory where the machine has room.

A copy is a thousand small files: on a disk they cost the run ten times as much as in memory, and a run makes some hundred
copies. The templates themselves stay on disk, for the next run.
"""

import contextlib
import fcntl
import os
import shutil
from collections.abc import Iterator
from functools import cache
from pathlib import Path

import psycopg

from bosett.config import roller
from bosett.config.postgres import Innebygd, i_bruk

MINNE = Path("/dev/shm")
MINST_LEDIG = 2 * 2**30
"""Bytes. A container often has 64 MB there; then the copies lie on disk."""


@contextlib.contextmanager
def server(tilstand: Path) -> Iterator[None]:
    """Up while the block lasts. The first one in tidies up after runs that were killed."""
    server_ = Innebygd(tilstand, kast=True)
    tilstand.mkdir(parents=True, exist_ok=True)
    with (tilstand / "bruk.lock").open("w") as laas, contextlib.suppress(BlockingIOError):
        fcntl.flock(laas, fcntl.LOCK_EX | fcntl.LOCK_NB)  # nobody else has a database here
        _rydd(server_)
    with i_bruk(server_):
        yield


def _rydd(server_: Innebygd) -> None:
    mappe = MINNE / server_.tilstand.name
    lenker = list((server_.data / "pg_tblspc").glob("*"))
    if not all(lenke.exists() for lenke in lenker):  # the machine has been restarted
        server_.stopp()
        shutil.rmtree(server_.data)
        lenker = []
    server_.start()
    rester = "SELECT datname FROM pg_database WHERE NOT datistemplate AND datname <> 'postgres' AND datname NOT LIKE 'mal\\_%'"
    with psycopg.connect(**server_.admin(), autocommit=True) as db:  # this server, whatever DATABASE_URL says
        for (navn,) in db.execute(rester).fetchall():
            db.execute(f"DROP DATABASE IF EXISTS {navn} WITH (FORCE)")
        if not lenker and MINNE.is_dir() and shutil.disk_usage(MINNE).free > MINST_LEDIG:
            if mappe.exists():
                shutil.rmtree(mappe)
            mappe.mkdir(mode=0o700)
            eier = server_.data.stat()
            os.chown(mappe, eier.st_uid, eier.st_gid)
            db.execute(f"CREATE TABLESPACE minne LOCATION '{mappe}'")


@cache
def plass() -> str:
    """Where and how CREATE DATABASE makes a copy that lives for a test only."""
    finnes = admin("SELECT 1 FROM pg_tablespace WHERE spcname = 'minne'")
    if finnes and shutil.disk_usage(MINNE).free > MINST_LEDIG // 2:
        return "STRATEGY file_copy TABLESPACE minne"
    return ""


def admin(sql: str, *verdier: object) -> list[tuple]:
    """Run one statement as the superuser, outside any transaction."""
    with psycopg.connect(**roller.admin(), autocommit=True) as db:
        markor = db.execute(sql, verdier or None)
        return markor.fetchall() if markor.description else []
