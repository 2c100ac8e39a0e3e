"""The calculator: anyone recomputes the numbers of a round with something else chosen. The address is the whole attempt."""

from collections.abc import Collection, Mapping
from dataclasses import dataclass
from functools import lru_cache
from typing import Any

from django import forms
from django.http import Http404, HttpRequest, HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.html import format_html
from django.utils.translation import gettext as _u
from django.utils.translation import gettext_lazy as _

from bosett.anmodning.grunnlag import bygg_grunnlag
from bosett.anmodning.rules import Grunnlag, Parametre, samsvar
from bosett.anmodning.rules.forsok import Forsok, Rad, Sammenligning, anvend, parametre_fra, sammenlign
from bosett.anmodning.rules.inndata import STORSTE_BEHOV
from bosett.anmodning.rules.rammer import uten_motpost
from bosett.grunn.feil import BosettFeil
from bosett.statistikk import runder
from bosett.web.differanse import av
from bosett.web.krav import publisert
from bosett.web.skjema import Skjema
from bosett.web.tabell import Kolonne, Tabell
from bosett.web.visning import spraak

TABELL = Tabell(
    "forsok",
    _("Runden og forsøket, kommune for kommune"),
    (
        Kolonne("navn", _("Kommune"), radhode=True, norsk=True),
        Kolonne("nummer", _("Nummer"), bare_eksport=True),
        Kolonne("fylke", _("Fylke"), norsk=True),
        Kolonne("for_", _("I runden"), format="tall", sum=True, synkende_forst=True, enhet=_("personer")),
        Kolonne("naa", _("I forsøket"), format="tall", sum=True, synkende_forst=True, enhet=_("personer")),
        Kolonne(
            "endring", _("Endring"), format="fortegn", sum=True, synkende_forst=True, enhet=_("personer")
        ),
        Kolonne("em_for", _("Enslige mindreårige i runden"), format="tall", sum=True, bare_eksport=True),
        Kolonne("em_naa", _("Enslige mindreårige i forsøket"), format="tall", sum=True, bare_eksport=True),
    ),
    sok=("navn", "nummer"),
    soketikett=_("Søk etter kommune"),
    sortering="-endring",
    sidestorrelse=20,
    nokkel=lambda rad: rad.nummer,
)


