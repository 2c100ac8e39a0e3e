"""Answers on a phone: clean, with a reservation that is mended, no, again after the revision, late, with words IMDi must judge, and
by mail to IMDi; the public page after each."""

import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect
from tests.dokument.filer import png

from browser.besok import Besok
from browser.conftest import Ugreit, logg_inn
from browser.tjener import Tjener, tjener
from maler import SENDT, koblet_til, ny_database
from runder import AAR, den_i_tilstand, send_justert

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
def inn(browser: Browser, ugreit: Ugreit, sendt_tjener: Tjener) -> Iterator[Callable[[str | None], Besok]]:
    apne = []

    def gi(bruker: str | None) -> Besok:
        kontekst = browser.new_context(viewport=TELEFON, locale="nb-NO", reduced_motion="reduce")  # type: ignore[arg-type]
        kontekst.set_default_timeout(20_000)
        apne.append(kontekst)
        if bruker:
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


Bak = Callable[[Callable[[], object]], None]


@pytest.fixture
def bak(sendt_tjener: Tjener, django_db_blocker: Any, tmp_path: Path, settings: Any) -> Bak:
    """Do something behind the pages, in the server's database, and then all the jobs; the answers are public after it."""

    def gjor(hva: Callable[[], object] = lambda: None) -> None:
        from bosett.aktor.kontekst import som, system  # noqa: PLC0415 - models
        from bosett.statistikk.services import publiser_vedtak  # noqa: PLC0415
        from svar import arbeid  # noqa: PLC0415

        settings.UTBOKS = tmp_path / "utboks"  # the server's own
        with django_db_blocker.unblock(), koblet_til(sendt_tjener.database):
            hva()
            arbeid()
            with som(
                system("prove")
            ) as aktor:  # at once, where the job waits so that many answers make one edition
                publiser_vedtak(aktor=aktor, aar=AAR)

    return gjor


def _offentlig(b: Besok, kommune: str, tall: str) -> None:
    """«Hva svarer kommunene?» says the same as what was just registered."""
    b.til(f"/tall/{AAR}/?sok={kommune}")
    rad = b.side.locator(".b-tabell tbody tr")
    expect(rad).to_have_count(1)
    expect(rad.locator("[data-etikett=Vedtatt]")).to_have_text(tall)
    expect(rad.locator("[data-etikett=Svar]")).to_have_text(re.compile("^Nei" if tall == "0" else "^Ja til"))


def _justert() -> None:
    from bosett.grunn.klokke import i_dag  # noqa: PLC0415

    send_justert(den_i_tilstand("sendt"), i_dag() + timedelta(days=90))


def _fristene_ute() -> None:
    import psycopg  # noqa: PLC0415
    from django.db import connection  # noqa: PLC0415

    from bosett.config import roller  # noqa: PLC0415
    from bosett.grunn.klokke import i_dag  # noqa: PLC0415

    konto = roller.admin() | {"dbname": connection.settings_dict["NAME"]}
    with psycopg.connect(**konto, autocommit=True) as db:
        db.execute("UPDATE anmodning_runde SET frist = %s", [i_dag() - timedelta(days=1)])


def _adressen(b: Besok) -> str:
    b.til("/hjem/")
    return str(b.side.locator("a[href^='/vedtak/']").first.get_attribute("href"))


def _svar(b: Besok, sti: str, antall: str, tekst: str) -> None:
    b.til(sti)
    _fyll(b, antall, tekst)
    b.knapp("Se over og send")
    _send(b)


