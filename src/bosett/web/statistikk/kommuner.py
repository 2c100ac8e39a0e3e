"""One municipality through thirty years, one county, and why a number is what it is."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse, HttpResponsePermanentRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bosett.geografi.selectors import finn_kommune
from bosett.kilder.tall import Tilstand
from bosett.statistikk import forlop as lesing
from bosett.statistikk import selectors
from bosett.statistikk.rules.serie import Punkt
from bosett.statistikk.rules.utvalg import Rad
from bosett.web import diagram, visning
from bosett.web.krav import publisert
from bosett.web.statistikk import forklaring as forklaringer
from bosett.web.statistikk import kommunesvar
from bosett.web.statistikk import oversikt as bygg
from bosett.web.statistikk.celler import tallcelle
from bosett.web.statistikk.tabeller import em_tekst, kommuneadresse, kommuneliste, kommunetabell
from bosett.web.statistikk.views import les_utgave
from bosett.web.tabell import Kolonne, Tabell


@dataclass(frozen=True)
class Serierad:
    """One year of a municipality, made of what it was then."""

    aar: int
    punkter: dict[str, Punkt]

    def punkt(self, maal: str) -> Punkt | None:
        return self.punkter.get(maal)

    def verdi(self, maal: str) -> int | None:
        punkt = self.punkter.get(maal)
        return punkt.verdi if punkt else None

    @property
    def em(self) -> str:
        """Unaccompanied minors within the request, when there are any."""
        return em_tekst(self.punkter.get("anmodning_em"))

    @property
    def merknad(self) -> str:
        """What the year's figures are made of, when that is not the municipality itself."""
        deler = {d.nummer: d for p in self.punkter.values() for d in p.deler}
        anslag = any(p.anslag for p in self.punkter.values())
        if anslag:
            navn = ", ".join(
                f"{d.navn} {visning.prosent(100 * d.andel.vekt, 0)}"
                for d in deler.values()
                if d.andel.vekt is not None
            )
            return gettext("Anslag: andel av %(navn)s") % {"navn": navn}
        if len(deler) > 1:
            return gettext("Sum av %(navn)s") % {
                "navn": " og ".join(_liste([d.navn for d in deler.values()]))
            }
        return ""


def _liste(navn: Sequence[str]) -> list[str]:
    """«A, B» and «C», for «A, B og C»."""
    unike = list(dict.fromkeys(navn))
    return [", ".join(unike[:-1]), unike[-1]] if len(unike) > 1 else unike


def _serie(kode: str, overskrift: Any, maal: str, **mer: Any) -> Kolonne:
    return Kolonne(
        kode, overskrift, felt=lambda r: r.punkt(maal), sorter=lambda r: r.verdi(maal), eksport=lambda r: r.verdi(maal),
        format=tallcelle, justering="slutt", synkende_forst=True, enhet=_("personer"), **mer,
    )  # fmt: skip


def _tilstand(maal: str) -> Kolonne:
    def ord_(rad: Serierad) -> str:
        punkt = rad.punkt(maal)
        if punkt is None:
            return ""
        return "minst" if punkt.minst else "anslag" if punkt.anslag else str(punkt.tilstand)

    return Kolonne(f"{maal}_tilstand", f"{maal}_tilstand", felt=ord_, bare_eksport=True)


_SERIEKOLONNER = (
    Kolonne(
        "aar", _("År"), lenke=lambda r: reverse("statistikk:tall-aar", args=[r.aar]), synkende_forst=True
    ),
    _serie("anmodet", _("Anmodet"), "anmodning", undertekst=lambda r: r.em),
    _serie("vedtatt", _("Vedtatt"), "vedtak"),
    _serie("bosatt", _("Bosatt"), "bosatt"),
    Kolonne("merknad", _("Merknad"), sorter=False, svak=True, format=lambda verdi, _rad: verdi),
    _serie("anmodet_em", _("Herav enslige mindreårige"), "anmodning_em", bare_eksport=True),
    _serie("opprinnelig_anmodet", _("Opprinnelig anmodet"), "opprinnelig_anmodning", bare_eksport=True),
    *(_tilstand(maal) for maal in ("anmodning", "vedtak", "bosatt")),
)


def _rader(side: selectors.Kommuneside) -> list[Serierad]:
    aar: dict[int, dict[str, Punkt]] = {}
    for (a, maal), punkt in side.serie.items():
        aar.setdefault(a, {})[maal] = punkt
    return [Serierad(a, punkter) for a, punkter in sorted(aar.items(), reverse=True)]


