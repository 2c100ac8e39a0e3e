"""The story of a subject, read from the ledger."""

from django.db.models import QuerySet

from bosett.aktor.kontekst import Aktor
from bosett.aktor.roller import ROLLER
from bosett.grunn.handling import Omfang, lesning
from bosett.spor.models import Hendelse
from bosett.tilgang.policy import policy

_ALLE = {kode: Omfang.NASJONAL if rolle.slag == "imdi" else Omfang.EGEN for kode, rolle in ROLLER.items()}


@lesning("spor.tidslinje", "se hva som er gjort i saker en har tilgang til, av hvem og når", _ALLE)
def tidslinje(aktor: Aktor, subjekt_id: int) -> "QuerySet[Hendelse]":
    """The acts on one subject, newest first. Row-level security lets through only what the actor may see."""
    return (
        Hendelse.objects.filter(subjekt_id=subjekt_id)
        .select_related("bruker", "organisasjon", "detalj")
        .order_by("-nr")
    )


def tekst(hendelse: Hendelse) -> str:
    """What was done, as the act's own words (bokmål source string)."""
    handling = policy().handlinger.get(hendelse.handling)
    return handling.tekst if handling else hendelse.handling
