"""The council's paper: the request's own facts on screen, in PDF and in Word; unknown figures unknown; wordings the check accepts."""

import io
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Any

import docx
import pypdf
import pytest
from django.test import Client
from django.urls import reverse
from tests.dokument.pdflesing import enkel, tekst

import svar
from aktorer import innlogget
from bosett.aktor.kontekst import som, system
from bosett.anmodning.models import Anmodningstall
from bosett.dokument import papirdocx, papirsats
from bosett.dokument.brev import Maalform
from bosett.dokument.maler.anmodningsbrev import Kostnadsrapport
from bosett.dokument.papir import Tabell, Vedtaksforslag, ren_tekst
from bosett.grunn.parametre import Parametre, Verdi
from bosett.grunn.penger import Belop
from bosett.grunn.periode import Periode
from bosett.grunn.tallformat import dato_kort
from bosett.grunn.tallformat import tall as vis
from bosett.vedtak.rules import okonomi
from bosett.vedtak.rules.sjekk import sjekk_tekst
from bosett.vedtak.saksframlegg import Aarsrad, Forrige, Ledd, Saksfakta, saksframlegg, tekster
from bosett.web.vedtak.sjekk import MAKS
from runder import AAR

FAKTA = Saksfakta(
    kommune="Prøve kommune", fylke="Trøndelag", aar=2027, antall=15, em=3, frist=date(2027, 1, 20), sendt=date(2026, 11, 4),
    behov=5500, behov_em=141, forklaring="Tallet følger nøkkelen.",
    ledd=(Ledd("Andel av folketallet", "24 000 av 5 600 000 innbyggere", Decimal("23.6"), Decimal("23.6")),
          Ledd("Avrunding", "Fra 15,3 til 15", Decimal("-8.6"), Decimal("15.0"))),
    rang=4, av=38, neste_plass=5612, hvorfor="https://bosett.example/kommuner/5006/hvorfor/2027/",
    historie=(Aarsrad(2026, "12", "10", "skjult"), Aarsrad(2025, "20", "20", "minst 18")),
    rapport=Kostnadsrapport(2022, "Kommunenes utgifter 2022", Decimal("97.3")), dato=date(2026, 11, 22),
)  # fmt: skip
FORMER = list(Maalform)


def _ordene(papir: Any) -> str:
    return enkel(ren_tekst(papir))


def _avsnitt_og_celler(innhold: bytes) -> str:
    dok = docx.Document(io.BytesIO(innhold))
    linjer = [avsnitt.text for avsnitt in dok.paragraphs]
    linjer += [celle.text for tabell in dok.tables for rad in tabell.rows for celle in rad.cells]
    return enkel(" ".join(linjer))


@pytest.mark.parametrize("form", FORMER)
def test_the_paper_says_what_is_asked_and_why(form: Maalform) -> None:
    ordene = _ordene(saksframlegg(FAKTA, form))
    for bit in (
        "15 flyktning",
        "20.01.2027",
        "04.11.2026",
        "5 500",
        "141",
        "+23,6",
        "−8,6",
        "5 612",
        "97,3 prosent",
    ):
        assert enkel(bit) in ordene, bit
    for bit in (
        "skjult",
        "minst 18",
        "https://bosett.example/kommuner/5006/hvorfor/2027/",
        "integreringslov",
    ):
        assert bit in ordene


def test_both_language_forms_have_the_same_texts_to_fill_in() -> None:
    def nokler(verdi: Any) -> Any:
        if isinstance(verdi, dict):
            return {navn: nokler(innhold) for navn, innhold in verdi.items()}
        return len(verdi) if isinstance(verdi, list) else type(verdi).__name__

    assert nokler(tekster(Maalform.NB)) == nokler(tekster(Maalform.NN))
    nynorsk = _ordene(saksframlegg(FAKTA, Maalform.NN)).lower()
    assert "flyktningar" in nynorsk and "oppmoding" in nynorsk
    assert not {"ikke", "flyktninger", "kommunens", "anmodningen"} & set(nynorsk.split())


@pytest.mark.krav_delvis("R142", "R157")
@pytest.mark.parametrize("form", FORMER)
def test_it_says_that_it_is_voluntary_and_that_zero_is_an_answer(form: Maalform) -> None:
    ordene = _ordene(saksframlegg(FAKTA, form))
    assert "frivillig for kommunen" in ordene and "ikk" in ordene
    assert ("null er et gyldig svar" if form is Maalform.NB else "null er eit gyldig svar") in ordene


