"""The tables of the public pages, each from one column definition."""

from collections.abc import Callable, Iterable, Mapping, Sequence
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.text import slugify
from django.utils.translation import gettext, ngettext, npgettext
from django.utils.translation import gettext_lazy as _

from bosett.kilder.tall import Tilstand
from bosett.statistikk.rules.maal import MAAL
from bosett.statistikk.rules.summer import Sum, summer
from bosett.statistikk.rules.svar import Svar
from bosett.statistikk.rules.utvalg import Celle, Rad
from bosett.statistikk.selectors import Kommunekort, Maalsum, Oversikt
from bosett.web import visning
from bosett.web.statistikk.celler import SVAR, svarmerke, tallcelle
from bosett.web.tabell import Kolonne, Tabell
from bosett.web.tabellbundet import BundetTabell
from bosett.web.tabellverdier import norsk_nokkel

_MED_DAG = {"vedtaksdato", "etter_fristen"}
_SUMMERT = {"anmodet": "anmodning", "vedtatt": "vedtak", "bosatt": "bosatt"}


class FastBundetTabell(BundetTabell):
    """A table whose permanent link names the year and the edition, so that it shows the same figures for ever."""

    fast = ""

    @property
    def fast_lenke(self) -> str:
        return self.fast + super().fast_lenke.replace("?", "&" if "?" in self.fast else "?", 1).removesuffix(
            "&"
        ).removesuffix("?")


def kommuneadresse(nummer: str, navn: str = "") -> str:
    return reverse("statistikk:kommune", args=[f"{nummer}-{slugify(navn)}" if slugify(navn) else nummer])


def _tall(kode: str, overskrift: Any, maal: str, **mer: Any) -> Kolonne:
    def celle(rad: Rad) -> Any:
        return rad.celle(maal)

    def verdi(rad: Rad) -> int | None:
        return rad.verdi(maal)

    alt: dict[str, Any] = {
        "format": tallcelle,
        "justering": "slutt",
        "synkende_forst": True,
        "enhet": _("personer"),
    } | mer
    return Kolonne(kode, overskrift, felt=celle, sorter=verdi, eksport=verdi, **alt)


def _tilstand(maal: str) -> Callable[[Rad], str]:
    return lambda rad: str(rad.celle(maal).tilstand)


def _opprinnelig(rad: Rad) -> str:
    """What was asked before it was changed during the year."""
    forst, naa = rad.verdi("opprinnelig_anmodning"), rad.verdi("anmodning")
    return (
        gettext("først %(tall)s") % {"tall": visning.tall(forst)}
        if forst is not None and forst != naa
        else ""
    )


def em_tekst(celle: Any) -> str:
    """«av dem 3 enslige mindreårige», when there are any."""
    if celle is None or not celle.verdi:
        return ""
    return ngettext(
        "av dem %(tall)s enslig mindreårig", "av dem %(tall)s enslige mindreårige", celle.verdi
    ) % {"tall": tallcelle(celle)}


def _under_anmodet(rad: Rad) -> str:
    return ", ".join(tekst for tekst in (_opprinnelig(rad), em_tekst(rad.celle("anmodning_em"))) if tekst)


def _andel(rad: Rad) -> float | None:
    andel = rad.andel_bosatt
    return None if andel is None else round(100 * andel, 1)


def _sumandel(summer_: Mapping[str, Any]) -> float | None:
    bosatt, vedtatt = summer_.get("bosatt"), summer_.get("vedtatt")
    return (
        100 * bosatt.verdi / vedtatt.verdi
        if bosatt and vedtatt and bosatt.verdi is not None and vedtatt.verdi
        else None
    )


def pluss(en: Sum | None, to: Sum | None) -> Sum | None:
    """Unknown if either is: an allocated figure without the agreed ones would be too low."""
    if en is None or to is None or en.verdi is None or to.verdi is None:
        return None
    return Sum(en.verdi + to.verdi, minst=en.minst or to.minst)


def tildelt(rad: Rad) -> Celle:
    """Settled and agreed together; without a number, and for its reason, when one of them is."""
    bosatt, avtalt = rad.celle("bosatt"), rad.celle("avtalt")
    for del_ in (bosatt, avtalt):
        if del_.verdi is None:
            return Celle(None, del_.tilstand)
    return Celle((bosatt.verdi or 0) + (avtalt.verdi or 0), Tilstand.TALL)


