"""The capacity plan of a municipality, the sums of all plans, and the year reconciled with the council's number."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from bosett.aktor.models import Organisasjon
from bosett.bolig import selectors_avstemming as avstemming
from bosett.bolig import selectors_innmelding as selectors
from bosett.bolig.rules.avstemming import avvik
from bosett.bolig.services import kapasitet as services
from bosett.grunn.klokke import i_dag
from bosett.grunn.uker import mandag
from bosett.tilgang.policy import kan
from bosett.web.bolig import innmeldingsord as ord_
from bosett.web.bolig.innmelding_skjema import EndreKapasitet
from bosett.web.bolig.innmelding_tabeller import AVSTEMT, ENDRINGER, KOMMUNESUMMER, UKER, UKESUMMER
from bosett.web.foresporsel import Foresporsel
from bosett.web.krav import krever


@krever("bolig.innmeldinger")
def kapasitet(request: Foresporsel) -> HttpResponse:
    """The municipality's own plan; for IMDi the sums of all."""
    if not request.aktor.nasjonal:
        return _planen(request, selectors.kommune(request.aktor))
    per_uke, per_kommune = selectors.alle_planer(request.aktor)
    uker, kommuner = UKESUMMER.bygg(request, per_uke), KOMMUNESUMMER.bygg(request, per_kommune)
    innhold = {"uker": uker, "kommuner": kommuner, "smuler": _smuler((_("Kapasitet"), ""))}
    return uker.eksport or kommuner.eksport or render(request, "bolig/kapasitet_alle.html", innhold)


@krever("bolig.innmeldinger")
def kommunens_kapasitet(request: Foresporsel, organisasjon: UUID) -> HttpResponse:
    return _planen(request, selectors.kommune(request.aktor, organisasjon))


def _planen(request: Foresporsel, kommune: Organisasjon) -> HttpResponse:
    plan = selectors.plan(request.aktor, kommune)
    uker = UKER.bygg(request, selectors.planens_uker(request.aktor, kommune))
    endringer = ENDRINGER.bygg(request, selectors.endringer(request.aktor, kommune))
    innhold = {
        "kommune": kommune,
        "plan": plan,
        "tabell": uker,
        "endringer": endringer,
        "kan_endre": kan(request.aktor, "bolig.sett_kapasitet", kommune),
        "smuler": _smuler((_("Kapasitet"), "")),
    }
    return uker.eksport or endringer.eksport or render(request, "bolig/kapasitet.html", innhold)


@krever("bolig.sett_kapasitet")
def endre(request: Foresporsel) -> HttpResponse:
    kommune = selectors.kommune(request.aktor)
    plan = selectors.plan(request.aktor, kommune)
    versjon = plan.versjon if plan else 0
    uke = mandag(i_dag()).isoformat()
    skjema = EndreKapasitet(request.POST or None, initial={"versjon": versjon, "fra": uke, "til": uke})
    if skjema.utfor(lambda _data: services.sett(aktor=request.aktor, **skjema.endring()), "antall"):
        messages.success(request, _("Kapasiteten er lagret. IMDi ser den nå."))
        return redirect("innmelding:kapasitet")
    if skjema.errors:  # what stands now is what the next try has seen
        sendt = request.POST.copy()
        sendt["versjon"] = str(versjon)
        skjema.data = sendt
    tittel = _("Endre kapasiteten")
    innhold = {
        "skjema": skjema,
        "tittel": tittel,
        "ingress": _("Hvor mange personer kan kommunen ta imot i uka? Hver endring står i historikken."),
        "knapp": _("Lagre kapasiteten"),
        "avbryt": reverse("innmelding:kapasitet"),
        "smuler": _smuler((_("Kapasitet"), reverse("innmelding:kapasitet")), (tittel, "")),
    }
    return render(request, "skjema/enkelt.html", innhold, status=422 if skjema.errors else 200)


@krever("bolig.innmeldinger")
def avstem(request: Foresporsel) -> HttpResponse:
    """The municipality's own year; for IMDi a row for each municipality."""
    aar = _aaret(request)
    if not request.aktor.nasjonal:
        return _avstem(request, selectors.kommune(request.aktor), aar)
    tabell = AVSTEMT.bygg(request, avstemming.avstem(request.aktor, aar))
    innhold = {"tabell": tabell, "aar": aar, "aarene": _aarene(aar), "smuler": _smuler((_("Avstemming"), ""))}
    return tabell.eksport or render(request, "bolig/avstemming_alle.html", innhold)


@krever("bolig.innmeldinger")
def kommunens_avstemming(request: Foresporsel, organisasjon: UUID) -> HttpResponse:
    return _avstem(request, selectors.kommune(request.aktor, organisasjon), _aaret(request))


def _avstem(request: Foresporsel, kommune: Organisasjon, aar: int) -> HttpResponse:
    (rad,) = avstemming.avstem(request.aktor, aar, kommune)
    innhold = {
        "kommune": kommune,
        "aar": aar,
        "aarene": _aarene(aar),
        "setninger": [ord_.setning(rad.tall, ett) for ett in avvik(rad.tall)],
        "figurer": ord_.figurer(rad.tall),
        "smuler": _smuler((_("Avstemming"), "")),
    }
    return render(request, "bolig/avstemming.html", innhold)


def _aaret(request: Foresporsel) -> int:
    """The year in the address, else this one. Another year than the last, this and the next has nothing to reconcile."""
    valgt = request.GET.get("aar", "")
    i_aar = i_dag().year
    return int(valgt) if valgt in {str(i_aar + n) for n in (-1, 0, 1)} else i_aar


def _aarene(valgt: int) -> list[tuple[int, bool]]:
    return [(aar, aar == valgt) for aar in range(i_dag().year - 1, i_dag().year + 2)]


def _smuler(*under: tuple[str, str]) -> list[tuple[str, str]]:
    return [(_("Innmeldinger"), reverse("innmelding:liste")), *under]
