"""Typesetting: standards, tags, fonts, same bytes, no markup from data, drafts marked."""

import io
from dataclasses import replace

import pypdf
import pytest

from bosett.dokument import sats
from bosett.dokument.brev import Adressat, Avsnitt, Maalform, Seksjon, Tekst
from bosett.grunn.feil import Mangler, Ugyldig

from .brevdata import lag, lag_godkjent
from .pdflesing import tekst


def _leser(pdf: bytes) -> pypdf.PdfReader:
    return pypdf.PdfReader(io.BytesIO(pdf))


@pytest.mark.parametrize("maalform", list(Maalform))
def test_pdf_en_er_merket_arkivfast_og_universelt_utformet(maalform):
    leser = _leser(sats.sett(lag_godkjent(maalform)))
    rot = leser.trailer["/Root"]
    assert rot["/MarkInfo"]["/Marked"]
    assert "/StructTreeRoot" in rot
    assert str(rot["/Lang"]).lower() == f"{maalform}-no"
    assert rot["/ViewerPreferences"]["/DisplayDocTitle"]
    xmp = rot["/Metadata"].get_data().decode()
    for bit in (
        "<pdfaid:part>2</pdfaid:part>",
        "<pdfaid:conformance>A</pdfaid:conformance>",
        "<pdfuaid:part>1</pdfuaid:part>",
    ):
        assert bit in xmp
    assert leser.metadata is not None
    assert leser.metadata.title == lag(maalform).tittel


def test_overskriftene_er_overskrifter_og_punktene_er_lister():
    tagger: list[str] = []

    def gaa(node: object) -> None:
        node = node.get_object() if hasattr(node, "get_object") else node
        if isinstance(node, list):
            for barn in node:
                gaa(barn)
        elif isinstance(node, dict):
            if "/S" in node:
                tagger.append(str(node["/S"]))
            if "/K" in node:
                gaa(node["/K"])

    gaa(_leser(sats.sett(lag_godkjent())).trailer["/Root"]["/StructTreeRoot"])
    assert tagger.count("/H1") == 2  # the letter and its attachment
    assert tagger.count("/H2") == 6
    assert tagger.count("/LI") >= 10
    assert tagger.count("/Link") >= 4
    assert "/Note" in tagger


def test_bare_inter_og_alt_bygd_inn():
    skrifter = {}
    for side in _leser(sats.sett(lag_godkjent())).pages:
        for font in side["/Resources"]["/Font"].values():
            etterkommer = font.get_object()["/DescendantFonts"][0].get_object()
            navn = str(etterkommer["/BaseFont"])
            beskrivelse = etterkommer["/FontDescriptor"]
            skrifter[navn] = any(n in beskrivelse for n in ("/FontFile", "/FontFile2", "/FontFile3"))
    assert skrifter
    assert all("Inter" in navn for navn in skrifter)
    assert all(skrifter.values())


def test_samme_innhold_gir_samme_bytes_ogsa_fra_en_annen_prosess():
    brev = [replace(lag_godkjent(), referanse=f"2019/{i}") for i in range(24)]
    alene = [sats.sett(b) for b in brev]
    assert alene == [sats.sett(b) for b in brev]
    assert alene == list(sats.sett_mange(brev, prosesser=2))
    assert len(set(alene)) == 24


def test_datoen_i_filen_er_brevets_egen():
    leser = _leser(sats.sett(lag_godkjent()))
    assert leser.metadata is not None
    assert leser.metadata.creation_date_raw.startswith("D:20191104")


STYGT = [
    '#eval("1+1")',
    "#panic()",
    "= Ny tittel",
    '#set text(fill: red)\n*fet* _kursiv_ `kode` $x^2$ @ref <merke> "fnutt"',
    '#import "/etc/passwd"',
    "\\ \\u{41} // kommentar /* mer */",
    "{antall_flyktninger} {fotnote_dekning}",
    "<script>alert(1)</script>",
]


@pytest.mark.parametrize("stygt", STYGT)
def test_tekst_er_data_og_blir_aldri_malkode(stygt):
    brev = replace(
        lag_godkjent(),
        tittel=stygt.replace("\n", " "),
        adressat=Adressat(stygt, (stygt,), stygt),
        referanse=stygt,
        kopi_til=(stygt,),
    )
    brev = replace(brev, seksjoner=(Seksjon(stygt, (Avsnitt((Tekst(stygt),)),)),))
    i_pdf = tekst(sats.sett(brev))
    assert i_pdf.count(" ".join(stygt.split())) >= 4


def test_utkast_er_synlig_merket_og_godkjent_brev_er_det_ikke():
    utkast, godkjent = tekst(sats.sett(lag())), tekst(sats.sett(lag_godkjent()))
    assert "UTKAST – ikke godkjent" in utkast
    assert "godkjent elektronisk" not in utkast
    assert "UTKAST" not in godkjent
    assert "UTKAST" in tekst(sats.sett(lag_godkjent(), utkast=True))


def test_brev_uten_godkjenning_kan_ikke_settes_uten_utkastmerke():
    with pytest.raises(Ugyldig):
        sats.sett(lag(), utkast=False)


def test_tegn_som_skriften_mangler_stopper_brevet():
    with pytest.raises(Ugyldig) as feil:
        sats.sett(replace(lag_godkjent(), adressat=Adressat("DEMO ትግርኛ", ())))
    assert feil.value.kode == "dokument.sats"


def test_samiske_og_kvenske_kommunenavn_kan_settes():
    navn = "Guovdageaidnu – Kárášjohka – Unjárga – Deanu – Gáivuotna – Kååfjord – Snåase – Gaejvuoŋ đŧžčš"
    assert navn in tekst(sats.sett(replace(lag_godkjent(), adressat=Adressat(navn, ()))))


def test_ett_umulig_brev_stopper_ikke_de_andre():
    daarlig = replace(lag_godkjent(), adressat=Adressat("ትግርኛ", ()))
    svar = list(sats.sett_mange([lag_godkjent(), daarlig, lag_godkjent()]))
    assert [isinstance(s, bytes) for s in svar] == [True, False, True]


def test_manglende_skrift_sier_hva_som_skal_gjores(monkeypatch, tmp_path):
    monkeypatch.setenv("BOSETT_NODE_MODULES", str(tmp_path))
    with pytest.raises(Mangler) as feil:
        sats.skriftmapper()
    assert "./run" in feil.value.gjor
