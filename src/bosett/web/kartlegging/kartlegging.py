"""The mapping of a household: who is how far, what is not known, what has been changed by whom, and the form on paper."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from bosett.grunn.feil import BosettFeil
from bosett.kartlegging import selectors_kartlegging as selectors
from bosett.kartlegging.models import Intervju, Kartleggingssvar
from bosett.kartlegging.rules.skjema import skjemaer
from bosett.kartlegging.rules.verdier import som_tekst
from bosett.kartlegging.selectors_kartlegging import Bilde
from bosett.kartlegging.services import kartlegging as tjenester
from bosett.kartlegging.services.hvem import kan_kartlegge
from bosett.kartlegging.states_kartlegging import LAGRE
from bosett.person.rules.koder import tekst
from bosett.person.selectors import husholdning as finn_husholdning
from bosett.web import visning
from bosett.web.foresporsel import Foresporsel
from bosett.web.kartlegging.visning import seksjonsnavn, statustekst, tilstand
from bosett.web.krav import krever
from bosett.web.person.innsyn import port, smuler
from bosett.web.skjema import oversatt
from bosett.web.tabell import Kolonne, Tabell


@krever("kartlegging.se")
@never_cache
def husholdning(request: Foresporsel, husholdning: UUID) -> HttpResponse:
    h = finn_husholdning(request.aktor, husholdning)
    if videre := port(request, h):
        return videre
    bilder = selectors.bilder(request.aktor, h)
    lagret = request.GET.get("lagret", "")
    innhold = {
        "h": h,
        "personer": [_person(request, bilde) for bilde in bilder],
        "ferdig": [
            reverse("kartlegging:seksjon", args=[b.person.uuid, lagret]) for b in bilder if lagret in b.skjema.seksjoner
        ],
        "smuler": smuler(request.aktor, husholdning, h.saksnummer, gettext("Kartlegging")),
    }  # fmt: skip
    return render(request, "kartlegging/husholdning.html", innhold)


def _person(request: Foresporsel, bilde: Bilde) -> dict[str, Any]:
    navn, farge = tilstand(bilde.tilstand)
    spraak = visning.spraak()
    ukjent = [ett.paa(spraak) for ett in bilde.ukjent]
    kan = kan_kartlegge(request.aktor, LAGRE.kode, bilde.person)
    return {
        "p": bilde.person,
        "bilde": bilde,
        "tilstand": navn,
        "farge": farge,
        "seksjoner": [(t, seksjonsnavn(bilde.skjema, t.seksjon)) for t in bilde.seksjoner if t.av],
        "ukjent": ukjent,
        "antall_ukjent": ngettext("%(n)s ting vi ikke vet", "%(n)s ting vi ikke vet", len(ukjent))
        % {"n": visning.tall(len(ukjent))},
        "kan": kan,
        "samtaler": [_samtale(s) for s in selectors.samtaler(request.aktor, bilde.person)],
    }


def _samtale(s: Intervju) -> dict[str, Any]:
    spraak = visning.spraak()
    if s.tolkebehov == "nei":
        tolk = (gettext("Uten tolk"), "neutral")
    elif s.tolk_mott:
        tolk = (gettext("Tolken møtte"), "brand1")
    elif s.tolk_mott is False:
        tolk = (gettext("Tolken møtte ikke"), "danger")
    elif s.tolk_bestilt:
        tolk = (gettext("Tolk er bestilt"), "neutral")
    else:
        tolk = (gettext("Tolk er ikke bestilt"), "warning")
    return {
        "s": s,
        "tolk": tolk,
        "maate": gettext(s.get_maate_display()),
        "spraak": tekst("spraak", s.spraak, spraak),
        "fortalt_spraak": tekst("spraak", s.fortalt_spraak, spraak),
    }


@krever("kartlegging.apne")
@require_POST
@never_cache
def begynn(request: Foresporsel, person: UUID) -> HttpResponse:
    p = selectors.person(request.aktor, person)
    if videre := port(request, p.husholdning):
        return videre
    bilde = selectors.bilde(request.aktor, p)
    tjenester.apne(aktor=request.aktor, person=person)
    forste = next(t.seksjon for t in bilde.seksjoner if t.av or t.seksjon == "behov")
    return redirect("kartlegging:seksjon", person, forste)


@krever("kartlegging.fullfor")
@require_POST
@never_cache
def fullfor(request: Foresporsel, person: UUID) -> HttpResponse:
    return _gjor(request, person, tjenester.fullfor, gettext("Kartleggingen er fullført."))


@krever("kartlegging.gjenapne")
@require_POST
@never_cache
def gjenapne(request: Foresporsel, person: UUID) -> HttpResponse:
    return _gjor(request, person, tjenester.gjenapne, gettext("Kartleggingen er åpnet igjen."))


def _gjor(request: Foresporsel, person: UUID, tjeneste: Any, gjort: str) -> HttpResponse:
    p = selectors.person(request.aktor, person)
    if videre := port(request, p.husholdning):
        return videre
    try:
        tjeneste(aktor=request.aktor, person=person)
    except BosettFeil as feil:
        if feil.http_status == 404:
            raise
        messages.error(request, oversatt(feil))
    else:
        messages.success(request, gjort)
    return redirect("kartlegging:husholdning", p.husholdning.subjekt.uuid)


def _felt(rad: Kartleggingssvar) -> str:
    felt = _skjemafelt(rad)
    return felt.tekst.paa(visning.spraak()) if felt else rad.felt


def _skjemafelt(rad: Kartleggingssvar) -> Any:
    """The field in the newest form that has it."""
    return next(
        (s.felter[rad.felt] for _nr, s in sorted(skjemaer().items(), reverse=True) if rad.felt in s.felter), None
    )  # fmt: skip


HISTORIE = Tabell(
    "kartleggingshistorie",
    _("Hvem har endret hva"),
    (
        Kolonne("kjent_fra", _("Når"), format=lambda v, r: visning.tidspunkt(v), synkende_forst=True),
        Kolonne(
            "hvem", _("Hvem"), felt=lambda r: r.registrert_av.navn if r.registrert_av else "Bosett", norsk=True
        ),
        Kolonne("felt", _("Spørsmål"), felt=_felt, radhode=True),
        Kolonne(
            "svar", _("Svar"), felt=lambda r: statustekst(f, r) if (f := _skjemafelt(r)) else str(r.verdi), sorter=False
        ),
        Kolonne("hvorfor", _("Hvorfor det er nødvendig"), felt=lambda r: r.hvorfor, sorter=False),
    ),
    sortering="-kjent_fra",
    nokkel=lambda r: str(r.pk),
    tom=_("Ingen svar er registrert"),
)  # fmt: skip


@krever("kartlegging.se")
@never_cache
def historie(request: Foresporsel, person: UUID) -> HttpResponse:
    p = selectors.person(request.aktor, person)
    if videre := port(request, p.husholdning):
        return videre
    tabell = HISTORIE.bygg(request, selectors.historie(request.aktor, p))
    return tabell.eksport or render(request, "kartlegging/historie.html", {"p": p, "h": p.husholdning, "tabell": tabell})  # fmt: skip


@krever("kartlegging.se")
@never_cache
def papir(request: Foresporsel, person: UUID) -> HttpResponse:
    """The same fields on paper: filled in as far as is known, or empty (`?tom`)."""
    p = selectors.person(request.aktor, person)
    if videre := port(request, p.husholdning):
        return videre
    bilde, tom, spraak = selectors.bilde(request.aktor, p), "tom" in request.GET, visning.spraak()

    def rad(felt: Any) -> dict[str, Any]:
        svar = None if tom else bilde.svar.get(felt.navn)
        return {
            "navn": felt.tekst.paa(spraak), "hjelp": felt.hjelp.paa(spraak) if felt.hjelp else "", "saerlig": felt.saerlig, "langt": felt.langt or felt.slag == "spraak",
            "valg": [t.paa(spraak) for t in felt.valg.values()] if felt.slag != "spraak" else [],
            "svar": (som_tekst(felt, svar.verdi, spraak) if svar.status == "svar" else statustekst(felt, svar)) if svar and svar.status != "tom" else "",
        }  # fmt: skip

    innhold = {
        "p": p, "h": p.husholdning, "tom": tom, "skjema": bilde.skjema,
        "seksjoner": [
            (seksjonsnavn(bilde.skjema, kode), [rad(f) for f in bilde.felter if f.seksjon == kode]) for kode in bilde.skjema.seksjoner
        ],
    }  # fmt: skip
    return render(request, "kartlegging/papir.html", innhold)
