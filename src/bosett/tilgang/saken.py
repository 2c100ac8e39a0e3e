"""Who has a case now, and by which membership somebody acts in it."""

from collections.abc import Iterable

from django.db.models import Q, QuerySet

from bosett.aktor.kontekst import Aktor, Tilhorighet
from bosett.aktor.organisasjonsslag import Slag
from bosett.grunn.feil import FinnesIkke
from bosett.grunn.klokke import naa
from bosett.tilgang.models import Deling
from bosett.tilgang.policy import krev, policy


def gjeldende() -> QuerySet[Deling]:
    """The shares that let somebody see who it is about, now. Others than IMDi see their own only."""
    tid = naa()
    return Deling.objects.filter(Q(til=None) | Q(til__gt=tid), fra__lte=tid).exclude(grad=Deling.Grad.ANONYM)


def delte(organisasjoner: Iterable[int]) -> QuerySet[Deling, int]:
    """The subjects that are shared in full with one of the organisations now."""
    return gjeldende().filter(organisasjon_id__in=organisasjoner).values_list("subjekt_id", flat=True)


def tilhorigheter_i(aktor: Aktor, rett: str, subjekt_id: int) -> list[Tilhorighet]:
    """The memberships that give the right and whose organisation has the case (IMDi has all), own ones before those as deputy."""
    roller = policy().rett(rett).roller
    mine = delte(aktor.organisasjoner).filter(subjekt_id=subjekt_id)
    har = set(mine.values_list("organisasjon_id", flat=True))
    alle = sorted(aktor.tilhorigheter, key=lambda t: t.vikar)
    return [t for t in alle if t.rolle in roller and (t.slag == Slag.IMDI or t.organisasjon_id in har)]


def tilhorighet_i(aktor: Aktor, rett: str, subjekt_id: int) -> Tilhorighet:
    """The membership one acts by in this case.

    Raises `Avvist` for those without the right at all, `FinnesIkke` for a case the organisation does not have.
    """
    krev(aktor, rett)
    for ett in tilhorigheter_i(aktor, rett, subjekt_id):
        return ett
    raise FinnesIkke(kode="SAK-UKJENT", hva="Saken finnes ikke, eller du har ikke tilgang til den.")
