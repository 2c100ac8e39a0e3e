"""The waiting days of one household: who owns them, why, and the corrections an adviser makes."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.cache import never_cache

from bosett.aktor.kontekst import Aktor
from bosett.grunn.feil import BosettFeil
from bosett.grunn.klokke import i_dag
from bosett.person import selectors, selectors_venting
from bosett.person.models import Husholdning
from bosett.person.models_venting import Ventedagretting
from bosett.person.rules.maal import maal
from bosett.person.rules.ventedager import tabell
from bosett.person.selectors_venting import Strekk
from bosett.person.services import venteretting as services
from bosett.tilgang.policy import kan
from bosett.web import visning
from bosett.web.foresporsel import Foresporsel
from bosett.web.krav import krever
from bosett.web.person.innsyn import port
from bosett.web.skjema import Dato, Skjema

FARGER = {
    "udi": "noytral",
    "mottak": "2",
    "bufetat": "3",
    "imdi": "5",
    "kommune": "6",
    "person": "4",
    "ekstern": "1",
}
"""Owner → data step of the bar."""


def eiernavn(kode: str) -> str:
    return visning.stor(tabell().eiere[kode].paa(visning.spraak()))


def grunnavn(kode: str) -> str:
    return visning.stor(tabell().grunner[kode].tekst.paa(visning.spraak()))


def dager(antall: int) -> str:
    return ngettext("%(n)s dag", "%(n)s dager", antall) % {"n": visning.tall(antall)}


class Rett(Skjema):
    fra = Dato(label=_("Første dag som skal rettes"))
    siste = Dato(
        label=_("Siste dag som skal rettes"), help_text=_("Den siste dagen er med. Kan være i dag eller før.")
    )
    eier = forms.ChoiceField(label=_("Hvem eier dagene?"), widget=forms.RadioSelect)
    grunn = forms.ChoiceField(label=_("Hva ventet de på?"))
    begrunnelse = forms.CharField(
        label=_("Hvorfor skal dagene rettes?"), widget=forms.Textarea(attrs={"rows": 3}), max_length=500,
        help_text=_("Høyst 500 tegn. Skriv ikke om helse eller annet som ikke trengs."),
    )  # fmt: skip
    rett = {
        "fra": _("Skriv den første dagen"),
        "siste": _("Skriv den siste dagen"),
        "eier": _("Velg hvem som eier dagene"),
        "grunn": _("Velg hva de ventet på"),
        "begrunnelse": _("Skriv hvorfor dagene skal rettes"),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        felt: dict[str, Any] = self.fields
        felt["eier"].choices = [(kode, eiernavn(kode)) for kode in tabell().eiere]
        felt["grunn"].choices = [
            ("", _("Velg en grunn")),
            *((kode, grunnavn(kode)) for kode in tabell().grunner),
        ]


class Trekk(Skjema):
    hvorfor = forms.CharField(
        label=_("Hvorfor skal rettingen trekkes?"), widget=forms.Textarea(attrs={"rows": 3}), max_length=500
    )
    rett = {"hvorfor": _("Skriv hvorfor rettingen skal trekkes")}


@krever("person.se")
@never_cache
def ventedager(request: Foresporsel, husholdning: UUID) -> HttpResponse:
    h = selectors.husholdning(request.aktor, husholdning)
    if videre := port(request, h):
        return videre
    vente = selectors_venting.ventedager(request.aktor, h)
    kan_rette = bool(vente.strekk) and kan(request.aktor, "person.rett_ventedager")
    return render(
        request,
        "person/ventedager.html",
        {
            "h": h, "vente": vente, "dager": dager(vente.totalt), "maal": _maal(h), "kan_rette": kan_rette,
            "deler": [{"verdi": s.dager, "farge": FARGER[s.eier]} for s in vente.strekk],
            "eiere": [(eiernavn(eier), antall, FARGER[eier]) for eier, antall in vente.per_eier],
            "strekk": [_linje(s, kan_rette) for s in vente.strekk],
            "rettinger": [_retting(r) for r in selectors_venting.rettinger(request.aktor, h)],
            "kan_trekke": kan(request.aktor, "person.trekk_venteretting"),
            "smuler": _smuler(h, gettext("Ventedager")),
        },
    )  # fmt: skip


@krever("person.rett_ventedager")
@never_cache
def rett(request: Foresporsel, husholdning: UUID) -> HttpResponse:
    """`?fra=` and `?siste=` suggest the days of a stretch."""
    h = selectors.husholdning(request.aktor, husholdning)
    if videre := port(request, h):
        return videre
    forslag = {navn: request.GET[navn][:10] for navn in ("fra", "siste") if request.GET.get(navn)}
    skjema = Rett(request.POST or None, initial=forslag)
    if request.method == "POST" and skjema.is_valid():
        try:
            services.rett(aktor=request.aktor, husholdning_id=h.pk, **skjema.cleaned_data)
        except BosettFeil as feil:
            skjema.ta_feil(
                feil, {"VENTEDAG-DAGER": "fra", "VENTEDAG-BEGRUNNELSE": "begrunnelse"}.get(feil.kode)
            )
        else:
            messages.success(request, gettext("Dagene er rettet. Summen er den samme."))
            return redirect("person:ventedager", husholdning)
    innhold = {"h": h, "skjema": skjema, "smuler": _smuler(h, gettext("Rett ventedager"))}
    return render(request, "person/rett_ventedager.html", innhold, status=422 if skjema.errors else 200)


@krever("person.trekk_venteretting")
@never_cache
def trekk(request: Foresporsel, venteretting: UUID) -> HttpResponse:
    denne = selectors_venting.retting(request.aktor, venteretting)
    h = denne.husholdning
    if videre := port(request, h):
        return videre
    skjema = Trekk(request.POST or None)
    if request.method == "POST" and skjema.is_valid():
        try:
            services.trekk(aktor=request.aktor, retting=venteretting, **skjema.cleaned_data)
        except BosettFeil as feil:
            skjema.ta_feil(feil, "hvorfor")
        else:
            messages.success(request, gettext("Rettingen er trukket."))
            return redirect("person:ventedager", h.subjekt.uuid)
    innhold = {
        "h": h, "skjema": skjema, "retting": _retting(denne), "smuler": _smuler(h, gettext("Trekk rettingen"))
    }  # fmt: skip
    return render(request, "person/trekk_venteretting.html", innhold, status=422 if skjema.errors else 200)


def klokker(h: Husholdning, aktor: Aktor) -> dict[str, object]:
    """For the household's own page: the target, and how long it has waited."""
    vente = selectors_venting.ventedager(aktor, h) if h.venter_fra else None
    return {"maal": _maal(h), "dager": dager(vente.totalt) if vente is not None and vente.strekk else ""}


