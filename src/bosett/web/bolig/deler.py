"""What other pieces show on the page of a home: each gives a template with its content, or None when there is nothing to show."""

from collections.abc import Callable, Mapping
from typing import Any

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from bosett.aktor.kontekst import Aktor
from bosett.bolig.models import Bolig
from bosett.tilgang.policy import kan
from bosett.web.bolig import innmelding, leie, prosjekter
from bosett.web.bolig.husbanken import paa_boligen
from bosett.web.bolig.kobling import hvem_passer

Del = tuple[str, Mapping[str, Any]]

DELER: tuple[Callable[[Aktor, Bolig], Del | None], ...] = (
    innmelding.for_hjemmet,
    hvem_passer,
    leie.boligdel,
    prosjekter.boligdel,
    paa_boligen,
)


def for_bolig(aktor: Aktor, bolig: Bolig) -> list[Del]:
    return [del_ for lag in DELER if (del_ := lag(aktor, bolig)) is not None]


# (name, url name, right): the other pages of the room, as links on the list of homes.
UNDERSIDER = (
    (_("Boligframskaffelse"), "framskaffelse:tavle", "bolig.se_framskaffelse"),
    (_("Annonser"), "annonse:liste", "bolig.se_annonser"),
    (_("Utleiere"), "leie:utleiere", "bolig.leie"),
    (_("Leieavtaler som går ut"), "leie:gaar_ut", "bolig.leie"),
    (_("Boligprosjekter"), "leie:prosjekter", "bolig.se"),
    (_("Gjennomgangsboliger"), "leie:gjennomgang", "bolig.gjennomgang"),
)


def undersider(aktor: Aktor) -> list[tuple[object, str]]:
    return [(navn, reverse(adresse)) for navn, adresse, rett in UNDERSIDER if kan(aktor, rett)]