_KOMMUNE = Kolonne("kommune", _("Kommune"), felt="navn", lenke=lambda r: kommuneadresse(r.nummer, r.navn))
_BOSATT = _tall("bosatt", _("Bosatt"), "bosatt", sum=True)
_BOSATT_AV_VEDTATT = Kolonne(
    "bosatt_av_vedtatt", _("Bosatt av vedtatt"), felt=_andel, format="prosentstolpe", sum=_sumandel,
    synkende_forst=True, enhet=_("prosent"),
)  # fmt: skip
_NUMMER = Kolonne("kommunenummer", _("Kommunenummer"), felt="nummer", bare_eksport=True)
KOMMUNEKOLONNER: tuple[Kolonne, ...] = (
    _KOMMUNE,
    Kolonne("fylke", _("Fylke")),
    _tall("anmodet", _("Anmodet"), "anmodning", sum=True, undertekst=_under_anmodet),
    _tall("vedtatt", _("Vedtatt"), "vedtak", sum=True),
    Kolonne("svar", _("Svar"), sorter=lambda r: list(Svar).index(r.svar), format=svarmerke, eksport=lambda r: str(SVAR[r.svar][0])),
    Kolonne("vedtaksdato", _("Vedtaksdato"), felt=lambda r: r.vedtatt.dag if r.vedtatt else None, format="dato", justering="slutt"),
    Kolonne("etter_fristen", _("Etter fristen"), felt=lambda r: r.vedtatt.etter_frist if r.vedtatt else None, bare_eksport=True),
    _BOSATT,
    _BOSATT_AV_VEDTATT,
    _NUMMER,
    *(
        _tall(maal.kolonne, _(maal.navn), maal.kode, bare_eksport=True)
        for maal in MAAL.values() if maal.kode not in ("anmodning", "vedtak", "bosatt")
    ),
    *(
        Kolonne(f"{maal.kolonne}_tilstand", f"{maal.kolonne}_tilstand", felt=_tilstand(maal.kode),
                bare_eksport=True)
        for maal in MAAL.values()
    ),
)  # fmt: skip


FRAMDRIFTSKOLONNER: tuple[Kolonne, ...] = (
    _KOMMUNE,
    Kolonne("fylke", _("Fylke")),
    _tall("anmodet", _("Anmodet"), "anmodning", sum=True),
    _tall("vedtatt", _("Vedtatt"), "vedtak", sum=True),
    Kolonne(
        "tildelt", _("Tildelt"), felt=tildelt, sorter=lambda r: tildelt(r).verdi, eksport=lambda r: tildelt(r).verdi,
        format=tallcelle, justering="slutt", synkende_forst=True, sum=True, enhet=_("personer"),
    ),
    _BOSATT,
    _BOSATT_AV_VEDTATT,
    _NUMMER,
    *(
        Kolonne(f"{MAAL[maal].kolonne}_tilstand", f"{MAAL[maal].kolonne}_tilstand", felt=_tilstand(maal), bare_eksport=True)
        for maal in ("anmodning", "vedtak", "bosatt", "avtalt")
    ),
)  # fmt: skip


def _brukte(rader: Sequence[Rad]) -> tuple[Kolonne, ...]:
    """The columns that have something in this year; a file should not be twelve empty columns wide."""
    kjente = {MAAL[kode].kolonne for rad in rader for kode in rad.celler} | {"kommunenummer"}
    if any(rad.vedtatt for rad in rader):
        kjente |= _MED_DAG
    return tuple(
        k
        for k in KOMMUNEKOLONNER
        if (not k.bare_eksport and k.kode not in _MED_DAG) or k.kode.removesuffix("_tilstand") in kjente
    )


def kommunetabell(
    request: Any,
    rader: Sequence[Rad],
    oversikt: Oversikt,
    *,
    fast: str,
    om: Sequence[tuple[Any, Any]],
    fylkenr: str = "",
    kolonner: Iterable[Kolonne] | None = None,
    filnavn: str = "svar",
) -> FastBundetTabell:
    """The year's municipalities. The sum row shows the year's own totals until something is filtered away."""
    fylker = sorted({(r.fylkenr, r.fylke) for r in rader if r.fylkenr}, key=lambda f: norsk_nokkel(f[1]))
    finnes = {r.svar for r in rader}
    definisjon = Tabell(
        "kommuner",
        _("Kommunene %(aar)s") % {"aar": oversikt.aar},
        [k for k in kolonner or _brukte(rader) if not (fylkenr and k.kode == "fylke")],
        sok=("soketekst",),
        soketikett=_("Søk etter kommune"),
        filter=_filter(fylker if not fylkenr else (), finnes),
        filtrer=_filtrer,
        sortering="kommune",
        nokkel=lambda r: r.nummer,
        sumtekst=_alle_kommuner,
        telletekst=_antall_kommuner,
        fotnote=_("«Skjult»: fra 1 til 4 personer, eller skjult i kilden. «–»: ikke kjent ennå.")
        if oversikt.fra_bosett
        else _("«Skjult»: fra 1 til 4 personer, eller skjult i kilden. «–»: kilden har ikke tall."),
        om=om,
        filnavn=f"{filnavn}-{oversikt.aar}",
    )
    tabell = FastBundetTabell(definisjon, request, list(rader))
    tabell.fast = fast
    tabell.summer = _summer(tabell, oversikt, fylkenr)
    return tabell


