"""Reports: the list, one with its receipt, the three short forms, and IMDi's answer."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from bosett.aktor.kontekst import Aktor
from bosett.bolig import selectors_innmelding as selectors
from bosett.bolig.models import Bolig, Innmelding
from bosett.bolig.services import innmeldinger, innmeldingssvar
from bosett.spor import selectors as spor
from bosett.tilgang.policy import kan
from bosett.web import historie
from bosett.web.bolig import innmeldingsord as ord_
from bosett.web.bolig.innmelding_skjema import MeldBolig, MeldPersoner, MeldPlasser, Svar
from bosett.web.bolig.innmelding_tabeller import INNMELDINGER, lenke
from bosett.web.foresporsel import Foresporsel
from bosett.web.krav import krever
from bosett.web.skjema import Skjema


@krever("bolig.innmeldinger")
def liste(request: Foresporsel) -> HttpResponse:
    alle = selectors.innmeldinger(request.aktor)
    kolonner = [k for k in INNMELDINGER.kolonner if request.aktor.nasjonal or k.kode != "kommune"]
    tabell = INNMELDINGER.bygg(request, alle, kolonner=kolonner)
    innhold = {
        "tabell": tabell,
        "kan_melde": kan(request.aktor, "bolig.meld_inn"),
        "nasjonal": request.aktor.nasjonal,
    }
    return tabell.eksport or render(request, "bolig/innmeldinger.html", innhold)


@krever("bolig.innmeldinger")
def ett(request: Foresporsel, innmelding: UUID) -> HttpResponse:
    """IMDi's first look is written, so that the municipality reads the day."""
    if request.method == "GET":
        innmeldingssvar.se(aktor=request.aktor, innmelding=innmelding)
    i = selectors.innmelding(request.aktor, innmelding)
    innhold = {
        "k": kort(request.aktor, i),
        "i": i,
        "tilstand": ord_.tilstand(i),
        "slag": ord_.SLAG[i.slag],
        "hva": ord_.hva(i),
        "onske": selectors.onske(request.aktor, i) if kan(request.aktor, "bolig.onsker") else None,
        "kan_slette": kan(request.aktor, "bolig.slett_onske", i.organisasjon),
        "tidslinje": historie.tidslinje(spor.tidslinje(request.aktor, i.pk)[:50]),
        "smuler": _smuler((i.nummer, "")),
    }
    return render(request, "bolig/innmelding.html", innhold)


def kort(aktor: Aktor, i: Innmelding) -> dict[str, Any]:
    """The receipt, and what the actor may do now: for the report's own page and for the home's."""
    return {
        "i": i,
        "tilstand": ord_.tilstand(i),
        "kvittering": ord_.kvittering(i),
        "kan_trekke": i.apen and kan(aktor, "bolig.trekk_innmelding", i.organisasjon),
        "kan_svare": i.apen and kan(aktor, "bolig.ikke_bruk_innmelding", i.organisasjon),
        "kan_apne": i.tilstand in ("brukt", "ikke_brukt") and kan(aktor, "bolig.apne_innmelding", i.organisasjon),
    }  # fmt: skip


def for_hjemmet(aktor: Aktor, bolig: Bolig) -> tuple[str, dict[str, Any]] | None:
    """On the page of a home: its last report, and the button that reports it."""
    if not kan(aktor, "bolig.innmeldinger"):
        return None
    siste = selectors.siste_for_bolig(aktor, bolig)
    kan_melde = (
        (siste is None or not siste.apen)
        and kan(aktor, "bolig.meld_inn", bolig.organisasjon)
        and innmeldinger.kan_meldes(bolig)
    )
    return "bolig/_innmelding.html", {
        "kort": kort(aktor, siste) if siste else None,
        "bolig": bolig,
        "kan_melde": kan_melde,
    }


@krever("bolig.meld_inn")
def meld_bolig(request: Foresporsel) -> HttpResponse:
    skjema = MeldBolig(request.POST or None, aktor=request.aktor)
    meldt: list[Innmelding] = []

    def meld(data: dict[str, Any]) -> None:
        meldt.append(
            innmeldinger.meld_bolig(
                aktor=request.aktor, bolig=data["bolig"].subjekt.uuid, merknad=data["merknad"]
            )
        )

    if skjema.utfor(meld, "bolig"):
        messages.success(request, _("Boligen er meldt inn. IMDi ser den nå."))
        return redirect(lenke(meldt[0]))
    ingress = _(
        "Her er boligene deres som er ledige, og som ikke er meldt inn. En bolig som ikke står i listen, registrerer dere under «Boliger»."
    )
    return _skjema(request, skjema, _("Meld inn en bolig"), ingress)  # fmt: skip


