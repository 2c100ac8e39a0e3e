"""The short forms of reports and of the capacity plan, and the filter of the list."""

from collections.abc import Mapping
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bosett.aktor.kontekst import Aktor
from bosett.bolig import selectors_innmelding
from bosett.bolig.models import Bolig, Innmelding
from bosett.bolig.models_innmelding import APNE
from bosett.bolig.rules.innmelding import GRUNNER, meldt_for
from bosett.bolig.services.innmeldinger import FLEST
from bosett.geografi import selectors as geografi
from bosett.grunn.klokke import i_dag
from bosett.grunn.uker import uker
from bosett.person.rules.koder import gjeldende
from bosett.web import visning
from bosett.web.bolig import ord as boligord
from bosett.web.bolig.innmeldingsord import SLAG, TILSTAND
from bosett.web.skjema import Heltall, Skjema

_UKER_FRAM = 104


def ukevalg() -> list[tuple[str, str]]:
    dag = i_dag()
    return [(uke.isoformat(), visning.uke(uke)) for uke in uker(dag, dag + timedelta(weeks=_UKER_FRAM - 1))]


def _merknad() -> forms.CharField:
    return forms.CharField(
        label=_("Noe IMDi bør vite?"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Ikke skriv navn på personer her."),
    )  # fmt: skip


class MeldBolig(Skjema):
    """Of the own homes that can be reported and are not."""

    bolig = forms.ModelChoiceField(
        label=_("Hvilken bolig?"), queryset=Bolig.objects.none(), empty_label=_("Velg bolig")
    )
    merknad = _merknad()

    def __init__(self, *args: Any, aktor: Aktor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        felt: Any = self.fields["bolig"]
        felt.queryset = selectors_innmelding.umeldte_boliger(aktor)
        felt.to_field_name = "subjekt__uuid"
        felt.prepare_value = lambda verdi: str(verdi.subjekt.uuid) if isinstance(verdi, Bolig) else verdi
        felt.label_from_instance = lambda b: f"{b.nummer}: {boligord.adresse(b)}, {boligord.storrelse(b)}"


class MeldPlasser(Skjema):
    side = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    uke = forms.TypedChoiceField(
        label=_("Hvilken uke?"), coerce=date.fromisoformat, choices=lambda: [("", _("Velg uke")), *ukevalg()]
    )
    antall = Heltall(
        label=_("Hvor mange personer kan dere ta imot?"), min_value=1, max_value=FLEST,
        help_text=_("Bare plasser der boligen ikke er registrert ennå. Boliger melder dere inn som boliger."),
    )  # fmt: skip
    merknad = _merknad()


class MeldPersoner(Skjema):
    side = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    hvem = forms.CharField(
        label=_("Hvem ønsker dere?"), max_length=2000, widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("DUF-nummer eller navn, én på hver linje. Skriv aldri fødselsnummer."),
    )  # fmt: skip
    antall = Heltall(
        label=_("Hvor mange er de til sammen?"), min_value=1, max_value=FLEST, help_text=_("Med familiene de skal bo sammen med.")
    )  # fmt: skip
    hvorfor = forms.CharField(
        label=_("Hvilken tilknytning har de til kommunen?"), max_length=300, help_text=_("For eksempel «Broren bor her». Skriv ikke mer enn IMDi trenger."),
    )  # fmt: skip


class Svar(Skjema):
    """IMDi's answer. A home is used when it is linked to a household, so for a home there is only why not."""

    utfall = forms.ChoiceField(
        label=_("Hva ble det til?"), widget=forms.RadioSelect, choices=[("brukt", _("Den er brukt")), ("ikke_brukt", _("Den blir ikke brukt"))],
    )  # fmt: skip
    grunn = forms.ChoiceField(
        label=_("Hvorfor blir den ikke brukt?"), required=False, help_text=_("Kommunen får lese grunnen.")
    )
    tekst = forms.CharField(
        label=_("Mer om grunnen"), required=False, max_length=500, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Må fylles ut når grunnen er «Annet». Ikke skriv navn på personer."),
    )  # fmt: skip

    def __init__(self, *args: Any, bolig: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        felt: Any = self.fields["grunn"]
        felt.choices = [
            ("", gettext("Velg grunn")),
            *((kode.kode, kode.tekst(visning.spraak())) for kode in gjeldende(GRUNNER, i_dag())),
        ]
        if bolig:
            del self.fields["utfall"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        nei = data.get("utfall", "ikke_brukt") == "ikke_brukt" and "utfall" not in self.errors
        if nei and not data.get("grunn") and "grunn" not in self.errors:
            self.add_error("grunn", gettext("Velg hvorfor den ikke blir brukt."))
        return data


class EndreKapasitet(Skjema):
    versjon = forms.IntegerField(widget=forms.HiddenInput, min_value=0)
    fra = forms.TypedChoiceField(label=_("Fra og med uke"), coerce=date.fromisoformat, choices=ukevalg)
    til = forms.TypedChoiceField(
        label=_("Til og med uke"), coerce=date.fromisoformat, choices=ukevalg, help_text=_("Velg den samme uka hvis det bare gjelder én.")
    )  # fmt: skip
    hva = forms.ChoiceField(
        label=_("Hva vil dere gjøre?"), widget=forms.RadioSelect, initial="sett",
        choices=[("sett", _("Gi hver uke dette tallet")), ("opp", _("Sette hver uke opp med dette tallet")), ("ned", _("Sette hver uke ned med dette tallet"))],
    )  # fmt: skip
    antall = Heltall(
        label=_("Antall personer i uka"), min_value=0, max_value=10_000, help_text=_("Skriv 0 hvis dere ikke kan ta imot noen.")
    )  # fmt: skip
    grunn = forms.CharField(
        label=_("Hvorfor?"), required=False, max_length=300, help_text=_("IMDi ser grunnen i historikken.")
    )

    def endring(self) -> dict[str, Any]:
        """What the service takes."""
        data = dict(self.cleaned_data)
        hva, antall = data.pop("hva"), data.pop("antall")
        return data | (
            {"plasser": antall} if hva == "sett" else {"endring": antall if hva == "opp" else -antall}
        )


class Utvalg(forms.Form):
    slag = forms.ChoiceField(label=_("Slag"), required=False, choices=[("", _("Alle")), *SLAG.items()])
    status = forms.ChoiceField(label=_("Status"), required=False)
    fylke = forms.ChoiceField(
        label=_("Fylke"),
        required=False,
        choices=lambda: [("", _("Alle")), *((str(v.fylke_id), v.navn) for v in geografi.fylker(i_dag()))],
    )

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        felt: Any = self.fields["status"]
        felt.choices = [
            ("", gettext("Alle")),
            ("apne", gettext("Venter på svar")),
            ("gamle", gettext("Ikke sett i tide")),
            *((kode, gettext(navn)) for kode, navn in TILSTAND.items()),
        ]


def filtrer(rader: QuerySet[Innmelding], valg: Mapping[str, Any]) -> QuerySet[Innmelding]:
    if valg.get("slag"):
        rader = rader.filter(slag=valg["slag"])
    if valg.get("fylke"):
        rader = rader.filter(organisasjon__fylke=valg["fylke"])
    match valg.get("status"):
        case "apne":
            rader = rader.filter(tilstand__in=APNE)
        case "gamle":
            rader = rader.filter(tilstand="meldt", meldt__date__lt=meldt_for(i_dag()))
        case str(status) if status:
            rader = rader.filter(tilstand=status)
    return rader
