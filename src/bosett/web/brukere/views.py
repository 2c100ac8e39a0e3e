"""People and roles of one organisation: who may what, what is wrong, and the acts on it."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from bosett.aktor.models import Bruker, Organisasjon
from bosett.brukere import avslag, selectors, services
from bosett.grunn.feil import BosettFeil
from bosett.tilgang.policy import kan
from bosett.tilgang.services import logg_innsyn
from bosett.web.brukere import tabeller
from bosett.web.brukere.skjema import HentBruker, NyBruker, RolleIPeriode, Vikar
from bosett.web.foresporsel import Foresporsel
from bosett.web.krav import krever


def _smuler(
    request: Foresporsel, organisasjon: Organisasjon, *under: tuple[str, str]
) -> list[tuple[str, str]]:
    topp = []
    if kan(request.aktor, "brukere.organisasjoner"):
        topp = [(_("Organisasjoner"), tabeller.adresse("organisasjoner"))]
    sti = [*topp, (organisasjon.navn, tabeller.adresse("liste-for", organisasjon.uuid)), *under]
    return [*sti[:-1], (sti[-1][0], "")]


@krever("brukere.liste")
def liste(request: Foresporsel, organisasjon: UUID | None = None) -> HttpResponse:
    org = selectors.organisasjon(request.aktor, organisasjon)
    kort = selectors.brukere_i(request.aktor, org)
    logg_innsyn(
        aktor=request.aktor, lesning="brukere.liste", antall=len(kort), utvalg=f"organisasjon {org.pk}"
    )
    tabell = tabeller.BRUKERE.bygg(request, [tabeller.Brukerrad(ett, org) for ett in kort])
    innhold = {
        "tabell": tabell,
        "organisasjon": org,
        "advarsler": selectors.advarsler_om(request.aktor, org),
        "alle": kan(request.aktor, "brukere.organisasjoner"),
        "smuler": _smuler(request, org),
    }
    return tabell.eksport or render(request, "brukere/liste.html", innhold)


@krever("brukere.organisasjoner")
def organisasjoner(request: Foresporsel) -> HttpResponse:
    tabell = tabeller.ORGANISASJONER.bygg(request, selectors.organisasjoner(request.aktor))
    return tabell.eksport or render(request, "brukere/organisasjoner.html", {"tabell": tabell})


@krever("brukere.opprett")
@never_cache
def ny(request: Foresporsel, organisasjon: UUID) -> HttpResponse:
    org = selectors.organisasjon(request.aktor, organisasjon)
    roller = selectors.roller_som_kan_gis(request.aktor, org)
    skjema = NyBruker(roller, request.POST or None)
    if request.method == "POST" and skjema.is_valid():
        try:
            svar = services.opprett(aktor=request.aktor, organisasjon=org, **skjema.siste_dag())
        except BosettFeil as feil:
            skjema.ta_feil(feil, {"BRUKER-EPOST": "epost", "BRUKER-NAVN": "navn"}.get(feil.kode))
        else:
            if svar.passord:
                return vis_passord(request, org, svar.bruker, svar.passord, ny=True)
            messages.info(request, _("Brukeren er allerede opprettet. Engangspassordet vises bare én gang."))
            return redirect("brukere:bruker", org.uuid, svar.bruker.uuid)
    innhold = {
        "skjema": skjema,
        "organisasjon": org,
        "alle": kan(request.aktor, "brukere.organisasjoner"),
        "smuler": _smuler(request, org, (_("Ny bruker"), "")),
    }
    return render(request, "brukere/ny.html", innhold, status=422 if skjema.errors else 200)


@krever("brukere.organisasjoner")
@never_cache
def hent(request: Foresporsel, organisasjon: UUID) -> HttpResponse:
    """A role for somebody who already has a user elsewhere. Only for those who see the whole country."""
    org = selectors.organisasjon(request.aktor, organisasjon)
    skjema = HentBruker(selectors.roller_som_kan_gis(request.aktor, org), request.POST or None)
    if request.method == "POST" and skjema.is_valid():
        valg = skjema.siste_dag()
        finnes = Bruker.objects.filter(brukernavn=valg.pop("brukernavn").strip().lower()).first()
        try:
            if finnes is None:
                raise avslag.UKJENT_BRUKERNAVN()
            services.gi_rolle(aktor=request.aktor, organisasjon=org, bruker=finnes, **valg)
        except BosettFeil as feil:
            skjema.ta_feil(feil, "brukernavn")
        else:
            messages.success(request, _("%(navn)s har fått rollen.") % {"navn": finnes.navn})
            return redirect("brukere:bruker", org.uuid, finnes.uuid)
    innhold = {
        "skjema": skjema,
        "organisasjon": org,
        "smuler": _smuler(request, org, (_("Gi rolle til en som har bruker"), "")),
    }
    return render(request, "brukere/hent.html", innhold, status=422 if skjema.errors else 200)


@krever("brukere.liste")
def bruker(request: Foresporsel, organisasjon: UUID, bruker: UUID) -> HttpResponse:
    """The user's page; POST gives a role."""
    org = selectors.organisasjon(request.aktor, organisasjon)
    kort = selectors.bruker_i(request.aktor, org, bruker)
    skjema = RolleIPeriode(_ledige(request, org, kort), request.POST or None)
    if request.method == "POST" and skjema.is_valid():
        try:
            services.gi_rolle(aktor=request.aktor, organisasjon=org, bruker=kort.bruker, **skjema.siste_dag())
        except BosettFeil as feil:
            skjema.ta_feil(feil)
        else:
            messages.success(request, _("%(navn)s har fått rollen.") % {"navn": kort.bruker.navn})
            return redirect("brukere:bruker", org.uuid, kort.bruker.uuid)
    logg_innsyn(aktor=request.aktor, lesning="brukere.liste", utvalg=f"organisasjon {org.pk}, én bruker")
    return _brukerside(request, org, kort, skjema=skjema, status=422 if skjema.errors else 200)


