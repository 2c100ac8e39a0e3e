"""Listings read from pasted text and from files: what is said is found, what is not said is empty, and nothing is guessed."""

import io
import json
from datetime import date
from typing import Any

import pytest
import xlsxwriter

from bosett.bolig.rules import annonsefelt as felt
from bosett.bolig.rules.annonse import identitet, les_tekst, slettes_for
from bosett.bolig.rules.annonsefil import les_fil
from bosett.bolig.rules.regneark import les_xlsx
from bosett.grunn.feil import Ugyldig
from bosett.kilder.feil import Lesefeil

DAG = date(2026, 11, 1)
LENKE = "https://www.finn.no/realestate/lettings/ad.html?finnkode=123456789"
TEKST = """
3-roms leilighet til leie på Nordsida
Prøveveien 12 B, 7713 Steinkjer
Til leie
Månedsleie
12 000,-
Depositum
36 000,-
Nøkkelinfo
Primærrom
78 m²
Soverom 3
Etasje
2.
Boligtype
Leilighet
Ledig fra 01.12.2026
Utleier
Kari Demo
Mobil: 900 00 123
kari@demo.invalid
Om boligen
Lys og fin. Rom for alle i huset.
Husleie betales på forskudd.
"""


@pytest.mark.krav_delvis("R209")
def test_a_page_as_finn_writes_it_fills_the_fields() -> None:
    lest = les_tekst(LENKE, TEKST, DAG).sagt()
    assert lest == {
        "nokkel": "finn:123456789", "lenke": LENKE, "finnkode": "123456789", "tittel": "3-roms leilighet til leie på Nordsida",
        "adresse": "Prøveveien 12 B", "postnummer": "7713", "poststed": "Steinkjer", "husleie": 12000, "rom": 3, "soverom": 3,
        "areal": 78, "etasje": 2, "ledig_fra": date(2026, 12, 1), "utleier": "Kari Demo", "telefon": "90000123",
        "epost": "kari@demo.invalid", "beskrivelse": "Lys og fin. Rom for alle i huset.\nHusleie betales på forskudd.",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("tekst", "navn", "verdi"),
    [
        ("Leie per måned: kr 9.500", "husleie", 9500),
        ("Husleie 14\u00a0500 kr/mnd", "husleie", 14500),
        ("Månedsleie 12 000,00", "husleie", 12000),
        ("Månedsleie: 10 000 eller 12 000", "husleie", None),
        ("Månedsleie: etter avtale", "husleie", None),
        ("Månedsleie: 12", "husleie", None),
        ("Depositum: 36 000,-", "husleie", None),
        ("Husleie 9 000\nHusleie 11 000", "husleie", None),
        ("To soverom og bad", "soverom", 2),
        ("2 soverom i første, 3 soverom i andre", "soverom", None),
        ("Antall soverom: tre", "soverom", 3),
        ("Soverom: 99", "soverom", None),
        ("Rom for alle i huset", "rom", None),
        ("Rom: 4", "rom", 4),
        ("Fin 2-roms og stor 3-roms", "rom", None),
        ("BRA 55 kvm", "areal", 55),
        ("Internt bruksareal 61,5 m²", "areal", 61),
        ("Etasje: U", "etasje", None),
        ("Ligger i 3. etasje", "etasje", 3),
        ("Ledig fra: 1. desember 2026", "ledig_fra", date(2026, 12, 1)),
        ("Ledig 1. des 2026", "ledig_fra", date(2026, 12, 1)),
        ("Ledig fra 2026-12-01", "ledig_fra", date(2026, 12, 1)),
        ("Ledig nå", "ledig_fra", DAG),
        ("Innflytting: omgående", "ledig_fra", DAG),
        ("Ledig fra 1. desember", "ledig_fra", None),
        ("Ledig fra 31.02.2027", "ledig_fra", None),
        ("Leieperiode 01.01.2027 – 31.12.2029", "ledig_fra", date(2027, 1, 1)),
        ("Leieperiode\n01.01.2027 – 31.12.2029", "ledig_til", date(2029, 12, 31)),
        ("Tlf 90000123", "telefon", "90000123"),
        ("Ring +47 900 00 123", "telefon", "90000123"),
        ("Tlf 90000123 eller 90000124", "telefon", ""),
        ("Byggeår 1987, 12 000 000", "telefon", ""),
        ("Adresse\nPrøvegata 3, 7713 Steinkjer", "poststed", "Steinkjer"),
        ("Adresse: ved kirka", "postnummer", ""),
        ("skriv til a@demo.invalid eller b@demo.invalid", "epost", ""),
        ("", "tittel", ""),
        ("https://www.finn.no/1", "tittel", ""),
        ("Soverom", "soverom", None),
        ("Soverom\nBad", "soverom", None),
        ("<script>alert(1)</script>", "beskrivelse", ""),
    ],
)
def test_ugly_texts(tekst: str, navn: str, verdi: object) -> None:
    assert getattr(les_tekst("https://hybel.demo.invalid/1", tekst, DAG), navn) == verdi


def test_the_same_listing_has_the_same_key_however_the_link_is_written() -> None:
    like = (
        LENKE,
        "www.finn.no/realestate/lettings/ad.html?utm_source=x&finnkode=123456789",
        "https://m.finn.no/123456789",
        "http://finn.no/realestate/lettings/ad/123456789?ci=1#bilder",
    )
    assert {identitet(lenke)[0] for lenke in like} == {"finn:123456789"}
    assert (
        identitet("https://Hybel.demo.invalid/bolig/17/?b=2&a=1&utm_medium=y")[0]
        == "hybel.demo.invalid/bolig/17?a=1&b=2"
    )
    assert len(identitet("https://hybel.demo.invalid/" + "x" * 450)[0]) <= 300


