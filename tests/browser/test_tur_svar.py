"""A municipality answers on a phone: clean, with a reservation that is mended, no, late, again, and with words IMDi must judge."""

from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from browser.besok import Besok
from browser.conftest import Ugreit, logg_inn
from browser.tjener import Tjener, tjener
from maler import SENDT, ny_database

TELEFON = {"width": 360, "height": 800}


@pytest.fixture
def sendt_tjener(django_db_setup: None, worker_id: str, tmp_path: Path) -> Iterator[Tjener]:
    """A server of its own where Steinkjer, Volda and Oslo have been asked."""
    with (
        ny_database(f"svar_{tmp_path.name}_{worker_id}".replace("-", "_").lower()[:60], SENDT) as database,
        tjener(database, tmp_path) as en,
    ):
        yield en


@pytest.fixture
def inn(browser: Browser, ugreit: Ugreit, sendt_tjener: Tjener) -> Iterator[Callable[[str], Besok]]:
    apne = []

    def gi(bruker: str) -> Besok:
        kontekst = browser.new_context(viewport=TELEFON, locale="nb-NO", reduced_motion="reduce")  # type: ignore[arg-type]
        kontekst.set_default_timeout(20_000)
        apne.append(kontekst)
        logg_inn(kontekst, sendt_tjener.adresse, bruker)
        return Besok(kontekst, sendt_tjener.adresse, ugreit)

    yield gi
    for kontekst in apne:
        kontekst.close()


def _fyll(b: Besok, antall: str, tekst: str, em: str = "nei") -> None:
    b.fyll(antall=antall, motedato="18.11.2026", saksnummer="84/2026", tekst=tekst)
    b.side.locator(f"[name=em][value={em}]").check()
    b.side.locator("[name=organ][value=kommunestyre]").check()


def _send(b: Besok) -> None:
    b.uten_feil()
    b.klikk_til_naa += 1
    b.side.locator("#id_bekreftet").check()
    b.knapp("Send svaret")
    b.kvittering("Svaret er sendt")


def _frist_ute(nett: Tjener) -> None:
    import psycopg  # noqa: PLC0415

    from bosett.config import roller  # noqa: PLC0415
    from bosett.grunn.klokke import i_dag  # noqa: PLC0415

    with psycopg.connect(**(roller.admin() | {"dbname": nett.database}), autocommit=True) as db:
        db.execute("UPDATE anmodning_runde SET frist = %s", [i_dag() - timedelta(days=1)])


@pytest.mark.krav("R151")
@pytest.mark.timeout(300)
def test_answers_on_a_phone(sendt_tjener: Tjener, inn: Callable[[str], Besok]) -> None:
    steinkjer, volda = inn("bosetter_skriv"), inn("bosetter_skriv.volda")

    # a clean answer: from the home page to the receipt
    steinkjer.til("/hjem/")
    sti = str(steinkjer.side.locator("a[href^='/vedtak/']").first.get_attribute("href"))
    with steinkjer.paa_hoyst(4):
        steinkjer._klikk(steinkjer.side.locator(f"a[href='{sti}']").first)
        _fyll(steinkjer, "12", "Steinkjer kommune bosetter 12 flyktninger i 2027.")
        steinkjer.knapp("Se over og send")
        _send(steinkjer)
    steinkjer.h1("Kommunen bosetter 12 i 2027")
    steinkjer.uten_feil()

    # a condition on a house: refused with the words, mended with the wording offered
    volda.til("/hjem/")
    volda.til(str(volda.side.locator("a[href^='/vedtak/']").first.get_attribute("href")))
    _fyll(
        volda,
        "10",
        "Volda kommune buset 10 flyktningar i 2027, under føresetnad av at det finst ledige bustader.",
    )
    volda.knapp("Se over og send")
    expect(volda.side.locator(".ds-error-summary")).to_be_focused()
    expect(volda.side.locator("mark").first).to_be_visible()
    volda.uten_feil()
    volda.knapp("Bruk denne teksten")
    expect(volda.side.locator("#id_tekst")).to_have_value(
        "Kommunen buset 10 flyktningar i 2027. Kommunen tek ikkje imot einslege mindreårige."
    )
    volda.knapp("Se over og send")
    _send(volda)
    with sendt_tjener.jobber():
        _vis_offentlig(volda, "Volda", "10")

    # the council decides again: no
    steinkjer.til(sti)
    _fyll(steinkjer, "0", "Steinkjer kommune bosetter ingen flyktninger i 2027.")
    steinkjer.knapp("Se over og send")
    _send(steinkjer)
    steinkjer.h1("Kommunen har svart nei for 2027")

    # after the deadline, and with words IMDi must judge
    _frist_ute(sendt_tjener)
    steinkjer.til(sti)
    _fyll(
        steinkjer, "15", "Steinkjer kommune bosetter 15 flyktninger i 2027. Kommunen håper på barnefamilier."
    )
    steinkjer.knapp("Se over og send")
    steinkjer.side.get_by_role("button", name="Be IMDi vurdere teksten").click()
    steinkjer.h1("Be IMDi vurdere teksten")
    steinkjer.uten_feil()
    steinkjer.fyll(sporsmaal="Et håp er ikke et vilkår.")
    steinkjer.side.locator("#id_bekreftet").check()
    steinkjer.knapp("Send til IMDi")
    steinkjer.h1("IMDi vurderer teksten")
    imdi = inn("imdi_radgiver")
    with sendt_tjener.jobber():
        imdi.side.wait_for_timeout(1500)
        imdi.til("/svar/vurderinger/")
    imdi.side.locator("main a[href^='/svar/vurdering/']").first.click()
    imdi.side.locator("[name=utfall]").first.check()
    imdi.fyll(begrunnelse="Et håp binder ingen.")
    imdi.knapp("Lagre vurderingen")
    steinkjer.til(f"{sti}")
    steinkjer.lenke("Se vedtaket")
    steinkjer.h1("Kommunen bosetter 15 i 2027")
    expect(steinkjer.side.get_by_text("Etter fristen").first).to_be_visible()


def _vis_offentlig(b: Besok, kommune: str, tall: str) -> None:
    """A job publishes answers in batches; the page is asked until it has come."""
    rad = b.side.locator(".b-tabell tbody tr").first
    for _ in range(30):
        b.til(f"/tall/2027/?sok={kommune}")
        if tall in rad.locator("td").nth(2).inner_text():
            return
        b.side.wait_for_timeout(2000)
    raise AssertionError(f"svaret fra {kommune} ble ikke offentlig")


@pytest.mark.timeout(120)
def test_a_dropped_line_loses_nothing(sendt_tjener: Tjener, inn: Callable[[str], Besok]) -> None:
    b = inn("bosetter_skriv")
    b.til("/hjem/")
    sti = str(b.side.locator("a[href^='/vedtak/']").first.get_attribute("href"))
    b.til(sti)
    b.kontekst.set_offline(True)
    b.fyll(antall="17", tekst="Steinkjer kommune bosetter 17 flyktninger i 2027.")
    b.side.wait_for_timeout(300)
    b.kontekst.set_offline(False)
    b.side.reload()
    expect(b.side.locator("#id_antall")).to_have_value("17")
    expect(b.side.locator("#id_tekst")).to_have_value("Steinkjer kommune bosetter 17 flyktninger i 2027.")
    expect(b.side.locator("[data-kladd-melding]")).to_be_visible()
