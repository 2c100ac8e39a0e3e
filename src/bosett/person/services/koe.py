"""The shared queues of households: IMDi's and Bufetat's. Each is worked with by the unit that finds the municipality (`ansvar`)."""

from uuid import UUID

from django.db import transaction
from django.db.models import Exists, OuterRef, QuerySet

from bosett.aktor.kontekst import Aktor
from bosett.aktor.models import Organisasjon
from bosett.grunn.feil import Avvist, FinnesIkke
from bosett.oppgave import reservasjoner
from bosett.oppgave.models import Reservasjon
from bosett.oppgave.states import RESERVER
from bosett.person.models import Husholdning
from bosett.person.querysets import synlige_husholdninger
from bosett.tilgang.models import Subjekt
from bosett.tilgang.policy import krev
from bosett.tilgang.services import laas

PROV = 20
"""So many cases at the head of the queue are tried, when others take from it at the same moment."""


@transaction.atomic
def reserver(*, aktor: Aktor, husholdning: UUID) -> Reservasjon:
    """Take a case from the queue of the actor's own unit. Repeating it changes nothing.

    Raises `FinnesIkke` alike for a case that is not there, one the actor may not see, and one that has ended; `Avvist` when another
    authority finds the municipality; `Konflikt` when a colleague holds it.
    """
    krev(aktor, RESERVER.kode)
    synlige = synlige_husholdninger(aktor).filter(avsluttet=None)
    pk = synlige.filter(subjekt__uuid=husholdning).values_list("pk", flat=True).first()
    if pk is not None:
        laas(subjekt_id=pk)  # and read again: it may have ended, or changed hands, while we waited
    h = synlige.filter(pk=pk).first()
    if h is None:
        raise FinnesIkke(
            kode="PERSON-FINNES-IKKE", hva="Siden finnes ikke, eller du har ikke tilgang til den."
        )
    return reservasjoner.reserver(
        aktor=aktor, subjekt_id=h.pk, organisasjon=enhet(aktor, h.ansvar), ko=h.ansvar
    )


@transaction.atomic
def ta_neste(*, aktor: Aktor, rader: QuerySet[Husholdning]) -> Husholdning | None:
    """Take the first free case of these, in their order; None when none is free. Two who ask at once get one each."""
    krev(aktor, RESERVER.kode)
    for h in list(rader.exclude(er_reservert()).select_related("subjekt")[:PROV]):
        # One that somebody has locked, somebody is about to take.
        if Subjekt.objects.select_for_update(skip_locked=True).filter(pk=h.pk).first() is None:
            continue
        staar = synlige_husholdninger(aktor).filter(pk=h.pk, avsluttet=None, ansvar=h.ansvar)
        if staar.exclude(er_reservert()).exists():
            reservasjoner.reserver(
                aktor=aktor, subjekt_id=h.pk, organisasjon=enhet(aktor, h.ansvar), ko=h.ansvar
            )
            return h
    return None


def er_reservert(pk: str = "pk") -> Exists:
    """Somebody in the actor's organisations holds it now: row security shows no other organisation's."""
    return Exists(Reservasjon.objects.gjelder().filter(subjekt=OuterRef(pk)))


def enhet(aktor: Aktor, ko: str) -> Organisasjon:
    """The actor's own unit that works with the queue. Raises `Avvist`."""
    egne = sorted(
        (t.vikar, t.organisasjon_id)
        for t in aktor.tilhorigheter
        if t.slag == ko and t.rolle in RESERVER.roller
    )
    if not egne:
        raise Avvist(
            kode="KO-ANNENS",
            hva="Saken hører til køen i en annen etat.",
            regel="Etaten som finner kommunen, arbeider med saken.",
        )
    return Organisasjon.objects.get(pk=egne[0][1])
