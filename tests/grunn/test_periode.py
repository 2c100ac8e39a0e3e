"""Half-open periods."""

from datetime import UTC, date, datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bosett.grunn.feil import Ugyldig
from bosett.grunn.periode import Periode, gjelder, overlapp

A, B, C, D = (date(2026, 1, n) for n in (1, 5, 10, 20))


@st.composite
def perioder(draw):
    fra = draw(st.dates(date(2000, 1, 1), date(2050, 1, 1)))
    dager = draw(st.none() | st.integers(1, 4000))
    return Periode(fra, None if dager is None else fra + timedelta(days=dager))


def test_slutten_er_ikke_med():
    periode = Periode(A, B)
    assert periode.inneholder(A)
    assert date(2026, 1, 4) in periode
    assert B not in periode
    assert periode.dager == 4
    assert periode.siste_dag == date(2026, 1, 4)
    assert str(periode) == "01.01.2026–04.01.2026"
    assert str(Periode(A)) == "fra 01.01.2026"


def test_perioder_som_moetes_overlapper_ikke():
    assert not Periode(A, B).overlapper(Periode(B, C))
    assert Periode(A, B).snitt(Periode(B)) is None
    assert Periode(A, C).snitt(Periode(B, D)) == Periode(B, C)
    assert Periode(A).snitt(Periode(B)) == Periode(B)


@pytest.mark.parametrize("til", [A, A - timedelta(days=1)])
def test_baklengs_avvises_med_hjelp(til):
    with pytest.raises(Ugyldig) as feil:
        Periode(A, til)
    assert feil.value.kode == "PERIODE-REKKEFOLGE"
    assert feil.value.gjor


def test_tidspunkt_er_ikke_dato():
    with pytest.raises(TypeError):
        Periode(datetime(2026, 1, 1, tzinfo=UTC))


def test_slik_folk_skriver():
    assert Periode.fra_og_med(A, date(2026, 1, 4)) == Periode(A, B)
    assert Periode.fra_og_med(A) == Periode(A)
    assert Periode.fra_og_med(A, A).dager == 1
    assert (Periode.aar(2028).dager, Periode.aar(2026).dager) == (366, 365)


@given(perioder(), perioder(), st.dates(date(1999, 1, 1), date(2065, 1, 1)))
def test_snitt_er_dagene_i_begge(en, annen, dato):
    snitt = en.snitt(annen)
    assert (snitt is not None and dato in snitt) == (dato in en and dato in annen)
    assert snitt == annen.snitt(en)
    assert en.overlapper(annen) == (snitt is not None)


@given(st.lists(perioder(), max_size=6))
def test_overlapp_finner_et_par_naar_det_finnes(liste):
    finnes = any(a.overlapper(b) for i, a in enumerate(liste) for b in liste[i + 1 :])
    par = overlapp(liste)
    assert (par is not None) == finnes
    assert par is None or par[0].overlapper(par[1])


def test_gjelder_velger_radene_paa_datoen():
    class Rad:
        def __init__(self, periode: Periode) -> None:
            self.periode = periode

    rader = [Rad(Periode(A, B)), Rad(Periode(B, C)), Rad(Periode(A))]
    assert gjelder(rader, B) == [rader[1], rader[2]]
