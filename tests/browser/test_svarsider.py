"""Pages without an address of their own, because they answer something sent: axe looks at them as at the others."""

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.conf import settings
from playwright.sync_api import Browser, Page

from browser import sjekk
from browser.conftest import Ugreit
from browser.sider import ADMIN, IMDI_ADMIN
from browser.tjener import Tjener

SPRAAK = [kode for kode, _ in settings.LANGUAGES]


@pytest.fixture(params=SPRAAK)
def fane(
    request: pytest.FixtureRequest, browser: Browser, innlogget: Callable[..., Any], nett: Tjener
) -> Iterator[Callable[[str | None], tuple[Page, str]]]:
    """`fane(role)` gives a tab in the language of the case, and that language."""
    apne: list[Page] = []

    def gi(rolle: str | None) -> tuple[Page, str]:
        side = browser.new_page(storage_state=innlogget(rolle), reduced_motion="reduce")
        side.context.add_cookies(
            [{"name": settings.LANGUAGE_COOKIE_NAME, "value": request.param, "url": nett.adresse}]
        )
        apne.append(side)
        return side, request.param

    yield gi
    for side in apne:
        side.context.close()


def _uten_funn(side: Page, spraak: str) -> None:
    funn = [*sjekk.form(side, spraak), *sjekk.axe(side, "light", "dark"), *sjekk.bredde(side)]
    if spraak == "en":
        funn += sjekk.norsk_i_engelsk(side)
    assert funn == []


def _send(side: Page, skjema: str) -> None:
    with side.expect_navigation():
        side.locator(f"main form{skjema} button[type=submit]").first.click()


def test_the_page_with_a_one_time_password(
    fane: Callable[..., tuple[Page, str]], nett: Tjener, eksempler: dict[str, Any], ugreit: Ugreit
) -> None:
    side, spraak = fane(ADMIN)
    ugreit.folg(side)
    side.goto(f"{nett.adresse}/brukere/{eksempler['organisasjon']}/ny/")
    side.locator("#id_navn").fill("Demo Kollega")
    side.locator("#id_epost").fill(f"kollega.{spraak}@demo.invalid")
    side.locator("main form [name=rolle]").first.check()
    _send(side, "")
    assert side.locator("main code").inner_text()
    _uten_funn(side, spraak)
    side.locator("main .b-handlinger a").first.click()  # to the new user, who gets another password
    _send(side, "[action$='/passord/']")
    assert side.locator("main code").inner_text()
    _uten_funn(side, spraak)


def test_the_page_of_a_locked_account(
    fane: Callable[..., tuple[Page, str]], nett: Tjener, ugreit: Ugreit
) -> None:
    side, spraak = fane(None)
    ugreit.folg(side)
    side.goto(f"{nett.adresse}/logg-inn/")
    for _ in range(settings.AXES_FAILURE_LIMIT):
        side.locator("#id_brukernavn").fill(f"sperret.{spraak}")
        side.locator("#id_passord").fill("feil passord her")
        with side.expect_navigation() as svar:
            side.locator("#id_passord").press("Enter")
    assert svar.value.status == 429
    _uten_funn(side, spraak)


def test_the_refusals_of_a_request_for_access(
    fane: Callable[..., tuple[Page, str]], nett: Tjener, eksempler: dict[str, Any], ugreit: Ugreit
) -> None:
    side, spraak = fane(IMDI_ADMIN)
    ugreit.folg(side)
    side.goto(f"{nett.adresse}/brukere/soknader/{eksempler['soknad']}/")
    _send(side, "[action$='/godkjenn/']")
    assert side.locator(".ds-error-summary a").count() == 2
    _uten_funn(side, spraak)
    side.locator("main details summary").last.click()
    _send(side, "[action$='/avsla/']")
    assert side.locator(".ds-error-summary a").count() == 1
    _uten_funn(side, spraak)


def test_a_municipality_with_an_administrator_is_told_so(
    fane: Callable[..., tuple[Page, str]], nett: Tjener, ugreit: Ugreit
) -> None:
    side, spraak = fane(None)
    ugreit.folg(side)
    side.goto(f"{nett.adresse}/tilgang/be-om/?kommune=5006")
    assert side.locator("main .b-melding").count() == 1
    assert side.locator("#id_kommune").input_value() == "5006"
    _uten_funn(side, spraak)
