"""The pages of one household, as a row of links: each room that has one puts its line here."""

from collections.abc import Iterator

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from bosett.aktor.kontekst import Aktor
from bosett.person.models import Husholdning
from bosett.tilgang.policy import kan

# (name, url name, right). The address takes the household's uuid and nothing else.
FANER = (
    (_("Saken"), "person:husholdning", "person.se"),
    (_("Samtale"), "samtale:samtale", "samtale.les"),
    (_("Oppgaver"), "oppgave:oppgaver", "oppgave.opprett_egen"),
    (_("Samtykker, innsyn og lagring"), "person:personvern", "person.samtykker"),
)


def faner(aktor: Aktor, h: Husholdning, her: str) -> Iterator[dict[str, object]]:
    """Those the actor may open; `her` is the url name of the page that is shown."""
    for navn, adresse, rett in FANER:
        if adresse == her or kan(aktor, rett):
            yield {"navn": navn, "adresse": reverse(adresse, args=[h.subjekt.uuid]), "her": adresse == her}
