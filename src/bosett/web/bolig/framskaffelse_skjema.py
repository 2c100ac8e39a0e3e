"""The forms of needs and listings, and the filters of their lists."""

import hashlib
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any
from uuid import uuid4

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bosett.aktor.kontekst import Aktor
from bosett.bolig import selectors
from bosett.bolig import selectors_framskaffelse as framskaffelser
from bosett.bolig.models import Annonse, Boomraade, Framskaffelse
from bosett.bolig.rules.annonse import Annonsedata, les_tekst
from bosett.bolig.rules.annonsefil import les_fil
from bosett.bolig.services.framskaffelser import Behov
from bosett.grunn.klokke import i_dag
from bosett.web.bolig import framskaffelse_ord as ord_
from bosett.web.bolig.ord import FUNKSJONER
from bosett.web.skjema import Dato, Heltall, Skjema

MAKS_FIL = 10 * 1024 * 1024


class Behovskjema(Skjema):
    """A need for a home. `aktor` decides which households and areas there are to choose from; `har` is one it has already."""

    side = forms.UUIDField(widget=forms.HiddenInput, initial=uuid4, required=False)
    versjon = forms.IntegerField(widget=forms.HiddenInput, required=False)
    husholdning = forms.ChoiceField(
        label=_("Hvem er boligen til?"), required=False, help_text=_("Husholdninger som er delt med kommunen. La det stå åpent hvis det ikke er bestemt."),
    )  # fmt: skip
    soverom = Heltall(label=_("Hvor mange soverom trengs?"), min_value=0, max_value=30)
    plasser = Heltall(label=_("Hvor mange personer skal bo der?"), min_value=1, max_value=40)
    onsket_fra = Dato(
        label=_("Når trengs boligen?"), required=False, help_text=_("Med en dato blir det en oppgave med frist.")
    )  # fmt: skip
    funksjoner = forms.MultipleChoiceField(
        label=_("Hva må boligen være tilrettelagt for?"), required=False, choices=list(FUNKSJONER.items()), widget=forms.CheckboxSelectMultiple,
    )  # fmt: skip
    maks_leie = Heltall(label=_("Høyeste husleie i måneden, i kroner"), required=False, min_value=0, max_value=200_000)  # fmt: skip
    omraade = forms.ModelChoiceField(
        label=_("Hvilket område er ønsket?"), queryset=Boomraade.objects.none(), required=False, empty_label=_("Ikke bestemt")
    )  # fmt: skip
    onske = forms.CharField(
        label=_("Andre ønsker om sted"), required=False, max_length=200, help_text=_("For eksempel nær barneskolen.")
    )  # fmt: skip
    merknad = forms.CharField(
        label=_("Merknad"), required=False, widget=forms.Textarea(attrs={"rows": 3}), help_text=_("Ikke skriv navn eller helseopplysninger.")
    )  # fmt: skip

    def __init__(self, *args: Any, aktor: Aktor, har: Framskaffelse | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        felt: Any = self.fields["omraade"]
        felt.queryset = selectors.omraader(aktor)
        delte = framskaffelser.husholdninger(aktor)
        self._nokler = {str(ett.uuid): ett.pk for ett in delte}
        valg = [("", _("Ikke bestemt")), *((str(ett.uuid), ord_.husholdning(ett)) for ett in delte)]
        if har is not None and har.husholdning_id is not None:
            naa = next((uuid for uuid, pk in self._nokler.items() if pk == har.husholdning_id), None)
            if naa is None:  # no longer shared: it may be kept, or taken away
                naa = "som-nå"
                self._nokler[naa] = har.husholdning_id
                valg.append((naa, ord_.for_hvem(har, ())))
            self.initial["husholdning"] = naa
        self.fields["husholdning"].choices = valg  # type: ignore[attr-defined]

    def behov(self) -> Behov:
        data = {navn: v for navn, v in self.cleaned_data.items() if navn in Behov.__dataclass_fields__}
        return Behov(**data | {"husholdning": self._nokler.get(data["husholdning"])})


class Behovsvalg(forms.Form):
    """Of the list of needs."""

    steg = forms.ChoiceField(
        label=_("Steg"), required=False,
        choices=[("", _("I arbeid og klare")), *((kode, navn) for kode, (navn, _hva) in ord_.STEG.items()), ("avbrutt", ord_.AVBRUTT), ("alle", _("Alle"))],
    )  # fmt: skip
    soverom = Heltall(label=_("Minst så mange soverom"), required=False, min_value=0, max_value=30)
    innen = Dato(label=_("Trengs innen"), required=False)


def filtrer_behov(rader: QuerySet[Framskaffelse], valg: Mapping[str, Any]) -> QuerySet[Framskaffelse]:
    steg = valg.get("steg")
    if not steg:
        rader = rader.exclude(tilstand="avbrutt")
    elif steg != "alle":
        rader = rader.filter(tilstand=steg)
    felt = {"soverom__gte": valg.get("soverom"), "onsket_fra__lte": valg.get("innen")}
    return rader.filter(**{navn: v for navn, v in felt.items() if v})


class Annonsevalg(forms.Form):
    """Of the list of listings. What a listing does not say, it may be: «også ukjent» keeps those."""

    soverom = Heltall(label=_("Minst så mange soverom"), required=False, min_value=0, max_value=30)
    husleie = Heltall(label=_("Høyeste husleie"), required=False, min_value=0, max_value=200_000)
    ledig = Dato(label=_("Ledig den dagen"), required=False)
    ukjent = forms.BooleanField(label=_("Ta med der annonsen ikke sier det"), required=False)


def filtrer_annonser(rader: QuerySet[Annonse], valg: Mapping[str, Any]) -> QuerySet[Annonse]:
    ukjent = bool(valg.get("ukjent"))

    def grense(felt: str, hvordan: str, verdi: Any) -> Q:
        return Q(**{f"{felt}__{hvordan}": verdi}) | (Q(**{felt: None}) if ukjent else Q(pk=None))

    if valg.get("soverom"):
        rader = rader.filter(grense("soverom", "gte", valg["soverom"]))
    if valg.get("husleie"):
        rader = rader.filter(grense("husleie", "lte", valg["husleie"]))
    if valg.get("ledig"):
        rader = rader.filter(grense("ledig_fra", "lte", valg["ledig"]))
        rader = rader.filter(Q(ledig_til=None) | Q(ledig_til__gte=valg["ledig"]))
    return rader


class Annonseimport(Skjema):
    """A link with the text of the page, or a file. Nothing is fetched from the web."""

    lenke = forms.CharField(label=_("Lenken til annonsen"), max_length=490, required=False)
    tekst = forms.CharField(
        label=_("Teksten i annonsen"), required=False, max_length=50_000, widget=forms.Textarea(attrs={"rows": 8}),
        help_text=_("Merk alt på siden, kopier, og lim det inn her. Bosett henter ingenting fra nettet."),
    )  # fmt: skip
    fil = forms.FileField(
        label=_("Eller en fil med annonser"), required=False, widget=forms.FileInput(attrs={"accept": ".csv,.xlsx,.json"}),
        help_text=_("CSV, Excel eller JSON, opptil 10 MB. Kolonnen «lenke» må være med."),
    )  # fmt: skip

    def clean(self) -> dict[str, Any]:
        data = super().clean() or self.cleaned_data
        fil = data.get("fil")
        if fil and fil.size > MAKS_FIL:
            self.add_error("fil", gettext("Filen er større enn 10 MB. Del den i flere."))
        if not fil and not data.get("lenke"):
            self.add_error("lenke", gettext("Lim inn lenken til annonsen, eller velg en fil."))
        elif not fil and not data.get("tekst"):
            self.add_error("tekst", gettext("Lim inn teksten i annonsen."))
        return data

    def lest(self) -> tuple[str, str, Sequence[Annonsedata]]:
        """(kind, digest, listings). Raises `Ugyldig` for what can't be read."""
        data, dag = self.cleaned_data, i_dag()
        if fil := data.get("fil"):
            innhold = fil.read()
            return "fil", hashlib.sha256(innhold).hexdigest(), les_fil(fil.name or "", innhold, dag)
        tekst = f"{data['lenke'].strip()}\n{data['tekst']}"
        return (
            "tekst",
            hashlib.sha256(tekst.encode()).hexdigest(),
            [les_tekst(data["lenke"], data["tekst"], dag)],
        )


def som_rad(data: Annonsedata) -> dict[str, Any]:
    return {n: v.isoformat() if isinstance(v, date) else v for n, v in data.sagt().items()}


def av_rad(rad: Mapping[str, Any]) -> Annonsedata:
    felt = {n: date.fromisoformat(v) if n.startswith("ledig_") else v for n, v in rad.items()}
    return Annonsedata(**felt)  # type: ignore[arg-type]
