"""The areas of a municipality, with their figures."""

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from bosett.bolig import selectors
from bosett.bolig.services import omraader as services
from bosett.tilgang.policy import kan
from bosett.web.bolig.skjema import Omraadeskjema
from bosett.web.bolig.tabeller import OMRAADER
from bosett.web.foresporsel import Foresporsel
from bosett.web.krav import krever


@krever("bolig.se")
def liste(request: Foresporsel) -> HttpResponse:
    tabell = OMRAADER.bygg(request, selectors.omraader(request.aktor))
    innhold = {
        "tabell": tabell,
        "kan_sette": kan(request.aktor, "bolig.sett_omraade"),
        "smuler": [(_("Boliger"), reverse("bolig:liste")), (_("Områder"), "")],
    }
    return tabell.eksport or render(request, "bolig/omraader.html", innhold)


@krever("bolig.sett_omraade")
def nytt(request: Foresporsel) -> HttpResponse:
    skjema = Omraadeskjema(request.POST or None)
    if skjema.utfor(lambda data: services.sett(aktor=request.aktor, **data), "navn"):
        messages.success(request, _("Tallene for området er lagret."))
        return redirect("bolig:omraader")
    innhold = {
        "skjema": skjema,
        "tittel": _("Tall for et område"),
        "ingress": _("Har området mange innvandrere og levekårsutfordringer, varsler vi når noen registrerer eller tilbyr en bolig der."),
        "knapp": _("Lagre tallene"),
        "avbryt": reverse("bolig:omraader"),
        "smuler": [(_("Boliger"), reverse("bolig:liste")), (_("Områder"), reverse("bolig:omraader")), (_("Tall for et område"), "")],
    }  # fmt: skip
    return render(request, "skjema/enkelt.html", innhold, status=422 if skjema.errors else 200)
