"""The public pages with the real tables: open, without personal data or token, equal to what was published."""

import csv
import io
import json

import pytest

from bosett.aktor.kontekst import system
from bosett.statistikk.models import Publisering

pytestmark = pytest.mark.usefixtures("all_historie")

ADRESSER = (
    "/", "/tall/", "/tall/2026/", "/tall/2013/", "/tall/1995/", "/tall/2020/?vis=alle&sorter=-bosatt&side=3", "/kommuner/",
    "/kommuner/?sok=verran", "/kommuner/5006-steinkjer/", "/kommuner/1702/", "/kommuner/1850/", "/fylker/50/", "/fylker/16/?aar=2012",
    "/slik-beregner-vi/", "/apne-data/",
)  # fmt: skip


def _csv(svar) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(svar.content.decode("utf-8-sig")), delimiter=";"))


def test_every_page_is_open_without_token_cookie_or_inline_style(client):
    for adresse in ADRESSER:
        svar = client.get(adresse)
        html = svar.content.decode()
        assert svar.status_code == 200, adresse
        assert "csrfmiddlewaretoken" not in html and not svar.cookies, adresse
        assert " style=" not in html and "<script>" not in html and "<style" not in html, adresse
        assert html.count("<h1") == 1, adresse


def test_the_front_page_answers_first(client):
    html = client.get("/tall/2026/").content.decode().replace("\u202f", " ")
    assert (
        "332 kommuner er bedt om å bosette 13 000 flyktninger. 327 har svart, og de har sagt ja til 10 721."
        in html
    )
    for del_ in (
        "13 000",
        "10 721",
        "9 015",
        "7 479",
        "2 279 mangler",
        "1 536 venter på å flytte",
        "Tall per 28.",
    ):
        assert del_ in html


def test_what_is_unknown_says_so(client):
    html = client.get("/tall/2025/").content.decode()
    assert "Kilden har ikke tall for dette året" in html, "avtalt finnes ikke for 2025"
    html = client.get("/tall/2020/").content.decode()
    assert "minst" in html and "ikke kjent" in html
    o = client.get("/tall/2013/").content.decode()
    assert "Hva 368 kommuner har svart" in o and "Vedtak uten kjent anmodning" in o


def test_the_table_downloads_the_year_and_one_municipality(client):
    """Journalist: the table for a year and a municipality, CSV in two clicks, permanent link in one."""
    rader = _csv(client.get("/tall/2026/?format=csv&sok=steinkjer"))
    assert [(r["Kommune"], r["Anmodet"], r["Vedtatt"], r["Bosatt"]) for r in rader] == [
        ("Steinkjer", "60", "60", "39")
    ]
    innhold = json.loads(client.get("/tall/2026/?format=json").content)
    assert innhold["antall"] == 357 and innhold["om"]["Kilde"].startswith("IMDi")
    assert client.get("/tall/2026/?format=xlsx").content[:2] == b"PK"
    html = client.get("/tall/2026/").content.decode()
    assert f"/tall/2026/?utgave={Publisering.objects.exclude(serie='imdi-em-2016').latest('pk').pk}" in html


def test_sorting_by_figures_puts_the_unknown_last(client):
    rader = _csv(client.get("/tall/2026/?format=csv&sorter=-bosatt"))
    tall_ = [int(r["Bosatt"]) for r in rader if r["Bosatt"]]
    assert tall_ == sorted(tall_, reverse=True)
    assert all(not r["Bosatt"] for r in rader[len(tall_) :]) and {
        r["bosatt_tilstand"] for r in rader[len(tall_) :]
    } == {"skjult"}


def test_a_permanent_link_shows_the_figures_as_they_were(client, importer, tmp_path):
    ny_fil = tmp_path / "ny.csv"
    ny_fil.write_text(
        importer.filer["2026"][0]
        .read_text("utf-8")
        .replace("2026,0301,Oslo,Oslo,600,600,386", "2026,0301,Oslo,Oslo,600,600,400")
    )
    ny = importer("2026", system("prove"), fil=ny_fil)
    naa = _csv(client.get("/apne-data/tall-2026.csv"))
    da = _csv(client.get(f"/apne-data/tall-2026.csv?utgave={ny.erstattet}"))
    assert (naa[0]["bosatt"], da[0]["bosatt"]) == ("400", "386")
    assert f"utgave {ny.erstattet}" in client.get(f"/tall/2026/?utgave={ny.erstattet}").content.decode()
    assert client.get("/tall/2026/?utgave=999999").status_code == 404
    assert client.get("/tall/2026/?utgave=abc").status_code == 404


