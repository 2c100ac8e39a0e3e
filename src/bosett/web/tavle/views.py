"""The boards: the residents of a centre, the shared queue, what others must do, what is free, and the leader's overview."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext as _

from bosett.aktor.kontekst import Aktor
from bosett.grunn.klokke import i_dag
from bosett.person import selectors, selectors_tavler
from bosett.person.selectors_tavler import Sum_, er_klar, tell
from bosett.tilgang.policy import kan
from bosett.web.foresporsel import Foresporsel
from bosett.web.krav import krever
from bosett.web.tabellbundet import BundetTabell
from bosett.web.tavle import tabeller
from bosett.web.tavle.andre import hvem_maa_svare
from bosett.web.tavle.faser import FASER, I_KOEN, Fase, med_fase
from bosett.web.tavle.ledig import plasser

TOMT = Sum_(0, 0, None, 0)
OPPTIL = 5
"""Rows of a column beside the queue; the whole list is a page of its own."""


@dataclass(frozen=True)
class Faserad:
    """One phase with its counts; `adresse` leads to the households behind them."""

    kode: str
    navn: Any
    hva: Any
    adresse: str
    husholdninger: int
    personer: int
    eldst: date | None
    over: int


def _faserader(faser: Sequence[Fase], summer: dict[str, Sum_], liste: str) -> list[Faserad]:
    return [
        Faserad(f.kode, f.navn, f.hva, f"{liste}?fase={f.kode}", s.husholdninger, s.personer, s.eldst, s.over)
        for f in faser
        for s in [summer.get(f.kode, TOMT)]
    ]


def _logg(request: Foresporsel, tavle: str, tabell: BundetTabell) -> None:
    """One line in the read-log: which board, which filter, how many."""
    skjema = tabell.skjema
    valgt = [
        f"{navn}={request.GET[navn]}" for navn in (skjema.fields if skjema else ()) if request.GET.get(navn)
    ]
    selectors.logg_liste(request.aktor, tabell.antall, ",".join([f"tavle={tavle}", *valgt]))


@krever("person.beboere")
def beboere(request: Foresporsel) -> HttpResponse:
    """«Beboerne mine»: how many are in each phase, and what is missing for each."""
    rader = med_fase(selectors_tavler.beboere(request.aktor))
    tabell = tabeller.beboere(request, request.aktor, rader)
    _logg(request, "beboere", tabell)
    if tabell.eksport:
        return tabell.eksport
    faser = _faserader(FASER, tell(rader, "fase"), reverse("tavle:beboere"))
    return render(
        request,
        "tavle/beboere.html",
        {"tabell": tabell, "faser": [f for f in faser if f.husholdninger or f.kode != "utenfor"]},
    )


@krever("person.koe")
def koen(request: Foresporsel) -> HttpResponse:
    """«Køen»: who waits, who must answer, what is free; and the cases the actor has taken."""
    aktor = request.aktor
    tabell = tabeller.koen(request, aktor, med_fase(selectors_tavler.koen(aktor), I_KOEN))
    _logg(request, "koen", tabell)
    if tabell.eksport:
        return tabell.eksport
    klare = tell(tabeller.etter_alder(selectors_tavler.koens_saker(aktor).filter(er_klar(i_dag()))), "alder")
    mine = selectors_tavler.mine(aktor)
    innhold = {
        "tabell": tabell,
        "mine": mine,
        "venter": [
            {"navn": navn, "adresse": f"?alder={kode}#koen", "sum": klare.get(kode, TOMT)} for kode, navn, _fra, _til in tabeller.ALDRE
        ],
        "klare": sum(s.husholdninger for s in klare.values()),
        "personer": sum(s.personer for s in klare.values()),
        "over": sum(s.over for s in klare.values()),
        "svar": hvem_maa_svare(aktor) if kan(aktor, "oppgave.hos_andre") else None,
        "opptil": f":{OPPTIL}",
        "ledig": _ledig(aktor) if kan(aktor, "vedtak.svar") else None,
        "kan_oversikt": kan(aktor, "person.koeoversikt"),
    }  # fmt: skip
    return render(request, "tavle/koen.html", innhold)


def _ledig(aktor: Aktor) -> dict[str, Any]:
    alle = plasser(aktor)
    kjente = [rad for rad in alle if rad.ledig is not None]
    return {
        "rader": kjente[:OPPTIL],
        "vedtatt": sum(rad.vedtatt for rad in alle) if alle else None,
        "sum": sum(rad.ledig or 0 for rad in kjente) if kjente else None,
        "ukjente": len(alle) - len(kjente),
        "aar": i_dag().year,
    }


@krever("oppgave.hos_andre")
def maa_svare(request: Foresporsel) -> HttpResponse:
    """Everything others must do in the cases of the queue."""
    svar = hvem_maa_svare(request.aktor)
    tabell = tabeller.MAA_SVARE.bygg(request, svar.rader)
    _logg(request, "svar", tabell)
    return tabell.eksport or render(
        request,
        "tavle/maa_svare.html",
        {"tabell": tabell, "svar": svar, "smuler": _smuler(_("Hvem må svare"))},
    )


@krever("person.koe")
def ledig(request: Foresporsel) -> HttpResponse:
    """Places by municipality: figures that are public, so nothing is logged."""
    tabell = tabeller.LEDIG.bygg(request, plasser(request.aktor))
    return tabell.eksport or render(
        request,
        "tavle/ledig.html",
        {"tabell": tabell, "aar": i_dag().year, "smuler": _smuler(_("Hva er ledig"))},
    )


@dataclass(frozen=True)
class Saksbehandler:
    """Somebody with reserved cases, and the oldest of them."""

    uuid: str
    hvem: str
    adresse: str
    saker: int
    over: int
    eldst: date | None
    neste: date


@krever("person.koeoversikt")
def oversikt(request: Foresporsel) -> HttpResponse:
    """The leader's board: how many wait in each phase, who is over the target, and what each caseworker has taken."""
    aktor = request.aktor
    liste = reverse("tavle:koen")
    rader = med_fase(selectors_tavler.koen(aktor), I_KOEN)
    summer = tell(med_fase(selectors_tavler.koens_saker(aktor), I_KOEN), "fase")
    faser = tabeller.FASETABELL.bygg(request, _faserader(I_KOEN, summer, liste))
    hos = tabeller.HOS_HVEM.bygg(request, _saksbehandlere(aktor, liste))
    eldst = tabeller.koen(
        request, aktor, rader.filter(er_klar(i_dag())), kode="eldst", prefiks="e-", sidestorrelse=10, filter=None, filtrer=None, lagrede_visninger=False,
    )  # fmt: skip
    _logg(request, "oversikt", eldst)
    over = sum(s.over for s in summer.values())
    innhold = {"faser": faser, "hos": hos, "eldst": eldst, "over": over, "klare": summer.get("klar", TOMT),
               "adresse_over": f"{liste}?fase=klar&alder=over", "smuler": _smuler(_("Oversikt"))}  # fmt: skip
    return faser.eksport or hos.eksport or eldst.eksport or render(request, "tavle/oversikt.html", innhold)


def _saksbehandlere(aktor: Aktor, liste: str) -> list[Saksbehandler]:
    per: dict[int, list[Any]] = {}
    for h, r in selectors_tavler.hos_hvem(aktor):
        per.setdefault(r.bruker_id, []).append((h, r))
    dag = i_dag()
    return [
        Saksbehandler(
            str(r.bruker.uuid), r.bruker.navn, f"{liste}?fase=alle&hos={r.bruker.uuid}", len(rader),
            sum(h.maal is not None and h.maal < dag for h, _r in rader),
            min((h.klar_fra for h, _r in rader if h.klar_fra), default=None), min(ett.siste_dag for _h, ett in rader),
        )
        for rader in per.values()
        for r in [rader[0][1]]
    ]  # fmt: skip


def _smuler(her: str) -> list[tuple[str, str]]:
    return [(_("Køen"), reverse("tavle:koen")), (her, "")]
