"""Places per week: IMDi asks and follows the answers, KS and the counties see the totals, the municipality fills in."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from bosett.anmodning import selectors, tidsplan, ukeplaner
from bosett.anmodning.models import Kommuneanmodning
from bosett.anmodning.ukeplaner import Plan
from bosett.grunn.feil import BosettFeil, FinnesIkke, Konflikt
from bosett.grunn.klokke import i_dag
from bosett.tilgang.policy import kan, krev
from bosett.web import visning
from bosett.web.anmodning import uketabeller
from bosett.web.anmodning.ukeskjema import AlleUker, BeOmTidsplan, Ukesvar
from bosett.web.diagram import Aar
from bosett.web.foresporsel import Foresporsel
from bosett.web.krav import krever

_FELT = {
    "TIDSPLAN-FRIST": "frist",
    "TIDSPLAN-FORTID": "fra",
    "TIDSPLAN-UKER": "til",
    "TIDSPLAN-KOMMUNER": "hvem",
}


@krever("anmodning.be_om_tidsplan")
def be_om(request: Foresporsel, runde: UUID) -> HttpResponse:
    denne = selectors.runde(request.aktor, runde)
    spurte = Kommuneanmodning.objects.filter(runde=denne, tilstand="anmodet").order_by("sorteringsnavn")
    skjema = BeOmTidsplan(request.POST or None, spurte=list(spurte))
    if request.method == "POST" and skjema.is_valid():
        try:
            krav = tidsplan.be_om(aktor=request.aktor, runde_id=denne.pk, **skjema.svar)
        except BosettFeil as feil:
            skjema.ta_feil(feil, _FELT.get(feil.kode))
        else:
            antall = krav.tidsplaner.count()
            messages.success(
                request,
                ngettext(
                    "%(antall)s kommune har fått en oppgave om å melde inn plasser per uke.",
                    "%(antall)s kommuner har fått en oppgave om å melde inn plasser per uke.",
                    antall,
                )
                % {"antall": visning.tall(antall)},
            )
            return redirect("anmodning:tidsplan", runde=runde)
    return render(
        request,
        "anmodning/be_om_tidsplan.html",
        {
            "skjema": skjema,
            "runde": denne,
            "spurte": len(spurte),
            "finnes": ukeplaner.finnes(request.aktor, denne),
        },
        status=422 if skjema.errors else 200,
    )


@krever("anmodning.tidsplan")
def oversikt(request: Foresporsel, runde: UUID) -> HttpResponse:
    """The places of all the plans the actor sees, week by week; for IMDi also who has answered."""
    denne = ukeplaner.runde_med_tidsplan(request.aktor, runde)
    planer = ukeplaner.planer(request.aktor, denne)
    per_uke = ukeplaner.per_uke(planer)
    om = ((_("Runde"), str(denne)), (_("Hva tallene er"), _("Veiledende. De binder ikke kommunene.")))
    tabell = uketabeller.UKER.bygg(request, per_uke, om=om, filnavn=f"plasser-per-uke-{denne.aar}")
    er_imdi = kan(request.aktor, "anmodning.runder")
    kommuner = None
    if er_imdi:
        kolonner = (*uketabeller.PLANER.kolonner, *uketabeller.ukekolonner([rad.uke for rad in per_uke]))
        kommuner = uketabeller.PLANER.bygg(
            request, planer, om=om, kolonner=kolonner, filnavn=f"tidsplaner-{denne.aar}"
        )
    return (
        tabell.eksport
        or (kommuner.eksport if kommuner else None)
        or render(
            request,
            "anmodning/tidsplan.html",
            {
                "runde": denne,
                "er_imdi": er_imdi,
                "samlet": ukeplaner.samlet(planer),
                "tabell_uker": tabell,
                "tabell_kommuner": kommuner,
                "stolper": [Aar(rad.uke.isocalendar().week, rad.plasser) for rad in per_uke],
                "alle_krav": ukeplaner.krav(request.aktor, denne),
                "kan_be": denne.tilstand == "sendt" and kan(request.aktor, "anmodning.be_om_tidsplan"),
            },
        )
    )


@krever("anmodning.egne")
def kommunens(request: Foresporsel, anmodning: UUID) -> HttpResponse:
    """The municipality's own weeks: filled in by who may write, shown to who may read."""
    denne = selectors.egen(request.aktor, anmodning).anmodning
    planer = ukeplaner.egne(request.aktor, denne)
    if not planer:
        raise FinnesIkke(kode="TIDSPLAN-FINNES-IKKE", hva="IMDi har ikke bedt kommunen om en tidsplan.")
    plan = planer[0]
    alle = AlleUker(request.GET if request.method == "GET" and "alle" in request.GET else None)
    data: dict[str, Any] = {"anmodning": denne, "alle": alle}
    skjema: Ukesvar | None = None
    if request.method == "POST":
        krev(request.aktor, "anmodning.svar_tidsplan", denne.organisasjon)
        skjema = _skjema(plan, request.POST)
        if skjema.is_valid():
            try:
                tidsplan.svar(aktor=request.aktor, anmodning=denne, **skjema.svar)
            except Konflikt as feil:
                planer = ukeplaner.egne(request.aktor, denne)
                plan, skjema = planer[0], _etter_konflikt(request, planer[0], feil)
            except BosettFeil as feil:
                skjema.ta_feil(feil)
            else:
                messages.success(request, _kvittering(ukeplaner.egne(request.aktor, denne)[0]))
                return redirect("anmodning:kommunens_tidsplan", anmodning=anmodning)
    elif _kan_svare(request, plan):
        skjema = _tomt_skjema(planer, data)
    tabell = uketabeller.EGNE_UKER.bygg(
        request,
        uketabeller.egne_uker(plan),
        filnavn=f"plasser-per-uke-{denne.nummer}",
        om=((_("Kommune"), denne.navn), (_("Runde"), str(denne.runde))),
    )
    if tabell.eksport:
        return tabell.eksport
    data |= {
        "plan": plan,
        "merke": uketabeller.standmerke(plan),
        "over_fristen": i_dag() > plan.krav.frist,
        "skjema": skjema,
        "tabell": tabell,
        "versjoner": [
            (versjon, sum(uke.plasser for uke in versjon.uker.all())) for versjon in ukeplaner.versjoner(plan)
        ],
        "tidligere": planer[1:],
    }
    galt = alle.errors or (skjema is not None and skjema.errors)
    return render(request, "anmodning/kommunens_tidsplan.html", data, status=422 if galt else 200)


