"""The copy a person gets can be read by her: words for every code, in her language, section by section, and codes beside them as data."""

import io
import json
import re
import zipfile
from collections.abc import Iterator
from datetime import date, datetime
from typing import Any

import pytest
from django.urls import reverse
from django.utils import translation
from tests.dokument.filer import png
from tests.person.saker import mottaket
from tests.person.test_hendelser import ta_imot
from tests.person.test_sammenslaaing import slaa_sammen, to_like
from tests.person.test_vern import hun

from aktorer import innlogget, som_bruker
from bosett.aktor.kontekst import som, system
from bosett.aktor.models import Organisasjon
from bosett.dokument.models import Dokument
from bosett.dokument.services import ta_imot as ta_imot_fil
from bosett.grunn.klokke import OSLO, frys
from bosett.oppgave.services import NyOppgave, opprett
from bosett.person import kopi
from bosett.person.models import Person
from bosett.person.services import samtykker
from bosett.person.services.lop import sok_privat
from bosett.web.person.kopitekst import Del, Felt, deler, som_data
from meldinger import ankomst, duf, melding

TIRSDAG = datetime(2026, 11, 24, 10, 0, tzinfo=OSLO)
KODE = re.compile(r"[a-z]+(_[a-z]+)+|[a-z]{3}|[A-Z]{3}|\d{4}-\d\d-\d\d.*|\[.*|\{.*|True|False|None")
"""What a stored value looks like to somebody who is no programmer."""


@pytest.fixture
def familien(land: str) -> Iterator[Person]:
    """A mother in a family of two at a centre, with something in as many tables as there is; her son has no permit."""
    with frys(TIRSDAG):
        with som(system("prove")):
            mottaket()
        ta_imot(
            ankomst(1, sak="S", statsborgerskap="SYR", spraak=["kmr", "ara"], tolkespraak="kmr", kjonn="kvinne"),
            ankomst(2, sak="S", rolle="barn", fornavn="Karim", fodt="2020-01-01"),
            ankomst(3, sak="ANNEN", fornavn="Fremmed", etternavn="Nabo"),
            melding("tillatelse", 1, "2026-02-01", grunnlag="flyktning", vedtatt="2026-02-01", til="2029-02-01"),
            melding("slektskap", 1, "2026-01-10", til_duf=duf(2), slag="forelder"),
            melding("slektskap", 1, "2026-01-10", til_duf=duf(3), slag="sosken"),
            melding("aldersretting", 1, "2026-03-01", fodt="1991-05-01"),
            *(melding("plassering", nr, "2026-01-10", mottak="M1") for nr in (1, 2)),
        )  # fmt: skip
        h = hun(1).husholdning
        with som(system("prove")) as aktor:
            imdi = Organisasjon.objects.get(slag="imdi")
            opprett(oppgaver=[NyOppgave(h.pk, imdi, ["imdi_radgiver"], "bekreft_privat", "om Karim", "/", date(2026, 12, 1))])  # fmt: skip
            ta_imot_fil(aktor=aktor, subjekt_id=h.pk, organisasjon=imdi, navn="bevis.png", innhold=png())
            Dokument.objects.create(
                subjekt_id=h.pk, slag="vedtaksbrev", tittel="DEMO Brev om kommune", spraak="nb", tilstand="utkast", innhold={}, avtrykk="x",
                aar=2026, nummer=9001, saksreferanse="DEMO", motpart=imdi, retning="ut", dato=date(2026, 11, 20),
            )  # fmt: skip
        with som_bruker("imdi_radgiver") as aktor:
            samtykker.gi(aktor=aktor, person=hun(1).uuid, formaal="helse", gitt=date(2026, 3, 1), maate="tolk", spraak="kmr")  # fmt: skip
        yield hun(1)


def uten_harde(alt: Any) -> Any:
    """With spaces where the words have hard ones."""
    return json.loads(json.dumps(alt, default=str).replace("\\u00a0", " "))


def kopien(person: Person, spraak: str = "nb") -> tuple[tuple[Del, ...], dict[str, Any]]:
    with translation.override(spraak), som_bruker("imdi_radgiver") as aktor:
        laget = kopi.lag(aktor=aktor, person=person.uuid, spraak=spraak)
        alle = deler(laget)
        return alle, uten_harde(som_data(laget, alle))


def felter(alle: tuple[Del, ...]) -> Iterator[tuple[str, Felt]]:
    return ((en.kode, f) for en in alle for rad in en.rader for f in rad)


def test_every_code_is_words_in_three_languages_and_stays_beside_them(familien: Person) -> None:
    for spraak, ord_ in (
        (
            "nb",
            (
                "Syria",
                "Kurmandsji",
                "Flyktning",
                "Mottaksbeboer",
                "1. mai 1991",
                "Forelder",
                "Kvinne",
                "Søker",
            ),
        ),
        ("nn", ("Syria", "Kurmandsji", "Flyktning", "1. mai 1991")),
        ("en", ("Syria", "Kurmanji", "Refugee", "1 May 1991")),
    ):
        alle, data = kopien(familien, spraak)
        raa = [
            (d, f.kode, sagt)
            for d, f in felter(alle)
            for sagt in f.ord
            if KODE.fullmatch(sagt) and sagt != "UDI"
        ]
        assert raa == []
        hele = {sagt.replace("\u00a0", " ") for _d, f in felter(alle) for sagt in f.ord}
        assert hele >= set(ord_), spraak
        person = data["opplysninger"]["Person"]["rader"][0]
        assert person["statsborgerskap"]["verdi"] == "SYR" and person["statsborgerskap"]["tekst"] == "Syria"
        assert person["spraak"]["verdi"] == ["kmr", "ara"] and person["fodt"]["verdi"] == "1991-05-01"
        assert data["opplysninger"]["Lop"]["rader"][0]["slag"]["verdi"] == "mottak"
        assert data["spraak"] == spraak
        json.dumps(data)


