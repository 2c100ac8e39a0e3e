"""The buttons of a round: each view reads its form, calls one service, and goes back to the round."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from bosett.anmodning import selectors, services, utsending, utsettelse
from bosett.grunn.feil import Ugyldig
from bosett.web.anmodning.skjema import LeggFram, Utsett
from bosett.web.differanse import av_kontroll
from bosett.web.foresporsel import Foresporsel, heltall
from bosett.web.krav import krever


def _tilbake(
    request: Foresporsel, uuid: UUID, tekst: str, tjeneste: Callable[..., Any], **felt: Any
) -> HttpResponse:
    runde = selectors.runde(request.aktor, uuid)
    tjeneste(aktor=request.aktor, runde_id=runde.pk, **felt)
    messages.success(request, tekst)
    return redirect("anmodning:runde", runde=uuid)


@krever("anmodning.beregn")
@require_POST
def beregn(request: Foresporsel, runde: UUID) -> HttpResponse:
    return _tilbake(
        request, runde, _("Tallene er beregnet. De er ikke vist til noen utenfor IMDi."), services.beregn
    )


@krever("anmodning.legg_fram")
def legg_fram(request: Foresporsel, runde: UUID) -> HttpResponse:
    """The round's button posts straight to it; where something must be explained first, it is a form of its own."""
    denne = selectors.runde(request.aktor, runde)
    venter = selectors.venter_paa(denne)
    skjema = LeggFram(
        request.POST if request.method == "POST" else None,
        differanse=denne.differanse != 0,
        venter=bool(venter),
        initial={"differanse_grunn": denne.differanse_grunn},
    )
    if request.method == "POST" and skjema.is_valid():
        try:
            services.legg_fram(aktor=request.aktor, runde_id=denne.pk, **skjema.cleaned_data)
        except Ugyldig as feil:
            skjema.ta_feil(feil)
        else:
            messages.success(request, _("Tallene er lagt fram. En godkjenner har fått en oppgave."))
            return redirect("anmodning:runde", runde=runde)
    return render(
        request,
        "anmodning/legg_fram.html",
        {
            "skjema": skjema,
            "runde": denne,
            "venter": venter,
            "differanse": av_kontroll(denne.gjeldende.kontroll) if denne.gjeldende else None,
        },
        status=422 if skjema.errors else 200,
    )


@krever("anmodning.send_tilbake")
@require_POST
def send_tilbake(request: Foresporsel, runde: UUID) -> HttpResponse:
    begrunnelse = request.POST.get("begrunnelse", "")
    return _tilbake(
        request,
        runde,
        _("Tallene er sendt tilbake med begrunnelsen din."),
        services.send_tilbake,
        begrunnelse=begrunnelse,
    )


@krever("anmodning.godkjenn")
@require_POST
def godkjenn(request: Foresporsel, runde: UUID) -> HttpResponse:
    revisjon = heltall(request.POST.get("revisjon", "")) or 0
    return _tilbake(
        request,
        runde,
        _("Tallene og brevene er godkjent. Ingen brev er sendt ennå."),
        services.godkjenn,
        revisjon=revisjon,
    )


@krever("anmodning.send")
@require_POST
def send(request: Foresporsel, runde: UUID) -> HttpResponse:
    return _tilbake(request, runde, _("Brevene er på vei. Du kan følge med her."), utsending.send)


@krever("anmodning.utsett")
def utsett(request: Foresporsel, runde: UUID) -> HttpResponse:
    """A form of its own: the reason, and the event behind it when there is one."""
    denne = selectors.runde(request.aktor, runde)
    skjema = Utsett(request.POST or None)
    if request.method == "POST" and skjema.is_valid():
        try:
            utsettelse.utsett(aktor=request.aktor, runde_id=denne.pk, **skjema.cleaned_data)
        except Ugyldig as feil:
            skjema.ta_feil(feil)
        else:
            messages.success(
                request, _("Utsendingen er utsatt. Ingen flere brev går ut før du tar den opp igjen.")
            )
            return redirect("anmodning:runde", runde=runde)
    return render(
        request,
        "anmodning/utsett.html",
        {"skjema": skjema, "runde": denne},
        status=422 if skjema.errors else 200,
    )


@krever("anmodning.gjenoppta")
@require_POST
def gjenoppta(request: Foresporsel, runde: UUID) -> HttpResponse:
    return _tilbake(
        request, runde, _("Utsendingen er tatt opp igjen. Brevene kan sendes."), utsettelse.gjenoppta
    )


@krever("anmodning.lukk")
@require_POST
def lukk(request: Foresporsel, runde: UUID) -> HttpResponse:
    return _tilbake(request, runde, _("Runden er lukket."), services.lukk)
