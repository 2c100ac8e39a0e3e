"""A municipality's answer: drafts, sending once, deciding again, and what the database itself refuses."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction

import svar
from aktorer import som_bruker
from bosett.aktor.kontekst import som, system
from bosett.anmodning.models import Runde
from bosett.grunn.feil import Avvist, Konflikt, Ugyldig
from bosett.grunn.klokke import i_dag
from bosett.oppgave.models import Oppgave
from bosett.spor.verifisering import verifiser
from bosett.vedtak import selectors, services
from bosett.vedtak.models import Vedtak
from bosett.vedtak.rules.status import Status
from runder import STEINKJER, VOLDA


def _status(runde_id: int, nummer: str = STEINKJER) -> Status:
    with som_bruker("imdi_radgiver") as aktor:
        runde = Runde.objects.get(pk=runde_id)
        return next(
            linje.status for linje in selectors.svar(aktor, runde) if linje.tall.anmodning.nummer == nummer
        )


def test_a_clean_answer_is_registered_once(sendt: int) -> None:
    assert _status(sendt) is Status.VENTER
    utkast = svar.lagre(svar.utfylt(10))
    with som_bruker("bosetter_skriv") as aktor:
        forste = services.send(aktor=aktor, vedtak_id=utkast.pk, versjon=1, bekreftet=True)
        igjen = services.send(aktor=aktor, vedtak_id=utkast.pk, versjon=1, bekreftet=True)
    assert (forste.pk, forste.nr, forste.tilstand, forste.etter_frist) == (igjen.pk, 1, "registrert", False)
    assert _status(sendt) in (Status.FAERRE, Status.HELE, Status.FLERE)
    with som(system("prove")):
        assert Vedtak.objects.count() == 1
        assert not Oppgave.objects.filter(subjekt=utkast.anmodning_id, ferdig=None).exists()
        assert verifiser().feil == []


def test_zero_is_a_no_and_a_draft_is_no_answer(sendt: int) -> None:
    svar.lagre(svar.utfylt(10))
    assert _status(sendt) is Status.VENTER
    with som_bruker("bosetter_skriv") as aktor:
        utkast = selectors.egne(aktor).get()
    svar.lagre(svar.utfylt(0, em=None, tekst="Kommunen bosetter ingen flyktninger i 2027."), versjon=1)
    with som_bruker("bosetter_skriv") as aktor:
        services.send(aktor=aktor, vedtak_id=utkast.pk, versjon=2, bekreftet=True)
    assert _status(sendt) is Status.NEI


def test_a_reservation_stops_it_and_the_draft_stands(sendt: int) -> None:
    utkast = svar.lagre(
        svar.utfylt(
            10, tekst="Kommunen bosetter 10 flyktninger i 2027, forutsatt at boliger er tilgjengelige."
        )
    )
    with som_bruker("bosetter_skriv") as aktor, pytest.raises(services.Forbehold) as feil:
        services.send(aktor=aktor, vedtak_id=utkast.pk, versjon=1, bekreftet=True)
    assert feil.value.kode == "VEDTAK-FORBEHOLD"
    assert "forutsatt" in feil.value.kontroll.funn[0].ord
    assert _status(sendt) is Status.VENTER


def test_deciding_again_replaces_and_keeps_the_first(sendt: int) -> None:
    forste = svar.send(svar.utfylt(10))
    andre = svar.send(svar.utfylt(15))
    with som(system("prove")):
        forste.refresh_from_db()
    assert (forste.tilstand, andre.tilstand, andre.nr) == ("erstattet", "registrert", 2)
    assert forste.erstattet is not None and forste.antall == 10


def test_two_people_do_not_write_over_each_other(sendt: int) -> None:
    svar.lagre(svar.utfylt(10))
    svar.lagre(svar.utfylt(11), versjon=1)
    with pytest.raises(Konflikt) as feil:
        svar.lagre(svar.utfylt(12), versjon=1)
    assert feil.value.kode == "VEDTAK-SAMTIDIG"
    assert svar.lagre(svar.utfylt(11), versjon=1).versjon == 2, "the same content again changes nothing"


def test_obligations_must_be_confirmed(sendt: int) -> None:
    utkast = svar.lagre(svar.utfylt(10))
    with som_bruker("bosetter_skriv") as aktor, pytest.raises(Ugyldig) as feil:
        services.send(aktor=aktor, vedtak_id=utkast.pk, versjon=1, bekreftet=False)
    assert feil.value.kode == "VEDTAK-BEKREFT"


def test_only_the_municipality_answers_and_only_its_own(sendt: int) -> None:
    anmodning = svar.anmodningen(VOLDA)
    for rolle in ("bosetter_skriv", "bosetter_les", "kommune_admin", "imdi_radgiver", "ks_radgiver"):
        with som_bruker(rolle) as aktor, pytest.raises((Avvist, services.FinnesIkke)):
            services.lagre(aktor=aktor, anmodning_id=anmodning.pk, svar=svar.utfylt())


def test_a_registered_decision_never_changes(sendt: int) -> None:
    vedtak = svar.send(svar.utfylt(10))
    with som_bruker("bosetter_skriv"), pytest.raises(IntegrityError), transaction.atomic():
        Vedtak.objects.filter(pk=vedtak.pk).update(antall=99)
    with som(system("prove")), pytest.raises(IntegrityError), transaction.atomic():
        Vedtak.objects.filter(pk=vedtak.pk).delete()


def test_drafts_are_the_municipalitys_own(sendt: int) -> None:
    utkast = svar.lagre(svar.utfylt(10))
    with som_bruker("bosetter_skriv.volda"):
        assert not Vedtak.objects.filter(pk=utkast.pk).exists()
    with som_bruker("ks_radgiver"):
        assert not Vedtak.objects.filter(pk=utkast.pk).exists()


@pytest.mark.parametrize(("dager", "etter"), [(0, False), (1, True)])
def test_a_late_answer_is_kept_and_marked(sendt: int, dager: int, etter: bool, eier) -> None:  # type: ignore[no-untyped-def]
    eier(f"UPDATE anmodning_runde SET frist = '{i_dag() - timedelta(days=dager)}' WHERE subjekt_id = {sendt}")
    assert _status(sendt) is (Status.OVER_FRISTEN if etter else Status.VENTER)
    assert svar.send(svar.utfylt(10)).etter_frist is etter
