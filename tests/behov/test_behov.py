"""The living need: forecasts with source and version, revisions with difference and drivers, and what each need was built on."""

from datetime import date

import pytest
from django.db import IntegrityError, transaction
from django.test import Client

from aktorer import som_bruker
from bosett.aktor.kontekst import som, system
from bosett.aktor.models import Bruker
from bosett.behov import selectors, services
from bosett.behov.models import Behov, Prognose
from bosett.grunn.feil import Avvist, Ugyldig
from bosett.spor.verifisering import verifiser
from runder import lag_prognoser

pytestmark = pytest.mark.usefixtures("land")


def _behov(aktor: object, aar: int, totalt: int, em: int, **mer: object) -> Behov:
    felt = {
        "fastsatt_av": "Nasjonalt utval for busetting",
        "fastsatt": date(aar - 1, 11, 1),
        "kilde": "S3",
    } | mer
    return services.registrer(aktor=aktor, aar=aar, totalt=totalt, em=em, **felt)  # type: ignore[arg-type]


def _innlogget(client: Client, rolle: str) -> Client:
    with som(system("prove")):
        bruker = Bruker.objects.get(brukernavn=f"{rolle}@demo.invalid")
    client.force_login(bruker, "django.contrib.auth.backends.ModelBackend")
    return client


@pytest.mark.krav("R092", "R137", "R019")
def test_the_revision_of_2021_stands_beside_the_first_need_with_difference_drivers_and_committee(
    client: Client,
) -> None:
    with som_bruker("imdi_radgiver") as aktor:
        lag_prognoser(aktor, 2021)
        _behov(aktor, 2021, 5025, 110, fastsatt_av="Nasjonalt utvalg for mottak og bosetting")
        _behov(
            aktor, 2021, 3790, 72, fastsatt=date(2021, 6, 15), begrunnelse="Prognosen er redusert.", drivere=["pandemi", "reise", "smitte"],
        )  # fmt: skip
        nyeste, forste = selectors.aarsbehov(aktor, 2021).endringer
    assert (nyeste.totalt, nyeste.em) == (-1235, -38)
    assert (forste.totalt, forste.behov.totalt, forste.behov.em) == (None, 5025, 110)
    html = (
        _innlogget(client, "imdi_radgiver")
        .get("/behov/2021/")
        .content.decode()
        .replace("\u202f", " ")
        .replace("\xa0", " ")
    )
    for tekst in ("5 025", "3 790", "−1 235", "−38", 'datetime="2021-06-15"', 'datetime="2020-11-01"', "Pandemi", "Innreise- og utreiserestriksjoner", "Smittesituasjonen i uttakslandene"):  # fmt: skip
        assert tekst in html, tekst
    # Each version keeps the name the committee had when it fixed it.
    assert (
        "Fastsatt av Nasjonalt utvalg for mottak og bosetting" in html
        and "Fastsatt av Nasjonalt utval for busetting" in html
    )


@pytest.mark.krav("R118")
def test_a_need_is_calculated_from_the_forecasts_of_its_year_and_a_missing_one_is_refused() -> None:
    with som_bruker("imdi_radgiver") as aktor:
        with pytest.raises(Ugyldig, match="mangler prognoser over antall asylsøkere"), transaction.atomic():
            _behov(aktor, 2020, 5100, 140)
        for aar, antall in ((2020, 4), (2022, 3)):
            lag_prognoser(aktor, aar)
            behov = _behov(aktor, aar, 5100, 140)
            assert len(behov.prognoser) == behov.grunnlag.count() == antall
        assert "andre" in Behov.objects.get(aar=2020).prognoser and "andre" not in behov.prognoser


@pytest.mark.krav("R020")
def test_a_forecast_without_a_source_is_refused_also_by_the_database() -> None:
    felt = {"aar": 2022, "kode": "asylsokere", "antall": 3000, "dato": date(2021, 10, 1)}
    with som_bruker("imdi_radgiver") as aktor:
        with pytest.raises(Ugyldig, match="mangler kilde"):
            services.registrer_prognose(aktor=aktor, kilde="  ", **felt)  # type: ignore[arg-type]
        prognose = services.registrer_prognose(aktor=aktor, kilde="Beregningsgruppa, oktober 2021", **felt)  # type: ignore[arg-type]
    with pytest.raises(IntegrityError, match="prognose_har_kilde"), som(system("prove")):
        Prognose.objects.filter(pk=prognose.pk).update(kilde="")


@pytest.mark.krav_delvis("R119")
def test_a_new_forecast_is_a_new_version_and_the_need_keeps_the_one_it_was_built_on() -> None:
    with som_bruker("imdi_radgiver") as aktor:
        lag_prognoser(aktor, 2022)
        lag_prognoser(aktor, 2022)  # the same again
        behov = _behov(aktor, 2022, 5500, 141)
        ny = services.registrer_prognose(
            aktor=aktor, aar=2022, kode="asylsokere", antall=35_000, kilde="prøve", dato=date(2022, 3, 15)
        )
        assert (ny.versjon, Prognose.objects.filter(aar=2022).count()) == (2, 4)
        assert {g.prognose.versjon for g in behov.grunnlag.all()} == {1}
        senere = _behov(aktor, 2022, 35_000, 400, begrunnelse="Krigen i Ukraina.", drivere=["krise"])
        assert {g.prognose.kode: g.prognose.versjon for g in senere.grunnlag.all()}["asylsokere"] == 2
        with pytest.raises(Ugyldig, match="Ukjent årsak"), transaction.atomic():
            _behov(aktor, 2022, 1, 0, begrunnelse="x", drivere=["været"])
        assert verifiser().feil == []


def test_forecasts_are_registered_in_the_browser_and_the_need_says_what_is_missing(client: Client) -> None:
    nett = _innlogget(client, "imdi_radgiver")
    behov = {
        "aar": "2031",
        "totalt": "5000",
        "em": "100",
        "fastsatt_av": "Utvalget",
        "fastsatt": "1.11.2030",
        "kilde": "Møte",
    }
    svar = nett.post("/behov/nytt/", behov)
    assert svar.status_code == 422 and "Registrer prognosen først" in svar.content.decode()
    assert 'href="/behov/ny-prognose/?aar=2031&amp;kode=overforing"' in svar.content.decode()
    for kode in ("asylsokere", "innvilgede", "overforing"):
        felt = {"aar": "2031", "kode": kode, "antall": "1000", "kilde": "Møte", "dato": "1.10.2030"}
        assert nett.post("/behov/ny-prognose/", felt).url == "/behov/2031/"
    assert nett.post("/behov/nytt/", behov).status_code == 302
    assert "1 000" in nett.get("/behov/2031/").content.decode().replace("\u202f", " ").replace("\xa0", " ")
    assert nett.get("/behov/1999/").status_code == 404


@pytest.mark.parametrize("rolle", ["imdi_godkjenner", "ks_radgiver", "bosetter_skriv"])
def test_only_an_adviser_registers_forecasts(rolle: str) -> None:
    with pytest.raises(Avvist), som_bruker(rolle) as aktor:
        services.registrer_prognose(
            aktor=aktor, aar=2022, kode="asylsokere", antall=1, kilde="prøve", dato=date(2021, 10, 1)
        )
