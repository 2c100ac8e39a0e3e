"""The walk from need to letters in the browser, for every actor; with script and without, and the first steps by keyboard alone."""

import csv
import io
import re
from collections.abc import Callable, Iterator
from datetime import timedelta
from itertools import accumulate
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, expect

from browser.besok import Besok, foss, som_tall
from browser.conftest import Ugreit, logg_inn
from browser.tjener import Tjener, tjener
from maler import LAND, koblet_til, ny_database
from runder import behold_bare

NUMRE = {"Steinkjer": "5006", "Oslo": "0301", "Volda": "1577"}
AAR = 2027


@pytest.fixture
def urort(django_db_setup: None, worker_id: str, tmp_path: Path) -> Iterator[Tjener]:
    """A server of its own on a country without any round."""
    with (
        ny_database(f"tur_{tmp_path.name}_{worker_id}".replace("-", "_").lower()[:60], LAND) as database,
        tjener(database, tmp_path) as en,
    ):
        yield en


@pytest.fixture
def kom(browser: Browser, ugreit: Ugreit) -> Iterator[Callable[..., Besok]]:
    """`kom(tjener, "imdi_radgiver")` gives a visitor, signed in (None: nobody)."""
    apne = []

    def gi(nett: Tjener, bruker: str | None, *, skript: bool = True) -> Besok:
        kontekst = browser.new_context(
            viewport={"width": 1280, "height": 900}, locale="nb-NO", java_script_enabled=skript, reduced_motion="reduce",
            accept_downloads=True,
        )  # fmt: skip
        kontekst.set_default_timeout(20_000)
        apne.append(kontekst)
        if bruker:
            logg_inn(kontekst, nett.adresse, bruker)
        return Besok(kontekst, nett.adresse, ugreit, skript=skript)

    yield gi
    for kontekst in apne:
        kontekst.close()


def _bare_noen(nett: Tjener, django_db_blocker: Any) -> None:
    """Few letters: the numbers of all but three are taken away after approval."""
    from bosett.aktor.kontekst import som, system  # noqa: PLC0415 - models
    from bosett.anmodning.models import Runde  # noqa: PLC0415

    with django_db_blocker.unblock(), koblet_til(nett.database):
        with som(system("prove")):
            runde = Runde.objects.get(aar=AAR)
        behold_bare(runde.pk, list(NUMRE.values()))


def _samraad(
    urort: Tjener, kom: Callable[..., Besok], radgiver: Besok, runde: str, steinkjer: int, *, skript: bool
) -> int:
    """KS comments, the county recommends four more for Steinkjer, and IMDi follows the county. Gives the new number."""
    from bosett.grunn.klokke import i_dag  # noqa: PLC0415

    radgiver.til(runde)
    with radgiver.paa_hoyst(2):
        radgiver.lenke("Legg fram for KS og fylkeskommunene")
        radgiver.fyll(frist=f"{i_dag() + timedelta(days=14):%d.%m.%Y}")
        radgiver.knapp("Legg fram tallene")
    radgiver.kvittering("KS og fylkeskommunene kan se tallene")
    ks = kom(urort, "ks_radgiver", skript=skript)
    ks.til("/hjem/")
    with ks.paa_hoyst(2):
        ks.lenke("Se tallene")
        ks.uten_feil()
        ks.fyll(tekst="KS støtter fordelingen.")
        ks.knapp("Send til IMDi")
    ks.kvittering("IMDi har fått innspillet.")
    ks.uten_feil()
    fylke = kom(urort, "fylke_radgiver", skript=skript)
    fylke.til("/hjem/")
    with fylke.paa_hoyst(3):
        fylke.lenke("Se tallene")
        expect(fylke.side.locator("main")).to_contain_text("38 rader")
        fylke.sok("5006")
        fylke.lenke("Steinkjer")
        fylke.uten_feil()
        fylke.fyll(antall=steinkjer + 4, tekst="Et nytt boligprosjekt er ferdig i vår.")
        fylke.knapp("Send til IMDi")
    fylke.kvittering("IMDi har fått innspillet.")
    radgiver.til(runde)
    with radgiver.paa_hoyst(3):
        radgiver.lenke("Se innspill og juster")
        radgiver.uten_feil()
        radgiver.lenke("Vurder tallet til Steinkjer")
        radgiver.uten_feil()
        # Looked at first, which the click budget leaves to the adviser; what is typed stays
        radgiver.fyll(begrunnelse="Flere boliger i Steinkjer.", etter="Trøndelag fylkeskommune")
        radgiver.side.get_by_role("button", name="Se hva som endrer seg").click()
        expect(radgiver.side.locator("#prov")).to_contain_text(f"{steinkjer} → {steinkjer + 4}")
        radgiver.uten_feil()
        radgiver.knapp("Juster")
    radgiver.kvittering("Tallet er justert.")
    fylke.til(f"{runde}samraad/?hvem=endret")
    expect(fylke.side.locator("main")).to_contain_text("Flere boliger i Steinkjer.")
    return steinkjer + 4


