"""What the criteria did to a round, as the pages show it: spread, hosts, capacity, immigrant share, weights."""

import os
from dataclasses import replace
from datetime import date, timedelta
from uuid import UUID

import pytest
from django.db import transaction
from django.test import Client

from aktorer import som_bruker
from bosett.aktor.kontekst import sett, som, system
from bosett.aktor.models import Bruker
from bosett.anmodning import grunnlag, samraad
from bosett.anmodning.models import Anmodningstall, Revisjon, Runde, Vektvariant
from bosett.anmodning.rules import hent
from bosett.anmodning.rules.samsvar import hent_samsvar
from bosett.geografi.models import Indikatorverdi, Kommuneversjon
from bosett.geografi.services import sett_flagg
from bosett.grunn.klokke import i_dag
from maler import LAND, kopi
from runder import lag_beregnet_runde
from sidetekst import tabell, tall, tekst

# Municipalities whose figures the tests decide: LITEN and STOR have settled equally many, STOR has twice the inhabitants.
LITEN, STOR, INNVANDRER, SAMARBEID, FINNMARK = "5006", "1577", "3118", "1811", "56"


def _sett_figur(nummer: str, kode: str, verdi: float, aar: int | None = None) -> None:
    kommuner = Kommuneversjon.objects.gjelder(i_dag()).filter(nummer__startswith=nummer)
    rader = Indikatorverdi.objects.kjent().filter(
        indikator__kode=kode, kommune_id__in=kommuner.values("kommune_id")
    )
    assert (rader if aar is None else rader.filter(referansedato__year=aar)).update(verdi=verdi)


def _lag_grunnlag() -> None:
    for nummer, folk in ((LITEN, 10_000), (STOR, 20_000)):
        _sett_figur(nummer, "folketall", folk, 2026)
        _sett_figur(nummer, "bosatt", 60)
    _sett_figur(STOR, "bosatt", 0, 2021)
    _sett_figur(INNVANDRER, "innvandrere_og_norskfodte_prosent", 34.5)
    _sett_figur(FINNMARK, "helt_ledige_prosent", 9)
    _sett_figur(FINNMARK, "intro_resultat", 20)
    _sett_figur("0301", "mottak_antall", 1)
    _sett_figur(SAMARBEID, "mottak_antall", 0)
    kommune = Kommuneversjon.objects.gjelder(i_dag()).get(nummer=SAMARBEID).kommune
    sett_flagg(aktor=None, kommune=kommune, slag="mottakssamarbeid", fra=date(2026, 1, 1), kilde="UDI")


@pytest.fixture(scope="module")
def runde(django_db_setup, django_db_blocker, worker_id):
    """The country with those figures and one computed round, in which Oslo is then taken out after the dialogue."""
    with (
        django_db_blocker.unblock(),
        kopi(f"kriterier_{os.getpid()}_{worker_id}", LAND),
    ):
        with som(system("prove")):
            _lag_grunnlag()
        runde_id = lag_beregnet_runde()
        with som_bruker("imdi_radgiver") as aktor:
            samraad.apne(aktor=aktor, runde_id=runde_id, frist=i_dag() + timedelta(days=7))
            samraad.juster(
                aktor=aktor, runde_id=runde_id, nummer="0301", antall=0, omfang="land", begrunnelse="Prøven.", etter="KS"
            )  # fmt: skip
        with som(system("prove")):
            yield Runde.objects.select_related("subjekt").get(pk=runde_id).subjekt.uuid


@pytest.fixture
def klient(runde: UUID) -> Client:
    klient = Client()
    klient.force_login(Bruker.objects.get(brukernavn="imdi_radgiver@demo.invalid"))
    return klient


def _side(klient: Client, adresse: str) -> str:
    svar = klient.get(adresse)
    assert svar.status_code == 200, adresse
    return svar.content.decode()


def _hvorfor(klient: Client, runde: UUID, nummer: str) -> str:
    return _side(klient, f"/anmodning/{runde}/kommune/{nummer}/")


