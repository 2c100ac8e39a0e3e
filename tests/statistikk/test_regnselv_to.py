"""The calculator with two variants, on the public page and on the adviser's: numbers, words, files, and links that say it all."""

import csv
import io
import json
import os
import re
from collections.abc import Iterator
from html import unescape

import pytest
from django.core.cache import cache
from django.db.models import F
from django.http import QueryDict
from django.test import Client

from aktorer import som_bruker
from bosett.aktor.kontekst import som, system
from bosett.aktor.models import Bruker
from bosett.anmodning import samraad, services
from bosett.anmodning.models import Anmodningstall, Runde
from bosett.statistikk.services import publiser_runde
from maler import SAMRAAD, kopi
from runder import AAR, den_i_tilstand
from sidetekst import tabell, tall, tekst

JUSTERT, GRUNN = "5006", "Fylkeskommunen viser til ny skole."
OFFENTLIG = f"/regn-selv/{AAR}/"
VEKTER = {
    "introduksjon": "25",
    "arbeid": "25",
    "videregaaende": "15",
    "spredning": "10",
    "kapasitet": "10",
    "tjenester": "8",
    "funksjonsnedsettelse": "7",
}


def _valg(prefiks: str = "", **endret: str) -> dict[str, str]:
    alle = {"behov": "5500", "em": "141", "minimum": "10"} | {f"v_{n}": v for n, v in VEKTER.items()} | endret
    return {prefiks + navn: verdi for navn, verdi in alle.items()}


EN = _valg(v_introduksjon="32,5", v_arbeid="17,5")
TO = _valg(behov="6000", laas="Volda 33", uten="Oslo")
PAR = TO | {f"a-{navn}": verdi for navn, verdi in EN.items()}


@pytest.fixture(scope="module")
def runde(
    django_db_setup: None, django_db_blocker: pytest.FixtureRequest, worker_id: str
) -> Iterator[dict[str, int]]:
    """A published round in which one number was adjusted in the dialogue. Gives the stored numbers."""
    cache.clear()
    with django_db_blocker.unblock(), kopi(f"regnselv_{os.getpid()}_{worker_id}", SAMRAAD):  # type: ignore[attr-defined]
        nr = den_i_tilstand("samraad")
        with som_bruker("imdi_radgiver") as aktor:
            samraad.juster(
                aktor=aktor, runde_id=nr, nummer=JUSTERT, antall=47, omfang="fylke", begrunnelse=GRUNN, etter="KS"
            )  # fmt: skip
            services.legg_fram(aktor=aktor, runde_id=nr, begrunnelse="Prøven har det travelt.")
        with som_bruker("imdi_godkjenner") as aktor:
            services.godkjenn(aktor=aktor, runde_id=nr, revisjon=2)
        with som(system("prove")) as aktor:
            Runde.objects.filter(pk=nr).update(tilstand="sendt", sendt=F("godkjent"))
            publiser_runde(aktor=aktor, runde_id=nr)
            denne = Runde.objects.get(pk=nr)
            rader = Anmodningstall.objects.filter(revisjon=denne.gjeldende).values_list(
                "anmodning__nummer", "antall"
            )
            tallene = dict(rader)
        yield tallene


@pytest.fixture(params=["offentlig", "radgiver"])
def side(request: pytest.FixtureRequest, runde: dict[str, int]) -> tuple[Client, str]:
    """Somebody with a browser, and the address of the calculator for them."""
    klient = Client()
    if request.param == "offentlig":
        return klient, OFFENTLIG
    klient.force_login(Bruker.objects.get(brukernavn="imdi_radgiver@demo.invalid"))
    with som(system("prove")):
        uuid = Runde.objects.get(aar=AAR).subjekt.uuid
    return klient, f"/anmodning/{uuid}/hva-om/"


def _rader(svar: object) -> dict[str, list[str]]:
    """The file's rows without their names, by the municipality's number. The heading depends on the language, the order does not."""
    linjer = csv.reader(io.StringIO(svar.content.decode("utf-8-sig")), delimiter=";")  # type: ignore[attr-defined]
    return {rad[1]: rad[3:] for rad in list(linjer)[1:]}


