"""Who sees a letter: nobody outside IMDi before it is sent, then its party and those the subject is shared with."""

from datetime import timedelta

import pytest

from bosett.aktor.kontekst import INGEN, system
from bosett.dokument import selectors, services
from bosett.dokument.models import Dokument, Fil, Forsendelse
from bosett.dokument.services import Mottaker
from bosett.grunn.feil import Avvist, FinnesIkke
from bosett.grunn.klokke import naa
from bosett.tilgang.services import del_subjekt, nytt_subjekt

from .brevdata import lag
from .pdflesing import tekst

pytestmark = pytest.mark.django_db


@pytest.fixture
def utkast(land):
    return services.opprett_utkast(
        aktor=land.radgiver,
        subjekt_id=nytt_subjekt(slag="prove").pk,
        slag="anmodningsbrev",
        brev=lag(),
        saksreferanse="Runde",
        motpart=land.kommune,
    )


def _send(land, utkast, som):
    som(system("prove"))
    services.godkjenn(aktor=land.godkjenner, dokument_id=utkast.pk)
    services.send(aktor=land.radgiver, dokument_id=utkast.pk, mottakere=[Mottaker(land.kommune, "fil")])


def test_kommunen_ser_brevet_forst_nar_det_er_sendt(land, utkast, som):
    leser = som(land.kommuneleser)
    assert not selectors.dokumenter(leser).exists()
    with pytest.raises(FinnesIkke):
        selectors.dokument(leser, utkast.uuid)
    _send(land, utkast, som)
    leser = som(land.kommuneleser)
    assert selectors.dokumenter(leser, utkast.subjekt_id).count() == 1
    assert "DEMO Fjordvik" in tekst(selectors.pdf(leser, utkast.uuid))


def test_naboen_ser_ingenting_uten_deling(land, utkast, som):
    _send(land, utkast, som)
    nabo = som(land.naboleser)
    assert not selectors.dokumenter(nabo).exists()
    assert not Fil.objects.exists()
    assert not Forsendelse.objects.exists()
    with pytest.raises(FinnesIkke):
        selectors.pdf(nabo, utkast.uuid)


def test_deling_av_saken_gir_innsyn_i_databasen(land, utkast, som):
    _send(land, utkast, som)
    fra = naa() - timedelta(days=1)  # the database counts from the start of the transaction
    del_subjekt(subjekt_id=utkast.subjekt_id, organisasjon=land.nabo, grad="full", hvorfor="prøve", fra=fra)
    som(land.naboleser)
    assert Dokument.objects.count() == 1


def test_uten_aktor_er_alt_tomt(land, utkast, som):
    _send(land, utkast, som)
    som(INGEN)
    assert not Dokument.objects.exists()
    assert not Fil.objects.exists()


def test_kommunen_kan_verken_skrive_eller_se_forsendelser_hos_imdi(land, utkast, som):
    leser = som(land.kommuneleser)
    with pytest.raises(Avvist):
        selectors.forsendelser(leser)
    assert Dokument.objects.filter(pk=utkast.pk).update(tittel="Mitt") == 0


def test_forhandsvisning_av_utkast_er_merket(land, utkast, som):
    assert "UTKAST – ikke godkjent" in tekst(selectors.pdf(som(land.radgiver), utkast.uuid))
