"""The forms of homes and areas, and the filter of the list."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any, ClassVar
from uuid import uuid4

from django import forms
from django.db.models import QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bosett.aktor.kontekst import Aktor
from bosett.bolig import selectors
from bosett.bolig.models import Bolig, Boomraade
from bosett.bolig.services.boliger import Opplysninger
from bosett.dokument.rules.filavslag import MAKS_BYTES
from bosett.geografi import selectors as geografi
from bosett.grunn.klokke import i_dag
from bosett.web.bolig import ord as ord_
from bosett.web.skjema import Dato, Heltall, Skjema

_JA_NEI = [("", _("Vet ikke")), ("ja", _("Ja")), ("nei", _("Nei"))]


def _ja_nei(etikett: Any, hjelp: Any = "") -> forms.TypedChoiceField:
    return forms.TypedChoiceField(
        label=etikett, help_text=hjelp, required=False, choices=_JA_NEI, empty_value=None, coerce=lambda v: v == "ja"
    )  # fmt: skip


def _km(etikett: Any) -> forms.DecimalField:
    return forms.DecimalField(
        label=etikett, required=False, min_value=0, max_value=500, max_digits=4, decimal_places=1, localize=True
    )  # fmt: skip


@dataclass(frozen=True)
class Gruppe:
    """Fields that belong together. `lukket`: folded until somebody opens it; `tett`: short fields side by side."""

    navn: Any
    felter: tuple[str, ...]
    lukket: bool = False
    tett: bool = False


class Boligskjema(Skjema):
    """A home. `aktor` decides which areas there are to choose from."""

    versjon = forms.IntegerField(widget=forms.HiddenInput, required=False)
    eierform = forms.ChoiceField(
        label=_("Hvem eier eller leier ut boligen?"), choices=list(ord_.EIERFORM.items()), widget=forms.RadioSelect,
        help_text=_("Fremleie er når kommunen leier boligen av noen og leier den videre ut."),
    )  # fmt: skip
    bygg = forms.ChoiceField(label=_("Hva slags bolig er det?"), choices=list(ord_.BYGG.items()))
    slag = forms.ChoiceField(label=_("Hva skal den brukes som?"), choices=list(ord_.SLAG.items()))
    adresse = forms.CharField(
        label=_("Gateadresse"), max_length=200, help_text=_("Bare kommunen og IMDi ser adressen.")
    )
    postnummer = forms.RegexField(
        r"^\d{4}$", label=_("Postnummer"), widget=forms.TextInput(attrs={"inputmode": "numeric"}),
        error_messages={"invalid": _("Skriv de fire sifrene i postnummeret.")},
    )  # fmt: skip
    poststed = forms.CharField(label=_("Poststed"), max_length=60)
    bruksenhet = forms.RegexField(
        r"^[HLUKhluk]\d{4}$", label=_("Bruksenhetsnummer"), required=False, help_text=_("For eksempel H0203. La det stå tomt hvis bygget har én bolig."),
        error_messages={"invalid": _("Skriv bokstaven og de fire sifrene, for eksempel H0203.")},
    )  # fmt: skip
    rom = Heltall(
        label=_("Rom"), min_value=1, max_value=30, help_text=_("Stue og soverom, ikke kjøkken og bad.")
    )
    soverom = Heltall(label=_("Soverom"), min_value=0, max_value=30)
    plasser = Heltall(label=_("Hvor mange personer er det plass til?"), min_value=1, max_value=40)
    areal = Heltall(label=_("Areal i kvadratmeter"), required=False, min_value=8, max_value=1000)
    etasje = Heltall(label=_("Etasje"), required=False, min_value=-2, max_value=60)
    husleie = Heltall(label=_("Husleie i måneden, i kroner"), required=False, min_value=0, max_value=200_000)
    funksjoner = forms.MultipleChoiceField(
        label=_("Hva er boligen tilrettelagt for?"), required=False, choices=list(ord_.FUNKSJONER.items()), widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    tilgjengelig_kjent = forms.BooleanField(
        label=_("Noen har sett etter: boligen har bare det som er krysset av"), required=False
    )
    dyr = _ja_nei(_("Er kjæledyr tillatt?"))
    moblert = _ja_nei(_("Er boligen møblert?"))
    leies_til = Dato(
        label=_("Siste dag den kan leies ut"), required=False, help_text=_("La feltet stå tomt hvis det ikke er bestemt.")
    )  # fmt: skip
    km_skole = _km(_("Kilometer til barneskole"))
    km_barnehage = _km(_("Kilometer til barnehage"))
    km_buss = _km(_("Kilometer til holdeplass"))
    km_sentrum = _km(_("Kilometer til sentrum"))
    omraade = forms.ModelChoiceField(
        label=_("Hvilket område ligger den i?"), queryset=Boomraade.objects.none(), required=False, empty_label=_("Ikke registrert"),
        help_text=_("Områder kommunen har registrert tall for."),
    )  # fmt: skip
    omraade_grunn = forms.CharField(
        label=_("Hvorfor kan boligen brukes, hvis området er et en bør unngå?"), required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Må fylles ut når andelen innvandrere er over grensen og det er levekårsutfordringer."),
    )  # fmt: skip
    merknad = forms.CharField(
        label=_("Merknad"), required=False, widget=forms.Textarea(attrs={"rows": 3}), help_text=_("Ikke skriv navn på leietakere.")
    )  # fmt: skip

    def __init__(self, *args: Any, aktor: Aktor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        felt: Any = self.fields["omraade"]
        felt.queryset = selectors.omraader(aktor)
        felt.label_from_instance = _omraadenavn

    def opplysninger(self) -> Opplysninger:
        return Opplysninger(
            **{navn: v for navn, v in self.cleaned_data.items() if navn in Opplysninger.__dataclass_fields__}
        )

    GRUPPER: ClassVar[tuple[Gruppe, ...]] = (
        Gruppe(_("Boligen"), ("eierform", "bygg", "slag")),
        Gruppe(_("Adressen"), ("adresse", "postnummer", "poststed", "bruksenhet")),
        Gruppe(_("Størrelsen"), ("rom", "soverom", "plasser", "areal", "etasje", "husleie"), tett=True),
        Gruppe(_("Området"), ("omraade", "omraade_grunn")),
        Gruppe(_("Tilrettelegging"), ("funksjoner", "tilgjengelig_kjent", "dyr", "moblert"), lukket=True),
        Gruppe(_("Avstander"), ("km_skole", "km_barnehage", "km_buss", "km_sentrum"), lukket=True, tett=True),
        Gruppe(_("Mer"), ("leies_til", "merknad"), lukket=True),
    )

    @property
    def grupper(self) -> list[tuple[Gruppe, list[forms.BoundField], bool]]:
        """Each with its fields, and whether it is open: a closed one opens when something in it is filled in or wrong."""
        return [
            (gruppe, felter, not gruppe.lukket or any(felt.errors or felt.value() for felt in felter))
            for gruppe in self.GRUPPER
            for felter in [[self[navn] for navn in gruppe.felter]]
        ]


class NyBolig(Boligskjema):
    """With what is known the day it is registered: when it is free, and whether it is fit."""

    side = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4)
    ledig_fra = Dato(
        label=_("Når er den ledig fra?"), required=False, help_text=_("La feltet stå tomt hvis den ikke er ledig ennå.")
    )  # fmt: skip
    ledig_til = Dato(
        label=_("Siste dag den er ledig"), required=False, help_text=_("La feltet stå tomt hvis den er ledig til noen flytter inn.")
    )  # fmt: skip
    egnet = _ja_nei(
        _("Er boligen egnet til bosetting?"), _("Kommunen avgjør. Bare en bolig som er egnet, kan knyttes til en husholdning.")
    )  # fmt: skip
    begrunnelse = forms.CharField(
        label=_("Hvorfor er den egnet eller ikke?"), required=False, widget=forms.Textarea(attrs={"rows": 3})
    )

    meld_inn = forms.BooleanField(
        label=_("Meld den inn til IMDi med en gang"), required=False, initial=True, help_text=_("Gjelder når den er ledig, og ikke vurdert som uegnet.")
    )  # fmt: skip

    GRUPPER = (
        *Boligskjema.GRUPPER[:3],
        Gruppe(_("Når den er ledig"), ("ledig_fra", "ledig_til"), tett=True),
        Gruppe(_("Innmelding"), ("meld_inn",)),
        Gruppe(_("Kommunens vurdering"), ("egnet", "begrunnelse")),
        *Boligskjema.GRUPPER[3:],
    )

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        fra, til = data.get("ledig_fra"), data.get("ledig_til")
        if til and (not fra or til < fra):
            self.add_error("ledig_til", gettext("Siste dag må være samme dag som den første eller senere."))
        if data.get("egnet") is not None and not data.get("begrunnelse"):
            self.add_error("begrunnelse", gettext("Skriv hvorfor boligen er egnet eller ikke."))
        return data

    def ledig(self) -> tuple[date | None, date | None]:
        """Half-open."""
        til = self.cleaned_data["ledig_til"]
        return self.cleaned_data["ledig_fra"], til + timedelta(days=1) if til else None


class Vurdering(Skjema):
    egnet = forms.TypedChoiceField(
        label=_("Er boligen egnet til bosetting?"), choices=[("ja", _("Ja, den er egnet")), ("nei", _("Nei, den er ikke egnet"))],
        widget=forms.RadioSelect, coerce=lambda v: v == "ja",
    )  # fmt: skip
    dato = Dato(label=_("Hvilken dag ble det vurdert?"), initial=i_dag)
    begrunnelse = forms.CharField(label=_("Begrunnelse"), widget=forms.Textarea(attrs={"rows": 4}))


class Periode(Skjema):
    slag = forms.ChoiceField(
        label=_("Hva gjelder for boligen?"), choices=[("ledig", _("Den er ledig")), ("stengt", _("Den kan ikke brukes"))],
        widget=forms.RadioSelect,
    )  # fmt: skip
    fra = Dato(label=_("Første dag"))
    til = Dato(
        label=_("Siste dag"), required=False, help_text=_("La feltet stå tomt hvis det gjelder til dere melder noe annet.")
    )  # fmt: skip

    def periode(self) -> dict[str, Any]:
        """What the service takes: half-open."""
        til = self.cleaned_data["til"]
        return self.cleaned_data | {"til": til + timedelta(days=1) if til else None}


class Fil(Skjema):
    tekst = forms.CharField(
        label=_("Hva viser filen?"), max_length=200, help_text=_("For eksempel «Stua, mot vinduet».")
    )
    fil = forms.FileField(
        label=_("Filen"), help_text=_("Bilde, PDF, Word eller ODT, opptil 25 MB."),
        widget=forms.FileInput(attrs={"accept": ".png,.jpg,.jpeg,.pdf,.docx,.odt"}),
    )  # fmt: skip

    def innhold(self) -> dict[str, Any]:
        valg = dict(self.cleaned_data)
        fil = valg.pop("fil")
        return valg | {"filnavn": fil.name or "fil", "innhold": fil.read(MAKS_BYTES + 1)}


class Omraadeskjema(Skjema):
    navn = forms.CharField(
        label=_("Hva heter området?"), max_length=120, help_text=_("Er det registrert fra før, tar de nye tallene over.")
    )  # fmt: skip
    andel = forms.DecimalField(
        label=_("Andel innvandrere, i prosent"), required=False, min_value=0, max_value=100, max_digits=4, decimal_places=1, localize=True,
        help_text=_("Innvandrere og norskfødte med innvandrerforeldre. La feltet stå tomt hvis det ikke er målt."),
    )  # fmt: skip
    levekaar = _ja_nei(_("Har området levekårsutfordringer?"))
    kilde = forms.CharField(label=_("Hvor kommer tallene fra?"), max_length=300)
    malt = Dato(label=_("Hvilken dag gjelder tallene?"))


class Utvalg(forms.Form):
    """Of the list."""

    eierform = forms.ChoiceField(
        label=_("Eierform"), required=False, choices=[("", _("Alle")), *ord_.EIERFORM.items()]
    )
    slag = forms.ChoiceField(
        label=_("Brukes som"), required=False, choices=[("", _("Alle")), *ord_.SLAG.items()]
    )
    soverom = Heltall(label=_("Minst så mange soverom"), required=False, min_value=0, max_value=30)
    ledig = Dato(label=_("Ledig den dagen"), required=False)
    funksjon = forms.ChoiceField(
        label=_("Tilrettelagt for"), required=False, choices=[("", _("Alle")), *ord_.FUNKSJONER.items()]
    )
    fylke = forms.ChoiceField(
        label=_("Fylke"),
        required=False,
        choices=lambda: [("", _("Alle")), *((str(v.fylke_id), v.navn) for v in geografi.fylker(i_dag()))],
    )
    vis = forms.ChoiceField(
        label=_("Vis"), required=False,
        choices=[("", _("I bruk")), ("uvurdert", _("Ikke vurdert")), ("egnet", _("Egnet")), ("ute", _("Ute av bruk"))],
    )  # fmt: skip


class EgetUtvalg(Utvalg):
    """A municipality's own homes."""

    fylke = None  # type: ignore[assignment]


_VIS = {"uvurdert": ("registrert",), "egnet": ("egnet",), "ute": ("ute",)}


def filtrer(rader: QuerySet[Bolig], valg: Mapping[str, Any]) -> QuerySet[Bolig]:
    rader = rader.filter(tilstand__in=_VIS.get(valg.get("vis") or "", ("registrert", "egnet", "uegnet")))
    if valg.get("ledig"):
        rader = selectors.ledige(rader, valg["ledig"])
    felt = {
        "eierform": valg.get("eierform"),
        "slag": valg.get("slag"),
        "soverom__gte": valg.get("soverom"),
        "funksjoner__contains": [valg["funksjon"]] if valg.get("funksjon") else None,
        "organisasjon__fylke": valg.get("fylke"),
    }
    return rader.filter(**{navn: verdi for navn, verdi in felt.items() if verdi})


def _omraadenavn(omraade: Boomraade) -> str:
    return f"{omraade.navn} ({ord_.omraadetall(omraade)})"
