"""The national need: all versions year by year, and a form for a new one."""

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.utils.translation import gettext as _u
from django.utils.translation import gettext_lazy as _

from bosett.behov import selectors, services
from bosett.grunn.feil import Ugyldig
from bosett.grunn.klokke import i_dag
from bosett.web.foresporsel import Foresporsel
from bosett.web.krav import krever
from bosett.web.skjema import Dato, Skjema
from bosett.web.tabell import Kolonne, Tabell

TABELL = Tabell(
    "behov",
    _("Nasjonalt behov for bosetting"),
    (
        Kolonne("aar", _("År"), radhode=True, synkende_forst=True),
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


@krever("behov.liste")
def liste(request: Foresporsel) -> HttpResponse:
    tabell = TABELL.bygg(request, selectors.alle(request.aktor))
    return tabell.eksport or render(request, "behov/liste.html", {"tabell": tabell})


@krever("behov.registrer")
def nytt(request: Foresporsel) -> HttpResponse:
    skjema = NyttBehov(request.POST or None, initial={"fastsatt": i_dag(), "aar": i_dag().year + 1})
    if request.method == "POST" and skjema.is_valid():
        try:
            behov = services.registrer(aktor=request.aktor, **skjema.cleaned_data)
        except Ugyldig as feil:
            skjema.ta_feil(feil)
        else:
            messages.success(request, _u("Behovet for %(aar)s er registrert.") % {"aar": behov.aar})
            return redirect("behov:liste")
    return render(request, "behov/nytt.html", {"skjema": skjema}, status=422 if skjema.errors else 200)
