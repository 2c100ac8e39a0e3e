"""Reminding the municipalities that have not answered: by IMDi for those it chooses, and by itself before the deadline.

A reminder is a task in Bosett, and a notice by e-mail with a link and nothing else (R251). Nobody who has answered, or whose
text IMDi is judging, is reminded.
"""

from collections.abc import Collection, Sequence
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from urllib.parse import urlsplit

from django.conf import settings
from django.db import transaction
from procrastinate.contrib.django import app as jobber

from bosett.aktor.kontekst import Aktor, som
from bosett.anmodning.models import Kommuneanmodning, Runde
from bosett.dokument.brev import Maalform
from bosett.dokument.kanaler import Epost, send_epost
from bosett.geografi import selectors as geografi
from bosett.grunn.feil import FinnesIkke, Ugyldig
from bosett.grunn.handling import Handling
from bosett.grunn.klokke import OSLO, i_dag
from bosett.grunn.parametre import Parametre, les
from bosett.oppgave import services as oppgaver
from bosett.oppgave.services import NyOppgave
from bosett.spor.services import Innslag, registrer_mange
from bosett.tilgang.policy import krev
from bosett.tilgang.services import laas_mange
from bosett.vedtak import states
from bosett.vedtak.models import BESVART, Paaminnelse, Vedtak

OPPGAVE = "svar_anmodning"
MANUELL = "manuell"
MAKS_TEKST = 500
"""Characters in the sentence IMDi may add."""
AUTOMATISKE = ("paaminnelse_siste", "paaminnelse_forste")
"""The settings, the one nearest the deadline first."""

EPOST = {
    Maalform.NB: (
        "Påminnelse fra IMDi i Bosett",
        "Hei\n\nIMDi minner om at kommunen ikke har svart på anmodningen. Logg inn for å svare:\n{lenke}\n\n"
        "Denne e-posten kan ikke besvares.\n",
    ),
    Maalform.NN: (
        "Påminning frå IMDi i Bosett",
        "Hei\n\nIMDi minner om at kommunen ikkje har svart på oppmodinga. Logg inn for å svare:\n{lenke}\n\n"
        "Du kan ikkje svare på denne e-posten.\n",
    ),
}
"""What the notice says: a link and nothing personal (R251)."""


@cache
def innstillinger() -> Parametre:
    return les(Path(__file__).with_name("satser") / "paaminnelser.yaml")


@transaction.atomic
def paaminn(
    *, aktor: Aktor, runde_id: int, anmodning_ider: Collection[int], tekst: str = ""
) -> list[Paaminnelse]:
    """Remind these municipalities now, with a sentence of IMDi's own shown in Bosett. Gives the reminders that were made.

    Those that have answered since the preview, and those reminded already today, are passed over: repeating it reminds nobody
    twice. Raises `Ugyldig` when none is chosen or the sentence is too long, `FinnesIkke` for an unknown round.
    """
    krev(aktor, states.PAAMINN.kode)
    if not anmodning_ider:
        raise Ugyldig(
            kode="VEDTAK-PAAMINN-INGEN",
            hva="Ingen kommuner er valgt.",
            regel="Påminnelsen går bare til dem du velger.",
            gjor="Velg minst én kommune som ikke har svart.",
        )
    if len(tekst) > MAKS_TEKST:
        raise Ugyldig(
            kode="VEDTAK-PAAMINN-TEKST",
            hva="Teksten er for lang.",
            regel="Teksten kan være på 500 tegn.",
            gjor="Kort ned teksten.",
        )
    runde = Runde.objects.filter(pk=runde_id, tilstand__in=("sendes", "sendt")).first()
    if runde is None:
        raise FinnesIkke(kode="VEDTAK-RUNDE", hva="Runden finnes ikke, eller den er ikke åpen for svar.")
    return _minn(aktor, states.PAAMINN, runde, anmodning_ider, MANUELL, i_dag(), tekst.strip())


@transaction.atomic
def paaminn_automatisk(*, aktor: Aktor, runde_id: int) -> list[Paaminnelse]:
    """Give the reminder that is due today, or was due while nobody ran the job; once for each municipality.

    Only the one nearest the deadline is given, so that a long stop is not followed by two at once; none after the deadline, and
    none that was due before the municipality got its request.
    """
    runde = Runde.objects.get(pk=runde_id)
    forfalt = forfalte(runde.frist, i_dag())
    if runde.tilstand not in ("sendes", "sendt") or forfalt is None:
        return []
    slag, dag = forfalt
    ider = [
        anmodning.pk
        for anmodning in Kommuneanmodning.objects.filter(runde=runde, tilstand="anmodet")
        if anmodning.sendt is not None and anmodning.sendt.astimezone(OSLO).date() < dag
    ]
    return _minn(aktor, states.SEND_PAAMINNELSE, runde, ider, slag, dag, "")