def _summer(tabell: BundetTabell, oversikt: Oversikt, fast_fylke: str) -> dict[str, Any]:
    valg = (
        tabell.skjema.cleaned_data
        if tabell.skjema and tabell.skjema.is_bound and tabell.skjema.is_valid()
        else {}
    )
    fylkenr = fast_fylke or valg.get("fylke", "")
    hele = not tabell.soketekst and not valg.get("svar")
    maalsummer: Mapping[str, Maalsum] = oversikt.fylker.get(fylkenr, {}) if fylkenr else oversikt.summer
    ut: dict[str, Any] = {}
    for kolonne, maal in _SUMMERT.items():
        ut[kolonne] = (
            maalsummer[maal].sum
            if hele and maal in maalsummer
            else summer(rad.par(maal) for rad in tabell.filtrerte)
        )
    avtalt = maalsummer["avtalt"].sum if hele and "avtalt" in maalsummer else None
    ut["tildelt"] = (
        pluss(ut["bosatt"], avtalt)
        if hele
        else summer((celle.verdi, celle.tilstand) for celle in map(tildelt, tabell.filtrerte))
    )
    ut["bosatt_av_vedtatt"] = _sumandel(ut)
    return ut


def _filter(fylker: Iterable[tuple[str, str]], finnes: Iterable[Svar]) -> type[forms.Form]:
    finnes = set(finnes)
    felt: dict[str, Any] = {}
    fylker = list(fylker)
    if fylker:
        felt["fylke"] = forms.ChoiceField(
            label=_("Fylke"), required=False, choices=[("", _("Alle fylker")), *fylker]
        )
    felt["svar"] = forms.ChoiceField(
        label=_("Svar"), required=False,
        choices=[("", _("Alle svar")), *((s.value, SVAR[s][0]) for s in Svar if s in finnes)],
    )  # fmt: skip
    felt["vis"] = forms.ChoiceField(
        label=_("Utvalg"), required=False, choices=[("", _("Med tall")), ("alle", _("Alle i kilden"))]
    )
    return type("Kommunefilter", (forms.Form,), felt)


def _filtrer(rader: Iterable[Rad], valg: Mapping[str, Any]) -> list[Rad]:
    fylke, svar, alle = valg.get("fylke"), valg.get("svar"), valg.get("vis") == "alle"
    return [
        r
        for r in rader
        if (alle or r.har_tall or r.svar is Svar.IKKE_SVART)
        and (not fylke or r.fylkenr == fylke)
        and (not svar or r.svar == svar)
    ]


def _alle_kommuner(antall: int) -> str:
    return npgettext("sum", "%(n)s kommune", "Alle %(n)s kommuner", antall) % {"n": visning.tall(antall)}


def _antall_kommuner(antall: int) -> str:
    return ngettext("%(n)s kommune", "%(n)s kommuner", antall) % {"n": visning.tall(antall)}


def kommuneliste(kort: Sequence[Kommunekort], tall: Mapping[str, Rad], aar: int | None) -> Tabell:
    """All municipalities of today, with the newest figures."""

    def av(maal: str) -> Callable[[Kommunekort], Any]:
        return lambda k: tall[k.nummer].celle(maal) if k.nummer in tall else None

    def tallet(maal: str) -> Callable[[Kommunekort], Any]:
        return lambda k: tall[k.nummer].verdi(maal) if k.nummer in tall else None

    def em(kort_: Kommunekort) -> str:
        return em_tekst(tall[kort_.nummer].celle("anmodning_em")) if kort_.nummer in tall else ""

    fylker = sorted({(k.fylkenr, k.fylke) for k in kort}, key=lambda f: norsk_nokkel(f[1]))
    felt = {
        "fylke": forms.ChoiceField(
            label=_("Fylke"), required=False, choices=[("", _("Alle fylker")), *fylker]
        )
    }
    aarstall = {"aar": aar or ""}
    return Tabell(
        "kommuneliste",
        _("Kommunene"),
        [
            Kolonne("kommune", _("Kommune"), felt="navn", sorter="sorteringsnavn", lenke=lambda k: kommuneadresse(k.nummer, k.navn)),
            Kolonne("kommunenummer", _("Nummer"), felt="nummer"),
            Kolonne("fylke", _("Fylke")),
            *(
                Kolonne(kode, tittel % aarstall, felt=av(maal), sorter=tallet(maal), eksport=tallet(maal), format=tallcelle,
                        justering="slutt", synkende_forst=True, undertekst=em if maal == "anmodning" else None)
                for kode, tittel, maal in (
                    ("anmodet", _("Anmodet %(aar)s"), "anmodning"), ("vedtatt", _("Vedtatt %(aar)s"), "vedtak"),
                    ("bosatt", _("Bosatt %(aar)s"), "bosatt"),
                )
            ),
        ],
        sok=("navn", "sokenavn", "nummer"),
        soketikett=_("Søk etter kommune"),
        filter=type("Fylkefilter", (forms.Form,), felt),
        filtrer=lambda rader, valg: [k for k in rader if not valg.get("fylke") or k.fylkenr == valg["fylke"]],
        sortering="kommune",
        nokkel=lambda k: k.nummer,
        telletekst=_antall_kommuner,
        fotnote=_("Et gammelt navn eller nummer? Søket finner hva kommunen heter nå."),
        filnavn="kommuner",
    )  # fmt: skip


def sum_av(maalsummer: Mapping[str, Maalsum], maal: str) -> Sum | None:
    return maalsummer[maal].sum if maal in maalsummer else None
