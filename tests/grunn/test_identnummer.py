"""Identity numbers. No number of a living person is written here: all are made by arithmetic while the test runs."""

from datetime import date

import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st
from stdnum.no import fodselsnummer as stdnum_fnr

from bosett.grunn.feil import Ugyldig
from bosett.grunn.identnummer import (
    duf_kontroll,
    kontroller,
    lag_syntetisk_duf,
    lag_syntetisk_fnr,
)

I_DAG = date(2026, 11, 21)
FOR_2032 = date(2031, 12, 31)
FRA_2032 = date(2032, 1, 1)
UDI_EKSEMPEL = "2012 586975 61"  # UDI's own printed example; the usual check gives 06

K1 = [3, 7, 6, 1, 8, 9, 4, 5, 2]
K2 = [5, 4, 3, 2, 7, 6, 5, 4, 3, 2]


def bygg(dato: date, individ: int, *, dag: int = 0, maaned: int = 0, rest: int = 0) -> str | None:
    """Eleven digits with right control digits (own arithmetic), or None where a control digit would be 10."""
    ni = f"{dato.day + dag:02}{dato.month + maaned:02}{dato.year % 100:02}{individ:03}"
    k1 = (rest - sum(int(s) * v for s, v in zip(ni, K1, strict=True))) % 11
    k2 = -sum(int(s) * v for s, v in zip(f"{ni}{k1}", K2, strict=False)) % 11
    return None if 10 in (k1, k2) else f"{ni}{k1}{k2}"


def forste(dato: date, serie: range, **kw: int) -> str:
    return next(nummer for individ in serie if (nummer := bygg(dato, individ, **kw)))


ORDINAERT = forste(date(1990, 5, 17), range(499, -1, -1))
UKE = date(1985, 3, 4)


# --- which type -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("tillegg", "type_", "syntetisk"),
    [
        ({}, "fodselsnummer", False),
        ({"dag": 40}, "d_nummer", False),
        ({"maaned": 40}, "h_nummer", False),
        ({"maaned": 80}, "fodselsnummer", True),
        ({"dag": 40, "maaned": 80}, "d_nummer", True),
    ],
)
def test_type_leses_av_dag_og_maaned(tillegg, type_, syntetisk):
    resultat = kontroller(forste(UKE, range(100, 400), **tillegg), I_DAG)
    assert (resultat.type, resultat.gyldig, resultat.syntetisk) == (type_, True, syntetisk)


def test_h_nummer_sier_at_det_ikke_staar_i_folkeregisteret():
    resultat = kontroller(forste(UKE, range(100, 400), maaned=40), I_DAG)
    assert resultat.gyldig
    assert "Folkeregisteret" in resultat.advarsler[0]


@pytest.mark.parametrize("tillegg", [{"dag": 40, "maaned": 40}, {"dag": 80}])
def test_merker_som_ikke_finnes_er_ukjente(tillegg):
    resultat = kontroller(forste(UKE, range(100, 400), **tillegg), I_DAG)
    assert (resultat.type, resultat.gyldig) == ("ukjent", False)
    assert resultat.advarsler


@pytest.mark.parametrize(
    "nummer",
    [
        "",
        "   ",
        "123",
        "1" * 10,
        "1" * 13,
        "abc",
        "12345678901x",
        "٠١٠١٩٠١٢٣٤٥",
        "１２３４５６７８９０１",
        "-" * 11,
        "\x00" * 11,
    ],
)
def test_det_som_ikke_er_et_nummer_faar_en_forklaring(nummer):
    resultat = kontroller(nummer, I_DAG)
    assert (resultat.type, resultat.gyldig, resultat.syntetisk) == ("ukjent", False, False)
    assert resultat.advarsler and resultat.advarsler[0].endswith(".")


@pytest.mark.parametrize("skille", [" ", "\u00a0", "\u202f", "-", "\t"])
def test_mellomrom_taales(skille):
    skrevet = f" {ORDINAERT[:6]}{skille}{ORDINAERT[6:]}\n"
    assert kontroller(skrevet, I_DAG) == kontroller(ORDINAERT, I_DAG)
    assert kontroller(skrevet, I_DAG).nummer == ORDINAERT


# --- fødselsnummer ----------------------------------------------------------------------------------------------


