"""The parties of a case in words, and how much of who wrote something another party is told."""

from collections.abc import Iterable

from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bosett.aktor.kontekst import Aktor
from bosett.person.models import Husholdning, Person
from bosett.samtale.models import Henvendelse, Innlegg
from bosett.samtale.rules import PARTER
from bosett.web import visning

NAVN = {"imdi": _("IMDi"), "mottak": _("mottaket"), "bufetat": _("Bufetat"), "kommune": _("kommunen")}


def liste(parter: Iterable[str]) -> str:
    """«IMDi, mottaket og kommunen», in the order of `PARTER`."""
    valgt = set(parter)
    navn = [str(NAVN[part]) for part in PARTER if part in valgt]
    if len(navn) < 2:
        return "".join(navn)
    return gettext("%(foran)s og %(sist)s") % {
        "foran": ", ".join(navn[:-1]), "sist": navn[-1],
    }  # fmt: skip


def skjermet(aktor: Aktor, h: Husholdning) -> bool:
    """Somebody's address is protected, and the actor is not one of those who know where they live."""
    if aktor.alle_personer:
        return False
    return Person.objects.filter(husholdning=h, samme_som=None).exclude(adressesperre="").exists()


def hvem(ett: Innlegg, skjult: bool) -> str:
    """Who wrote it. A centre's or a municipality's name tells where somebody lives."""
    if skjult and ett.fra in ("mottak", "kommune"):
        return visning.stor(str(NAVN[ett.fra]))
    return f"{ett.av.navn if ett.av else gettext('Bosett')}, {ett.organisasjon.navn}"


def spurte(ett: Henvendelse, skjult: bool) -> str:
    """Who asked a municipality."""
    if skjult and ett.organisasjon.slag == "mottak":
        return visning.stor(str(NAVN["mottak"]))
    return f"{ett.av.navn if ett.av else gettext('Bosett')}, {ett.organisasjon.navn}"


def nummer(ett: Henvendelse) -> str:
    return gettext("Henvendelse %(nr)s") % {"nr": ett.pk}