def _lenke(html: str, navn: str) -> str:
    return unescape(re.search(rf'href="(\?[^"]+)"[^>]*>{navn}<', html)[1])  # type: ignore[index]


def test_a_free_pair_is_two_single_runs_beside_the_round(
    side: tuple[Client, str], runde: dict[str, int]
) -> None:
    klient, adresse = side
    en, to, par = (_rader(klient.get(adresse, valg | {"format": "csv"})) for valg in (EN, TO, PAR))
    assert len(par) == 357 and sum(int(rad[2]) for rad in par.values()) == 6000
    for nr, (for_, a, b, endring, em_for, em_a, em_b) in par.items():
        assert int(for_) == runde[nr] and int(endring) == int(b) - int(a)
        assert (for_, a, em_for, em_a) == (en[nr][0], en[nr][1], en[nr][3], en[nr][4])
        assert (b, em_b) == (to[nr][1], to[nr][4])
    assert par["1577"][2] == "33" and par["0301"][2] == "0" != par["0301"][1]


def test_the_page_says_who_gains_what_differs_and_the_sums_also_by_county(side: tuple[Client, str]) -> None:
    klient, adresse = side
    svar = klient.get(adresse, PAR)
    assert svar.status_code == 200
    html = svar.content.decode()
    lest = tekst(html)
    assert re.search(r"\d+ kommuner får flere i B enn i A, \d+ får færre\.", lest)
    for ulikt in (
        "Nasjonalt behov: 5 500 i A, 6 000 i B",
        "Låste tall: ingen i A, Volda 33 i B",
        "Kommuner utenfor: ingen i A, Oslo i B",
        "Vekten til «Arbeid i regionen»: 17,50 % i A, 25 % i B",
    ):
        assert ulikt in lest
    assert "Laveste tall for en kommune:" not in lest and "Vekten til «Styrt" not in lest
    kommuner, fylker = (
        tabell(html, "Runden, A og B, kommune for kommune"),
        tabell(html, "Runden, A og B, fylke for fylke"),
    )
    assert kommuner["Kommune"] == ["Fylke", "I runden", "I A", "I B", "B minus A"]
    endringer = [tall(rad[4]) for navn, rad in kommuner.items() if len(rad) == 5 and navn != "Kommune"]
    assert endringer[:20] == sorted(endringer[:20], reverse=True)
    assert [tall(celle) for celle in kommuner["Alle 357 rader"][1:]] == [5500, 5500, 6000, 500]
    assert len(fylker) == 1 + 15 + 1
    assert [tall(celle) for celle in fylker["Alle 15 rader"]] == [5500, 5500, 6000, 500]
    motsatt = tabell(
        klient.get(adresse, PAR | {"sorter": "endring"}).content.decode(),
        "Runden, A og B, kommune for kommune",
    )
    assert next(navn for navn in motsatt if navn != "Kommune") == "Oslo"


def test_a_link_keeps_what_is_tried_as_a_and_reproduces_both(side: tuple[Client, str]) -> None:
    klient, adresse = side
    # From the round to two forms that hold the round's own choices, without any script
    start = klient.get(adresse + _lenke(klient.get(adresse).content.decode(), "Sammenlign to varianter"))
    assert "A og B har de samme valgene." in tekst(start.content.decode())
    assert 'id="id_a-v_arbeid"' in start.content.decode() and 'id="id_v_arbeid"' in start.content.decode()
    # From one attempt to that attempt as A
    lenke = _lenke(klient.get(adresse, EN).content.decode(), "Behold dette som A, og lag en B")
    sendt = QueryDict(lenke[1:]).dict()
    assert sendt == EN | {f"a-{navn}": verdi for navn, verdi in EN.items()}
    # The same address gives the same numbers, also where the decimal mark is another
    fasit = _rader(klient.get(adresse, PAR | {"format": "csv"}))
    engelsk = klient.get(adresse, PAR | {"format": "csv"}, headers={"accept-language": "en"})
    assert _rader(engelsk) == fasit
    # And the two can change places
    html = klient.get(adresse, PAR, headers={"accept-language": "nb"}).content.decode()
    byttet = _rader(klient.get(adresse + _lenke(html, "Bytt om A og B") + "&format=csv"))
    assert all(byttet[nr][1:3] == rad[2:0:-1] for nr, rad in fasit.items())
    alene = _lenke(html, "Ta bort A")
    assert QueryDict(alene[1:]).dict() == TO


