"""The thread of one household: what was said to the reader's party, the contacts with municipalities, and the form to say more."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from bosett.aktor.kontekst import Aktor
from bosett.grunn.feil import BosettFeil, FinnesIkke
from bosett.person import selectors_personvern as personer
from bosett.person.models import Husholdning
from bosett.samtale import selectors, services
from bosett.samtale.models import Innlegg
from bosett.samtale.querysets import LES
from bosett.samtale.states import HENVENDELSE
from bosett.tilgang.policy import kan
from bosett.tilgang.saken import tilhorigheter_i
from bosett.web.foresporsel import Foresporsel
from bosett.web.krav import krever
from bosett.web.person.innsyn import port, smuler
from bosett.web.samtale import parter
from bosett.web.samtale.skjema import FELT, NyttInnlegg, Svarinnlegg, Trekk


@krever(LES)
@never_cache
def samtale(request: Foresporsel, husholdning: UUID) -> HttpResponse:
    h = personer.sak(request.aktor, husholdning)
    if videre := port(request, h, LES):
        return videre
    aktor = request.aktor
    egen = _egen(aktor, h)
    skjema = (
        NyttInnlegg(request.POST or None, egen=egen, deltar=selectors.deltar(aktor, h.pk)) if egen else None
    )
    if request.method == "POST" and skjema is None:
        raise FinnesIkke(kode="SAMTALE-SAK", hva="Siden finnes ikke, eller du har ikke tilgang til den.")
    if skjema is not None and request.method == "POST" and skjema.is_valid():
        try:
            nytt = services.skriv(aktor=aktor, subjekt_id=h.pk, **_felt(skjema))
        except BosettFeil as feil:
            skjema.ta_feil(feil, FELT.get(feil.kode))
        else:
            return _skrevet(request, h, nytt)
    rader = selectors.samtalen(aktor, h.pk)
    henvendelser = selectors.henvendelser(aktor, h.pk)
    skjult = parter.skjermet(aktor, h)
    if aktor.bruker_id is not None:
        services.merk_lest(aktor=aktor, subjekt_id=h.pk, sist=rader[-1].innlegg.pk if rader else 0)
    kan_spore = bool(egen) and egen != "kommune" and kan(aktor, "samtale.send_henvendelse")
    innhold = {
        "h": h, "skjema": skjema, "rader": [_rad(rad, egen, aktor, skjult) for rad in rader],
        "nye": next((rad.innlegg.uuid for rad in rader if rad.ny), None),
        "mine": sum(rad.innlegg.av_id == aktor.bruker_id for rad in rader),
        "henvendelser": [
            (ett, HENVENDELSE.navn(ett.tilstand), kan_spore and ett.tilstand != "trukket", parter.spurte(ett, skjult)) for ett in henvendelser
        ],
        "kan_spore": kan_spore, "viser_kommuner": egen != "kommune" and (kan_spore or bool(henvendelser)),
        "smuler": smuler(aktor, husholdning, h.saksnummer, _("Samtale")),
    }  # fmt: skip
    return render(request, "samtale/samtale.html", innhold, status=422 if skjema and skjema.errors else 200)


@krever("samtale.skriv")
@never_cache
def svar(request: Foresporsel, innlegg: UUID) -> HttpResponse:
    """The answer to a question, to those who could read it unless one chooses otherwise."""
    spurt, h = _innlegg(request.aktor, innlegg)
    if videre := port(request, h, LES):
        return videre
    egen = _egen(request.aktor, h)
    if spurt.sporsmaal_til != egen:
        raise FinnesIkke(kode="SAMTALE-INNLEGG", hva="Siden finnes ikke, eller du har ikke tilgang til den.")
    skjema = Svarinnlegg(
        request.POST or None, egen=egen, deltar=selectors.deltar(request.aktor, h.pk), initial={"leses_av": spurt.synlig}
    )  # fmt: skip
    if request.method == "POST" and skjema.is_valid():
        try:
            nytt = services.skriv(aktor=request.aktor, subjekt_id=h.pk, svar_paa=spurt.uuid, **_felt(skjema))
        except BosettFeil as feil:
            skjema.ta_feil(feil, FELT.get(feil.kode))
        else:
            return _skrevet(request, h, nytt)
    innhold = {
        "h": h, "spurt": spurt, "hvem": parter.hvem(spurt, parter.skjermet(request.aktor, h)), "skjema": skjema,
        "smuler": _smuler(h, _("Svar")),
    }  # fmt: skip
    return render(request, "samtale/svar.html", innhold, status=422 if skjema.errors else 200)


@krever("samtale.trekk")
@never_cache
def trekk(request: Foresporsel, innlegg: UUID) -> HttpResponse:
    dette, h = _innlegg(request.aktor, innlegg)
    if dette.av_id != request.aktor.bruker_id:
        raise FinnesIkke(kode="SAMTALE-INNLEGG", hva="Siden finnes ikke, eller du har ikke tilgang til den.")
    if videre := port(request, h, LES):
        return videre
    skjema = Trekk(request.POST or None)
    if request.method == "POST" and skjema.is_valid():
        try:
            services.trekk(aktor=request.aktor, innlegg=innlegg, grunn=skjema.cleaned_data["grunn"])
        except BosettFeil as feil:
            skjema.ta_feil(feil, FELT.get(feil.kode))
        else:
            messages.success(request, _("Innlegget er trukket tilbake. Ingen andre kan lese det lenger."))
            return redirect(f"{reverse('samtale:samtale', args=[h.subjekt.uuid])}#i-{innlegg}")
    innhold = {"h": h, "ett": dette, "skjema": skjema, "smuler": _smuler(h, _("Trekk tilbake"))}
    return render(request, "samtale/trekk.html", innhold, status=422 if skjema.errors else 200)


def _innlegg(aktor: Aktor, uuid: UUID) -> tuple[Innlegg, Husholdning]:
    """A message the actor may read, in a household the actor may see."""
    ett = selectors.innlegget(aktor, uuid)
    return ett, personer.sak(aktor, ett.subjekt.uuid)


def _egen(aktor: Aktor, h: Husholdning) -> str:
    """The kind of party the actor writes for in this case; empty for those who read only."""
    return next((ett.slag for ett in tilhorigheter_i(aktor, "samtale.skriv", h.pk)), "")


def _felt(skjema: Svarinnlegg) -> dict[str, Any]:
    data = dict(skjema.cleaned_data)
    return data | {"nokkel": data.pop("side")}


def _skrevet(request: Foresporsel, h: Husholdning, nytt: Innlegg) -> HttpResponse:
    messages.success(
        request,
        _("Sendt. Synlig for: %(hvem)s.") % {"hvem": parter.liste(nytt.synlig)}
        if nytt.synlig
        else _("Notatet er lagret. Bare dere kan lese det."),
    )
    return redirect(f"{reverse('samtale:samtale', args=[h.subjekt.uuid])}#i-{nytt.uuid}")


def _smuler(h: Husholdning, her: str) -> list[tuple[str, str]]:
    sak, traad = (reverse(navn, args=[h.subjekt.uuid]) for navn in ("person:husholdning", "samtale:samtale"))
    return [(h.saksnummer, sak), (_("Samtale"), traad), (her, "")]


def _rad(rad: selectors.Ytring, egen: str, aktor: Aktor, skjult: bool) -> dict[str, Any]:
    ett = rad.innlegg
    return {
        "ett": ett,
        "eget": rad.eget,
        "ny": rad.ny,
        "hvem": parter.hvem(ett, skjult and not rad.eget),
        "synlig": parter.liste(ett.synlig),
        "lest_av": parter.liste(rad.lest_av),
        "spor": parter.liste([ett.sporsmaal_til]) if ett.sporsmaal_til else "",
        "besvart": rad.besvart,
        "kan_svare": bool(egen) and ett.sporsmaal_til == egen and not rad.besvart and ett.trukket is None,
        "kan_trekke": bool(egen) and ett.av_id == aktor.bruker_id and ett.trukket is None,
    }
