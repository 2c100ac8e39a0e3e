"""The glossary: complete, in three languages, and found by whatever word the reader knows."""

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bosett.grunn.feil import FinnesIkke, Ugyldig
from bosett.grunn.ordliste import KILDER, les, ordliste

HELT = """
ord:
  nb: ord
  nn: ord
  en: word
  kilde: [B]
  forklaring: {nb: Et ord., nn: Eit ord., en: A word.}
"""


@pytest.mark.parametrize(
    ("sokt", "nokkel"),
    [
        ("anmodning", "anmodning"),
        ("Oppmoding", "anmodning"),
        ("request to settle", "anmodning"),
        ("EM", "enslig_mindreaarig"),
        ("enslig mindreårig", "enslig_mindreaarig"),
        ("fordelingsnøkkel", "fordelingsnokkel"),
        ("FORDELINGSNOKKEL", "fordelingsnokkel"),
        ("DUF nummer", "duf_nummer"),
        ("bo oppfølging", "bo_oppfolging"),
        ("kvoteflyktning", "overforingsflyktning"),
        ("NIR", "nir"),
        ("tilskot", None),
    ],
)
def test_slaar_opp_paa_alle_former(sokt, nokkel):
    if nokkel is None:
        with pytest.raises(FinnesIkke) as feil:
            ordliste().slaa_opp(sokt)
        assert "barnehage" in feil.value.gjor or "tilskudd" in feil.value.gjor
        return
    treff = ordliste().slaa_opp(sokt)
    assert treff.oppslag.nokkel == nokkel
    assert treff.hvorfor() == ""


@pytest.mark.parametrize("spraak", ["nb", "nn", "en"])
def test_gammelt_ord_leder_til_det_nye_og_sier_hvorfor(spraak):
    forste = ordliste().sok("bosettingstillatelse")[0]
    assert forste.oppslag.ord["nb"] == "permanent oppholdstillatelse"
    assert forste.oppslag.ord[spraak] in forste.hvorfor(spraak)


def test_sok_finner_boyde_og_halve_ord():
    assert ordliste().sok("flyktninger")[0].oppslag.nokkel == "flyktning"
    assert {treff.oppslag.nokkel for treff in ordliste().sok("selvbos")} == {
        "selvbosatt",
        "avtalt_selvbosetting",
    }
    assert "kriteriesett" in {treff.oppslag.nokkel for treff in ordliste().sok("kriterie")}
    assert ordliste().sok("") == []
    assert ordliste().sok("  - ") == []


@given(st.text(max_size=15))
def test_sok_taaler_alt(tekst):
    nokler = [treff.oppslag.nokkel for treff in ordliste().sok(tekst)]
    assert len(nokler) == len(set(nokler))


def test_alle_ord_er_hele_paa_tre_spraak():
    for oppslag in ordliste().values():
        for spraak in ("nb", "nn", "en"):
            assert oppslag.ord[spraak]
            assert len(oppslag.forklaring[spraak].split()) >= 4
        assert set(oppslag.kilde) <= set(KILDER)


def test_nynorsk_er_nynorsk_og_bokmaal_bokmaal():
    """Tell-tale words of the wrong form. A guard against mixing, not a spelling checker."""
    bokmaal = {
        "ikke",
        "jeg",
        "hva",
        "hvor",
        "hvorfor",
        "hvordan",
        "fra",
        "noen",
        "noe",
        "kommuner",
        "bosette",
        "norge",
    }
    nynorsk = {
        "ikkje",
        "kva",
        "kor",
        "kvifor",
        "frå",
        "nokon",
        "kommunar",
        "busetje",
        "noreg",
        "einsleg",
        "blei",
        "vere",
    }
    for oppslag in ordliste().values():
        ord_nn = set(re.findall(r"\w+", oppslag.forklaring["nn"].casefold()))
        ord_nb = set(re.findall(r"\w+", oppslag.forklaring["nb"].casefold()))
        assert not ord_nn & bokmaal, oppslag.nokkel
        assert not ord_nb & nynorsk, oppslag.nokkel


