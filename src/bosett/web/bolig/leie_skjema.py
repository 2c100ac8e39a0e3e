"""The forms of landlords, leases and shared buildings."""

import re
from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bosett.aktor.kontekst import Aktor
from bosett.bolig import selectors, selectors_leie
from bosett.bolig.models import Bolig, Leiekontrakt, Prosjektpartner, Utleier
from bosett.bolig.selectors_prosjekt import Prosjektlinje
from bosett.bolig.services import leie, utleiere
from bosett.person.models import Husholdning
from bosett.web.bolig import leie_ord as ord_
from bosett.web.bolig.skjema import Boligskjema, Gruppe
from bosett.web.skjema import Dato, Heltall, Skjema

_RADER = {"rows": 3}


class Valg(forms.ModelChoiceField):
    """One of the actor's own things, by the UUID of its subject: no serial number is in the page."""

    def __init__(self, **kwargs: Any) -> None:
        super().__init__(to_field_name="subjekt__uuid", **kwargs)

    def prepare_value(self, value: Any) -> Any:
        return str(value.subjekt.uuid) if hasattr(value, "subjekt") else value


class EndreUtleier(Skjema):
    slag = forms.ChoiceField(
        label=_("Hvem leier ut?"), choices=list(ord_.UTLEIER.items()), widget=forms.RadioSelect
    )
    navn = forms.CharField(label=_("Navn"), max_length=200)
    orgnr = forms.CharField(
        label=_("Organisasjonsnummer"), max_length=20, required=False, help_text=_("Bare for selskaper. Vi lagrer ikke fødselsnummer."),
        widget=forms.TextInput(attrs={"inputmode": "numeric"}),
    )  # fmt: skip
    kontakt = forms.CharField(label=_("Kontaktperson"), max_length=200, required=False)
    telefon = forms.CharField(label=_("Telefon"), max_length=30, required=False)
    epost = forms.EmailField(label=_("E-post"), required=False)

    def opplysninger(self) -> utleiere.Opplysninger:
        return utleiere.Opplysninger(**{navn: v for navn, v in self.cleaned_data.items() if navn != "side"})


class NyUtleier(EndreUtleier):
    side = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    GRUPPER = (
        Gruppe(_("Utleieren"), ("slag", "navn", "orgnr")),
        Gruppe(_("Kontakt"), ("kontakt", "telefon", "epost")),
    )
    grupper = Boligskjema.grupper


