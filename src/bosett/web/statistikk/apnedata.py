"""Open data: data sets at stable addresses in CSV, XLSX and JSON. Column names never change with the language of the screen."""

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.core.cache import cache
from django.http import Http404, HttpRequest, HttpResponse, QueryDict
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bosett.statistikk import selectors
from bosett.statistikk.rules.maal import MAAL
from bosett.statistikk.selectors import Maalsum
from bosett.web import publisert as versjoner
from bosett.web.krav import publisert
from bosett.web.statistikk.views import les_utgave
from bosett.web.tabell import Kolonne, Tabell

FORMER = ("csv", "xlsx", "json")


@dataclass(frozen=True)
class Sett:
    """A data set. `kolonner`: (name, what it is)."""

    navn: str
    tittel: Any
    om: Any
    kolonner: Sequence[tuple[str, Any]]


def _k(kode: str, felt: Any) -> Kolonne:
    return Kolonne(kode, kode, felt=felt, bare_eksport=True)


def _kommunekolonner(rader: Sequence[Any]) -> list[Kolonne]:
    brukt = {kode for _aar, rad in rader for kode in rad.celler}
    faste = [
        _k("aar", lambda p: p[0]), _k("kommunenummer", lambda p: p[1].nummer), _k("kommune", lambda p: p[1].navn),
        _k("fylkesnummer", lambda p: p[1].fylkenr), _k("fylke", lambda p: p[1].fylke),
    ]  # fmt: skip
    for maal in MAAL.values():
        if maal.kode in brukt:
            faste.append(_k(maal.kolonne, lambda p, kode=maal.kode: p[1].verdi(kode)))
            faste.append(
                _k(f"{maal.kolonne}_tilstand", lambda p, kode=maal.kode: str(p[1].celle(kode).tilstand))
            )
    if any(rad.vedtatt for _aar, rad in rader):
        faste += [
            _k("vedtaksdato", lambda p: p[1].vedtatt.dag if p[1].vedtatt else None),
            _k("etter_fristen", lambda p: p[1].vedtatt.etter_frist if p[1].vedtatt else None),
        ]
    return faste


def _tall_for(aar: int, utgave: int | None) -> tuple[list[Kolonne], list[Any]]:
    rader = [(aar, rad) for rad in selectors.rader(aar=aar, utgave=utgave)]
    return _kommunekolonner(rader), rader


def _alle_aar(utgave: int | None) -> tuple[list[Kolonne], list[Any]]:
    rader = [
        (aar, rad)
        for aar in reversed(selectors.aar_med_tall())
        for rad in selectors.rader(aar=aar, utgave=utgave)
    ]
    return _kommunekolonner(rader), rader


_SUMKOLONNER: tuple[tuple[str, Any, Callable[[Maalsum], Any]], ...] = (
    ("aar", _("Året tallet gjelder"), lambda m: m.aar),
    ("fylkesnummer", _("Tomt for hele landet"), lambda m: m.fylkenr),
    ("fylke", _("Fylket i det året"), lambda m: m.fylke),
    ("maal", _("Hva som er talt"), lambda m: MAAL[m.maal].kolonne),
    ("sum", _("Summen vi viser"), lambda m: m.sum.verdi),
    ("minst", _("Ja når skjulte tall mangler i summen"), lambda m: m.sum.minst),
    ("vaar_sum", _("Summen av tallene som er synlige i kilden"), lambda m: m.vaar),
    ("trykt_sum", _("Summen kilden selv har trykt"), lambda m: m.trykt),
    ("kontroll", _("Hvordan den trykte summen stemmer med vår"), lambda m: str(m.kontroll)),
    ("skjulte", _("Tall som er skjult i kilden"), lambda m: m.sum.skjulte),
    ("mangler", _("Kommuner uten tall i kilden"), lambda m: m.sum.mangler),
    ("prikket", _("Tall fra 1 til 4 som vi har skjult"), lambda m: m.prikket),
    ("tall_per", _("Dagen tallet beskriver"), lambda m: m.referansedato),
    ("kvalitet", _("Endelig eller foreløpig"), lambda m: m.kvalitet),
    ("utgave", _("Nummeret på publiseringen"), lambda m: m.utgave),
)

_FORKLARINGSKOLONNER: tuple[tuple[str, Any, str], ...] = (
    ("ledd", _("Leddet i beregningen"), "id"),
    ("navn", _("Navnet på leddet"), "navn"),
    ("bidrag", _("Personer, én desimal; summen er tallet"), "vist"),
    ("bidrag_noyaktig", _("Personer, seks desimaler"), "verdi"),
    ("sum_saa_langt", _("Summen til og med leddet"), "sum_vist"),
)


def _forklaring(nummer: str, aar: int, utgave: int | None) -> tuple[list[Kolonne], list[Any]]:
    funnet = selectors.forklaring(nummer=nummer, aar=aar, utgave=utgave)
    if funnet is None:
        raise Http404("forklaring")
    tallfelt = ("vist", "verdi", "sum_vist")
    rader = [
        b | {"navn": b["navn"]["nb"]} | {felt: Decimal(b[felt]) for felt in tallfelt}
        for b in funnet[0]["bidrag"]
    ]
    return [_k(kode, lambda b, felt=felt: b[felt]) for kode, _om, felt in _FORKLARINGSKOLONNER], rader


