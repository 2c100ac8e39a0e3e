"""Messages that could not be used: what is wrong, try again, or give them up. The content is never shown here."""

from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy, ngettext
from django.views.decorators.http import require_POST

from bosett.integrasjon import selectors, services
from bosett.integrasjon.models import Melding
from bosett.web.foresporsel import Foresporsel
from bosett.web.krav import krever
from bosett.web.person import tabeller
from bosett.web.skjema import Skjema


@krever("integrasjon.meldinger")
def liste(request: Foresporsel) -> HttpResponse:
    tabell = tabeller.MELDINGER.bygg(request, selectors.parkerte(request.aktor))
    return tabell.eksport or render(
        request, "person/meldinger.html", {"tabell": tabell, "status": selectors.tellinger(request.aktor)}
    )


@krever("integrasjon.prov_igjen")
@require_POST
def prov_igjen(request: Foresporsel) -> HttpResponse:
    antall = services.prov_igjen(
        aktor=request.aktor, melding_ider=list(selectors.parkerte(request.aktor).values_list("pk", flat=True))
    )
    messages.success(
        request,
        ngettext("%(n)s melding blir prøvd på nytt.", "%(n)s meldinger blir prøvd på nytt.", antall)
        % {"n": antall},
    )
    return redirect("person:meldinger")


class Forkast(Skjema):
    grunn = forms.ChoiceField(
        label=gettext_lazy("Hvorfor skal meldingen forkastes?"), widget=forms.RadioSelect,
        choices=[(v, gettext_lazy(t)) for v, t in Melding.Forkastet.choices],
    )  # fmt: skip
    forklaring = forms.CharField(
        label=gettext_lazy("Forklar grunnen"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Ikke skriv navn eller nummer."),
    )  # fmt: skip
    rett = {
        "grunn": gettext_lazy("Velg hvorfor meldingen skal forkastes"),
        "forklaring": gettext_lazy("Skriv hvorfor meldingen skal forkastes"),
    }


@krever("integrasjon.forkast")
def forkast(request: Foresporsel, melding: UUID) -> HttpResponse:
    denne = selectors.parkert(request.aktor, melding)
    skjema = Forkast(request.POST or None)
    if skjema.utfor(lambda data: services.forkast(aktor=request.aktor, melding_id=denne.pk, **data)):
        messages.success(request, _("Meldingen er forkastet, og innholdet er slettet."))
        return redirect("person:meldinger")
    innhold = {
        "skjema": skjema, "tittel": _("Forkast melding %(nr)s") % {"nr": denne.pk}, "ingress": _("Innholdet blir slettet, og meldingen blir ikke prøvd igjen."),
        "knapp": _("Forkast meldingen"), "avbryt": reverse("person:meldinger"),
    }  # fmt: skip
    return render(request, "skjema/enkelt.html", innhold, status=422 if skjema.errors else 200)
