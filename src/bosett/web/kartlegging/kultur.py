"""Culture orientation and arrival of one household of resettlement refugees."""

from decimal import Decimal
from typing import Any
from uuid import UUID

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy
from django.utils.translation import gettext_noop as N
from django.views.decorators.cache import never_cache
from django.views.decorators.http import require_POST

from bosett.grunn.feil import BosettFeil
from bosett.grunn.klokke import i_dag
from bosett.kartlegging import selectors_kultur as selectors
from bosett.kartlegging.models_kultur import Kulturoppmote
from bosett.kartlegging.rules.kultur import Timetall
from bosett.kartlegging.selectors_kultur import Kulturbilde
from bosett.kartlegging.services import kultur
from bosett.person import selectors_personvern
from bosett.person.models import Husholdning
from bosett.person.rules.koder import gjeldende, tekst
from bosett.tilgang.policy import kan
from bosett.web import visning
from bosett.web.foresporsel import Foresporsel
from bosett.web.krav import krever
from bosett.web.person.innsyn import port, smuler
from bosett.web.skjema import Dato, Skjema, oversatt

_SIDE = gettext_lazy("Kulturorientering")
_FELT = {
    "KULTUR-DAG": "dag",
    "KULTUR-TIMER": "timer",
    "KULTUR-SPRAAK": "spraak",
    "KULTUR-ARRANGOR": "arrangor",
    "ANKOMST-DAG": "ankommet",
}
_TEKSTER = (N("Møtte"), N("Møtte ikke"), N("Skal ikke være med"))


