"""What stands beside the need: agreed places, how the need is worded, scenarios, and the countries of selection."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import date, datetime
from pathlib import Path

import pytest
from django.db import IntegrityError, connection, transaction
from django.test import Client

from aktorer import som_bruker
from bosett.aktor.kontekst import som, system
from bosett.aktor.models import Bruker
from bosett.anmodning.models import Runde
from bosett.anmodning.services import opprett_runde, standardvariant
from bosett.behov import selectors, services, uttak
from bosett.behov.models import Avtale, Behov, Prognose, Scenario, Uttaksland, Uttaksstatus
from bosett.grunn.feil import Avvist, Konflikt, Ugyldig
from bosett.grunn.klokke import OSLO, frys, i_dag
from bosett.spor.models import Hendelse
from bosett.spor.verifisering import verifiser
from runder import AAR, lag_prognoser

pytestmark = pytest.mark.usefixtures("land")


@pytest.fixture
def nett(client: Client) -> Client:
    return _inn(client, "imdi_radgiver")


def _inn(client: Client, rolle: str) -> Client:
    with som(system("prove")):
        bruker = Bruker.objects.get(brukernavn=f"{rolle}@demo.invalid")
    client.force_login(bruker, "django.contrib.auth.backends.ModelBackend")
    return client


def _side(nett: Client, adresse: str) -> str:
    """A page's main part, its numbers with plain spaces."""
    svar = nett.get(adresse)
    assert svar.status_code == 200, adresse
    html = svar.content.decode().replace("\u202f", " ").replace("\xa0", " ")
    return html.split("<main")[1].split("</main>")[0]


def _del(html: str, anker: str) -> str:
    """The section with this heading."""
    return html.split(f'aria-labelledby="{anker}"')[1].split("</section>")[0]


# -- agreements ------------------------------------------------------------------------------------------------------


@pytest.mark.krav("R017")
def test_the_agreement_of_2015_shows_10_000_places_apart_from_the_need_and_links_to_the_round(
    nett: Client,
) -> None:
    # `./bosett register` has loaded it from data/avtaler.csv.
    avtalt = _del(_side(nett, "/behov/2015/"), "avtalt")
    assert "10 000" in avtalt and "Regjeringen og KS" in avtalt and "Ingen runder i Bosett" in avtalt
    assert "Ikke registrert" in avtalt, "no need was calculated in Bosett for 2015"
    assert 'href="/behov/2015/"' in _side(nett, "/behov/")
    with som_bruker("imdi_radgiver") as aktor, frys(datetime(2014, 11, 3, 9, 0, tzinfo=OSLO)):
        behov = services.registrer(
            aktor=aktor, aar=2015, totalt=11_200, em=500, fastsatt_av="Utvalget", fastsatt=date(2014, 11, 1), kilde="prøve",
        )  # fmt: skip
        runde = opprett_runde(
            aktor=aktor, aar=2015, behov=behov, kriteriesett="2022", variant=standardvariant("2022"),
            frist=date(2015, 2, 1),
        )  # fmt: skip
        adresse = f"/anmodning/{runde.subjekt.uuid}/"
    avtalt = _del(_side(nett, "/behov/2015/"), "avtalt")
    assert f'href="{adresse}"' in avtalt and "10 000" in avtalt and "11 200" in avtalt
    assert "21 200" not in _side(nett, "/behov/2015/"), "never summed"
    rundeside = _side(nett, adresse)
    assert "Avtalte plasser i 2015: 10 000 (Regjeringen og KS)" in rundeside
    assert 'href="/behov/2015/"' in rundeside


def _importer_2015(delt: Path, tmp_path: Path, *, endre: bool) -> None:
    """The municipalities' figures for 2015 with the printed sums, one row changed or none."""
    import historie  # noqa: PLC0415 - needs the folder

    tabell = historie.FILER["historikk"][0].read_text("utf-8").splitlines(keepends=True)
    rader = [rad for rad in tabell if rad.startswith("2015,")]
    if endre:
        assert rader[0].startswith("2015,0101,,30,,48,49")
        rader[0] = rader[0].replace(",30,,48,49", ",30,,47,49")
    fil = tmp_path / f"bosatt_{endre}.csv"
    fil.write_text("".join([tabell[0], *rader]), "utf-8")
    with transaction.atomic(), som(system("prove")) as aktor:
        historie.importer("historikk", aktor, fil=fil)