@pytest.mark.krav("R124")
def test_a_draft_that_leaves_a_part_of_the_country_empty_warns_and_the_coverage_is_shown(klient, runde):
    side = _side(klient, f"/anmodning/{runde}/")
    assert "Ingen kommuner i Oslo blir spurt. Kriteriene for 2022: Det skal bosettes flyktninger i alle landsdeler" in tekst(side)  # fmt: skip
    fylker = tabell(side, "Spredning: Fylkene")
    assert fylker["Oslo"][:2] == ["0 av 1", "0"] and "under grensen" in fylker["Oslo"][-1]
    assert len(fylker) == 1 + 15
    assert sum(tall(rad[1]) for navn, rad in fylker.items() if navn != "Fylkene") == 5500
    assert "løftet ×" in next(rad[-1] for navn, rad in fylker.items() if navn.startswith("Finnmark"))
    assert fylker["Rogaland"][-1] == "ikke løftet"
    storrelser = tabell(side, "Spredning: Størrelse")
    assert list(storrelser)[1:] == [
        "Under 5 000 innbyggere", "5 000–19 999 innbyggere", "20 000 innbyggere og flere",
    ]  # fmt: skip
    assert sum(tall(rad[1]) for navn, rad in storrelser.items() if navn != "Størrelse") == 5500


@pytest.mark.krav("R130")
def test_every_host_has_a_recorded_outcome_also_those_who_are_not_asked(klient, runde):
    with som(system("prove")):
        verter = set(
            Indikatorverdi.objects.kjent().filter(indikator__kode="mottak_antall", verdi__gt=0)
            .values_list("kommune_id", flat=True)
        )  # fmt: skip
        gjeldende = Runde.objects.get(subjekt__uuid=runde).gjeldende
        tallene = Anmodningstall.objects.filter(revisjon=gjeldende).select_related("anmodning")
        navn = {t.anmodning.navn: t.antall for t in tallene if t.anmodning.kommune_id in verter}
    assert len(navn) > 30 and navn["Oslo"] == 0
    utfall = tabell(_side(klient, f"/anmodning/{runde}/"), "Utfallet for kommuner med mottak eller samarbeid")
    for kommune, antall in navn.items():
        vist = utfall[kommune]
        assert tall(vist[0]) == antall
        assert vist[1].startswith("Vurdert fordi kommunen har mottak. Utfall:")
        assert (f"blir bedt om {antall}." if antall else "blir ikke bedt om å bosette") in vist[1]
    assert utfall["Oslo"][1].endswith("blir ikke bedt om å bosette. Begrunnelse: Prøven.")


@pytest.mark.krav("R008")
def test_a_municipality_that_cooperates_with_a_reception_centre_is_always_on_the_list(klient, runde):
    side = _side(klient, f"/anmodning/{runde}/")
    utfall = tabell(side, "Utfallet for kommuner med mottak eller samarbeid")
    assert utfall["Bindal"][1].startswith(
        "Vurdert fordi kommunen samarbeider om mottak. Utfall: blir bedt om"
    )
    filtrert = _side(klient, f"/anmodning/{runde}/?hvem=vert&sok=Bindal")
    assert list(tabell(filtrert, "Tallene for hver kommune"))[1] == "Bindal"


@pytest.mark.krav("R127")
def test_the_same_capacity_in_twice_the_inhabitants_is_half_the_score_and_three_years_are_continuity(
    klient, runde
):
    liten, stor = (_hvorfor(klient, runde, nummer) for nummer in (LITEN, STOR))
    navn = "Bosatt per år 2022–2023, per 1 000 innbyggere"

    def verdi(side: str) -> float:
        rader = tabell(side, "Opplysningene vi har brukt")
        return tall(next(rad[0] for hode, rad in rader.items() if hode.startswith(navn)))

    assert (verdi(liten), verdi(stor)) == (6.0, 3.0)
    assert "Bosatt tre år på rad ja 2021–2023" in tekst(liten)
    assert "Bosatt tre år på rad nei 2021–2023" in tekst(stor)


