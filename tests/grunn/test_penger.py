"""Money: exact, and rounded once."""

from decimal import Decimal
from fractions import Fraction

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bosett.grunn.penger import NULL, Belop

ORE = st.integers(-(10**15), 10**15)


def test_introduksjonsstonad_2026_som_i_domenefilen():
    """2 G a year at G 136 549: month, two thirds, one third and five sixths, each rounded once."""
    aar = Belop.kroner(2 * 136_549)
    brok = {1: "22758.17", Fraction(2, 3): "15172.11", Fraction(1, 3): "7586.06", Fraction(5, 6): "18965.14"}
    for del_, ventet in brok.items():
        assert aar.ganger(Fraction(1, 12) * del_) == Belop.kroner(ventet)


def test_tekst():
    assert Belop.kroner("22758.17").tekst() == "22\u202f758,17\u00a0kr"
    assert Belop.kroner(-5).tekst() == "\u22125,00\u00a0kr"
    assert Belop.kroner("136549.50").tekst(ore=False) == "136\u202f550\u00a0kr"
    assert Belop.kroner("1234.5").tekst("en") == "NOK\u00a01,234.50"
    assert str(NULL) == "0,00\u00a0kr"


@pytest.mark.parametrize(
    ("kroner", "ore"),
    [("0.005", 1), ("0.0049", 0), ("-0.005", -1), ("2.675", 268), ("10", 1000), (Decimal("1e3"), 100_000)],
)
def test_avrunding_er_halv_opp(kroner, ore):
    assert Belop.kroner(kroner).ore == ore


@pytest.mark.parametrize("verdi", [1.5, True, None, 2.0])
def test_flyttall_slipper_aldri_inn(verdi):
    with pytest.raises(TypeError):
        Belop.kroner(verdi)
    with pytest.raises(TypeError):
        Belop(100).ganger(verdi)
    with pytest.raises(TypeError):
        Belop(verdi)


@pytest.mark.parametrize(
    "tekst", ["", "abc", "1,5", "1.", ".5", "--1", "NaN", "1e5", "١٢", Decimal("NaN"), Decimal("Infinity")]
)
def test_tull_er_ikke_penger(tekst):
    with pytest.raises(ValueError):
        Belop.kroner(tekst)


def test_belop_og_tall_blandes_ikke():
    with pytest.raises(TypeError):
        Belop(1) + 1  # type: ignore[operator]
    assert Belop(1) != 1


@given(ORE, ORE)
def test_regning_er_eksakt(a, b):
    assert Belop(a) + Belop(b) - Belop(b) == Belop(a)
    assert -Belop(a) + Belop(a) == NULL
    assert (Belop(a) < Belop(b)) == (a < b)
    assert Belop.kroner(Belop(a).i_kroner) == Belop(a)


@given(ORE, st.lists(st.integers(0, 1000), min_size=1, max_size=30).filter(any))
def test_deler_blir_til_sammen_det_hele(ore, vekter):
    deler = Belop(ore).fordel(vekter)
    assert sum(del_.ore for del_ in deler) == ore
    for del_, vekt in zip(deler, vekter, strict=True):
        assert abs(del_.ore - Fraction(ore * vekt, sum(vekter))) < 1
        assert vekt or not del_


def test_deling_gir_resten_til_den_med_storst_rest_og_ved_likhet_den_forste():
    assert [del_.ore for del_ in Belop(100).fordel([1, 1, 1])] == [34, 33, 33]
    assert [del_.ore for del_ in Belop(10).fordel([3, 3, 1])] == [4, 4, 2]


@pytest.mark.parametrize("vekter", [[], [0, 0], [1, -1]])
def test_umulige_vekter(vekter):
    with pytest.raises(ValueError):
        Belop(100).fordel(vekter)
