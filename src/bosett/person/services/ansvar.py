"""Who finds a municipality for an unaccompanied minor has changed, and the one who has the case now says that it knows (R190)."""

from django.db import transaction

from bosett.aktor.kontekst import Aktor, som_systemet
from bosett.grunn.feil import FinnesIkke, Konflikt
from bosett.oppgave import selectors as oppgavene
from bosett.oppgave import services as oppgaver
from bosett.person.models import Husholdning
from bosett.person.querysets import synlige_husholdninger
from bosett.person.services.deling import BYTTET
from bosett.person.states import TA_OVER
from bosett.spor.services import registrer
from bosett.tilgang.policy import kan, krev
from bosett.tilgang.services import laas


@transaction.atomic
def ta_over(*, aktor: Aktor, husholdning_id: int) -> None:
    """The task of both organisations is done: the one that gave the case away sees that somebody has it. Again changes nothing.

    Raises `FinnesIkke` for a case the actor does not see, `Konflikt` when another organisation than the actor's is responsible.
    """
    krev(aktor, TA_OVER.kode)
    h = synlige_husholdninger(aktor).filter(pk=husholdning_id).first()
    if h is None:
        raise FinnesIkke(kode="SAK-UKJENT", hva="Saken finnes ikke, eller du har ikke tilgang til den.")
    laas(subjekt_id=h.pk)
    h.refresh_from_db(fields=["ansvar"])
    if not _har_ansvaret(aktor, h):
        raise Konflikt(
            kode="ANSVAR-ANDRES", hva="Ansvaret ligger ikke hos dere.", regel="Den som har ansvaret, bekrefter at den har tatt over.",
            gjor="Last siden på nytt og se hvem som finner kommune.",
        )  # fmt: skip
    with som_systemet(TA_OVER.kode, etter=aktor):  # the other organisation's task is not this one's to write
        lukket = oppgaver.fullfor(aktor=aktor, subjekt_ider=[h.pk], slag=BYTTET)
    if lukket:
        registrer(aktor=aktor, handling=TA_OVER.kode, subjekt_id=h.pk, data={"ansvar": h.ansvar})


def kan_ta_over(aktor: Aktor, h: Husholdning) -> bool:
    """The responsibility has come to the actor's organisation, and nobody there has said that it knows."""
    venter = oppgavene.paa_sak(aktor, h.pk, (BYTTET,)).filter(ferdig=None)
    return kan(aktor, TA_OVER.kode) and _har_ansvaret(aktor, h) and venter.exists()


def _har_ansvaret(aktor: Aktor, h: Husholdning) -> bool:
    return any(t.slag == h.ansvar for t in aktor.tilhorigheter if t.rolle in TA_OVER.roller)
