"""Reminders: chosen with a preview, by themselves before the deadline, never twice, never after an answer, and a link only."""

from collections.abc import Callable
from datetime import date, datetime, timedelta
from uuid import UUID

import pytest
from django.core import mail
from django.urls import reverse
from procrastinate.contrib.django.models import ProcrastinateJob

import svar
from aktorer import innlogget, som_bruker
from bosett.aktor.kontekst import som, system
from bosett.aktor.models import Organisasjon
from bosett.anmodning.models import Runde
from bosett.dokument.brev import Maalform
from bosett.grunn.feil import Avvist, Ugyldig
from bosett.grunn.klokke import OSLO, frys, i_dag
from bosett.oppgave import selectors as oppgaver
from bosett.vedtak import paaminnelser, selectors, tasks
from bosett.vedtak.models import Paaminnelse
from bosett.vedtak.paaminnelser import forfalte
from bosett.vedtak.rules.status import Status
from runder import OSLO as OSLO_NR
from runder import STEINKJER, VOLDA

Eier = Callable[[str], list[tuple]]
FRIST = date(2019, 12, 20)


def _uuid(runde_id: int) -> UUID:
    with som(system("prove")):
        return Runde.objects.get(pk=runde_id).subjekt.uuid


def _ider(*numre: str) -> list[int]:
    return [svar.anmodningen(nummer).pk for nummer in numre]


def _minnet() -> list[tuple[str, str]]:
    with som(system("prove")):
        rader = Paaminnelse.objects.order_by("dag", "anmodning__nummer")
        return [(rad.anmodning.nummer, rad.slag) for rad in rader.select_related("anmodning")]


@pytest.fixture
def i_2019(sendt: int, eier: Eier) -> int:
    """The round with the deadline of the 2019 letter, its letters sent in good time, and people who worked then."""
    eier(f"UPDATE anmodning_runde SET frist = '{FRIST}' WHERE subjekt_id = {sendt}")
    eier("UPDATE anmodning_kommuneanmodning SET sendt = '2019-11-01' WHERE sendt IS NOT NULL")
    eier("UPDATE aktor_medlemskap SET fra = '2015-01-01'")
    return sendt


def _jobb(dag: date) -> None:
    with frys(dag):
        tasks.paaminn(timestamp=0)


@pytest.mark.krav("R150", "R089")
def test_the_deadline_of_2019_reminds_twice_and_a_late_answer_is_kept_and_marked(i_2019: int) -> None:
    _jobb(FRIST - timedelta(days=15))
    assert _minnet() == []
    for _ in range(2):  # safe to run again
        _jobb(FRIST - timedelta(days=14))
        _jobb(FRIST - timedelta(days=9))
    forste = [(nummer, "D-14") for nummer in (OSLO_NR, VOLDA, STEINKJER)]
    assert _minnet() == forste
    with frys(FRIST - timedelta(days=5)):
        svar.send(svar.utfylt(10, motedato=date(2019, 12, 1)), VOLDA)
    _jobb(FRIST - timedelta(days=3))
    assert _minnet() == [*forste, (OSLO_NR, "D-3"), (STEINKJER, "D-3")], "nobody who has answered"
    _jobb(FRIST + timedelta(days=1))
    assert len(_minnet()) == 5
    for dag, ventet in ((FRIST, Status.VENTER), (FRIST + timedelta(days=1), Status.OVER_FRISTEN)):
        with frys(dag), som_bruker("imdi_radgiver") as aktor:
            linjer = selectors.svar(aktor, selectors.runde(aktor, _uuid(i_2019)))
            stand = {linje.tall.anmodning.nummer: linje.status for linje in linjer}
        assert stand[STEINKJER] is ventet and stand[VOLDA].svart
    with frys(FRIST + timedelta(days=1)):
        assert svar.send(svar.utfylt(10, motedato=date(2019, 12, 18))).etter_frist is True


