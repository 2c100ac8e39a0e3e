"""The form of a plan, made from its data (`kartlegging/satser/iktp_1.yaml`), with rows for the measures; and the guardian's dissent."""

from collections.abc import Iterator
from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bosett.kartlegging.models_em import Emtiltak
from bosett.kartlegging.rules.emplan import Del, Felt, Mal
from bosett.kartlegging.rules.emplan import Tiltak as Lagret
from bosett.kartlegging.services.iktp import LENGST, Tiltak
from bosett.web import visning
from bosett.web.skjema import Dato, Skjema

NYE = 2
"""Empty rows for new measures; after each save there are as many again."""
_KOLONNER = ("hva", "ansvarlig", "frist", "status")


class Plan(Skjema):
    """`mal` decides the fields, `tiltak` are the measures of the version that is written on. Nothing is required before it is finished."""

    def __init__(self, *args: Any, mal: Mal, tiltak: tuple[Lagret, ...], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.mal, self.gamle = mal, tiltak
        for felt in mal.felter:
            self.fields[felt.kode] = _felt(felt)
        for rad in range(len(tiltak) + NYE):
            gammelt = tiltak[rad] if rad < len(tiltak) else None
            for navn, kontroll in _tiltaksfelt(gammelt).items():
                self.fields[f"t{rad + 1}_{navn}"] = kontroll

    def deler(self) -> Iterator[tuple[Del, list[forms.BoundField]]]:
        for del_ in self.mal.deler:
            yield del_, [self[felt.kode] for felt in del_.felter]

    def rader(self) -> Iterator[tuple[int, bool, list[forms.BoundField]]]:
        """Per measure: its place in the list, whether it is a new one, and its fields."""
        for rad in range(1, len(self.gamle) + NYE + 1):
            yield rad, rad > len(self.gamle), [self[f"t{rad}_{navn}"] for navn in _KOLONNER]

    def clean(self) -> dict[str, Any]:
        rent = super().clean() or {}
        for rad in range(1, len(self.gamle) + NYE + 1):
            hva, ansvarlig = rent.get(f"t{rad}_hva", ""), rent.get(f"t{rad}_ansvarlig", "")
            if hva and not ansvarlig:
                self.add_error(f"t{rad}_ansvarlig", gettext("Skriv hvem som er ansvarlig for tiltaket."))
            elif (ansvarlig or rent.get(f"t{rad}_frist")) and not hva:
                self.add_error(
                    f"t{rad}_hva", gettext("Skriv hva som skal gjøres, eller gjør hele tiltaket tomt.")
                )
        return rent

    def svar(self) -> dict[str, str]:
        """As it is stored: text, and a day as ISO."""
        ut = {felt.kode: self.cleaned_data.get(felt.kode) for felt in self.mal.felter}
        return {kode: v.isoformat() if isinstance(v, date) else v or "" for kode, v in ut.items()}

    def tiltak(self) -> list[Tiltak]:
        ut = []
        for rad in range(1, len(self.gamle) + NYE + 1):
            rent: dict[str, Any] = {navn: self.cleaned_data.get(f"t{rad}_{navn}") for navn in _KOLONNER}
            if rent["hva"]:
                nr = self.gamle[rad - 1].nr if rad <= len(self.gamle) else None
                status = rent["status"] or Emtiltak.Status.PLANLAGT
                ut.append(Tiltak(nr, rent["hva"], rent["ansvarlig"], rent["frist"], status))
        return ut


def verdier(mal: Mal, svar: dict[str, str]) -> dict[str, Any]:
    """What is stored, for a form that nobody has written on."""
    return {
        felt.kode: date.fromisoformat(svar[felt.kode]) if felt.slag == "dato" else svar[felt.kode]
        for felt in mal.felter
        if svar.get(felt.kode)
    }


def _felt(felt: Felt) -> forms.Field:
    spraak = visning.spraak()
    hjelp = [felt.hjelp.paa(spraak)] if felt.hjelp else []
    if felt.kreves:
        hjelp.append(gettext("Må være med før planen kan gjøres ferdig."))
    valg: dict[str, Any] = {"label": felt.tekst.paa(spraak), "help_text": " ".join(hjelp), "required": False}
    if felt.slag == "dato":
        return Dato(**valg)
    return forms.CharField(max_length=LENGST, widget=forms.Textarea(attrs={"rows": 3}), **valg)


def _tiltaksfelt(gammelt: Lagret | None) -> dict[str, forms.Field]:
    return {
        "hva": forms.CharField(label=_("Hva skal gjøres?"), max_length=500, required=False, initial=gammelt and gammelt.hva),
        "ansvarlig": forms.CharField(label=_("Hvem er ansvarlig?"), max_length=200, required=False, initial=gammelt and gammelt.ansvarlig),
        "frist": Dato(label=_("Når skal det være gjort?"), required=False, initial=gammelt and gammelt.frist),
        "status": forms.ChoiceField(
            label=_("Status"), required=False, choices=[(v, _(t)) for v, t in Emtiltak.Status.choices],
            initial=gammelt.status if gammelt else Emtiltak.Status.PLANLAGT,
        ),
    }  # fmt: skip


class Uenighet(Skjema):
    verge = forms.CharField(label=_("Hvem er vergen?"), max_length=200)
    dag = Dato(label=_("Når sa vergen fra?"))
    ordlyd = forms.CharField(
        label=_("Hva er vergen uenig i?"), max_length=LENGST, widget=forms.Textarea(attrs={"rows": 6}),
        help_text=_("Bruk vergens egne ord. Det du lagrer, blir stående sammen med planen, og kan ikke endres."),
    )  # fmt: skip
    rett = {
        "verge": _("Skriv hvem vergen er"),
        "dag": _("Skriv når vergen sa fra"),
        "ordlyd": _("Skriv hva vergen er uenig i"),
    }