@pytest.mark.krav_delvis("R117")
@pytest.mark.parametrize("skript", [True, False], ids=["med-skript", "uten-skript"])
def test_from_need_to_letters(
    skript: bool, urort: Tjener, kom: Callable[..., Besok], django_db_blocker: Any
) -> None:
    from bosett.grunn.klokke import i_dag  # noqa: PLC0415

    # The adviser: need, round, numbers
    radgiver = kom(urort, "imdi_radgiver", skript=skript)
    radgiver.til("/hjem/")
    with radgiver.paa_hoyst(2):
        radgiver.lenke("Registrer behov")
        radgiver.fyll(
            aar=AAR, totalt=5500, em=141, em_under_15=40, fastsatt="6.10.2026", kilde="Møte 6. oktober"
        )
        radgiver.knapp("Registrer")
    radgiver.kvittering(f"Behovet for {AAR} er registrert.")
    radgiver.til("/hjem/")
    with radgiver.paa_hoyst(3):
        radgiver.lenke("Lag en ny runde")
        radgiver.fyll(
            behov="2027: 5", variant="Kriteriene for 2022", frist=f"{i_dag() + timedelta(60):%d.%m.%Y}"
        )
        radgiver.knapp("Lag runden")
        radgiver.h1(f"Anmodning {AAR}")
        runde = radgiver.side.url.removeprefix(urort.adresse)
        radgiver.uten_feil()
        radgiver.knapp("Beregn tallene")
    radgiver.kvittering("Tallene er beregnet")
    radgiver.uten_feil()
    sumrad = radgiver.side.locator("table.ds-table tfoot td").all_inner_texts()
    assert [som_tall(tekst) for tekst in sumrad if re.search(r"\d", tekst)] == [5500, 141]
    expect(radgiver.side.locator("main")).to_contain_text("357 rader")

    # Three of the numbers explained (one without script): each in two clicks from home
    tallene = {}
    for navn, nummer in list(NUMRE.items())[: 3 if skript else 1]:
        radgiver.til("/hjem/")
        with radgiver.paa_hoyst(2):
            radgiver.lenke(re.compile(f"^Anmodning {AAR}"))
            radgiver.sok(nummer)
            radgiver.lenke(navn)
        radgiver.h1(navn)
        ledd, saa_langt, tall = foss(radgiver.side)
        assert sum(ledd) == tall and list(accumulate(ledd)) == saa_langt, (
            f"{navn}: fossen går ikke opp på siden"
        )
        assert tall == tall.to_integral_value()
        tallene[navn] = int(tall)
        assert radgiver.pdf("Les utkastet til brev").startswith(b"%PDF")
    tallene["Steinkjer"] = _samraad(urort, kom, radgiver, runde, tallene["Steinkjer"], skript=skript)
    radgiver.til(runde)
    radgiver.uten_feil()
    radgiver.lenke("Legg fram for godkjenning uten å vente")
    radgiver.uten_feil()
    radgiver.fyll(begrunnelse="Brevene må ut i år.")
    radgiver.knapp("Legg fram for godkjenning")
    radgiver.kvittering("En godkjenner har fått en oppgave.")
    assert radgiver.side.get_by_role("button", name="Godkjenn tall og brev").count() == 0

    # Another person approves
    godkjenner = kom(urort, "imdi_godkjenner", skript=skript)
    godkjenner.til("/hjem/")
    godkjenner.uten_feil()
    with godkjenner.paa_hoyst(2):
        godkjenner.lenke("Se over og godkjenn")
        godkjenner.uten_feil()
        godkjenner.knapp("Godkjenn tall og brev")
    godkjenner.kvittering("Ingen brev er sendt ennå.")
    assert godkjenner.side.get_by_role("button", name="Send brevene").count() == 0

    # The letters
    _bare_noen(urort, django_db_blocker)
    radgiver.til("/hjem/")
    radgiver.uten_feil()
    with radgiver.paa_hoyst(2):
        radgiver.lenke("Åpne runden")
        radgiver.uten_feil()
        radgiver.knapp("Send brevene")
    radgiver.kvittering("Brevene er på vei.")
    expect(radgiver.side.locator("#framdrift")).to_contain_text("0 av 3 brev er sendt")
    radgiver.uten_feil()
    with urort.jobber():
        urort.vent_paa(f"/tall/{AAR}/")
    if not skript:
        radgiver.til(runde)
    # With script the page has asked again by itself
    expect(radgiver.side.locator("#neste-tittel")).to_have_text("Kommunene svarer", timeout=20_000)
    radgiver.uten_feil()

    # The municipality opens its request in one click, and its letter in the next
    kommune = kom(urort, "bosetter_skriv", skript=skript)
    kommune.til("/hjem/")
    with kommune.paa_hoyst(1):
        kommune.lenke("Åpne anmodningen")
        kommune.h1(f"{tallene['Steinkjer']} personer")
    kommune.uten_feil()
    assert kommune.pdf("Les brevet").startswith(b"%PDF")
    kommune.meny("Brev")
    assert kommune.side.locator("tbody tr").count() == 1
    annen = kom(urort, "bosetter_skriv.volda", skript=skript)
    assert annen.side.goto(kommune.side.url.replace("/brev/", "/kommunens-anmodninger/")).ok  # type: ignore[union-attr]
    assert "Steinkjer" not in annen.side.locator("main").inner_text()

    # A citizen: the table, one municipality, why, and the file
    borger = kom(urort, None, skript=skript)
    borger.til("/")
    expect(borger.side.locator("main")).to_contain_text(f"flyktninger {AAR}")
    with borger.paa_hoyst(1):
        innhold = borger.last_ned("CSV")
    linjer = list(csv.DictReader(io.StringIO(innhold), delimiter=";"))
    assert len(linjer) == 357
    steinkjer = next(linje for linje in linjer if "Steinkjer" in linje.values())
    assert str(tallene["Steinkjer"]) in steinkjer.values()
    borger.sok("Steinkjer")
    expect(borger.side.locator(".b-tabell tbody tr")).to_contain_text(str(tallene["Steinkjer"]))
    borger.lenke("Steinkjer")
    borger.h1("Steinkjer")
    expect(borger.side.locator("main")).to_contain_text(
        f"bedt om å bosette {tallene['Steinkjer']} flyktninger i {AAR}"
    )
    with borger.paa_hoyst(1):
        borger.lenke(re.compile("^Hvorfor blir Steinkjer"))
    assert foss(borger.side)[2] == tallene["Steinkjer"]
    assert sum(foss(borger.side)[0]) == tallene["Steinkjer"]

    # A councillor asks what another weight would give, and takes the data along
    with borger.paa_hoyst(2):
        borger.lenke("Regn ut selv")
        borger.h1(f"Regn ut anmodningen for {AAR} selv")
        borger.uten_feil()
        borger.fyll(v_introduksjon="40", v_arbeid="10")
        borger.knapp("Regn ut")
    expect(borger.side.locator("#svaret")).to_have_text("Slik blir det")
    borger.uten_feil()
    assert "Steinkjer" in borger.side.locator(".b-tabell tbody").inner_text()
    assert "kommunenummer" in borger.last_ned("Last ned opplysningene om hver kommune (CSV)")
    if skript:
        _justert(urort, kom, kommune, runde)


