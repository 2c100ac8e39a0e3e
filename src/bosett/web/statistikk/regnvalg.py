"""The calculator's choices: the form of one variant, how choices become an address, and what two variants choose differently."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django import forms
from django.http import QueryDict
from django.utils.html import format_html
from django.utils.translation import gettext as _u
from django.utils.translation import gettext_lazy as _

from bosett.anmodning.rules import Grunnlag, Parametre
from bosett.anmodning.rules.forsok import Forsok
from bosett.anmodning.rules.inndata import STORSTE_BEHOV
from bosett.anmodning.rules.kriteriesett import Kriterium
from bosett.anmodning.rules.nokkel import har_tall
from bosett.web import visning
from bosett.web.kommunevalg import biter, finn_nummer
from bosett.web.skjema import Skjema, SkjemaMixin
from bosett.web.visning import spraak

A = "a"
"""The prefix of variant A in the address. Variant B has none, so that the address of a single variant is short, and stays."""


class _Prosent(forms.DecimalField):
    """Per cent with a comma or a point, whatever the page's language is: a link opened in another language gives the same."""

    def to_python(self, value: Any) -> Any:
        return super().to_python(value.replace(",", ".") if isinstance(value, str) else value)


class Valg(Skjema):
    """One field per choice of a variant. The form is sent by GET, so that a link holds the variant. Unbound it is the round's own."""

    behov = forms.IntegerField(label=_("Nasjonalt behov"), min_value=1, max_value=STORSTE_BEHOV)
    em = forms.IntegerField(label=_("Av dem enslige mindreårige"), min_value=0)
    minimum = forms.IntegerField(label=_("Laveste tall for en kommune"), min_value=1, max_value=1000)
    laas = forms.CharField(
        label=_("Lås tallet til kommuner"), required=False, max_length=500,
        help_text=_("Skriv kommune og tall, med komma mellom. For eksempel Steinkjer 20, Volda 15."),
    )  # fmt: skip
    uten = forms.CharField(
        label=_("Hold kommuner utenfor"), required=False, max_length=500,
        help_text=_("Skriv navn eller nummer, med komma mellom."),
    )  # fmt: skip

    def __init__(self, data: Any, *, grunn: Parametre, grunnlag: Grunnlag, prefix: str | None = None) -> None:
        super().__init__(data, initial=_utgangspunkt(grunn), prefix=prefix)
        self._grunn, self._grunnlag = grunn, grunnlag
        if grunn.dialog:
            self.fields["uten_dialog"] = forms.BooleanField(
                label=_("Ta bort justeringene fra samrådet"), required=False
            )
        self._hvor_mange = list(self.fields)
        for kriterium in grunn.kriteriesett.kriterier:
            if not self._kan_veies(kriterium):
                continue
            navn = kriterium.navn.paa(spraak())
            self.fields[f"v_{kriterium.id}"] = _Prosent(
                label=_norsk_navn(navn),
                error_messages={"required": _u("Fyll ut «%(felt)s».") % {"felt": navn}}, min_value=0, max_value=100, max_digits=5, decimal_places=2,
                localize=True, widget=forms.TextInput(attrs={"inputmode": "decimal", "data-bredde": "tall"}),
            )  # fmt: skip

    def _kan_veies(self, kriterium: Kriterium) -> bool:
        """Has a weight in the round, or figures that could be given one. A criterion with neither is no choice."""
        return self._grunn.valgt_variant.vekter[kriterium.id] > 0 or har_tall(self._grunnlag, kriterium.id)

    @property
    def hvor_mange(self) -> list[forms.BoundField]:
        """All that is not weights."""
        return [self[navn] for navn in self._hvor_mange]

    @property
    def trinn(self) -> list[tuple[str, list[forms.BoundField]]]:
        """The weights under the tiers' names."""
        return [
            (ett.navn.paa(spraak()), [self[f"v_{k.id}"] for k in ett.kriterier if f"v_{k.id}" in self.fields])
            for ett in self._grunn.kriteriesett.trinn
        ]

    def clean_laas(self) -> dict[str, int]:
        ut = {}
        for bit in biter(self.cleaned_data["laas"]):
            navn, _mellom, tall = bit.rpartition(" ")
            if not tall.isdecimal() or not navn:
                raise forms.ValidationError(_u("Skriv kommune og tall, for eksempel Steinkjer 20."))
            ut[self._nummer(navn)] = int(tall)
        return ut

    def clean_uten(self) -> frozenset[str]:
        return frozenset(self._nummer(navn) for navn in biter(self.cleaned_data["uten"]))

    def _nummer(self, navn: str) -> str:
        return finn_nummer(navn, ((k.kommunenummer, k.navn) for k in self._grunnlag.kommuner))

    @property
    def forsok(self) -> Forsok:
        """What is chosen; of an unbound form, what the round itself was computed with."""
        valgt: Mapping[str, Any] = self.cleaned_data if self.is_bound else self.initial
        vekter = {
            navn.removeprefix("v_"): float(valgt[navn]) / 100 for navn in self.fields if navn.startswith("v_")
        }
        return Forsok(
            behov=valgt["behov"],
            em=valgt["em"],
            vekter={**self._grunn.valgt_variant.vekter, **vekter},
            minimum=valgt["minimum"],
            laaste=valgt.get("laas", {}),
            utelatt=valgt.get("uten", frozenset()),
            uten_dialog=valgt.get("uten_dialog", False),
        )