def _kan_svare(request: Foresporsel, plan: Plan) -> bool:
    return (
        plan.erstattet is None
        and plan.krav.runde.tilstand == "sendt"
        and kan(request.aktor, "anmodning.svar_tidsplan", plan.anmodning.organisasjon)
    )


def _skjema(plan: Plan, post: Any = None, **valg: Any) -> Ukesvar:
    return Ukesvar(post, krav=plan.krav, versjon=plan.versjon, **({"forslag": plan.plasser} | valg))


def _tomt_skjema(planer: list[Plan], data: dict[str, Any]) -> Ukesvar:
    """What is saved; before that, what the municipality said about the same weeks last time; or one number in all of them."""
    plan, alle = planer[0], data["alle"]
    if alle.is_bound and alle.is_valid():
        data["fylt"] = alle.cleaned_data["alle"]
        return _skjema(plan, forslag=dict.fromkeys(plan.krav.uker, data["fylt"]))
    sist = next((ett for ett in planer[1:] if ett.plasser), None)
    if plan.versjon == 0 and sist is not None:
        data["fra_sist"] = bool(set(plan.krav.uker) & set(sist.plasser))
        return _skjema(plan, forslag=sist.plasser)
    return _skjema(plan)


def _etter_konflikt(request: Foresporsel, plan: Plan, feil: Konflikt) -> Ukesvar:
    """What was typed stands in its fields, with what is saved beside it; saving again is a choice made knowingly."""
    post = request.POST.copy()
    post["krav"], post["versjon"] = str(plan.krav.nr), str(plan.versjon)
    skjema = _skjema(plan, post, lagret=plan.plasser if plan.versjon else None)
    skjema.ta_feil(feil)
    return skjema


def _kvittering(plan: Plan) -> str:
    mangler = plan.krav.antall_uker - len(plan.plasser)
    if not mangler:
        return _("Tallene er lagret, og IMDi kan se dem. Dere kan endre dem senere.")
    return ngettext(
        "Tallene er lagret, og IMDi kan se dem. %(antall)s uke mangler tall.",
        "Tallene er lagret, og IMDi kan se dem. %(antall)s uker mangler tall.",
        mangler,
    ) % {"antall": mangler}