@given(st.dates(date(1900, 1, 1), I_DAG), st.integers(0, 999))
@settings(max_examples=300)
def test_enig_med_stdnum_om_vanlige_fodselsnummer(fodt, individ):
    nummer = bygg(fodt, individ)
    assume(nummer is not None)
    # stdnum also knows the series for 1854–1899 (500–749): nobody born then is in this system.
    assume(not (500 <= individ <= 749 and fodt.year % 100 >= 54))
    assert kontroller(nummer, date.today()).gyldig == stdnum_fnr.is_valid(nummer)  # noqa: DTZ011


@given(st.integers(0, 10), st.integers(1, 9))
def test_ett_galt_siffer_oppdages(plass, endring):
    siffer = (int(ORDINAERT[plass]) + endring) % 10
    galt = f"{ORDINAERT[:plass]}{siffer}{ORDINAERT[plass + 1 :]}"
    resultat = kontroller(galt, I_DAG)
    assert not resultat.gyldig
    assert resultat.advarsler
    assert all(galt not in advarsel for advarsel in resultat.advarsler)


def test_skuddaar_og_aarhundre():
    assert kontroller(forste(date(2000, 2, 29), range(999, 499, -1)), I_DAG).gyldig
    # The same digits with a series of the 1900s mean 29 February 1900, which never was.
    assert not kontroller(forste(date(2000, 2, 29), range(499, 300, -1)), I_DAG).gyldig
    assert kontroller(forste(date(1950, 2, 1), range(999, 899, -1)), I_DAG).gyldig
    assert not kontroller(forste(date(1950, 2, 1), range(899, 749, -1)), I_DAG).gyldig


def test_den_som_ikke_er_fodt_har_ikke_nummer():
    nummer = forste(date(2030, 6, 1), range(999, 499, -1))
    assert not kontroller(nummer, date(2030, 5, 31)).gyldig
    assert kontroller(nummer, date(2030, 6, 1)).gyldig


# --- the rules of 2032 ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("rest", [1, 2, 3])
@pytest.mark.parametrize("tillegg", [{}, {"dag": 40}, {"maaned": 80}, {"dag": 40, "maaned": 80}])
def test_nye_kontrollsifre_gjelder_forst_fra_2032(rest, tillegg):
    nummer = forste(date(1982, 10, 30), range(999, 499, -1), rest=rest, **tillegg)
    foer, etter = kontroller(nummer, FOR_2032), kontroller(nummer, FRA_2032)
    assert not foer.gyldig
    assert any("2032" in advarsel for advarsel in foer.advarsler)
    assert etter.gyldig
    assert any("fødselsdato fra Folkeregisteret" in advarsel for advarsel in etter.advarsler)
    assert foer.type == etter.type


@pytest.mark.parametrize("rest", range(4, 11))
def test_andre_rester_er_aldri_gyldige(rest):
    nummer = forste(date(1982, 10, 30), range(999, 499, -1), rest=rest)
    assert not kontroller(nummer, FRA_2032).gyldig


def test_skatteetatens_eksempel_fra_2032():
    """Born 2 January 2032, individual number 999: the remainders 0 and 2 give numbers, 1 gives a 10 and is thrown away."""
    fodt = date(2032, 1, 2)
    forste_nummer, uten, neste = (bygg(fodt, 999, rest=rest) for rest in (0, 1, 2))
    assert forste_nummer is not None and forste_nummer.endswith("97")
    assert uten is None
    assert neste is not None and neste.endswith("03")
    assert kontroller(forste_nummer, fodt).gyldig
    assert kontroller(neste, fodt).gyldig
    assert not kontroller(neste, I_DAG).gyldig


def test_h_nummer_faar_ikke_nye_kontrollsifre():
    assert not kontroller(forste(UKE, range(100, 400), maaned=40, rest=2), FRA_2032).gyldig


@given(st.dates(date(1900, 1, 1), date(2031, 12, 31)), st.integers(0, 999), st.booleans())
@settings(max_examples=200)
def test_gamle_numre_er_fortsatt_gyldige(fodt, individ, er_d):
    nummer = bygg(fodt, individ, dag=40 if er_d else 0)
    assume(nummer is not None)
    if kontroller(nummer, FOR_2032).gyldig:
        etter = kontroller(nummer, FRA_2032)
        assert etter.gyldig
        assert etter.advarsler == ()


# --- DUF --------------------------------------------------------------------------------------------------------


