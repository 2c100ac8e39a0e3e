"""Forms of the request rounds."""

from datetime import date
from decimal import Decimal, InvalidOperation
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bosett.anmodning.models import Vektvariant
from bosett.anmodning.rules.kriteriesett import Kriteriesett
from bosett.behov.models import Behov
from bosett.grunn.klokke import i_dag
from bosett.web import visning
from bosett.web.skjema import Dato, Skjema


class NyRunde(Skjema):
    behov = forms.ModelChoiceField(
        label=_("Hvilket behov gjelder runden?"), queryset=Behov.objects.none(), empty_label=None,
        help_text=_("Behovet bestemmer hvor mange plasser kommunene til sammen blir spurt om."),
    )  # fmt: skip
    variant = forms.ModelChoiceField(
        label=_("Hvilke kriterier og vekter?"), queryset=Vektvariant.objects.none(), empty_label=None,
        help_text=_("Bare år med kriterier fra en kjent kilde kan velges. Vekter som ikke er publisert, er merket «antatt»."),
    )  # fmt: skip
    frist = Dato(
        label=_("Når er svarfristen?"), help_text=_("Siste dag kommunen kan svare. For eksempel 20.12.2026.")
    )

    planlagt = forms.TypedChoiceField(
        label=_("Hvilken måned er brevene planlagt sendt?"), required=False, coerce=date.fromisoformat, empty_value=None,
        help_text=_("En plan. Brevene går aldri ut før tallene er godkjent."),
    )  # fmt: skip

    def __init__(self, *args: Any, behov: Any, varianter: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["planlagt"].choices = [("", _("Ikke bestemt")), *_maaneder()]  # type: ignore[attr-defined]
        self.fields["behov"].queryset = behov  # type: ignore[attr-defined]
        self.fields["behov"].label_from_instance = _behovsnavn  # type: ignore[attr-defined]
        self.fields["variant"].queryset = varianter  # type: ignore[attr-defined]
        self.fields["variant"].label_from_instance = _variantnavn  # type: ignore[attr-defined]


class Utsett(Skjema):
    begrunnelse = forms.CharField(
        label=_("Hvorfor blir utsendingen utsatt?"), widget=forms.Textarea(attrs={"rows": 3})
    )
    hendelse = forms.CharField(
        label=_("Hva har skjedd?"), required=False, max_length=300,
        help_text=_("Fyll ut hvis en hendelse ligger bak, for eksempel at mange kommer på kort tid."),
    )  # fmt: skip
    hendelse_dato = Dato(label=_("Når skjedde det?"), required=False)
    hendelse_kilde = forms.CharField(label=_("Hvor står det?"), required=False, max_length=300)


class _MedMaaned(Skjema):
    planlagt = forms.TypedChoiceField(
        label=_("Hvilken måned er de nye brevene planlagt sendt?"), required=False, coerce=date.fromisoformat, empty_value=None,
    )  # fmt: skip

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["planlagt"].choices = [("", _("Ikke bestemt")), *_maaneder()]  # type: ignore[attr-defined]


class Revider(_MedMaaned):
    frist = Dato(
        label=_("Når er den nye svarfristen?"),
        help_text=_("Siste dag kommunen kan svare. For eksempel 20.12.2026."),
    )


class Varsle(_MedMaaned):
    begrunnelse = forms.CharField(
        label=_("Hvorfor er behovet endret?"), widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Alle kommunene som er spurt, kan lese dette."),
    )  # fmt: skip


class ApneSamraad(Skjema):
    frist = Dato(
        label=_("Siste dag KS og fylkeskommunene kan uttale seg"), help_text=_("For eksempel 20.12.2026.")
    )


class Uttal(Skjema):
    tekst = forms.CharField(
        label=_("Hva mener dere om tallene?"), widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Har dere ingen merknader, skriver dere det. Vil dere anbefale et annet tall for en kommune, velger dere kommunen i tabellen under."),
    )  # fmt: skip


class UttalOmEn(Skjema):
    antall = forms.IntegerField(
        label=_("Hvilket tall vil dere anbefale?"), min_value=0, max_value=100_000, required=False,
        help_text=_("La feltet stå tomt hvis dere bare vil si noe om tallet."),
    )  # fmt: skip
    tekst = forms.CharField(
        label=_("Hvorfor?"), widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Ikke skriv noe om enkeltpersoner."),
    )  # fmt: skip


class Besvar(Skjema):
    tekst = forms.CharField(
        label=_("Hva svarer dere?"), widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("De som skrev innspillet, kan lese svaret. Det kan ikke endres etterpå."),
    )  # fmt: skip


class Juster(Skjema):
    antall = forms.IntegerField(label=_("Hva skal tallet være?"), min_value=0, max_value=100_000)
    em = forms.IntegerField(
        label=_("Hvor mange av dem skal være enslige mindreårige?"), min_value=0, max_value=100_000, required=False,
        help_text=_("La feltet stå tomt når nøkkelen skal avgjøre. Summen for landet er alltid den samme: Hele landet gir eller tar dem, eller bare fylket når du velger det."),
    )  # fmt: skip
    omfang = forms.ChoiceField(
        label=_("Hvem skal ta differansen?"), widget=forms.RadioSelect,
        choices=[
            ("fylke", _("De andre kommunene i fylket")), ("land", _("Alle andre kommuner i landet")),
            ("ingen", _("Ingen. Da blir summen av tallene en annen enn behovet")),
        ],
    )  # fmt: skip
    begrunnelse = forms.CharField(
        label=_("Hvorfor blir tallet endret?"), widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("KS og fylkeskommunen kan lese begrunnelsen nå, og alle når brevene er sendt."),
    )  # fmt: skip
    etter = forms.CharField(
        label=_("Hva bygger endringen på?"), max_length=200,
        help_text=_("For eksempel råd fra KS, råd fra fylkeskommunen eller IMDis egen vurdering."),
    )  # fmt: skip

    def __init__(self, *args: Any, alene: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if alene:  # Oslo: nobody else in the county could take the difference
            omfang = self.fields["omfang"]
            omfang.choices = omfang.choices[1:]  # type: ignore[attr-defined]
            self.initial["omfang"] = "land"

    def kan_proves(self) -> bool:
        """Number and scope are enough to see what would change; the reasons may come afterwards."""
        for navn in ("begrunnelse", "etter"):
            self.errors.pop(navn, None)
        return not self.errors


class LeggFram(Skjema):
    """Only what the round needs to be asked: why the sum is another than the need, and why nobody waits for the dialogue."""

    differanse_grunn = forms.CharField(
        label=_("Hvorfor er summen av tallene en annen enn behovet?"), widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Godkjenneren ser dette, og alle kan lese det når brevene er sendt."),
    )  # fmt: skip
    begrunnelse = forms.CharField(
        label=_("Hvorfor er det ikke tid til å vente?"), widget=forms.Textarea(attrs={"rows": 3})
    )

    def __init__(self, *args: Any, differanse: bool, venter: bool, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        if not differanse:
            del self.fields["differanse_grunn"]
        if not venter:
            del self.fields["begrunnelse"]


def _maaneder() -> list[tuple[str, str]]:
    """This month and the next 18, as (ISO date of the first day, name)."""
    forste = i_dag().replace(day=1)
    dager = [
        date(forste.year + (forste.month - 1 + n) // 12, (forste.month - 1 + n) % 12 + 1, 1)
        for n in range(19)
    ]
    return [(dag.isoformat(), visning.maaned(dag)) for dag in dager]


def _behovsnavn(behov: Behov) -> str:
    tekst = gettext("%(aar)s: %(totalt)s plasser, %(em)s enslige mindreårige") % {
        "aar": behov.aar,
        "totalt": visning.tall(behov.totalt),
        "em": visning.tall(behov.em),
    }
    return tekst + (gettext(" (versjon %(nr)s)") % {"nr": behov.versjon} if behov.versjon > 1 else "")


def _variantnavn(variant: Vektvariant) -> str:
    return gettext("Kriteriene for %(aar)s, vekter «%(navn)s»") % {
        "aar": variant.kriteriesett,
        "navn": variant.navn,
    } + (gettext(" (antatt)") if variant.antatt and variant.navn != "Antatt" else "")


class NyVariant(Skjema):
    """One field per criterion of the set; weights are typed in per cent and must sum to 100."""

    navn = forms.CharField(label=_("Hva skal vektene hete?"), max_length=80)

    def __init__(self, *args: Any, sett: Kriteriesett, spraak: str, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.sett = sett
        for kriterium in sett.kriterier:
            vekt = sett.standardvariant.vekter[kriterium.id]
            self.fields[kriterium.id] = forms.CharField(
                label=kriterium.navn.paa(spraak),
                initial=f"{vekt * 100:g}".replace(".", ","),
                help_text=_("Prosent"),
                required=vekt > 0,
                widget=forms.TextInput(attrs={"inputmode": "decimal", "data-bredde": "tall"}),
            )

    def clean(self) -> dict[str, Any]:
        rensket = super().clean() or {}
        for kriterium in self.sett.kriterier:
            tekst = str(rensket.get(kriterium.id, "")).replace(",", ".").replace("%", "").strip()
            if not tekst and not self.fields[kriterium.id].required:
                tekst = "0"
            try:
                rensket[kriterium.id] = Decimal(tekst) / 100
            except InvalidOperation:
                self.add_error(kriterium.id, _("Skriv et tall, for eksempel 25 eller 12,5."))
        return rensket

    @property
    def vekter(self) -> dict[str, str]:
        return {kriterium.id: str(self.cleaned_data[kriterium.id]) for kriterium in self.sett.kriterier}
