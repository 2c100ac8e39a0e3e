"""The public page of criteria: two years side by side, with what is not known."""

import re

import pytest

from bosett.anmodning.rules import hent
from bosett.anmodning.rules.kriterieaar import alle_aar
from bosett.grunn.feil import Mangler
from bosett.web.statistikk.regnestykke import vektrader
from sidetekst import tabell, tekst

pytestmark = pytest.mark.django_db


@pytest.mark.krav("R123")
def test_two_years_side_by_side_with_different_sets(client):
    svar = client.get("/kriterier/?en=2018&to=2022")
    assert svar.status_code == 200
    rader = tabell(svar.content.decode(), "Kriteriene for 2018 og 2022")
    assert rader["Gjelder"] == [
        "Fra 01.01.2018 til og med 31.12.2018", "Fra 01.01.2022 til og med 31.12.2022",
    ]  # fmt: skip
    assert rader["Fastsatt av"] == ["Ikke kjent", "Kunnskapsdepartementet"]
    gammel, ny = rader["Kriterier"]
    assert "Sysselsetting" in gammel and "Rekkefølgen er ikke kjent." in gammel
    sett = hent(2022)
    plasser = [ny.index(trinn.navn.nb) for trinn in sett.trinn]
    assert plasser == sorted(plasser)
    for kriterium in sett.kriterier:
        assert kriterium.navn.nb in ny and f"«{kriterium.ordlyd}»" in ny and kriterium.ordlyd not in gammel
    uten_vekt, flyttet = "Ingen kilde har et tall. Teller ikke.", "og vekten går til de andre i trinnet."
    assert ny.count("Ingen kilde har et tall.") == 3 and ny.count(uten_vekt) == 1 and ny.count(flyttet) == 2
    assert ny.index("Rom for mange samtidig") < ny.index(uten_vekt) < ny.index("Til slutt:")
    assert "Tilbudet og kompetansen i flyktningtjenesten er ikke målt." in ny
    assert "Rom for mange samtidig 0 %" in rader["Vekter"][1]
    assert rader["Vekter"][0] == "Ikke kjent"
    assert rader["Vekter"][1].startswith("Antatt Vektene er valgt av Bosett")
    assert "Først: arbeid og utdanning 65 %" in rader["Vekter"][1]
    assert "Arbeid i regionen: Med «regionen» menes her kommunen." in rader["Hva «regionen» er"][1]
    assert "minst 5 000 innbyggere" in rader["Faste regler"][0]
    for regel in (sett.minstevekt_regel, sett.minimum_regel, sett.vertsregel, sett.spredningsregel):
        ordene = regel.nb.removeprefix("Kriteriene for 2022: ")[1:]
        assert ordene in rader["Faste regler"][1] and ordene not in rader["Faste regler"][0]
    assert rader["Kilde"][1] == sett.kilde and "Fjordingen 26. oktober 2017" in rader["Kilde"][0]
    assert rader["Brukes i beregning"][1] == "Ja" and rader["Brukes i beregning"][0].startswith("Nei.")


def test_every_other_year_is_shown_and_none_of_them_is_computed_with(client):
    for ett in alle_aar():
        svar = client.get(f"/kriterier/?en={ett.aar}&to=2022")
        assert svar.status_code == 200
        if not ett.beregnes:
            assert ett.vekter_publisert is None
            with pytest.raises(Mangler, match=str(ett.aar)):
                hent(ett.aar)
    for ukjent in ("1999", "abc", "2022 "):
        assert client.get("/kriterier/", {"en": ukjent}).status_code == 404


def test_the_page_opens_with_the_year_in_use_beside_the_one_before_that_is_known(client):
    html = client.get("/kriterier/").content.decode()
    assert "2018 og 2022 side ved side" in tekst(html)
    assert re.findall(r"<option value=\"(\d+)\" selected", html) == ["2018", "2022"]
    assert " style=" not in html


@pytest.mark.krav_delvis("R063")
def test_of_2020_only_what_the_letter_says_is_shown(client):
    """The annex of 2020 has not been found: nothing is put in its place."""
    rader = tabell(client.get("/kriterier/?en=2020&to=2022").content.decode(), "Kriteriene for 2020 og 2022")
    assert rader["Fastsatt av"][0] == "Kunnskapsdepartementet"
    assert rader["Kriterier"][0] == rader["Vekter"][0] == rader["Faste regler"][0] == "Ikke kjent"
    assert "vedlegg 1. Vedlegget er ikke funnet." in rader["Det vi ikke vet"][0]


def test_a_number_computed_before_a_criterion_was_listed_is_still_explained():
    da = [k.id for k in hent(2022).kriterier if k.id != "rom_for_mange"]
    kontroll = [{"id": nr, "navn": nr, "satt": "0.1", "brukt": "0.1", "faktisk": "0.1"} for nr in da]
    rader = vektrader(
        {"bidrag": [{"id": nr, "vist": "1.0"} for nr in da]},
        {"kriterieaar": 2022, "kontroll60": {"kriterier": kontroll}},
    )
    assert [rad.navn for rad in rader if not rad.sum_] == da
    assert sum(rad.bidrag for rad in rader if rad.sum_) == len(da)