@pytest.mark.parametrize("lenke", ["", "ikke en lenke", "javascript:alert(1)", "ftp://finn.no/1", "//", "https://[", "https://finn", "x" * 600])  # fmt: skip
def test_what_is_no_address_of_a_page_is_refused(lenke: str) -> None:
    with pytest.raises(Ugyldig) as feil:
        identitet(lenke)
    assert feil.value.kode == "ANNONSE-LENKE"


RADER = [
    {"lenke": LENKE, "Månedsleie": "12 000", "soverom": "3", "Ledig fra": "01.12.2026", "telefon": "90000123", "postnummer": "7713"},
    {"lenke": "https://hybel.demo.invalid/2", "Månedsleie": "8500", "soverom": "1"},
]  # fmt: skip


def csv_fil(rader: list[dict[str, Any]]) -> bytes:
    kolonner = list(rader[0])
    linjer = [";".join(kolonner), *(";".join(str(rad.get(k, "")) for k in kolonner) for rad in rader)]
    return "\r\n".join(linjer).encode()


def xlsx_fil(rader: list[dict[str, Any]]) -> bytes:
    ut = io.BytesIO()
    bok = xlsxwriter.Workbook(ut)
    ark, datoform = bok.add_worksheet(), bok.add_format({"num_format": "dd.mm.yyyy"})
    for k, navn in enumerate(rader[0]):
        ark.write(0, k, navn)
        for r, rad in enumerate(rader, 1):
            verdi = rad.get(navn, "")
            if navn == "Ledig fra" and verdi:
                ark.write_datetime(r, k, date(2026, 12, 1), datoform)
            elif str(verdi).isdigit():
                ark.write_number(r, k, int(verdi))
            else:
                ark.write_string(r, k, str(verdi))
    bok.close()
    return ut.getvalue()


@pytest.mark.krav_delvis("R025")
@pytest.mark.parametrize(
    ("navn", "innhold"),
    [
        ("a.csv", csv_fil(RADER)),
        ("a.xlsx", xlsx_fil(RADER)),
        ("a.JSON", json.dumps({"annonser": RADER}).encode()),
    ],
)
def test_csv_excel_and_json_say_the_same(navn: str, innhold: bytes) -> None:
    forste, andre = les_fil(navn, innhold, DAG)
    assert (forste.nokkel, forste.husleie, forste.soverom, forste.ledig_fra) == (
        "finn:123456789",
        12000,
        3,
        date(2026, 12, 1),
    )
    assert (forste.telefon, forste.postnummer) == ("90000123", "7713")
    assert andre.sagt() == {
        "nokkel": "hybel.demo.invalid/2", "lenke": "https://hybel.demo.invalid/2", "husleie": 8500, "soverom": 1
    }  # fmt: skip


def test_every_fault_of_a_file_is_named_with_row_and_column_and_no_number_of_a_person() -> None:
    rader = [
        {"lenke": "tull", "husleie": "", "telefon": "", "ledig_fra": ""},
        {"lenke": LENKE, "husleie": "mye", "telefon": "1234567890123", "ledig_fra": "i vår"},
        {"lenke": LENKE + "&x=1", "husleie": "9000", "telefon": "", "ledig_fra": ""},
        {"lenke": "https://m.finn.no/123456789", "husleie": "9000", "telefon": "", "ledig_fra": ""},
    ]
    with pytest.raises(Lesefeil) as feil:
        les_fil("a.csv", csv_fil(rader), DAG)
    funnet = {(f.rad, f.kolonne) for f in feil.value.feil}
    assert {(2, "lenke"), (3, "husleie"), (3, "telefon"), (3, "ledig_fra")} <= funnet
    assert "1234567890123" not in str(feil.value) and feil.value.felt == "fil"


@pytest.mark.parametrize(
    ("navn", "innhold"),
    [("a.csv", b"husleie\n9000"), ("a.csv", b""), ("a.json", b"{"), ("a.json", b"[1]"), ("a.xlsx", b"PK"), ("a.xlsx", b""),
     ("a.pdf", b"x"), ("a.xlsx", xlsx_fil([{"husleie": "1"}]))],
)  # fmt: skip
def test_files_that_are_not_listings_are_refused_with_help(navn: str, innhold: bytes) -> None:
    with pytest.raises(Ugyldig) as feil:
        les_fil(navn, innhold, DAG)
    assert feil.value.gjor or feil.value.regel


def test_twice_in_a_file_is_a_fault() -> None:
    with pytest.raises(Lesefeil) as feil:
        les_fil("a.csv", csv_fil([RADER[0], RADER[0]]), DAG)
    assert [(f.rad, f.kolonne) for f in feil.value.feil] == [(3, "lenke")]


def test_an_excel_file_with_holes() -> None:
    rader = les_xlsx(
        xlsx_fil([{"a": "1", "b": "", "c": "x"}, {"a": "", "b": "", "c": ""}, {"a": "", "b": "", "c": "y"}])
    )
    assert [(nr, celler) for nr, celler in rader] == [
        (1, ["a", "b", "c"]),
        (2, ["1", "", "x"]),
        (4, ["", "", "y"]),
    ]


def test_values_and_the_day_it_is_deleted() -> None:
    assert felt.sted("Prøvegata 3") == ("Prøvegata 3", "", "")
    assert felt.datoer("01.12.26 og 2.1.2027") == [date(2026, 12, 1), date(2027, 1, 2)]
    assert slettes_for(date(2026, 11, 1)) == date(2026, 5, 5)
