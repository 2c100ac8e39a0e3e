"""Listings (Hjerterom): the list, reading in, a listing's page, using it for a need, and registering it as a home."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.core import signing
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.http import require_POST

from bosett.bolig import selectors_framskaffelse as selectors
from bosett.bolig.models import Annonse, Bolig
from bosett.bolig.rules.annonse import FELT, Annonsedata
from bosett.bolig.services import annonser as services
from bosett.bolig.services import boliger, framskaffelser
from bosett.grunn.feil import FinnesIkke, Ugyldig
from bosett.tilgang.policy import kan
from bosett.web import visning
from bosett.web.bolig import framskaffelse_ord as ord_
from bosett.web.bolig.framskaffelse_skjema import Annonseimport, av_rad, som_rad
from bosett.web.bolig.framskaffelse_tabeller import ANNONSER, annonselenke, lenke
from bosett.web.bolig.husbanken import blokk
from bosett.web.bolig.skjema import NyBolig
from bosett.web.foresporsel import Foresporsel
from bosett.web.krav import krever

_SALT, _DOGN = "bolig.annonser", 24 * 3600
VIS = 10
"""Listings shown of a file before it is read in."""


@krever("bolig.se_annonser")
def liste(request: Foresporsel) -> HttpResponse:
    tabell = ANNONSER.bygg(request, selectors.annonser(request.aktor))
    innhold = {
        "tabell": tabell, "kan_importere": kan(request.aktor, "bolig.importer_annonser"), "smuler": _smuler(),
    }  # fmt: skip
    return tabell.eksport or render(request, "bolig/annonser.html", innhold)


@krever("bolig.importer_annonser")
def importer(request: Foresporsel) -> HttpResponse:
    """Two steps: what would be read is shown, then it is read in. Between them it lies signed in the page, and nowhere else."""
    if kladd := request.POST.get("kladd"):
        return _les_inn(request, kladd)
    skjema = Annonseimport(request.POST or None, request.FILES or None)
    lest: list[tuple[str, str, Any]] = []
    if skjema.utfor(lambda _data: lest.append(skjema.lest()), "fil" if request.FILES else "lenke"):
        pass
    innhold: dict[str, Any] = {
        "skjema": skjema,
        "smuler": _smuler((_("Les inn annonser"), "")),
        "importer": selectors.importer(request.aktor),
        "med_fil": True,
    }
    if lest:
        slag, sha256, annonser = lest[0]
        kjente = selectors.lest_for(request.aktor, [a.nokkel for a in annonser])
        rader = {
            "av": request.aktor.bruker_id,
            "slag": slag,
            "sha256": sha256,
            "rader": [som_rad(a) for a in annonser],
        }
        innhold |= {
            "kladd": signing.dumps(rader, salt=_SALT, compress=True),
            "antall": len(annonser),
            "kjente": len(kjente),
            "lest": [(a.tittel or a.lenke, a.nokkel in kjente, _felt(a)) for a in annonser[:VIS]],
        }
    return render(request, "bolig/importer_annonser.html", innhold, status=422 if skjema.errors else 200)


def _les_inn(request: Foresporsel, kladd: str) -> HttpResponse:
    try:
        lest = signing.loads(kladd, salt=_SALT, max_age=_DOGN)
    except signing.BadSignature:
        lest = {}
    if lest.get("av") != request.aktor.bruker_id:
        raise Ugyldig(
            kode="ANNONSE-KLADD",
            hva="Det som ble lest, ligger ikke lenger her.",
            gjor="Les inn annonsene på nytt.",
        )
    rapport = services.importer(
        aktor=request.aktor, annonser=[av_rad(rad) for rad in lest["rader"]], slag=lest["slag"], sha256=lest["sha256"]
    )  # fmt: skip
    tall = {n: visning.tall(getattr(rapport, n)) for n in ("nye", "endrede", "uendrede")}
    messages.success(
        request, _("Annonser lest inn: %(nye)s nye, %(endrede)s endret og %(uendrede)s som før.") % tall
    )
    if len(rapport.annonser) == 1:
        return redirect("annonse:ett", annonse=rapport.annonser[0])
    return redirect("annonse:liste")


@krever("bolig.se_annonser")
def ett(request: Foresporsel, annonse: UUID) -> HttpResponse:
    a = selectors.annonse(request.aktor, annonse)
    kan_bruke = kan(request.aktor, "bolig.knytt_kilde")
    innhold = {
        "a": a,
        "fakta": _fakta(a),
        "behov": [(f, ord_.storrelse(f), f.onsket_fra) for f in selectors.behov_for(request.aktor, a)] if kan_bruke else [],
        "brukt": [(f, lenke(f), ord_.stegmerke(f.tilstand)) for f in selectors.brukt_til(request.aktor, a)],
        "kan_bruke": kan_bruke,
        "smuler": _smuler((a.nummer, "")),
        **blokk(),
    }  # fmt: skip
    return render(request, "bolig/annonse.html", innhold)


@krever("bolig.knytt_kilde")
@require_POST
def bruk(request: Foresporsel, annonse: UUID) -> HttpResponse:
    """«Bruk til …»: the need is chosen on the listing's page (R056)."""
    try:
        behov = UUID(request.POST.get("behov", ""))
    except ValueError:
        raise FinnesIkke(
            kode="ANNONSE-BEHOV", hva="Ingen behov er valgt.", gjor="Velg hva annonsen skal brukes til."
        ) from None
    f = framskaffelser.knytt_annonse(aktor=request.aktor, framskaffelse=behov, annonse=annonse)
    messages.success(request, _("Annonsen er knyttet til %(nr)s.") % {"nr": f.nummer})
    return redirect("framskaffelse:ett", framskaffelse=behov)


