"""The forms of the national need and what stands beside it."""

from django import forms
from django.utils.translation import gettext_lazy as _

from bosett.behov.prognoser import DRIVERE, PROGNOSER
from bosett.web.skjema import Dato, Skjema

_HVOR = _("Dokument eller møte, slik at andre kan finne det igjen.")
_DATO = _("For eksempel 6.10.2026.")


class NyttBehov(Skjema):
    aar = forms.IntegerField(label=_("Hvilket år?"), min_value=2000, max_value=2100)
    totalt = forms.IntegerField(label=_("Hvor mange plasser i alt?"), min_value=1, max_value=200_000)
    em = forms.IntegerField(label=_("Hvor mange av dem er enslige mindreårige?"), min_value=0)
    em_under_15 = forms.IntegerField(
        label=_("Hvor mange av de enslige mindreårige er under 15 år?"), min_value=0, required=False,
        help_text=_("La feltet stå tomt hvis det ikke er kjent."),
    )  # fmt: skip
    formulering = forms.CharField(
        label=_("Hvordan skal hele behovet stå i brevene?"), max_length=60, required=False,
        help_text=_("For eksempel «om lag 5 100» når tallet er 5 120. Er feltet tomt, runder brevet av til nærmeste hundre."),
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


class NyAvtale(Skjema):
    aar = forms.IntegerField(label=_("Hvilket år gjelder avtalen?"), min_value=2000, max_value=2100)
    parter = forms.CharField(
        label=_("Hvem har inngått avtalen?"), max_length=200, help_text=_("For eksempel «Regjeringen og KS».")
    )
    plasser = forms.IntegerField(label=_("Hvor mange plasser er avtalt?"), min_value=1, max_value=200_000)
    dato = Dato(
        label=_("Når ble avtalen inngått?"),
        required=False,
        help_text=_("La feltet stå tomt hvis det ikke er kjent."),
    )
    kilde = forms.CharField(label=_("Hvor står det?"), max_length=300, help_text=_HVOR)
    merknad = forms.CharField(
        label=_("Merknad"), required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Må fylles ut hvis avtalen er registrert fra før. Skriv hva som er endret."),
    )  # fmt: skip


class NyttScenario(Skjema):
    aar = forms.IntegerField(label=_("Hvilket år gjelder scenarioet?"), min_value=2000, max_value=2100)
    navn = forms.CharField(
        label=_("Hva skal scenarioet hete?"),
        max_length=80,
        help_text=_("For eksempel «Høyt» eller «Flere fra Ukraina»."),
    )
    totalt = forms.IntegerField(label=_("Hvor mange plasser i alt?"), min_value=0, max_value=200_000)
    em = forms.IntegerField(label=_("Hvor mange av dem er enslige mindreårige?"), min_value=0)
    em_under_15 = forms.IntegerField(
        label=_("Hvor mange av de enslige mindreårige er under 15 år?"), min_value=0, required=False,
        help_text=_("La feltet stå tomt hvis det ikke er kjent."),
    )  # fmt: skip
    beskrivelse = forms.CharField(
        label=_("Hva skjer i scenarioet?"), widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Skriv hva som er annerledes enn i det fastsatte behovet."),
    )  # fmt: skip
    kilde = forms.CharField(label=_("Hvor står det?"), max_length=300, help_text=_HVOR)


class NyttUttaksland(Skjema):
    aar = forms.IntegerField(label=_("Hvilket år gjelder kvoten?"), min_value=2000, max_value=2100)
    land = forms.CharField(label=_("Hvilket land skal flyktningene tas ut fra?"), max_length=80)
    plasser = forms.IntegerField(
        label=_("Hvor mange plasser er planlagt derfra?"), min_value=1, max_value=200_000,
        help_text=_("De skal være med i prognosen for overføringsflyktninger."),
    )  # fmt: skip
    fra = Dato(label=_("Fra hvilken dag er landet åpent?"), help_text=_DATO)
    kilde = forms.CharField(label=_("Hvor står det?"), max_length=300, help_text=_HVOR)


class EndreUttaksland(Skjema):
    """Closing or opening: the same questions."""

    fra = Dato(label=_("Fra hvilken dag?"), help_text=_DATO)
    grunn = forms.CharField(
        label=_("Hvorfor?"), max_length=300, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Blir stående i prognosen, så alle ser hvorfor den er endret."),
    )  # fmt: skip
    kilde = forms.CharField(label=_("Hvor står det?"), max_length=300, help_text=_HVOR)
