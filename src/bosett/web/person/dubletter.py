"""Persons that may be registered twice: the list, two side by side, the two answers, and a merge with its undo."""

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
from django.views.decorators.http import require_POST

from bosett.grunn.feil import BosettFeil
from bosett.grunn.klokke import OSLO, naa
from bosett.person import selectors_dubletter as selectors
from bosett.person.models import Dublett, Person
from bosett.person.models_dubletter import Sammenslaaing
from bosett.person.services import dubletter as services
from bosett.person.services import sammenslaaing as tjeneste
from bosett.person.states_dubletter import DUBLETT
from bosett.tilgang.policy import kan
from bosett.tilgang.services import logg_innsyn
from bosett.web import visning
from bosett.web.foresporsel import Foresporsel
from bosett.web.komponenter import merke
from bosett.web.krav import krever
from bosett.web.person import sammenligning
from bosett.web.person.innsyn import port
from bosett.web.skjema import Skjema
from bosett.web.tabell import Kolonne, Tabell

_LESNING = "person.dubletter"
_TEKSTFELT = {"rows": 3}


class Utvalg(forms.Form):
    vis = forms.ChoiceField(
        label=_("Vis"),
        required=False,
        choices=[("", _("Ikke vurdert")), ("avgjort", _("Avgjort")), ("alle", _("Alle"))],
    )


def _filtrer(par: Any, valg: Any) -> Any:
    vis = valg.get("vis")
    if vis == "alle":
        return par
    return par.exclude(status="apen") if vis == "avgjort" else par.filter(status="apen")


def _status(verdi: str, _rad: Dublett) -> Any:
    tilstand = next(ett for ett in DUBLETT.tilstander if ett.kode == verdi)
    return merke(gettext(tilstand.navn), tilstand.farge)


def _alder(verdi: Any, par: Dublett) -> str:
    """How long the pair has waited, or waited before it was decided."""
    til, fra = ((par.avgjort or naa()).astimezone(OSLO), verdi.astimezone(OSLO))  # one calendar for both
    dager = (til.date() - fra.date()).days
    return ngettext("%(n)s dag", "%(n)s dager", dager) % {"n": visning.tall(dager)}


# No name and no number: those are on the page of the pair, where the look is logged.
DUBLETTER = Tabell(
    "dubletter",
    _("Mulige dubletter"),
    (
        Kolonne("grunner", _("Hvorfor"), felt=sammenligning.grunner, radhode=True, sorter=False,
                lenke=lambda par: reverse("person:dublett", args=[par.uuid])),
        Kolonne("poeng", _("Hvor like"), format=lambda poeng, _par: sammenligning.styrke(poeng), synkende_forst=True),
        Kolonne("saker", _("Saker"), felt=lambda par: _saker(par), format=lambda saker, _par: saker.replace("H ", "H\u00a0"), sorter=False),
        Kolonne("oppdaget", _("Ventet"), format=_alder, justering="slutt"),
        Kolonne("status", _("Status"), format=_status, eksport=lambda par: DUBLETT.navn(par.status)),
    ),
    filter=Utvalg,
    filtrer=_filtrer,
    sortering="-poeng",
    nokkel=lambda par: par.uuid,
    tom=_("Ingen par venter."),
    tom_hjelp=_("Bosett leter etter like personer hver gang noen kommer, og når et navn eller en fødselsdato blir endret."),
)  # fmt: skip


def _saker(par: Dublett) -> str:
    en, annen = par.en.husholdning.saksnummer, par.annen.husholdning.saksnummer
    return en if en == annen else gettext("%(en)s og %(annen)s") % {"en": en, "annen": annen}


