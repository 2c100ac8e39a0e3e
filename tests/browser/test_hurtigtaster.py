"""Alt and a letter on the boards and the case's pages, the list of keys as a dialog, and the keys switched off."""

from collections.abc import Callable
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect

from browser import sjekk
from browser.conftest import Ugreit
from browser.sider import RADGIVER
from browser.tjener import Tjener


@pytest.fixture
def side(browser: Browser, innlogget: Callable[..., Any], ugreit: Ugreit) -> Any:
    kontekst = browser.new_context(
        storage_state=innlogget(RADGIVER), locale="nb-NO", viewport={"width": 1280, "height": 900}
    )
    fane = kontekst.new_page()
    ugreit.folg(fane)
    yield fane
    kontekst.close()


def _gaa(side: Page, taster: str) -> None:
    with side.expect_navigation():
        side.keyboard.press(taster)


def test_a_case_is_taken_prolonged_and_put_back_by_the_keyboard_alone(
    side: Page, nett: Tjener, eksempler: dict[str, Any]
) -> None:
    """The example case is reserved by the adviser when the world is made, so the key that puts it back comes first."""
    saken = f"{nett.adresse}/personer/{eksempler['husholdning']}/"
    side.goto(saken)
    for tast, sier in (
        ("p", "lagt tilbake i køen"), ("r", "reservert til deg"), ("l", "reservert til deg"),
    ):  # fmt: skip
        _gaa(side, f"Alt+{tast}")
        assert side.url == saken
        expect(side.locator(".b-meldinger")).to_contain_text(sier)
        expect(side.locator(".b-koelinje")).to_contain_text(
            "Ingen har" if tast == "p" else "Reservert av deg"
        )
    _gaa(side, "Alt+g")
    expect(side.get_by_role("heading", level=1)).to_contain_text("til en kollega")
    # a page without the thing: nothing happens, and nothing is lost
    side.locator("#id_merknad").fill("Ring")
    side.keyboard.press("Alt+r")
    expect(side.locator("#id_merknad")).to_have_value("Ring")
    # on the queue: first action, search
    side.goto(f"{nett.adresse}/koen/")
    side.keyboard.press("Alt+s")
    expect(side.locator("#q")).to_be_focused()
    _gaa(side, "Alt+n")
    assert side.url == saken
    _gaa(side, "Alt+s")
    assert side.url.endswith("/personer/")


def test_a_key_leads_to_the_message_one_writes_in_the_thread(
    side: Page, nett: Tjener, eksempler: dict[str, Any]
) -> None:
    saken = f"{nett.adresse}/personer/{eksempler['husholdning']}/"
    side.goto(f"{nett.adresse}/husholdninger/{eksempler['husholdning']}/samtale/")
    expect(side.locator("#id_tekst")).not_to_be_focused()
    side.keyboard.press("Alt+m")
    expect(side.locator("#id_tekst")).to_be_focused()
    side.keyboard.type("DEMO melding")
    expect(side.locator("#id_tekst")).to_have_value("DEMO melding")
    side.keyboard.press("Alt+k")
    expect(side.locator("dialog.b-dialog tr[data-taste=m] .b-dempet")).to_be_hidden()
    side.goto(saken)  # no form there: nothing happens
    side.keyboard.press("Alt+m")
    assert side.url == saken


def test_the_row_one_stands_in_comes_before_the_first(side: Page, nett: Tjener) -> None:
    side.goto(f"{nett.adresse}/koen/?fase=alle&hos=ingen")
    rader = side.locator("#tabell-koen-innhold tbody tr")
    assert rader.count() >= 2
    nederst = rader.last
    sak = nederst.locator("th a").inner_text()
    nederst.locator("th a").focus()
    _gaa(side, "Alt+r")
    expect(side.locator(".b-meldinger")).to_contain_text(f"{sak} er reservert til deg")
    assert side.url.endswith("/koen/?fase=alle&hos=ingen")
    side.goto(f"{nett.adresse}/koen/?fase=alle&hos=meg")
    side.locator(f"tr:has-text('{sak}') th a").focus()
    _gaa(side, "Alt+p")
    expect(side.locator(".b-meldinger")).to_contain_text("lagt tilbake")


def test_the_list_of_keys_opens_over_the_page_and_gives_the_focus_back(side: Page, nett: Tjener) -> None:
    side.goto(f"{nett.adresse}/koen/")
    lenke = side.locator(".b-fot [data-dialog=taster]")
    dialog = side.locator("dialog.b-dialog")
    for apne in (lambda: side.keyboard.press("Alt+?"), lambda: side.keyboard.press("Alt+k"), lenke.click):
        apne()
        expect(dialog).to_be_visible()
        expect(side.locator("#taster-tittel")).to_be_focused()
        assert side.url == f"{nett.adresse}/koen/"
        expect(dialog.locator("tr[data-taste=s] .b-dempet")).to_be_hidden()
        expect(dialog.locator("tr[data-taste=g] .b-dempet")).to_be_visible()
        side.keyboard.press("Alt+n")  # the page behind is not reached
        expect(dialog).to_be_visible()
        side.keyboard.press("Escape")
        expect(dialog).to_have_count(0)
        expect(lenke).to_be_focused()
    side.keyboard.press("Alt+?")
    expect(dialog).to_be_visible()
    assert [*sjekk.axe(side, "light", "dark"), *sjekk.bredde(side)] == []
    dialog.get_by_role("button", name="Lukk").click()
    expect(dialog).to_have_count(0)


def test_the_keys_can_be_switched_off_and_on(side: Page, nett: Tjener) -> None:
    side.goto(f"{nett.adresse}/hurtigtaster/")
    side.get_by_role("link", name="Slå av hurtigtastene").click()
    expect(side.locator("main")).to_contain_text("slått av")
    side.goto(f"{nett.adresse}/koen/")
    for taster in ("Alt+s", "Alt+?"):
        side.keyboard.press(taster)
    expect(side.locator("#q")).not_to_be_focused()
    expect(side.locator("dialog")).to_have_count(0)
    expect(side.locator(".b-neste .b-tast").first).to_be_hidden()
    side.goto(f"{nett.adresse}/hurtigtaster/")
    side.get_by_role("link", name="Slå på hurtigtastene").click()
    side.goto(f"{nett.adresse}/koen/")
    side.keyboard.press("Alt+s")
    expect(side.locator("#q")).to_be_focused()


def test_without_a_script_the_same_is_done_by_buttons(
    browser: Browser, nett: Tjener, innlogget: Callable[..., Any], eksempler: dict[str, Any]
) -> None:
    kontekst = browser.new_context(
        storage_state=innlogget(RADGIVER), locale="nb-NO", java_script_enabled=False
    )
    side = kontekst.new_page()
    side.goto(f"{nett.adresse}/koen/?fase=alle&hos=ingen")
    with side.expect_navigation():
        side.locator("#tabell-koen-innhold tbody button").first.click()
    assert "er reservert til deg" in side.content()
    side.goto(f"{nett.adresse}/koen/?fase=alle&hos=meg")
    sist = side.locator("#tabell-koen-innhold tbody button").last
    with side.expect_navigation():
        sist.click()
    assert "lagt tilbake i køen" in side.content()
    side.goto(f"{nett.adresse}/koen/")
    side.get_by_role("link", name="Hurtigtaster").click()
    side.wait_for_url("**/hurtigtaster/")
    kontekst.close()
