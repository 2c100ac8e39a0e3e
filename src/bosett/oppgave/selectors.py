"""What the actor should do next."""

from django.db.models import F, Q, QuerySet

from bosett.aktor.kontekst import Aktor
from bosett.aktor.roller import ROLLER
from bosett.grunn.handling import Omfang, lesning
from bosett.oppgave.models import Oppgave


@lesning("oppgave.egne", "se oppgavene til egen organisasjon", dict.fromkeys(ROLLER, Omfang.EGEN))
def apne(aktor: Aktor) -> QuerySet[Oppgave]:
    """Open tasks of the actor's organisations and roles, most urgent first (no deadline last)."""
    egne = Q(pk__in=[])
    for (
        tilhorighet
    ) in aktor.tilhorigheter:  # the role in the very organisation; a role elsewhere gives nothing here
        egne |= Q(organisasjon_id=tilhorighet.organisasjon_id, roller__has_key=tilhorighet.rolle)
    return Oppgave.objects.filter(egne, ferdig=None).order_by(F("frist").asc(nulls_last=True), "opprettet")
