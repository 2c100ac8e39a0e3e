"""Privacy of one household: consents, who has seen it, and the copy a person gets."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from bosett.grunn.feil import BosettFeil
from bosett.grunn.klokke import i_dag
from bosett.person import selectors_personvern as selectors
from bosett.person.models_samtykke import Samtykke
from bosett.person.rules.koder import tekst
from bosett.person.services import samtykker
from bosett.tilgang.policy import kan
from bosett.web import visning
from bosett.web.foresporsel import Foresporsel
from bosett.web.krav import krever
from bosett.web.person.innsyn import port, smuler
from bosett.web.person.skjema import NyttSamtykke
from bosett.web.skjema import oversatt


@krever("person.samtykker")
@never_cache
def personvern(request: Foresporsel, husholdning: UUID) -> HttpResponse:
    sak = selectors.sak(request.aktor, husholdning)
    if videre := port(request, sak):
        return videre
    aktor = request.aktor
    innhold = {
        "sak": sak,
        "medlemmer": [
            (person, [_linje(ett) for ett in alle]) for person, alle in selectors.samtykker(aktor, sak)
        ],
        "kan_endre": kan(aktor, "person.gi_samtykke"),
        "kan_kopi": kan(aktor, "person.utlever_innsyn"),
        "kan_se": kan(aktor, "person.sett_av"),
        "smuler": smuler(aktor, husholdning, sak.saksnummer, _("Personvern")),
    }
    return render(request, "person/personvern.html", innhold)


def _linje(ett: Samtykke) -> dict[str, object]:
    spraak = visning.spraak()
    stand = (
        _("Gjelder")
        if selectors.gjelder(ett)
        else str(_(ett.get_slutt_display()))
        if ett.slutt
        else _("Gikk ut")
    )
    return {
        "samtykke": ett,
        "formaal": tekst("samtykker", ett.formaal, spraak),
        "spraak": tekst("spraak", ett.spraak, spraak),
        "maate": _(ett.get_maate_display()),
        "gitt_av": _(ett.get_gitt_av_display()),
        "gjelder": selectors.gjelder(ett),
        "stand": stand,
    }


@krever("person.gi_samtykke")
@never_cache
def nytt(request: Foresporsel, person: UUID) -> HttpResponse:
    sak = selectors.sak_til_person(request.aktor, person)
    if videre := port(request, sak):
        return videre
    skjema = NyttSamtykke(request.POST or None, initial={"gitt": i_dag(), "gitt_av": Samtykke.GittAv.SELV})
    if skjema.utfor(lambda data: samtykker.gi(aktor=request.aktor, person=person, **data)):
        messages.success(request, _("Samtykket er registrert."))
        return redirect("person:personvern", sak.subjekt.uuid)
    denne = next(p for p, _s in selectors.samtykker(request.aktor, sak) if p.uuid == person)
    innhold = {
        "person": denne, "skjema": skjema,
        "smuler": [
            (sak.saksnummer, reverse("person:husholdning", args=[sak.subjekt.uuid])),
            (_("Personvern"), reverse("person:personvern", args=[sak.subjekt.uuid])),
            (_("Nytt samtykke"), ""),
        ],
    }  # fmt: skip
    return render(request, "person/nytt_samtykke.html", innhold, status=422 if skjema.errors else 200)


@krever("person.trekk_samtykke")
@require_POST
def trekk(request: Foresporsel, samtykke: UUID) -> HttpResponse:
    sak = selectors.sak_til_samtykke(request.aktor, samtykke)
    try:
        samtykker.trekk(aktor=request.aktor, samtykke=samtykke)
    except BosettFeil as feil:
        if feil.http_status in (403, 404):
            raise
        messages.error(request, oversatt(feil))
    else:
        messages.success(request, _("Samtykket er trukket tilbake, og gjelder ikke lenger."))
    return redirect("person:personvern", sak.subjekt.uuid)
