"""Landlords: the list, a landlord's homes and leases, and the forms."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache

from bosett.bolig import selectors_leie as selectors
from bosett.bolig.services import utleiere as services
from bosett.tilgang.policy import kan
from bosett.web.bolig import leie_ord as ord_
from bosett.web.bolig.leie_skjema import EndreUtleier, NyUtleier
from bosett.web.bolig.leie_tabeller import KONTRAKTER, UTLEIERE
from bosett.web.foresporsel import Foresporsel
from bosett.web.krav import krever


def smuler(*under: tuple[str, str]) -> list[tuple[str, str]]:
    return [(_("Boliger"), reverse("bolig:liste")), *under]


def skjemaside(
    request: Foresporsel, skjema: Any, mal: str = "skjema/enkelt.html", **innhold: Any
) -> HttpResponse:
    return render(request, mal, {"skjema": skjema, **innhold}, status=422 if skjema.errors else 200)


@krever("bolig.leie")
@never_cache
def liste(request: Foresporsel) -> HttpResponse:
    tabell = UTLEIERE.bygg(request, selectors.utleiere(request.aktor))
    innhold = {
        "tabell": tabell,
        "tittel": _("Utleiere"),
        "ingress": _("De som leier ut boliger til kommunen eller til dem som er bosatt. Bare egen kommune ser dem."),
        "ny": (reverse("leie:ny_utleier"), _("Registrer en utleier")) if kan(request.aktor, "bolig.registrer_utleier") else None,
        "smuler": smuler((_("Utleiere"), "")),
    }  # fmt: skip
    return tabell.eksport or render(request, "bolig/tabellside.html", innhold)


@krever("bolig.leie")
@never_cache
def en(request: Foresporsel, utleier: UUID) -> HttpResponse:
    u = selectors.utleier(request.aktor, utleier)
    tabell = KONTRAKTER.bygg(request, selectors.kontrakter(request.aktor).filter(utleier=u))
    innhold = {
        "u": u,
        "slag": ord_.UTLEIER[u.slag],
        "tabell": tabell,
        "kan_endre": kan(request.aktor, "bolig.endre_utleier", u.organisasjon),
        "smuler": smuler((_("Utleiere"), reverse("leie:utleiere")), (u.navn, "")),
    }
    return tabell.eksport or render(request, "bolig/utleier.html", innhold)


@krever("bolig.registrer_utleier")
@never_cache
def ny(request: Foresporsel) -> HttpResponse:
    skjema = NyUtleier(request.POST or None)
    if skjema.utfor(
        lambda data: services.registrer(
            aktor=request.aktor, opplysninger=skjema.opplysninger(), nokkel=data["side"]
        )
    ):
        messages.success(request, _("Utleieren er registrert."))
        return redirect("leie:utleier", utleier=skjema.cleaned_data["side"])
    return skjemaside(
        request, skjema, "bolig/skjema.html",
        tittel=_("Registrer en utleier"), ingress=_("Bare egen kommune ser hvem som leier ut. IMDi ser det ikke."),
        knapp=_("Registrer"), avbryt=reverse("leie:utleiere"),
        smuler=smuler((_("Utleiere"), reverse("leie:utleiere")), (_("Registrer en utleier"), "")),
    )  # fmt: skip


@krever("bolig.endre_utleier")
@never_cache
def endre(request: Foresporsel, utleier: UUID) -> HttpResponse:
    u = selectors.utleier(request.aktor, utleier)
    skjema = EndreUtleier(
        request.POST or None, initial={n: getattr(u, n) for n in services.Opplysninger.__dataclass_fields__}
    )
    if skjema.utfor(
        lambda _data: services.endre(aktor=request.aktor, utleier=utleier, opplysninger=skjema.opplysninger())
    ):
        messages.success(request, _("Opplysningene er lagret."))
        return redirect("leie:utleier", utleier=utleier)
    return skjemaside(
        request, skjema,
        tittel=_("Rett opplysningene om utleieren"), ingress=_("Avtaler som er inngått, blir ikke endret."), knapp=_("Lagre"),
        avbryt=ord_.utleierlenke(u), smuler=smuler((_("Utleiere"), reverse("leie:utleiere")), (u.navn, ord_.utleierlenke(u)), (_("Rett"), "")),
    )  # fmt: skip