def _maal(h: Husholdning) -> dict[str, object] | None:
    """The clock of the target, with the rule behind it; it stands still when the wait is over."""
    if h.maal is None or h.tillatt is None:
        return None
    satser = [maal(h.tillatt, em) for em in (False, True)]
    sats = next(ett.sats for ett in satser if ett.frist == h.maal)
    maaneder = ngettext("%(n)s måned", "%(n)s måneder", int(sats.tallverdi)) % {
        "n": visning.tall(sats.tallverdi)
    }
    return {
        "frist": h.maal,
        "ferdig": h.venter_til is not None,
        "over": h.venter_til is None and h.maal < i_dag(),
        "tekst": gettext("%(maaneder)s fra alle hadde tillatelse, %(dag)s")
        % {"maaneder": maaneder, "dag": visning.dato(h.tillatt)},
        "kilde": sats.kilde,
    }


def _linje(s: Strekk, kan_rette: bool) -> dict[str, object]:
    hendelse = tabell().slag[s.hendelse].tekst.paa(visning.spraak())
    sporring = f"?fra={s.fra:%d.%m.%Y}&siste={s.siste or i_dag():%d.%m.%Y}" if kan_rette else ""
    return {
        "strekk": s,
        "eier": eiernavn(s.eier),
        "farge": FARGER[s.eier],
        "grunn": grunnavn(s.grunn),
        "hendelse": hendelse,
        "begrunnelse": s.retting.begrunnelse if s.retting is not None else "",
        "sporring": sporring,
    }


def _retting(r: Ventedagretting) -> dict[str, object]:
    return {
        "r": r,
        "siste": visning.dato(r.til.fromordinal(r.til.toordinal() - 1)),
        "eier": eiernavn(r.eier),
        "grunn": grunnavn(r.grunn),
    }


def _smuler(h: Husholdning, her: str) -> list[tuple[str, str]]:
    return [
        (gettext("Personer"), reverse("person:liste")),
        (h.saksnummer, reverse("person:husholdning", args=[h.subjekt.uuid])),
        (her, ""),
    ]
