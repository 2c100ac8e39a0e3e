"""What the actor should do next."""

from django.db.models import F, QuerySet

from bosett.aktor.kontekst import Aktor
from bosett.aktor.roller import ROLLER
from bosett.grunn.handling import Omfang, lesning
from bosett.oppgave.models import Oppgave


@lesning("oppgave.egne", "se oppgavene til egen organisasjon", dict.fromkeys(ROLLER, Omfang.EGEN))
def apne(aktor: Aktor) -> QuerySet[Oppgave]:
    """Open tasks of the actor's organisations and roles, most urgent first (no deadline last)."""
    return Oppgave.objects.filter(
        organisasjon_id__in=aktor.organisasjoner, ferdig=None, roller__has_any_keys=sorted(aktor.roller) or [""]
    ).order_by(F("frist").asc(nulls_last=True), "opprettet")
