"""By keyboard alone, the switches of language and colours, and pages that say no."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from browser import sjekk
from browser.conftest import Ugreit
from browser.sider import KOMMUNE, RADGIVER
from browser.tjener import Tjener

_SYNLIG_FOKUS = """() => {
  const e = document.activeElement, s = getComputedStyle(e);
  return e.matches(":focus-visible") && (s.outlineStyle !== "none" && parseFloat(s.outlineWidth) > 0 || s.boxShadow !== "none");
}"""


def _tab_til(side: Page, velger: str, hoyst: int) -> None:
    """Tab until the control has the focus; each stop on the way shows where one is."""
    for _ in range(hoyst):
        side.keyboard.press("Tab")
        assert side.evaluate(_SYNLIG_FOKUS), side.evaluate("document.activeElement.outerHTML.slice(0, 200)")
        if side.evaluate("velger => document.activeElement.matches(velger)", velger):
            return
    raise AssertionError(f"{velger} nås ikke med {hoyst} tabulatortrykk")


def test_from_log_in_to_the_first_action(nett: Tjener, browser: Browser, ugreit: Ugreit) -> None:
    side = browser.new_page(locale="nb-NO")
    ugreit.folg(side)
    side.goto(f"{nett.adresse}/logg-inn/")
    _tab_til(side, f"form:has(input[value='{KOMMUNE}@demo.invalid']) button", 40)
    side.keyboard.press("Enter")
    side.wait_for_url("**/hjem/")
    # Past the menu in one step, and the next action is the first stop after it
    _tab_til(side, ".ds-skip-link", 1)
    expect(side.locator(".ds-skip-link")).to_be_in_viewport()
    side.keyboard.press("Enter")
    expect(side.locator("main")).to_be_focused()
    _tab_til(side, ".b-neste .ds-button", 1)
    side.keyboard.press("Enter")
    side.wait_for_url("**/kommunens-anmodninger/**")
    # The same by the key that the page «Hurtigtaster» promises
    side.goto(f"{nett.adresse}/hjem/")
    side.keyboard.press("Alt+n")
    side.wait_for_url("**/kommunens-anmodninger/**")
    # The user's menu opens and closes
    side.locator(".b-bruker:not(.b-flere) > summary").focus()
    side.keyboard.press("Enter")
    expect(side.get_by_role("button", name="Logg ut").first).to_be_visible()
    side.keyboard.press("Escape")
    expect(side.locator(".b-bruker:not(.b-flere)")).not_to_have_attribute("open", "")
    side.close()


def test_the_menu_of_the_phone(nett: Tjener, browser: Browser, innlogget: Callable[..., Any]) -> None:
    kontekst = browser.new_context(
        storage_state=innlogget(RADGIVER), viewport={"width": 360, "height": 740}, locale="nb-NO"
    )
    side = kontekst.new_page()
    side.goto(f"{nett.adresse}/hjem/")
    meny = side.locator("#meny")
    expect(meny).to_be_hidden()
    side.get_by_role("button", name="Meny").click()
    expect(meny).to_be_visible()
    assert [*sjekk.axe(side, "light", "dark"), *sjekk.bredde(side)] == []
    meny.get_by_role("link", name="Behov", exact=True).click()
    side.wait_for_url("**/behov/")
    kontekst.close()


def test_language_and_colours_are_remembered(nett: Tjener, browser: Browser) -> None:
    kontekst = browser.new_context(locale="nb-NO", viewport={"width": 1280, "height": 900})
    side = kontekst.new_page()
    side.goto(f"{nett.adresse}/kommuner/")
    for navn, kode in (("Nynorsk", "nn"), ("English", "en"), ("Bokmål", "nb")):
        side.get_by_role("link", name=navn).first.click()
        expect(side.locator("html")).to_have_attribute("lang", kode)
        assert side.url == f"{nett.adresse}/kommuner/"
    side.get_by_role("link", name="Lyst eller mørkt").click()
    side.locator("main a[href*='/farger/dark/']").click()
    expect(side.locator("html")).to_have_attribute("data-color-scheme", "dark")
    bakgrunn = side.evaluate("getComputedStyle(document.body).backgroundColor")
    side.goto(f"{nett.adresse}/om/")
    assert (
        side.evaluate("getComputedStyle(document.body).backgroundColor") == bakgrunn != "rgb(255, 255, 255)"
    )
    kontekst.close()


@pytest.mark.parametrize("rolle", [None, KOMMUNE])
def test_pages_that_say_no(
    rolle: str | None, nett: Tjener, browser: Browser, innlogget: Callable[..., Any]
) -> None:
    kontekst = browser.new_context(
        storage_state=innlogget(rolle), locale="nb-NO", viewport={"width": 1280, "height": 900}
    )
    side = kontekst.new_page()
    for sti in ("/finnes-ikke/", "/kommuner/9999-finnes-ikke/", *(["/behov/"] if rolle else [])):
        svar = side.goto(nett.adresse + sti)
        assert svar is not None and svar.status == 404
        assert [*sjekk.form(side, "nb"), *sjekk.axe(side, "light", "dark"), *sjekk.bredde(side)] == []
    kontekst.close()


def test_an_act_that_is_refused_says_why(
    nett: Tjener, eksempler: dict[str, Any], browser: Browser, innlogget: Callable[..., Any]
) -> None:
    """A round that has been sent cannot be presented again: somebody had the page open too long."""
    kontekst = browser.new_context(
        storage_state=innlogget(RADGIVER), locale="nb-NO", viewport={"width": 1280, "height": 900}
    )
    side = kontekst.new_page()
    side.goto(f"{nett.adresse}/anmodning/{eksempler['runde']}/")
    skjema = side.locator("main form[action$='/lukk/']")
    skjema.evaluate("skjema => { skjema.action = skjema.action.replace('/lukk/', '/legg-fram/'); }")
    with side.expect_navigation() as svar:
        side.get_by_role("button", name="Lukk runden").click()
    assert svar.value is not None and svar.value.status == 409
    assert [*sjekk.form(side, "nb"), *sjekk.axe(side, "light", "dark"), *sjekk.bredde(side)] == []
    kontekst.close()
