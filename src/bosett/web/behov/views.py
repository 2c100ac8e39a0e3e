"""The national need: all versions year by year, each year with its changes and what stands beside it, and forms for new ones."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _u
from django.utils.translation import gettext_lazy as _

from bosett.anmodning import selectors as anmodning
from bosett.behov import selectors, services, uttak
from bosett.behov.prognoser import DRIVERE, PROGNOSER
from bosett.grunn.feil import Konflikt, Ugyldig
from bosett.grunn.klokke import i_dag
from bosett.spor import selectors as spor
from bosett.statistikk import selectors as statistikk
from bosett.tilgang.policy import kan
from bosett.web import historie, visning
from bosett.web.behov.skjema import (
    EndreUttaksland,
    NyAvtale,
    NyPrognose,
    NyttBehov,
    NyttScenario,
    NyttUttaksland,
)
from bosett.web.foresporsel import Foresporsel, heltall
from bosett.web.krav import krever
from bosett.web.skjema import Skjema
from bosett.web.tabell import Kolonne, Tabell

TABELL = Tabell(
    "behov",
    _("Nasjonalt behov for bosetting"),
    (
        Kolonne(
            "aar",
            _("År"),
            radhode=True,
            synkende_forst=True,
            lenke=lambda rad: reverse("behov:aar", args=[rad.aar]),
        ),
        Kolonne("versjon", _("Versjon"), format="tall"),
        Kolonne("totalt", _("Plasser i alt"), format="tall"),
        Kolonne("em", _("Enslige mindreårige"), format="tall"),
        Kolonne("em_under_15", _("Under 15 år"), format="tall"),
        Kolonne("formulering", _("Slik står det i brev"), bare_eksport=True),
        Kolonne("fastsatt_av", _("Fastsatt av")),
        Kolonne("fastsatt", _("Dato"), format="dato"),
        Kolonne("kilde", _("Kilde"), svak=True),
        Kolonne("begrunnelse", _("Hvorfor endret"), bare_eksport=True),
    ),
    sortering="-aar",
    tom=_("Det er ikke registrert noe behov ennå."),
    tom_hjelp=_("Behovet må være registrert før du kan lage en runde."),
)


_MAAL = ("anmodning", "opprinnelig_anmodning", "vedtak", "bosatt")


@krever("behov.liste")
def liste(request: Foresporsel) -> HttpResponse:
    tabell = TABELL.bygg(request, selectors.alle(request.aktor))
    return tabell.eksport or render(
        request,
        "behov/liste.html",
        {"tabell": tabell, "uten_behov": selectors.aar_uten_behov(request.aktor)},
    )


@krever("behov.registrer")
def nytt(request: Foresporsel) -> HttpResponse:
    neste = heltall(request.GET.get("aar", "")) or i_dag().year + 1
    skjema = NyttBehov(request.POST or None, initial={"fastsatt": i_dag(), "aar": neste})
    if request.method == "POST" and skjema.is_valid():
        try:
            behov = services.registrer(aktor=request.aktor, **skjema.cleaned_data)
        except Ugyldig as feil:
            skjema.ta_feil(feil)
        else:
            messages.success(request, _u("Behovet for %(aar)s er registrert.") % {"aar": behov.aar})
            return redirect("behov:liste")
    aar = heltall(str(skjema.data.get("aar", ""))) or neste
    prognoser = selectors.prognoser_for(request.aktor, aar)
    return render(
        request,
        "behov/nytt.html",
        {
            "skjema": skjema,
            "aar": aar,
            "prognoser": [(kode, PROGNOSER[kode].navn, prognose) for kode, prognose in prognoser],
        },
        status=422 if skjema.errors else 200,
    )


def _registrer(
    request: Foresporsel,
    tittel: str,
    ingress: str,
    skjema: Skjema,
    tjeneste: Callable[..., Any],
    kvittering: str,
) -> HttpResponse:
    """A form whose fields are what its service takes; then the year's page."""
    if request.method == "POST" and skjema.is_valid():
        try:
            ny = tjeneste(aktor=request.aktor, **skjema.cleaned_data)
        except (Ugyldig, Konflikt) as feil:
            skjema.ta_feil(feil)
        else:
            messages.success(request, kvittering % {"aar": ny.aar})
            return redirect("behov:aar", aar=ny.aar)
    return render(
        request,
        "skjema/enkelt.html",
        {
            "skjema": skjema,
            "tittel": tittel,
            "ingress": ingress,
            "knapp": _u("Registrer"),
            "avbryt": reverse("behov:liste"),
        },
        status=422 if skjema.errors else 200,
    )


def _valgt(request: Foresporsel) -> dict[str, Any]:
    """What the link to a form has chosen already."""
    return {"aar": i_dag().year + 1} | {n: request.GET[n] for n in ("aar", "kode") if n in request.GET}