def test_udis_eget_eksempel_gir_advarsel_og_aldri_avslag():
    resultat = kontroller(UDI_EKSEMPEL, I_DAG)
    assert (resultat.type, resultat.gyldig, resultat.syntetisk) == ("duf", True, False)
    assert len(resultat.advarsler) == 1
    assert duf_kontroll("2012586975") == "06"


@given(st.integers(1990, 2026), st.integers(0, 999_999), st.integers(0, 99))
def test_duf_avvises_aldri_for_kontrollsifrene(aar, lopenummer, kontroll):
    forste_ti = f"{aar}{lopenummer:06}"
    resultat = kontroller(f"{forste_ti}{kontroll:02}", I_DAG)
    assert resultat.type == "duf"
    assert resultat.gyldig
    assert (resultat.advarsler == ()) == (f"{kontroll:02}" == duf_kontroll(forste_ti))


@pytest.mark.parametrize("aar", ["2027", "0000", "1899", "9999"])
def test_duf_med_umulig_aar(aar):
    assert not kontroller(f"{aar}58697561", I_DAG).gyldig


@given(st.integers(1990, 2026), st.integers(0, 999_999))
def test_syntetisk_duf_kan_aldri_vaere_ekte(aar, lopenummer):
    duf = lag_syntetisk_duf(aar, lopenummer)
    assert 11 <= int(duf[10:]) <= 99
    resultat = kontroller(duf, I_DAG)
    assert resultat.gyldig
    assert resultat.syntetisk


# --- organisation numbers ---------------------------------------------------------------------------------------


def test_organisasjonsnummer():
    gyldige = [n for n in range(999_999_000, 1_000_000_000) if kontroller(str(n), I_DAG).gyldig]
    assert 80 <= len(gyldige) <= 100  # one control digit of eleven, less those where it would be 10
    resultat = kontroller(f"{str(gyldige[0])[:3]} {str(gyldige[0])[3:6]} {str(gyldige[0])[6:]}", I_DAG)
    assert (resultat.type, resultat.gyldig) == ("organisasjonsnummer", True)
    galt = kontroller(str(gyldige[0] + 1), I_DAG)
    assert (galt.type, galt.gyldig) == ("organisasjonsnummer", False)
    assert galt.advarsler


# --- made numbers -----------------------------------------------------------------------------------------------


@given(st.dates(date(1900, 1, 1), I_DAG), st.integers(0, 60), st.booleans())
@settings(max_examples=200)
def test_syntetisk_nummer_er_gyldig_og_merket(fodt, lopenummer, er_d):
    nummer = lag_syntetisk_fnr(fodt, lopenummer, d_nummer=er_d)
    resultat = kontroller(nummer, I_DAG)
    assert (resultat.gyldig, resultat.syntetisk) == (True, True)
    assert resultat.type == ("d_nummer" if er_d else "fodselsnummer")
    assert not stdnum_fnr.is_valid(nummer)
    assert nummer == lag_syntetisk_fnr(fodt, lopenummer, d_nummer=er_d)


def test_syntetiske_numre_er_ulike():
    numre = [lag_syntetisk_fnr(date(2010, 7, 1), nr) for nr in range(300)]
    assert len(set(numre)) == 300


@pytest.mark.parametrize(
    ("fodt", "nr"), [(date(1899, 1, 1), 0), (date(2040, 1, 1), 0), (UKE, 5000), (UKE, -1)]
)
def test_tom_serie_sier_fra(fodt, nr):
    with pytest.raises(Ugyldig) as feil:
        lag_syntetisk_fnr(fodt, nr)
    assert feil.value.gjor


def test_duf_utenfor_formen_sier_fra():
    with pytest.raises(Ugyldig):
        lag_syntetisk_duf(2026, 1_000_000)


@given(st.text(max_size=20), st.dates(date(2000, 1, 1), date(2100, 1, 1)))
@settings(max_examples=300)
def test_taaler_alt(tekst, dato):
    resultat = kontroller(tekst, dato)
    assert resultat.gyldig or resultat.advarsler


@given(st.text("0123456789", min_size=11, max_size=11), st.dates(date(2000, 1, 1), date(2100, 1, 1)))
@settings(max_examples=500)
def test_tilfeldige_elleve_sifre(sifre, dato):
    resultat = kontroller(sifre, dato)
    assert resultat.gyldig or resultat.advarsler
    assert resultat.type in {"fodselsnummer", "d_nummer", "h_nummer", "ukjent"}
