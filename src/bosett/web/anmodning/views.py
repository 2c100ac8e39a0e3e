"""Rounds and numbers for IMDi, and the municipality's own requests."""

from decimal import Decimal
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _

from bosett.anmodning import selectors, services, states, ukeplaner
from bosett.anmodning.brev import hent_brevgrunnlag, lag_brev
from bosett.anmodning.models import Runde, Vektvariant
from bosett.anmodning.rules import hent
from bosett.anmodning.rules.kriteriesett import kjente_aar
from bosett.behov import selectors as behov
from bosett.dokument import sats
from bosett.dokument import selectors as dokumenter
from bosett.grunn.feil import BosettFeil, FinnesIkke
from bosett.grunn.klokke import i_dag
from bosett.spor import selectors as spor
from bosett.tilgang.policy import kan
from bosett.web import historie
from bosett.web.anmodning import rundekontroll, tabeller
from bosett.web.anmodning.skjema import NyRunde, NyVariant
from bosett.web.differanse import av_kontroll
from bosett.web.foresporsel import Foresporsel
from bosett.web.krav import krever
from bosett.web.statistikk import regnselv
from bosett.web.statistikk.forklaring import bygg
from bosett.web.visning import spraak


@krever("anmodning.runder")
def runder(request: Foresporsel) -> HttpResponse:
    tabell = tabeller.RUNDER.bygg(request, selectors.runder(request.aktor))
    return tabell.eksport or render(
        request,
        "anmodning/runder.html",
        {"tabell": tabell, "kan_lage": kan(request.aktor, "anmodning.opprett")},
    )


@krever("anmodning.opprett")
def ny_runde(request: Foresporsel) -> HttpResponse:
    for aar in kjente_aar():
        services.standardvariant(str(aar))
    gjeldende = behov.gjeldende(request.aktor)
    skjema = NyRunde(
        request.POST or None,
        behov=gjeldende,
        varianter=Vektvariant.objects.order_by("-kriteriesett", "-antatt", "navn"),
    )
    if request.method == "POST" and skjema.is_valid():
        valgt = skjema.cleaned_data
        try:
            runde = services.opprett_runde(
                aktor=request.aktor,
                aar=valgt["behov"].aar,
                behov=valgt["behov"],
                kriteriesett=valgt["variant"].kriteriesett,
                variant=valgt["variant"],
                frist=valgt["frist"],
                planlagt=valgt["planlagt"],
            )
        except BosettFeil as feil:
            skjema.ta_feil(feil)
        else:
            return redirect("anmodning:runde", runde=runde.subjekt.uuid)
    return render(
        request,
        "anmodning/ny.html",
        {"skjema": skjema, "har_behov": gjeldende.exists(), "kriterieaar": kjente_aar()},
        status=422 if skjema.errors else 200,
    )


@krever("anmodning.lag_variant")
def ny_variant(request: Foresporsel, kriterieaar: int) -> HttpResponse:
    sett = hent(kriterieaar)
    skjema = NyVariant(request.POST or None, sett=sett, spraak=spraak())
    if request.method == "POST" and skjema.is_valid():
        try:
            services.lag_variant(
                aktor=request.aktor,
                kriteriesett=str(kriterieaar),
                navn=skjema.cleaned_data["navn"],
                vekter=skjema.vekter,
            )
        except BosettFeil as feil:
            skjema.ta_feil(feil)
        else:
            return redirect("anmodning:ny")
    trinn = [
        (ett.navn.paa(spraak()), [skjema[kriterium.id] for kriterium in ett.kriterier]) for ett in sett.trinn
    ]
    return render(
        request,
        "anmodning/ny_variant.html",
        {"skjema": skjema, "sett": sett, "trinn": trinn},
        status=422 if skjema.errors else 200,
    )


@krever("anmodning.runder")
def runde(request: Foresporsel, runde: UUID) -> HttpResponse:
    denne = selectors.runde(request.aktor, runde)
    data: dict[str, Any] = {"runde": denne, "tilstand": states.RUNDE, "steg": _steg(denne)}
    data["avtaler"] = behov.avtaler_for(request.aktor, denne.aar)
    data["departement"] = hent(int(denne.kriteriesett)).departement
    if denne.gjeldende is not None:
        tabell = tabeller.KOMMUNETALL.bygg(
            request,
            selectors.tall(request.aktor, denne),
            filnavn=f"anmodning-{denne.aar}-versjon-{denne.gjeldende.nr}",
            om=(
                (_("Runde"), str(denne)),
                (_("Versjon"), denne.gjeldende.nr),
                (_("Avtrykk"), denne.gjeldende.avtrykk),
            ),
        )
        if tabell.eksport:
            return tabell.eksport
        kontroll = denne.gjeldende.kontroll
        data |= {
            "tabell": tabell,
            "kontroll": kontroll,
            "differanse": av_kontroll(kontroll, denne.differanse_grunn),
            "kontroll60": _kontroll60(kontroll["kontroll60"]),
            "varsler": [varsel["nn" if spraak() == "nn" else "nb"] for varsel in kontroll["varsler"]],
            "framdrift": selectors.framdrift(request.aktor, denne),
            **rundekontroll.sider_ved(request.aktor, denne, kontroll),
        }
    data["knapper"] = [
        overgang for overgang in states.RUNDE.fra(denne.tilstand) if kan(request.aktor, overgang.kode)
    ]
    siste = denne.samraad.order_by("-apnet").first()
    samraad = siste if siste and siste.avsluttet is None else None
    data["samraad"] = samraad
    data["har_samraad"] = siste is not None
    data["siste_samraad"] = siste
    data["tause"] = selectors.ikke_uttalt(siste) if siste else []
    data["venter"] = selectors.ikke_uttalt(samraad) if samraad else []
    data["ma_vente"] = bool(samraad and data["venter"] and i_dag() <= samraad.frist)
    data["etter"] = selectors.etter_brevene(request.aktor, denne)
    data["uten_tilgang"] = (
        selectors.uten_tilgang(request.aktor, denne).count()
        if kan(request.aktor, "anmodning.uten_tilgang")
        else 0
    )
    if ukeplaner.finnes(request.aktor, denne):
        data["ukeplaner"] = ukeplaner.samlet(ukeplaner.planer(request.aktor, denne))
    data["kan_revidere"] = kan(request.aktor, "anmodning.revider")
    data["utsettelse"] = denne.utsettelser.filter(til=None).select_related("utsatt_av").first()
    data["tidslinje"] = historie.tidslinje(spor.tidslinje(request.aktor, denne.pk)[:50])
    data["egen_levering"] = denne.levert_av_id == request.aktor.bruker_id
    return render(request, "anmodning/runde.html", data)