def test_open_data_has_stable_columns_in_every_language(client):
    hode = None
    for spraak in ("nb", "nn", "en"):
        rader = _csv(client.get("/apne-data/tall-2026.csv", headers={"accept-language": spraak}))
        assert hode in (None, list(rader[0])) and len(rader) == 357
        hode = list(rader[0])
    assert hode[:9] == [
        "aar",
        "kommunenummer",
        "kommune",
        "fylkesnummer",
        "fylke",
        "anmodet",
        "anmodet_tilstand",
        "anmodet_em",
        "anmodet_em_tilstand",
    ]
    alle = _csv(client.get("/apne-data/tall-alle-aar.csv"))
    assert len(alle) == 12429 + 3 * 357 + 1, "nummer 9999 i tabellen fra 2016 kommer i tillegg"
    assert not [r for r in alle if r["bosatt"] in ("1", "2", "3", "4")], (
        "små tall er skjult, også der kilden viste dem"
    )
    summer = {
        (r["aar"], r["maal"]): r for r in _csv(client.get("/apne-data/summer.csv")) if not r["fylkesnummer"]
    }
    assert (
        summer["2024", "bosatt"]["trykt_sum"] == "25618"
        and summer["2024", "bosatt"]["kontroll"] == "med_skjulte"
    )
    for adresse in (
        "/apne-data/tull.csv",
        "/apne-data/tall-1900.csv",
        "/apne-data/summer.pdf",
        "/apne-data/forklaring-0301-2026.csv",
    ):
        assert client.get(adresse).status_code == 404


def test_the_page_of_a_municipality_has_one_address_and_old_numbers_lead_there(client):
    assert client.get("/kommuner/5006/").headers["Location"] == "/kommuner/5006-steinkjer/"
    assert (
        client.get("/kommuner/5006-feil-navn/?format=csv").headers["Location"]
        == "/kommuner/5006-steinkjer/?format=csv"
    )
    gammel = client.get("/kommuner/1702/").content.decode()
    assert 'href="/kommuner/5006-steinkjer/"' in gammel
    assert client.get("/kommuner/4444/").status_code == client.get("/kommuner/tull/").status_code == 404
    rader = {r["År"]: r for r in _csv(client.get("/kommuner/5006-steinkjer/?format=csv"))}
    assert (rader["2015"]["Anmodet"], rader["2015"]["Merknad"]) == ("55", "Sum av Steinkjer og Verran")
    assert rader["2019"]["anmodning_tilstand"] == "minst" and len(rader) == 32
    html = client.get("/kommuner/?sok=verran").content.decode()
    assert "Verran er nå" in html and 'href="/kommuner/5006-steinkjer/"' in html


def test_a_page_and_the_way_to_it_are_answered_from_memory_until_the_figures_change(
    client, django_assert_num_queries
):
    for adresse, status in (("/tall/", 200), ("/kommuner/5006/", 301)):
        forste = client.get(adresse)
        with django_assert_num_queries(1):  # the version of the figures, which tests ask for every time
            neste = client.get(adresse)
        assert (forste.status_code, neste.status_code) == (status, status)
        assert (neste.content, neste.get("Location")) == (forste.content, forste.get("Location"))


@pytest.mark.krav_delvis("R141")
def test_every_rounds_page_has_its_own_address_also_when_later_rounds_are_out(client):
    for aar in (1995, 2013, 2023, 2025, 2026):
        svar = client.get(f"/tall/{aar}/")
        assert svar.status_code == 200
        assert f'<link rel="canonical" href="/tall/{aar}/">' in svar.content.decode()
    assert f'href="/tall/{2023}/"' in client.get("/tall/").content.decode()


def test_counties_and_sums_agree(client):
    rader = _csv(client.get("/fylker/50/?aar=2026&format=csv"))
    assert sum(int(r["Anmodet"]) for r in rader) == 1583
    html = client.get("/fylker/50/?aar=2026").content.decode().replace("\u202f", " ")
    assert "34 kommuner i Trøndelag er bedt om å bosette 1 583 flyktninger i 2026." in html
    assert client.get("/fylker/99/").status_code == client.get("/fylker/50/?aar=1999").status_code == 404


def test_the_differences_are_listed_on_the_method_page(client):
    html = client.get("/slik-beregner-vi/").content.decode().replace("\u202f", " ")
    assert "2026, Nordland: Vedtatt" in html and "1 050" in html and "1 045" in html
    assert "Kjent svakhet" in html
