"""The bridge: shares that add up, unknown that stays unknown, codes without a bridge said aloud."""

from datetime import date
from decimal import Decimal

import pytest

from bosett.geografi.rules.bro import Brobok, Kant, Nummerbruk

FOR, SKILT, NAA = date(2019, 7, 1), date(2021, 7, 1), date(2026, 1, 1)
D2020, D2024 = date(2020, 1, 1), date(2024, 1, 1)


def _svar(bok, broer, nummer, dato):
    bro = broer.bro(nummer, dato)
    return {bok.identiteter[e.identitet][-1].nummer: e.vekt for e in bro.etterfolgere}


def test_gamle_haram_er_haram_og_resten_av_gamle_alesund_er_alesund(bok, broer):
    assert _svar(bok, broer, "1534", FOR) == {"1580": 1}
    for nummer in ("1504", "1523", "1529", "1546"):
        assert _svar(bok, broer, nummer, FOR) == {"1508": 1}


def test_ukjent_andel_forblir_ukjent(bok, broer):
    assert _svar(bok, broer, "1507", SKILT) == {"1508": None, "1580": None}
    assert _svar(bok, broer, "5012", FOR) == {"5055": None, "5056": None, "5059": None}
    assert _svar(bok, broer, "1613", date(2010, 1, 1)) == {"5055": None, "5056": None, "5059": None}


def test_sammenslaing_og_nummerbytte_er_entydig(bok, broer):
    assert _svar(bok, broer, "0711", FOR) == {"3301": 1}
    assert broer.bro("1601", FOR.replace(year=2015)).entydig
    assert _svar(bok, broer, "0301", FOR) == {"0301": 1}


def test_en_dato_underveis(bok, broer):
    bro = broer.bro("1534", FOR, SKILT)
    assert [bok.identiteter[e.identitet][1].nummer for e in bro.etterfolgere] == ["1507"]


def test_nummer_brukt_utenfor_sin_tid_sies_fra_om(bok, broer):
    bro = broer.bro("0702", FOR)
    assert (bro.utenfor_periode, bro.finnes) == (True, True)
    assert "utenfor" in bro.merknad
    assert _svar(bok, broer, "1580", date(1999, 1, 1)) == {"1580": 1}


def test_en_kode_uten_bro_gjettes_aldri(broer):
    bro = broer.bro("9999", FOR)
    assert (bro.finnes, bro.etterfolgere, bro.merknad) == (False, (), "nummeret er ukjent")


def test_et_nummer_flere_har_hatt_er_ikke_entydig_utenfor_tiden():
    bok = Brobok([Nummerbruk("0001", "a", None, D2020), Nummerbruk("0001", "b", D2024, None)], [])
    assert bok.bro("0001", FOR).etterfolgere[0].identitet == "a"
    assert not bok.bro("0001", SKILT).finnes
    assert "flere kommuner" in bok.bro("0001", SKILT).merknad


@pytest.fixture
def vektet():
    bruk = [
        Nummerbruk("0001", "a", None, D2020),
        Nummerbruk("0002", "b", None, None),
        Nummerbruk("0003", "c", None, None),
    ]
    return lambda *kanter: Brobok(bruk, kanter)


def test_andeler_ganges_langs_veien_og_legges_sammen(vektet):
    bok = vektet(
        Kant("a", "b", "deling", D2020, Decimal("0.4"), True), Kant("a", "c", "deling", D2020, Decimal("0.6"), True),
        Kant("b", "c", "sammenslaing", D2024),
    )  # fmt: skip
    (e,) = bok.bro("0001", FOR).etterfolgere
    assert (e.identitet, e.vekt, e.anslag) == ("c", 1, True)
    assert {e.identitet: e.vekt for e in bok.bro("0001", FOR, SKILT).etterfolgere} == {
        "b": Decimal("0.4"),
        "c": Decimal("0.6"),
    }


def test_grensejustering(vektet):
    bok = vektet(Kant("b", "c", "grensejustering", D2020, Decimal("0.1"), True))
    assert {e.identitet: e.vekt for e in bok.bro("0002", FOR).etterfolgere} == {
        "b": Decimal("0.9"),
        "c": Decimal("0.1"),
    }
    ukjent = vektet(Kant("b", "c", "grensejustering", D2020))
    assert {e.identitet: e.vekt for e in ukjent.bro("0002", FOR).etterfolgere} == {"b": None, "c": None}


def test_hvert_gammelt_nummer_har_bro_og_kjente_andeler_blir_en(bok, broer):
    for versjoner in bok.identiteter:
        for v in versjoner:
            bro = broer.bro(v.nummer, v.fra or date(2010, 1, 1))
            assert bro.finnes
            assert not bro.utenfor_periode
            vekter = [e.vekt for e in bro.etterfolgere]
            assert None in vekter or sum(vekter) == 1
            assert all(e.identitet in bok.gjeldende().values() for e in bro.etterfolgere)
