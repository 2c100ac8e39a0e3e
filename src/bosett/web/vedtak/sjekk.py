"""«Sjekk en vedtakstekst»: the reservation check for everybody, before the council has decided. Nothing is stored or logged."""

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext_lazy as _
from django.views.decorators.debug import sensitive_post_parameters

from bosett.vedtak.rules.sjekk import sjekk_tekst
from bosett.web.krav import offentlig
from bosett.web.skjema import Skjema
from bosett.web.vedtak.merking import merk

MAKS = 5_000
"""Characters. The check's time grows with the square of the text: 20 000 characters made for it take a minute, and this page is
open to all. A decision is far shorter; the signed-in answer takes 20 000."""


class Tekstsjekk(Skjema):
    tekst = forms.CharField(
        label=_("Hva foreslår dere å vedta?"), widget=forms.Textarea(attrs={"rows": 6}), max_length=MAKS,
        help_text=_("Teksten blir ikke lagret. Ikke skriv noe om enkeltpersoner."),
    )  # fmt: skip


@offentlig
@sensitive_post_parameters("tekst")
def sjekk(request: HttpRequest) -> HttpResponse:
    """The form, and under it what the check says about the text. The text is in the body, never in an address."""
    skjema = Tekstsjekk(request.POST or None)
    kontroll = merket = None
    if request.method == "POST" and skjema.is_valid():
        tekst = skjema.cleaned_data["tekst"]
        kontroll = sjekk_tekst(tekst)
        merket = merk(tekst, kontroll.funn)
    svar = render(
        request,
        "vedtak/sjekk.html",
        {"skjema": skjema, "kontroll": kontroll, "merket": merket},
        status=422 if skjema.errors else 200,
    )
    svar["Cache-Control"] = "no-store"
    return svar
