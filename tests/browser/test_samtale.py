"""A session that ends while one writes in the thread: what was typed, and for whom, is there after signing in again."""

from typing import Any

from playwright.sync_api import Browser, expect

from browser.conftest import Ugreit, logg_inn
from browser.sider import KOMMUNE
from browser.tjener import Tjener


def test_nothing_typed_is_lost_when_the_session_ends_and_nobody_else_gets_it(
    nett: Tjener, browser: Browser, eksempler: dict[str, Any], ugreit: Ugreit
) -> None:
    kontekst = browser.new_context(viewport={"width": 360, "height": 800}, locale="nb-NO")
    side = kontekst.new_page()
    ugreit.folg(side)
    logg_inn(kontekst, nett.adresse, KOMMUNE)
    adresse = f"{nett.adresse}/husholdninger/{eksempler['husholdning']}/samtale/"
    side.goto(adresse)
    side.locator("#id_tekst").fill("Vi har en leilighet fra mai.")
    side.get_by_role("checkbox", name="IMDi").check()
    kontekst.clear_cookies(name="bosett_okt")
    side.get_by_role("button", name="Send", exact=True).click()
    side.wait_for_url("**/logg-inn/**")
    logg_inn(kontekst, nett.adresse, "bosetter_les")  # a colleague, who may read only
    side.goto(adresse)
    expect(side.locator("#id_tekst")).to_have_count(0)
    kontekst.clear_cookies(name="bosett_okt")
    logg_inn(kontekst, nett.adresse, KOMMUNE)
    side.goto(adresse)
    expect(side.locator("#id_tekst")).to_have_value("Vi har en leilighet fra mai.")
    expect(side.get_by_role("checkbox", name="IMDi")).to_be_checked()
    expect(side.get_by_role("checkbox", name="Mottaket")).not_to_be_checked()
    expect(side.locator("[data-kladd-melding]")).to_be_visible()
    assert side.evaluate("document.documentElement.scrollWidth <= innerWidth"), (
        "siden er for bred for telefonen"
    )
    side.get_by_role("button", name="Send", exact=True).click()
    expect(side.get_by_role("status").first).to_contain_text("Synlig for: IMDi og kommunen")
    expect(side.locator("#id_tekst")).to_have_value("")
    kontekst.close()