@pytest.mark.krav("R085")
def test_2015_has_10_000_agreed_places_and_a_changed_row_makes_the_sum_check_red(
    nett: Client, delt: Path, tmp_path: Path
) -> None:
    _importer_2015(delt, tmp_path, endre=False)
    avtalt = _del(_side(nett, "/behov/2015/"), "avtalt")
    assert "10 000" in avtalt and "11 714" in avtalt and 'href="/tall/2015/"' in avtalt
    assert avtalt.count('data-color="brand1">Stemmer<') == 3 and "Stemmer ikke" not in avtalt
    _importer_2015(delt, tmp_path, endre=True)
    avtalt = _del(_side(nett, "/behov/2015/"), "avtalt")
    assert avtalt.count('data-color="danger">Stemmer ikke<') == 1
    vedtatt = next(rad for rad in avtalt.split("<tr>") if "Stemmer ikke" in rad)
    assert "11 713" in vedtatt and "11 714" in vedtatt and "10 000" in avtalt


def test_an_agreement_that_changes_is_a_new_version_that_says_why(nett: Client) -> None:
    felt = {"aar": "2030", "parter": "Regjeringen og KS", "plasser": "8000", "dato": "", "kilde": "Avtalen"}
    assert nett.post("/behov/ny-avtale/", felt).url == "/behov/2030/"
    assert nett.post("/behov/ny-avtale/", felt).status_code == 302  # the same again
    svar = nett.post("/behov/ny-avtale/", felt | {"plasser": "9000"})
    assert svar.status_code == 422 and "En ny versjon skal si hva som er endret" in svar.content.decode()
    nett.post("/behov/ny-avtale/", felt | {"plasser": "9000", "merknad": "Partene økte tallet i mai."})
    avtalt = _del(_side(nett, "/behov/2030/"), "avtalt")
    assert "9 000" in avtalt and "8 000" not in avtalt and "Partene økte tallet i mai." in avtalt
    with som(system("prove")):
        assert list(Avtale.objects.filter(aar=2030).order_by("versjon").values_list("plasser", flat=True)) == [8000, 9000]  # fmt: skip
        assert Hendelse.objects.filter(handling="behov.registrer_avtale", data__aar=2030).count() == 2
        assert verifiser().feil == []
    with pytest.raises(Ugyldig, match="mangler kilde"), som_bruker("imdi_radgiver") as aktor:
        services.registrer_avtale(aktor=aktor, aar=2030, parter="A og B", plasser=1, kilde=" ")
    with pytest.raises(IntegrityError, match="avtale_har_parter_og_kilde"), som(system("prove")):
        Avtale.objects.filter(aar=2030).update(kilde="")


# -- the exact number and the wording --------------------------------------------------------------------------------


def test_the_exact_need_and_its_wording_stand_apart(nett: Client) -> None:
    with som_bruker("imdi_radgiver") as aktor:
        lag_prognoser(aktor, AAR)
    felt = {
        "aar": str(AAR), "totalt": "5120", "em": "140", "em_under_15": "40", "formulering": "om lag 5 100", "fastsatt_av": "Utvalget",
        "fastsatt": "1.11.2026", "kilde": "Møte",
    }  # fmt: skip
    assert nett.post("/behov/nytt/", felt).status_code == 302
    html = _side(nett, f"/behov/{AAR}/")
    assert "I brevene står det «om lag 5 100»" in html and "Landet trenger 5 120 plasser" in html
    assert "Nøyaktig tall: 5 120. I brev: «om lag 5 100»." in html


# -- scenarios -------------------------------------------------------------------------------------------------------