def _setning(navn: str, rad: Serierad) -> str:
    """The newest year, answer first."""
    anmodet, vedtatt, bosatt = (rad.punkt(maal) for maal in ("anmodning", "vedtak", "bosatt"))
    if anmodet is None or anmodet.verdi is None:
        return gettext("Vi har ikke tall for %(navn)s i %(aar)s.") % {"navn": navn, "aar": rad.aar}
    if not anmodet.verdi:
        return gettext("%(navn)s er ikke bedt om å bosette flyktninger i %(aar)s.") % {
            "navn": navn,
            "aar": rad.aar,
        }
    deler = [
        gettext("%(navn)s er bedt om å bosette %(tall)s flyktninger i %(aar)s.")
        % {"navn": navn, "tall": tallcelle(anmodet), "aar": rad.aar}
    ]
    if rad.em:
        deler[0] = f"{deler[0].removesuffix('.')}, {rad.em}."
    if vedtatt is None or vedtatt.tilstand is Tilstand.AVVENTER:
        deler.append(gettext("Kommunen har ikke svart ennå."))
    elif vedtatt.verdi == 0 and not vedtatt.minst:
        deler.append(gettext("Kommunen har sagt nei."))
    elif vedtatt.verdi is not None:
        deler.append(gettext("Kommunen har sagt ja til %(tall)s.") % {"tall": tallcelle(vedtatt)})
    if bosatt is not None and bosatt.verdi is not None:
        deler.append(gettext("Så langt er %(tall)s bosatt.") % {"tall": tallcelle(bosatt)})
    return " ".join(deler)


def _hendelse(h: selectors.Hendelse) -> str:
    fra, til = f"{h.fra_nummer} {h.fra_navn}", f"{h.til_nummer} {h.til_navn}"
    mal = {
        "sammenslaing": gettext("%(fra)s ble en del av %(til)s"),
        "deling": gettext("En del av %(fra)s gikk til %(til)s"),
        "grensejustering": gettext("Grensen mellom %(fra)s og %(til)s ble justert"),
        "nummerbytte": gettext("%(fra)s fikk nytt nummer: %(til)s"),
        "navnebytte": gettext("%(fra)s fikk nytt navn: %(til)s"),
    }[h.slag]
    return mal % {"fra": fra, "til": til}


def _blitt(versjon: Any) -> tuple[str, str]:
    return versjon.navn, kommuneadresse(versjon.nummer, versjon.navn)


@publisert
def kommuner(request: HttpRequest) -> HttpResponse:
    """All municipalities of today. A search for an old name or number finds its successors too."""
    kort = selectors.kommunekort()
    alle_aar = selectors.aar_med_tall()
    siste = alle_aar[0] if alle_aar else None
    rader = selectors.rader(aar=siste) if siste else []
    tabell = kommuneliste(kort, {rad.nummer: rad for rad in rader}, siste).bygg(request, kort)
    if tabell.eksport:
        return tabell.eksport
    gamle = [
        {
            "nummer": t.truffet.nummer,
            "navn": t.truffet.navn,
            "blitt": [_blitt(e.versjon) for e in t.etterfolgere] or [_blitt(t.dagens)],
        }
        for t in (finn_kommune(tabell.soketekst) if tabell.soketekst else [])[:10]
        if t.gammelt and (t.etterfolgere or t.dagens)
    ]
    return render(
        request,
        "statistikk/kommuner.html",
        {"tabell": tabell, "antall": len(kort), "gamle": gamle, "oppdiktet": selectors.demo_i_bruk()},
    )


@publisert
def kommune(request: HttpRequest, adresse: str) -> HttpResponse:
    """`/kommuner/5006-steinkjer/`. The number decides; a wrong name is led to the right one, an old number to its successors."""
    nummer = adresse.split("-", 1)[0]
    kort, etterfolgere = selectors.kommune_med_nummer(nummer)
    if kort is None:
        if not etterfolgere:
            raise Http404("kommune")
        navn = selectors.navn_paa_nummer(nummer)
        kontekst = {
            "nummer": nummer,
            "navn": navn,
            "etterfolgere": [(k, kommuneadresse(k.nummer, k.navn)) for k in etterfolgere],
        }
        return render(request, "statistikk/gammelt_nummer.html", kontekst)
    riktig = kommuneadresse(kort.nummer, kort.navn)
    if request.path != riktig:
        sporring = request.META.get("QUERY_STRING", "")
        return HttpResponsePermanentRedirect(riktig + (f"?{sporring}" if sporring else ""))
    side = selectors.kommuneside(kort)
    rader = _rader(side)
    tabell = Tabell(
        "serie", _("%(navn)s år for år") % {"navn": kort.navn}, _SERIEKOLONNER, sortering="-aar", nokkel=lambda r: r.aar,
        tom=_("Det er ikke publisert tall for kommunen ennå."), filnavn=f"bosetting-{kort.nummer}",
        fotnote=_("«Minst»: et av tallene som er lagt sammen, er skjult eller mangler. «Ca.»: anslag etter en delt kommune."),
        om=[(_("Kommune"), f"{kort.nummer} {kort.navn}"), (_("Metode"), _("Tall fra kommuner som er slått sammen, er lagt sammen."))],
    ).bygg(request, rader)  # fmt: skip
    forlop = [(aaret, kommunesvar.linjer(aaret)) for aaret in lesing.forlop(kort.kommune)]
    naboer = kommunesvar.sammenligning(request, kort, forlop[0][0].aar if forlop else None)
    fil = tabell.eksport or (naboer.tabell.eksport if naboer else None)
    if fil:
        return fil
    return render(
        request,
        "statistikk/kommune.html",
        {
            "forlop": forlop,
            "naboer": naboer,
            "kort": kort,
            "oppdiktet": selectors.demo_i_bruk(),
            "rader": rader,
            "setning": _setning(kort.navn, rader[0]) if rader else gettext("Det er ikke publisert tall for kommunen ennå."),
            "stolper": [diagram.Aar(r.aar, r.verdi("bosatt"), r.verdi("anmodning")) for r in reversed(rader)],
            "tabell": tabell,
            "forste_aar": rader[-1].aar if rader else None,
            "forklart": side.forklart,
            "hendelser": [{"dato": h.dato, "tekst": _hendelse(h)} for h in side.hendelser],
            "kanonisk": riktig,
            "smuler": [(gettext("Kommuner"), reverse("statistikk:kommuner")),
                       (kort.fylke, reverse("statistikk:fylke", args=[kort.fylkenr])), (kort.navn, "")],
        },
    )  # fmt: skip