def test_what_is_missing_is_a_sentence_that_names_nobody_else(familien: Person) -> None:
    _alle, data = kopien(familien)
    mangler = data["opplysninger"]["Husholdning"]["rader"][0]["mangler"]
    assert mangler["verdi"] == [{"kode": "tillatelse", "hun": False}]
    assert mangler["tekst"] == "En annen i husholdningen har ikke fått oppholdstillatelse."
    meldt = data["opplysninger"]["Person"]["rader"][0]["meldt"]
    assert {"Kom som: Asylsøker", "Fødselsdatoen ble rettet: 1. mars 2026"} <= set(meldt["tekst"].split("; "))
    hele = json.dumps(data, ensure_ascii=False)
    with som(system("prove")):
        barnet = hun(2)
    assert str(barnet.uuid) not in hele and duf(2) not in hele and "om Karim" not in hele
    assert "Fremmed" not in hele and "Nabo" not in hele and "en i en annen husholdning" in hele


def test_letters_files_and_tasks_of_the_case_are_in_it(familien: Person) -> None:
    alle, data = kopien(familien)
    rader = data["dokumenter"]["rader"]
    assert [(r["tittel"]["tekst"], r["dato"]["tekst"], r["retning"]["tekst"], r["tilstand"]["tekst"]) for r in rader] == [
        ("DEMO Brev om kommune", "20. november 2026", "Brev ut", "Utkast"),
        ("bevis.png", "24. november 2026", "Fil", "Til kontroll"),
    ]  # fmt: skip
    (oppgave,) = data["oppgaver"]["rader"]
    assert (
        oppgave["slag"]["verdi"] == "bekreft_privat"
        and oppgave["slag"]["tekst"] == "Bekreft at de bor privat"
    )
    assert oppgave["frist"]["tekst"] == "1. desember 2026"
    kolonner = {d.kode: [kode for kode, _navn in d.kolonner] for d in alle if d.tom}
    assert "ferdig" not in kolonner["oppgaver"], "nothing is done"
    assert kolonner["gjort"] == ["tid", "handling", "hvem"]
    assert "utenfor" not in kolonner["sett_av"]
    with som(system("prove")):
        fremmed = hun(3)
    andres, deres = kopien(fremmed)
    assert deres["dokumenter"]["rader"] == deres["oppgaver"]["rader"] == []
    assert next(d.tom for d in andres if d.kode == "dokumenter")


def test_who_was_registered_twice_reads_it_in_words_too(land: str) -> None:
    with frys(TIRSDAG):
        slaa_sammen(to_like())
        alle, data = kopien(hun(1))
    rad = data["opplysninger"]["Sammenslaaing"]["rader"][0]
    assert rad["flyttet"]["tekst"].startswith("Numre: 1") and isinstance(rad["flyttet"]["verdi"], dict)
    assert data["opplysninger"]["Dublett"]["rader"][0]["status"] == {
        "navn": "Hva som er bestemt", "verdi": "slaatt_sammen", "tekst": "Slått sammen",
    }  # fmt: skip
    assert [(d, f.kode, o) for d, f in felter(alle) for o in f.ord if KODE.fullmatch(o) and o != "UDI"] == []


def test_a_municipality_has_its_name(land: str) -> None:
    with frys(TIRSDAG):
        ta_imot(ankomst(1))
        volda = Organisasjon.objects.select_related("kommune").get(slag="kommune", navn__startswith="Volda").kommune  # fmt: skip
        with som_bruker("imdi_radgiver") as aktor:
            sok_privat(aktor=aktor, husholdning_id=hun(1).husholdning_id, sokt=date(2026, 2, 1), kanal="papir", bor_i=volda)  # fmt: skip
        _alle, data = kopien(hun(1))
    (soknad,) = data["opplysninger"]["Privatsoknad"]["rader"]
    assert soknad["bor_i"]["tekst"] == "Volda" and soknad["kanal"] == {
        "navn": "Hvordan det ble søkt", "verdi": "papir", "tekst": "På papir",
    }  # fmt: skip


def test_the_file_has_a_contents_list_a_heading_for_each_section_and_prints(familien: Person) -> None:
    adresse = reverse("person:kopi", args=[familien.uuid])
    svar = innlogget("imdi_radgiver").post(adresse, {"spraak": "en"})
    with zipfile.ZipFile(io.BytesIO(svar.content)) as pakke:
        html, data = (pakke.read(navn).decode() for navn in sorted(pakke.namelist()))
    innhold = re.findall(r'<li><a href="#(\w+)">', html)
    assert innhold == re.findall(r'<h2 id="(\w+)">', html)[1:] and len(innhold) == len(set(innhold))
    assert {"Person", "Opphold", "dokumenter", "oppgaver", "delt_med", "sett_av", "gjort"} <= set(innhold)
    assert '<html lang="en">' in html and "Kurmanji" in html and json.loads(data)["spraak"] == "en"
    assert "@media print" in html and "<script" not in html and "http" not in html
    assert not re.search(r"\d{4}-\d\d-\d\d|\{'|\['|None|True", html)
    assert 'lang="nb"' in _html(innlogget("imdi_radgiver").post(adresse, {"spraak": "fr"}).content)


def _html(innhold: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(innhold)) as pakke:
        return pakke.read(min(pakke.namelist())).decode()
