"""A talk: registered, and filled in afterwards, with the interpreter card beside the form."""

from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from bosett.grunn.feil import BosettFeil, FinnesIkke
from bosett.grunn.klokke import i_dag
from bosett.kartlegging import selectors_kartlegging as selectors
from bosett.kartlegging.models import Intervju
from bosett.kartlegging.services import samtaler as tjenester
from bosett.kartlegging.services.hvem import kan_kartlegge
from bosett.kartlegging.states_kartlegging import LAGRE_SAMTALE
from bosett.person.models import Person
from bosett.web.foresporsel import Foresporsel, heltall
from bosett.web.kartlegging.skjema import Samtaleskjema
from bosett.web.krav import krever
from bosett.web.person.innsyn import port

_FELT = {
    "SAMTALE-TOLK": "tolkebehov", "SAMTALE-MAATE": "maate", "SAMTALE-SPRAAK": "spraak", "SAMTALE-SJEKK": "tolkesjekk",
    "SAMTALE-UTEN-TOLK": "tolkebehov", "SAMTALE-TOLK-BESTILT": "tolk_bestilt", "SAMTALE-FRAM": "tolk_mott", "SAMTALE-KVALITET": "tolk_kvalitet",
    "SAMTALE-FORTALT": "fortalt_spraak",
}  # fmt: skip


@krever("kartlegging.lagre_samtale")
@never_cache
def ny(request: Foresporsel, person: UUID) -> HttpResponse:
    p = selectors.person(request.aktor, person)
    if videre := port(request, p.husholdning):
        return videre
    start = {"holdt": i_dag(), "spraak": p.tolkespraak, "fortalt_spraak": p.tolkespraak}
    return _side(request, p, None, Samtaleskjema(request.POST or None, initial=start))


@krever("kartlegging.lagre_samtale")
@never_cache
def en(request: Foresporsel, samtale: UUID) -> HttpResponse:
    denne = selectors.samtale(request.aktor, samtale)
    p = selectors.person(request.aktor, denne.person.uuid)
    if videre := port(request, p.husholdning):
        return videre
    return _side(request, p, denne, Samtaleskjema(request.POST or None, samtale=denne))


def _side(request: Foresporsel, p: Person, samtale: Intervju | None, skjema: Samtaleskjema) -> HttpResponse:
    if not kan_kartlegge(request.aktor, LAGRE_SAMTALE.kode, p):
        raise FinnesIkke(
            kode="PERSON-UKJENT", hva="Personen finnes ikke, eller du har ikke tilgang til saken."
        )
    if request.method == "POST" and skjema.is_valid():
        try:
            tjenester.lagre(
                aktor=request.aktor,
                person=p.uuid,
                samtale=skjema.samtale(),
                side=request.POST.get("side", "")[:36] or str(uuid4()),
                intervju=samtale.uuid if samtale else None,
                versjon=heltall(request.POST.get("versjon", "")) or 0,
            )
        except BosettFeil as feil:
            skjema.ta_feil(feil, _FELT.get(feil.kode))
        else:
            messages.success(request, _("Samtalen er lagret."))
            return redirect("kartlegging:husholdning", p.husholdning.subjekt.uuid)
    antall = selectors.samtaler(request.aktor, p).count()
    innhold: dict[str, Any] = {
        "p": p, "h": p.husholdning, "samtale": samtale, "skjema": skjema, "side": request.POST.get("side") or str(uuid4()),
        "versjon": samtale.versjon if samtale else antall,
    }  # fmt: skip
    return render(
        request, "kartlegging/samtale.html", innhold, status=422 if request.method == "POST" else 200
    )
