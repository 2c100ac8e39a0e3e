"""Reads of the national need."""

from django.db.models import Exists, OuterRef, QuerySet

from bosett.aktor.kontekst import Aktor
from bosett.behov.models import Behov
from bosett.grunn.handling import Omfang, lesning
from bosett.tilgang.policy import krev

_IMDI = dict.fromkeys(("imdi_radgiver", "imdi_godkjenner", "imdi_leder"), Omfang.NASJONAL)


@lesning("behov.liste", "se det nasjonale behovet år for år", _IMDI)
def alle(aktor: Aktor) -> QuerySet[Behov]:
    """All versions, newest year first."""
    krev(aktor, "behov.liste")
    return Behov.objects.order_by("-aar", "-versjon")


@lesning("behov.liste", "se det nasjonale behovet år for år", _IMDI)
def gjeldende(aktor: Aktor) -> QuerySet[Behov]:
    """The latest version of each year."""
    nyere = Behov.objects.filter(aar=OuterRef("aar"), versjon__gt=OuterRef("versjon"))
    return alle(aktor).filter(~Exists(nyere))
