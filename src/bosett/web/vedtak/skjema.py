"""The municipality's answer as it is typed. A draft keeps whatever was written; only a whole answer is checked."""

from typing import Any, ClassVar

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bosett.anmodning.models import Anmodningstall
from bosett.grunn.feil import BosettFeil
from bosett.vedtak.models import Vedtak
from bosett.vedtak.rules.svar import Merknad, les_antall
from bosett.vedtak.services import FELT, Utfylt
from bosett.web.skjema import Dato, Skjema
from bosett.web.visning import spraak

_JA_NEI = [("ja", _("Ja")), ("nei", _("Nei"))]


class Antall(forms.CharField):
    """A whole number, 0 or more. Each wrong way to write one has its own message (`rules.svar`)."""

    widget = forms.TextInput(attrs={"inputmode": "numeric", "autocomplete": "off", "data-bredde": "tall"})

    def to_python(self, value: Any) -> Any:
        tekst = super().to_python(value)
        if not tekst:
            return None
        svar = les_antall(tekst)
        if isinstance(svar, Merknad):
            raise ValidationError(svar.paa(spraak()), code=svar.kode)
        return svar


class SvarSkjema(Skjema):
    antall = Antall(
        label=_("Hvor mange bosetter kommunen?"), help_text=_("Bare ett tall. Er svaret nei, skriver dere 0.")
    )
    em = forms.ChoiceField(
        label=_("Tar kommunen imot enslige mindreårige?"), widget=forms.RadioSelect, choices=_JA_NEI, required=False,
        help_text=_("Må fylles ut når kommunen bosetter noen."),
    )  # fmt: skip
    em_antall = Antall(label=_("Hvor mange av dem er enslige mindreårige?"), required=False)
    organ = forms.ChoiceField(
        label=_("Hvem gjorde vedtaket?"), widget=forms.RadioSelect, choices=Vedtak.Organ.choices
    )
    organ_navn = forms.CharField(label=_("Hvilket organ?"), required=False, max_length=100)
    motedato = Dato(label=_("Dato for møtet"), help_text=_("For eksempel 18.11.2026."))
    saksnummer = forms.CharField(label=_("Saksnummer"), max_length=30, help_text=_("For eksempel 84/2026."))
    stemmer_for = Antall(label=_("Stemmer for"), required=False)
    stemmer_mot = Antall(label=_("Stemmer mot"), required=False)
    protokoll = forms.URLField(
        label=_("Lenke til protokollen"), required=False, max_length=500, assume_scheme="https"
    )
    tekst = forms.CharField(
        label=_("Hva ble vedtatt?"), widget=forms.Textarea(attrs={"rows": 5}), max_length=20_000,
        help_text=_("Skriv teksten slik den står i møteboka. Ikke skriv noe om enkeltpersoner."),
    )  # fmt: skip
    mottatt = Dato(
        label=_("Når kom svaret til IMDi?"), help_text=_("Den dagen avgjør om svaret kom innen fristen.")
    )
    grunn = forms.CharField(
        label=_("Hvorfor registrerer IMDi svaret?"), widget=forms.Textarea(attrs={"rows": 2}), max_length=1000,
        help_text=_("Kommunen kan lese det. Skriv for eksempel at svaret kom på e-post fordi ingen der har tilgang ennå."),
    )  # fmt: skip
    kopi = forms.FileField(
        label=_("Kopi av vedtaket"), required=False,
        help_text=_("Protokollen eller vedtaksbrevet som PDF, Word, ODT eller bilde. Dere kan også legge den ved etterpå."),
        widget=forms.FileInput(attrs={"accept": ".pdf,.docx,.odt,.png,.jpg,.jpeg"}),
    )  # fmt: skip
    ekstra = Antall(label=_("Hvor mange flere kan kommunen bosette hvis behovet øker?"), required=False)
    ekstra_em = Antall(label=_("Hvor mange av dem kan være enslige mindreårige?"), required=False)
    kapasitet = forms.CharField(
        label=_("Hva kan holde kapasiteten oppe?"), widget=forms.Textarea(attrs={"rows": 3}), required=False, max_length=2000,
    )  # fmt: skip
    rett: ClassVar = {
        "antall": _("Skriv hvor mange kommunen bosetter"),
        "em": _("Svar ja eller nei om enslige mindreårige"),
        "em_antall": _("Skriv hvor mange som er enslige mindreårige"),
        "organ": _("Velg hvem som gjorde vedtaket"),
        "organ_navn": _("Skriv hvilket organ det var"),
        "motedato": _("Skriv datoen for møtet"),
        "saksnummer": _("Skriv saksnummeret"),
        "tekst": _("Rett teksten"),
        "mottatt": _("Skriv når svaret kom"),
        "grunn": _("Skriv hvorfor IMDi registrerer det"),
        "kopi": _("Legg ved filen"),
    }

    def __init__(
        self, *args: Any, tall: Anmodningstall, utkast: Vedtak | None, paa_vegne: bool, **kwargs: Any
    ) -> None:
        super().__init__(*args, initial=_skrevet(utkast) if utkast else {}, **kwargs)
        self.paa_vegne = paa_vegne
        if paa_vegne:
            self.fields["kopi"].label = gettext("Svaret fra kommunen")
            self.fields["kopi"].help_text = gettext(
                "Må fylles ut. E-posten eller brevet som PDF, Word, ODT eller bilde."
            )
        else:
            del self.fields["mottatt"], self.fields["grunn"]
        aar = {"aar": tall.anmodning.runde.aar}
        self.fields["antall"].label = gettext("Hvor mange bosetter kommunen i %(aar)s?") % aar

    @property
    def utfylt(self) -> Utfylt:
        """All that is typed: what can be read in its own field, the rest as it stands."""
        self.full_clean()
        verdier: dict[str, Any] = {"paa_vegne": self.paa_vegne}
        raad: dict[str, str] = {}
        for navn in self.fields:
            tekst = str(self.data.get(navn, "")).strip()
            verdi = self.cleaned_data.get(navn)
            if tekst and verdi in (None, ""):
                raad[navn] = tekst
            elif verdi not in (None, ""):
                verdier[navn] = verdi
        if "em" in verdier:
            verdier["em"] = verdier["em"] == "ja"
        return Utfylt(**verdier, raad=raad)

    def ta_mangler(self, feil: list[tuple[str, BosettFeil]]) -> None:
        """Show what does not hang together, where the field has not been complained of already."""
        for felt, ett in feil:
            if felt not in self.errors:
                self.ta_feil(ett, felt)


