"""«Hvordan går det med bosetting?»: requested, decided, allocated and settled, for the country, its counties and municipalities."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bosett.statistikk import forlop as lesing
from bosett.statistikk import selectors
from bosett.statistikk.rules.summer import Sum
from bosett.statistikk.selectors import Maalsum, Oversikt
from bosett.web.krav import publisert
from bosett.web.statistikk import oversikt as bygg
from bosett.web.statistikk.celler import tallcelle
from bosett.web.statistikk.tabeller import (
    FRAMDRIFTSKOLONNER,
    FastBundetTabell,
    kommunetabell,
    pluss,
    sum_av,
)
from bosett.web.statistikk.views import aarsvalg, les_utgave
from bosett.web.tabell import Kolonne, Tabell


@dataclass(frozen=True)
class Steg:
    """The four steps of a country or a county; None is not known."""

    anmodet: Sum | None
    vedtatt: Sum | None
    tildelt: Sum | None
    bosatt: Sum | None

    @property
    def andel(self) -> float | None:
        bosatt, vedtatt = self.bosatt, self.vedtatt
        if bosatt is None or vedtatt is None or bosatt.verdi is None or not vedtatt.verdi:
            return None
        return 100 * bosatt.verdi / vedtatt.verdi


@dataclass(frozen=True)
class Fylkesrad:
    nr: str
    navn: str
    steg: Steg


def _steg(summer: Mapping[str, Sum]) -> Steg:
    bosatt = summer.get("bosatt")
    return Steg(summer.get("anmodning"), summer.get("vedtak"), pluss(bosatt, summer.get("avtalt")), bosatt)


def _summene(maalsummer: Mapping[str, Maalsum]) -> dict[str, Sum]:
    return {maal: sum_ for maal in maalsummer if (sum_ := sum_av(maalsummer, maal)) is not None}


def _tall(kode: str, tittel: Any) -> Kolonne:
    def verdi(rad: Fylkesrad) -> int | None:
        sum_ = getattr(rad.steg, kode)
        return sum_.verdi if sum_ else None

    return Kolonne(
        kode, tittel, felt=f"steg.{kode}", sorter=verdi, eksport=verdi, format=tallcelle, justering="slutt", synkende_forst=True, sum=True,
        enhet=_("personer"),
    )  # fmt: skip


def _fylkestabell(request: HttpRequest, o: Oversikt, *, fast: str, om: Any) -> FastBundetTabell:
    """The counties of the year; the sum row is the country's own total, never the sum of what is visible."""
    rader = [
        Fylkesrad(nr, next(iter(summer.values())).fylke, _steg(_summene(summer)))
        for nr, summer in sorted(o.fylker.items())
    ]
    definisjon = Tabell(
        "fylker",
        _("Fylkene i %(aar)s") % {"aar": o.aar},
        (
            Kolonne("fylke", _("Fylke"), felt="navn", lenke=lambda f: f"{reverse('statistikk:fylke', args=[f.nr])}?aar={o.aar}"),
            _tall("anmodet", _("Anmodet")), _tall("vedtatt", _("Vedtatt")), _tall("tildelt", _("Tildelt")), _tall("bosatt", _("Bosatt")),
            Kolonne("bosatt_av_vedtatt", _("Bosatt av vedtatt"), felt="steg.andel", format="prosentstolpe", sum=lambda _sum: None,
                    synkende_forst=True, enhet=_("prosent")),
            Kolonne("fylkesnummer", _("Fylkesnummer"), felt="nr", bare_eksport=True),
        ),
        sortering="fylke", nokkel=lambda f: f.nr, prefiks="fylker-", sumtekst=lambda _n: gettext("Landet"), om=om,
        filnavn=f"bosetting-fylker-{o.aar}",
    )  # fmt: skip
    tabell = FastBundetTabell(definisjon, request, rader)
    tabell.fast = fast
    landet = _steg(_summene(o.summer))
    tabell.summer = {felt: getattr(landet, felt) for felt in ("anmodet", "vedtatt", "tildelt", "bosatt")} | {
        "bosatt_av_vedtatt": landet.andel
    }
    return tabell


def _siste_med_bosatte(alle_aar: Sequence[int]) -> int:
    """The newest year in which somebody is known to be settled; without any, the newest year."""
    kjente = [m.aar for m in selectors.maalsummer(fylkenr="", maal=("bosatt",)) if m.sum.kjent]
    return max(kjente, default=alle_aar[0])


@publisert
def bosetting(request: HttpRequest, aar: int | None = None) -> HttpResponse:
    """The year's four steps, for everybody. What is not known yet is said, never shown as zero."""
    alle_aar = selectors.aar_med_tall()
    if not alle_aar:
        return render(request, "statistikk/tomt.html", {"forside": True})
    valgt = _siste_med_bosatte(alle_aar) if aar is None else aar
    if valgt not in alle_aar:
        raise Http404("aar")
    utgave = les_utgave(request)
    rader = selectors.rader(aar=valgt, utgave=utgave)
    o = selectors.oversikt(aar=valgt, utgave=utgave, rader=rader)
    if not o.summer:
        raise Http404("utgave")
    om = bygg.om_tallene(o)
    adresse = reverse("statistikk:bosetting-aar", args=[valgt])
    fast = adresse + (f"?utgave={om.nyeste.nr}" if om.nyeste and not utgave else "")
    fylkestabell = _fylkestabell(request, o, fast=fast, om=om.par())
    tabell = kommunetabell(
        request, rader, o, fast=fast, om=om.par(), kolonner=FRAMDRIFTSKOLONNER, filnavn="bosetting"
    )
    fil = tabell.eksport or fylkestabell.eksport
    if fil:
        return fil
    forlop = [(dag, _steg(summer)) for dag, summer in lesing.gjennom_aaret(valgt, utgave)]
    return render(
        request,
        "statistikk/bosetting.html",
        {
            "aar": valgt,
            "aarsvalg": aarsvalg(alle_aar, valgt),
            "setning": bygg.framdriftssetning(o),
            "trinn": bygg.firetrinn(o),
            "forlop": forlop if len(forlop) > 1 else [],
            "fylkestabell": fylkestabell,
            "tabell": tabell,
            "om": om,
            "oppdiktet": om.demo,
            "utgave": utgave,
            "fast": fast,
            "kanonisk": adresse,
        },
    )
