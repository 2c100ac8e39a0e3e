"""Norwegian order, search keys, official parts, language form."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bosett.geografi.rules.maalform import velg_maalform
from bosett.geografi.rules.navn import kortnavn, offisielle_deler, samme_navn, sokenavn, sorteringsnavn


def test_norsk_rekkefolge():
    navn = ["Ås", "Øygarden", "Ærø", "Asker", "Zoo", "Álaheadju", "ørland", "Åfjord", "Bø"]
    assert sorted(navn, key=sorteringsnavn) == [
        "Álaheadju",
        "Asker",
        "Bø",
        "Zoo",
        "Ærø",
        "ørland",
        "Øygarden",
        "Åfjord",
        "Ås",
    ]


@given(st.text(max_size=20))
def test_sokenavn_er_stabilt_og_kan_ikke_bryte_skilletegnet(tekst):
    assert sokenavn(sokenavn(tekst)) == sokenavn(tekst)
    assert "|" not in sokenavn(tekst)


@pytest.mark.parametrize(
    ("a", "b"),
    [
        ("Kárášjohka", "karasjohka"),
        ("ÅS", "as"),
        ("Sør-Varanger", "sor varanger"),
        ("Porsáŋgu", "porsangu"),
        ("Evje og  Hornnes", "EVJE OG HORNNES"),
    ],
)
def test_sok_tilgir(a, b):
    assert sokenavn(a) == sokenavn(b)


def test_offisielle_deler():
    assert offisielle_deler("Storfjord - Omasvuotna - Omasvuono") == ("Storfjord", "Omasvuotna", "Omasvuono")
    assert offisielle_deler("Sande (Møre og Romsdal)") == ("Sande",)
    assert offisielle_deler("Sør-Varanger") == ("Sør-Varanger",)
    assert kortnavn("Hábmer - Hamarøy", frozenset({"Hamarøy"})) == "Hamarøy"
    assert kortnavn("Ny - Gammel", frozenset()) == "Ny - Gammel"
    assert samme_navn("Hamarøy", "Hábmer - Hamarøy")
    assert not samme_navn("Nes", "Nesbyen")


@pytest.mark.parametrize(
    ("vedtak", "onske", "form", "plikt"),
    [
        ("bokmal", None, "bokmal", True),
        ("nynorsk", "bokmal", "nynorsk", True),
        ("noytral", "nynorsk", "nynorsk", False),
        ("noytral", None, "bokmal", False),
        (None, None, "bokmal", False),
    ],
)
def test_maalform(vedtak, onske, form, plikt):
    valg = velg_maalform(vedtak, onske)
    assert (valg.form, valg.plikt) == (form, plikt)
    assert valg.grunn.endswith(".")
    assert ("ikke kjent" in valg.grunn) == (vedtak is None)