def forfalte(frist: date, dag: date) -> tuple[str, date] | None:
    """The kind of reminder that is due on `dag` and the day it should be given; None when none is, or the deadline is over."""
    if dag > frist:
        return None
    for navn in AUTOMATISKE:
        dager = int(innstillinger().verdi(navn, frist).tallverdi)
        if dag >= frist - timedelta(days=dager):
            return f"D-{dager}", frist - timedelta(days=dager)
    return None


def _minn(
    aktor: Aktor, handling: Handling, runde: Runde, ider: Collection[int], slag: str, dag: date, tekst: str
) -> list[Paaminnelse]:
    laas_mange(subjekt_ider=ider)
    minnet = Paaminnelse.objects.filter(anmodning_id__in=ider, slag=slag, dag=dag)
    besvart = Vedtak.objects.filter(aar=runde.aar, tilstand__in=BESVART)
    anmodninger = list(
        Kommuneanmodning.objects.select_related("organisasjon", "subjekt")
        .filter(pk__in=ider, runde=runde, tilstand="anmodet")
        .exclude(pk__in=minnet.values("anmodning"))
        .exclude(kommune__in=besvart.values("kommune"))
        .order_by("nummer")
    )
    nye = Paaminnelse.objects.bulk_create(
        Paaminnelse(
            anmodning=ett,
            organisasjon=ett.organisasjon,
            slag=slag,
            dag=dag,
            tekst=tekst,
            sendt_av_id=aktor.bruker_id,
            kanaler=["oppgave"],
        )
        for ett in anmodninger
    )
    registrer_mange(
        aktor=aktor,
        handling=handling.kode,
        innslag=[
            Innslag(ny.anmodning_id, {"slag": slag, "dag": dag.isoformat()}, organisasjon=ny.organisasjon)
            for ny in nye
        ],
    )
    _oppgaver(runde, anmodninger)
    for ny in nye:
        if settings.EPOST_PA and ny.organisasjon.epost:
            jobber.configure_task("vedtak.send_paaminnelse").defer(paaminnelse_id=ny.pk)
    return nye


def _oppgaver(runde: Runde, anmodninger: Sequence[Kommuneanmodning]) -> None:
    oppgaver.opprett(
        oppgaver=[
            NyOppgave(
                subjekt_id=ett.pk,
                organisasjon=ett.organisasjon,
                roller=["bosetter_skriv"],
                slag=OPPGAVE,
                gjelder=str(runde),
                sti=_sti(ett),
                frist=runde.frist,
            )
            for ett in anmodninger
        ]
    )


def _sti(anmodning: Kommuneanmodning) -> str:
    return f"/vedtak/{anmodning.subjekt.uuid}/"


def send_epost_om(*, aktor: Aktor, paaminnelse_id: int) -> None:
    """The job: the notice by e-mail, outside every transaction. Once it is delivered, `kanaler` says so.

    A crash between the two gives a second e-mail with the same Message-ID. Raises `Leveringsfeil` when another attempt should
    be made. Nothing is mailed to a municipality that has answered in the meantime.
    """
    with som(aktor):
        krev(aktor, states.SEND_PAAMINNELSE.kode)
        ny = Paaminnelse.objects.select_related("anmodning__subjekt", "organisasjon").get(pk=paaminnelse_id)
        anmodning = ny.anmodning
        besvart = Vedtak.objects.filter(
            kommune_id=anmodning.kommune_id, aar=anmodning.runde.aar, tilstand__in=BESVART
        ).exists()
        if "epost" in ny.kanaler or besvart or not ny.organisasjon.epost:
            return
        emne, tekst = EPOST[Maalform.av(geografi.maalform(anmodning.kommune_id).form)]
    vert = urlsplit(settings.ADRESSE).hostname or "bosett.invalid"
    send_epost(
        Epost(
            adresse=ny.organisasjon.epost,
            emne=emne,
            tekst=tekst.format(lenke=f"{settings.ADRESSE}{_sti(anmodning)}"),
            message_id=f"<paaminnelse-{ny.pk}@{vert}>",
        )
    )
    with som(aktor):
        Paaminnelse.objects.filter(pk=ny.pk).exclude(kanaler__contains=["epost"]).update(
            kanaler=["oppgave", "epost"]
        )
