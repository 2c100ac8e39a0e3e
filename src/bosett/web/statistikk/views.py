"""The public front page, the figures of a year, and how they are counted."""

from collections.abc import Sequence

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext

from bosett.statistikk import runder, selectors
from bosett.web.krav import publisert
from bosett.web.statistikk import oversikt as bygg
from bosett.web.statistikk.tabeller import kommunetabell


@publisert
def forside(request: HttpRequest) -> HttpResponse:
    """The figures for those who are not signed in; the own home page for those who are."""
    if request.aktor.innlogget:  # type: ignore[attr-defined]
        return redirect("hjem")
    return _tall(request, None, forside=True)


@publisert
def tall(request: HttpRequest, aar: int | None = None) -> HttpResponse:
    return _tall(request, aar)


@publisert
def runde(request: HttpRequest, aar: int, nr: int) -> HttpResponse:
    """The page of one round, as it was when its letters had left; it stays when a later round of the year takes over."""
    utgave = dict(runder.runder(aar)).get(nr)
    if utgave is None:
        raise Http404("runde")
    return _tall(request, aar, nr=nr, utgave=utgave.nr)


def les_utgave(request: HttpRequest) -> int | None:
    """The edition a permanent link asks for; a number that never was gives 404."""
    onsket = request.GET.get("utgave", "")
    if not onsket:
        return None
    if not (onsket.isascii() and onsket.isdigit() and len(onsket) < 10) or not selectors.utgaver(
        [int(onsket)]
    ):
        raise Http404("utgave")
    return int(onsket)


def aarsvalg(alle_aar: Sequence[int], valgt: int) -> list[int]:
    """The newest years and those around the chosen one."""
    return [a for a in alle_aar if abs(a - valgt) <= 3 or a >= alle_aar[0] - 3][:8]


def _tall(
    request: HttpRequest, aar: int | None, *, forside: bool = False, nr: int = 0, utgave: int | None = None
) -> HttpResponse:
    """The figures of a year: as they stand, in an old edition, or (`nr`) in the edition of one round."""
    alle_aar = selectors.aar_med_tall()
    if not alle_aar:
        return render(request, "statistikk/tomt.html", {"forside": True})
    valgt = alle_aar[0] if aar is None else aar
    if valgt not in alle_aar:
        raise Http404("aar")
    utgave = utgave or les_utgave(request)
    rader = selectors.rader(aar=valgt, utgave=utgave)
    o = selectors.oversikt(aar=valgt, utgave=utgave, rader=rader)
    if not o.summer:
        raise Http404("utgave")
    om = bygg.om_tallene(o)
    fast = reverse(
        "statistikk:tall-runde" if nr else "statistikk:tall-aar", args=[valgt, nr] if nr else [valgt]
    )
    if om.nyeste and not utgave:
        fast += f"?utgave={om.nyeste.nr}"
    tabell = kommunetabell(request, rader, o, fast=fast, om=om.par())
    if tabell.eksport:
        return tabell.eksport
    fylker = {nr: summer["anmodning"].fylke for nr, summer in o.fylker.items() if "anmodning" in summer}
    historikk = bygg.historikk(
        selectors.maalsummer(fylkenr="", maal=("anmodning", "vedtak", "bosatt"), utgave=utgave)
    )
    svar, svarsum = bygg.svarrader(o)
    return render(
        request,
        "statistikk/tall.html",
        {
            "forside": forside or aar is None,
            "aar": valgt,
            "aarsvalg": aarsvalg(alle_aar, valgt),
            "forste_aar": alle_aar[-1],
            "setning": bygg.setning(o),
            "trinn": bygg.firetrinn(o),
            "fliser": bygg.fliser(o, fylker),
            "svar": svar,
            "svarsum": svarsum,
            "spurt": o.spurt,
            "oppdiktet": om.demo,
            "svardeling": [{"verdi": r.kommuner, "farge": r.farge} for r in svar],
            "historikk": historikk,
            "stolper": bygg.stolper(historikk),
            "om": om,
            "utgave": utgave,
            "fast": fast,
            "tabell": tabell,
            "kanonisk": fast if nr else reverse("statistikk:tall-aar", args=[valgt]),
            "runder": runder.runder(valgt),
            "nr": nr,
        },
    )


@publisert
def metode(request: HttpRequest) -> HttpResponse:
    """How the figures are counted, what is hidden, what is not known, and the check sums."""
    summer = [m for m in selectors.maalsummer() if m.trykt is not None]
    return render(
        request,
        "statistikk/metode.html",
        {
            "oppdiktet": selectors.demo_i_bruk(),
            "avvik": [m for m in summer if m.kontroll == "avvik"],
            "kontrollert": len(summer),
            "storre": sum(m.kontroll == "storre_skjulte" for m in summer),
            "utgaver": selectors.utgaver(),
            "smuler": [(gettext("Tall"), reverse("statistikk:tall")), (gettext("Slik beregner vi"), "")],
        },
    )