def test_what_is_not_chosen_is_the_round(side: tuple[Client, str], runde: dict[str, int]) -> None:
    klient, adresse = side
    bare_a = {f"a-{navn}": verdi for navn, verdi in EN.items()}
    par, en = (_rader(klient.get(adresse, valg | {"format": "csv"})) for valg in (bare_a, EN))
    for nr, rad in par.items():
        assert [rad[0], rad[1], rad[2]] == [str(runde[nr]), en[nr][1], str(runde[nr])]


def test_the_files_carry_both_variants_and_what_differs(side: tuple[Client, str]) -> None:
    klient, adresse = side
    fil = json.loads(klient.get(adresse, PAR | {"format": "json"}).content)
    assert fil["om"]["Nasjonalt behov"].replace("\u202f", " ").replace("\xa0", " ") == "5 500 i A, 6 000 i B"
    assert {"runden", "a", "b", "endring", "em_runden", "em_a", "em_b"} <= fil["rader"][0].keys()
    fylker = json.loads(klient.get(adresse, PAR | {"fylke-format": "json"}).content)
    assert fylker["antall"] == 15
    for kode in ("runden", "a", "b", "endring"):
        assert sum(r[kode] for r in fylker["rader"]) == sum(r[kode] for r in fil["rader"])
    assert klient.get(adresse, PAR | {"format": "xlsx"}).content[:2] == b"PK"


def test_what_is_wrong_says_in_which_variant(side: tuple[Client, str]) -> None:
    klient, adresse = side
    svar = klient.get(adresse, PAR | {"a-laas": "Atlantis 12", "v_arbeid": "60", "a-behov": ""})
    html = svar.content.decode()
    assert svar.status_code == 422
    lenker = re.findall(r'<li><a href="(#id_[^"]+)">([^<]+)', html)
    assert [(maal, sier[:2]) for maal, sier in lenker] == [
        ("#id_a-behov", "A:"),
        ("#id_a-laas", "A:"),
        ("#id_behov", "B:"),
    ]
    assert "til sammen 1,35" in html and 'value="Atlantis 12"' in html and 'value="60"' in html
    assert "som A" not in html and "Bytt om" not in html


def test_adjusted_numbers_stand_still_are_listed_and_can_be_left_out(
    side: tuple[Client, str], runde: dict[str, int]
) -> None:
    klient, adresse = side
    assert runde[JUSTERT] == 47
    html = klient.get(adresse).content.decode()
    assert f"Steinkjer: 47 personer. {GRUNN}" in tekst(html) and "Her står de stille" in tekst(html)
    assert 'name="uten_dialog"' in html
    med = _rader(klient.get(adresse, EN | {"format": "csv"}))
    uten = _rader(klient.get(adresse, EN | {"uten_dialog": "on", "format": "csv"}))
    assert med[JUSTERT][1] == "47" != uten[JUSTERT][1]
    assert sum(int(rad[1]) for rad in uten.values()) == 5500
    valgt = klient.get(adresse, EN | {"uten_dialog": "on"}).content.decode()
    assert "Nå er justeringene tatt bort i forsøket." in tekst(valgt)
    assert QueryDict(_lenke(valgt, "Behold dette som A, og lag en B")[1:])["a-uten_dialog"] == "on"
    par = klient.get(adresse, EN | {f"a-{n}": v for n, v in (EN | {"uten_dialog": "on"}).items()})
    assert "Justeringene fra samrådet: tatt bort i A, med i B" in tekst(par.content.decode())
    assert "Nå er justeringene tatt bort i A." in tekst(par.content.decode())


def test_a_criterion_without_weight_and_figures_is_no_choice(side: tuple[Client, str]) -> None:
    klient, adresse = side
    html = klient.get(adresse).content.decode()
    assert "v_rom_for_mange" not in html and "v_funksjonsnedsettelse" in html