class NyOkt(Skjema):
    dag = Dato(label=gettext_lazy("Når var økten?"))
    timer = forms.DecimalField(
        label=gettext_lazy("Hvor mange timer?"), max_digits=3, decimal_places=1, localize=True,
        help_text=gettext_lazy("Hele eller halve timer, for eksempel 6 eller 2,5."),
        widget=forms.TextInput(attrs={"inputmode": "decimal"}),
    )  # fmt: skip
    spraak = forms.ChoiceField(label=gettext_lazy("På hvilket språk?"))
    arrangor = forms.CharField(label=gettext_lazy("Hvem holdt kurset?"), max_length=200)
    rett = {
        "dag": gettext_lazy("Skriv når økten var"),
        "timer": gettext_lazy("Skriv hvor mange timer økten varte"),
        "spraak": gettext_lazy("Velg språket"),
        "arrangor": gettext_lazy("Skriv hvem som holdt kurset"),
    }

    def __init__(self, *args: Any, bilde: Kulturbilde, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        spraak = sorted(((k.kode, k.tekst(visning.spraak()).capitalize()) for k in gjeldende("spraak", i_dag())), key=lambda valg: valg[1])  # fmt: skip
        self.fields["spraak"].choices = [("", _("Velg et språk")), *spraak]  # type: ignore[attr-defined]
        self.personer = {f"oppmote_{nr}": person for nr, (person, _timer) in enumerate(bilde.timer, 1)}
        for navn, person in self.personer.items():
            self.fields[navn] = forms.ChoiceField(
                label=_("Møtte %(navn)s?") % {"navn": person.navn}, widget=forms.RadioSelect,
                choices=[(v, _(str(t))) for v, t in Kulturoppmote.Oppmote.choices],
                error_messages={"required": _("Velg om %(navn)s møtte.") % {"navn": person.navn}},
            )  # fmt: skip

    def egne_meldinger(self) -> frozenset[str]:
        return frozenset(self.personer) if hasattr(self, "personer") else frozenset()

    def verdier(self) -> dict[str, Any]:
        rent = self.cleaned_data
        oppmote = {person.uuid: rent[navn] for navn, person in self.personer.items()}
        return {navn: rent[navn] for navn in ("dag", "timer", "spraak", "arrangor")} | {"oppmote": oppmote}


class Ankomst(Skjema):
    innreisefrist = Dato(
        label=gettext_lazy("Når er siste dag de kan reise inn?"), required=False,
        help_text=gettext_lazy("Innreisefristen i tillatelsen."),
    )  # fmt: skip
    planlagt = Dato(label=gettext_lazy("Når kommer de etter planen?"), required=False)
    flyplass = forms.CharField(label=gettext_lazy("Hvilken flyplass?"), max_length=120, required=False)
    moter = forms.CharField(label=gettext_lazy("Hvem møter dem?"), max_length=200, required=False)
    ankommet = Dato(
        label=gettext_lazy("Når kom de?"), required=False,
        help_text=gettext_lazy("La feltet stå tomt til de er kommet."),
    )  # fmt: skip
    lagringer = forms.IntegerField(widget=forms.HiddenInput, min_value=0)


@krever("kartlegging.kultur")
@never_cache
def logg(request: Foresporsel, husholdning: UUID) -> HttpResponse:
    h = selectors_personvern.sak(request.aktor, husholdning)
    if videre := port(request, h):
        return videre
    bilde, spraak = selectors.bilde(request.aktor, h), visning.spraak()
    innhold = {
        "h": h, "bilde": bilde, "timer": [(p, t, timetekst(t), _tall(t.tapt)) for p, t in bilde.timer],
        "okter": [
            (okt, _tall(okt.timer), tekst("spraak", okt.spraak, spraak), [(o.person.navn, _(str(o.get_oppmote_display()))) for o in okt.oppmoter.all()])
            for okt in bilde.okter
        ],
        "varsel": [(p.navn, timetekst(t)) for p, t in bilde.varsel],
        "kan_registrere": bilde.gjelder and kan(request.aktor, "kartlegging.registrer_okt"),
        "kan_ankomst": bilde.gjelder and kan(request.aktor, "kartlegging.sett_ankomst"),
        "smuler": smuler(request.aktor, husholdning, h.saksnummer, str(_SIDE)),
    }  # fmt: skip
    return render(request, "kartlegging/kultur.html", innhold)


def timetekst(timer: Timetall) -> str:
    """«20/20»; «14/20, mangler 6 timer»."""
    if not timer.gjelder:
        return _("Skal ikke være med")
    har = f"{_tall(timer.har)}/{_tall(Decimal(timer.av.tallverdi))}"
    if not timer.mangler:
        return har
    return _("%(har)s, mangler %(timer)s timer") % {"har": har, "timer": _tall(timer.mangler)}


def _tall(timer: Decimal) -> str:
    return visning.tall(timer, 0 if timer == timer.to_integral_value() else 1)


def _smuler(h: Husholdning, her: str) -> list[tuple[str, str]]:
    return [
        (h.saksnummer, reverse("person:husholdning", args=[h.subjekt.uuid])),
        (str(_SIDE), _hjem(h)),
        (her, ""),
    ]


def _hjem(h: Husholdning) -> str:
    return reverse("kartlegging:kulturorientering", args=[h.subjekt.uuid])


@krever("kartlegging.registrer_okt")
@never_cache
def ny_okt(request: Foresporsel, husholdning: UUID) -> HttpResponse:
    h = selectors_personvern.sak(request.aktor, husholdning)
    if videre := port(request, h):
        return videre
    bilde = selectors.bilde(request.aktor, h)
    if not bilde.gjelder:
        return redirect(_hjem(h))
    sist = next((okt for okt in bilde.okter if okt.strokt is None), None)
    skjema = NyOkt(
        request.POST or None, bilde=bilde,
        initial={"spraak": sist.spraak, "arrangor": sist.arrangor} if sist else {},
    )  # fmt: skip
    if request.method == "POST" and skjema.is_valid():
        try:
            kultur.registrer_okt(aktor=request.aktor, husholdning=husholdning, **skjema.verdier())
        except BosettFeil as feil:
            _ta(skjema, feil)
        else:
            messages.success(request, _("Økten er registrert."))
            return redirect(_hjem(h))
    innhold = {
        "skjema": skjema, "tittel": _("Registrer en økt"), "knapp": _("Registrer økten"), "avbryt": _hjem(h),
        "ingress": _("Kulturorienteringen er før ankomsten til Norge. Skriv én økt om gangen."),
        "smuler": _smuler(h, _("Ny økt")),
    }  # fmt: skip
    return render(request, "skjema/enkelt.html", innhold, status=422 if skjema.errors else 200)


@krever("kartlegging.stryk_okt")
@require_POST
def stryk(request: Foresporsel, kulturokt: UUID) -> HttpResponse:
    h = selectors.sak_til_okt(request.aktor, kulturokt)
    if videre := port(request, h):
        return videre
    try:
        kultur.stryk_okt(aktor=request.aktor, okt=kulturokt)
    except BosettFeil as feil:
        if feil.http_status in (403, 404):
            raise
        messages.error(request, oversatt(feil))
    else:
        messages.success(request, _("Økten er strøket, og teller ikke lenger."))
    return redirect(_hjem(h))


@krever("kartlegging.sett_ankomst")
@never_cache
def ankomst(request: Foresporsel, husholdning: UUID) -> HttpResponse:
    h = selectors_personvern.sak(request.aktor, husholdning)
    if videre := port(request, h):
        return videre
    bilde = selectors.bilde(request.aktor, h)
    if not bilde.gjelder:
        return redirect(_hjem(h))
    na = bilde.ankomst
    felt = ("innreisefrist", "planlagt", "flyplass", "moter", "ankommet", "lagringer")
    skjema = Ankomst(request.POST or None, initial={navn: getattr(na, navn) for navn in felt})
    if request.method == "POST" and skjema.is_valid():
        try:
            kultur.sett_ankomst(aktor=request.aktor, husholdning=husholdning, **skjema.cleaned_data)
        except BosettFeil as feil:
            _ta(skjema, feil)
            if feil.kode == "ANKOMST-SAMTIDIG":  # now seen: the next save is meant
                skjema.data = skjema.data.copy()  # type: ignore[attr-defined]
                skjema.data["lagringer"] = str(na.lagringer)  # type: ignore[index]
        else:
            messages.success(request, _("Ankomsten er lagret."))
            if lav := selectors.varsel(request.aktor, h):
                navn = ", ".join(f"{p.navn} ({timetekst(t)})" for p, t in lav)
                messages.warning(
                    request, _("Kulturorienteringen er ikke fullført: %(hvem)s") % {"hvem": navn}
                )
            return redirect(_hjem(h))
    innhold = {
        "skjema": skjema, "tittel": _("Ankomsten"), "knapp": _("Lagre ankomsten"), "avbryt": _hjem(h), "h": h,
        "na": na if skjema.errors and na.lagringer else None, "smuler": _smuler(h, _("Ankomsten")),
    }  # fmt: skip
    return render(request, "kartlegging/ankomst.html", innhold, status=422 if skjema.errors else 200)


def _ta(skjema: Skjema, feil: BosettFeil) -> None:
    if feil.http_status in (403, 404):
        raise feil
    skjema.ta_feil(feil, _FELT.get(feil.kode))
