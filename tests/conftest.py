"""Shared fixtures: the embedded PostgreSQL of the test run, databases made from one migrated template, and actors.

The template is migrated once per state of the migrations; every worker and every test that needs real commits gets a copy of
its own (`CREATE DATABASE … TEMPLATE`), so nothing is truncated and the app role is the one under test everywhere.
"""

import contextlib
import fcntl
import hashlib
import os
import subprocess
import sys
import tempfile
from collections.abc import Callable, Iterator
from pathlib import Path

import hypothesis
import pytest

ROT = Path(__file__).resolve().parents[1]
DELT = ROT.parent / "shared"
_STATE = (
    Path(tempfile.gettempdir())
    / f"bosett-prove-{os.getuid()}-{hashlib.sha256(str(ROT).encode()).hexdigest()[:8]}"
)

os.environ |= {
    "BOSETT_TEST": "1",
    "BOSETT_STATE": str(_STATE),
    "DJANGO_ALLOW_ASYNC_UNSAFE": "true",
    "BOSETT_DEMO": "1",
}
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bosett.config.settings")
sys.path[:0] = [str(ROT / "src"), str(ROT / "tests")]

from bosett.config import roller, tilstand  # noqa: E402 - the environment comes first
from bosett.config.postgres import Innebygd, i_bruk  # noqa: E402

pytest_plugins = ["krav"]
# Time is measured by ./bosett ytelse, never by a test run. The same cases every time, so that a landing is not decided by
# chance; BOSETT_GRUNDIG=1 looks for new ones.
hypothesis.settings.register_profile(
    "bosett", deadline=None, derandomize=os.environ.get("BOSETT_GRUNDIG") != "1"
)
hypothesis.settings.load_profile("bosett")
_aapen = contextlib.ExitStack()


def pytest_configure(config: pytest.Config) -> None:
    if not hasattr(config, "workerinput"):  # the controller starts the server; xdist workers use it
        _aapen.enter_context(i_bruk(Innebygd(_STATE, kast=True)))
        (_STATE / "statisk").mkdir(exist_ok=True)
    if config.pluginmanager.hasplugin("django"):
        import django.conf  # noqa: PLC0415 - the environment above must come before the settings

        _ = (
            django.conf.settings.INSTALLED_APPS
        )  # from here pytest-django finds configured settings and sets Django up


def pytest_unconfigure(config: pytest.Config) -> None:
    _aapen.close()


@pytest.fixture(scope="session")
def delt() -> Path:
    """The folder with the source documents and real figures; it lies beside the checkout and is never in it."""
    if not DELT.is_dir():
        pytest.skip(
            "mappen ../shared finnes ikke: prøven trenger kildedokumenter eller virkelige tall derfra"
        )
    return DELT


def _admin(sql: str, *verdier: object) -> list[tuple]:
    import psycopg  # noqa: PLC0415 - only the runs that use the database pay for it

    with psycopg.connect(**roller.admin(), autocommit=True) as db:
        markor = db.execute(sql, verdier or None)
        return markor.fetchall() if markor.description else []


def _mal() -> str:
    """The name of the migrated template database, made if it is not there."""
    filer = sorted((ROT / "src").glob("bosett/*/migrations/*.py")) + sorted(
        (ROT / "requirements").glob("base.txt")
    )
    avtrykk = hashlib.sha256(b"".join(fil.read_bytes() for fil in filer)).hexdigest()[:12]
    navn = f"mal_{avtrykk}"

    with (_STATE / "mal.lock").open("w") as laas:
        fcntl.flock(laas, fcntl.LOCK_EX)
        if _admin("SELECT 1 FROM pg_database WHERE datname = %s", navn):
            return navn
        hemmelig = tilstand.hemmeligheter()
        roller.lag_roller(roller.admin(), hemmelig["eier"], hemmelig["app"])
        bygg = f"bygg_{avtrykk}"
        _admin(f"DROP DATABASE IF EXISTS {bygg}")
        roller.lag_database(roller.admin(), bygg)
        miljo = os.environ | {
            "BOSETT_DB_ROLLE": "eier",
            "BOSETT_DB_NAVN": bygg,
            "PYTHONPATH": str(ROT / "src"),
        }
        ferdig = subprocess.run(
            [sys.executable, "-m", "django", "migrate", "-v0", "--skip-checks"],
            env=miljo,
            capture_output=True,
            text=True,
            check=False,
        )
        if ferdig.returncode:
            pytest.exit(f"migrate feilet:\n{ferdig.stdout}\n{ferdig.stderr}", returncode=3)
        for (gammel,) in _admin("SELECT datname FROM pg_database WHERE datname LIKE 'mal_%%'"):
            with contextlib.suppress(Exception):
                _admin(f"DROP DATABASE {gammel}")
        _admin(f"ALTER DATABASE {bygg} RENAME TO {navn}")
    return navn


