"""The sign-in form (local accounts now; ID-porten or Ansattporten later), and the form for those who have no access."""

from typing import Any

from django import forms
from django.contrib.auth import authenticate
from django.core.validators import RegexValidator
from django.http import HttpRequest
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bosett.aktor.models import Bruker
from bosett.web.skjema import Skjema


class LoggInn(Skjema):
    brukernavn = forms.CharField(
        label=_("Brukernavn"),
        max_length=150,
        widget=forms.TextInput(
            attrs={"autocomplete": "username", "autocapitalize": "none", "spellcheck": "false"}
        ),
    )
    passord = forms.CharField(
        label=_("Passord"),
        strip=False,
        max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )
    rett = {"brukernavn": _("Skriv brukernavnet ditt"), "passord": _("Skriv passordet ditt")}

    def __init__(self, request: HttpRequest, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.request = request
        self.bruker: Bruker | None = None

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if "brukernavn" in data and "passord" in data:
            # One answer for an unknown name, a wrong password and a closed account.
            bruker = authenticate(
                self.request, brukernavn=data["brukernavn"].strip().lower(), password=data["passord"]
            )
            if not isinstance(bruker, Bruker):
                raise forms.ValidationError(
                    gettext(
                        "Brukernavnet eller passordet er feil. Prøv igjen, eller be den som gir roller hos dere om hjelp."
                    )
                )
            self.bruker = bruker
        return data


class BeOmTilgang(Skjema):
    """Who asks, for which municipality, and who can confirm it."""

    kommune = forms.ChoiceField(label=_("Hvilken kommune gjelder det?"))
    navn = forms.CharField(
        label=_("Hva heter du?"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "name"})
    )
    epost = forms.EmailField(
        label=_("E-postadressen din på jobb"),
        max_length=254,
        help_text=_("Bruk adressen du har i kommunen, ikke en privat adresse."),
        widget=forms.EmailInput(attrs={"autocomplete": "email"}),
    )
    stilling = forms.CharField(
        label=_("Hva er stillingen din?"),
        max_length=120,
        widget=forms.TextInput(attrs={"autocomplete": "organization-title"}),
    )
    bekrefter = forms.CharField(
        label=_("Hvem i ledelsen kan bekrefte at du skal ha tilgang?"),
        max_length=200,
        help_text=_("Navn og stilling, for eksempel kommunedirektøren. IMDi snakker med personen."),
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )
    bekrefter_telefon = forms.CharField(
        label=_("Telefonnummer til personen, eller til sentralbordet"),
        max_length=20,
        widget=forms.TextInput(attrs={"autocomplete": "off", "inputmode": "tel"}),
        validators=[RegexValidator(r"^\+?[0-9 ]{5,19}$", _("Skriv bare tall, for eksempel 74 00 00 00."))],
    )
    avtale = forms.BooleanField(
        label=_("Jeg vet at avtalen om utveksling av opplysninger må være signert før noen får tilgang")
    )
    nettside = forms.CharField(required=False, max_length=200)
    """Hidden: people leave it empty, machines that fill in everything do not."""
    rett = {
        "kommune": _("Velg kommunen"),
        "navn": _("Skriv navnet ditt"),
        "epost": _("Skriv e-postadressen din på jobb"),
        "stilling": _("Skriv stillingen din"),
        "bekrefter": _("Skriv hvem i ledelsen som kan bekrefte det"),
        "bekrefter_telefon": _("Skriv telefonnummeret til den som kan bekrefte det"),
        "avtale": _("Bekreft at du har lest om avtalen"),
    }

    def __init__(self, kommuner: list[tuple[str, str]], *args: Any, uten_rolle: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["kommune"].choices = [("", _("Velg kommune")), *kommuner]  # type: ignore[attr-defined]
        self.fields["navn"].disabled = uten_rolle  # the role is given to the account that asks

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if data.pop("nettside", ""):
            raise forms.ValidationError(
                gettext("Et felt som er skjult for mennesker, var fylt ut. Vi har tømt det. Send på nytt.")
            )
        return data
