"""What the actor should do next."""

from django.db.models import F, Q, QuerySet

from bosett.aktor.kontekst import Aktor
from bosett.aktor.roller import ROLLER
from bosett.grunn.handling import Omfang, lesning
from bosett.oppgave.models import Oppgave
from bosett.tilgang.policy import organisasjoner_for

_EGNE = lesning("oppgave.egne", "se oppgavene til egen organisasjon", dict.fromkeys(ROLLER, Omfang.EGEN))


@_EGNE
def apne(aktor: Aktor) -> QuerySet[Oppgave]:
    """Open tasks of the actor's organisations and roles, most urgent first (no deadline last)."""
    egne = Q(pk__in=[])
    for (
        tilhorighet
    ) in aktor.tilhorigheter:  # the role in the very organisation; a role elsewhere gives nothing here
        egne |= Q(organisasjon_id=tilhorighet.organisasjon_id, roller__has_key=tilhorighet.rolle)
    return Oppgave.objects.filter(egne, ferdig=None).order_by(F("frist").asc(nulls_last=True), "opprettet")


@_EGNE
def paa_sak(aktor: Aktor, subjekt_id: int, slag: tuple[str, ...]) -> QuerySet[Oppgave]:
    """The tasks of these kinds that the actor's organisations have on a subject, done ones too, in the order of their dates."""
    return (
        Oppgave.objects.filter(
            subjekt_id=subjekt_id,
            organisasjon_id__in=organisasjoner_for(aktor, "oppgave.egne"),
            slag__in=slag,
        )
        .select_related("ferdig_av")
        .order_by("frist", "pk")
    )
