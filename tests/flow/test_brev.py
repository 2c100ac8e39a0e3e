"""The letters of a round: the region's name and team, the cost report, and the municipality's own language form."""

import re
from datetime import date, datetime
from io import BytesIO

import pytest
from pdfminer.high_level import extract_text

from aktorer import som_bruker
from bosett.aktor.kontekst import som, system
from bosett.anmodning import services, utsending
from bosett.anmodning.brev import hent_brevgrunnlag, lag_brev
from bosett.anmodning.models import Anmodningstall, Kostnadsrapport, Runde
from bosett.anmodning.rules import hent
from bosett.behov import services as behov
from bosett.dokument import sats
from bosett.dokument.brev import ren_tekst
from bosett.dokument.models import Dokument
from bosett.geografi.models import Imdiregion, Kommuneversjon
from bosett.geografi.services import importer_regioner, registrer_regionkontakt
from bosett.grunn.feil import Mangler
from bosett.grunn.klokke import OSLO, frys, i_dag
from bosett.kilder.lesere.tabell import les_tabell
from runder import AAR, behold_bare, lag_prognoser

pytestmark = pytest.mark.usefixtures("land")
# Words that exist in one written form only, and are common enough that a mixed letter would hold one.
BARE_BOKMAL = {
    "ikke",
    "jeg",
    "hvor",
    "hva",
    "noen",
    "bosetting",
    "bosette",
    "bosetter",
    "kommunene",
    "flyktninger",
    "anmodning",
    "enslige",
}
BARE_NYNORSK = {
    "ikkje",
    "eg",
    "kor",
    "kva",
    "nokon",
    "busetjing",
    "busetting",
    "busetje",
    "kommunane",
    "flyktningar",
    "oppmoding",
    "einslege",
}


def _brev_2020(nummer: str) -> str:
    """The letter of a 2020 round to one municipality, as text of its PDF."""
    with som(system("prove")):
        with frys(datetime(2019, 11, 1, 9, 0, tzinfo=OSLO)):
            runde = _runde_2020()
        grunnlag = hent_brevgrunnlag(runde, i_dag())
        tall = Anmodningstall.objects.select_related("anmodning__organisasjon").get(
            revisjon=grunnlag.runde.gjeldende, anmodning__nummer=nummer
        )
        return " ".join(extract_text(BytesIO(sats.sett(lag_brev(grunnlag, tall), utkast=True))).split())


def _runde_2020() -> Runde:
    runde = Runde.objects.filter(aar=2020).first()
    if runde is None:
        aktor = system("prove")
        lag_prognoser(aktor, 2020)
        behovet = behov.registrer(
            aktor=aktor, aar=2020, totalt=5100, em=140, em_under_15=40, fastsatt_av="Utvalget", fastsatt=date(2019, 10, 1),
            kilde="prøve",
        )  # fmt: skip
        runde = services.opprett_runde(
            aktor=aktor,
            aar=2020,
            behov=behovet,
            kriteriesett="2022",
            variant=services.standardvariant("2022"),
            frist=date(2019, 12, 20),
        )
        with frys(i_dag_virkelig()):
            services.beregn(aktor=aktor, runde_id=runde.pk)
    return Runde.objects.select_related("behov", "gjeldende", "subjekt").get(pk=runde.pk)


def i_dag_virkelig() -> date:
    return date(2026, 11, 21)


@pytest.mark.krav("R002")
def test_six_regions_are_data_and_the_letter_is_issued_in_the_regions_name() -> None:
    with som(system("prove")):
        assert Imdiregion.objects.count() == 6
    assert "IMDi Midt-Norge" in _brev_2020("5006")
    fem = "region,fylkesnummer,gyldig_fra\n" + "".join(
        f"IMDi {navn},{fylke},2030-01-01\n"
        for navn, fylker in {"A": ["03", "31", "32"], "B": ["33", "34", "39"], "C": ["40", "42"], "D": ["11", "46", "15"], "E": ["50", "18", "55", "56"]}.items()
        for fylke in fylker
    )  # fmt: skip
    with som(system("prove")) as aktor:
        importer_regioner(aktor=aktor, tabell=les_tabell(fem.encode(), "fem.csv"), kilde="prøve")
        medlemmer = set(
            Imdiregion.objects.filter(medlemskap__til=None, medlemskap__fra=date(2030, 1, 1)).values_list(
                "navn", flat=True
            )
        )
    assert medlemmer == {"IMDi A", "IMDi B", "IMDi C", "IMDi D", "IMDi E"}


