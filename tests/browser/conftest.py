"""A browser, a real server and signed-in visitors. Without Chromium these tests are skipped, and fail where CI=true."""

import os
import shutil
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import cached_property
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, BrowserContext, ConsoleMessage, Page, Response

from browser.tjener import Tjener, tjener
from maler import VERDEN, koblet_til, ny_database

HER = Path(__file__).parent
KROM = os.environ.get("BOSETT_CHROMIUM") or next(
    filter(None, map(shutil.which, ("chromium-headless-shell", "chromium", "chromium-browser"))), None
)
"""The shell is the same engine without the browser's own windows and toolbars: two thirds of the processor time."""
DEMO = "@demo.invalid"


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if HER in item.path.parents:
            item.add_marker(pytest.mark.nettleser)


@pytest.fixture(scope="session")
def krom() -> str:
    if KROM:
        return KROM
    grunn = "Chromium finnes ikke: installer pakken chromium, eller si hvor den er med BOSETT_CHROMIUM"
    if os.environ.get("CI") == "true":
        pytest.fail(grunn)
    pytest.skip(f"NETTLESERPRØVENE ER HOPPET OVER. {grunn}")


@pytest.fixture(scope="session")
def browser_type_launch_args(krom: str) -> dict[str, Any]:
    som_root = ["--no-sandbox"] if os.getuid() == 0 else []
    return {
        "executable_path": krom,
        "args": [*som_root, "--disable-dev-shm-usage", "--disable-gpu", "--force-color-profile=srgb"],
    }


@pytest.fixture(scope="session")
def land_med_runde(
    django_db_setup: None, django_db_blocker: Any, worker_id: str, tmp_path_factory: pytest.TempPathFactory
) -> Iterator[tuple[Tjener, dict[str, Any]]]:
    """One server for all who only look: a round has been sent to two municipalities. With it, the example objects."""
    from django.conf import settings  # noqa: PLC0415

    from access.eksempler import EKSEMPLER, landet  # noqa: PLC0415 - models
    from bosett.aktor.kontekst import som, system  # noqa: PLC0415

    mappe = tmp_path_factory.mktemp("tjener")
    with ny_database(f"nett_{os.getpid()}_{worker_id}", VERDEN) as database:
        for_ = settings.SEGLMAPPE, settings.UTBOKS
        settings.SEGLMAPPE, settings.UTBOKS = mappe / "segl", mappe / "utboks"
        with django_db_blocker.unblock(), koblet_til(database):
            land = landet()
            with som(system("prove")):
                eksempler = {navn: lag(land).egen for navn, lag in EKSEMPLER.items()}
        settings.SEGLMAPPE, settings.UTBOKS = for_
        with tjener(database, mappe) as en:
            yield en, eksempler


@pytest.fixture(scope="session")
def nett(land_med_runde: tuple[Tjener, dict[str, Any]]) -> Tjener:
    return land_med_runde[0]


@pytest.fixture(scope="session")
def eksempler(land_med_runde: tuple[Tjener, dict[str, Any]]) -> dict[str, Any]:
    """Name of a URL argument → the value to visit, from the walk of every address (tests/access/eksempler.py)."""
    return land_med_runde[1]


def logg_inn(kontekst: BrowserContext, adresse: str, bruker: str) -> None:
    """Become a demonstration user, as the button on the log-in page does."""
    kontekst.request.get(f"{adresse}/logg-inn/")
    tegn = next(kake["value"] for kake in kontekst.cookies(adresse) if kake["name"] == "csrftoken")
    svar = kontekst.request.post(
        f"{adresse}/logg-inn/demo/",
        form={"brukernavn": bruker + DEMO, "csrfmiddlewaretoken": tegn},
        headers={"Referer": f"{adresse}/logg-inn/"},
        max_redirects=0,
    )
    assert svar.status == 302, f"{bruker}: {svar.status}"


@pytest.fixture(scope="session")
def innlogget(browser: Browser, nett: Tjener) -> Callable[..., Any]:
    """`innlogget("imdi_radgiver")` gives the storage state of that user (None: nobody). Each signs in once per worker."""
    ferdige: dict[str | None, Any] = {None: None}

    def gi(bruker: str | None) -> Any:
        if bruker not in ferdige:
            kontekst = browser.new_context()
            logg_inn(kontekst, nett.adresse, str(bruker))
            ferdige[bruker] = kontekst.storage_state()
            kontekst.close()
        return ferdige[bruker]

    return gi


# What _svar sees itself; and the page being left while it asks for the progress again (failed requests have other names).
_ANDRE_SER_PAA = ("Failed to load resource", "htmx:sendAbort", "htmx:afterRequest")


class Ugreit(list[str]):
    """What a page complained of: errors in the console (the Content-Security-Policy speaks there), in script, in answers."""

    def folg(self, side: Page) -> "Ugreit":
        for hendelse, lytter in self._lyttere:
            side.on(hendelse, lytter)  # type: ignore[call-overload]
        return self

    @contextmanager
    def folger(self, side: Page) -> Iterator[None]:
        """Follow a page that others will use after."""
        self.folg(side)
        try:
            yield
        finally:
            for hendelse, lytter in self._lyttere:
                side.remove_listener(hendelse, lytter)

    @cached_property
    def _lyttere(self) -> list[tuple[str, Callable[..., None]]]:
        return [
            ("console", self._melding),
            ("pageerror", lambda feil: self.append(f"skript: {feil}")),
            ("response", self._svar),
            ("requestfailed", lambda r: self._avbrutt(r.url, r.failure)),
        ]

    def _melding(self, melding: ConsoleMessage) -> None:
        if melding.type == "error" and not melding.text.startswith(_ANDRE_SER_PAA):
            self.append(f"konsoll: {melding.text} ({melding.location['url']})")

    def _svar(self, svar: Response) -> None:
        if svar.status >= 500 or (svar.status >= 400 and not svar.request.is_navigation_request()):
            self.append(f"{svar.status}: {svar.url}")

    def _avbrutt(self, adresse: str, hvorfor: str | None) -> None:
        if hvorfor != "net::ERR_ABORTED":  # a download, or a page left before it was done
            self.append(f"{hvorfor}: {adresse}")


@pytest.fixture
def ugreit() -> Iterator[Ugreit]:
    """Follow pages with `ugreit.folg(side)`; the test fails when one of them complained."""
    samling = Ugreit()
    yield samling
    assert samling == []