def test_a_scenario_stands_beside_the_need_with_the_difference_and_no_round_can_use_it(nett: Client) -> None:
    felt = {
        "aar": str(AAR), "navn": "Høyt", "totalt": "9000", "em": "300", "em_under_15": "50", "beskrivelse": "Flere kommer over grensen.",
        "kilde": "Notat",
    }  # fmt: skip
    assert nett.post("/behov/nytt-scenario/", felt).url == f"/behov/{AAR}/"
    assert "Flere kommer" in _del(_side(nett, f"/behov/{AAR}/"), "scenarioer"), "also before a need is fixed"
    with som_bruker("imdi_radgiver") as aktor:
        lag_prognoser(aktor, AAR)
        behov = services.registrer(
            aktor=aktor, aar=AAR, totalt=5500, em=141, fastsatt_av="Utvalget", fastsatt=date(2026, 10, 1), kilde="prøve",
        )  # fmt: skip
    scenarioer = _del(_side(nett, f"/behov/{AAR}/"), "scenarioer")
    assert "+3 500" in scenarioer and "+159" in scenarioer and ">Scenario<" in scenarioer
    assert "9 000" not in _side(nett, "/anmodning/ny/"), "a round chooses among needs that are fixed"
    assert Runde._meta.get_field("behov").related_model is Behov
    svar = nett.post("/behov/nytt-scenario/", felt)
    assert svar.status_code == 422 and "har allerede et scenario" in svar.content.decode()
    with pytest.raises(Ugyldig, match="De under 15 år"), som_bruker("imdi_radgiver") as aktor:
        services.registrer_scenario(
            aktor=aktor, aar=AAR, navn="Galt", totalt=10, em=5, em_under_15=6, beskrivelse="x", kilde="x"
        )
    with som(system("prove")):
        assert Behov.objects.get(pk=behov.pk).totalt == 5500
        with pytest.raises(IntegrityError, match="scenario_delmengder"), transaction.atomic():
            Scenario.objects.update(em=9001)


# -- countries of selection ------------------------------------------------------------------------------------------


def _land_med_prognose(land: str = "Demoland", plasser: int = 300) -> str:
    """The address of a country with places in next year's forecast of 1 000."""
    with som_bruker("imdi_radgiver") as aktor:
        lag_prognoser(aktor, AAR)
        ny = uttak.registrer(
            aktor=aktor, aar=AAR, land=land, plasser=plasser, kilde="Kvotevedtaket", fra=date(2026, 10, 1)
        )
        return f"/behov/uttaksland/{ny.subjekt.uuid}/"


@pytest.mark.krav("R138")
def test_closing_a_country_lowers_the_transfer_series_and_logs_it_and_opening_raises_it_again(
    nett: Client,
) -> None:
    adresse = _land_med_prognose()
    with som_bruker("imdi_radgiver") as aktor:
        services.registrer(
            aktor=aktor, aar=AAR, totalt=5500, em=141, fastsatt_av="Utvalget", fastsatt=date(2026, 10, 2), kilde="prøve",
        )  # fmt: skip
    assert ">Åpent<" in _side(nett, adresse)
    assert "går fra 1 000 til 700 personer" in _side(nett, f"{adresse}endre/")
    felt = {"til": "stengt", "fra": "12.3.2027", "grunn": "Grensen er stengt.", "kilde": "UNHCR, 11. mars"}
    assert nett.post(f"{adresse}endre/", felt).url == adresse

    aaret = _side(nett, f"/behov/{AAR}/")
    assert ">Stengt<" in _del(aaret, "land") and "Grensen er stengt." in _del(aaret, "land")
    assert "Demoland stengt for uttak fra 12.03.2027, 300 plasser. Grensen er stengt. Kilde: UNHCR, 11. mars" in _del(aaret, "prognoser")  # fmt: skip
    assert "Prognosene er endret etter at behovet ble fastsatt" in aaret
    assert "Overføringsflyktninger: fra 1 000 til 700 (−300)" in aaret
    assert "Landet trenger 5 500 plasser" in aaret, "the need is not changed by it"
    historien = _side(nett, adresse)
    assert "Landet ble stengt, og prognosen gikk ned" in historien and "700 (versjon " in historien
    with som(system("prove")):
        hendelse = Hendelse.objects.get(handling="behov.steng_uttaksland")
        assert (hendelse.data["plasser"], hendelse.data["antall"]) == (300, 700)

    felt |= {"til": "apent", "fra": "1.6.2027", "grunn": "Grensen er åpnet.", "kilde": "UNHCR, 30. mai"}
    assert nett.post(f"{adresse}endre/", felt).url == adresse
    historien = _side(nett, adresse)
    assert historien.count(">Åpent<") == 2 and historien.count(">Stengt<") == 1, "the status over time"
    assert "Prognosene er endret" not in _side(nett, f"/behov/{AAR}/")
    with som(system("prove")):
        serie = Prognose.objects.filter(aar=AAR, kode="overforing").order_by("versjon")
        assert list(serie.values_list("antall", flat=True))[-3:] == [1000, 700, 1000]
        assert verifiser().feil == []


