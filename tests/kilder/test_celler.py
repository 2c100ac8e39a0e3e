"""One cell at a time."""

from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bosett.kilder.lesere import celler
from bosett.kilder.tall import Kvalitet, Nivaa, Tall, Tilstand


@pytest.mark.parametrize(
    ("tekst", "verdi", "tilstand"),
    [
        ("20", 20, Tilstand.TALL),
        (" 1 234 ", 1234, Tilstand.TALL),
        ("1\u00a0234", 1234, Tilstand.TALL),
        ("4625.0", 4625, Tilstand.TALL),
        ("0", 0, Tilstand.TALL),
        ("", None, Tilstand.MANGLER),
        ("..", None, Tilstand.MANGLER),
        (".", None, Tilstand.IKKE_AKTUELT),
        (":", None, Tilstand.SKJULT),
        ("-", None, Tilstand.IKKE_ANMODET),
        ("Avventer  vedtak", None, Tilstand.AVVENTER),
    ],
)
def test_spesialtegnene_blir_hver_sin_tilstand_og_aldri_null(tekst, verdi, tilstand):
    assert celler.imdi_celle(tekst) == (verdi, tilstand)


@pytest.mark.parametrize("tekst", ["x", "12a", "-5", "20.5", "1,5", "inf", "nan", "1.2.3", "::", "½", "٣"])
def test_ukjente_tegn_gjettes_ikke(tekst):
    with pytest.raises(ValueError, match=r"."):
        celler.imdi_celle(tekst)


@pytest.mark.parametrize(
    ("tekst", "verdi"),
    [
        ("12,5", "12.5"),
        ("12.5", "12.5"),
        ("1.234,5", "1234.5"),
        ("−3", "-3"),
        ("1 000 000", "1000000"),
        ("+7", "7"),
    ],
)
def test_tall_som_nordmenn_og_maskiner_skriver_dem(tekst, verdi):
    assert celler.desimaltall(tekst) == Decimal(verdi)


@given(st.integers(0, 10**9))
def test_hvert_antall_kommer_tilbake(tallet):
    grupper = f"{tallet:,}"
    for tekst in (
        str(tallet),
        grupper.replace(",", " "),
        grupper.replace(",", "\u202f"),
        f"{tallet}.0",
        f"{tallet},0",
    ):
        assert celler.imdi_celle(tekst) == (tallet, Tilstand.TALL)


@given(st.decimals(allow_nan=False, allow_infinity=False, places=3, min_value=-(10**6), max_value=10**6))
def test_desimaltall_med_punktum_og_komma_er_det_samme(tallet):
    assert celler.desimaltall(f"{tallet:f}") == celler.desimaltall(f"{tallet:f}".replace(".", ",")) == tallet


def test_nummer_far_tilbake_nullen_regnearket_tok():
    assert celler.kommunenummer("301") == "0301"
    assert celler.kommunenummer("301.0") == "0301"
    assert celler.fylkesnummer("3") == "03"
    for tekst in ("", "12", "12345", "03o1", "K-0301"):
        with pytest.raises(ValueError, match="siffer"):
            celler.kommunenummer(tekst)


def test_datoer():
    assert (
        celler.dato("2020-01-01") == celler.dato("01.01.2020") == celler.dato("2020-01-01T00:00:00.000+0100")
    )
    assert celler.dato("2020-01-01") == date(2020, 1, 1)
    with pytest.raises(ValueError, match="dato"):
        celler.dato("2020-13-01")


@pytest.mark.parametrize("tekst", ["1800", "20200", "i fjor", ""])
def test_aarstall(tekst):
    with pytest.raises(ValueError, match=r"."):
        celler.aarstall(tekst)


def test_et_tall_har_verdi_naar_tilstanden_er_tall_og_bare_da():
    felt = {"enhet": "personer", "referansedato": date(2026, 1, 1), "kilde": "IMDi", "lisens": ""}
    tall = Tall(5, Tilstand.TALL, **felt)
    assert tall.kjent
    assert (tall.kvalitet, tall.nivaa) == (Kvalitet.ENDELIG, Nivaa.KOMMUNE)
    assert not Tall(None, Tilstand.SKJULT, **felt).kjent
    for verdi, tilstand in ((None, Tilstand.TALL), (0, Tilstand.SKJULT)):
        with pytest.raises(ValueError, match="does not agree"):
            Tall(verdi, tilstand, **felt)
