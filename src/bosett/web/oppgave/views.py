"""The tasks one has in a case: those Bosett gives, and those one writes down oneself."""

from collections.abc import Callable
from typing import Any
from uuid import UUID, uuid4

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from bosett.bolig.services.framskaffelser import OPPGAVE as FINN_BOLIG
from bosett.grunn.feil import BosettFeil
from bosett.oppgave import egne, selectors
from bosett.oppgave.models import Oppgave
from bosett.person import selectors_personvern as personer
from bosett.person.models import Husholdning
from bosett.web.bolig.husbanken import blokk
from bosett.web.foresporsel import Foresporsel
from bosett.web.krav import krever
from bosett.web.oppgave.slag import SLAG
from bosett.web.person.innsyn import port, smuler
from bosett.web.skjema import Dato, Skjema

_FELT = {"OPPGAVE-TEKST": "tekst", "OPPGAVE-FRIST": "frist"}


class NyOppgave(Skjema):
    tekst = forms.CharField(
        label=gettext_lazy("Hva skal du huske?"), max_length=egne.MAKS_TEKST, help_text=gettext_lazy("For eksempel «Ring vergen om skoleplass».")
    )  # fmt: skip
    frist = Dato(label=gettext_lazy("Når skal det være gjort?"), required=False)
    hvem = forms.ChoiceField(
        label=gettext_lazy("Hvem skal se oppgaven?"), widget=forms.RadioSelect, initial="meg",
        choices=[("meg", gettext_lazy("Bare jeg")), ("oss", gettext_lazy("Alle hos oss med samme rolle som meg"))],
    )  # fmt: skip
    side = forms.UUIDField(widget=forms.HiddenInput)
    rett = {
        "tekst": gettext_lazy("Skriv hva du skal huske"),
        "frist": gettext_lazy("Skriv når det skal være gjort, eller la feltet stå tomt"),
        "hvem": gettext_lazy("Velg hvem som skal se oppgaven"),
    }


class NyFrist(Skjema):
    frist = Dato(label=gettext_lazy("Ny frist"))
    rett = {"frist": gettext_lazy("Skriv den nye fristen")}


@krever("oppgave.opprett_egen")
@never_cache
def oppgaver(request: Foresporsel, husholdning: UUID) -> HttpResponse:
    h = personer.sak(request.aktor, husholdning)
    if videre := port(request, h):
        return videre
    skjema = NyOppgave(request.POST or None, initial={"hvem": "meg", "side": uuid4()})
    if request.method == "POST" and skjema.is_valid():
        data = skjema.cleaned_data
        try:
            egne.opprett(
                aktor=request.aktor, subjekt_id=h.pk, tekst=data["tekst"], frist=data["frist"], bare_meg=data["hvem"] == "meg",
                nokkel=data["side"],
            )  # fmt: skip
        except BosettFeil as feil:
            skjema.ta_feil(feil, _FELT.get(feil.kode))
        else:
            messages.success(request, _("Oppgaven er skrevet opp, og står på hjemmesiden."))
            return redirect("oppgave:oppgaver", husholdning=husholdning)
    alle = list(selectors.i_saken(request.aktor, h.pk))
    innhold = {
        "h": h, "skjema": skjema, "rader": [_rad(ett) for ett in alle], "om_bolig": any(ett.slag == FINN_BOLIG for ett in alle),
        "smuler": smuler(request.aktor, husholdning, h.saksnummer, _("Oppgaver")), **blokk(),
    }  # fmt: skip
    return render(request, "oppgave/oppgaver.html", innhold, status=422 if skjema.errors else 200)


@krever("oppgave.fullfor")
@require_POST
def ferdig(request: Foresporsel, oppgave: UUID) -> HttpResponse:
    return _gjor(request, oppgave, egne.fullfor, _("Oppgaven er merket som gjort."))


@krever("oppgave.gjenapne")
@require_POST
def gjenapne(request: Foresporsel, oppgave: UUID) -> HttpResponse:
    return _gjor(request, oppgave, egne.gjenapne, _("Oppgaven er åpnet igjen."))


@krever("oppgave.flytt_frist")
@never_cache
def flytt(request: Foresporsel, oppgave: UUID) -> HttpResponse:
    denne, h = _oppgave(request, oppgave)
    if videre := port(request, h):
        return videre
    skjema = NyFrist(request.POST or None, initial={"frist": denne.frist})
    if request.method == "POST" and skjema.is_valid():
        try:
            egne.flytt(aktor=request.aktor, oppgave=oppgave, frist=skjema.cleaned_data["frist"])
        except BosettFeil as feil:
            skjema.ta_feil(feil, "frist")
        else:
            messages.success(request, _("Fristen er flyttet."))
            return redirect("oppgave:oppgaver", husholdning=h.subjekt.uuid)
    innhold = {
        "h": h, "denne": denne, "skjema": skjema,
        "smuler": [
            (h.saksnummer, reverse("person:husholdning", args=[h.subjekt.uuid])),
            (_("Oppgaver"), reverse("oppgave:oppgaver", args=[h.subjekt.uuid])),
            (_("Flytt fristen"), ""),
        ],
    }  # fmt: skip
    return render(request, "oppgave/flytt.html", innhold, status=422 if skjema.errors else 200)


def _oppgave(request: Foresporsel, uuid: UUID) -> tuple[Oppgave, Husholdning]:
    """A task of the actor's, in a household the actor may see."""
    denne = selectors.egen(request.aktor, uuid)
    return denne, personer.sak(request.aktor, denne.subjekt.uuid)


def _gjor(
    request: Foresporsel, uuid: UUID, handling: Callable[..., Oppgave], kvittering: str
) -> HttpResponse:
    _denne, h = _oppgave(request, uuid)
    handling(aktor=request.aktor, oppgave=uuid)
    messages.success(request, kvittering)
    return redirect("oppgave:oppgaver", husholdning=h.subjekt.uuid)


def _rad(ett: Oppgave) -> dict[str, Any]:
    egen = ett.slag == selectors.EGEN
    return {
        "ett": ett,
        "egen": egen,
        "hva": ett.gjelder if egen else _(SLAG[ett.slag][0]),
        "sti": "" if egen else ett.sti,
        "hvem": _("Bare du") if ett.bruker_id else _("Alle med rollen"),
    }