class SlaaSammen(Skjema):
    behold = forms.ChoiceField(
        label=_("Hvem skal stå igjen?"),
        widget=forms.RadioSelect,
        help_text=_("Alt som er registrert på den andre, flyttes hit. Den andre forsvinner fra listene."),
    )
    grunn = forms.CharField(
        label=_("Hvordan vet du at de er samme person?"),
        max_length=1000,
        widget=forms.Textarea(attrs=_TEKSTFELT),
    )
    rett = {"behold": _("Velg hvem som skal stå igjen"), "grunn": _("Skriv hvordan du vet det")}

    def __init__(self, par: Dublett, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["behold"].choices = [  # type: ignore[attr-defined]
            (str(p.uuid), sammenligning.kjennetegn(p)) for p in (par.en, par.annen)
        ]


class IkkeSamme(Skjema):
    ulike = forms.CharField(
        label=_("Hvordan vet du at de er to?"), max_length=1000, widget=forms.Textarea(attrs=_TEKSTFELT)
    )
    rett = {"ulike": _("Skriv hvordan du vet at de er to")}


class Opphev(Skjema):
    grunn = forms.CharField(
        label=_("Hvorfor skal sammenslåingen oppheves?"),
        max_length=1000,
        widget=forms.Textarea(attrs=_TEKSTFELT),
    )
    rett = {"grunn": _("Skriv hvorfor sammenslåingen skal oppheves")}


@krever(_LESNING)
def liste(request: Foresporsel) -> HttpResponse:
    tabell = DUBLETTER.bygg(request, selectors.dubletter(request.aktor))
    logg_innsyn(aktor=request.aktor, lesning=_LESNING, antall=tabell.antall, utvalg=request.GET.urlencode())
    return tabell.eksport or render(request, "person/dubletter.html", {"tabell": tabell})


@krever(_LESNING)
@never_cache
def par(request: Foresporsel, dublett: UUID) -> HttpResponse:
    dette = selectors.dublett(request.aktor, dublett)
    if dette.status == Dublett.Status.SLAATT_SAMMEN:
        siste = selectors.sammenslaainger(request.aktor, dette).first()
        assert siste is not None
        return redirect("person:sammenslaaing", siste.uuid)
    return _port(request, dette.en, dette.annen) or _par(request, dette)


@krever("person.slaa_sammen")
@require_POST
@never_cache
def slaa_sammen(request: Foresporsel, dublett: UUID) -> HttpResponse:
    dette = selectors.dublett(request.aktor, dublett)
    if videre := _port(request, dette.en, dette.annen):
        return videre
    skjema = SlaaSammen(dette, request.POST)
    if skjema.is_valid():
        ider = {str(p.uuid): p.pk for p in (dette.en, dette.annen)}
        try:
            gjort = tjeneste.slaa_sammen(
                aktor=request.aktor,
                dublett_id=dette.pk,
                behold_id=ider[skjema.cleaned_data["behold"]],
                hvorfor=skjema.cleaned_data["grunn"],
            )
        except BosettFeil as feil:
            skjema.ta_feil(feil)
        else:
            messages.success(request, gettext("De to er slått sammen."))
            return redirect("person:sammenslaaing", gjort.uuid)
    return _par(request, dette, sammen=skjema, status=422)


@krever("person.ikke_samme")
@require_POST
@never_cache
def ikke_samme(request: Foresporsel, dublett: UUID) -> HttpResponse:
    dette = selectors.dublett(request.aktor, dublett)
    if videre := _port(request, dette.en, dette.annen):
        return videre
    skjema = IkkeSamme(request.POST)
    aktor, pk = request.aktor, dette.pk
    if skjema.utfor(lambda data: services.ikke_samme(aktor=aktor, dublett_id=pk, hvorfor=data["ulike"])):
        messages.success(request, gettext("Paret er avgjort, og kommer ikke opp igjen."))
        return redirect("person:dubletter")
    return _par(request, dette, ulike=skjema, status=422)


@krever(_LESNING)
@never_cache
def slaatt_sammen(request: Foresporsel, sammenslaaing: UUID) -> HttpResponse:
    denne = selectors.sammenslaaing(request.aktor, sammenslaaing)
    return _port(request, denne.beholdt, denne.borte) or _sammenslaaing(request, denne, Opphev())


@krever("person.opphev_sammenslaaing")
@require_POST
@never_cache
def opphev(request: Foresporsel, sammenslaaing: UUID) -> HttpResponse:
    denne = selectors.sammenslaaing(request.aktor, sammenslaaing)
    if videre := _port(request, denne.beholdt, denne.borte):
        return videre
    skjema = Opphev(request.POST)
    aktor, pk = request.aktor, denne.pk
    if skjema.utfor(lambda data: tjeneste.opphev(aktor=aktor, sammenslaaing_id=pk, hvorfor=data["grunn"])):
        messages.success(request, gettext("Sammenslåingen er opphevet. Alt er lagt tilbake."))
        return redirect("person:dublett", denne.dublett.uuid)
    return _sammenslaaing(request, denne, skjema, status=422)


def _port(request: Foresporsel, *personer: Person) -> HttpResponse | None:
    """The gate of both households: the page shows who they are."""
    for h in {p.husholdning_id: p.husholdning for p in personer}.values():
        if videre := port(request, h, _LESNING):
            return videre
    return None


def _par(
    request: Foresporsel,
    dette: Dublett,
    *,
    sammen: SlaaSammen | None = None,
    ulike: IkkeSamme | None = None,
    status: int = 200,
) -> HttpResponse:
    en, annen = selectors.kort(request.aktor, dette)
    innhold = {
        "par": dette,
        "grunner": sammenligning.grunner(dette),
        "en": en,
        "annen": annen,
        "linjer": sammenligning.linjer(en, annen),
        "kan_avgjore": dette.status == Dublett.Status.APEN and kan(request.aktor, "person.slaa_sammen"),
        "skjema": sammen or ulike,
        "sammen": sammen or SlaaSammen(dette),
        "ulike": ulike or IkkeSamme(),
        "for_": selectors.sammenslaainger(request.aktor, dette),
        "smuler": [(gettext("Mulige dubletter"), reverse("person:dubletter")), (_saker(dette), "")],
    }
    return render(request, "person/dublett.html", innhold, status=status)


def _sammenslaaing(
    request: Foresporsel, denne: Sammenslaaing, skjema: Opphev, status: int = 200
) -> HttpResponse:
    innhold = {
        "denne": denne,
        "beholdt": sammenligning.kjennetegn(denne.beholdt),
        "borte": sammenligning.kjennetegn(denne.borte),
        "flyttet": sammenligning.flyttet(denne.flyttet),
        "skjema": skjema,
        "kan_oppheve": denne.opphevet is None and kan(request.aktor, "person.opphev_sammenslaaing"),
        "smuler": [
            (gettext("Mulige dubletter"), reverse("person:dubletter")),
            (gettext("Slått sammen"), ""),
        ],
    }
    return render(request, "person/dublett_sammenslaaing.html", innhold, status=status)
