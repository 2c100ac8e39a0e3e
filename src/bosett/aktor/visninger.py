"""Writers of a user's own saved views of tables."""

from django.db import transaction

from bosett.aktor.models import LagretVisning
from bosett.grunn.feil import Konflikt, Ugyldig

MAKS = 30


@transaction.atomic
def lagre_visning(*, bruker_id: int, tabell: str, navn: str, sporring: str) -> LagretVisning:
    """Save the user's own view of a table, replacing one of the same name. A private preference: nothing goes to the ledger.

    Raises Ugyldig without a name or with too long a filter, Konflikt when the user has too many.
    """
    navn, tabell = navn.strip(), tabell.strip()
    if not navn or len(navn) > 60 or not tabell or len(tabell) > 60:
        raise Ugyldig(
            kode="VISNING-NAVN",
            hva="Visningen mangler et navn, eller navnet er for langt",
            regel="Et navn har 1 til 60 tegn",
            gjor="Skriv et kortere navn og lagre på nytt",
        )
    if len(sporring) > 1000:
        raise Ugyldig(
            kode="VISNING-LANG", hva="Filteret er for langt til å lagres", gjor="Fjern noen valg i filteret"
        )
    egne = LagretVisning.objects.filter(bruker_id=bruker_id, tabell=tabell)
    if egne.exclude(navn=navn).count() >= MAKS:
        raise Konflikt(
            kode="VISNING-MANGE",
            hva="Du har allerede så mange visninger av tabellen som det er plass til",
            gjor="Slett en visning du ikke bruker",
        )
    visning, _ = LagretVisning.objects.update_or_create(
        bruker_id=bruker_id, tabell=tabell, navn=navn, defaults={"sporring": sporring}
    )
    return visning


@transaction.atomic
def slett_visning(*, bruker_id: int, pk: int) -> None:
    """Delete the user's own view; somebody else's, or none, is silently left."""
    LagretVisning.objects.filter(bruker_id=bruker_id, pk=pk).delete()
