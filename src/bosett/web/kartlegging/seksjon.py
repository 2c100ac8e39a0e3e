"""One section of the form: filled in, kept while one writes, and settled when two have written the same field."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID, uuid4

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from bosett.grunn.feil import FinnesIkke, Konflikt
from bosett.grunn.klokke import naa
from bosett.kartlegging import selectors_kartlegging as selectors
from bosett.kartlegging.rules.skjema import Felt
from bosett.kartlegging.rules.verdier import som_tekst
from bosett.kartlegging.selectors_kartlegging import Bilde
from bosett.kartlegging.services import kartlegging as tjenester
from bosett.kartlegging.services.hvem import kan_kartlegge
from bosett.kartlegging.services.kartlegging import Svar
from bosett.kartlegging.states_kartlegging import LAGRE
from bosett.person.models import Person
from bosett.person.services.samtykker import har_samtykke
from bosett.web import visning
from bosett.web.foresporsel import Foresporsel, heltall
from bosett.web.kartlegging.skjema import Seksjonsskjema
from bosett.web.kartlegging.visning import seksjonsnavn, statustekst
from bosett.web.kladd import kladdsvar
from bosett.web.krav import krever
from bosett.web.person.innsyn import port
from bosett.web.skjema import oversatt


@krever("kartlegging.se")
@never_cache
def seksjon(request: Foresporsel, person: UUID, seksjon: str) -> HttpResponse:
    p = selectors.person(request.aktor, person)
    if videre := port(request, p.husholdning):
        return videre
    bilde = _bilde(request, p, seksjon)
    kan = kan_kartlegge(request.aktor, LAGRE.kode, p)
    if request.method != "POST":
        skjema = _skjema(request, bilde, seksjon) if kan and bilde.tilstand != "fullfort" else None
        return _side(request, bilde, seksjon, skjema, kan)
    if not kan:
        raise FinnesIkke(kode="PERSON-UKJENT", hva="Personen finnes ikke, eller du har ikke tilgang til saken.")  # fmt: skip
    try:
        skjema = _lagre(request, bilde, seksjon)
    except Konflikt as feil:
        messages.error(request, oversatt(feil))
        return redirect("kartlegging:seksjon", person, seksjon)
    if skjema.errors:
        return _side(request, bilde, seksjon, skjema, kan)
    messages.success(request, _("Svarene er lagret."))
    return _videre(bilde, seksjon, request.POST.get("handling", "videre"))


@krever("kartlegging.lagre")
@require_POST
@never_cache
def kladd(request: Foresporsel, person: UUID, seksjon: str) -> HttpResponse:
    """Saves while one writes. Says when, or what could not be kept. Whatever is refused stays on the page and in the tab."""
    p = selectors.person(request.aktor, person)
    if videre := port(request, p.husholdning):
        return videre
    bilde = _bilde(request, p, seksjon)
    try:
        skjema = _lagre(request, bilde, seksjon)
        feil = " ".join(tekst for _adresse, tekst in skjema.feilliste)
    except Konflikt as avslag:
        feil = oversatt(avslag)
    return kladdsvar(request, request.POST.get("versjon", "0"), lagret=naa(), feil=feil)


def _bilde(request: Foresporsel, p: Person, seksjon: str) -> Bilde:
    bilde = selectors.bilde(request.aktor, p)
    if seksjon not in bilde.skjema.seksjoner:
        raise FinnesIkke(kode="KARTLEGGING-SEKSJON", hva="Skjemaet har ikke denne delen.")
    return bilde


def _felter(bilde: Bilde, seksjon: str) -> list[Felt]:
    return [f for f in bilde.felter if f.seksjon == seksjon]


def _skjema(request: Foresporsel, bilde: Bilde, seksjon: str) -> Seksjonsskjema:
    felter = _felter(bilde, seksjon)
    laast = [f.navn for f in felter if f.saerlig and not har_samtykke(bilde.person, f.saerlig)]
    data = request.POST if request.method == "POST" else None
    return Seksjonsskjema(data, felter=felter, svar=bilde.svar, laast=laast)


def _lagre(request: Foresporsel, bilde: Bilde, seksjon: str) -> Seksjonsskjema:
    """Keep what can be kept; the form then complains of the rest. Raises `Konflikt`."""
    versjon = heltall(request.POST.get("versjon", ""))
    if versjon is None:  # what is not sent would be taken for empty answers
        raise Konflikt(kode="KARTLEGGING-HALV", hva="Siden ble ikke sendt helt.", gjor="Fyll ut på nytt.")
    skjema = _skjema(request, bilde, seksjon)
    svar = skjema.svar()
    valg, _skille, resten = request.POST.get("handling", "").partition(":")
    overstyr: Mapping[str, int] = {}
    if valg == "behold":
        svar.pop(resten, None)
    elif valg == "bruk":
        felt, _skille, rad = resten.partition(":")
        overstyr = {felt: heltall(rad) or 0}
    lagret = tjenester.lagre(
        aktor=request.aktor,
        person=bilde.person.uuid,
        seksjon=seksjon,
        svar=svar,
        versjon=versjon,
        side=request.POST.get("side", "")[:36],
        overstyr=overstyr,
    )
    for felt_, feil in lagret.avslag:
        skjema.ta_feil(feil, skjema.forste(felt_))
    for konflikt in lagret.konflikter:
        skjema.ta_konflikt(konflikt)
    return skjema


def _videre(bilde: Bilde, seksjon: str, handling: str) -> HttpResponse:
    """To the next section, or the case's page after the last. The address says what is saved, so that the tab forgets its copy."""
    alle = list(bilde.skjema.seksjoner)
    neste = alle[alle.index(seksjon) + 1 :]
    if handling != "videre":
        neste = [seksjon]
    adresse = (
        reverse("kartlegging:seksjon", args=[bilde.person.uuid, neste[0]])
        if neste
        else reverse("kartlegging:husholdning", args=[bilde.person.husholdning.subjekt.uuid])
    )
    return redirect(f"{adresse}?lagret={seksjon}")