@krever("bolig.meld_inn")
@require_POST
def meld_denne(request: Foresporsel, bolig: UUID) -> HttpResponse:
    """One click on the page of the home."""
    innmeldinger.meld_bolig(aktor=request.aktor, bolig=bolig)
    messages.success(request, _("Boligen er meldt inn. IMDi ser den nå."))
    return redirect("bolig:ett", bolig=bolig)


@krever("bolig.meld_inn")
def meld_plasser(request: Foresporsel) -> HttpResponse:
    skjema = MeldPlasser(request.POST or None)
    if skjema.utfor(
        lambda data: innmeldinger.meld_plasser(aktor=request.aktor, **_med_nokkel(data)), "antall"
    ):
        messages.success(request, _("Plassene er meldt inn. IMDi ser dem nå."))
        return redirect("innmelding:ett", innmelding=skjema.cleaned_data["side"])
    ingress = _("Dere sier fra til IMDi at dere kan ta imot flere i en bestemt uke.")
    return _skjema(request, skjema, _("Meld inn plasser i en uke"), ingress)


@krever("bolig.meld_inn")
def meld_personer(request: Foresporsel) -> HttpResponse:
    skjema = MeldPersoner(request.POST or None)
    if skjema.utfor(
        lambda data: innmeldinger.meld_personer(aktor=request.aktor, **_med_nokkel(data)), "hvem"
    ):
        messages.success(request, _("Ønsket er meldt inn. IMDi ser det nå."))
        return redirect("innmelding:ett", innmelding=skjema.cleaned_data["side"])
    ingress = _("Bare dere og rådgivere i IMDi kan lese hvem dere ønsker. Dere kan slette det når dere vil.")
    return _skjema(request, skjema, _("Meld inn personer dere ønsker"), ingress)


@krever("bolig.ikke_bruk_innmelding")
def svar(request: Foresporsel, innmelding: UUID) -> HttpResponse:
    i = selectors.innmelding(request.aktor, innmelding)
    skjema = Svar(request.POST or None, bolig=i.bolig_id is not None)

    def svar_(data: dict[str, Any]) -> None:
        if data.get("utfall") == "brukt":
            innmeldingssvar.bruk(aktor=request.aktor, innmelding=innmelding)
            return
        innmeldingssvar.ikke_bruk(
            aktor=request.aktor, innmelding=innmelding, grunn=data["grunn"], tekst=data["tekst"]
        )

    if skjema.utfor(svar_, "grunn"):
        messages.success(request, _("Svaret er lagret. Kommunen kan lese det."))
        return redirect("innmelding:ett", innmelding=innmelding)
    ingress = f"{i.organisasjon.navn}. {ord_.hva(i)}."
    tittel = _("Svar på %(nr)s") % {"nr": i.nummer}
    return _skjema(request, skjema, tittel, ingress, _("Lagre svaret"), (i.nummer, lenke(i)))


@krever("bolig.trekk_innmelding")
@require_POST
def trekk(request: Foresporsel, innmelding: UUID) -> HttpResponse:
    innmeldinger.trekk(aktor=request.aktor, innmelding=innmelding)
    messages.success(request, _("Innmeldingen er trukket."))
    return redirect("innmelding:ett", innmelding=innmelding)


@krever("bolig.apne_innmelding")
@require_POST
def apne(request: Foresporsel, innmelding: UUID) -> HttpResponse:
    innmeldingssvar.apne(aktor=request.aktor, innmelding=innmelding)
    messages.success(request, _("Innmeldingen er åpen igjen."))
    return redirect("innmelding:ett", innmelding=innmelding)


@krever("bolig.slett_onske")
@require_POST
def slett_onske(request: Foresporsel, innmelding: UUID) -> HttpResponse:
    innmeldinger.slett_onske(aktor=request.aktor, innmelding=innmelding)
    messages.success(request, _("Det er slettet hvem dere ønsker."))
    return redirect("innmelding:ett", innmelding=innmelding)


def _med_nokkel(data: dict[str, Any]) -> dict[str, Any]:
    return {navn: verdi for navn, verdi in data.items() if navn != "side"} | {"nokkel": data["side"]}


def _skjema(
    request: Foresporsel,
    skjema: Skjema,
    tittel: str,
    ingress: str,
    knapp: str = "",
    over: tuple[str, str] | None = None,
) -> HttpResponse:
    innhold = {
        "skjema": skjema,
        "tittel": tittel,
        "ingress": ingress,
        "knapp": knapp or _("Meld inn"),
        "avbryt": over[1] if over else reverse("innmelding:liste"),
        "smuler": _smuler(*([over] if over else []), (tittel, "")),
    }
    return render(request, "skjema/enkelt.html", innhold, status=422 if skjema.errors else 200)


def _smuler(*under: tuple[str, str]) -> list[tuple[str, str]]:
    return [(_("Innmeldinger"), reverse("innmelding:liste")), *under]