@pytest.mark.krav_delvis("R146")
@pytest.mark.parametrize("form", FORMER)
@pytest.mark.parametrize(("antall", "em"), [(15, 3), (15, 0), (1, 0), (1, 1), (280, 65), (0, 0)])
def test_every_proposed_wording_passes_the_check(form: Maalform, antall: int, em: int) -> None:
    papir = saksframlegg(replace(FAKTA, antall=antall, em=em), form)
    forslag = [b for k in papir.kapitler for b in k.blokker if isinstance(b, Vedtaksforslag)]
    assert len(forslag) == (3 if antall else 2)
    for ett in forslag:
        vedtaket = ett.tekst.replace("[antall]", "12").replace("[tal]", "12")
        assert sjekk_tekst(vedtaket).utfall == "godtatt", vedtaket


def _tabeller(form: Maalform, **mer: Any) -> dict[str, Tabell]:
    papir = saksframlegg(replace(FAKTA, **mer), form)
    return {b.hode[1]: b for k in papir.kapitler for b in k.blokker if isinstance(b, Tabell)}


@pytest.mark.parametrize(("form", "ukjent"), [(Maalform.NB, "ikke kjent"), (Maalform.NN, "ikkje kjent")])
def test_unknown_rates_stand_as_unknown_and_make_no_sum(form: Maalform, ukjent: str) -> None:
    hode = "Enslig voksen" if form is Maalform.NB else "Einsleg vaksen"
    rader = _tabeller(form)[hode].rader
    assert enkel(rader[0][1]) == "241 100" and rader[0][3] == ukjent and rader[0][5] == "2024"
    assert all(celle == ukjent for rad in rader[1:5] for celle in rad[1:])
    assert set(rader[5][1:5]) == {ukjent}


def test_for_the_number_asked_only_the_first_year_is_known() -> None:
    rader = _tabeller(Maalform.NB)["Hvis alle voksne er enslige"].rader
    assert [rad[0] for rad in rader] == ["2027", "2028", "2029", "2030", "2031", "Sum fem år"]
    assert enkel(rader[0][1]) == "3 454 200", "12 × 241 100 + 3 × 187 000"
    assert enkel(rader[0][2]) == "2 893 800", "12 × 194 400 + 3 × 187 000"
    assert {celle for rad in rader[1:] for celle in rad[1:]} == {"ikke kjent"}


def test_the_sum_appears_when_all_years_are_known() -> None:
    navn = [f"integreringstilskudd_aar1_{g}" for g in okonomi.GRUPPER]
    navn += [f"integreringstilskudd_aar{n}" for n in range(2, 6)]
    kjent = Parametre(
        {n: (Verdi(n, 100_000, "kroner", Periode(date(2027, 1, 1)), "prøve", verifisert=True),) for n in navn}
    )
    assert okonomi.summen(okonomi.for_antallet(2, 1, "enslig_voksen", 2027, kjent)) == Belop.kroner(1_500_000)
    assert okonomi.femaar("em", 2026, kjent) == (None,) * 5, "a later year's rate is not used"


def test_without_a_cost_report_the_coverage_is_unknown() -> None:
    assert "er ikke kjent" in _ordene(saksframlegg(replace(FAKTA, rapport=None), Maalform.NB))


def test_a_request_that_fell_away_asks_for_nobody() -> None:
    papir = saksframlegg(replace(FAKTA, antall=0, em=0, forrige=Forrige(12, date(2026, 9, 1))), Maalform.NB)
    ordene = _ordene(papir)
    assert "ikke lenger" in ordene and "i stedet for den IMDi sendte 01.09.2026, om 12 flyktninger" in ordene
    assert "for 0 flyktninger" not in ordene.lower()


@pytest.mark.parametrize("form", FORMER)
def test_the_pdf_is_tagged_dated_and_has_all_the_words(form: Maalform) -> None:
    papir = saksframlegg(FAKTA, form)
    innhold = papirsats.sett(papir)
    assert innhold == papirsats.sett(papir)
    leser = pypdf.PdfReader(io.BytesIO(innhold))
    rot = leser.trailer["/Root"]
    assert rot["/MarkInfo"]["/Marked"] and str(rot["/Lang"]).lower() == f"{form.value}-no"
    xmp = rot["/Metadata"].get_data().decode()
    assert "<pdfaid:part>2</pdfaid:part>" in xmp and "<pdfuaid:part>1</pdfuaid:part>" in xmp
    lest = tekst(innhold)
    for kapittel in papir.kapitler:
        assert enkel(kapittel.overskrift) in lest
    for bit in ("15 flyktning", "241 100", "5 612"):
        assert bit in lest