def test_what_the_region_means_and_where_a_figure_was_measured_are_shown(klient, runde):
    rader = tabell(_hvorfor(klient, runde, LITEN), "Opplysningene vi har brukt")
    assert any(
        hode.startswith("Helt ledige") and hode.endswith("Med «regionen» menes her kommunen.")
        for hode in rader
    )
    resultat = next(rad for hode, rad in rader.items() if hode.startswith("I arbeid eller utdanning"))
    assert resultat[4] == "Fra fylket"


@pytest.mark.krav("R129")
def test_the_definition_stands_beside_the_immigrant_share_and_the_area_rule_warns(klient, runde):
    side = _hvorfor(klient, runde, INNVANDRER)
    definisjon = hent(2022).innvandrerdefinisjon.nb
    rad = tabell(side, "Opplysningene vi har brukt")[f"Andel innvandrere {definisjon}"]
    assert rad[0] == "34,5 %" and "DEMO" in rad[2] and rad[3] == "01.01.2015"
    varsel = "Kriteriet gjelder områder i kommunen og må vurderes av en person."
    assert f"Andelen innvandrere er over 30 %. {varsel}" in tekst(side)
    assert varsel not in tekst(_hvorfor(klient, runde, LITEN))


@pytest.mark.krav("R126")
@pytest.mark.parametrize("mangler", ["kilde", "dato"])
def test_a_criterion_without_a_source_or_a_date_is_refused_and_both_stand_on_the_page(
    klient, runde, mangler, monkeypatch
):
    rader = tabell(_hvorfor(klient, runde, LITEN), "Opplysningene vi har brukt")
    for kode, dato in (("Helt ledige", "31.10.2022"), ("Ledig plass hos fastlegene", "31.12.2023")):
        rad = next(rad for hode, rad in rader.items() if hode.startswith(kode))
        assert rad[2].startswith("DEMO: oppdiktet") and rad[3] == dato
    with transaction.atomic():
        sett(system("prove"))
        if mangler == "kilde":
            Indikatorverdi.objects.filter(indikator__kode="fastlege_reservekapasitet").update(kilde="")
        else:
            uten = hent_samsvar()
            tjenester = uten.kriterier["tjenester"]
            tjenester = replace(tjenester, opplysning=replace(tjenester.opplysning, dato=""))
            uten = replace(uten, kriterier={**uten.kriterier, "tjenester": tjenester})
            monkeypatch.setattr(grunnlag, "hent_samsvar", lambda: uten)
        for_ = Revisjon.objects.count()
        svar = klient.post(f"/anmodning/{runde}/beregn/")
        assert svar.status_code == 422
        assert "«Tjenester og kompetanse» mangler kilde eller dato" in svar.content.decode()
        assert "Et kriterium kan ikke brukes uten kilde og dato." in svar.content.decode()
        sett(system("prove"))
        assert Revisjon.objects.count() == for_
        transaction.set_rollback(True)


@pytest.mark.krav("R097")
def test_fifty_nine_per_cent_on_the_first_group_is_refused_on_the_page_for_weights(klient, runde):
    adresse = "/anmodning/vekter/2022/ny/"
    assert "det første trinnet minst 60" in _side(klient, adresse)
    felt = {
        "navn": "Prøve", "introduksjon": "29", "arbeid": "15", "videregaaende": "15", "spredning": "11",
        "kapasitet": "10", "tjenester": "10", "funksjonsnedsettelse": "10",
    }  # fmt: skip
    svar = klient.post(adresse, felt)
    assert svar.status_code == 422
    assert "Det første trinnet veier 0,59 (59 prosent), men skal veie minst 0,60 (60 prosent)." in tekst(
        svar.content.decode()
    )
    assert 'value="29"' in svar.content.decode()
    assert not Vektvariant.objects.filter(navn="Prøve").exists()
    with transaction.atomic():
        godtatt = klient.post(adresse, felt | {"introduksjon": "30", "spredning": "10"})
        assert godtatt.status_code == 302
        sett(system("prove"))
        assert Vektvariant.objects.filter(navn="Prøve").exists()
        transaction.set_rollback(True)