@pytest.mark.krav_delvis("R336")
@pytest.mark.parametrize(
    "ord_",
    [
        "Asyl",
        "Asylmottak",
        "Boligframskaffelse",
        "Bo-oppfølging",
        "Bosettingstillatelse",
        "Bosettingvedtak",
        "Familiegjenforening",
        "Familieinnvandring",
        "familieetablering",
        "Flyktning",
        "Husleiekontrakt",
        "Integrering",
        "Introduksjonsordningen",
        "Introduksjonsprogram",
        "Kommunestyre",
        "Medvirkning",
        "Vertskommune",
    ],
)
def test_veiviserens_ord_finnes(ord_):
    assert "S4" in ordliste().slaa_opp(ord_).oppslag.kilde


def test_ordene_i_produktet_finnes():
    for nokkel in (
        "runde",
        "kriteriesett",
        "fordelingsnokkel",
        "revisjon",
        "bidrag",
        "behov",
        "anmodning",
        "fordeling",
    ):
        assert nokkel in ordliste()


def test_hele_kapittel_8_i_domenefilen_finnes(delt):
    """Every word of the vocabulary table opens an entry."""
    tekst = (delt / "domain.md").read_text(encoding="utf-8")
    kapittel = tekst[tekst.index("\n## 8. ") : tekst.index("\n## 9. ")]
    rader = [linje.split("|")[1].strip() for linje in kapittel.splitlines() if linje.startswith("| ")][1:]
    assert len(rader) > 60
    ufullstendige = {
        "-gjenforening": "familiegjenforening",
        "-etablering": "familieetablering",
        "-erklæring": "integreringserklæring",
        "-tilskudd": "vertskommunetilskudd",
        "vedtak (kommunens)": "vedtak",
        "styrt og spredt": "styrt og spredt",
        "ekstratilskudd (tilskudd 1": "tilskudd 1",
        "2)": "tilskudd 2",
        "boliger": "innmelding av boliger",
        "antall plasser": "innmelding av antall plasser",
        "bestemte personer": "innmelding av bestemte personer",
    }
    mangler = []
    for rad in rader:
        deler = (
            [rad]
            if rad in ufullstendige or rad == "rask, treffsikker bosetting"
            else re.split(r"\s*[/,:]\s*", rad)
        )
        for del_ in deler:
            try:
                ordliste().slaa_opp(ufullstendige.get(del_, del_))
            except FinnesIkke:
                mangler.append(del_)
    assert mangler == []


@pytest.mark.parametrize(
    ("fra", "til", "ventet"),
    [
        ("nn: ord", "nn: ' '", "mangler ordet på nn"),
        ("nn: Eit ord.", "nn: ''", "mangler forklaring som hel setning på nn"),
        ("kilde: [B]", "kilde: []", "mangler kilde"),
        ("kilde: [B]", "kilde: [X9]", "kilden er ukjent"),
        ("ord:\n", "Ørd:\n", "små ASCII-bokstaver"),
        ("kilde: [B]", "kilde: [B]\n  synonymer: [' ']", "tomt synonym"),
        ("kilde: [B]", "kilde: [B]\n  tull: 1", "ukjente felt"),
        ("kilde: [B]", "kilde: [B]\n  gamle_ord: [{ord: gml, nb: x, nn: '', en: y}]", "uten begrunnelse"),
    ],
)
def test_mangler_i_filene_stopper_med_navn(tmp_path, fra, til, ventet):
    (tmp_path / "a.yaml").write_text(HELT.replace(fra, til, 1), encoding="utf-8")
    with pytest.raises(Ugyldig) as feil:
        les(tmp_path)
    assert ventet in feil.value.hva


def test_samme_ord_kan_ikke_lede_to_steder(tmp_path):
    (tmp_path / "a.yaml").write_text(HELT, encoding="utf-8")
    (tmp_path / "b.yaml").write_text(HELT.replace("ord:\n", "annet:\n", 1), encoding="utf-8")
    with pytest.raises(Ugyldig, match="fører både til"):
        les(tmp_path)
