"""What an actor may see of homes. The database's own row security (migration 0002) says the same."""

from django.db.models import QuerySet

from bosett.aktor.kontekst import Aktor
from bosett.bolig.models import Annonse, Bolig, Boomraade, Framskaffelse, Innmelding
from bosett.tilgang.policy import organisasjoner_for

SE, SE_INNMELDINGER = "bolig.se", "bolig.innmeldinger"
SE_FRAMSKAFFELSE, SE_ANNONSER = "bolig.se_framskaffelse", "bolig.se_annonser"


def synlige_boliger(aktor: Aktor) -> QuerySet[Bolig]:
    """IMDi sees all, a municipality its own."""
    if aktor.nasjonal:
        return Bolig.objects.all()
    return Bolig.objects.filter(organisasjon_id__in=organisasjoner_for(aktor, SE))


def synlige_omraader(aktor: Aktor) -> QuerySet[Boomraade]:
    """Those that hold now."""
    gjelder = Boomraade.objects.filter(erstattet=None)
    return gjelder if aktor.nasjonal else gjelder.filter(organisasjon_id__in=organisasjoner_for(aktor, SE))


def synlige_innmeldinger(aktor: Aktor) -> QuerySet[Innmelding]:
    """IMDi sees all, a municipality its own."""
    if aktor.nasjonal:
        return Innmelding.objects.all()
    return Innmelding.objects.filter(organisasjon_id__in=organisasjoner_for(aktor, SE_INNMELDINGER))


def synlige_framskaffelser(aktor: Aktor) -> QuerySet[Framskaffelse]:
    """IMDi's people who settle the whole country see all, a municipality its own."""
    if aktor.alle_personer:
        return Framskaffelse.objects.all()
    return Framskaffelse.objects.filter(organisasjon_id__in=organisasjoner_for(aktor, SE_FRAMSKAFFELSE))


def synlige_annonser(aktor: Aktor) -> QuerySet[Annonse]:
    """The own municipality's only: they hold landlords' names and numbers."""
    return Annonse.objects.filter(organisasjon_id__in=organisasjoner_for(aktor, SE_ANNONSER))