@publisert
def hvorfor(request: HttpRequest, nummer: str, aar: int) -> HttpResponse:
    """«Why is X asked to settle N?», as it was when the letters went out."""
    funnet = selectors.forklaring(nummer=nummer, aar=aar, utgave=les_utgave(request))
    if funnet is None:
        raise Http404("forklaring")
    innhold, utgave, felles = funnet
    f = forklaringer.bygg(innhold, felles["runde"])
    adresse = reverse("statistikk:hvorfor", args=[nummer, aar])
    return render(
        request,
        "statistikk/hvorfor.html",
        {
            "f": f,
            "aar": aar,
            "utgave": utgave,
            "oppdiktet": utgave.demo,
            "naa": naa if (naa := selectors.gjeldende_tall(nummer=nummer, aar=aar)) != f.antall else None,
            "revisjon": felles.get("revisjon"),
            "beregnet_dag": date.fromisoformat(felles["beregnet"][:10]),
            "kommuneadresse": kommuneadresse(nummer, f.navn),
            "fast": f"{adresse}?utgave={utgave.nr}",
            "datafiler": [
                (navn, reverse("statistikk:datafil", args=[f"forklaring-{nummer}-{aar}", form]))
                for navn, form in (("CSV", "csv"), ("Excel", "xlsx"))
            ],
            "smuler": [
                (gettext("Kommuner"), reverse("statistikk:kommuner")),
                (f.fylke, reverse("statistikk:fylke", args=[nummer[:2]])),
                (f.navn, kommuneadresse(nummer, f.navn)),
                (gettext("Hvorfor dette tallet?"), ""),
            ],
        },
    )


@publisert
def fylke(request: HttpRequest, fylkenr: str) -> HttpResponse:
    """A county in one year, with its municipalities, and its own history under this number."""
    historikk = bygg.historikk(selectors.maalsummer(fylkenr=fylkenr, maal=("anmodning", "vedtak", "bosatt")))
    if not fylkenr or not historikk:
        raise Http404("fylke")
    onsket = request.GET.get("aar", "")
    aar = int(onsket) if onsket.isascii() and onsket.isdigit() and len(onsket) == 4 else historikk[-1].aar
    if aar not in {rad.aar for rad in historikk}:
        raise Http404("aar")
    utgave = les_utgave(request)
    rader: list[Rad] = selectors.rader(aar=aar, fylkenr=fylkenr, utgave=utgave)
    o = selectors.oversikt(aar=aar, utgave=utgave, rader=rader)
    navn = next(iter(o.fylker.get(fylkenr, {}).values())).fylke
    om = bygg.om_tallene(o)
    fast = f"{reverse('statistikk:fylke', args=[fylkenr])}?aar={aar}" + (
        f"&utgave={om.nyeste.nr}" if om.nyeste and not utgave else ""
    )
    tabell = kommunetabell(request, rader, o, fast=fast, om=om.par(), fylkenr=fylkenr)
    if tabell.eksport:
        return tabell.eksport
    return render(
        request,
        "statistikk/fylke.html",
        {
            "navn": navn,
            "fylkenr": fylkenr,
            "aar": aar,
            "aarsvalg": [rad.aar for rad in reversed(historikk)],
            "setning": bygg.fylkessetning(navn, o, o.fylker[fylkenr]),
            "historikk": historikk,
            "stolper": bygg.stolper(historikk),
            "tabell": tabell,
            "om": om,
            "oppdiktet": om.demo,
            "smuler": [(gettext("Tall"), reverse("statistikk:tall")), (navn, "")],
        },
    )
