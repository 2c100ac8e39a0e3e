"""The council's paper on screen, as PDF and as a Word file. Published figures lie above `vedtak`, so they are added here."""

from decimal import Decimal
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse

from bosett.anmodning import selectors as anmodning
from bosett.anmodning.models import Anmodningstall, Kostnadsrapport
from bosett.dokument import papirdocx, papirsats
from bosett.dokument.brev import Maalform
from bosett.dokument.jsonform import til_data
from bosett.dokument.maler.anmodningsbrev import Kostnadsrapport as Rapportfakta
from bosett.dokument.papir import Papir, Tabell
from bosett.geografi import selectors as geografi
from bosett.grunn.klokke import OSLO, i_dag
from bosett.grunn.tallformat import tall as vis
from bosett.statistikk import selectors as statistikk
from bosett.statistikk.rules.serie import Punkt
from bosett.tilgang.policy import kan
from bosett.vedtak import saksframlegg as saker
from bosett.web import visning
from bosett.web.foresporsel import Foresporsel
from bosett.web.krav import krever
from bosett.web.statistikk.forklaring import virksomme

HISTORIE = 6
"""Years shown, the newest first: about one council term and a half."""


@krever("anmodning.sendt")
def side(request: Foresporsel, anmodning_uuid: UUID) -> HttpResponse:
    """The whole paper on one page, in the municipality's language form."""
    tall = anmodning.en_sendt(request.aktor, anmodning_uuid)
    papir = _papir(request, tall)
    kapitler = [
        {"overskrift": k.overskrift, "blokker": [_til_skjerm(blokk) for blokk in k.blokker]}
        for k in papir.kapitler
    ]
    return render(
        request,
        "vedtak/saksframlegg.html",
        {
            "tall": tall,
            "papir": papir,
            "kapitler": kapitler,
            "for_imdi": not kan(request.aktor, "anmodning.egne", tall.anmodning.organisasjon),
        },
    )


@krever("anmodning.sendt")
def pdf(request: Foresporsel, anmodning_uuid: UUID) -> HttpResponse:
    papir = _papir(request, anmodning.en_sendt(request.aktor, anmodning_uuid))
    return _fil(papirsats.sett(papir), "application/pdf", papir, "pdf")


@krever("anmodning.sendt")
def docx(request: Foresporsel, anmodning_uuid: UUID) -> HttpResponse:
    papir = _papir(request, anmodning.en_sendt(request.aktor, anmodning_uuid))
    return _fil(papirdocx.skriv(papir), papirdocx.TYPE, papir, "docx")


def _fil(innhold: bytes, type_: str, papir: Papir, endelse: str) -> HttpResponse:
    navn = f"saksframlegg-{papir.dato:%Y-%m-%d}.{endelse}"
    return HttpResponse(
        innhold, content_type=type_, headers={"Content-Disposition": f'attachment; filename="{navn}"'}
    )


def _papir(request: Foresporsel, tall: Anmodningstall) -> Papir:
    form = Maalform.av(geografi.maalform(tall.anmodning.kommune_id).form)
    return saker.saksframlegg(_fakta(request, tall, form), form)


def _fakta(request: Foresporsel, tall: Anmodningstall, form: Maalform) -> saker.Saksfakta:
    denne, runde, rad = tall.anmodning, tall.anmodning.runde, tall.forklaring
    # The need itself is IMDi's; what the number was computed from goes with the request.
    regnet = tall.revisjon.kontroll
    for_ = anmodning.byttet(request.aktor, tall)["for_"]
    rapport = Kostnadsrapport.objects.filter(aar__lt=runde.aar).order_by("-aar").first()
    hvorfor = reverse("statistikk:hvorfor", args=[denne.nummer, runde.aar])
    return saker.Saksfakta(
        kommune=denne.organisasjon.navn,
        fylke=denne.fylke,
        aar=runde.aar,
        antall=tall.antall,
        em=tall.em,
        frist=runde.frist,
        sendt=denne.sendt.astimezone(OSLO).date() if denne.sendt else None,
        behov=int(regnet["behov"]),
        behov_em=int(regnet["em"]),
        forklaring=rad["forklaring"][form.value],
        ledd=tuple(
            saker.Ledd(
                b["navn"][form.value], b["merknad"][form.value], Decimal(b["vist"]), Decimal(b["sum_vist"])
            )
            for b in virksomme(rad["bidrag"])
        ),
        rang=int(rad["rang_i_fylket"]),
        av=int(rad["kommuner_i_fylket"]),
        neste_plass=rad["endring"]["neste_plass"],
        hvorfor=request.build_absolute_uri(hvorfor),
        historie=_historie(denne.nummer, runde.aar, form),
        rapport=Rapportfakta(rapport.aar, rapport.tittel, rapport.dekning_prosent) if rapport else None,
        dato=i_dag(),
        forrige=saker.Forrige(for_.antall, for_.anmodning.sendt.astimezone(OSLO).date())
        if for_ is not None and for_.anmodning.sendt
        else None,
        demo=tall.revisjon.demo,
    )


def _historie(nummer: str, for_aar: int, form: Maalform) -> tuple[saker.Aarsrad, ...]:
    """The published years before this one, newest first: the figures the open page of the municipality shows."""
    kort, _ = statistikk.kommune_med_nummer(nummer)
    if kort is None:
        return ()
    serie = statistikk.kommuneside(kort).serie
    ord_ = saker.tekster(form)["historie"]["tilstand"]
    aar = sorted({aar for aar, _maal in serie if aar < for_aar}, reverse=True)[:HISTORIE]
    return tuple(
        saker.Aarsrad(a, *(_punkt(serie.get((a, maal)), ord_) for maal in ("anmodning", "vedtak", "bosatt")))
        for a in aar
    )


def _punkt(punkt: Punkt | None, ord_: dict[str, str]) -> str:
    if punkt is None:
        return visning.UKJENT
    if punkt.verdi is None:
        return ord_.get(str(punkt.tilstand), visning.UKJENT)
    forord = [ord_[navn] for navn, gjelder in (("anslag", punkt.anslag), ("minst", punkt.minst)) if gjelder]
    return " ".join([*forord, vis(punkt.verdi)])


def _til_skjerm(blokk: Any) -> dict[str, Any]:
    """A block as the template reads it. A cell knows its column: on a phone the column's name stands beside it."""
    data: dict[str, Any] = til_data(blokk)
    if isinstance(blokk, Tabell):
        hoyre = [i in blokk.tallkolonner for i in range(len(blokk.hode))]
        data["hode"] = list(zip(blokk.hode, hoyre, strict=True))
        data["rader"] = [list(zip(blokk.hode, rad, hoyre, strict=True)) for rad in blokk.rader]
    return data
