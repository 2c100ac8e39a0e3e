"""Shared fixtures: the embedded PostgreSQL of the test run, databases made from one migrated template, and actors.

Every worker and every test that needs real commits gets a copy of its own of a template (`maler.py`), so nothing is truncated
and the app role is the one under test everywhere.
"""

import contextlib
import gc
import os
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import hypothesis
import pytest

ROT = Path(__file__).resolve().parents[1]
DELT = ROT.parent / "shared"
sys.path[:0] = [str(ROT / "src"), str(ROT / "tests")]

from bosett.config import roller  # noqa: E402 - the path comes first
from maler import GODKJENT, LAND, PUBLISERT, SAMRAAD, SENDT, STATE, VERDEN, kopi  # noqa: E402
from minne import server  # noqa: E402

os.environ |= {
    "BOSETT_TEST": "1",
    "BOSETT_STATE": str(STATE),
    "DJANGO_ALLOW_ASYNC_UNSAFE": "true",
    "BOSETT_DEMO": "1",
}
os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bosett.config.settings")

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
        _aapen.enter_context(server(STATE))
        (STATE / "statisk").mkdir(exist_ok=True)
    if config.pluginmanager.hasplugin("django"):
        import django.conf  # noqa: PLC0415 - the environment above must come before the settings

        _ = (
            django.conf.settings.INSTALLED_APPS
        )  # from here pytest-django finds configured settings and sets Django up
        from django.contrib.auth.hashers import Argon2PasswordHasher  # noqa: PLC0415

        # The real algorithm, at the least it takes: a password is set or tried several hundred times in a run.
        Argon2PasswordHasher.time_cost, Argon2PasswordHasher.memory_cost = 1, 64
        Argon2PasswordHasher.parallelism = 1


def pytest_collection_finish() -> None:
    """What has been imported and collected lives to the end: the garbage collector need not walk through it again and again."""
    gc.collect()
    gc.freeze()


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


@pytest.fixture(scope="session")
def django_db_setup(
    django_test_environment: None, django_db_blocker: object, worker_id: str
) -> Iterator[None]:
    """Replaces pytest-django's: one database per worker, as the app role (RLS on, pool on)."""
    with django_db_blocker.unblock(), kopi(f"prove_{os.getpid()}_{worker_id}"):  # type: ignore[attr-defined]
        yield


@pytest.fixture(autouse=True)
def _egne_mapper(request: pytest.FixtureRequest, tmp_path: Path) -> None:
    """Seals and outbox are each test's own, and the language is bokmål until it says otherwise."""
    if request.config.pluginmanager.hasplugin("django"):
        innstillinger = request.getfixturevalue("settings")
        innstillinger.SEGLMAPPE, innstillinger.UTBOKS = tmp_path / "segl", tmp_path / "utboks"
        from django.utils import translation  # noqa: PLC0415

        translation.deactivate()  # the language of the test before, if its last page had another


@pytest.fixture
def ekte_database(django_db_setup: None, django_db_blocker: object, worker_id: str) -> Iterator[str]:
    """A database of its own with real commits, for threads, crashes, jobs and servers in other processes. Gives its name."""
    with django_db_blocker.unblock(), kopi(f"ekte_{os.getpid()}_{worker_id}") as navn:  # type: ignore[attr-defined]
        yield navn


@pytest.fixture
def land(django_db_setup: None, django_db_blocker: object, worker_id: str) -> Iterator[str]:
    """A database of its own with the demonstration country (no round), with real commits. Gives its name."""
    with django_db_blocker.unblock(), kopi(f"land_{os.getpid()}_{worker_id}", LAND) as navn:  # type: ignore[attr-defined]
        yield navn


@pytest.fixture
def i_samraad(django_db_setup: None, django_db_blocker: object, worker_id: str) -> Iterator[int]:
    """As `land`, with one round of 2027 that KS and the counties are looking at. Gives the round's id."""
    with (
        django_db_blocker.unblock(),  # type: ignore[attr-defined]
        kopi(f"samraad_{os.getpid()}_{worker_id}", SAMRAAD),
    ):
        from runder import den_i_tilstand  # noqa: PLC0415 - needs Django

        yield den_i_tilstand("samraad")


@pytest.fixture
def godkjent(django_db_setup: None, django_db_blocker: object, worker_id: str) -> Iterator[int]:
    """As `land`, with one approved round of 2027 (`runder.AAR`). Gives the round's id."""
    with (
        django_db_blocker.unblock(),  # type: ignore[attr-defined]
        kopi(f"godkjent_{os.getpid()}_{worker_id}", GODKJENT),
    ):
        from runder import den_godkjente  # noqa: PLC0415 - needs Django

        yield den_godkjente()


@pytest.fixture
def sendt(django_db_setup: None, django_db_blocker: object, worker_id: str) -> Iterator[int]:
    """As `land`, with one round of 2027 whose letters have gone to Steinkjer, Volda and Oslo. Gives the round's id."""
    with (
        django_db_blocker.unblock(),  # type: ignore[attr-defined]
        kopi(f"sendt_{os.getpid()}_{worker_id}", SENDT),
    ):
        from runder import den_i_tilstand  # noqa: PLC0415 - needs Django

        yield den_i_tilstand("sendt")


@pytest.fixture
def publisert(django_db_setup: None, django_db_blocker: object, worker_id: str) -> Iterator[int]:
    """As `land`, with one round of 2027 whose numbers are published (all of them, and no letters). Gives the round's id."""
    with (
        django_db_blocker.unblock(),  # type: ignore[attr-defined]
        kopi(f"publisert_{os.getpid()}_{worker_id}", PUBLISERT),
    ):
        from runder import den_i_tilstand  # noqa: PLC0415 - needs Django

        yield den_i_tilstand("sendt")


@pytest.fixture
def verden(django_db_setup: None, django_db_blocker: object, worker_id: str) -> Iterator[str]:
    """As `land`, with letters, answers, weekly plans and deputies (`access.eksempler.landet`). Gives its name."""
    with django_db_blocker.unblock(), kopi(f"verden_{os.getpid()}_{worker_id}", VERDEN) as navn:  # type: ignore[attr-defined]
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
