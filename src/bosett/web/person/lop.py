"""IMDi's own acts on the way of a household: apply as living privately, live privately, and find a home oneself (R027, R077, R187, R196)."""

from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.views.decorators.http import require_POST

from bosett.aktor.kontekst import Aktor
from bosett.geografi import selectors as geografi
from bosett.geografi.models import Kommune
from bosett.grunn.feil import BosettFeil
from bosett.grunn.klokke import i_dag
from bosett.person import selectors
from bosett.person.models import Husholdning, Selvbosetting
from bosett.person.services import ansvar, lop
from bosett.person.services import selvbosetting as services
from bosett.person.states import LOP, SELVBOSETTING
from bosett.tilgang.policy import kan
from bosett.web.foresporsel import Foresporsel
from bosett.web.kommunevalg import kommunen
from bosett.web.krav import krever
from bosett.web.person.innsyn import port
from bosett.web.person.soknad import Soknad
from bosett.web.skjema import Dato, Skjema, oversatt


class _Selv(Skjema):
    def clean_kommune(self) -> Kommune:
        return kommunen(self.cleaned_data["kommune"])


class AvtaltSelvbosetting(_Selv):
    dato = Dato(label=gettext_lazy("Når søkte de?"), help_text=gettext_lazy("Datoen på søknaden."))
    kommune = forms.CharField(
        label=gettext_lazy("Hvilken kommune vil de bo i?"), max_length=100,
        help_text=gettext_lazy("Navn eller nummer. De har ikke flyttet ennå."),
    )  # fmt: skip
    rett = {
        "dato": gettext_lazy("Skriv datoen på søknaden"),
        "kommune": gettext_lazy("Skriv hvilken kommune de vil bo i"),
    }


class BosattUtenAvtale(_Selv):
    dato = Dato(label=gettext_lazy("Når flyttet de?"), help_text=gettext_lazy("Dagen de flyttet inn."))
    kommune = forms.CharField(
        label=gettext_lazy("Hvilken kommune flyttet de til?"), max_length=100,
        help_text=gettext_lazy("Navn eller nummer. De bor der nå."),
    )  # fmt: skip
    rett = {
        "dato": gettext_lazy("Skriv når de flyttet"),
        "kommune": gettext_lazy("Skriv hvilken kommune de flyttet til"),
    }


class TaTilbake(Skjema):
    grunn = forms.CharField(
        label=gettext_lazy("Hva var feil?"), max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=gettext_lazy("Grunnen blir stående i saken, og personene kan få se den."),
    )  # fmt: skip
    rett = {"grunn": gettext_lazy("Skriv hva som var feil")}


def privatskjema(request: Foresporsel, h: Husholdning) -> Soknad | None:
    if not kan(request.aktor, "person.sok_privat") or h.lop not in ("", "privat"):
        return None
    return Soknad(request.POST or None)


def sok_privat(request: Foresporsel, h: Husholdning, skjema: Soknad) -> bool:
    """Register what was posted. False: there was nothing, or the form says what is wrong."""
    gjort = skjema.utfor(lambda data: lop.sok_privat(aktor=request.aktor, husholdning_id=h.pk, **data))
    if gjort:
        messages.success(request, _("Søknaden om bosetting med offentlig hjelp er registrert."))
    return gjort


@krever("person.bekreft_privat")
@require_POST
def bor_privat(request: Foresporsel, husholdning: UUID) -> HttpResponse:
    h = selectors.husholdning(request.aktor, husholdning)
    try:
        lop.bekreft_privat(aktor=request.aktor, husholdning_id=h.pk)
    except BosettFeil as feil:
        messages.error(request, oversatt(feil))
    else:
        messages.success(request, _("Husholdningen er registrert som privatboende."))
    return redirect("person:husholdning", husholdning=husholdning)


@krever("person.ta_over")
@require_POST
def ta_over(request: Foresporsel, husholdning: UUID) -> HttpResponse:
    h = selectors.husholdning(request.aktor, husholdning)
    try:
        ansvar.ta_over(aktor=request.aktor, husholdning_id=h.pk)
    except BosettFeil as feil:
        messages.error(request, oversatt(feil))
    else:
        messages.success(request, _("Det er registrert at dere har tatt over saken."))
    return redirect("person:husholdning", husholdning=husholdning)