def _landmal() -> str:
    """A template with Norway's municipalities, organisations, demonstration users and invented criteria figures, but no round."""
    grunn = _mal()
    filer = [*sorted((ROT / "data").glob("*.csv")), *sorted((ROT / "src" / "bosett" / "demo").glob("*.py"))]
    avtrykk = hashlib.sha256(grunn.encode() + b"".join(fil.read_bytes() for fil in filer)).hexdigest()[:12]
    navn = f"land_{avtrykk}"
    with (_STATE / "land.lock").open("w") as laas:
        fcntl.flock(laas, fcntl.LOCK_EX)
        if _admin("SELECT 1 FROM pg_database WHERE datname = %s", navn):
            return navn
        bygg = f"bygg_{navn}"
        _admin(f"DROP DATABASE IF EXISTS {bygg}")
        _admin(f"CREATE DATABASE {bygg} TEMPLATE {grunn} OWNER {roller.EIER}")
        _admin(f"GRANT CONNECT, TEMPORARY ON DATABASE {bygg} TO {roller.APP}")
        miljo = os.environ | {"BOSETT_DB_NAVN": bygg, "PYTHONPATH": str(ROT / "src")}
        for kommando in (["importer", "grunnlag"], ["register"], ["demo", "last", "--uten-runde"]):
            ferdig = subprocess.run(
                [sys.executable, "-m", "bosett.cli", *kommando],
                env=miljo,
                capture_output=True,
                text=True,
                check=False,
            )
            if ferdig.returncode:
                pytest.exit(f"{kommando} feilet:\n{ferdig.stdout}\n{ferdig.stderr}", returncode=3)
        for (gammel,) in _admin("SELECT datname FROM pg_database WHERE datname ~ '^land_[0-9a-f]{12}$'"):
            with contextlib.suppress(Exception):
                _admin(f"DROP DATABASE {gammel}")
        _admin(f"ALTER DATABASE {bygg} RENAME TO {navn}")
    return navn


@contextlib.contextmanager
def ny_database(navn: str, mal_for: Callable[[], str] = _mal) -> Iterator[str]:
    """A fresh database from the template, there while the block lasts. Nobody is connected to it yet."""
    mal = mal_for()
    _admin(f"DROP DATABASE IF EXISTS {navn} WITH (FORCE)")
    _admin(f"CREATE DATABASE {navn} TEMPLATE {mal} OWNER {roller.EIER}")
    _admin(f"GRANT CONNECT, TEMPORARY ON DATABASE {navn} TO {roller.APP}")
    try:
        yield navn
    finally:
        _admin(f"DROP DATABASE IF EXISTS {navn} WITH (FORCE)")


def ny_landdatabase(navn: str) -> contextlib.AbstractContextManager[str]:
    """As `ny_database`, with the demonstration country (no round)."""
    return ny_database(navn, _landmal)


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
def _kopi(navn: str, mal_for: Callable[[], str] = _mal) -> Iterator[str]:
    with ny_database(navn, mal_for), koblet_til(navn):
        yield navn


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None, django_db_blocker: object, worker_id: str
) -> Iterator[None]:
    """Replaces pytest-django's: one database per worker, as the app role (RLS on, pool on)."""
    with django_db_blocker.unblock(), _kopi(f"prove_{os.getpid()}_{worker_id}"):  # type: ignore[attr-defined]
        yield


@pytest.fixture(autouse=True)
def _egne_mapper(request: pytest.FixtureRequest, tmp_path: Path) -> None:
    """Seals and outbox are each test's own."""
    if request.config.pluginmanager.hasplugin("django"):
        innstillinger = request.getfixturevalue("settings")
        innstillinger.SEGLMAPPE, innstillinger.UTBOKS = tmp_path / "segl", tmp_path / "utboks"


@pytest.fixture
def ekte_database(django_db_setup: None, django_db_blocker: object, worker_id: str) -> Iterator[str]:
    """A database of its own with real commits, for threads, crashes, jobs and servers in other processes. Gives its name."""
    with django_db_blocker.unblock(), _kopi(f"ekte_{os.getpid()}_{worker_id}") as navn:  # type: ignore[attr-defined]
        yield navn


@pytest.fixture
def land(django_db_setup: None, django_db_blocker: object, worker_id: str) -> Iterator[str]:
    """A database of its own with the demonstration country (no round), with real commits. Gives its name."""
    with django_db_blocker.unblock(), _kopi(f"land_{os.getpid()}_{worker_id}_i_bruk", _landmal) as navn:  # type: ignore[attr-defined]
        yield navn


@pytest.fixture
def som_system(db: None) -> None:
    """The system itself acts in this test (row-level security lets jobs see all)."""
    from bosett.aktor.kontekst import sett, system  # noqa: PLC0415

    sett(system("prove"))


@pytest.fixture
def eier() -> Callable[[str], list[tuple]]:
    """Run SQL as the superuser on the test's own database (to look behind the app role's back)."""
    import psycopg  # noqa: PLC0415
    from django.db import connection  # noqa: PLC0415

    def kjor(sql: str) -> list[tuple]:
        konto = roller.admin() | {"dbname": connection.settings_dict["NAME"]}
        with psycopg.connect(**konto, autocommit=True) as db:
            markor = db.execute(sql)
            return markor.fetchall() if markor.description else []

    return kjor
