"""A municipality is asked about a household, answers, or need not answer after all."""

from collections.abc import Sequence
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse, QueryDict
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from bosett.aktor.kontekst import Aktor
from bosett.grunn.feil import BosettFeil, FinnesIkke
from bosett.person import selectors_personvern as personer
from bosett.person.models import Husholdning
from bosett.person.querysets import synlige_husholdninger
from bosett.samtale import henvendelser, selectors
from bosett.samtale.models import Henvendelse
from bosett.samtale.querysets import HENVENDELSER, LES
from bosett.samtale.states import HENVENDELSE
from bosett.tilgang.policy import kan
from bosett.tilgang.services import logg_innsyn
from bosett.web import visning
from bosett.web.foresporsel import Foresporsel
from bosett.web.krav import krever
from bosett.web.person.innsyn import port
from bosett.web.samtale import fakta as fakta_
from bosett.web.samtale import parter
from bosett.web.samtale.parter import nummer
from bosett.web.samtale.skjema import FELT, NyHenvendelse, Svar, TrekkHenvendelse


@krever("samtale.send_henvendelse")
@never_cache
def ny(request: Foresporsel, husholdning: UUID) -> HttpResponse:
    """Whoever is asked already is shown before it is sent, and what has come since it was shown, once more."""
    aktor = request.aktor
    h = personer.sak(aktor, husholdning)
    if videre := port(request, h, LES):
        return videre
    alt = fakta_.fakta(h)
    spurt = [ett for ett in selectors.henvendelser(aktor, h.pk) if ett.tilstand != "trukket"]
    skjema = NyHenvendelse(request.POST or None, spurt=bool(spurt))
    if request.method == "POST" and skjema.is_valid():
        data = skjema.cleaned_data
        try:
            henvendelser.send(
                aktor=aktor, subjekt_id=h.pk, til=data["kommune"], svarfrist=data["svarfrist"], behov=data["behov"], fakta=alt,
                sett=_sett(request) if data.get("bekreft") else (), nokkel=data["side"],
            )  # fmt: skip
        except henvendelser.Dobbeltkontakt as feil:  # somebody came first while this was written
            spurt = [*feil.tidligere, *(ett for ett in spurt if ett not in feil.tidligere)]
            skjema = NyHenvendelse(_ubekreftet(request.POST), spurt=True)
            skjema.is_valid()
        except BosettFeil as feil:
            skjema.ta_feil(feil, FELT.get(feil.kode, "svarfrist" if feil.kode == "SAMTALE-FRIST" else None))
        else:
            messages.success(request, _("Henvendelsen er sendt. Kommunen har fått en oppgave."))
            return redirect("samtale:samtale", husholdning=husholdning)
    innhold = {
        "h": h, "skjema": skjema, "fakta": fakta_.av(alt), "spurt": _rader(aktor, h, spurt),
        "smuler": [
            (h.saksnummer, reverse("person:husholdning", args=[husholdning])),
            (_("Samtale"), reverse("samtale:samtale", args=[husholdning])),
            (_("Spør en kommune"), ""),
        ],
    }  # fmt: skip
    return render(request, "samtale/ny_henvendelse.html", innhold, status=422 if skjema.errors else 200)


@krever(HENVENDELSER)
@never_cache
def ett(request: Foresporsel, henvendelse: UUID) -> HttpResponse:
    """What the municipality is told, its answer, and the form to give it. Nothing here says who they are."""
    denne = selectors.henvendelsen(request.aktor, henvendelse)
    logg_innsyn(aktor=request.aktor, lesning=HENVENDELSER, subjekt_id=denne.subjekt_id)
    kan_svare = denne.tilstand == "sendt" and kan(request.aktor, "samtale.besvar_henvendelse", denne.til)
    skjema = Svar(request.POST or None) if kan_svare or request.method == "POST" else None
    if request.method == "POST" and skjema is not None and skjema.is_valid():
        try:
            henvendelser.besvar(aktor=request.aktor, henvendelse=henvendelse, **skjema.cleaned_data)
        except BosettFeil as feil:
            if feil.http_status in (403, 404):
                raise
            skjema.ta_feil(feil, FELT.get(feil.kode))
        else:
            messages.success(request, _("Svaret er sendt."))
            return redirect("samtale:henvendelse", henvendelse=henvendelse)
    if request.method == "POST" and not kan(request.aktor, "samtale.besvar_henvendelse", denne.til):
        raise FinnesIkke(
            kode="SAMTALE-HENVENDELSE", hva="Siden finnes ikke, eller du har ikke tilgang til den."
        )
    saken = synlige_husholdninger(request.aktor).select_related("subjekt").filter(pk=denne.subjekt_id).first()
    innhold = {
        "denne": denne, "skjema": skjema, "status": HENVENDELSE.navn(denne.tilstand), "h": saken,
        "fakta": fakta_.linjer(denne.antall, denne.aldre, denne.spraak),
        "fra": visning.stor(str(parter.NAVN[denne.organisasjon.slag])),
        "nummer": nummer(denne), "smuler": [(_("Samtaler"), reverse("samtale:liste")), (nummer(denne), "")],
    }  # fmt: skip
    return render(
        request, "samtale/henvendelse.html", innhold, status=422 if skjema and skjema.errors else 200
    )


@krever("samtale.trekk_henvendelse")
@never_cache
def trekk(request: Foresporsel, henvendelse: UUID) -> HttpResponse:
    denne = selectors.henvendelsen(request.aktor, henvendelse)
    h = personer.sak(request.aktor, denne.subjekt.uuid)
    if videre := port(request, h, LES):
        return videre
    skjema = TrekkHenvendelse(request.POST or None)
    if request.method == "POST" and skjema.is_valid():
        try:
            henvendelser.trekk(
                aktor=request.aktor, henvendelse=henvendelse, grunn=skjema.cleaned_data["grunn"]
            )
        except BosettFeil as feil:
            if feil.http_status in (403, 404):
                raise
            skjema.ta_feil(feil, FELT.get(feil.kode))
        else:
            messages.success(request, _("Henvendelsen er trukket."))
            return redirect("samtale:samtale", husholdning=h.subjekt.uuid)
    innhold = {
        "denne": denne, "h": h, "skjema": skjema,
        "smuler": [
            (h.saksnummer, reverse("person:husholdning", args=[h.subjekt.uuid])),
            (_("Samtale"), reverse("samtale:samtale", args=[h.subjekt.uuid])),
            (_("Trekk henvendelsen"), ""),
        ],
    }  # fmt: skip
    return render(request, "samtale/trekk_henvendelse.html", innhold, status=422 if skjema.errors else 200)


def _sett(request: Foresporsel) -> list[UUID]:
    """Those that stood on the page. What is no identifier was not."""
    ut = []
    for tekst in request.POST.getlist("sett"):
        try:
            ut.append(UUID(tekst))
        except ValueError:
            continue
    return ut


def _ubekreftet(data: QueryDict) -> QueryDict:
    ny = data.copy()
    ny.pop("bekreft", None)
    return ny


def _rader(aktor: Aktor, h: Husholdning, spurt: Sequence[Henvendelse]) -> list[tuple[Henvendelse, str, str]]:
    skjult = parter.skjermet(aktor, h)
    return [(ett, HENVENDELSE.navn(ett.tilstand), parter.spurte(ett, skjult)) for ett in spurt]
