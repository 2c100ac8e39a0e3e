"""A text with marks: every character stands once, findings overlap or are empty, and nothing in the text becomes markup."""

from django.template.loader import render_to_string
from hypothesis import given
from hypothesis import strategies as st

from bosett.vedtak.rules.sjekk import sjekk_tekst
from bosett.web.vedtak.merking import Bit, merk


def _funn(fra: int, til: int, utfall: str = "forbehold") -> dict[str, object]:
    return {"ord": "x", "fra": fra, "til": til, "utfall": utfall, "kategori": "hvis", "regel": "Regel.", "kilde": "K"}  # fmt: skip


def test_the_words_are_cut_out_and_numbered_in_the_order_of_the_text() -> None:
    merket = merk("abcdef", [_funn(4, 6), _funn(1, 2, "usikker")])
    assert merket.biter == (
        Bit("a"),
        Bit("b", "usikker", (1,)),
        Bit("cd"),
        Bit("ef", "forbehold", (2,)),
    )
    assert [m.nr for m in merket.merknader] == [1, 2]


def test_overlapping_findings_keep_the_text_whole_and_the_stronger_wins() -> None:
    merket = merk("abcdef", [_funn(0, 4, "usikker"), _funn(2, 6)])
    assert merket.biter == (
        Bit("ab", "usikker"),
        Bit("cd", "forbehold", (1,)),
        Bit("ef", "forbehold", (2,)),
    )
    inni = merk("abcd", [_funn(0, 4), _funn(1, 2)])
    assert [bit.slutt for bit in inni.biter] == [(), (2,), (1,)]


def test_an_empty_finding_has_its_number_and_marks_nothing() -> None:
    assert merk("abc", [_funn(3, 3)]).biter == (Bit("abc"), Bit("", "", (1,)))
    assert merk("", [_funn(0, 0)]).biter == (Bit("", "", (1,)),)
    assert merk("abc", []).biter == (Bit("abc"),)


@given(
    st.text(max_size=30),
    st.lists(st.tuples(st.integers(-3, 40), st.integers(-3, 40)), max_size=6),
)
def test_no_character_is_lost_and_every_number_stands_once(tekst: str, steder: list[tuple[int, int]]) -> None:
    merket = merk(tekst, [_funn(fra, til) for fra, til in steder])
    assert "".join(bit.tekst for bit in merket.biter) == tekst
    assert sorted(nr for bit in merket.biter for nr in bit.slutt) == list(range(1, len(steder) + 1))


def test_what_the_rules_find_is_marked_and_nothing_is_taken_for_markup() -> None:
    tekst = "<b>Kommunen</b> bosetter inntil 25 flyktninger i 2027, forutsatt at boliger er tilgjengelige."
    svar = sjekk_tekst(tekst)
    assert svar.funn
    html = render_to_string("vedtak/_merket_tekst.html", {"merket": merk(tekst, svar.funn)})
    assert "&lt;b&gt;Kommunen&lt;/b&gt;" in html and "<b>" not in html
    assert html.count("<mark") >= len(svar.funn)
    for funn in svar.funn:
        assert f"«{funn.ord}»" in html