@krever("behov.registrer_prognose")
def ny_prognose(request: Foresporsel) -> HttpResponse:
    skjema = NyPrognose(request.POST or None, initial={"dato": i_dag(), **_valgt(request)})
    kvittering = _u("Prognosen for %(aar)s er registrert.")
    return _registrer(
        request,
        _u("Registrer prognose"),
        _u(
            "En ny prognose er en ny versjon. Den gamle blir stående, og behovet endres ikke før du registrerer det på nytt."
        ),
        skjema,
        services.registrer_prognose,
        kvittering,
    )


@krever("behov.registrer_avtale")
def ny_avtale(request: Foresporsel) -> HttpResponse:
    skjema = NyAvtale(request.POST or None, initial=_valgt(request))
    kvittering = _u("Avtalen for %(aar)s er registrert.")
    return _registrer(
        request,
        _u("Registrer avtale om plasser"),
        _u(
            "En avtale sier hvor mange plasser kommunene skal tilby. Den står ved siden av det beregnede behovet og blir aldri lagt til det."
        ),
        skjema,
        services.registrer_avtale,
        kvittering,
    )


@krever("behov.registrer_scenario")
def nytt_scenario(request: Foresporsel) -> HttpResponse:
    skjema = NyttScenario(request.POST or None, initial=_valgt(request))
    kvittering = _u("Scenarioet for %(aar)s er registrert.")
    return _registrer(
        request,
        _u("Registrer scenario"),
        _u(
            "Et scenario viser hva behovet kan bli hvis noe går annerledes. Det blir ikke brukt i noen runde."
        ),
        skjema,
        services.registrer_scenario,
        kvittering,
    )


@krever("behov.registrer_uttaksland")
def nytt_uttaksland(request: Foresporsel) -> HttpResponse:
    skjema = NyttUttaksland(request.POST or None, initial={"fra": i_dag(), **_valgt(request)})
    kvittering = _u("Uttakslandet for %(aar)s er registrert.")
    return _registrer(
        request,
        _u("Registrer uttaksland"),
        _u(
            "Et uttaksland er et land vi tar ut overføringsflyktninger fra. Stenger du landet senere, går prognosen ned."
        ),
        skjema,
        uttak.registrer,
        kvittering,
    )


@krever("behov.liste")
def uttaksland(request: Foresporsel, uttaksland: UUID) -> HttpResponse:
    """One country over time."""
    land = selectors.ett_land(request.aktor, uttaksland)
    return render(
        request,
        "behov/uttaksland.html",
        {
            "land": land,
            "kan_endre": kan(request.aktor, "behov.steng_uttaksland"),
            "tidslinje": historie.tidslinje(spor.tidslinje(request.aktor, land.uttaksland.pk)[:50]),
        },
    )


@krever("behov.steng_uttaksland")
def endre_uttaksland(request: Foresporsel, uttaksland: UUID) -> HttpResponse:
    """Close or open: what the page offered is what is done, also when somebody else was first (then it is refused)."""
    land = selectors.ett_land(request.aktor, uttaksland)
    skjema = EndreUttaksland(request.POST or None, initial={"fra": i_dag()})
    steng = request.POST.get("til", "stengt" if land.apent else "apent") == "stengt"
    if request.method == "POST" and skjema.is_valid():
        try:
            prognose = (uttak.steng if steng else uttak.apne)(
                aktor=request.aktor, uttaksland_id=land.uttaksland.pk, **skjema.cleaned_data
            )
        except (Ugyldig, Konflikt) as feil:
            skjema.ta_feil(feil)
        else:
            messages.success(
                request,
                _u("Prognosen for overføringsflyktninger er nå %(antall)s personer.")
                % {"antall": visning.tall(prognose.antall)},
            )
            return redirect("behov:uttaksland", uttaksland=uttaksland)
    prognose_naa = selectors.siste_prognoser(land.uttaksland.aar).filter(kode="overforing").first()
    endring = -land.uttaksland.plasser if steng else land.uttaksland.plasser
    return render(
        request,
        "behov/endre_uttaksland.html",
        {
            "land": land,
            "skjema": skjema,
            "steng": steng,
            "prognose": prognose_naa,
            "ny_prognose": prognose_naa.antall + endring if prognose_naa else None,
        },
        status=422 if skjema.errors else 200,
    )


@krever("behov.liste")
def ett_aar(request: Foresporsel, aar: int) -> HttpResponse:
    aarsbehov = selectors.aarsbehov(request.aktor, aar)
    return render(
        request,
        "behov/aar.html",
        {
            "aarsbehov": aarsbehov,
            "drivere": DRIVERE,
            "kan_endre": kan(request.aktor, "behov.registrer"),
            "runder": anmodning.runder(request.aktor).filter(aar=aar),
            "summer": [s for s in statistikk.maalsummer(aar=aar, fylkenr="") if s.maal in _MAAL],
            "overforing": next((p for p in selectors.siste_prognoser(aar) if p.kode == "overforing"), None),
        },
    )