@pytest.mark.krav("R151")
@pytest.mark.timeout(300)
def test_answers_on_a_phone(inn: Callable[[str | None], Besok], bak: Bak) -> None:
    steinkjer, volda, borger = inn("bosetter_skriv"), inn("bosetter_skriv.volda"), inn(None)

    # a clean answer: from the home page to the receipt
    sti = _adressen(steinkjer)
    with steinkjer.paa_hoyst(4):
        steinkjer._klikk(steinkjer.side.locator(f"a[href='{sti}']").first)
        _fyll(steinkjer, "12", "Steinkjer kommune bosetter 12 flyktninger i 2027.")
        steinkjer.knapp("Se over og send")
        _send(steinkjer)
    steinkjer.h1("Kommunen bosetter 12 i 2027")
    steinkjer.uten_feil()
    bak()
    _offentlig(borger, "Steinkjer", "12")
    borger.uten_feil()

    # a condition on a house: refused with the words, mended with the wording offered
    volda_sti = _adressen(volda)
    volda.til(volda_sti)
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
    bak()
    _offentlig(borger, "Volda", "10")

    # the council decides again: no
    _svar(steinkjer, sti, "0", "Steinkjer kommune bosetter ingen flyktninger i 2027.")
    steinkjer.h1("Kommunen har svart nei for 2027")
    bak()
    _offentlig(borger, "Steinkjer", "0")

    # the need grows, and the council decides once more, of the new request
    bak(_justert)
    steinkjer.til(sti.replace("/vedtak/", "/kommunens-anmodninger/"))
    steinkjer.uten_feil()
    steinkjer.lenke("Åpne den nye anmodningen")
    steinkjer._klikk(steinkjer.side.locator("main a.ds-button[href^='/vedtak/']").first)
    ny_sti = steinkjer.side.url.removeprefix(steinkjer.adresse)
    assert ny_sti != sti
    expect(steinkjer.side.locator("main")).to_contain_text("Sender dere dette svaret, tar det over.")
    _svar(steinkjer, ny_sti, "25", "Steinkjer kommune bosetter 25 flyktninger i 2027.")
    bak()
    _offentlig(borger, "Steinkjer", "25")
    borger.lenke("Steinkjer")
    expect(borger.side.locator("main")).to_contain_text("Vedtak nummer 3")
    borger.uten_feil()

    # after the deadline: kept, and marked
    bak(_fristene_ute)
    volda_ny = _adressen(volda)
    _svar(volda, volda_ny, "14", "Volda kommune buset 14 flyktningar i 2027.")
    expect(volda.side.get_by_text("Etter fristen").first).to_be_visible()
    bak()
    _offentlig(borger, "Volda", "14")

    # words IMDi must judge: what was decided before stands meanwhile
    steinkjer.til(ny_sti)
    tekst = "Steinkjer kommune bosetter 15 flyktninger i 2027. Kommunen håper på barnefamilier."
    _fyll(steinkjer, "15", tekst)
    steinkjer.knapp("Se over og send")
    steinkjer.side.get_by_role("button", name="Be IMDi vurdere teksten").click()
    steinkjer.h1("Be IMDi vurdere teksten")
    steinkjer.uten_feil()
    steinkjer.fyll(sporsmaal="Et håp er ikke et vilkår.")
    steinkjer.side.locator("#id_bekreftet").check()
    steinkjer.knapp("Send til IMDi")
    steinkjer.h1("IMDi vurderer teksten")
    bak()
    _offentlig(borger, "Steinkjer", "25")
    imdi = inn("imdi_radgiver")
    imdi.til("/svar/vurderinger/")
    imdi._klikk(imdi.side.locator("main a[href^='/svar/vurdering/']").first)
    imdi.side.locator("[name=utfall]").first.check()
    imdi.fyll(begrunnelse="Et håp binder ingen.")
    imdi.uten_feil()
    imdi.knapp("Lagre vurderingen")
    steinkjer.til(ny_sti)
    steinkjer.lenke("Se vedtaket")
    steinkjer.h1("Kommunen bosetter 15 i 2027")
    expect(steinkjer.side.get_by_text("Etter fristen").first).to_be_visible()
    bak()
    _offentlig(borger, "Steinkjer", "15")


@pytest.mark.timeout(120)
def test_imdi_registers_what_came_by_mail(
    inn: Callable[[str | None], Besok], bak: Bak, tmp_path: Path
) -> None:
    imdi, borger = inn("imdi_radgiver"), inn(None)
    imdi.til("/svar/")
    runde = str(imdi.side.locator("main a[href^='/svar/']").last.get_attribute("href"))
    imdi.til(runde.replace("/svar/", "/anmodning/") + "uten-tilgang/")
    imdi.lenke("Registrer svaret")
    imdi.h1("Registrer svaret fra Oslo kommune")
    _fyll(imdi, "30", "Oslo kommune bosetter 30 flyktninger i 2027.")
    imdi.knapp("Se over og send")
    expect(imdi.side.locator(".ds-error-summary a")).to_have_count(3)
    imdi.uten_feil()
    (fil := tmp_path / "e-post.png").write_bytes(png())
    imdi.fyll(mottatt="20.11.2026", grunn="Kom på e-post. Ingen der har tilgang ennå.")
    imdi.side.locator("#id_kopi").set_input_files(fil)
    imdi.knapp("Se over og send")
    imdi.uten_feil()
    imdi.side.locator("#id_bekreftet").check()
    imdi.knapp("Send svaret")
    imdi.kvittering("Svaret er registrert")
    expect(imdi.side.locator("main")).to_contain_text("Registrert av IMDi på vegne av kommunen")
    imdi.uten_feil()
    bak()
    _offentlig(borger, "Oslo", "30")


@pytest.mark.timeout(120)
def test_a_dropped_line_loses_nothing(inn: Callable[[str | None], Besok]) -> None:
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