def _finn(sett: str, utgave: int | None) -> tuple[list[Kolonne], list[Any]]:
    """Columns and rows of a data set by its name."""
    if sett == "tall-alle-aar":
        return _alle_aar(utgave)
    if sett == "summer":
        rader = selectors.maalsummer(utgave=utgave)
        return [_k(kode, hent) for kode, _om, hent in _SUMKOLONNER], rader
    if treff := re.fullmatch(r"tall-(\d{4})", sett):
        aar = int(treff[1])
        kolonner, rader_ = _tall_for(aar, utgave)
        if not rader_:
            raise Http404(sett)
        return kolonner, rader_
    if treff := re.fullmatch(r"forklaring-(\d{4})-(\d{4})", sett):
        return _forklaring(treff[1], int(treff[2]), utgave)
    raise Http404(sett)


@publisert
def fil(request: HttpRequest, sett: str, form: str) -> HttpResponse:
    """One data set as a file. Made once per edition and kept, since the largest takes seconds to make."""
    if form not in FORMER:
        raise Http404(form)
    utgave = les_utgave(request)
    nokkel = f"data:{versjoner.versjon()}:{sett}:{form}:{utgave}"
    ferdig = cache.get(nokkel)
    if ferdig is None:
        kolonner, rader = _finn(sett, utgave)
        utgaver = selectors.utgaver({r.utgave for r in rader} if sett == "summer" else None)
        om = [
            (
                gettext("Kilder"),
                "; ".join(dict.fromkeys(u.kilde for u in utgaver if utgave is None or u.nr <= utgave)),
            )
        ]
        # The file holds all rows: nothing of the query but the format counts.
        sporring = QueryDict(mutable=True)
        sporring["format"] = form
        request.GET = sporring  # type: ignore[assignment]
        svar = Tabell(sett, sett, kolonner, om=om, filnavn=sett, nokkel=id).bygg(request, rader).eksport
        assert svar is not None
        ferdig = (svar.content, dict(svar.headers))
        cache.set(nokkel, ferdig, 3600)
    svar = HttpResponse(ferdig[0], headers=ferdig[1] | {"Access-Control-Allow-Origin": "*"})
    svar.headers["Content-Disposition"] = (
        f'{"inline" if form == "json" else "attachment"}; filename="{sett}.{form}"'
    )
    return svar


@publisert
def oversikt(request: HttpRequest) -> HttpResponse:
    """The data sets, their columns, addresses, dates and licences."""
    alle_aar = selectors.aar_med_tall()
    siste = alle_aar[0] if alle_aar else None
    faste = [("aar", _("Året tallet gjelder")), ("kommunenummer", _("Nummeret kommunen hadde det året")), ("kommune", _("Navnet")),
             ("fylkesnummer", _("Fylket det året")), ("fylke", _("Navnet på fylket"))]  # fmt: skip
    maal = [(m.kolonne, gettext(m.forklaring)) for m in MAAL.values()]
    tilstand = [
        (
            "…_tilstand",
            _(
                "Hvorfor det er et tall, eller ikke: tall, skjult, mangler, ikke_aktuelt, ikke_anmodet, avventer"
            ),
        )
    ]
    dager = [
        ("vedtaksdato", _("Dagen organet gjorde vedtaket, når svaret er gitt i Bosett")),
        ("etter_fristen", _("Ja når svaret kom etter fristen")),
    ]
    sett = [
        Sett("tall-alle-aar", _("Alle kommuner, alle år"), _("En rad per kommune og år, i det årets kommuneinndeling."),
             [*faste, *maal, *tilstand, *dager]),
        *([Sett(f"tall-{siste}", _("Kommunene i %(aar)s") % {"aar": siste}, _("Samme kolonner, ett år. Bytt årstallet i adressen."), [])]
          if siste else []),
        Sett("summer", _("Summer for landet og fylkene"), _("Med kildens egen trykte sum, og hvordan den stemmer med vår."),
             [(kode, om) for kode, om, _hent in _SUMKOLONNER]),
    ]  # fmt: skip
    forklart = selectors.forklarte_aar()
    if forklart:
        sett.append(
            Sett(f"forklaring-0301-{forklart[0]}", _("Ett tall forklart"),
                 _("Leddene i beregningen for én kommune. Bytt kommunenummer og årstall i adressen."),
                 [(kode, om) for kode, om, _felt in _FORKLARINGSKOLONNER])
        )  # fmt: skip
    utgaver = selectors.utgaver()
    return render(
        request,
        "statistikk/data.html",
        {
            "sett": [(s, [(f.upper() if f != "xlsx" else "Excel", reverse("statistikk:datafil", args=[s.navn, f])) for f in FORMER])
                     for s in sett],
            "oppdiktet": selectors.demo_i_bruk(),
            "utgaver": [u for u in utgaver if not u.erstattet_av],
            "eldre": [u for u in utgaver if u.erstattet_av],  # a year's answers alone may be hundreds
        },
    )  # fmt: skip
