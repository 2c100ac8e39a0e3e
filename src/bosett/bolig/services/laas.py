"""A home, found for somebody who may act on it, with its lock."""

from uuid import UUID

from bosett.aktor.kontekst import Aktor
from bosett.aktor.models import Organisasjon
from bosett.bolig.models import Bolig
from bosett.bolig.querysets import synlige_boliger
from bosett.grunn.feil import FinnesIkke
from bosett.tilgang import services as tilgang
from bosett.tilgang.policy import kan, krev


def finn_og_laas(aktor: Aktor, handling: str, bolig: UUID) -> Bolig:
    """The home by its subject's UUID. Raises `Avvist` for a role that never may, `FinnesIkke` for one of another municipality."""
    krev(aktor, handling)
    funnet = synlige_boliger(aktor).filter(subjekt__uuid=bolig).first()
    if funnet is not None:
        tilgang.laas(subjekt_id=funnet.pk)
        funnet = Bolig.objects.select_related("organisasjon", "omraade", "subjekt").get(pk=funnet.pk)
        if kan(aktor, handling, funnet.organisasjon):
            return funnet
    raise FinnesIkke(kode="BOLIG-UKJENT", hva="Boligen finnes ikke, eller du har ikke tilgang til den.")


def kommunen(aktor: Aktor, handling: str) -> Organisasjon:
    """The municipality the actor acts for: the one whose role gives the right. Raises `Avvist` for those without."""
    krev(aktor, handling)
    egne = [t.organisasjon_id for t in sorted(aktor.tilhorigheter, key=lambda t: t.vikar)]
    for pk in egne:
        organisasjon = Organisasjon.objects.get(pk=pk)
        if kan(aktor, handling, organisasjon):
            return organisasjon
    raise FinnesIkke(kode="BOLIG-KOMMUNE", hva="Du handler ikke for noen kommune.")
