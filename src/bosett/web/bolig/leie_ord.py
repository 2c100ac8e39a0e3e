"""The words of leases, landlords and shared buildings."""

from typing import Any

from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bosett.bolig.models import Leiekontrakt, Utleier
from bosett.bolig.states import LEIE
from bosett.web import visning
from bosett.web.komponenter import merke

UTLEIER = {
    "privatperson": _("Privatperson"),
    "selskap": _("Selskap"),
    "kommunalt": _("Kommunens eget boligselskap"),
}
SLAG = {
    "hovedleie": _("Hovedleie: eieren leier ut til kommunen"),
    "fremleie": _("Fremleie: kommunen leier ut en bolig den leier"),
    "direkte": _("Direkte: eieren leier ut til husholdningen"),
    "kommunal": _("Kommunal: kommunen leier ut sin egen bolig"),
}
KORT = {
    "hovedleie": _("Hovedleie"),
    "fremleie": _("Fremleie"),
    "direkte": _("Direkte leie"),
    "kommunal": _("Kommunal leie"),
}
SIKKERHET = {"": _("Ingen"), "depositum": _("Depositum"), "garanti": _("Garanti")}
PART = {"utleier": _("Utleieren"), "leier": _("Leieren")}
GRUPPER = {
    "introduksjon": _("Introduksjonsprogram"),
    "videregaaende": _("Videregående skole"),
    "hoyere": _("Høyere utdanning"),
}


def tilstand(k: Any) -> str:
    """Of a lease, or of what IMDi is told of one."""
    funnet = next(t for t in LEIE.tilstander if t.kode == k.tilstand)
    return merke(gettext(funnet.navn), funnet.farge)


def siste(k: Leiekontrakt) -> str:
    return visning.dato(k.siste) if k.siste else gettext("Til noen sier opp")


def lenke(k: Leiekontrakt) -> str:
    return reverse("leie:ett", args=[k.uuid])


def utleierlenke(u: Utleier) -> str:
    return reverse("leie:utleier", args=[u.subjekt.uuid])


def utleier(k: Leiekontrakt) -> str:
    """Who lets: by name, or the municipality."""
    return k.utleier.navn if k.utleier else k.organisasjon.navn


def leier(k: Leiekontrakt) -> str:
    """Who rents: the number of the case, never a name; or the municipality."""
    return k.husholdning.saksnummer if k.husholdning else k.organisasjon.navn


def grupper(koder: list[str]) -> str:
    return ", ".join(str(GRUPPER[kode]) for kode in koder) or gettext("Alle")


# Refusals whose texts are data of the rules and the services, so that they are found and translated.
def _avslag() -> tuple[str, ...]:
    return (
        gettext("Fremleien begynner før hovedleien."),
        gettext("Velg hovedleiens første dag eller en senere."),
        gettext("Fremleien har ingen siste dag, men det har hovedleien."),
        gettext("Fremleien varer lenger enn hovedleien."),
        gettext("En fremleie varer ikke lenger enn hovedleien den hviler på."),
        gettext("Velg hovedleiens siste dag eller en tidligere, eller inngå en ny hovedleie først."),
        gettext("Boligen hører til en partner i et boligprosjekt som ikke bosetter."),
        gettext(
            "Bare boliger en partner har gitt til bosetting, kan knyttes til en husholdning som skal bosettes."
        ),
        gettext("Velg en av kommunens boliger i prosjektet, eller en annen bolig."),
        gettext("En leieavtale har både utleier og leier."),
        gettext("Utleieren mangler."),
        gettext("Utleieren passer ikke til denne avtalen."),
        gettext("Velg eieren som leier ut."),
        gettext("Leieren mangler."),
        gettext("Leieren passer ikke til denne avtalen."),
        gettext("Skriv saksnummeret til husholdningen som leier."),
        gettext("Hovedleien mangler."),
        gettext("Hovedleien passer ikke til denne avtalen."),
        gettext("Velg avtalen kommunen leier boligen etter."),
    )
