"""Requests for the first administrator of a municipality: IMDi's list, and one request with its two answers."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from bosett.anmodning import selectors as anmodning
from bosett.brukere import rules, selectors, services
from bosett.brukere.models import Tilgangssoknad
from bosett.brukere.states import TILGANGSSOKNAD
from bosett.grunn.feil import BosettFeil
from bosett.spor import selectors as spor
from bosett.tilgang.services import logg_innsyn
from bosett.web import historie
from bosett.web.brukere import tabeller
from bosett.web.brukere.skjema import AvslaSoknad, GodkjennSoknad
from bosett.web.brukere.views import vis_passord
from bosett.web.foresporsel import Foresporsel
from bosett.web.krav import krever


@krever("brukere.soknader")
def liste(request: Foresporsel) -> HttpResponse:
    tabell = tabeller.SOKNADER.bygg(request, list(selectors.soknader(request.aktor)))
    innhold = {"tabell": tabell, "runder": anmodning.runder_uten_tilgang(request.aktor)}
    return tabell.eksport or render(request, "brukere/soknader.html", innhold)


@krever("brukere.soknader")
@never_cache
def soknad(request: Foresporsel, soknad: UUID) -> HttpResponse:
    denne = selectors.soknad(request.aktor, soknad)
    logg_innsyn(aktor=request.aktor, lesning="brukere.soknader", subjekt_id=denne.pk)
    return _side(request, denne)


@krever("brukere.godkjenn_soknad")
@require_POST
@never_cache
def godkjenn(request: Foresporsel, soknad: UUID) -> HttpResponse:
    """Give the role. A new user's one-time password is in this answer and nowhere else."""
    denne = selectors.soknad(request.aktor, soknad)
    skjema = GodkjennSoknad(request.POST)
    if skjema.is_valid():
        try:
            svar = services.godkjenn_soknad(aktor=request.aktor, soknad=denne, **skjema.cleaned_data)
        except BosettFeil as feil:
            skjema.ta_feil(feil, "hvordan" if feil.kode == "TILGANG-KONTROLL" else None)
        else:
            if svar.passord:
                return vis_passord(request, denne.organisasjon, svar.bruker, svar.passord, ny=True)
            messages.success(
                request,
                _("%(navn)s har rollen. Personen logger inn med brukeren sin.") % {"navn": svar.bruker.navn},
            )
            return redirect("brukere:soknad", soknad)
    return _side(request, denne, godkjenning=skjema, status=422)


@krever("brukere.avsla_soknad")
@require_POST
@never_cache
def avsla(request: Foresporsel, soknad: UUID) -> HttpResponse:
    denne = selectors.soknad(request.aktor, soknad)
    skjema = AvslaSoknad(request.POST)
    if skjema.is_valid():
        try:
            services.avsla_soknad(aktor=request.aktor, soknad=denne, **skjema.cleaned_data)
        except BosettFeil as feil:
            skjema.ta_feil(feil)
        else:
            messages.success(request, _("Søknaden er avslått. Gi søkeren beskjed selv."))
            return redirect("brukere:soknader")
    return _side(request, denne, avslag=skjema, status=422)


def _side(
    request: Foresporsel,
    denne: Tilgangssoknad,
    *,
    godkjenning: GodkjennSoknad | None = None,
    avslag: AvslaSoknad | None = None,
    status: int = 200,
) -> HttpResponse:
    kommunens = denne.organisasjon.epost
    innhold = {
        "soknad": denne,
        "tilstand": next(t for t in TILGANGSSOKNAD.tilstander if t.kode == denne.tilstand),
        "domene": rules.domene(denne.epost),
        "kommunens_domene": rules.domene(kommunens),
        "domenene": rules.sammenlign_domener(denne.epost, kommunens),
        "skjema": godkjenning or avslag,
        "godkjenning": godkjenning or GodkjennSoknad(),
        "avslag": avslag or AvslaSoknad(),
        "tidslinje": historie.tidslinje(spor.tidslinje(request.aktor, denne.pk)),
        "smuler": [(_("Søknader om tilgang"), tabeller.adresse("soknader")), (denne.organisasjon.navn, "")],
    }
    return render(request, "brukere/soknad.html", innhold, status=status)