@pytest.mark.parametrize("form", FORMER)
def test_the_word_file_reads_back(form: Maalform) -> None:
    papir = saksframlegg(FAKTA, form)
    innhold = papirdocx.skriv(papir)
    dok = docx.Document(io.BytesIO(innhold))
    overskrifter = [a.text for a in dok.paragraphs if a.style is not None and a.style.name == "Heading 2"]
    assert overskrifter == [k.overskrift for k in papir.kapitler]
    assert [a.text for a in dok.paragraphs if a.style is not None and a.style.name == "Heading 1"] == [
        papir.tittel
    ]
    xml = dok.styles.element.xml
    assert f'w:lang w:val="{form.value}-NO"' in xml and "en-US" not in xml
    assert all("w:tblHeader" in t.rows[0]._tr.xml and "w:tblCaption" in t._tbl.xml for t in dok.tables)
    om = dok.core_properties
    assert (om.title, om.author, om.language) == (papir.tittel, "Prøve kommune", f"{form.value}-NO")
    lest = _avsnitt_og_celler(innhold)
    for bit in (
        "[" + tekster(form)["egne"]["boliger_ledetekst"] + "]",
        "241 100",
        "5 612",
        tekster(form)["ukjent"],
    ):
        assert enkel(bit) in lest


@pytest.mark.parametrize(
    ("nummer", "bruker", "form"), [("5006", "bosetter_skriv", "nb"), ("1577", "bosetter_skriv.volda", "nn")]
)
def test_the_page_has_the_requests_own_facts_in_the_municipalitys_form(
    sendt: int, nummer: str, bruker: str, form: str
) -> None:
    anmodning = svar.anmodningen(nummer)
    with som(system("prove")):
        tall = Anmodningstall.objects.get(anmodning=anmodning, revisjon=anmodning.runde.gjeldende)
    client, arg = innlogget(bruker), [anmodning.subjekt.uuid]
    side = client.get(reverse("vedtak:saksframlegg", args=arg)).content.decode()
    assert f'lang="{form}"' in side
    mal = tekster(Maalform(form))
    pdf = tekst(client.get(reverse("vedtak:saksframlegg_pdf", args=arg)).content)
    word = client.get(reverse("vedtak:saksframlegg_docx", args=arg))
    assert word["Content-Type"] == papirdocx.TYPE and "attachment" in word["Content-Disposition"]
    for lest in (enkel(side), pdf, _avsnitt_og_celler(word.content)):
        assert mal["okonomi"]["overskrift"] in lest
        assert f"{vis(tall.antall)} flyktning" in lest and dato_kort(anmodning.runde.frist) in lest
        assert str(AAR) in lest and mal["ukjent"] in lest
    assert (
        reverse("vedtak:saksframlegg", args=arg)
        in client.get(reverse("anmodning:egen", args=arg)).content.decode()
    )


@pytest.mark.parametrize("bruker", ["bosetter_skriv.volda", "ks_radgiver", "udi_saksbehandler"])
def test_others_are_refused_as_if_it_did_not_exist(sendt: int, bruker: str) -> None:
    client, arg = innlogget(bruker), [svar.anmodningen().subjekt.uuid]
    for navn in ("saksframlegg", "saksframlegg_pdf", "saksframlegg_docx"):
        assert client.get(reverse(f"vedtak:{navn}", args=arg)).status_code == 404


def test_anybody_may_check_a_wording_and_nothing_is_kept(land: None) -> None:
    client, adresse = Client(), reverse("vedtak:sjekk")
    assert client.get(adresse).status_code == 200
    ren = client.post(adresse, {"tekst": "Kommunen bosetter 10 flyktninger i 2027."})
    assert "fant ingen forbehold" in ren.content.decode() and ren["Cache-Control"] == "no-store"
    galt = client.post(adresse, {"tekst": "Kommunen bosetter inntil 10 flyktninger i 2027, kun familier."})
    side = galt.content.decode()
    assert galt.status_code == 200 and "<mark" in side and "Regel:" in side and "Slik kan det stå" in side
    assert client.post(adresse, {"tekst": ""}).status_code == 422
    assert client.post(adresse, {"tekst": "a" * (MAKS + 1)}).status_code == 422
    assert "inntil" not in client.get(adresse).content.decode()
