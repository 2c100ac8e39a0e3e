"""«Hva har kommunene svart?» for IMDi, KS and the county municipality: the same figures, each its own municipalities."""

import csv
import io
from datetime import timedelta
from uuid import UUID

import pytest
from django.test import Client
from django.urls import reverse

import svar
from aktorer import innlogget, som_bruker
from bosett.aktor.kontekst import som, system
from bosett.anmodning.models import Runde
from bosett.grunn.klokke import i_dag
from bosett.vedtak import selectors, services
from bosett.vedtak.svarlinjer import summer
from runder import OSLO, STEINKJER, VOLDA


def _uuid(runde_id: int) -> UUID:
    with som(system("prove")):
        return Runde.objects.get(pk=runde_id).subjekt.uuid


def _tall(runde_id: int) -> dict[str, int]:
    with som_bruker("imdi_radgiver") as aktor:
        linjer = selectors.svar(aktor, Runde.objects.get(pk=runde_id))
        return {linje.tall.anmodning.nummer: linje.tall.antall for linje in linjer}


def _rader(klient: Client, runde_id: int, sporring: str = "") -> dict[str, dict[str, str]]:
    fil = klient.get(f"{reverse('svar:runde', args=[_uuid(runde_id)])}?format=csv{sporring}")
    tekst = fil.content.decode("utf-8-sig")
    return {rad["Nummer"]: rad for rad in csv.DictReader(io.StringIO(tekst), delimiter=";")}


@pytest.mark.krav("R149")
def test_fewer_than_asked_is_shown_in_amber_and_never_stopped(sendt: int) -> None:
    spurt = _tall(sendt)[STEINKJER]
    vedtak = svar.send(svar.utfylt(spurt - 5))
    assert vedtak.tilstand == "registrert"
    side = innlogget("imdi_radgiver").get(reverse("svar:runde", args=[_uuid(sendt)])).content.decode()
    assert "1 av 3 kommuner har svart" in side
    assert '<span class="ds-tag" data-color="warning">−5</span>' in side
    ett = innlogget("imdi_radgiver").get(reverse("svar:vedtak", args=[vedtak.uuid])).content.decode()
    assert "Kommunen bør bosette så mange som IMDi ber om. Kommunen bestemmer selv." in ett


@pytest.mark.krav("R142")
def test_zero_is_a_no_and_blank_is_not_answered(sendt: int) -> None:
    svar.send(svar.utfylt(0, em=None, tekst="Kommunen bosetter ingen flyktninger i 2027."))
    rader = _rader(innlogget("imdi_radgiver"), sendt)
    assert (rader[STEINKJER]["Svar"], rader[STEINKJER]["Vedtatt"]) == ("Nei", "0")
    assert (rader[OSLO]["Svar"], rader[OSLO]["Vedtatt"]) == ("Ikke svart", "")
    assert set(_rader(innlogget("imdi_radgiver"), sendt, "&svar=nei")) == {STEINKJER}
    assert set(_rader(innlogget("imdi_radgiver"), sendt, "&svar=ubesvart&sok=olda")) == {VOLDA}


@pytest.mark.krav_delvis("R089")
def test_the_day_after_the_deadline_it_is_in_the_list_of_those_over(sendt: int, eier) -> None:  # type: ignore[no-untyped-def]
    eier(f"UPDATE anmodning_runde SET frist = '{i_dag() - timedelta(days=1)}' WHERE subjekt_id = {sendt}")
    assert set(_rader(innlogget("imdi_radgiver"), sendt, "&svar=over_fristen")) == {STEINKJER, VOLDA, OSLO}


def test_ks_sees_all_and_why_in_one_click_and_the_county_its_own(sendt: int) -> None:
    anmodning = svar.anmodningen(VOLDA)
    with som_bruker("bosetter_skriv.volda") as aktor:
        services.meld_senere(
            aktor=aktor,
            anmodning_id=anmodning.pk,
            ventes=anmodning.runde.frist + timedelta(days=20),
            bosetter_imens=True,
        )
    svar.send(svar.utfylt(10))
    ks = innlogget("ks_radgiver")
    liste = ks.get(reverse("svar:liste")).content.decode()
    side = reverse("svar:runde", args=[_uuid(sendt)])
    assert f'href="{side}"' in liste
    tekst = ks.get(side).content.decode()
    assert "1 av 3 kommuner har svart" in tekst and "Bosetter imens" in tekst
    assert "Minn" not in tekst, "KS reminds nobody"
    assert set(_rader(ks, sendt, "&svar=senere")) == {VOLDA}
    fylke = innlogget("fylke_radgiver")
    assert "1 av 1 kommune har svart" in fylke.get(side).content.decode()
    assert set(_rader(fylke, sendt)) == {STEINKJER}


def test_one_decision_is_read_by_imdi_ks_and_the_own_county_only(sendt: int) -> None:
    volda, steinkjer = svar.send(svar.utfylt(10), VOLDA), svar.send(svar.utfylt(10))
    andre = svar.send(svar.utfylt(12))
    for bruker in ("imdi_radgiver", "imdi_leder", "ks_radgiver"):
        side = innlogget(bruker).get(reverse("svar:vedtak", args=[steinkjer.uuid]))
        tekst = side.content.decode()
        assert side.status_code == 200
        assert "84/2026" in tekst and "30 for, 5 mot" in tekst and "Erstattet av et nytt vedtak" in tekst
        assert reverse("svar:vedtak", args=[andre.uuid]) in tekst, "the history leads to the one in force"
    fylke = innlogget("fylke_radgiver")
    assert fylke.get(reverse("svar:vedtak", args=[andre.uuid])).status_code == 200
    assert fylke.get(reverse("svar:vedtak", args=[volda.uuid])).status_code == 404
    for bruker in ("bosetter_skriv", "udi_saksbehandler", "imdi_admin"):
        assert innlogget(bruker).get(reverse("svar:vedtak", args=[andre.uuid])).status_code == 404
    assert innlogget("ks_radgiver").post(reverse("svar:vedtak", args=[andre.uuid])).status_code != 302


def test_the_sums_are_of_those_that_have_answered(sendt: int) -> None:
    anmodet = _tall(sendt)
    svar.send(svar.utfylt(7, em=True, em_antall=2, tekst="Kommunen bosetter 7 flyktninger i 2027. Av disse er 2 enslige mindreårige."))  # fmt: skip
    with som_bruker("imdi_radgiver") as aktor:
        summen = summer(selectors.svar(aktor, Runde.objects.get(pk=sendt)))
    assert (summen.spurt, summen.svart, summen.vedtatt, summen.em_vedtatt) == (3, 1, 7, 2)
    assert (summen.anmodet_av_svart, summen.anmodet) == (anmodet[STEINKJER], sum(anmodet.values()))
    assert sum(kommuner for kommuner, _ in summen.per_status.values()) == 3
