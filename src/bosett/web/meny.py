"""The header's menu: public places for everybody, work places by what the actor may do."""

from dataclasses import dataclass

from django.urls import reverse
from django.utils.translation import gettext_lazy as _

from bosett.aktor.kontekst import Aktor
from bosett.tilgang.policy import kan


@dataclass(frozen=True)
class Punkt:
    navn: object
    adresse: str
    her: bool


# (name, url name, right; None = for everybody signed in, "" = public)
_ARBEID = (
    (_("Hjem"), "hjem", None),
    (_("Køen"), "tavle:koen", "person.koe"),
    (_("Beboere"), "tavle:beboere", "person.beboere"),
    (_("Personer"), "person:liste", "person.se"),
    (_("Samtaler"), "samtale:liste", "samtale.les"),
    (_("Anmodning"), "anmodning:runder", "anmodning.runder"),
    (_("Svar"), "svar:liste", "vedtak.svar"),
    (_("Behov"), "behov:liste", "behov.liste"),
    (_("Anmodninger"), "anmodning:egne", "anmodning.egne"),
    (_("Brev"), "dokument:liste", "dokument.les"),
    (_("Boliger"), "bolig:liste", "bolig.se"),
    (_("Innmeldinger"), "innmelding:liste", "bolig.innmeldinger"),
    (_("Samråd"), "anmodning:samraad_liste", "anmodning.uttal"),
    (_("Ventetid"), "person:ventetid", "person.ventetid"),
    (_("Meldinger"), "person:meldinger", "integrasjon.meldinger"),
    (_("Mottak"), "mottak:liste", "person.mottak"),
    (_("Brukere"), "brukere:liste", "brukere.liste"),
    (_("Innsyn"), "person:uvanlige", "person.uvanlig_innsyn"),
)
_OFFENTLIG = (
    (_("Tall"), "statistikk:tall", ""),
    (_("Kommuner"), "statistikk:kommuner", ""),
    (_("Slik beregner vi"), "statistikk:metode", ""),
    (_("Åpne data"), "statistikk:data", ""),
)


PLASS = 8
"""So many fit beside the name and the language on a laptop; the rest stands behind «Mer»."""


@dataclass(frozen=True)
class Flere:
    punkter: list[Punkt]

    @property
    def her(self) -> bool:
        return any(punkt.her for punkt in self.punkter)


def delt(aktor: Aktor, sti: str) -> tuple[list[Punkt], Flere | None]:
    """Those that stand in the header, and those behind «Mer»: never one alone."""
    alle = for_aktor(aktor, sti)
    return (alle, None) if len(alle) <= PLASS else (alle[: PLASS - 1], Flere(alle[PLASS - 1 :]))


def for_aktor(aktor: Aktor, sti: str) -> list[Punkt]:
    punkter = []
    for navn, url, rett in (*_ARBEID, *_OFFENTLIG[:2]) if aktor.innlogget else _OFFENTLIG:
        if rett and not kan(aktor, rett):
            continue
        if url == "person:ventetid" and kan(aktor, "person.se"):
            continue  # they have it on the page of the households, and their menu is full
        adresse = reverse(url)
        her = sti == adresse or (adresse != "/" and url != "hjem" and sti.startswith(adresse))
        if url == "anmodning:samraad_liste":  # for a party, the pages of a round are about the dialogue
            her = her or sti.startswith(reverse("anmodning:runder"))
        punkter.append(Punkt(navn, adresse, her))
    return punkter
