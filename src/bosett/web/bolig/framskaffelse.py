"""Boligframskaffelse: the board, the list, and a need's page with its stages, its source, and what fits."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from bosett.bolig import selectors_framskaffelse as selectors
from bosett.bolig.models import Framskaffelse, Framskaffelsessteg
from bosett.bolig.services import framskaffelser as services
from bosett.bolig.states import FRAMSKAFFELSE
from bosett.grunn.feil import FinnesIkke
from bosett.grunn.klokke import i_dag
from bosett.spor import selectors as spor
from bosett.tilgang.policy import kan
from bosett.web import historie, visning
from bosett.web.bolig import framskaffelse_ord as ord_
from bosett.web.bolig.framskaffelse_skjema import Behovskjema
from bosett.web.bolig.framskaffelse_tabeller import BEHOV, lenke
from bosett.web.bolig.husbanken import blokk
from bosett.web.bolig.ord import FUNKSJONER
from bosett.web.foresporsel import Foresporsel
from bosett.web.krav import krever

OPPTIL = 10
"""Cards in a column of the board, and what fits on a need's page; the rest is in the lists."""


@krever("bolig.se_framskaffelse")
def tavle(request: Foresporsel) -> HttpResponse:
    antall = selectors.tell(request.aktor)
    alle = selectors.framskaffelser(request.aktor)
    kolonner = [
        {
            "kode": kode, "navn": navn, "hva": hva, "ferdig": kode == "klar", "antall": antall.get(kode, 0),
            "kort": [(f, ord_.storrelse(f), lenke(f)) for f in alle.filter(tilstand=kode)[:OPPTIL]],
            "adresse": f"{reverse('framskaffelse:liste')}?steg={kode}",
        }
        for kode, (navn, hva) in ord_.STEG.items()
    ]  # fmt: skip
    innhold = {
        "kolonner": kolonner, "avbrutte": antall.get("avbrutt", 0), "kan_melde": kan(request.aktor, "bolig.meld_behov"),
        "kan_annonser": kan(request.aktor, "bolig.se_annonser"), "smuler": _smuler(), **blokk(),
    }  # fmt: skip
    return render(request, "bolig/framskaffelse_tavle.html", innhold)


@krever("bolig.se_framskaffelse")
def liste(request: Foresporsel) -> HttpResponse:
    tabell = BEHOV.bygg(request, selectors.framskaffelser(request.aktor))
    innhold = {
        "tabell": tabell, "kan_melde": kan(request.aktor, "bolig.meld_behov"), "smuler": _smuler((_("Liste"), "")),
    }  # fmt: skip
    return tabell.eksport or render(request, "bolig/framskaffelse_liste.html", innhold)


@krever("bolig.se_framskaffelse")
def ett(request: Foresporsel, framskaffelse: UUID) -> HttpResponse:
    aktor = request.aktor
    f = selectors.framskaffelse(aktor, framskaffelse)
    kan_endre = kan(aktor, "bolig.endre_behov", f.organisasjon)
    aapen = kan_endre and f.tilstand in ("behov", "kilde")
    handlinger = {overgang.kode for overgang in FRAMSKAFFELSE.fra(f.tilstand)} if kan_endre else set()
    ser_annonser = kan(aktor, "bolig.se_annonser", f.organisasjon)
    annonse = (
        selectors.annonser(aktor).filter(pk=f.annonse_id).first() if ser_annonser and f.annonse_id else None
    )
    innhold = {
        "f": f,
        "steg": ord_.stegmerke(f.tilstand),
        "stegene": [_steg(rad) for rad in selectors.stegene(aktor, f)],
        "fakta": _fakta(request, f),
        "annonse": annonse,
        "boliger": selectors.boliger_som_passer(aktor, f).exclude(pk=f.bolig_id or 0)[:OPPTIL] if aapen else [],
        "annonser": [(a, ord_.annonsestorrelse(a), ord_.kroner(a.husleie)) for a in selectors.annonser_som_passer(aktor, f)[:OPPTIL]] if aapen else [],
        "aapen": aapen,
        "fram": [(kode, navn) for kode, navn in ord_.FRAM.items() if kode in handlinger],
        "tilbake": [(kode, navn) for kode, navn in ord_.TILBAKE.items() if kode in handlinger],
        "kan_endre": kan_endre,
        "tidslinje": historie.tidslinje(spor.tidslinje(aktor, f.pk)[:50]),
        "smuler": _smuler((f.nummer, "")),
        **blokk(),
    }  # fmt: skip
    return render(request, "bolig/framskaffelse.html", innhold)


@krever("bolig.meld_behov")
def nytt(request: Foresporsel) -> HttpResponse:
    skjema = Behovskjema(request.POST or None, aktor=request.aktor)

    def meld(data: dict[str, Any]) -> Framskaffelse:
        if data["side"] is None:
            raise FinnesIkke(
                kode="FRAMSKAFFELSE-SIDE", hva="Skjemaet er ikke helt.", gjor="Last siden på nytt."
            )
        return services.meld(aktor=request.aktor, behov=skjema.behov(), nokkel=data["side"])

    if skjema.utfor(meld):
        messages.success(
            request, _("Boligbehovet er registrert. Velg en bolig eller en annonse når dere har en.")
        )
        return redirect("framskaffelse:ett", framskaffelse=skjema.cleaned_data["side"])
    innhold = {
        "skjema": skjema,
        "tittel": _("Registrer et boligbehov"),
        "ingress": _("En bolig kommunen må skaffe: som den eier, eller leier inn for å leie ut."),
        "knapp": _("Registrer behovet"),
        "avbryt": reverse("framskaffelse:tavle"),
        "smuler": _smuler((_("Registrer et boligbehov"), "")),
    }
    return render(request, "bolig/framskaffelse_skjema.html", innhold, status=422 if skjema.errors else 200)


