"""IMDi's judgement of the texts the check could not decide: what waits, one text with its marks, and what was judged before."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from bosett.grunn.feil import BosettFeil
from bosett.spor import selectors as spor
from bosett.tilgang.policy import kan
from bosett.vedtak import selectors
from bosett.vedtak import vurdering as tjenester
from bosett.web import historie
from bosett.web.foresporsel import Foresporsel, heltall
from bosett.web.krav import krever
from bosett.web.vedtak import tabeller
from bosett.web.vedtak.merking import merk
from bosett.web.vedtak.skjema_imdi import Vurder


@krever("vedtak.vurderinger")
def liste(request: Foresporsel) -> HttpResponse:
    venter = tabeller.VENTER.bygg(request, selectors.til_vurdering(request.aktor))
    gjort = tabeller.VURDERINGER.bygg(request, selectors.vurderinger(request.aktor))
    return (
        venter.eksport
        or gjort.eksport
        or render(request, "vedtak/vurderinger.html", {"venter": venter, "tabell": gjort})
    )


@krever("vedtak.vurderinger")
def vurdering(request: Foresporsel, vedtak: UUID) -> HttpResponse:
    """One text: what the check reacted to, what the municipality says, what was judged before, and the judgement."""
    dette = selectors.ett_til_vurdering(request.aktor, vedtak)
    aapen = dette.tilstand == "til_vurdering"
    kan_vurdere = aapen and kan(request.aktor, "vedtak.godta")
    skjema = Vurder(request.POST or None) if kan_vurdere else None
    if skjema is not None and request.method == "POST" and skjema.is_valid():
        try:
            gjort = tjenester.vurder(
                aktor=request.aktor,
                vedtak_id=dette.pk,
                versjon=heltall(request.POST.get("versjon", "")) or 0,
                godtatt=skjema.cleaned_data["utfall"] == "godta",
                begrunnelse=skjema.cleaned_data["begrunnelse"],
            )
        except BosettFeil as feil:
            skjema.ta_feil(feil)
        else:
            messages.success(
                request,
                _("Vedtaket er registrert. Vurderingen har nummer %(nr)s.")
                % {"nr": f"{gjort.aar}/{gjort.nr}"}
                if gjort.godtatt
                else _("Kommunen har fått teksten tilbake. Vurderingen har nummer %(nr)s.")
                % {"nr": f"{gjort.aar}/{gjort.nr}"},
            )
            return redirect("svar:gjort", aar=gjort.aar, nr=gjort.nr)
    tidligere = tabeller.VURDERINGER.bygg(
        request, selectors.vurderinger(request.aktor), formater=(), sidestorrelse=5
    )
    return render(
        request,
        "vedtak/vurdering.html",
        {
            "vedtak": dette,
            "aapen": aapen,
            "skjema": skjema,
            "merket": merk(dette.tekst, dette.kontroll.get("funn", [])),
            "egne": selectors.vurderinger(request.aktor).filter(vedtak=dette),
            "tabell": tidligere,
            "tidslinje": historie.tidslinje(spor.tidslinje(request.aktor, dette.anmodning_id)[:20]),
        },
        status=422 if skjema is not None and skjema.errors else 200,
    )


@krever("vedtak.vurderinger")
def gjort(request: Foresporsel, aar: int, nr: int) -> HttpResponse:
    """A judgement at the address it is cited by, with the text as it was."""
    denne = selectors.en_vurdering(request.aktor, aar, nr)
    return render(
        request,
        "vedtak/gjort.html",
        {"vurdering": denne, "vedtak": denne.vedtak, "merket": merk(denne.tekst, denne.funn)},
    )
