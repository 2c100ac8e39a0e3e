"""Shared buildings: the list, a project's partners and homes, and the forms."""

from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _

from bosett.aktor.kontekst import Aktor
from bosett.bolig import selectors_prosjekt as selectors
from bosett.bolig.models import Bolig, Prosjektbolig
from bosett.bolig.services import prosjekter as services
from bosett.tilgang.policy import kan
from bosett.web.bolig import leie_ord as ord_
from bosett.web.bolig.leie_skjema import NyttProsjekt, Partner
from bosett.web.bolig.leie_skjema import Prosjektbolig as Boligvalg
from bosett.web.bolig.leie_tabeller import PROSJEKTER
from bosett.web.bolig.tabeller import lenke as boliglenke
from bosett.web.bolig.utleiere import skjemaside, smuler
from bosett.web.foresporsel import Foresporsel
from bosett.web.krav import krever


@krever("bolig.se")
def liste(request: Foresporsel) -> HttpResponse:
    tabell = PROSJEKTER.bygg(request, selectors.prosjekter(request.aktor))
    innhold = {
        "tabell": tabell,
        "tittel": _("Boligprosjekter"),
        "ingress": _("Bygg kommunen deler med andre. Hver partner har et antall boliger, og ikke alle er til bosetting."),
        "ny": (reverse("leie:nytt_prosjekt"), _("Registrer et prosjekt")) if kan(request.aktor, "bolig.opprett_prosjekt") else None,
        "smuler": smuler((_("Boligprosjekter"), "")),
    }  # fmt: skip
    return tabell.eksport or render(request, "bolig/tabellside.html", innhold)


@krever("bolig.se")
def ett(request: Foresporsel, prosjekt: UUID) -> HttpResponse:
    linje = selectors.prosjekt(request.aktor, prosjekt)
    innhold = {
        "linje": linje,
        "p": linje.prosjekt,
        "partnere": [
            {
                "navn": p.navn,
                "antall": p.antall,
                "kan_bosette": p.kan_bosette,
                "grupper": ord_.grupper(p.grupper),
                "boliger": [(plass.bolig.nummer, boliglenke(plass.bolig)) for plass in p.boliger.all()],
            }
            for p in linje.partnere
        ],
        "kan_endre": kan(request.aktor, "bolig.sett_partner", linje.prosjekt.organisasjon),
        "smuler": smuler((_("Boligprosjekter"), reverse("leie:prosjekter")), (linje.prosjekt.navn, "")),
    }
    return render(request, "bolig/prosjekt.html", innhold)


@krever("bolig.opprett_prosjekt")
def nytt(request: Foresporsel) -> HttpResponse:
    skjema = NyttProsjekt(request.POST or None)
    if skjema.utfor(
        lambda data: services.opprett(
            aktor=request.aktor, navn=data["navn"], beskrivelse=data["beskrivelse"], nokkel=data["side"]
        )
    ):
        messages.success(request, _("Prosjektet er registrert. Legg til partnerne."))
        return redirect("leie:prosjekt", prosjekt=skjema.cleaned_data["side"])
    return skjemaside(
        request, skjema, "bolig/skjema.html",
        tittel=_("Registrer et prosjekt"), ingress=_("Et bygg kommunen deler med andre. Partnerne legger dere til etterpå."),
        knapp=_("Registrer"), avbryt=reverse("leie:prosjekter"),
        smuler=smuler((_("Boligprosjekter"), reverse("leie:prosjekter")), (_("Registrer et prosjekt"), "")),
    )  # fmt: skip


@krever("bolig.sett_partner")
def partner(request: Foresporsel, prosjekt: UUID) -> HttpResponse:
    linje = selectors.prosjekt(request.aktor, prosjekt)
    skjema = Partner(request.POST or None)
    if skjema.utfor(lambda data: services.sett_partner(aktor=request.aktor, prosjekt=prosjekt, **data)):
        messages.success(request, _("Partneren er lagret."))
        return redirect("leie:prosjekt", prosjekt=prosjekt)
    return skjemaside(
        request, skjema, tittel=_("Partner i prosjektet"), knapp=_("Lagre partneren"),
        ingress=_("Boliger en partner ikke gir til bosetting, kan ikke knyttes til en husholdning som skal bosettes."),
        avbryt=reverse("leie:prosjekt", args=[prosjekt]), smuler=_smuler(linje, _("Partner i prosjektet")),
    )  # fmt: skip


@krever("bolig.sett_prosjektbolig")
def bolig(request: Foresporsel, prosjekt: UUID) -> HttpResponse:
    linje = selectors.prosjekt(request.aktor, prosjekt)
    skjema = Boligvalg(request.POST or None, aktor=request.aktor, linje=linje)
    if skjema.utfor(
        lambda data: services.sett_bolig(
            aktor=request.aktor, prosjekt=prosjekt, bolig=data["bolig"].subjekt.uuid,
            partner=data["partner"].pk if data["partner"] else None,
        )
    ):  # fmt: skip
        messages.success(request, _("Det er lagret hvem som har boligen."))
        return redirect("leie:prosjekt", prosjekt=prosjekt)
    return skjemaside(
        request, skjema, tittel=_("Bolig i prosjektet"), knapp=_("Lagre"),
        ingress=_("Ingen partner får flere boliger enn det som er avtalt."),
        avbryt=reverse("leie:prosjekt", args=[prosjekt]), smuler=_smuler(linje, _("Bolig i prosjektet")),
    )  # fmt: skip


def _smuler(linje: selectors.Prosjektlinje, her: str) -> list[tuple[str, str]]:
    sti = reverse("leie:prosjekt", args=[linje.prosjekt.subjekt.uuid])
    return smuler((_("Boligprosjekter"), reverse("leie:prosjekter")), (linje.prosjekt.navn, sti), (her, ""))


def boligdel(aktor: Aktor, bolig: Bolig) -> tuple[str, dict[str, object]] | None:
    """For the page of a home: whose it is in a shared building."""
    plass = Prosjektbolig.objects.filter(bolig=bolig).select_related("partner__prosjekt__subjekt").first()
    if plass is None:
        return None
    return "bolig/_prosjekt.html", {
        "prosjekt": plass.partner.prosjekt,
        "partner": plass.partner,
        "grupper": ord_.grupper(plass.partner.grupper),
    }
