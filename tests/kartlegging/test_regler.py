"""The form as data, what an answer may hold, and completeness."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bosett.grunn.feil import Ugyldig
from bosett.kartlegging.rules.fullstendig import AVKLART, tell
from bosett.kartlegging.rules.skjema import SLAG, gjeldende, gjelder, skjemaer
from bosett.kartlegging.rules.verdier import STATUSER, les, som_tekst
from bosett.person.rules.koder import koder

SKJEMA = gjeldende(date(2026, 11, 24))
SPRAAK = ("nb", "nn", "en")


def test_no_field_without_purpose_basis_and_source() -> None:
    for skjema in skjemaer().values():
        assert skjema.kilde
        for felt in skjema.felter.values():
            assert felt.formaal.hjemmel.startswith("IL §"), felt.navn
            assert "IF §" in felt.formaal.hjemmel and felt.kilde.startswith("IF §"), felt.navn
            assert felt.slag in SLAG and felt.seksjon in skjema.seksjoner
            for tekst in (felt.tekst, felt.ukjent, felt.formaal.tekst, *felt.valg.values()):
                assert all(tekst.paa(spraak) for spraak in SPRAAK), felt.navn


def test_health_religion_and_ethnicity_each_need_a_consent_of_their_own() -> None:
    saerlige = {f.navn: f.saerlig for f in SKJEMA.felter.values() if f.saerlig}
    assert set(saerlige) == {"helse", "religion", "etnisitet"}
    assert len(set(saerlige.values())) == 3 and set(saerlige.values()) <= set(koder("samtykker"))


def test_children_are_asked_little_and_only_one_answers_for_the_household() -> None:
    barn = {f.navn for f in SKJEMA.for_person(alder=4, hoved=False)}
    assert barn == {"helse", "religion", "etnisitet"}
    voksen = {f.navn for f in SKJEMA.for_person(alder=30, hoved=False)}
    assert {f.navn for f in SKJEMA.felter.values()} - voksen == {
        "familie", "barn", "sted", "onske_sted", "onske_sted_hvorfor",
    }  # fmt: skip


@pytest.mark.parametrize(
    ("felt", "inn", "ut", "tekst"),
    [
        ("digitalt", "hverdag", "hverdag", "Klarer det som trengs til daglig"),
        ("forerkort", ["C", "B"], ["B", "C"], "Personbil, Lastebil"),
        ("skolegang", 9, 9, "9"),
        ("sist_i_arbeid", date(2023, 6, 1), "2023-06-01", "01.06.2023"),
        ("yrke", "  Snekker ", "Snekker", "Snekker"),
        ("utdanning", "4", "4", "Videregående, fullført"),
        ("yrkesgruppe", "7", "7", "Håndverkere"),
        (
            "spraak",
            [{"spraak": "tir", "nivaa": "C2"}, {"spraak": "nor", "nivaa": ""}],
            [{"spraak": "tir", "nivaa": "C2"}, {"spraak": "nor", "nivaa": ""}],
            "tigrinja C2, norsk",
        ),
    ],
)
def test_a_value_is_read_stored_and_shown(felt: str, inn: object, ut: object, tekst: str) -> None:
    ett = SKJEMA.felter[felt]
    assert les(ett, inn) == ut and les(ett, ut) == ut
    assert som_tekst(ett, ut, "nb") == tekst


@pytest.mark.parametrize(
    ("felt", "verdi"),
    [
        ("digitalt", "kanskje"), ("digitalt", ["hverdag"]), ("forerkort", []), ("forerkort", ["X"]), ("skolegang", 31),
        ("skolegang", -1), ("skolegang", "ni"), ("skolegang", True), ("sist_i_arbeid", "i fjor"), ("yrke", " "),
        ("yrke", "x" * 4001), ("utdanning", "9"), ("yrkesgruppe", "71"), ("spraak", []), ("spraak", [{"spraak": "xyz", "nivaa": "A1"}]),
        ("spraak", [{"spraak": "ara", "nivaa": "D1"}]), ("spraak", [{"spraak": "ara", "nivaa": "A1"}, {"spraak": "ara", "nivaa": "B1"}]),
        ("spraak", ["ara"]),
    ],
)  # fmt: skip
def test_what_the_field_cannot_hold_is_refused(felt: str, verdi: object) -> None:
    with pytest.raises(Ugyldig):
        les(SKJEMA.felter[felt], verdi)


_SVAR = st.dictionaries(st.sampled_from(sorted(SKJEMA.felter)), st.sampled_from(STATUSER))


@given(svar=_SVAR, alder=st.integers(0, 90), hoved=st.booleans())
def test_completeness_counts_each_field_once_and_is_whole_only_when_nothing_is_missing(
    svar: dict[str, str], alder: int, hoved: bool
) -> None:
    tall = tell(SKJEMA, svar, alder=alder, hoved=hoved)
    assert [t.seksjon for t in tall] == list(SKJEMA.seksjoner)
    for t in tall:
        assert t.avklart + len(t.ukjent) == t.av and 0 <= t.prosent <= 100
        assert (t.prosent == 100) == (not t.ukjent)
    skal = {f.navn for f in SKJEMA.felter.values() if gjelder(f, alder, hoved) and not f.saerlig}
    mangler = [u.felt for t in tall for u in t.ukjent]
    assert set(mangler) == {navn for navn in skal if svar.get(navn) not in AVKLART} and len(mangler) == len(set(mangler))  # fmt: skip
    assert sum(t.av for t in tall) == len(skal)
    for t in tall:
        for u in t.ukjent:
            assert all(u.paa(spraak).endswith(".") and "{" not in u.paa(spraak) for spraak in SPRAAK)


@given(svar=_SVAR, felt=st.sampled_from(sorted(SKJEMA.felter)))
def test_one_more_answer_never_makes_a_mapping_less_complete(svar: dict[str, str], felt: str) -> None:
    for_ = tell(SKJEMA, svar, alder=30, hoved=True)
    etter = tell(SKJEMA, svar | {felt: "svar"}, alder=30, hoved=True)
    assert all(e.prosent >= f.prosent for f, e in zip(for_, etter, strict=True))