def test_two_countries_closed_at_once_both_lower_the_series() -> None:
    with som_bruker("imdi_radgiver") as aktor:
        lag_prognoser(aktor, AAR)
        land = [
            uttak.registrer(aktor=aktor, aar=AAR, land=navn, plasser=plasser, kilde="x", fra=i_dag()).pk
            for navn, plasser in (("Demoland", 300), ("Prøveland", 200))
        ]
    klare = threading.Barrier(2)

    def steng(pk: int) -> None:
        try:
            with som_bruker("imdi_radgiver") as aktor:
                klare.wait(timeout=20)
                uttak.steng(aktor=aktor, uttaksland_id=pk, fra=i_dag(), grunn="Krig.", kilde="x")
        finally:
            connection.close()

    with ThreadPoolExecutor(2) as traader:
        list(traader.map(steng, land))
    with som(system("prove")):
        assert selectors.siste_prognoser(AAR).get(kode="overforing").antall == 500
        assert verifiser().feil == []


def test_what_a_country_refuses(nett: Client) -> None:
    adresse = _land_med_prognose(plasser=1200)
    svar = nett.post(
        f"{adresse}endre/", {"til": "stengt", "fra": "12.3.2027", "grunn": "Krig.", "kilde": "x"}
    )
    assert svar.status_code == 422 and "Prognosen kan ikke bli mindre enn null" in svar.content.decode()
    with som(system("prove")):
        land = Uttaksland.objects.get()
        assert selectors.siste_prognoser(AAR).get(kode="overforing").antall == 1000
        assert land.statuser.count() == 1
    hva = {"uttaksland_id": land.pk, "grunn": "Krig.", "kilde": "x"}
    with som_bruker("imdi_radgiver") as aktor:
        with pytest.raises(Konflikt, match="allerede åpent"), transaction.atomic():
            uttak.apne(aktor=aktor, fra=i_dag(), **hva)  # type: ignore[arg-type]
        with pytest.raises(Ugyldig, match="før den forrige endringen"), transaction.atomic():
            uttak.steng(aktor=aktor, fra=date(2026, 9, 30), **hva)  # type: ignore[arg-type]
        with pytest.raises(Ugyldig, match="Grunnen mangler"), transaction.atomic():
            uttak.steng(aktor=aktor, fra=i_dag(), **hva | {"grunn": " "})  # type: ignore[arg-type]
        with pytest.raises(Konflikt, match="allerede registrert"), transaction.atomic():
            uttak.registrer(aktor=aktor, aar=AAR, land="DEMOLAND", plasser=1, kilde="x", fra=i_dag())
        uten = uttak.registrer(aktor=aktor, aar=2040, land="Demoland", plasser=1, kilde="x", fra=i_dag())
        with pytest.raises(Ugyldig, match="er ikke registrert"), transaction.atomic():
            uttak.steng(aktor=aktor, fra=i_dag(), **hva | {"uttaksland_id": uten.pk})  # type: ignore[arg-type]
    with pytest.raises(IntegrityError, match="uttaksstatus_endring_har_grunn"), som(system("prove")):
        Uttaksstatus.objects.create(uttaksland=land, nr=2, tilstand="stengt", fra=i_dag(), kilde="x")


@pytest.mark.parametrize("rolle", ["imdi_godkjenner", "ks_radgiver", "bosetter_skriv"])
def test_only_an_adviser_writes_and_only_imdi_sees(client: Client, rolle: str) -> None:
    adresse = _land_med_prognose()
    nett = _inn(client, rolle)
    for side in ("ny-avtale/", "nytt-scenario/", "nytt-uttaksland/"):
        assert nett.get(f"/behov/{side}").status_code == 404
    felt = {"til": "stengt", "fra": "12.3.2027", "grunn": "x", "kilde": "x"}
    assert nett.post(f"{adresse}endre/", felt).status_code == 404
    ser = rolle == "imdi_godkjenner"
    assert nett.get(adresse).status_code == nett.get("/behov/2015/").status_code == (200 if ser else 404)
    if ser:
        assert "Steng landet" not in _side(nett, adresse) and "Registrer avtale" not in _side(
            nett, "/behov/2015/"
        )
    with som_bruker(rolle) as aktor:
        for modell in (Avtale, Scenario, Uttaksland, Uttaksstatus):
            assert modell.objects.exists() == (ser and modell is not Scenario)  # type: ignore[attr-defined]
        with pytest.raises(Avvist), transaction.atomic():
            services.registrer_avtale(aktor=aktor, aar=2030, parter="A og B", plasser=1, kilde="x")
        if not ser:
            with pytest.raises(Avvist):
                selectors.avtaler_for(aktor, 2015)
