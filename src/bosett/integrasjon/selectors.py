"""Reads of messages: how many there are of each, and which are parked. Never their content."""

from uuid import UUID

from django.db.models import Count, QuerySet

from bosett.aktor.kontekst import Aktor
from bosett.aktor.oppslag import eneste
from bosett.grunn.feil import FinnesIkke
from bosett.grunn.handling import Omfang, lesning
from bosett.integrasjon.models import Melding
from bosett.tilgang.policy import krev

_MELDINGER = lesning(
    "integrasjon.meldinger", "se meldinger fra UDI som ikke kunne brukes", {"imdi_radgiver": Omfang.NASJONAL}
)


@_MELDINGER
def parkerte(aktor: Aktor) -> QuerySet[Melding]:
    krev(aktor, "integrasjon.meldinger")
    return Melding.objects.filter(status="parkert").defer("innhold").order_by("mottatt")


@_MELDINGER
def parkert(aktor: Aktor, uuid: UUID) -> Melding:
    """Raises `FinnesIkke`."""
    funnet = eneste(parkerte(aktor).filter(uuid=uuid))
    if funnet is None:
        raise FinnesIkke(
            kode="MELDING-FINNES-IKKE", hva="Meldingen finnes ikke, eller den er ikke parkert lenger."
        )
    return funnet


@_MELDINGER
def tellinger(aktor: Aktor) -> dict[str, int]:
    """How many messages there are in each status."""
    krev(aktor, "integrasjon.meldinger")
    return dict(Melding.objects.order_by("status").values_list("status").annotate(n=Count("pk")))
