"""Numbers and dates as a reader meets them."""

import unicodedata
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bosett.grunn.tallformat import (
    dato_kort,
    dato_lang,
    dato_naer,
    dato_ukedag,
    med_enhet,
    med_fortegn,
    prosent,
    tall,
    ukedag,
)

SMALT = "\u202f"
HARDT = "\u00a0"
JULAFTEN = date(2019, 12, 24)


def som_lest(tekst: str) -> str:
    """What the eye sees: every kind of space is a space."""
    return "".join(" " if unicodedata.category(tegn) == "Zs" else tegn for tegn in tekst)


@pytest.mark.krav("R114")
@pytest.mark.parametrize("spraak", ["nb", "nn"])
def test_tall_i_brev_og_tabeller_har_norsk_form(spraak):
    assert tall(5025, spraak=spraak) == f"5{SMALT}025"
    assert som_lest(tall(5025, spraak=spraak)) == "5 025"
    assert tall(99.6, spraak=spraak) == "99,6"
    assert som_lest(tall(10_000, spraak=spraak)) == "10 000"
    assert tall(15, spraak=spraak) == "15"


@pytest.mark.parametrize(
    ("verdi", "desimaler", "ventet"),
    [
        (0, None, "0"),
        (999, None, "999"),
        (1_234_567, None, f"1{SMALT}234{SMALT}567"),
        (-12, None, "\u221212"),
        (-1234.5, 1, f"\u22121{SMALT}234,5"),
        (Decimal("22758.17"), 2, f"22{SMALT}758,17"),
        (2.675, 2, "2,68"),  # as it reads, not as the binary float lies
        (0.5, 0, "1"),
        (2.5, 0, "3"),  # half up, not to even
        (-0.04, 1, "0,0"),  # no «−0,0»
        (-0.0, None, "0,0"),
        (1e21, None, SMALT.join(["1"] + ["000"] * 7)),
        (1e-7, None, "0,0000001"),
        (3, 2, "3,00"),
        (10**40, 0, SMALT.join(["10"] + ["000"] * 13)),
    ],
)
def test_tall(verdi, desimaler, ventet):
    assert tall(verdi, desimaler) == ventet


def test_engelsk_har_komma_og_punktum():
    assert tall(5025.5, spraak="en") == "5,025.5"
    assert prosent(99.6, spraak="en") == "99.6%"


def test_fortegn_og_prosent():
    assert med_fortegn(3.1) == "+3,1"
    assert med_fortegn(-0.44, 1) == "\u22120,4"
    assert med_fortegn(0.04, 1) == "0,0"
    assert med_fortegn(0) == "0"
    assert prosent(99.6) == f"99,6{HARDT}%"
    assert med_enhet(15, "personer") == f"15{HARDT}personer"


@pytest.mark.parametrize("verdi", [float("nan"), float("inf"), Decimal("NaN"), Decimal("-Infinity")])
def test_det_ukjente_er_ikke_et_tall(verdi):
    with pytest.raises(ValueError):
        tall(verdi)


def test_sannhetsverdi_er_ikke_et_tall():
    with pytest.raises(TypeError):
        tall(True)


def test_datoer_paa_tre_spraak():
    assert som_lest(dato_lang(date(2019, 12, 20))) == "20. desember 2019"
    assert som_lest(dato_lang(date(2019, 12, 20), "en")) == "20 December 2019"
    assert som_lest(dato_lang(JULAFTEN, "nn", med_ukedag=True)) == "tysdag 24. desember 2019"
    assert dato_kort(date(2019, 2, 3)) == "03.02.2019"
    assert som_lest(dato_ukedag(JULAFTEN)) == "tir. 24. des."
    assert som_lest(dato_ukedag(JULAFTEN, "nn", aar=True)) == "tys. 24. des. 2019"
    assert som_lest(dato_ukedag(JULAFTEN, "en")) == "Tue 24 Dec"
    assert ukedag(date(2026, 11, 28), "nn") == "laurdag"


@pytest.mark.parametrize(
    ("dato", "ventet"),
    [
        (date(2026, 11, 22), "i går, 22. nov."),
        (date(2026, 11, 23), "i dag, 23. nov."),
        (date(2026, 11, 24), "i morgen, 24. nov."),
        (date(2026, 11, 25), "ons. 25. nov."),
        (date(2026, 11, 21), "lør. 21. nov."),
        (date(2027, 1, 20), "ons. 20. jan. 2027"),
    ],
)
def test_dato_slik_en_klokke_viser_den(dato, ventet):
    assert som_lest(dato_naer(dato, date(2026, 11, 23))) == ventet


def test_i_morgen_over_nyttaar_sier_aaret():
    assert som_lest(dato_naer(date(2027, 1, 1), date(2026, 12, 31))) == "i morgen, 1. jan. 2027"


@given(st.dates(), st.sampled_from(["nb", "nn", "en"]))
def test_en_dato_brytes_aldri(dato, spraak):
    for tekst in (dato_lang(dato, spraak, med_ukedag=True), dato_ukedag(dato, spraak, aar=True)):
        assert " " not in tekst


@given(st.integers(-(10**30), 10**30))
def test_ingen_sifre_forsvinner_i_heltall(verdi):
    tekst = tall(verdi)
    assert int(tekst.replace(SMALT, "").replace("\u2212", "-")) == verdi
    assert " " not in tekst


@given(
    st.decimals(allow_nan=False, allow_infinity=False, min_value=-(10**12), max_value=10**12),
    st.integers(0, 4),
)
def test_avrunding_er_aldri_mer_enn_en_halv_enhet(verdi, desimaler):
    vist = Decimal(tall(verdi, desimaler).replace(SMALT, "").replace("\u2212", "-").replace(",", "."))
    assert abs(vist - verdi) <= Decimal(1).scaleb(-desimaler) / 2