@krever("brukere.fjern_rolle")
@require_POST
def fjern_rolle(request: Foresporsel, organisasjon: UUID, medlemskap: UUID) -> HttpResponse:
    org = selectors.organisasjon(request.aktor, organisasjon)
    rad = selectors.medlemskap_i(request.aktor, org, medlemskap)
    services.fjern_rolle(aktor=request.aktor, medlemskap=rad)
    messages.success(request, _("Rollen er fjernet. Den gjelder ikke lenger."))
    return redirect("brukere:bruker", org.uuid, rad.bruker.uuid)


@krever("brukere.gi_vikar")
@require_POST
def gi_vikar(request: Foresporsel, organisasjon: UUID, medlemskap: UUID) -> HttpResponse:
    org = selectors.organisasjon(request.aktor, organisasjon)
    rad = selectors.medlemskap_i(request.aktor, org, medlemskap)
    kort = selectors.bruker_i(request.aktor, org, rad.bruker.uuid)
    skjema = Vikar(_kolleger(request, org, kort), request.POST)
    if skjema.is_valid():
        valg = skjema.siste_dag()
        try:
            valg["vikar"] = selectors.bruker_i(request.aktor, org, UUID(valg["vikar"])).bruker
            services.gi_vikar(aktor=request.aktor, medlemskap=rad, **valg)
        except BosettFeil as feil:
            skjema.ta_feil(feil)
        else:
            messages.success(request, _("%(navn)s er satt inn som vikar.") % {"navn": valg["vikar"].navn})
            return redirect("brukere:bruker", org.uuid, rad.bruker.uuid)
    return _brukerside(request, org, kort, vikar=(rad.uuid, skjema), status=422)


@krever("brukere.fjern_vikar")
@require_POST
def fjern_vikar(request: Foresporsel, organisasjon: UUID, vikariat: UUID) -> HttpResponse:
    org = selectors.organisasjon(request.aktor, organisasjon)
    rad = selectors.vikariat_i(request.aktor, org, vikariat)
    services.fjern_vikar(aktor=request.aktor, vikariat=rad)
    messages.success(request, _("%(navn)s er ikke lenger vikar.") % {"navn": rad.vikar.navn})
    return redirect("brukere:bruker", org.uuid, rad.medlemskap.bruker.uuid)


@krever("brukere.nytt_passord")
@require_POST
@never_cache
def nytt_passord(request: Foresporsel, organisasjon: UUID, bruker: UUID) -> HttpResponse:
    org = selectors.organisasjon(request.aktor, organisasjon)
    kort = selectors.bruker_i(request.aktor, org, bruker)
    passord = services.nytt_passord(aktor=request.aktor, organisasjon=org, bruker=kort.bruker)
    return vis_passord(request, org, kort.bruker, passord, ny=False)


def vis_passord(
    request: Foresporsel, org: Organisasjon, bruker: Bruker, passord: str, *, ny: bool
) -> HttpResponse:
    """Straight in the answer and nowhere else: not in the session, not in a message, not in the address."""
    innhold = {
        "organisasjon": org,
        "bruker": bruker,
        "passord": passord,
        "ny": ny,
        "smuler": _smuler(request, org, (bruker.navn, "")),
    }
    return render(request, "brukere/passord-vist.html", innhold)


def _brukerside(
    request: Foresporsel,
    org: Organisasjon,
    kort: selectors.Brukerkort,
    *,
    skjema: RolleIPeriode | None = None,
    vikar: tuple[UUID, Vikar] | None = None,
    status: int = 200,
) -> HttpResponse:
    kolleger = _kolleger(request, org, kort)
    feilet = vikar[1] if vikar else skjema
    roller: list[tuple[Any, Any]] = []
    for nr, linje in enumerate(kort.roller):
        eget = vikar[1] if vikar and vikar[0] == linje.medlemskap.uuid else None
        roller.append((linje, eget or (Vikar(kolleger, auto_id=f"vikar{nr}_%s") if kolleger else None)))
    innhold = {
        "kort": kort,
        "organisasjon": org,
        "roller": roller,
        "skjema": feilet if feilet and feilet.is_bound else None,
        "rolleskjema": skjema or RolleIPeriode(_ledige(request, org, kort)),
        "ledige": _ledige(request, org, kort),
        "tidslinje": tabeller.tidslinje(selectors.historikk(request.aktor, org, kort.bruker)),
        "meg_selv": kort.bruker.pk == request.aktor.bruker_id,
        "smuler": _smuler(request, org, (kort.bruker.navn, "")),
    }
    return render(request, "brukere/bruker.html", innhold, status=status)


def _kolleger(
    request: Foresporsel, org: Organisasjon, kort: selectors.Brukerkort
) -> list[selectors.Brukerkort]:
    """Who can stand in for this user: colleagues with a role now, and never oneself."""
    uaktuelle = {kort.bruker.pk, request.aktor.bruker_id}
    return [
        ett
        for ett in selectors.brukere_i(request.aktor, org)
        if ett.bruker.pk not in uaktuelle and any(linje.naa for linje in ett.roller)
    ]


def _ledige(request: Foresporsel, org: Organisasjon, kort: selectors.Brukerkort) -> list[Any]:
    """Roles to give: those the user does not have without an end."""
    har = {linje.rolle.kode for linje in kort.roller if linje.medlemskap.til is None}
    return [r for r in selectors.roller_som_kan_gis(request.aktor, org) if r.kode not in har]
