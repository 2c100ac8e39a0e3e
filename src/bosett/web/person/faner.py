"""The pages of one household, as a row of links: each room that has one puts its line here."""

from collections.abc import Callable, Iterator

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from bosett.aktor.kontekst import Aktor
from bosett.person.models import Husholdning, Person
from bosett.tilgang.policy import kan

# (name, url name, right). The address takes the household's uuid and nothing else.
FANER = (
    (_("Saken"), "person:husholdning", "person.se"),
    (_("Kartlegging"), "kartlegging:husholdning", "kartlegging.se"),
    (_("IKTP"), "kartlegging:iktp", "kartlegging.iktp"),
    (_("Kulturorientering"), "kartlegging:kulturorientering", "kartlegging.kultur"),
    (_("Bolig"), "bolig:husholdning", "bolig.passer"),
    (_("Ventedager"), "person:ventedager", "person.se"),
    (_("Samtale"), "samtale:samtale", "samtale.les"),
    (_("Oppgaver"), "oppgave:oppgaver", "oppgave.opprett_egen"),
    (_("Samtykker, innsyn og lagring"), "person:personvern", "person.samtykker"),
)

# Pages shown only for the households they concern.
GJELDER: dict[str, Callable[[Husholdning], bool]] = {
    "kartlegging:iktp": lambda h: Person.objects.filter(husholdning=h, meldt__em=True).exists(),
    "kartlegging:kulturorientering": lambda h: h.lop == "overforing",
}


def faner(aktor: Aktor, h: Husholdning, her: str) -> Iterator[dict[str, object]]:
    """Those the actor may open; `her` is the url name of the page that is shown."""
    for navn, adresse, rett in FANER:
        gjelder = GJELDER.get(adresse)
        if adresse == her or (kan(aktor, rett) and (gjelder is None or gjelder(h))):
            yield {"navn": navn, "adresse": reverse(adresse, args=[h.subjekt.uuid]), "her": adresse == her}
