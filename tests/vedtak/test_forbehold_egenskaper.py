"""Properties of the reservation check: what is clean stays clean, and every word of the lexicon that loosens a decision does so."""

import csv
import re
from pathlib import Path

import pytest
import yaml
from hypothesis import given, settings
from hypothesis import strategies as st

from bosett.vedtak.rules import sjekk_tekst
from bosett.vedtak.rules.leksikon import MAPPE

MED = {"nb": "Kommunen bosetter 15 flyktninger i 2026. ", "nn": "Kommunen buset 15 flyktningar i 2026. "}
TEKSTER = Path(__file__).with_name("tekster") / "utvikling.csv"


def _rene_setninger() -> dict[str, list[str]]:
    """Clean sentences that stand behind a decision in the development texts."""
    ut: dict[str, list[str]] = {"nb": [], "nn": []}
    with TEKSTER.open(encoding="utf-8", newline="") as fil:
        for rad in csv.DictReader(fil):
            start = MED[rad["maalform"]]
            if rad["fasit"] == "godtatt" and rad["kategori"] == "ren_lik" and rad["tekst"].startswith(start):
                ut[rad["maalform"]].append(rad["tekst"].removeprefix(start))
    return ut


def _ord(fil: str, navn: str) -> list[str]:
    """The plain words of a list in the lexicon: those without a sign of a pattern."""
    alle = yaml.safe_load((MAPPE / f"{fil}.yaml").read_text(encoding="utf-8"))[navn].splitlines()
    return [ett.strip() for ett in alle if re.fullmatch(r"[a-zæøå ]+", ett.strip())]


RENE = _rene_setninger()
LOESE = _ord("mengde", "foran")
GRUPPER = sorted(
    {
        o
        for navn in ("nasj_n", "religion_n", "familie_n", "kjonn_n", "opphav_n", "helse_n")
        for o in _ord("klasser", navn)
    }
)


@settings(max_examples=60)
@given(st.data())
def test_clean_sentences_keep_a_clean_decision_clean(data: st.DataObject) -> None:
    form = data.draw(st.sampled_from(["nb", "nn"]))
    setninger = data.draw(st.lists(st.sampled_from(RENE[form]), min_size=1, max_size=3, unique=True))
    tekst = MED[form] + " ".join(setninger)
    assert sjekk_tekst(tekst).utfall == "godtatt", tekst


@pytest.mark.parametrize("ord_", LOESE)
def test_every_loosening_word_before_the_number_is_found(ord_: str) -> None:
    svar = sjekk_tekst(f"Kommunen bosetter {ord_} 15 flyktninger i 2026.")
    assert svar.utfall == "forbehold" and svar.kode == "VEDTAK-FORBEHOLD"


@settings(max_examples=100)
@given(
    st.sampled_from(GRUPPER),
    st.sampled_from(
        ["helst {}", "fortrinnsvis {}", "kun {}", "ikke {}", "unntatt {}", "primært {}", "ingen {}"]
    ),
)
def test_every_group_with_a_choosing_word_is_found(gruppe: str, form: str) -> None:
    tekst = f"Kommunen bosetter 15 flyktninger i 2026, {form.format(gruppe)}."
    assert sjekk_tekst(tekst).utfall == "forbehold", tekst


@pytest.mark.parametrize(
    "hale",
    [
        "forutsatt {}", "under forutsetning av {}", "med forbehold om {}", "betinget av {}", "avhengig av {}", "på vilkår av {}",
        "såfremt {}", "dersom {}", "så lenge {}", "gitt {}",
    ],
)  # fmt: skip
@pytest.mark.parametrize(
    "hva",
    [
        "at kommunen får nok boliger",
        "at staten dekker utgiftene",
        "at det er plass i barnehagen",
        "at tolk er tilgjengelig",
    ],
)
def test_every_condition_on_housing_money_or_capacity_is_found(hale: str, hva: str) -> None:
    if hale.split()[0] in ("såfremt", "dersom", "så"):
        hva = hva.removeprefix("at ")
    assert sjekk_tekst(f"Kommunen bosetter 15 flyktninger i 2026 {hale.format(hva)}.").utfall == "forbehold"
    # The same words about places beyond the decision are an answer to IMDi's question.
    ekstra = "Kommunen bosetter 15 flyktninger i 2026. Hvis behovet øker, kan kommunen ta imot 5 flere"
    assert sjekk_tekst(f"{ekstra}, {hale.format(hva)}.").utfall == "godtatt"


@given(
    st.sampled_from(["utvikling"]), st.integers(0, 1500), st.sampled_from(["\u00a0", "  ", "\t", "\u2009"])
)
def test_the_kind_of_space_changes_nothing(fil: str, nr: int, rom: str) -> None:
    with TEKSTER.with_name(f"{fil}.csv").open(encoding="utf-8", newline="") as inn:
        tekst = list(csv.DictReader(inn))[nr]["tekst"]
    assert sjekk_tekst(tekst.replace(" ", rom)).utfall == sjekk_tekst(tekst).utfall


def test_one_slip_of_the_keys_in_a_key_word_is_read_as_the_word() -> None:
    for tekst in (
        "Kommunen bosetter 15 flykninger i 2026, forutsattt at det finnes boliger.",
        "Kommunen bosetter 15 flyktninger, inkludert familiegjenforenete.",
        "Kommunen bosetter 15 flyktninger, fortrinsvis barnefamilier.",
    ):
        svar = sjekk_tekst(tekst)
        assert svar.utfall == "forbehold"
        assert all(tekst[f.fra : f.til] == f.ord for f in svar.funn)


@pytest.mark.parametrize(
    "tekst", ["", " \n", "…", "15", "?", "a" * 20_000, "((" * 500, "15 " * 300, "dersom " * 300]
)
def test_no_text_is_too_odd_to_be_answered(tekst: str) -> None:
    assert sjekk_tekst(tekst).utfall in ("godtatt", "usikker", "forbehold")


def test_a_known_number_and_year_are_used_in_the_wording() -> None:
    svar = sjekk_tekst("Kun familier fra Ukraina.", tall=15, aar=2027, em=0)
    assert svar.forslag == (
        "Kommunen bosetter 15 flyktninger i 2027. Kommunen tar ikke imot enslige mindreårige.",
    )
    assert sjekk_tekst("Mellom 10 og 15 flyktninger i 2026.").forslag == (
        "Kommunen bosetter 10 flyktninger i 2026.",
        "Kommunen bosetter 15 flyktninger i 2026.",
    )
    assert sjekk_tekst("Kommunestyret sier ja til anmodningen.", tall=15).utfall == "godtatt"
    assert sjekk_tekst("Kommunestyret sier ja til anmodningen.").kode == "VEDTAK-TALL-MANGLER"