class Begge(SkjemaMixin):
    """What to put right in two variants, as one list that says which of them it is about."""

    is_bound = True

    def __init__(self, a: Valg, b: Valg) -> None:
        self._varianter = (("A", a), ("B", b))

    @property
    def feilliste(self) -> list[tuple[str, str]]:
        return [
            (adresse, f"{hvem}: {tekst}")
            for hvem, skjema in self._varianter
            for adresse, tekst in skjema.feilliste
        ]


def adresse(*varianter: tuple[str, Valg]) -> str:
    """The query that holds these choices, each under its prefix. Typed text is carried on as it was typed."""
    ut = QueryDict(mutable=True)
    for prefiks, skjema in varianter:
        for navn in skjema.fields:
            verdi = skjema[navn].value()
            if verdi not in (None, "", False):
                tekst = "on" if verdi is True else f"{verdi:g}" if isinstance(verdi, float) else str(verdi)
                ut[f"{prefiks}-{navn}" if prefiks else navn] = tekst
    return "?" + ut.urlencode()


@dataclass(frozen=True)
class Ulikhet:
    """One choice that two variants do not share: what it is, and what each has."""

    hva: str
    a: str
    b: str


def ulikheter(a: Forsok, b: Forsok, grunn: Parametre, grunnlag: Grunnlag) -> list[Ulikhet]:
    """What B chooses otherwise than A, in the order of the form, in words."""
    navn = {k.kommunenummer: k.navn for k in grunnlag.kommuner}
    par = [
        (str(Valg.base_fields["behov"].label), visning.tall(a.behov), visning.tall(b.behov)),
        (str(Valg.base_fields["em"].label), visning.tall(a.em), visning.tall(b.em)),
        (str(Valg.base_fields["minimum"].label), visning.tall(a.minimum), visning.tall(b.minimum)),
        (_u("Låste tall"), *(_liste(f"{navn[nr]} {n}" for nr, n in x.laaste.items()) for x in (a, b))),
        (_u("Kommuner utenfor"), *(_liste(navn[nr] for nr in x.utelatt) for x in (a, b))),
        (_u("Justeringene fra samrådet"), *(_u("tatt bort") if x.uten_dialog else _u("med") for x in (a, b))),
        *(
            (
                format_html(_u("Vekten til «{}»"), _norsk_navn(k.navn.paa(spraak()))),
                *(_vekt(x, k.id) for x in (a, b)),
            )
            for k in grunn.kriteriesett.kriterier
        ),
    ]
    return [Ulikhet(*ett) for ett in par if ett[1] != ett[2]]


def _norsk_navn(tekst: str) -> str:
    """A name that exists only in Norwegian, marked as such on an English page."""
    return tekst if spraak() != "en" else format_html('<span lang="nb">{}</span>', tekst)


def _vekt(forsok: Forsok, kriterium: str) -> str:
    prosent = round(100 * (forsok.vekter or {}).get(kriterium, 0.0), 2)
    return visning.prosent(prosent, 0 if prosent == int(prosent) else 2)


def _liste(numre: Iterable[str]) -> str:
    return ", ".join(sorted(numre)) or _u("ingen")


def _utgangspunkt(grunn: Parametre) -> dict[str, Any]:
    """The round's own choices, which the form begins with."""
    return {
        "behov": grunn.behov,
        "em": grunn.em,
        "minimum": grunn.kriteriesett.minimum,
        **{f"v_{navn}": round(100 * vekt, 2) for navn, vekt in grunn.valgt_variant.vekter.items()},
    }
