"""The sign-in form: local accounts now; a button for ID-porten or Ansattporten stands beside it later."""

from typing import Any

from django import forms
from django.contrib.auth import authenticate
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
