"""Forms of the thread and of contacts with municipalities."""

from typing import Any
from uuid import uuid4

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bosett.aktor.models import Organisasjon
from bosett.samtale.henvendelser import GRUNNER
from bosett.samtale.henvendelser import MAKS_TEKST as MAKS_BEHOV
from bosett.samtale.models import Henvendelse, Innlegg
from bosett.samtale.rules import INTERN, PARTER
from bosett.samtale.services import MAKS_TEKST
from bosett.web import visning
from bosett.web.kommunevalg import kommunen
from bosett.web.samtale.parter import NAVN
from bosett.web.skjema import Dato, Skjema

FELT = {
    "SAMTALE-TEKST": "tekst", "SAMTALE-LESERE": "leses_av", "SAMTALE-SVAR-LESER": "leses_av", "SAMTALE-SPORSMAAL-TIL": "sporsmaal_til",
    "SAMTALE-FRIST": "frist", "SAMTALE-GRUNN": "grunn", "SAMTALE-SVAR": "svar", "SAMTALE-SVARTEKST": "tekst", "SAMTALE-KOMMUNE": "kommune",
    "SAMTALE-SAMME-KOMMUNE": "kommune", "SAMTALE-BEHOV": "behov", "SAMTALE-ANONYM": "behov", "SAMTALE-DOBBELTKONTAKT": "bekreft",
}  # fmt: skip
"""Code of a refusal → the field it is about."""


class Svarinnlegg(Skjema):
    tekst = forms.CharField(
        label=_("Hva vil du si?"), widget=forms.Textarea(attrs={"rows": 5, "data-tast": "m"}), max_length=MAKS_TEKST,
        help_text=_("Skriv bare det de andre trenger for å bosette dem. Innlegget kan ikke endres når det er sendt."),
    )  # fmt: skip
    leses_av = forms.MultipleChoiceField(
        label=_("Hvem skal kunne lese det?"), widget=forms.CheckboxSelectMultiple,
        help_text=_("De du krysser av for, og enheten din. Den som overtar saken i samme rolle senere, kan også lese det."),
    )  # fmt: skip
    side = forms.UUIDField(widget=forms.HiddenInput)
    rett = {"tekst": _("Skriv hva du vil si"), "leses_av": _("Velg hvem som skal kunne lese det")}

    def __init__(self, *args: Any, egen: str, deltar: frozenset[str], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.initial.setdefault("side", uuid4())
        self.andre = [
            (part, _navn(part, deltar))
            for part in PARTER
            if part != egen and (part in deltar or part != "bufetat")
        ]
        self.fields["leses_av"].choices = self.andre + self.ogsaa()  # type: ignore[attr-defined]

    def ogsaa(self) -> list[tuple[str, str]]:
        return []


class NyttInnlegg(Svarinnlegg):
    sporsmaal_til = forms.ChoiceField(
        label=_("Er det et spørsmål til noen?"), required=False,
        help_text=_("Den du spør, får en oppgave med frist."),
    )  # fmt: skip
    frist = Dato(
        label=_("Når trenger du svaret?"), required=False, help_text=_("Bare når det er et spørsmål.")
    )
    rett = {
        **Svarinnlegg.rett,
        "sporsmaal_til": _("Velg hvem du spør"),
        "frist": _("Skriv når du trenger svaret"),
    }

    def __init__(self, *args: Any, deltar: frozenset[str], **kwargs: Any) -> None:
        super().__init__(*args, deltar=deltar, **kwargs)
        spor = [(part, navn) for part, navn in self.andre if part in deltar]
        self.fields["sporsmaal_til"].choices = [("", gettext("Nei, det er ikke et spørsmål")), *spor]  # type: ignore[attr-defined]

    def ogsaa(self) -> list[tuple[str, str]]:
        return [(INTERN, gettext("Ingen andre: internt notat for oss"))]


def _navn(part: str, deltar: frozenset[str]) -> str:
    navn = visning.stor(str(NAVN[part]))
    return navn if part in deltar else gettext("%(part)s (har ikke saken nå)") % {"part": navn}


class Trekk(Skjema):
    grunn = forms.ChoiceField(
        label=_("Hvorfor trekker du det tilbake?"), widget=forms.RadioSelect,
        choices=[(v, _(t)) for v, t in Innlegg.Trukket.choices],
    )  # fmt: skip
    rett = {"grunn": _("Velg hvorfor du trekker det tilbake")}


class NyHenvendelse(Skjema):
    kommune = forms.CharField(
        label=_("Hvilken kommune vil du spørre?"), max_length=100, help_text=_("Navn eller nummer.")
    )
    svarfrist = Dato(label=_("Når trenger du svar?"))
    behov = forms.CharField(
        label=_("Hva trenger de?"), widget=forms.Textarea(attrs={"rows": 5}), max_length=MAKS_BEHOV,
        help_text=_("Bolig, skole, arbeid og helsetjenester, så kort som mulig. Ikke skriv navn, fødselsdato eller nummer."),
    )  # fmt: skip
    bekreft = forms.BooleanField(
        label=_("Jeg har sett hvem som er spurt, og vil ta kontakt likevel."),
        error_messages={
            "required": _("Kryss av for at du har sett hvem som er spurt, eller la være å sende.")
        },
    )
    side = forms.UUIDField(widget=forms.HiddenInput)
    rett = {
        "kommune": _("Skriv hvilken kommune du vil spørre"),
        "svarfrist": _("Skriv når du trenger svar"),
        "behov": _("Skriv hva de trenger, uten å si hvem de er"),
        "bekreft": _("Bekreft at du har sett hvem som er spurt"),
    }

    def __init__(self, *args: Any, spurt: bool, **kwargs: Any) -> None:
        """`spurt`: another municipality has been asked, and the sender must say that this is known."""
        super().__init__(*args, **kwargs)
        self.initial.setdefault("side", uuid4())
        if not spurt:
            del self.fields["bekreft"]

    def egne_meldinger(self) -> frozenset[str]:
        return frozenset({"bekreft"})

    def clean_kommune(self) -> Organisasjon:
        funnet = Organisasjon.objects.filter(kommune=kommunen(self.cleaned_data["kommune"])).first()
        if funnet is None:
            raise forms.ValidationError(gettext("Kommunen er ikke i Bosett."))
        return funnet


class Svar(Skjema):
    svar = forms.ChoiceField(
        label=_("Kan kommunen bosette dem?"), widget=forms.RadioSelect, choices=[(v, _(t)) for v, t in Henvendelse.Svar.choices]
    )  # fmt: skip
    tekst = forms.CharField(
        label=_("Hva kan dere tilby, eller hvorfor ikke?"), widget=forms.Textarea(attrs={"rows": 5}), max_length=MAKS_BEHOV, required=False,
        help_text=_("Må fylles ut når svaret er kanskje eller nei."),
    )  # fmt: skip
    rett = {
        "svar": _("Velg ja, kanskje eller nei"),
        "tekst": _("Skriv hva svaret avhenger av, eller hvorfor ikke"),
    }


class TrekkHenvendelse(Skjema):
    grunn = forms.ChoiceField(
        label=_("Hvorfor trekker du henvendelsen?"), widget=forms.RadioSelect, choices=[(v.value, _(v.label)) for v in GRUNNER],
        help_text=_("Kommunen får vite hvorfor. Er den sendt ved en feil, ser kommunen den ikke lenger."),
    )  # fmt: skip
    rett = {"grunn": _("Velg hvorfor du trekker henvendelsen")}