def _justert(urort: Tjener, kom: Callable[..., Besok], kommune: Besok, runde: str) -> None:
    """The need jumps to 35 000 after the letters: the municipality is told, and an adjusted request begins."""
    from bosett.grunn.klokke import i_dag  # noqa: PLC0415

    radgiver = kom(urort, "imdi_radgiver")
    radgiver.til("/behov/nytt/")
    radgiver.fyll(
        aar=AAR, totalt=35000, em=400, em_under_15=100, fastsatt="18.11.2026", kilde="Møte 18. november",
        begrunnelse="Krigen i Ukraina.",
    )  # fmt: skip
    radgiver.knapp("Registrer")
    radgiver.til(runde)
    radgiver.uten_feil()
    with radgiver.paa_hoyst(2):
        radgiver.lenke("Varsle kommunene")
        radgiver.knapp("Varsle kommunene")
    radgiver.kvittering("Kommunene er varslet.")
    with radgiver.paa_hoyst(3):
        radgiver.lenke("Lag justert anmodning")
        radgiver.fyll(frist=f"{i_dag() + timedelta(days=30):%d.%m.%Y}")
        radgiver.knapp("Lag den justerte anmodningen")
        radgiver.h1(f"Justert anmodning {AAR}")
        radgiver.knapp("Beregn tallene")
    radgiver.uten_feil()
    radgiver.side.locator("summary").get_by_text("Avlys runden").click()
    radgiver.side.get_by_label("Hvorfor blir runden avlyst?").fill("Behovet endret seg igjen.")
    radgiver.uten_feil()
    radgiver.knapp("Avlys runden")
    radgiver.kvittering("Runden er avlyst.")
    expect(radgiver.side.locator("main")).not_to_contain_text("Avlys runden")
    kommune.til("/hjem/")
    with kommune.paa_hoyst(2):
        kommune.lenke("Les hva som er endret")
        expect(kommune.side.locator("main")).to_contain_text("Krigen i Ukraina.")
        kommune.uten_feil()
        kommune.knapp("Vi har lest dette")
    kommune.kvittering("Oppgaven er ferdig.")