def selvbosetting(aktor: Aktor, h: Husholdning) -> dict[str, Any]:
    """For the household's page: what is registered, what may be taken back, and which of the two may be registered."""
    kommuner = {v.kommune_id: v.navn for v in geografi.kommuner(i_dag())}
    kan_ta_tilbake = kan(aktor, "person.ta_tilbake_selvbosetting")
    rader = selectors.selvbosettinger(aktor, h)
    naa = next((r for r in rader if r.trukket is None and SELVBOSETTING[r.slag].til == h.lop), None)
    linjer = [
        {
            "rad": rad,
            "kommune": kommuner.get(rad.kommune_id, ""),
            "gjelder": rad is naa,
            "kan_ta_tilbake": rad is naa and kan_ta_tilbake,
        }
        for rad in rader
    ]
    return {
        "linjer": linjer,
        **{slag: kan(aktor, o.kode) and h.lop in o.fra for slag, o in SELVBOSETTING.items()},
    }


@krever("person.sok_avtalt")
def sok_avtalt(request: Foresporsel, husholdning: UUID) -> HttpResponse:
    return _registrer(
        request, husholdning, Selvbosetting.Slag.AVTALT, AvtaltSelvbosetting,
        tittel=_("Registrer søknad om avtalt selvbosetting"),
        ingress=_("De har funnet en bolig selv, og søker om avtale før de flytter. Søknaden er ikke godkjent ennå. Har de alt flyttet uten avtale, skal du ikke bruke denne siden."),
        knapp=_("Registrer søknaden om avtale"),
        gjort=_("Søknaden om avtalt selvbosetting er registrert. Den er ikke godkjent ennå."),
    )  # fmt: skip


@krever("person.bosett_selv")
def bosett_selv(request: Foresporsel, husholdning: UUID) -> HttpResponse:
    return _registrer(
        request, husholdning, Selvbosetting.Slag.UTEN_AVTALE, BosattUtenAvtale,
        tittel=_("Registrer at de har bosatt seg selv uten avtale"),
        ingress=_("De har flyttet uten avtale med kommunen og IMDi. Da går de ut av køen, teller ikke i kommunens tall, og viktige rettigheter kan falle bort. Har de bare søkt om avtale, skal du ikke bruke denne siden."),
        knapp=_("Registrer at de har flyttet uten avtale"),
        gjort=_("Det er registrert at de har bosatt seg selv uten avtale. De er ute av køen."),
    )  # fmt: skip


def _registrer(
    request: Foresporsel, husholdning: UUID, slag: str, skjematype: type[_Selv], *, gjort: str, **tekster: str
) -> HttpResponse:
    h = selectors.husholdning(request.aktor, husholdning)
    if videre := port(request, h):
        return videre
    overgang = SELVBOSETTING[slag]
    if h.lop not in overgang.fra:
        messages.error(
            request,
            _("Husholdningen er «%(lop)s», og da kan du ikke %(hva)s.") % {"lop": _(LOP.navn(h.lop)), "hva": _(overgang.tekst)},
        )  # fmt: skip
        return redirect("person:husholdning", husholdning=husholdning)
    skjema = skjematype(request.POST or None)
    if skjema.utfor(
        lambda data: services.registrer(aktor=request.aktor, husholdning_id=h.pk, slag=slag, **data), "dato"
    ):
        messages.success(request, gjort)
        return redirect("person:husholdning", husholdning=husholdning)
    return _vis(request, h, skjema, **tekster)


@krever("person.ta_tilbake_selvbosetting")
def ta_tilbake(request: Foresporsel, selvbosetting: UUID) -> HttpResponse:
    denne = selectors.selvbosetting(request.aktor, selvbosetting)
    h = denne.husholdning
    if videre := port(request, h):
        return videre
    skjema = TaTilbake(request.POST or None)
    if skjema.utfor(
        lambda data: services.ta_tilbake(aktor=request.aktor, selvbosetting=denne.uuid, **data), "grunn"
    ):
        messages.success(
            request, _("Registreringen er tatt tilbake. Husholdningen er der den ville vært uten den.")
        )
        return redirect("person:husholdning", husholdning=h.subjekt.uuid)
    hva = _(denne.get_slag_display())
    return _vis(
        request, h, skjema,
        tittel=_("Ta tilbake: %(hva)s") % {"hva": hva},
        ingress=_("Bruk dette når registreringen var feil. Den blir stående i saken med grunnen, men gjelder ikke lenger."),
        knapp=_("Ta tilbake registreringen"),
    )  # fmt: skip


def _vis(request: Foresporsel, h: Husholdning, skjema: Skjema, **tekster: str) -> HttpResponse:
    avbryt = reverse("person:husholdning", args=[h.subjekt.uuid])
    innhold = {"skjema": skjema, "avbryt": avbryt, **tekster}
    return render(request, "skjema/enkelt.html", innhold, status=422 if skjema.errors else 200)
