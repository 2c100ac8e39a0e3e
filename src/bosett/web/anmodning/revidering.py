"""After the letters: a notice to the municipalities, an adjusted request, or a round given up."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from bosett.anmodning import revidering, selectors
from bosett.grunn.feil import BosettFeil
from bosett.web.anmodning.skjema import Revider, Varsle
from bosett.web.foresporsel import Foresporsel
from bosett.web.krav import krever


@krever("anmodning.revider")
def revider(request: Foresporsel, runde: UUID) -> HttpResponse:
    denne = selectors.runde(request.aktor, runde)
    nytt = selectors.etter_brevene(request.aktor, denne)["nytt_behov"]
    skjema = Revider(request.POST or None)
    if request.method == "POST" and skjema.is_valid():
        try:
            justert = revidering.lag_justert(
                aktor=request.aktor,
                runde_id=denne.pk,
                behov=nytt or denne.behov,
                **skjema.cleaned_data,
            )
        except BosettFeil as feil:
            skjema.ta_feil(feil, "frist" if feil.kode == "ANMODNING-FRIST" else None)
        else:
            messages.success(request, _("Den justerte anmodningen er laget. Beregn tallene."))
            return redirect("anmodning:runde", runde=justert.subjekt.uuid)
    return render(
        request,
        "anmodning/revider.html",
        {"skjema": skjema, "runde": denne, "nytt": nytt},
        status=422 if skjema.errors else 200,
    )


@krever("anmodning.varsle")
def varsle(request: Foresporsel, runde: UUID) -> HttpResponse:
    denne = selectors.runde(request.aktor, runde)
    nytt = selectors.etter_brevene(request.aktor, denne)["nytt_behov"]
    skjema = Varsle(request.POST or None, initial={"begrunnelse": nytt.begrunnelse if nytt else ""})
    if request.method == "POST" and skjema.is_valid():
        try:
            revidering.varsle(
                aktor=request.aktor,
                runde_id=denne.pk,
                behov=nytt or denne.behov,
                **skjema.cleaned_data,
            )
        except BosettFeil as feil:
            skjema.ta_feil(feil)
        else:
            messages.success(request, _("Kommunene er varslet. Brevene de har fått, er ikke endret."))
            return redirect("anmodning:runde", runde=runde)
    return render(
        request,
        "anmodning/varsle.html",
        {"skjema": skjema, "runde": denne, "nytt": nytt},
        status=422 if skjema.errors else 200,
    )


@krever("anmodning.avlys")
@require_POST
def avlys(request: Foresporsel, runde: UUID) -> HttpResponse:
    denne = selectors.runde(request.aktor, runde)
    revidering.avlys(aktor=request.aktor, runde_id=denne.pk, begrunnelse=request.POST.get("begrunnelse", ""))
    messages.success(request, _("Runden er avlyst. Ingen brev blir sendt."))
    return redirect("anmodning:runde", runde=runde)


@krever("anmodning.les_varsel")
@require_POST
def les_varsel(request: Foresporsel, anmodning: UUID) -> HttpResponse:
    tall = selectors.egen(request.aktor, anmodning)
    revidering.les_varsel(aktor=request.aktor, anmodning=tall.anmodning)
    messages.success(request, _("Oppgaven er ferdig."))
    return redirect("anmodning:egen", anmodning=anmodning)
