"""The files of `data/` hold what they say."""

import csv
from collections import Counter

import pytest
from tests.geografi.conftest import DATA


def _les(navn):
    with (DATA / navn).open(encoding="utf-8") as fil:
        return list(csv.DictReader(fil))


def test_de_357_kommunene():
    rader = _les("kommuner.csv")
    assert len(rader) == len({r["kommunenummer"] for r in rader}) == 357
    assert Counter(r["maalform"] for r in rader) == {"bokmal": 118, "nynorsk": 88, "noytral": 151}
    assert [r["kommunenummer"] for r in rader] == sorted(r["kommunenummer"] for r in rader)
    assert all(r["fylkesnummer"] == r["kommunenummer"][:2] for r in rader)
    assert all(int(r["innbyggere_avrundet"]) % 100 == 0 and int(r["innbyggere_avrundet"]) > 0 for r in rader)


def test_fylkene_av_i_dag_og_for():
    fylker = _les("fylker.csv")
    dagens = {r["fylkesnummer"]: r["navn"] for r in fylker if not r["gyldig_til"]}
    assert len(dagens) == 15
    assert {(r["fylkesnummer"], r["fylke"]) for r in _les("kommuner.csv")} == set(dagens.items())
    assert {r["navn"]: r["maalvedtak"] for r in fylker if r["maalvedtak"] not in ("", "noytral")} == {
        "Vestland": "nynorsk", "Møre og Romsdal": "nynorsk", "Vestfold": "bokmal",
    }  # fmt: skip
    assert all(r["kilde"] for r in fylker)


def test_avrundingen_stemmer_med_folketallet(delt):
    with (delt / "data" / "kommuneregister" / "folkemengde_1_januar_2012_2026.csv").open() as fil:
        eksakt = {r["kommunenummer"]: int(r["i_alt"]) for r in csv.DictReader(fil) if r["aar"] == "2026"}
    assert {r["kommunenummer"] for r in _les("kommuner.csv")} == set(eksakt)
    for rad in _les("kommuner.csv"):
        assert int(rad["innbyggere_avrundet"]) == pytest.approx(eksakt[rad["kommunenummer"]], abs=51)


def test_demoregionene_er_merket_og_dekker_hvert_fylke():
    regioner = _les("imdiregioner_demo.csv")
    assert len({r["region"] for r in regioner}) == 6
    assert all("DEMO" in r["kilde"] for r in regioner)
    assert sorted(r["fylkesnummer"] for r in regioner) == sorted(
        {r["fylkesnummer"] for r in _les("kommuner.csv")}
    )