class NyLeie(Skjema):
    """A draft. `aktor` decides which homes, landlords and head leases there are to choose from."""

    side = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    bolig = Valg(
        label=_("Hvilken bolig gjelder avtalen?"), queryset=Bolig.objects.none(), empty_label=_("Velg bolig")
    )  # fmt: skip
    slag = forms.ChoiceField(
        label=_("Hva slags avtale er det?"), choices=list(ord_.SLAG.items()), widget=forms.RadioSelect
    )
    utleier = Valg(
        label=_("Eieren som leier ut"), queryset=Utleier.objects.none(), required=False, empty_label=_("Kommunen leier ut"),
        help_text=_("Må fylles ut for hovedleie og direkte leie."),
    )  # fmt: skip
    hovedkontrakt = forms.ModelChoiceField(
        label=_("Hovedleien"), queryset=Leiekontrakt.objects.none(), required=False, empty_label=_("Ingen"),
        to_field_name="uuid", help_text=_("Må fylles ut for fremleie: avtalen kommunen leier boligen etter."),
    )  # fmt: skip
    husholdning = forms.CharField(
        label=_("Saksnummeret til husholdningen som leier"), max_length=20, required=False,
        help_text=_("For eksempel H 1204. La feltet stå tomt for hovedleie: da er kommunen leier."),
    )  # fmt: skip
    fra = Dato(label=_("Første dag"))
    siste_dag = Dato(
        label=_("Siste dag"), required=False, help_text=_("La feltet stå tomt hvis avtalen gjelder til noen sier opp.")
    )  # fmt: skip
    husleie = Heltall(label=_("Husleie i måneden, i kroner"), min_value=0, max_value=200_000)
    sikkerhet = forms.ChoiceField(
        label=_("Depositum eller garanti"), choices=list(ord_.SIKKERHET.items()), required=False
    )
    sikkerhet_belop = Heltall(label=_("Beløpet, i kroner"), required=False, min_value=1, max_value=2_000_000)
    oppsigelse = forms.CharField(label=_("Oppsigelse"), max_length=300, required=False)
    regler = forms.CharField(label=_("Andre regler"), required=False, widget=forms.Textarea(attrs=_RADER))

    GRUPPER = (
        Gruppe(_("Avtalen"), ("bolig", "slag")),
        Gruppe(_("Partene"), ("utleier", "hovedkontrakt", "husholdning")),
        Gruppe(_("Tiden"), ("fra", "siste_dag"), tett=True),
        Gruppe(_("Betaling"), ("husleie", "sikkerhet", "sikkerhet_belop"), tett=True),
        Gruppe(_("Regler"), ("oppsigelse", "regler")),
    )
    grupper = Boligskjema.grupper

    def __init__(self, *args: Any, aktor: Aktor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.aktor = aktor
        felt: Any = self.fields
        felt["bolig"].queryset = selectors.boliger(aktor).exclude(tilstand="ute").order_by("pk")
        felt["bolig"].label_from_instance = lambda b: f"{b.nummer}, {b.adresse} {b.bruksenhet}".strip()
        felt["utleier"].queryset = selectors_leie.utleiere(aktor)
        felt["utleier"].label_from_instance = lambda u: u.navn
        felt["hovedkontrakt"].queryset = selectors_leie.hovedleier(aktor)
        felt["hovedkontrakt"].label_from_instance = _hovedleienavn

    def clean_husholdning(self) -> Husholdning | None:
        skrevet = self.cleaned_data["husholdning"]
        if not skrevet:
            return None
        tall = re.fullmatch(r"[Hh]?\s*(\d{1,15})", skrevet.strip())
        funnet = selectors_leie.leier(self.aktor, int(tall[1])) if tall else None
        if funnet is None:
            raise forms.ValidationError(gettext("Kommunen har ingen sak med dette nummeret. Skriv det slik det står i saken, for eksempel H 1204."))  # fmt: skip
        return funnet

    def avtale(self) -> leie.Avtale:
        return leie.Avtale(
            **{navn: v for navn, v in self.cleaned_data.items() if navn not in ("side", "bolig")}
        )


def _hovedleienavn(k: Leiekontrakt) -> str:
    return gettext("%(leie)s av %(bolig)s, siste dag: %(siste)s") % {
        "leie": k.nummer,
        "bolig": k.bolig.nummer,
        "siste": ord_.siste(k),
    }


class Underskrift(Skjema):
    part = forms.ChoiceField(label=_("Hvem har undertegnet?"), widget=forms.RadioSelect)
    navn = forms.CharField(label=_("Navnet på den som undertegnet"), max_length=200)
    dato = Dato(label=_("Dato for underskriften"))

    def __init__(self, *args: Any, kontrakt: Leiekontrakt, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        felt: Any = self.fields["part"]
        felt.choices = [(k, v) for k, v in ord_.PART.items() if getattr(kontrakt, f"{k}_dato") is None]


class Avslutning(Skjema):
    siste_dag = Dato(label=_("Hva er den siste dagen avtalen gjelder?"))
    grunn = forms.CharField(label=_("Hvorfor avsluttes den?"), widget=forms.Textarea(attrs=_RADER))
    ledig = forms.BooleanField(
        label=_("Boligen er ledig fra dagen etter"), required=False, help_text=_("Uten kryss må dere melde selv når den er ledig.")
    )  # fmt: skip
    bekreftet = forms.BooleanField(
        label=_("Vi finner en annen bolig til dem som leier videre"), required=False, help_text=_("Må krysses av når noen leier boligen videre etter den siste dagen. Dere får en oppgave.")
    )  # fmt: skip

    def __init__(self, *args: Any, kontrakt: Leiekontrakt, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        del self.fields["ledig" if kontrakt.slag == "hovedleie" else "bekreftet"]


class NyttProsjekt(Skjema):
    side = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    navn = forms.CharField(label=_("Hva heter prosjektet?"), max_length=120)
    beskrivelse = forms.CharField(label=_("Beskrivelse"), required=False, widget=forms.Textarea(attrs=_RADER))
    GRUPPER = (Gruppe(_("Prosjektet"), ("navn", "beskrivelse")),)
    grupper = Boligskjema.grupper


class Partner(Skjema):
    navn = forms.CharField(
        label=_("Hvem er partneren?"), max_length=120, help_text=_("Også kommunen er en partner. Står navnet der fra før, blir tallet rettet.")
    )  # fmt: skip
    antall = Heltall(label=_("Hvor mange boliger har de i prosjektet?"), min_value=1, max_value=2000)
    kan_bosette = forms.TypedChoiceField(
        label=_("Kan noen bosettes i boligene deres?"), choices=[("ja", _("Ja")), ("nei", _("Nei"))], coerce=lambda v: v == "ja",
        widget=forms.RadioSelect,
    )  # fmt: skip
    grupper = forms.MultipleChoiceField(
        label=_("Hvem er boligene for?"), required=False, choices=list(ord_.GRUPPER.items()), widget=forms.CheckboxSelectMultiple,
        help_text=_("Ingen kryss betyr alle."),
    )  # fmt: skip


class Prosjektbolig(Skjema):
    bolig = Valg(
        label=_("Hvilken bolig?"), queryset=Bolig.objects.none(), empty_label=_("Velg bolig")
    )  # fmt: skip
    partner = forms.ModelChoiceField(
        label=_("Hvilken partner har den?"), queryset=Prosjektpartner.objects.none(), required=False,
        empty_label=_("Den er ikke i prosjektet"),
    )  # fmt: skip

    def __init__(self, *args: Any, aktor: Aktor, linje: Prosjektlinje, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        felt: Any = self.fields
        felt["bolig"].queryset = selectors.boliger(aktor).filter(organisasjon=linje.prosjekt.organisasjon)
        felt["bolig"].label_from_instance = lambda b: f"{b.nummer}, {b.adresse} {b.bruksenhet}".strip()
        felt["partner"].queryset = linje.prosjekt.partnere.order_by("pk")
        felt["partner"].label_from_instance = lambda p: p.navn
