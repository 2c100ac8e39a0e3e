"""How long people wait: medians in groups, for IMDi."""

from collections.abc import Mapping
from functools import partial
from typing import Any

from django import forms
from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from bosett.person.selectors_ventetid import INNDELINGER, MINST, UTVALG, Gruppe, ventetider
from bosett.web import visning
from bosett.web.foresporsel import Foresporsel
from bosett.web.krav import krever
from bosett.web.person.ventedager import eiernavn, grunnavn
from bosett.web.tabell import Kolonne, Tabell

TYPER = {
    "em": _("Enslige mindreårige"),
    "enslig": _("Én voksen"),
    "barn": _("Familier med barn"),
    "voksne": _("Flere voksne uten barn"),
}
_INNDELING = {
    "eier": _("Hvem som eier dagene"),
    "grunn": _("Hva de venter på"),
    "mottak": _("Mottaket de bor på"),
    "kommune": _("Kommunen de bor i nå"),
    "type": _("Hva slags husholdning"),
}
_UTVALG = {"venter": _("De som venter nå"), "ferdig": _("De som sluttet å vente siste år")}


class Valg(forms.Form):
    inndeling = forms.ChoiceField(label=_("Delt inn etter"), required=False, choices=list(_INNDELING.items()))
    utvalg = forms.ChoiceField(label=_("Hvem"), required=False, choices=list(_UTVALG.items()))


def _navn(inndeling: str, rad: Gruppe) -> str:
    if inndeling == "eier":
        return eiernavn(rad.kode)
    if inndeling == "grunn":
        return grunnavn(rad.kode)
    return str(TYPER.get(rad.kode, rad.kode)) if inndeling == "type" else rad.kode


def _antall(_verdi: Any, rad: Gruppe) -> str:
    if rad.skjult:
        return gettext("færre enn %(n)s") % {"n": visning.tall(MINST)}
    return visning.tall(rad.husholdninger)


def _alle(rader: list[Gruppe], _valg: Mapping[str, Any]) -> list[Gruppe]:
    """The choice is made in the database."""
    return rader


@krever("person.ventetid")
def ventetid(request: Foresporsel) -> HttpResponse:
    inndeling, utvalg = (
        valgt if (valgt := request.GET.get(navn, "")) in lovlige else lovlige[0]
        for navn, lovlige in (("inndeling", INNDELINGER), ("utvalg", UTVALG))
    )
    tabell = Tabell(
        "ventetid",
        _("Ventedager i grupper"),
        (
            Kolonne("gruppe", _INNDELING[inndeling], felt=partial(_navn, inndeling), radhode=True),
            Kolonne(
                "husholdninger", _("Husholdninger"), format=_antall, justering="slutt", synkende_forst=True
            ),
            Kolonne("median", _("Median, dager"), format="tall", synkende_forst=True),
            Kolonne("dager", _("Dager til sammen"), format="tall", synkende_forst=True),
        ),
        filter=Valg,
        filtrer=_alle,
        sortering="-husholdninger",
        nokkel=lambda rad: rad.kode,
        tom=_("Ingen venter"),
        tom_hjelp=_("Ingen husholdninger i dette utvalget har ventedager."),
        telletekst=lambda n: ngettext("%(n)s gruppe", "%(n)s grupper", n) % {"n": visning.tall(n)},
        fotnote=_("Grupper med færre enn fem husholdninger vises ikke med tall."),
    ).bygg(request, ventetider(request.aktor, inndeling, utvalg))
    return tabell.eksport or render(request, "person/ventetid.html", {"tabell": tabell})
