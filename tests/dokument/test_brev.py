"""A letter's content as JSON and back, and the small rules of typography."""

from dataclasses import replace
from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bosett.dokument.brev import Avsnitt, Godkjenning, Lenke, Maalform, Tekst, avtrykk, fra_json, til_json
from bosett.dokument.jsonform import UgyldigForm
from bosett.dokument.maler.fyll import fyll
from bosett.dokument.typografi import pen, tidspunkt

from .brevdata import lag, lag_godkjent


@pytest.mark.parametrize("brev", [lag(), lag_godkjent(Maalform.NN, em=2)])
def test_brevet_kommer_tilbake_som_det_var(brev):
    assert fra_json(til_json(brev)) == brev


@given(st.text(min_size=1))
def test_alle_tekster_overlever_lagring(tekst):
    brev = replace(lag(), kopi_til=(tekst,))
    assert fra_json(til_json(brev)) == brev


def test_avtrykket_folger_innholdet():
    assert avtrykk(lag()) == avtrykk(lag())
    assert avtrykk(lag()) != avtrykk(lag(antall=16))


@pytest.mark.parametrize(
    "endring",
    [
        {"ukjent": 1},
        {"tittel": 5},
        {"seksjoner": {}},
        {"maalform": "sv"},
        {"slag": "Noe"},
        {"dato": "i dag"},
        {"vedlegg": [{"slag": "Vedlegg"}]},
    ],
)
def test_lagret_innhold_som_ikke_er_et_brev_avvises(endring):
    with pytest.raises(UgyldigForm):
        fra_json({**til_json(lag()), **endring})


def test_brev_uten_referanse_finnes_ikke():
    with pytest.raises(ValueError, match="referanse"):
        replace(lag(), referanse=" ")


def test_lenker_er_trygge():
    with pytest.raises(ValueError, match="https"):
        Lenke("her", "javascript:alert(1)")


def test_godkjenning_krever_tidssone():
    with pytest.raises(ValueError, match="tidssone"):
        Godkjenning("Demo", "rolle", datetime(2019, 1, 1))  # noqa: DTZ001 - that is the point


def test_fyll_leser_ikke_verdier_som_maler():
    assert fyll("a {x} b", {"x": "{y}", "y": "nei"}) == Avsnitt((Tekst("a {y} b"),))


def test_fyll_krever_alle_verdier():
    with pytest.raises(KeyError):
        fyll("{mangler}", {})


def test_typografi():
    assert (
        pen('Les "dette" i § 5, 20. desember kl. 14')
        == "Les «dette» i §\u00a05, 20.\u00a0desember kl.\u00a014"
    )
    assert tidspunkt(datetime(2020, 7, 1, 12, 0, tzinfo=UTC)) == "01.07.2020\u00a0kl.\u00a014.00"
