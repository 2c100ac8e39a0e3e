"""Leases: those that end soon, a lease's page, and the forms that write, sign and end it; and temporary homes."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from bosett.aktor.kontekst import Aktor
from bosett.bolig import selectors_leie as selectors
from bosett.bolig.models import Bolig, Leiekontrakt
from bosett.bolig.rules.leie import varsel_dager
from bosett.bolig.services import leie as services
from bosett.grunn.klokke import i_dag
from bosett.tilgang.policy import kan
from bosett.web import visning
from bosett.web.bolig import leie_ord as ord_
from bosett.web.bolig.leie_skjema import Avslutning, NyLeie, Underskrift
from bosett.web.bolig.leie_tabeller import GAAR_UT, GJENNOMGANG
from bosett.web.bolig.tabeller import lenke as boliglenke
from bosett.web.bolig.utleiere import skjemaside, smuler
from bosett.web.foresporsel import Foresporsel
from bosett.web.krav import krever


@krever("bolig.leie")
@never_cache
def gaar_ut(request: Foresporsel) -> HttpResponse:
    tabell = GAAR_UT.bygg(request, selectors.gaar_ut(request.aktor))
    innhold = {
        "tabell": tabell,
        "tittel": _("Leieavtaler som går ut"),
        "ingress": _("Bindende avtaler med siste dag innen %(n)s dager. Går en hovedleie ut mens noen leier videre, får dere en oppgave.")
        % {"n": visning.tall(varsel_dager(i_dag()).tallverdi)},
        "ny": None,
        "smuler": smuler((_("Leieavtaler som går ut"), "")),
    }  # fmt: skip
    return tabell.eksport or render(request, "bolig/tabellside.html", innhold)


@krever("bolig.gjennomgang")
def gjennomgang(request: Foresporsel) -> HttpResponse:
    tabell = GJENNOMGANG.bygg(request, selectors.gjennomstromming(request.aktor))
    innhold = {
        "tabell": tabell,
        "tittel": _("Gjennomgangsboliger"),
        "ingress": _("Hvor lenge husholdninger har bodd i boliger som skal fristilles for nye."),
        "ny": None,
        "smuler": smuler((_("Gjennomgangsboliger"), "")),
    }
    return tabell.eksport or render(request, "bolig/tabellside.html", innhold)


@krever("bolig.leie")
@never_cache
def ett(request: Foresporsel, leie: UUID) -> HttpResponse:
    k = selectors.kontrakt(request.aktor, leie)
    kan_skrive = kan(request.aktor, "bolig.opprett_leie", k.organisasjon)
    innhold = {
        "k": k,
        "slag": ord_.KORT[k.slag],
        "tilstand": ord_.tilstand(k),
        "fakta": _fakta(k),
        "underskrifter": [
            (navn, getattr(k, f"{part}_navn"), getattr(k, f"{part}_dato")) for part, navn in ord_.PART.items()
        ],
        "fremleier": [_rad(f) for f in selectors.fremleier(request.aktor, k)],
        "kan_signere": kan_skrive and k.tilstand in ("utkast", "venter_signatur"),
        "kan_avslutte": kan_skrive and k.tilstand == "bindende",
        "smuler": smuler((k.bolig.nummer, boliglenke(k.bolig)), (k.nummer, "")),
    }
    return render(request, "bolig/leie.html", innhold)


@krever("bolig.opprett_leie")
@never_cache
def ny(request: Foresporsel) -> HttpResponse:
    forslag = {navn: request.GET[navn] for navn in ("bolig", "utleier", "slag") if navn in request.GET}
    skjema = NyLeie(request.POST or None, aktor=request.aktor, initial=forslag)
    if skjema.utfor(
        lambda data: services.opprett(
            aktor=request.aktor, bolig=data["bolig"].subjekt.uuid, avtale=skjema.avtale(), nokkel=data["side"]
        )
    ):
        messages.success(request, _("Utkastet er lagret. Avtalen blir bindende når begge har undertegnet."))
        return redirect("leie:ett", leie=skjema.cleaned_data["side"])
    return skjemaside(
        request, skjema, "bolig/skjema.html",
        tittel=_("Ny leieavtale"), ingress=_("Avtalen er et utkast til begge har undertegnet. Etter det kan den bare avsluttes."),
        knapp=_("Lagre utkastet"), avbryt=reverse("bolig:liste"), smuler=smuler((_("Ny leieavtale"), "")),
    )  # fmt: skip


@krever("bolig.signer_forste")
@never_cache
def signer(request: Foresporsel, leie: UUID) -> HttpResponse:
    k = selectors.kontrakt(request.aktor, leie)
    skjema = Underskrift(request.POST or None, kontrakt=k, initial={"dato": i_dag()})
    if skjema.utfor(lambda data: services.signer(aktor=request.aktor, leie=leie, **data)):
        bindende = selectors.kontrakt(request.aktor, leie).tilstand == "bindende"
        messages.success(request, _("Begge har undertegnet. Avtalen er bindende.") if bindende else _("Underskriften er registrert. Den andre parten mangler."))  # fmt: skip
        return redirect("leie:ett", leie=leie)
    return _side(
        request, k, skjema, _("Registrer underskrift"), _("Lagre underskriften"),
        _("Skriv hvem som undertegnet, og når. En underskrift kan ikke endres etterpå."),
    )  # fmt: skip


@krever("bolig.avslutt_leie")
@never_cache
def avslutt(request: Foresporsel, leie: UUID) -> HttpResponse:
    k = selectors.kontrakt(request.aktor, leie)
    skjema = Avslutning(request.POST or None, kontrakt=k)
    if skjema.utfor(lambda data: services.avslutt(aktor=request.aktor, leie=leie, **data)):
        messages.success(request, _("Det er registrert når avtalen slutter."))
        return redirect("leie:ett", leie=leie)
    videre = [f.nummer for f in selectors.fremleier(request.aktor, k) if f.tilstand == "bindende"]
    ingress = _("Avtalen gjelder til og med den siste dagen.")
    if videre:
        ingress += " " + _("Disse avtalene hviler på den: %(avtaler)s.") % {"avtaler": ", ".join(videre)}
    return _side(request, k, skjema, _("Avslutt leieavtalen"), _("Avslutt avtalen"), ingress)


@krever("bolig.forkast_leie")
@require_POST
def forkast(request: Foresporsel, leie: UUID) -> HttpResponse:
    services.forkast(aktor=request.aktor, leie=leie)
    messages.success(request, _("Utkastet er forkastet."))
    return redirect("leie:ett", leie=leie)


def _side(
    request: Foresporsel, k: Leiekontrakt, skjema: Any, tittel: str, knapp: str, ingress: str
) -> HttpResponse:
    return skjemaside(
        request, skjema, tittel=tittel, knapp=knapp, ingress=ingress, avbryt=ord_.lenke(k),
        smuler=smuler((k.bolig.nummer, boliglenke(k.bolig)), (k.nummer, ord_.lenke(k)), (tittel, "")),
    )  # fmt: skip


def _fakta(k: Leiekontrakt) -> list[tuple[str, object, str]]:
    """(what, how it is, where it leads)."""
    sikkerhet = str(ord_.SIKKERHET[k.sikkerhet])
    if k.sikkerhet_belop:
        sikkerhet += f", {visning.tall(k.sikkerhet_belop)} kr"
    hoved = k.hovedkontrakt
    return [
        (_("Bolig"), k.bolig.nummer, boliglenke(k.bolig)),
        (_("Utleier"), ord_.utleier(k), ord_.utleierlenke(k.utleier) if k.utleier else ""),
        (_("Leier"), ord_.leier(k), reverse("person:husholdning", args=[k.husholdning.subjekt.uuid]) if k.husholdning else ""),
        *([(_("Hovedleie"), hoved.nummer, ord_.lenke(hoved))] if hoved else []),
        (_("Første dag"), visning.dato(k.fra), ""),
        (_("Siste dag"), ord_.siste(k), ""),
        (_("Husleie i måneden"), f"{visning.tall(k.husleie)} kr", ""),
        (_("Depositum eller garanti"), sikkerhet, ""),
        (_("Oppsigelse"), k.oppsigelse or visning.UKJENT, ""),
        *([(_("Andre regler"), k.regler, "")] if k.regler else []),
        *([(_("Hvorfor den ble avsluttet"), k.slutt_grunn, "")] if k.slutt_grunn else []),
    ]  # fmt: skip


def _rad(k: Leiekontrakt) -> dict[str, object]:
    return {
        "nummer": k.nummer,
        "adresse": ord_.lenke(k),
        "slag": ord_.KORT[k.slag],
        "tilstand": ord_.tilstand(k),
        "fra": k.fra,
        "siste": ord_.siste(k),
        "leier": ord_.leier(k),
    }


def boligdel(aktor: Aktor, bolig: Bolig) -> tuple[str, dict[str, object]] | None:
    """For the page of a home: its leases, or for those outside the municipality that there is one."""
    if kan(aktor, "bolig.leie", bolig.organisasjon):
        rader = [_rad(k) for k in selectors.kontrakter(aktor).filter(bolig=bolig)]
    else:
        rader = [
            {"nummer": "", "adresse": "", "slag": ord_.KORT[f.slag], "tilstand": ord_.tilstand(f), "fra": f.fra,
             "siste": visning.dato(f.siste) if f.siste else _("Til noen sier opp"), "leier": ""}
            for f in selectors.leieforhold(aktor, bolig)
        ]  # fmt: skip
    kan_ny = kan(aktor, "bolig.opprett_leie", bolig.organisasjon) and bolig.tilstand != "ute"
    ny = f"{reverse('leie:ny')}?bolig={bolig.subjekt.uuid}" if kan_ny else ""
    return ("bolig/_leie.html", {"rader": rader, "ny": ny}) if rader or ny else None
