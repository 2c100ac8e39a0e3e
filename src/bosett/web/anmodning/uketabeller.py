"""The tables of the places per week."""

from datetime import date
from functools import partial
from typing import Any

from django import forms
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bosett.anmodning.ukeplaner import Plan, Ukesum
from bosett.grunn.uker import ukekode
from bosett.web import visning
from bosett.web.anmodning.tabeller import Fylkesvalg
from bosett.web.komponenter import merke
from bosett.web.tabell import Kolonne, Tabell

_STAND = {
    "ikke": (_("Ikke svart"), "warning"),
    "delvis": (_("Noen uker mangler"), "warning"),
    "svart": (_("Svart"), "brand1"),
}


def standtekst(plan: Plan) -> str:
    """How far the municipality has come, in words."""
    return str(_STAND[plan.stand][0]) + (f" ({gettext('etter fristen')})" if plan.sen else "")


def standmerke(plan: Plan) -> Any:
    return merke(standtekst(plan), _STAND[plan.stand][1])


_UKE = (
    Kolonne("uke", _("Uke"), felt=lambda r: visning.uke(r.uke), sorter=lambda r: r.uke, radhode=True,
            eksport=lambda r: ukekode(r.uke)),
    Kolonne("mandag", _("Fra mandag"), felt="uke", format="dato", bare_eksport=True),
    Kolonne("plasser", _("Plasser"), format="tall", sum=True, synkende_forst=True, enhet=_("personer")),
)  # fmt: skip

UKER = Tabell(
    "uker",
    _("Plasser per uke"),
    (
        *_UKE,
        Kolonne("svart", _("Kommuner som har svart"), format="tall"),
        Kolonne("spurt", _("Kommuner som er spurt"), format="tall", svak=True),
    ),
    sortering="uke",
    sidestorrelse=104,
    prefiks="uke-",
    nokkel=lambda rad: ukekode(rad.uke),
    fotnote=_("Tallene er veiledende. En strek betyr at ingen har svart for uka."),
)

EGNE_UKER = Tabell(
    "egne-uker",
    _("Plasser kommunen har meldt inn"),
    _UKE,
    sortering="uke",
    sidestorrelse=104,
    nokkel=lambda rad: ukekode(rad.uke),
    fotnote=_("Tallene er veiledende. En strek betyr at uka ikke er besvart."),
)


def egne_uker(plan: Plan) -> list[Ukesum]:
    """Every week of the ask, also those without a number."""
    return [Ukesum(uke, plan.plasser.get(uke), int(uke in plan.plasser), 1) for uke in plan.krav.uker]


class Standvalg(Fylkesvalg):
    hvem = forms.ChoiceField(
        label=_("Hvilke"),
        required=False,
        choices=[
            ("", _("Alle kommuner")),
            ("ikke", _("Har ikke svart")),
            ("delvis", _("Noen uker mangler")),
            ("svart", _("Har svart på alle ukene")),
            ("sen", _("Svarte etter fristen")),
        ],
    )


def _filtrer(planer: list[Plan], valg: Any) -> list[Plan]:
    if valg.get("fylke"):
        planer = [plan for plan in planer if plan.anmodning.fylke == valg["fylke"]]
    if valg.get("hvem") == "sen":
        return [plan for plan in planer if plan.sen]
    return [plan for plan in planer if plan.stand == valg["hvem"]] if valg.get("hvem") else planer


def _adresse(plan: Plan) -> str:
    return reverse("anmodning:kommunetall", args=[plan.anmodning.runde.subjekt.uuid, plan.anmodning.nummer])


PLANER = Tabell(
    "tidsplaner",
    _("Svarene fra kommunene"),
    (
        Kolonne("anmodning.navn", _("Kommune"), sorter="anmodning.sorteringsnavn", radhode=True, lenke=_adresse),
        Kolonne("anmodning.nummer", _("Nummer"), bare_eksport=True),
        Kolonne("anmodning.fylke", _("Fylke"), norsk=True),
        Kolonne("stand", _("Status"), felt=lambda p: p.stand, format=lambda _verdi, p: standmerke(p), eksport=standtekst),
        Kolonne("svart", _("Uker besvart"), felt=lambda p: len(p.plasser), format="tall"),
        Kolonne("spurt", _("Uker i alt"), felt="krav.antall_uker", format="tall", svak=True),
        Kolonne("i_alt", _("Plasser"), format="tall", sum=True, synkende_forst=True, enhet=_("personer")),
        Kolonne("krav.frist", _("Frist"), format="dato"),
        Kolonne("sist", _("Sist lagret"), format="tidspunkt", undertekst=lambda p: p.sist_av),
        Kolonne("sist_av", _("Lagret av"), bare_eksport=True),
        Kolonne("versjon", _("Versjon"), bare_eksport=True),
    ),
    sok=("anmodning.navn", "anmodning.nummer"),
    soketikett=_("Søk etter kommune"),
    filter=Standvalg,
    filtrer=_filtrer,
    sortering="anmodning.navn",
    sidestorrelse=20,
    nokkel=lambda plan: plan.anmodning.nummer,
)  # fmt: skip


def ukekolonner(uker: list[date]) -> tuple[Kolonne, ...]:
    """For exports: a column per week with the municipality's places."""
    return tuple(
        Kolonne(ukekode(uke), ukekode(uke), felt=partial(_plasser, uke), bare_eksport=True) for uke in uker
    )


def _plasser(uke: date, plan: Plan) -> int | None:
    return plan.plasser.get(uke)
