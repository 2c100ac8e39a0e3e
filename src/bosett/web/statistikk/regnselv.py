"""The calculator: anyone recomputes the numbers of a round with something else chosen, in one or two ways. The address is all of it."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import strip_tags
from django.utils.translation import gettext as _u
from django.utils.translation import gettext_lazy as _

from bosett.anmodning.grunnlag import bygg_grunnlag
from bosett.anmodning.rules import Grunnlag, Parametre, regn_tall, samsvar
from bosett.anmodning.rules.forsok import Tall, anvend, parametre_fra, sammenlign
from bosett.anmodning.rules.rammer import uten_motpost
from bosett.grunn.feil import BosettFeil
from bosett.statistikk import runder
from bosett.web.differanse import av
from bosett.web.krav import publisert
from bosett.web.statistikk.regnvalg import A, Begge, Ulikhet, Valg, adresse, ulikheter
from bosett.web.tabell import Kolonne, Tabell


def _personer(kode: str, overskrift: Any, felt: str, *, format: str = "tall", fil: bool = False) -> Kolonne:
    """A summed column of persons; `fil` keeps it for the downloads."""
    return Kolonne(
        kode, overskrift, felt, format=format, sum=True, synkende_forst=not fil, bare_eksport=fil,
        enhet="" if fil else _("personer"),
    )  # fmt: skip


_HVEM = (
    Kolonne("navn", _("Kommune"), radhode=True, norsk=True),
    Kolonne("nummer", _("Nummer"), bare_eksport=True),
    Kolonne("fylke", _("Fylke"), norsk=True),
)
_A_OG_B = (
    _personer("runden", _("I runden"), "runden"),
    _personer("a", _("I A"), "a"),
    _personer("b", _("I B"), "b"),
    _personer("endring", _("B minus A"), "endring", format="fortegn"),
)
TABELL = Tabell(
    "forsok",
    _("Runden og forsøket, kommune for kommune"),
    (
        *_HVEM,
        _personer("for_", _("I runden"), "a"),
        _personer("naa", _("I forsøket"), "b"),
        _personer("endring", _("Endring"), "endring", format="fortegn"),
        _personer("em_for", _("Enslige mindreårige i runden"), "em_a", fil=True),
        _personer("em_naa", _("Enslige mindreårige i forsøket"), "em_b", fil=True),
    ),
    sok=("navn", "nummer"),
    soketikett=_("Søk etter kommune"),
    sortering="-endring",
    sidestorrelse=20,
    nokkel=lambda rad: rad.nummer,
)
TO = Tabell(
    "forsok",
    _("Runden, A og B, kommune for kommune"),
    (
        *_HVEM,
        *_A_OG_B,
        _personer("em_runden", _("Enslige mindreårige i runden"), "em_runden", fil=True),
        _personer("em_a", _("Enslige mindreårige i A"), "em_a", fil=True),
        _personer("em_b", _("Enslige mindreårige i B"), "em_b", fil=True),
    ),
    sok=("navn", "nummer"),
    soketikett=_("Søk etter kommune"),
    sortering="-endring",
    sidestorrelse=20,
    nokkel=lambda rad: rad.nummer,
)
FYLKER = Tabell(
    "fylker",
    _("Runden, A og B, fylke for fylke"),
    (Kolonne("fylke", _("Fylke"), radhode=True, norsk=True), *_A_OG_B),
    sortering="-endring",
    prefiks="fylke-",
    nokkel=lambda rad: rad.fylke,
)


@dataclass(frozen=True)
class Utgangspunkt:
    """The round an attempt is held against."""

    grunnlag: Grunnlag
    parametre: Parametre
    tall: Tall


@dataclass(frozen=True)
class Justert:
    """A number that was set in the dialogue, and why."""

    nummer: str
    navn: str
    antall: int
    em: int | None
    begrunnelse: str


def utgangspunkt(fakta: Mapping[str, Any], parametre: Mapping[str, Any], tall: Tall) -> Utgangspunkt:
    opphav = tuple((navn, *verdi) for navn, verdi in sorted(fakta["opphav"].items()))
    return Utgangspunkt(_bygd(fakta["tabell"], opphav), parametre_fra(parametre), tall)


@lru_cache(maxsize=8)
def _bygd(tabell: str, opphav: tuple[tuple[str, str, str], ...]) -> Grunnlag:
    """Reading the table takes longer than computing with it, and a few rounds are asked for again and again."""
    return bygg_grunnlag({"tabell": tabell, "opphav": {navn: verdi for navn, *verdi in opphav}})


def regn(request: HttpRequest, fra: Utgangspunkt) -> dict[str, Any] | HttpResponse:
    """What the calculator's page shows: the forms, and when something is chosen, the comparison. Or a table as a file.

    B is the variant of the plain names (`behov=…`), A the one of the names that begin with `a-`. What is not chosen is the round.
    """
    b = _valg(request, fra)
    a = _valg(request, fra, A) if f"{A}-behov" in request.GET else None
    tall_a, tall_b = (fra.tall if skjema is None else _regnet(skjema, fra) for skjema in (a, b))
    if tall_a is None or tall_b is None:  # something is to be put right: the round beside itself
        svar, ulikt = None, list[Ulikhet]()
        vist = sammenlign(fra.grunnlag, fra.tall, fra.tall, fra.tall)
    else:
        vist = sammenlign(fra.grunnlag, fra.tall, tall_a, tall_b)
        svar = vist if a is not None or b.is_bound else None
        ulikt = [] if a is None else ulikheter(a.forsok, b.forsok, fra.parametre, fra.grunnlag)
    tabeller = (
        [TABELL.bygg(request, vist.rader, filnavn="forsok")]
        if a is None
        else [
            TO.bygg(request, vist.rader, filnavn="a-og-b", om=_om(ulikt)),
            FYLKER.bygg(request, vist.fylker, filnavn="a-og-b-fylker", om=_om(ulikt)),
        ]
    )
    for tabell in tabeller:
        if tabell.eksport:
            return tabell.eksport
    feil = tall_a is None or tall_b is None
    return {
        "skjema": b,
        "skjema_a": a,
        "feilskjema": b if a is None else Begge(a, b),
        "svar": svar,
        "ulikt": ulikt,
        "tabell": tabeller[0],
        "fylker": tabeller[1] if a is not None else None,
        "justert": _justert(fra),
        "rundens_differanse": av(sum(antall for antall, _em in fra.tall.values()), fra.parametre.behov),
        "svarets_differanse": av(svar.sum, b.forsok.behov or fra.parametre.behov)
        if svar and a is None
        else None,
        "uten_motpost": [j for j in _justert(fra) if j.nummer in uten_motpost(fra.parametre)],
        "tatt_bort": "" if feil else _tatt_bort(a, b),
        "fra": fra,
        "som_a": "" if feil else adresse((A, b), ("", b)),
        "bytt": "" if feil or a is None else adresse((A, b), ("", a)),
        "bare_b": "" if a is None else adresse(("", b)),
        "status": 422 if feil else 200,
    }


def _valg(request: HttpRequest, fra: Utgangspunkt, prefiks: str | None = None) -> Valg:
    """The form of one variant; unbound, and so the round's own, when the address has nothing for it."""
    har_valg = prefiks is not None or "behov" in request.GET
    return Valg(request.GET if har_valg else None, grunn=fra.parametre, grunnlag=fra.grunnlag, prefix=prefiks)