def test_after_a_long_stop_one_reminder_is_given_not_two(i_2019: int) -> None:
    _jobb(FRIST - timedelta(days=1))
    assert {slag for _, slag in _minnet()} == {"D-3"}
    assert len(_minnet()) == 3


def test_a_request_that_came_after_the_day_is_not_reminded_of_it(i_2019: int, eier: Eier) -> None:
    eier(
        f"UPDATE anmodning_kommuneanmodning SET sendt = '{FRIST - timedelta(days=10)}' WHERE nummer = '{OSLO_NR}'"
    )
    _jobb(FRIST - timedelta(days=8))
    assert OSLO_NR not in dict(_minnet())
    _jobb(FRIST - timedelta(days=2))
    assert (OSLO_NR, "D-3") in _minnet()


def test_which_reminder_is_due() -> None:
    svarene = {dager: forfalte(FRIST, FRIST - timedelta(days=dager)) for dager in (15, 14, 4, 3, 0, -1)}
    fjorten, tre = ("D-14", date(2019, 12, 6)), ("D-3", date(2019, 12, 17))
    assert svarene == {15: None, 14: fjorten, 4: fjorten, 3: tre, 0: tre, -1: None}


def test_the_preview_shows_all_and_the_act_reminds_each_once(sendt: int) -> None:
    klient = innlogget("imdi_radgiver")
    adresse = reverse("svar:paaminn", args=[_uuid(sendt)])
    volda, oslo = _ider(VOLDA, OSLO_NR)
    side = klient.post(adresse, {"valgt": [volda, oslo], "handling": "forhandsvis", "sporring": ""})
    tekst = side.content.decode()
    assert side.status_code == 200 and _minnet() == []
    assert "Volda" in tekst and "Oslo" in tekst and "Steinkjer" not in tekst
    assert "nynorsk" in tekst and "IMDi minner om at kommunen ikkje har svart" in tekst
    assert "IMDi minner om at kommunen ikke har svart" in tekst
    assert "1 kommune har ingen bruker som kan svare" in tekst, "Oslo has none"
    assert "2 kommuner får ikke e-post" in tekst, "no mail server is named"
    felt = {"valgt": [volda, oslo], "send": "ja", "tekst": "Ring oss gjerne."}
    assert klient.post(adresse, felt).status_code == 302
    klient.post(adresse, felt)
    assert _minnet() == [(OSLO_NR, "manuell"), (VOLDA, "manuell")]
    with som_bruker("bosetter_skriv.volda") as aktor:
        assert "svar_anmodning" in {oppgave.slag for oppgave in oppgaver.apne(aktor)}
    hjem = innlogget("bosetter_skriv.volda")
    assert "Registrer vedtaket" in hjem.get(reverse("hjem")).content.decode()
    egen = reverse("anmodning:egen", args=[svar.anmodningen(VOLDA).subjekt.uuid])
    assert "Ring oss gjerne." in hjem.get(egen).content.decode()
    svar.send(svar.utfylt(10), VOLDA)
    assert "Ring oss gjerne." not in hjem.get(egen).content.decode()


def test_all_in_the_filter_means_the_filter_of_the_list(sendt: int) -> None:
    side = innlogget("imdi_radgiver").post(
        reverse("svar:paaminn", args=[_uuid(sendt)]),
        {"alle": "ja", "sporring": "sok=Volda", "handling": "forhandsvis"},
    )
    tekst = side.content.decode()
    assert "Volda" in tekst and "Steinkjer" not in tekst


def test_who_has_answered_or_waits_for_a_judgement_is_not_reminded(sendt: int) -> None:
    svar.send(svar.utfylt(10))
    with som_bruker("imdi_radgiver") as aktor:
        assert paaminnelser.paaminn(aktor=aktor, runde_id=sendt, anmodning_ider=_alle(), tekst="") != []
    assert STEINKJER not in dict(_minnet())


