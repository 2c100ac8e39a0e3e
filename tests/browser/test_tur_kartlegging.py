"""An interview on a tablet, by keyboard alone: cut off, logged out, two at once, and nothing typed is lost."""

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, expect
from tests.kartlegging.kart import beboer, lagre, personen, svart

from aktorer import som_bruker
from bosett.person.services.innsyn import GRUNN
from bosett.tilgang.services import logg_innsyn
from browser.besok import Besok
from browser.conftest import Ugreit, logg_inn
from browser.tjener import Tjener, tjener
from maler import LAND, koblet_til, ny_database

NETTBRETT = {"width": 768, "height": 1024}
KONSULENT = "bosettingskonsulent"


@pytest.fixture
def sak(
    django_db_setup: None, django_db_blocker: Any, worker_id: str, tmp_path: Path
) -> Iterator[tuple[Tjener, Any, Any, str]]:
    """A server of its own with one resident, and why the case is opened said already (it may be Sunday)."""
    navn = f"kart_{tmp_path.name}_{worker_id}".replace("-", "_").lower()[:60]
    with ny_database(navn, LAND) as database:
        with django_db_blocker.unblock(), koblet_til(database):
            h = beboer()
            p = personen(h)
            with som_bruker(KONSULENT) as aktor:
                logg_innsyn(aktor=aktor, lesning=GRUNN, subjekt_id=h.pk, grunn="turnus")
        with tjener(database, tmp_path) as en:
            yield en, h, p, database


@pytest.fixture
def besok(browser: Browser, ugreit: Ugreit, sak: tuple[Tjener, Any, Any, str]) -> Iterator[Besok]:
    kontekst = browser.new_context(viewport=NETTBRETT, locale="nb-NO", reduced_motion="reduce")  # type: ignore[arg-type]
    kontekst.set_default_timeout(20_000)
    logg_inn(kontekst, sak[0].adresse, KONSULENT)
    yield Besok(kontekst, sak[0].adresse, ugreit)
    kontekst.close()


def _tab_til(side: Page, velger: str) -> None:
    for _ in range(120):
        side.keyboard.press("Tab")
        if side.evaluate("v => document.activeElement?.matches(v)", velger):
            return
    raise AssertionError(f"kommer ikke til {velger} med tastaturet")


def _annen(sak: tuple[Tjener, Any, Any, str], sperre: Any, **svar: Any) -> None:
    """The adviser answers too, meanwhile."""
    with sperre.unblock(), koblet_til(sak[3]):
        lagre(sak[2].uuid, "evner", svart(**svar), 10**9, side="annen", bruker="imdi_radgiver")


@pytest.mark.timeout(180)
def test_an_interview_by_keyboard_is_cut_off_and_continued(
    besok: Besok, sak: tuple[Tjener, Any, Any, str], django_db_blocker: Any, ugreit: Ugreit
) -> None:
    _tjener, h, p, _db = sak
    besok.til(f"/personer/{h.subjekt.uuid}/")
    with besok.paa_hoyst(2):
        besok.lenke("Kartlegging")
        besok.knapp(f"Begynn kartleggingen av {p.navn}")
    besok.h1("Behov")
    besok.til(f"/kartlegging/person/{p.uuid}/del/evner/")
    side = besok.side
    besok.uten_feil()
    _tab_til(side, "#id_spraak-0")
    side.keyboard.type("tigrinja")
    _tab_til(side, "[name=digitalt]")
    side.keyboard.press("ArrowDown")  # from «Ikke svart»
    _tab_til(side, "#id_interesser")
    side.keyboard.type("Sjakk")
    expect(side.locator("#lagret")).to_contain_text("Lagret")
    besok.kontekst.set_offline(True)
    side.keyboard.type(" og håndball")
    side.locator("[name=forerkort][value=B]").press("Space")
    expect(side.locator("[data-kladd-ute]")).to_be_visible()
    besok.kontekst.set_offline(False)
    ugreit.clear()  # the line was down
    _annen(
        sak, django_db_blocker, realkompetanse="Syr klær"
    )  # another field, by another, while the line was down
    side.reload()
    expect(side.locator("[data-kladd-melding]")).to_be_visible()
    expect(side.locator("#id_interesser")).to_have_value("Sjakk og håndball")
    expect(side.locator("[name=forerkort][value=B]")).to_be_checked()
    expect(side.locator("#id_spraak-0")).to_have_value("tir")
    _tab_til(side, "button[value=videre]")
    with side.expect_navigation():
        side.keyboard.press("Enter")
    besok.h1("Kvalifikasjoner")
    besok.til(f"/kartlegging/person/{p.uuid}/del/evner/")
    expect(side.locator("[data-kladd-melding]")).to_be_hidden()
    expect(side.locator("#id_interesser")).to_have_value("Sjakk og håndball")
    expect(side.locator("#id_realkompetanse")).to_have_value(
        "Syr klær"
    )  # not undone by the page that did not know it


@pytest.mark.timeout(180)
def test_a_session_that_ended_and_a_conflict_lose_nothing(
    besok: Besok, sak: tuple[Tjener, Any, Any, str], django_db_blocker: Any, ugreit: Ugreit
) -> None:
    _tjener, _h, p, _db = sak
    besok.til(f"/kartlegging/person/{p.uuid}/del/evner/")
    side = besok.side
    kapsler = besok.kontekst.cookies()
    besok.kontekst.clear_cookies()
    side.locator("#id_interesser").fill("Hager")
    expect(side.locator("[data-kladd-ute]")).to_be_visible()
    expect(side.locator("#id_interesser")).to_have_value("Hager")
    ugreit.clear()  # nobody was logged in
    _annen(sak, django_db_blocker, interesser="Fotball")
    besok.kontekst.add_cookies(kapsler)  # type: ignore[arg-type]
    side.reload()
    expect(side.locator("#id_interesser")).to_have_value("Hager")
    besok.knapp("Lagre")
    expect(side.locator(".ds-error-summary")).to_contain_text("Noen andre har svart på «Interesser»")
    expect(side.locator("#om-interesser .b-boks")).to_contain_text("Fotball")
    expect(side.locator("#om-interesser .b-boks")).to_contain_text("Hager")
    with side.expect_navigation():
        side.locator("button[value^='bruk:interesser:']").click()
    expect(side.locator("#id_interesser")).to_have_value("Hager")
    besok.kvittering("Svarene er lagret")