@pytest.mark.krav("R003")
def test_the_contact_block_is_the_regions_configured_team(godkjent: int) -> None:
    with som(system("prove")) as aktor:
        registrer_regionkontakt(
            aktor=aktor, region=Imdiregion.objects.get(navn="IMDi Midt-Norge"), fra=i_dag(), teamnavn="laget for Trøndelag",
            epost="laget@imdi.invalid", telefon="11 22 33 44", regiondirektor="Rolf Demo",
        )  # fmt: skip
    behold_bare(godkjent, ["5006", "4601"])
    with som(system("prove")):
        grunnlag = hent_brevgrunnlag(Runde.objects.get(aar=AAR), i_dag())
        trondelag, bergen = (
            lag_brev(grunnlag, tall)
            for tall in Anmodningstall.objects.filter(antall__gt=0)
            .select_related("anmodning__organisasjon")
            .order_by("-anmodning__nummer")
        )
    assert (trondelag.kontakt.navn, trondelag.kontakt.epost, trondelag.kontakt.telefon) == (
        "Laget for Trøndelag", "laget@imdi.invalid", "11 22 33 44",
    )  # fmt: skip
    assert trondelag.signatur.navn == "Rolf Demo"
    assert bergen.kontakt.epost == "bosetting@imdi.invalid"


@pytest.mark.krav("R080")
def test_the_letter_cites_the_cost_report_and_stops_without_it() -> None:
    tekst = _brev_2020("5006")
    assert "99,6 prosent" in tekst
    assert "1 Jf. Beregningsutvalgets rapport for 2018, «Utgifter til bosetting og integrering 2018»" in tekst
    with som(system("prove")):
        Kostnadsrapport.objects.all().delete()
    with pytest.raises(Mangler, match="rapport"):
        _brev_2020("5006")


@pytest.mark.krav("R358")
def test_each_municipality_gets_its_own_language_form_unmixed(godkjent: int) -> None:
    """The screens' two forms are held complete by tests/web/test_oversettelser.py."""
    runde_id = godkjent
    behold_bare(runde_id, ["1577", "4614", "5006", "3201"])  # two nynorsk, one neutral, one bokmål
    with som_bruker("imdi_radgiver") as aktor:
        utsending.send(aktor=aktor, runde_id=runde_id)
    assert utsending.send_alle(aktor=system("prove"), runde_id=runde_id) == []
    with som(system("prove")):
        navn = dict(Kommuneversjon.objects.gjelder(i_dag()).values_list("kommune_id", "nummer"))
        brev = {navn[d.motpart.kommune_id]: d for d in Dokument.objects.select_related("motpart", "fil")}
        assert {nummer: d.spraak for nummer, d in brev.items()} == {
            "1577": "nn",
            "4614": "nn",
            "5006": "nb",
            "3201": "nb",
        }
        for dokument in brev.values():
            tekst = re.sub(
                r"«[^»]*»", "", extract_text(BytesIO(bytes(dokument.fil.innhold)))
            )  # titles stand as they were given
            ord_ = {o.strip(".,:;()0123456789").lower() for o in tekst.split()}
            feil = BARE_BOKMAL if dokument.spraak == "nn" else BARE_NYNORSK
            egne = BARE_NYNORSK if dokument.spraak == "nn" else BARE_BOKMAL
            assert ord_ & feil == set()
            assert len(ord_ & egne) >= 4


def test_the_annex_lists_every_criterion_and_says_which_had_no_figures(godkjent: int) -> None:
    with som(system("prove")):
        grunnlag = hent_brevgrunnlag(Runde.objects.get(pk=godkjent), i_dag())
        alle = Anmodningstall.objects.filter(revisjon=grunnlag.runde.gjeldende, antall__gt=0)
        tall = alle.select_related("anmodning__organisasjon")
        bokmal, nynorsk = (
            ren_tekst(lag_brev(grunnlag, tall.get(anmodning__nummer=nr))) for nr in ("5006", "1577")
        )
    assert all(k.navn.nb in bokmal for k in hent(2022).kriterier)
    assert (
        "Uten tall fra noen kilde, og derfor ikke med i beregningen: Plass i videregående skole, Rom for mange samtidig, "
        "Plass til personer med store funksjonsnedsettelser." in bokmal
    )
    assert "ikkje med i utrekninga: Plass i vidaregåande skule, Rom for mange samstundes," in nynorsk


def test_a_draft_and_the_sent_letter_say_the_same(godkjent: int) -> None:
    runde_id = godkjent
    behold_bare(runde_id, ["5006"])
    with som(system("prove")):
        tall = Anmodningstall.objects.select_related("anmodning__organisasjon").get(antall__gt=0)
        utkast = lag_brev(hent_brevgrunnlag(Runde.objects.get(pk=runde_id), i_dag()), tall)
    with som_bruker("imdi_radgiver") as aktor:
        utsending.send(aktor=aktor, runde_id=runde_id)
    utsending.send_alle(aktor=system("prove"), runde_id=runde_id)
    with som(system("prove")):
        sendt = Dokument.objects.get()
        assert utkast.tittel == sendt.tittel
        from bosett.dokument.brev import fra_json  # noqa: PLC0415 - the stored form of the sent one

        deler = [linje for linje in ren_tekst(utkast).splitlines() if utkast.referanse not in linje]
        assert set(deler) <= set(ren_tekst(fra_json(sendt.innhold)).splitlines())