def _regnet(skjema: Valg, fra: Utgangspunkt) -> Tall | None:
    """The numbers of what is chosen, the stored ones when nothing is. None when the form says what to put right."""
    if not skjema.is_bound:
        return fra.tall
    if not skjema.is_valid():
        return None
    try:
        return regn_tall(fra.grunnlag, anvend(fra.parametre, skjema.forsok))
    except BosettFeil as feil:
        skjema.ta_feil(feil)
        return None


def _justert(fra: Utgangspunkt) -> list[Justert]:
    """What the dialogue set in the round, in the order of the municipality numbers."""
    navn = {k.kommunenummer: k.navn for k in fra.grunnlag.kommuner}
    return [
        Justert(nr, navn[nr], dialog.antall, dialog.em, dialog.begrunnelse)
        for nr, dialog in sorted(fra.parametre.dialog.items())
    ]


def _tatt_bort(a: Valg | None, b: Valg) -> str:
    """The variants that leave out what the dialogue set."""
    if a is None:
        return _u("forsøket") if b.forsok.uten_dialog else ""
    hvem = [merke for merke, skjema in (("A", a), ("B", b)) if skjema.forsok.uten_dialog]
    return _u("A og B") if len(hvem) > 1 else "".join(hvem)


def _om(ulikt: Iterable[Ulikhet]) -> list[tuple[str, str]]:
    """What differs between A and B, for the files."""
    return [(strip_tags(ett.hva), _u("%(a)s i A, %(b)s i B") % {"a": ett.a, "b": ett.b}) for ett in ulikt]


@publisert
def side(request: HttpRequest, aar: int) -> HttpResponse:
    """The public calculator of a sent round."""
    funnet = runder.grunnlag(aar)
    if funnet is None:
        raise Http404("grunnlag")
    rad, utgave, tall = funnet
    innhold = regn(request, utgangspunkt({"tabell": rad.tabell, "opphav": rad.opphav}, rad.parametre, tall))
    if isinstance(innhold, HttpResponse):
        return innhold
    return render(
        request,
        "statistikk/regnselv.html",
        innhold
        | {
            "aar": aar,
            "utgave": utgave,
            "oppdiktet": utgave.demo,
            "kommando": f"./bosett anmodning beregn --grunnlag grunnlag-{aar}.csv --kriterier {rad.parametre['kriteriesett']}"
            f" --behov {rad.parametre['behov']} --em {rad.parametre['em']} --ut tall-{aar}.csv",
            "smuler": [
                (_u("Tall"), reverse("statistikk:tall-aar", args=[aar])),
                (_u("Regn ut selv"), ""),
            ],
        },
        status=innhold["status"],
    )


@publisert
def grunnlagsfil(request: HttpRequest, aar: int) -> HttpResponse:
    """The facts of a sent round, as the command reads them."""
    funnet = runder.grunnlag(aar)
    if funnet is None:
        raise Http404("grunnlag")
    return _fil(funnet[0].tabell, "text/csv", f"grunnlag-{aar}.csv")


@publisert
def kolonnefil(request: HttpRequest) -> HttpResponse:
    """What each column of the facts is used for."""
    navn = f"{samsvar.STANDARD}.yaml"
    return _fil((samsvar.MAPPE / navn).read_text(encoding="utf-8"), "text/yaml", navn)


def _fil(tekst: str, type_: str, navn: str) -> HttpResponse:
    return HttpResponse(
        tekst,
        content_type=f"{type_}; charset=utf-8",
        headers={"Content-Disposition": f'attachment; filename="{navn}"'},
    )