def _alle() -> list[int]:
    from bosett.anmodning.models import Kommuneanmodning  # noqa: PLC0415 - as the actor of the moment

    return list(Kommuneanmodning.objects.filter(tilstand="anmodet").values_list("pk", flat=True))


def test_only_imdis_adviser_reminds_and_somebody_must_be_chosen(sendt: int) -> None:
    ider = _ider(VOLDA)
    for rolle in ("ks_radgiver", "fylke_radgiver", "imdi_leder", "bosetter_skriv"):
        with som_bruker(rolle) as aktor, pytest.raises(Avvist):
            paaminnelser.paaminn(aktor=aktor, runde_id=sendt, anmodning_ider=ider, tekst="")
    with som_bruker("imdi_radgiver") as aktor, pytest.raises(Ugyldig):
        paaminnelser.paaminn(aktor=aktor, runde_id=sendt, anmodning_ider=[], tekst="")


@pytest.mark.krav_delvis("R251")
def test_the_e_mail_carries_a_link_and_nothing_else(sendt: int, settings) -> None:  # type: ignore[no-untyped-def]
    settings.EPOST_PA = True
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    with som(system("prove")):
        Organisasjon.objects.filter(navn="Volda kommune").update(epost="post@volda.invalid")
    ider = _ider(VOLDA, STEINKJER)
    with som_bruker("imdi_radgiver") as aktor:
        paaminnelser.paaminn(aktor=aktor, runde_id=sendt, anmodning_ider=ider, tekst="Fritekst")
    with som(system("prove")):
        jobber = ProcrastinateJob.objects.filter(task_name="vedtak.send_paaminnelse")
        (ny,) = [jobb.args["paaminnelse_id"] for jobb in jobber]
    for _ in range(2):
        paaminnelser.send_epost_om(aktor=system("prove"), paaminnelse_id=ny)
    (epost,) = mail.outbox
    assert epost.to == ["post@volda.invalid"]
    lenke = f"{settings.ADRESSE}/vedtak/{svar.anmodningen(VOLDA).subjekt.uuid}/"
    assert (epost.subject, epost.body) == (
        paaminnelser.EPOST[Maalform.NN][0],
        paaminnelser.EPOST[Maalform.NN][1].format(lenke=lenke),
    )
    with som(system("prove")):
        assert Paaminnelse.objects.get(pk=ny).kanaler == ["oppgave", "epost"]


def test_nothing_is_mailed_to_one_that_has_answered_since(sendt: int, settings) -> None:  # type: ignore[no-untyped-def]
    settings.EPOST_PA = True
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    with som(system("prove")):
        Organisasjon.objects.filter(navn="Volda kommune").update(epost="post@volda.invalid")
    ider = _ider(VOLDA)
    with som_bruker("imdi_radgiver") as aktor:
        (ny,) = paaminnelser.paaminn(aktor=aktor, runde_id=sendt, anmodning_ider=ider, tekst="")
    svar.send(svar.utfylt(10), VOLDA)
    paaminnelser.send_epost_om(aktor=system("prove"), paaminnelse_id=ny.pk)
    assert mail.outbox == []


def test_the_preview_points_out_who_was_reminded_lately(sendt: int) -> None:
    ider = _ider(VOLDA)
    for_to_uker_siden = datetime.combine(i_dag() - timedelta(days=14), datetime.min.time(), OSLO)
    with frys(for_to_uker_siden), som_bruker("imdi_radgiver") as aktor:
        paaminnelser.paaminn(aktor=aktor, runde_id=sendt, anmodning_ider=ider, tekst="")
    with som_bruker("imdi_radgiver") as aktor:
        denne = selectors.runde(aktor, Runde.objects.get(pk=sendt).subjekt.uuid)
        assert [m.nylig for m in selectors.mottakere(aktor, denne, ider)] == [False]
        paaminnelser.paaminn(aktor=aktor, runde_id=sendt, anmodning_ider=ider, tekst="")
        assert [m.nylig for m in selectors.mottakere(aktor, denne, ider)] == [True]