@krever("bolig.endre_behov")
def endre(request: Foresporsel, framskaffelse: UUID) -> HttpResponse:
    f = selectors.framskaffelse(request.aktor, framskaffelse)
    naa = {navn: getattr(f, navn) for navn in services.Behov.__dataclass_fields__ if navn != "husholdning"}
    skjema = Behovskjema(
        request.POST or None, aktor=request.aktor, har=f, initial=naa | {"versjon": f.versjon}
    )
    if skjema.utfor(
        lambda data: services.endre(
            aktor=request.aktor,
            framskaffelse=framskaffelse,
            behov=skjema.behov(),
            versjon=data["versjon"] or 0,
        )
    ):
        messages.success(request, _("Opplysningene er lagret."))
        return redirect("framskaffelse:ett", framskaffelse=framskaffelse)
    innhold = {
        "skjema": skjema,
        "tittel": _("Rett %(nr)s") % {"nr": f.nummer},
        "ingress": _("Det dere endrer, kan alle som ser behovet, lese i historikken."),
        "knapp": _("Lagre"),
        "avbryt": lenke(f),
        "smuler": _smuler((f.nummer, lenke(f)), (_("Rett"), "")),
    }
    return render(request, "bolig/framskaffelse_skjema.html", innhold, status=422 if skjema.errors else 200)


@krever("bolig.inngaa_kontrakt")
@require_POST
def flytt(request: Foresporsel, framskaffelse: UUID) -> HttpResponse:
    handling = request.POST.get("handling", "")
    if handling not in ord_.FRAM | ord_.TILBAKE:
        raise FinnesIkke(
            kode="FRAMSKAFFELSE-HANDLING", hva="Det er ikke noe en kan gjøre her.", gjor="Last siden på nytt."
        )
    f = services.flytt(aktor=request.aktor, framskaffelse=framskaffelse, handling=handling)
    messages.success(
        request, _("%(nr)s er på «%(steg)s».") % {"nr": f.nummer, "steg": ord_.stegnavn(f.tilstand)}
    )
    return redirect("framskaffelse:ett", framskaffelse=framskaffelse)


@krever("bolig.knytt_kilde")
@require_POST
def knytt(request: Foresporsel, framskaffelse: UUID) -> HttpResponse:
    """A home or a listing by its UUID, from the lists on the need's page."""
    try:
        bolig, annonse = (UUID(v) if (v := request.POST.get(navn)) else None for navn in ("bolig", "annonse"))
    except ValueError:
        bolig = annonse = None
    if bolig is not None:
        services.knytt_bolig(aktor=request.aktor, framskaffelse=framskaffelse, bolig=bolig)
        messages.success(request, _("Boligen er knyttet til behovet."))
    elif annonse is not None:
        services.knytt_annonse(aktor=request.aktor, framskaffelse=framskaffelse, annonse=annonse)
        messages.success(request, _("Annonsen er knyttet til behovet."))
    else:
        raise FinnesIkke(
            kode="FRAMSKAFFELSE-VALG", hva="Ingen bolig eller annonse er valgt.", gjor="Velg en i listen."
        )
    return redirect("framskaffelse:ett", framskaffelse=framskaffelse)


def _steg(rad: Framskaffelsessteg) -> dict[str, Any]:
    return {
        "navn": ord_.stegnavn(rad.steg), "fra": rad.fra, "til": rad.til,
        "dager": ord_.antall_dager(((rad.til or i_dag()) - rad.fra).days),
    }  # fmt: skip


def _fakta(request: Foresporsel, f: Framskaffelse) -> list[tuple[str, object]]:
    if request.aktor.alle_personer:
        hvem = f"H {f.husholdning_id}" if f.husholdning_id else _("Ikke bestemt")
    else:
        hvem = ord_.for_hvem(f, selectors.husholdninger(request.aktor))
    return [
        (_("Kommune"), f.organisasjon.navn),
        (_("Til"), hvem),
        (_("Størrelse"), ord_.storrelse(f)),
        (_("Trengs fra"), visning.dato(f.onsket_fra) if f.onsket_fra else _("Ikke bestemt")),
        (_("Tilrettelagt for"), ", ".join(str(FUNKSJONER[kode]) for kode in f.funksjoner) or _("Ingen krav")),
        (_("Høyeste husleie"), ord_.kroner(f.maks_leie)),
        (_("Ønsket område"), ", ".join(d for d in (f.omraade.navn if f.omraade else "", f.onske) if d) or _("Ikke bestemt")),
        *([(_("Merknad"), f.merknad)] if f.merknad else []),
    ]  # fmt: skip


def _smuler(*under: tuple[str, str]) -> list[tuple[str, str]]:
    tavlen = reverse("framskaffelse:tavle") if under else ""
    return [(_("Boliger"), reverse("bolig:liste")), (_("Boligframskaffelse"), tavlen), *under]
