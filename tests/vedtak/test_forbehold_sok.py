"""The lists of patterns are asked in pieces, and answer as one long alternation would."""

import csv
import re
from pathlib import Path

import pytest
import yaml

from bosett.vedtak.rules import leksikon
from bosett.vedtak.rules.sok import INNI

FIL = Path(__file__).with_name("tekster") / "utvikling_4.csv"
LISTER = [
    ("vilkaar", "sterke"),
    ("vilkaar", "svake"),
    ("hvem", "utloser"),
    ("hvem", "ufarlig"),
    ("roller", "falt"),
    ("roller", "debatt"),
    ("mengde", "foran"),
]


def _tekster() -> list[str]:
    with FIL.open(encoding="utf-8", newline="") as inn:
        return [rad["tekst"].lower() for rad in csv.DictReader(inn)][::6]


def _som_en(monstre: list[str]) -> re.Pattern[str]:
    deler = "|".join(leksikon._utvid(m, leksikon.klasser()) for m in monstre)
    return re.compile(rf"(?<!\w)(?:{deler})(?!\w)")


@pytest.mark.parametrize(("fil", "navn"), LISTER)
def test_a_list_answers_as_one_alternation(fil: str, navn: str) -> None:
    innhold = yaml.safe_load((leksikon.MAPPE / f"{fil}.yaml").read_text(encoding="utf-8"))[navn]
    en = _som_en(leksikon._linjer(innhold))
    sok = leksikon.liste(fil, navn)
    for tekst in _tekster():
        assert [t.span() for t in sok.finditer(tekst)] == [t.span() for t in en.finditer(tekst)], tekst


@pytest.mark.parametrize("navn", ["hvem", "ressurs", "modal", "bosette", "flyktning", "komp_a"])
def test_a_class_answers_as_one_alternation(navn: str) -> None:
    en = re.compile(rf"(?<!\w)(?:{leksikon.klasser()[navn]})(?!\w)")
    for tekst in _tekster():
        mot, her = en.search(tekst), leksikon.klasse(navn).search(tekst)
        assert (her and her.span()) == (mot and mot.span()), tekst


def test_what_a_pattern_may_begin_with() -> None:
    start = leksikon._starter
    assert start("på vilkår") == {"på ", "paa", "pa "}
    assert start("(ny|gammel) sak") == {"ny", "gam"}
    assert start("(svært )?syk~") == {"svæ", "sva", "svä", "syk"}
    assert start("~bolig") == {INNI + "bolig"}
    assert start("<N> nye") == {"ɴ"}
