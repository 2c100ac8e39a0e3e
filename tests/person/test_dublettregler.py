"""Two persons that may be one: which are shown, why, and which are not."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bosett.person.rules.dubletter import GRENSE, Kjennetegn, likhet, naere_datoer

FODT = date(1990, 5, 12)


def _k(*navn: str, fodt: date = FODT, land: str = "") -> Kjennetegn:
    return Kjennetegn(navn, fodt, land)


@pytest.mark.parametrize(
    ("en", "annen", "grunner"),
    [
        (_k("Amina Yusuf"), _k("Yusuf Amina"), ("samme_navn", "samme_fodt")),
        (_k("Amina Yusuf"), _k("Aminah Youssef"), ("lydlikt_navn", "samme_fodt")),
        (_k("Ahmed Hassan"), _k("أحمد حسن"), ("lydlikt_navn", "samme_fodt")),
        (_k("Oleksandr Bondar"), _k("Олександр Бондар"), ("samme_navn", "samme_fodt")),
        (_k("Amina Yusuf Hassan"), _k("Amina Yusuf"), ("samme_fodt", "del_av_navn")),
        (_k("Amina Yusuf"), _k("Amina Yusuf", fodt=date(1990, 12, 5)), ("samme_navn", "byttet_fodt")),
        (_k("Amina Yusuf"), _k("Amina Yusuf", fodt=date(1996, 5, 12)), ("samme_navn", "siffer_fodt")),
    ],
)
def test_shown_with_the_reasons(en: Kjennetegn, annen: Kjennetegn, grunner: tuple[str, ...]) -> None:
    svar = likhet(en, annen)
    assert svar is not None and svar.grunner == grunner


@pytest.mark.parametrize(
    "annen",
    [
        _k("Amina Yusuf", fodt=date(1971, 1, 1), land="SYR"),
        _k("Aminah Youssef", fodt=date(1996, 5, 12), land="SYR"),
        _k("Amina Hassan", land="SYR"),
        _k("Bahar Karimi", land="SYR"),
        _k("Amina", land="SYR"),
    ],
    ids=["other birth date", "like sound and near date", "one name of two", "same date only", "part of one name"],
)  # fmt: skip
def test_not_shown_whatever_the_citizenship(annen: Kjennetegn) -> None:
    assert likhet(_k("Amina Yusuf", land="SYR"), annen) is None


def test_citizenship_adds_and_a_number_is_always_enough() -> None:
    uten, med = (likhet(_k("Amina Yusuf", land=land), _k("Amina Yusuf", land="SYR")) for land in ("", "SYR"))
    assert uten is not None and med is not None
    assert (uten.poeng, med.poeng) == (90, 95) and med.grunner[-1] == "samme_land"
    ulike = likhet(_k("Amina Yusuf"), _k("Bahar Karimi", fodt=date(1971, 1, 1)), samme_nummer=True)
    assert ulike is not None and ulike.grunner == ("samme_nummer",)


DATOER = st.dates(date(1920, 1, 1), date(2026, 11, 22))


@given(DATOER, DATOER)
def test_the_same_either_way_and_found_by_the_search(en: date, annen: date) -> None:
    a, b = _k("Amina Yusuf", fodt=en), _k("Amina Yusuf", fodt=annen)
    assert likhet(a, b) == likhet(b, a)
    svar = likhet(a, b)
    if svar is not None:
        assert annen in naere_datoer(en) and svar.poeng >= GRENSE


@given(st.text(max_size=12), st.text(max_size=12))
def test_any_text_may_be_a_name(a: str, b: str) -> None:
    svar = likhet(_k(a), _k(b))
    assert svar is None or svar.poeng >= GRENSE
