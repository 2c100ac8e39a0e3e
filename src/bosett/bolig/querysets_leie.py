"""What an actor may see of landlords, leases and shared buildings. Row security (migration 0004) says the same."""

from django.db.models import QuerySet

from bosett.aktor.kontekst import Aktor
from bosett.bolig.models import Boligprosjekt, Leiekontrakt, Utleier
from bosett.bolig.models_leie import Kontrakter
from bosett.bolig.querysets import SE
from bosett.tilgang.policy import organisasjoner_for

SE_LEIE = "bolig.leie"


def synlige_utleiere(aktor: Aktor) -> QuerySet[Utleier]:
    """The municipality's own; nobody else's, and IMDi sees none."""
    if aktor.jobb:
        return Utleier.objects.all()
    return Utleier.objects.filter(organisasjon_id__in=organisasjoner_for(aktor, SE_LEIE))


def synlige_kontrakter(aktor: Aktor) -> Kontrakter:
    alle: Kontrakter = Leiekontrakt.objects.all()
    return alle if aktor.jobb else alle.filter(organisasjon_id__in=organisasjoner_for(aktor, SE_LEIE))


def synlige_prosjekter(aktor: Aktor) -> QuerySet[Boligprosjekt]:
    """IMDi sees all, a municipality its own."""
    if aktor.nasjonal:
        return Boligprosjekt.objects.all()
    return Boligprosjekt.objects.filter(organisasjon_id__in=organisasjoner_for(aktor, SE))