@krever("bolig.importer_annonser")
def som_bolig(request: Foresporsel, annonse: UUID) -> HttpResponse:
    """Register the home of the listing, with what the listing says filled in."""
    a = selectors.annonse(request.aktor, annonse)
    skjema = NyBolig(request.POST or None, aktor=request.aktor, initial=_utfylt(a))
    if skjema.utfor(lambda _data: _registrer(request, a, skjema)):
        if skjema.cleaned_data["eierform"] == Bolig.Eierform.PRIVAT:
            messages.success(
                request, _("Boligen er registrert som privat. Den er ikke en del av boligframskaffelsen.")
            )
        else:
            messages.success(request, _("Boligen er registrert. IMDi kan se den nå."))
        return redirect("bolig:ett", bolig=skjema.cleaned_data["side"])
    innhold = {
        "skjema": skjema,
        "tittel": _("Registrer %(nr)s som bolig") % {"nr": a.nummer},
        "ingress": _("Det annonsen sier, er fylt ut. Kontroller det, og fyll ut resten. Leier kommunen boligen inn, er den fremleie."),
        "knapp": _("Registrer boligen"),
        "avbryt": annonselenke(a),
        "smuler": _smuler((a.nummer, annonselenke(a)), (_("Registrer som bolig"), "")),
    }  # fmt: skip
    return render(request, "bolig/skjema.html", innhold, status=422 if skjema.errors else 200)


def _registrer(request: Foresporsel, a: Annonse, skjema: NyBolig) -> Bolig:
    fra, til = skjema.ledig()
    data = skjema.cleaned_data
    b = services.registrer_bolig(
        aktor=request.aktor, annonse=a.uuid, opplysninger=skjema.opplysninger(), ledig_fra=fra, ledig_til=til, nokkel=data["side"]
    )  # fmt: skip
    if data["egnet"] is not None:
        boliger.vurder(
            aktor=request.aktor, bolig=b.subjekt.uuid, egnet=data["egnet"], begrunnelse=data["begrunnelse"]
        )
    return b


def _utfylt(a: Annonse) -> dict[str, Any]:
    felt = (
        "adresse",
        "postnummer",
        "poststed",
        "rom",
        "soverom",
        "areal",
        "etasje",
        "husleie",
        "ledig_fra",
        "ledig_til",
    )
    return {navn: getattr(a, navn) for navn in felt} | {"leies_til": a.ledig_til}


def _felt(data: Annonsedata) -> list[tuple[str, str]]:
    """What was read, and a dash for what the text does not say."""
    return _par({navn: getattr(data, navn) for navn in FELT})


def _fakta(a: Annonse) -> list[tuple[str, str]]:
    return _par({navn: getattr(a, navn) for navn in FELT})


def _par(v: dict[str, Any]) -> list[tuple[str, str]]:
    sted = ", ".join(del_ for del_ in (v["adresse"], f"{v['postnummer']} {v['poststed']}".strip()) if del_)
    return [
        (_("Tittel"), v["tittel"] or visning.UKJENT),
        (_("FINN-kode"), v["finnkode"] or visning.UKJENT),
        (_("Adresse"), sted or visning.UKJENT),
        (_("Husleie i måneden"), ord_.kroner(v["husleie"])),
        (_("Rom"), visning.tall(v["rom"])),
        (_("Soverom"), visning.tall(v["soverom"])),
        (_("Areal"), f"{visning.tall(v['areal'])} m²" if v["areal"] is not None else visning.UKJENT),
        (_("Etasje"), visning.tall(v["etasje"])),
        (_("Ledig fra"), visning.dato(v["ledig_fra"])),
        (_("Ledig til og med"), visning.dato(v["ledig_til"])),
        (_("Utleier"), v["utleier"] or visning.UKJENT),
        (_("Telefon"), v["telefon"] or visning.UKJENT),
        (_("E-post"), v["epost"] or visning.UKJENT),
    ]  # fmt: skip


def _smuler(*under: tuple[str, str]) -> list[tuple[str, str]]:
    return [
        (_("Boliger"), reverse("bolig:liste")),
        (_("Annonser"), reverse("annonse:liste") if under else ""),
        *under,
    ]
