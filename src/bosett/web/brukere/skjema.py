"""Forms of users and roles."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bosett.aktor.roller import Rolle
from bosett.brukere.selectors import Brukerkort
from bosett.grunn.klokke import i_dag
from bosett.web.skjema import Skjema

_DATO = {"type": "date"}
VIKAR_DAGER = 14


def _rollevalg(roller: list[Rolle]) -> list[tuple[str, str]]:
    return [(rolle.kode, f"{gettext(rolle.navn)}. {gettext(rolle.beskrivelse)}") for rolle in roller]


class MedPeriode(Skjema):
    """A period as people write it: the last day is included; the service wants the day after."""

    def siste_dag(self) -> dict[str, Any]:
        data = dict(self.cleaned_data)
        data["til"] = data["til"] + timedelta(days=1) if data.get("til") else None
        return data


class RolleIPeriode(MedPeriode):
    rolle = forms.ChoiceField(label=_("Hvilken rolle?"), widget=forms.RadioSelect)
    fra = forms.DateField(
        label=_("Første dag"), required=False, widget=forms.DateInput(attrs=_DATO),
        help_text=_("La feltet stå tomt hvis rollen skal gjelde med en gang."),
    )  # fmt: skip
    til = forms.DateField(
        label=_("Siste dag"), required=False, widget=forms.DateInput(attrs=_DATO),
        help_text=_("La feltet stå tomt hvis rollen ikke har noen sluttdato."),
    )  # fmt: skip
    rett = {"rolle": _("Velg en rolle")}

    def __init__(self, roller: list[Rolle], *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["rolle"].choices = _rollevalg(roller)  # type: ignore[attr-defined]


class NyBruker(RolleIPeriode):
    navn = forms.CharField(
        label=_("Hva heter personen?"), max_length=200, widget=forms.TextInput(attrs={"autocomplete": "off"})
    )
    epost = forms.EmailField(
        label=_("E-postadresse på jobb"), help_text=_("Varsler om nye saker sendes hit."), max_length=254,
        widget=forms.EmailInput(attrs={"autocomplete": "off"}),
    )  # fmt: skip
    nokkel = forms.UUIDField(widget=forms.HiddenInput)
    rett = {
        "navn": _("Skriv navnet"),
        "epost": _("Skriv e-postadressen"),
        "rolle": _("Velg en rolle"),
    }
    field_order = ["navn", "epost", "rolle", "fra", "til"]

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["nokkel"].initial = uuid4


class HentBruker(RolleIPeriode):
    brukernavn = forms.CharField(
        label=_("Brukernavn"), max_length=150, help_text=_("Personen ser brukernavnet sitt på Min side.")
    )
    rett = {"brukernavn": _("Skriv brukernavnet"), "rolle": _("Velg en rolle")}
    field_order = ["brukernavn", "rolle", "fra", "til"]


class Vikar(MedPeriode):
    vikar = forms.ChoiceField(label=_("Hvem er vikar?"))
    fra = forms.DateField(label=_("Første dag"), widget=forms.DateInput(attrs=_DATO))
    til = forms.DateField(label=_("Siste dag"), widget=forms.DateInput(attrs=_DATO))
    rett = {"vikar": _("Velg en kollega")}

    def __init__(self, kolleger: list[Brukerkort], *args: Any, **kwargs: Any) -> None:
        dag = i_dag()
        kwargs.setdefault("initial", {"fra": dag, "til": dag + timedelta(days=VIKAR_DAGER)})
        super().__init__(*args, **kwargs)
        self.fields["vikar"].choices = [  # type: ignore[attr-defined]
            ("", _("Velg en kollega")),
            *((str(kort.bruker.uuid), kort.bruker.navn) for kort in kolleger),
        ]


class ByttPassord(Skjema):
    gammelt = forms.CharField(
        label=_("Nåværende passord"), strip=False, max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "current-password"}),
    )  # fmt: skip
    nytt = forms.CharField(
        label=_("Nytt passord"), strip=False, max_length=200,
        help_text=_("Minst 12 tegn. Fire ord som ikke hører sammen, er lett å huske og vanskelig å gjette."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )  # fmt: skip
    igjen = forms.CharField(
        label=_("Nytt passord en gang til"), strip=False, max_length=200,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )  # fmt: skip
    rett = {
        "gammelt": _("Skriv passordet du har nå"),
        "nytt": _("Velg et nytt passord"),
        "igjen": _("Skriv det nye passordet likt begge steder"),
    }

    def clean(self) -> dict[str, Any]:
        data: dict[str, Any] = super().clean() or {}
        if "nytt" in data and "igjen" in data and data["nytt"] != data["igjen"]:
            self.add_error("igjen", gettext("De to nye passordene er ikke like."))
        return data


class GodkjennSoknad(Skjema):
    kontroll = forms.ChoiceField(
        label=_("Hvordan er søkeren kontrollert?"),
        widget=forms.RadioSelect,
        choices=[
            ("sentralbord", _("Jeg ringte sentralbordet i kommunen")),
            ("kjent", _("Jeg snakket med en leder jeg kjenner fra før")),
            ("brev", _("Kommunen har bekreftet det i brev")),
        ],
    )
    hvordan = forms.CharField(
        label=_("Skriv kort hva du gjorde"),
        max_length=1000,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Minst fire ord: hvem du snakket med, hvor du fant nummeret, og om avtalen er signert."),
    )
    rett = {"kontroll": _("Velg hvordan søkeren er kontrollert"), "hvordan": _("Skriv hva du gjorde")}


class AvslaSoknad(Skjema):
    grunn = forms.CharField(
        label=_("Hvorfor blir søknaden avslått?"), max_length=1000, widget=forms.Textarea(attrs={"rows": 3})
    )
    rett = {"grunn": _("Skriv hvorfor søknaden blir avslått")}
