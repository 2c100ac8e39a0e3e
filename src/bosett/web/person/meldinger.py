"""Messages that could not be used: what is wrong, try again, or give them up. The content is never shown here."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext
from django.views.decorators.http import require_POST

from bosett.grunn.feil import BosettFeil
from bosett.integrasjon import selectors, services
from bosett.web.foresporsel import Foresporsel
from bosett.web.krav import krever
from bosett.web.person import tabeller
from bosett.web.skjema import oversatt


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


@krever("integrasjon.forkast")
@require_POST
def forkast(request: Foresporsel, melding: UUID) -> HttpResponse:
    denne = selectors.parkert(request.aktor, melding)
    try:
        services.forkast(aktor=request.aktor, melding_id=denne.pk, grunn=request.POST.get("grunn", ""))
    except BosettFeil as feil:
        messages.error(request, oversatt(feil))
    else:
        messages.success(request, _("Meldingen er forkastet, og innholdet er slettet."))
    return redirect("person:meldinger")