class Valg(Skjema):
    """One field per choice. The form is sent by GET, so that a link holds the attempt."""

    behov = forms.IntegerField(label=_("Nasjonalt behov"), min_value=1, max_value=STORSTE_BEHOV)
    em = forms.IntegerField(label=_("Av dem enslige mindreårige"), min_value=0)
    minimum = forms.IntegerField(label=_("Laveste tall for en kommune"), min_value=1, max_value=1000)
    laas = forms.CharField(
        label=_("Lås tallet til kommuner"), required=False, max_length=500,
        help_text=_("Skriv kommune og tall, med komma mellom. For eksempel Steinkjer 20, Volda 15."),
    )  # fmt: skip
    uten = forms.CharField(
        label=_("Hold kommuner utenfor"), required=False, max_length=500,
        help_text=_("Skriv navn eller nummer, med komma mellom."),
    )  # fmt: skip

    def __init__(self, data: Any, *, grunn: Parametre, grunnlag: Grunnlag) -> None:
        super().__init__(data, initial=_utgangspunkt(grunn))
        self._grunn, self._grunnlag = grunn, grunnlag
        for kriterium in grunn.kriteriesett.kriterier:
            navn = kriterium.navn.paa(spraak())
            self.fields[f"v_{kriterium.id}"] = forms.DecimalField(
                label=navn if spraak() != "en" else format_html('<span lang="nb">{}</span>', navn),
                error_messages={"required": _u("Fyll ut «%(felt)s».") % {"felt": navn}}, min_value=0, max_value=100, max_digits=5, decimal_places=2,
                localize=True, widget=forms.TextInput(attrs={"inputmode": "decimal", "data-bredde": "tall"}),
            )  # fmt: skip

    @property
    def trinn(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The weights under the tiers' names."""
        return [
            (ett.navn.paa(spraak()), [self[f"v_{k.id}"] for k in ett.kriterier])
            for ett in self._grunn.kriteriesett.trinn
        ]

    def clean_laas(self) -> dict[str, int]:
        ut = {}
        for bit in _biter(self.cleaned_data["laas"]):
            navn, _mellom, tall = bit.rpartition(" ")
            if not tall.isdecimal() or not navn:
                raise forms.ValidationError(_u("Skriv kommune og tall, for eksempel Steinkjer 20."))
            ut[self._nummer(navn)] = int(tall)
        return ut

    def clean_uten(self) -> frozenset[str]:
        return frozenset(self._nummer(navn) for navn in _biter(self.cleaned_data["uten"]))

    def _nummer(self, navn: str) -> str:
        onsket = navn.strip(" :=").casefold()
        funnet = [
            k.kommunenummer for k in self._grunnlag.kommuner if onsket in (k.kommunenummer, k.navn.casefold())
        ]
        if len(funnet) == 1:
            return funnet[0]
        if funnet:
            raise forms.ValidationError(
                _u("Flere kommuner heter «%(navn)s». Skriv nummeret i stedet: %(numre)s.")
                % {"navn": navn, "numre": ", ".join(sorted(funnet))}
            )
        raise forms.ValidationError(_u("Vi kjenner ingen kommune som heter «%(navn)s».") % {"navn": navn})

    @property
    def forsok(self) -> Forsok:
        valgt = self.cleaned_data
        vekter = {k.id: float(valgt[f"v_{k.id}"] / 100) for k in self._grunn.kriteriesett.kriterier}
        return Forsok(
            behov=valgt["behov"],
            em=valgt["em"],
            vekter=vekter,
            minimum=valgt["minimum"],
            laaste=valgt["laas"],
            utelatt=valgt["uten"],
        )


def _biter(tekst: str) -> list[str]:
    return [bit.strip() for bit in tekst.replace(";", ",").split(",") if bit.strip()]


def _utgangspunkt(grunn: Parametre) -> dict[str, Any]:
    """The round's own choices, which the form begins with."""
    vekter = grunn.valgt_variant.vekter
    return {
        "behov": grunn.behov,
        "em": grunn.em,
        "minimum": grunn.kriteriesett.minimum,
        **{f"v_{navn}": round(100 * vekt, 2) for navn, vekt in vekter.items()},
    }


@dataclass(frozen=True)
class Utgangspunkt:
    """The round an attempt is held against."""

    grunnlag: Grunnlag
    parametre: Parametre
    tall: Mapping[str, tuple[int, int]]


def utgangspunkt(
    fakta: Mapping[str, Any], parametre: Mapping[str, Any], tall: Mapping[str, tuple[int, int]]
) -> Utgangspunkt:
    opphav = tuple((navn, *verdi) for navn, verdi in sorted(fakta["opphav"].items()))
    return Utgangspunkt(_bygd(fakta["tabell"], opphav), parametre_fra(parametre), tall)


@lru_cache(maxsize=8)
def _bygd(tabell: str, opphav: tuple[tuple[str, str, str], ...]) -> Grunnlag:
    """Reading the table takes longer than computing with it, and a few rounds are asked for again and again."""
    return bygg_grunnlag({"tabell": tabell, "opphav": {navn: verdi for navn, *verdi in opphav}})


def regn(request: HttpRequest, fra: Utgangspunkt) -> dict[str, Any] | HttpResponse:
    """What the calculator's page shows: the form, and when something is chosen, the comparison. Or the table as a file."""
    har_valg = "behov" in request.GET
    skjema = Valg(request.GET if har_valg else None, grunn=fra.parametre, grunnlag=fra.grunnlag)
    svar: Sammenligning | None = None
    if har_valg and skjema.is_valid():
        try:
            svar = sammenlign(fra.grunnlag, fra.tall, anvend(fra.parametre, skjema.forsok))
        except BosettFeil as feil:
            skjema.ta_feil(feil)
    tabell = TABELL.bygg(request, _rader(fra) if svar is None else svar.rader, filnavn="forsok")
    if tabell.eksport:
        return tabell.eksport
    grunn = fra.parametre
    return {
        "skjema": skjema,
        "svar": svar,
        "tabell": tabell,
        "fra": fra,
        "rundens_differanse": av(sum(antall for antall, _em in fra.tall.values()), grunn.behov),
        "svarets_differanse": av(svar.sum, svar.behov) if svar else None,
        "justert": _justert(fra, grunn.dialog),
        "uten_motpost": _justert(fra, uten_motpost(grunn)),
    }


def _justert(fra: Utgangspunkt, numre: Collection[str]) -> list[tuple[str, int]]:
    """(name, persons) of municipalities whose number was set after dialogue."""
    return [
        (k.navn, fra.parametre.dialog[k.kommunenummer].antall)
        for k in fra.grunnlag.kommuner
        if k.kommunenummer in numre
    ]


def _rader(fra: Utgangspunkt) -> list[Rad]:
    """The round beside itself, before anything is chosen."""
    return [
        Rad(k.kommunenummer, k.navn, k.fylke, tall, tall, em, em)
        for k in fra.grunnlag.kommuner
        for tall, em in [fra.tall[k.kommunenummer]]
    ]


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
        status=422 if innhold["skjema"].errors else 200,
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