class SeOver(Skjema):
    bekreftet = forms.BooleanField(
        label=_("Kommunen kjenner forpliktelsene"),
        error_messages={"required": _("Les forpliktelsene og kryss av.")},
    )

    def egne_meldinger(self) -> frozenset[str]:
        return frozenset({"bekreftet"})


class SeOverFor(SeOver):
    """The same for IMDi, which cannot say what the municipality knows, only what it has told it."""

    bekreftet = forms.BooleanField(
        label=_("IMDi har gjort kommunen kjent med forpliktelsene"),
        error_messages={"required": _("Les forpliktelsene og kryss av.")},
    )


class BeOmVurdering(SeOver):
    field_order = ("sporsmaal", "bekreftet")
    sporsmaal = forms.CharField(
        label=_("Hvorfor mener dere at teksten er uten forbehold?"), widget=forms.Textarea(attrs={"rows": 4}),
        max_length=2000, help_text=_("IMDi leser dette når de vurderer teksten. Ikke skriv noe om enkeltpersoner."),
    )  # fmt: skip


class Senere(Skjema):
    ventes = Dato(
        label=_("Når kommer svaret?"), help_text=_("For eksempel datoen for møtet i kommunestyret.")
    )
    bosetter_imens = forms.ChoiceField(
        label=_("Bosetter kommunen flyktninger mens dere venter på vedtaket?"), widget=forms.RadioSelect, choices=_JA_NEI
    )  # fmt: skip
    begrunnelse = forms.CharField(
        label=_("Hvorfor rekker dere ikke fristen?"), widget=forms.Textarea(attrs={"rows": 3}), required=False, max_length=1000,
    )  # fmt: skip


def _skrevet(utkast: Vedtak) -> dict[str, Any]:
    """The draft as it was typed."""
    ut: dict[str, Any] = {navn: getattr(utkast, navn) for navn in FELT if navn != "raad"}
    ut["em"] = {True: "ja", False: "nei", None: ""}[utkast.em]
    return ut | utkast.raad