def _kontroll60(kontroll: dict[str, Any]) -> dict[str, Any]:
    """The demand and the two weights in per cent."""
    satt, faktisk = (
        None if kontroll[navn] is None else 100 * Decimal(kontroll[navn]) for navn in ("satt", "faktisk")
    )
    return {
        "krav": 100 * Decimal(kontroll["krav"]),
        "vekter": ((_("Satt vekt"), satt), (_("Faktisk vekt"), faktisk)),
        "oppfylt": kontroll["satt_oppfylt"] and kontroll["faktisk_oppfylt"] is not False,
    }


def _steg(runde: Runde) -> list[tuple[str, str]]:
    """The steps of a round with «ferdig», «her» or «» each."""
    koder = [
        tilstand.kode
        for tilstand in states.RUNDE.tilstander
        if tilstand.kode not in ("sendes", "utsatt", "lukket", "avlyst")
    ]
    naa = {"sendes": "godkjent", "utsatt": "godkjent", "lukket": "sendt"}.get(runde.tilstand, runde.tilstand)
    her = koder.index(naa) if naa in koder else -1
    return [
        (states.RUNDE.navn(kode), "ferdig" if nr < her else "her" if nr == her else "")
        for nr, kode in enumerate(koder)
    ]


@krever("anmodning.runder")
def framdrift(request: Foresporsel, runde: UUID) -> HttpResponse:
    """The progress of the letters: a part of the round's page that asks again while letters are going out."""
    denne = selectors.runde(request.aktor, runde)
    hvor_langt = selectors.framdrift(request.aktor, denne)
    svar = render(request, "anmodning/_framdrift.html", {"runde": denne, "framdrift": hvor_langt})
    if denne.tilstand != "sendes" or hvor_langt["stanset"]:
        svar["HX-Refresh"] = "true"
    return svar


@krever("anmodning.runder")
def kommunetall(request: Foresporsel, runde: UUID, nummer: str) -> HttpResponse:
    denne = selectors.runde(request.aktor, runde)
    tall = selectors.ett_tall(request.aktor, denne, nummer)
    return render(
        request,
        "anmodning/kommunetall.html",
        {
            "runde": denne,
            "tall": tall,
            "f": bygg(tall.forklaring, tall.revisjon.kontroll),
            "brev": dokumenter.dokumenter(request.aktor, tall.anmodning_id).filter(retning="ut").first()
            if kan(request.aktor, "dokument.les")
            else None,
            "sendt": tall.anmodning.tilstand in ("anmodet", "revidert"),
            "kan_registrere": kan(request.aktor, "vedtak.lagre_for")
            and selectors.uten_tilgang(request.aktor, denne).filter(pk=tall.anmodning_id).exists(),
        },
    )


@krever("anmodning.runder")
def forsok(request: Foresporsel, runde: UUID) -> HttpResponse:
    """What if: the round's numbers with something else chosen. Nothing is stored."""
    denne = selectors.runde(request.aktor, runde)
    if denne.gjeldende is None or not denne.gjeldende.grunnlag:
        raise FinnesIkke(kode="ANMODNING-UTEN-TALL", hva="Runden har ingen tall å regne videre på.")
    alle = denne.gjeldende.tall.values_list("anmodning__nummer", "antall", "em")
    innhold = regnselv.regn(
        request,
        regnselv.utgangspunkt(
            denne.gjeldende.grunnlag, denne.gjeldende.parametre, {nr: (antall, em) for nr, antall, em in alle}
        ),
    )
    if isinstance(innhold, HttpResponse):
        return innhold
    return render(
        request,
        "anmodning/forsok.html",
        innhold | {"runde": denne},
        status=innhold["status"],
    )


@krever("anmodning.runder")
def brevutkast(request: Foresporsel, runde: UUID, nummer: str) -> HttpResponse:
    """The letter as it will be, marked UTKAST, before anything is sent."""
    denne = selectors.runde(request.aktor, runde)
    tall = selectors.ett_tall(request.aktor, denne, nummer)
    if not tall.antall:
        raise FinnesIkke(
            kode="ANMODNING-UTEN-BREV", hva="Kommunen blir ikke bedt om å bosette noen, og får ikke brev."
        )
    pdf = sats.sett(lag_brev(hent_brevgrunnlag(denne, i_dag()), tall), utkast=True)
    return HttpResponse(
        pdf,
        content_type="application/pdf",
        headers={"Content-Disposition": f'inline; filename="utkast-{nummer}.pdf"'},
    )


@krever("anmodning.egne")
def egne(request: Foresporsel) -> HttpResponse:
    tabell = tabeller.EGNE.bygg(request, selectors.egne(request.aktor))
    return tabell.eksport or render(request, "anmodning/egne.html", {"tabell": tabell})
