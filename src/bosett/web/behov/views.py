"""The national need: all versions year by year, each year with its changes and forecasts, and forms for new ones."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _u
from django.utils.translation import gettext_lazy as _

from bosett.behov import selectors, services
from bosett.behov.prognoser import DRIVERE, PROGNOSER
from bosett.grunn.feil import Ugyldig
from bosett.grunn.klokke import i_dag
from bosett.tilgang.policy import kan
from bosett.web.foresporsel import Foresporsel
from bosett.web.krav import krever
from bosett.web.skjema import Dato, Skjema
from bosett.web.tabell import Kolonne, Tabell

TABELL = Tabell(
    "behov",
    _("Nasjonalt behov for bosetting"),
    (
        Kolonne(
            "aar",
            _("År"),
            radhode=True,
            synkende_forst=True,
            lenke=lambda rad: reverse("behov:aar", args=[rad.aar]),
        ),
        Kolonne("versjon", _("Versjon"), format="tall"),
        Kolonne("totalt", _("Plasser i alt"), format="tall"),
        Kolonne("em", _("Enslige mindreårige"), format="tall"),
        Kolonne("em_under_15", _("Under 15 år"), format="tall"),
        Kolonne("fastsatt_av", _("Fastsatt av")),
        Kolonne("fastsatt", _("Dato"), format="dato"),
        Kolonne("kilde", _("Kilde"), svak=True),
        Kolonne("begrunnelse", _("Hvorfor endret"), bare_eksport=True),
    ),
    sortering="-aar",
    tom=_("Det er ikke registrert noe behov ennå."),
    tom_hjelp=_("Behovet må være registrert før du kan lage en runde."),
)


class NyttBehov(Skjema):
    aar = forms.IntegerField(label=_("Hvilket år?"), min_value=2000, max_value=2100)
    totalt = forms.IntegerField(label=_("Hvor mange plasser i alt?"), min_value=1, max_value=200_000)
    em = forms.IntegerField(label=_("Hvor mange av dem er enslige mindreårige?"), min_value=0)
    em_under_15 = forms.IntegerField(
        label=_("Hvor mange av de enslige mindreårige er under 15 år?"), min_value=0, required=False,
        help_text=_("La feltet stå tomt hvis det ikke er kjent."),
    )  # fmt: skip
    fastsatt_av = forms.CharField(
        label=_("Hvem har fastsatt behovet?"),
        max_length=200,
        initial="Nasjonalt utvalg for mottak og bosetting",
    )
    fastsatt = Dato(label=_("Når ble det fastsatt?"), help_text=_("For eksempel 6.10.2026."))
    kilde = forms.CharField(
        label=_("Hvor står det?"),
        max_length=300,
        help_text=_("Dokument eller møte, slik at andre kan finne det igjen."),
    )
    begrunnelse = forms.CharField(
        label=_("Hvorfor er behovet endret?"), required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Må fylles ut hvis året har et behov fra før."),
    )  # fmt: skip
    drivere = forms.MultipleChoiceField(
        label=_("Hva ligger bak endringen?"), required=False, choices=list(DRIVERE.items()), widget=forms.CheckboxSelectMultiple,
        help_text=_("Velg det som passer. Det blir vist sammen med endringen."),
    )  # fmt: skip


class NyPrognose(Skjema):
    aar = forms.IntegerField(label=_("Hvilket år gjelder prognosen?"), min_value=2000, max_value=2100)
    kode = forms.ChoiceField(
        label=_("Hvilken prognose?"), choices=[(k, p.navn) for k, p in PROGNOSER.items()]
    )
    antall = forms.IntegerField(label=_("Hvor mange personer?"), min_value=0, max_value=1_000_000)
    kilde = forms.CharField(
        label=_("Hvor står det?"),
        max_length=300,
        help_text=_("Dokument eller møte, slik at andre kan finne det igjen."),
    )
    dato = Dato(label=_("Når ble prognosen laget?"), help_text=_("For eksempel 6.10.2026."))


@krever("behov.liste")
def liste(request: Foresporsel) -> HttpResponse:
    tabell = TABELL.bygg(request, selectors.alle(request.aktor))
    return tabell.eksport or render(request, "behov/liste.html", {"tabell": tabell})


@krever("behov.registrer")
def nytt(request: Foresporsel) -> HttpResponse:
    valgt = request.GET.get("aar", "")
    neste = int(valgt) if valgt.isdigit() else i_dag().year + 1
    skjema = NyttBehov(request.POST or None, initial={"fastsatt": i_dag(), "aar": neste})
    if request.method == "POST" and skjema.is_valid():
        try:
            behov = services.registrer(aktor=request.aktor, **skjema.cleaned_data)
        except Ugyldig as feil:
            skjema.ta_feil(feil)
        else:
            messages.success(request, _u("Behovet for %(aar)s er registrert.") % {"aar": behov.aar})
            return redirect("behov:liste")
    skrevet = str(skjema.data.get("aar", neste))
    aar = int(skrevet) if skrevet.isdigit() else neste
    prognoser = selectors.prognoser_for(request.aktor, aar)
    return render(
        request,
        "behov/nytt.html",
        {
            "skjema": skjema,
            "aar": aar,
            "prognoser": [(kode, PROGNOSER[kode].navn, prognose) for kode, prognose in prognoser],
        },
        status=422 if skjema.errors else 200,
    )


@krever("behov.registrer_prognose")
def ny_prognose(request: Foresporsel) -> HttpResponse:
    valgt = {navn: request.GET[navn] for navn in ("aar", "kode") if navn in request.GET}
    skjema = NyPrognose(request.POST or None, initial={"dato": i_dag(), "aar": i_dag().year + 1, **valgt})
    if request.method == "POST" and skjema.is_valid():
        try:
            prognose = services.registrer_prognose(aktor=request.aktor, **skjema.cleaned_data)
        except Ugyldig as feil:
            skjema.ta_feil(feil)
        else:
            messages.success(request, _u("Prognosen for %(aar)s er registrert.") % {"aar": prognose.aar})
            return redirect("behov:aar", aar=prognose.aar)
    return render(request, "behov/ny_prognose.html", {"skjema": skjema}, status=422 if skjema.errors else 200)


@krever("behov.liste")
def ett_aar(request: Foresporsel, aar: int) -> HttpResponse:
    return render(
        request,
        "behov/aar.html",
        {
            "aarsbehov": selectors.aarsbehov(request.aktor, aar),
            "drivere": DRIVERE,
            "kan_endre": kan(request.aktor, "behov.registrer"),
        },
    )