def _side(
    request: Foresporsel, bilde: Bilde, seksjon: str, skjema: Seksjonsskjema | None, kan: bool
) -> HttpResponse:
    felter = _felter(bilde, seksjon)
    spraak = visning.spraak()
    versjon = max((bilde.svar[f.navn].pk for f in felter if f.navn in bilde.svar), default=0)
    alle = list(bilde.skjema.seksjoner)
    lagret = request.GET.get("lagret", "")
    p = bilde.person
    innhold = {
        "p": p, "h": p.husholdning, "seksjon": seksjon, "navn": seksjonsnavn(bilde.skjema, seksjon), "skjema": skjema,
        "deler": _deler(skjema) if skjema else [], "versjon": request.POST.get("versjon", versjon), "side": request.POST.get("side") or str(uuid4()),
        "nr": alle.index(seksjon) + 1, "av": len(alle), "tall": next(t for t in bilde.seksjoner if t.seksjon == seksjon),
        "seksjoner": [(t, seksjonsnavn(bilde.skjema, t.seksjon)) for t in bilde.seksjoner], "fullfort": bilde.tilstand == "fullfort",
        "formaal": [(f.tekst.paa(spraak), f.formaal.tekst.paa(spraak), f.formaal.hjemmel, f.kilde) for f in felter],
        "svar": [(f.tekst.paa(spraak), statustekst(f, bilde.svar.get(f.navn)), bilde.svar.get(f.navn)) for f in felter if not f.saerlig or f.navn in bilde.svar],
        "ferdig": reverse("kartlegging:seksjon", args=[p.uuid, lagret]) if lagret in alle else "",
        "kan": kan,
    }  # fmt: skip
    feil = skjema is not None and bool(skjema.errors)
    side = render(request, "kartlegging/seksjon.html", innhold, status=422 if feil else 200)
    side.behold = feil  # type: ignore[attr-defined]  # what could be kept is (see web.mellomvare.Handling)
    return side


def _deler(skjema: Seksjonsskjema) -> list[dict[str, Any]]:
    ut = []
    for d in skjema.deler():
        konflikt = d.konflikt
        ut.append(
            {
                "d": d,
                "deres": statustekst(d.felt, konflikt.deres) if konflikt else "",
                "mitt": _mitt(d.felt, konflikt.mitt) if konflikt else "",
            }
        )
    return ut


def _mitt(felt: Felt, svar: Svar) -> str:
    return som_tekst(felt, svar.verdi, visning.spraak()) if svar.status == "svar" else statustekst(felt, svar)
