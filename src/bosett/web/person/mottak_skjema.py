"""The forms of reception centres, and the filter of their list."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bosett.dokument.rules.filavslag import MAKS_BYTES
from bosett.geografi import selectors as geografi
from bosett.geografi.models import Kommune
from bosett.grunn.klokke import i_dag
from bosett.person.models_mottak import Mottak
from bosett.person.rules.koder import koder, tekst
from bosett.person.selectors_mottak import Mottakslinje
from bosett.web import visning
from bosett.web.kommunevalg import kommunen
from bosett.web.skjema import Dato, Skjema

DRIFT = {
    Mottak.Drift.ORGANISASJON.value: _("Organisasjon"),
    Mottak.Drift.KOMMUNE.value: _("Kommune"),
    Mottak.Drift.KOMMERSIELL.value: _("Kommersiell aktør"),
}


def typenavn(kode: str) -> str:
    """The type in the reader's language, with a capital letter."""
    navn = tekst("mottakstyper", kode, visning.spraak())
    return navn[:1].upper() + navn[1:]


def _typer() -> list[tuple[str, str]]:
    return [(kode, typenavn(kode)) for kode in koder("mottakstyper")]


class NyttMottak(Skjema):
    navn = forms.CharField(label=_("Hva heter mottaket?"), max_length=200)
    kode = forms.CharField(
        label=_("Hvilken kode har UDI gitt mottaket?"), max_length=20, help_text=_("Koden UDI bruker i meldingene sine.")
    )  # fmt: skip
    type = forms.ChoiceField(label=_("Hva slags mottak er det?"), choices=_typer)
    drift = forms.ChoiceField(
        label=_("Hvem driver mottaket?"), choices=list(DRIFT.items()), widget=forms.RadioSelect
    )
    operator = forms.CharField(label=_("Navnet på driftsoperatøren"), max_length=200)
    kommune = forms.CharField(
        label=_("Hvilken kommune ligger det i?"), max_length=100, help_text=_("Navn eller nummer.")
    )
    plasser = forms.IntegerField(label=_("Hvor mange plasser har det?"), min_value=1, max_value=10_000)
    apnet = Dato(label=_("Når åpner mottaket?"), help_text=_("For eksempel 6.10.2026."))

    def clean_kommune(self) -> Kommune:
        return kommunen(self.cleaned_data["kommune"])


class StengMottak(Skjema):
    stengt = Dato(
        label=_("Fra hvilken dag er mottaket stengt?"), help_text=_("Den første dagen ingen bor der.")
    )


class NyTillatelse(Skjema):
    hva = forms.CharField(
        label=_("Hva gjelder tillatelsen?"), max_length=200, help_text=_("For eksempel brukstillatelse for bygget eller bruk av området.")
    )  # fmt: skip
    gitt = Dato(label=_("Når ble den gitt?"), help_text=_("For eksempel 6.10.2026."))
    gjelder_til = Dato(
        label=_("Hva er den siste dagen den gjelder?"), required=False, help_text=_("La feltet stå tomt hvis den ikke har noen sluttdato.")
    )  # fmt: skip
    fil = forms.FileField(
        label=_("Tillatelsen"),
        help_text=_("PDF, Word, ODT eller bilde, opptil 25 MB."),
        widget=forms.FileInput(attrs={"accept": ".pdf,.docx,.odt,.png,.jpg,.jpeg"}),
    )

    def innhold(self) -> dict[str, Any]:
        """What the service takes."""
        valg = dict(self.cleaned_data)
        fil = valg.pop("fil")
        return valg | {"filnavn": fil.name or "tillatelse", "innhold": fil.read(MAKS_BYTES + 1)}


class Utvalg(forms.Form):
    """Of the list: type, operator, county, host, and whether it is open."""

    type = forms.ChoiceField(label=_("Type"), required=False, choices=lambda: [("", _("Alle")), *_typer()])
    drift = forms.ChoiceField(label=_("Drift"), required=False, choices=[("", _("Alle")), *DRIFT.items()])
    fylke = forms.ChoiceField(
        label=_("Fylke"),
        required=False,
        choices=lambda: [("", _("Alle")), *((v.navn, v.navn) for v in geografi.fylker(i_dag()))],
    )
    vert = forms.ChoiceField(
        label=_("Vertskommune"), required=False, choices=[("", _("Alle")), ("ja", _("Ja")), ("nei", _("Nei"))]
    )
    vis = forms.ChoiceField(
        label=_("Vis"),
        required=False,
        choices=[
            ("", _("Åpne")),
            ("stengt", _("Stengt eller ikke åpnet")),
            ("uten", _("Uten tillatelse")),
            ("alle", _("Alle")),
        ],
    )


def filtrer(rader: list[Mottakslinje], valg: Any) -> list[Mottakslinje]:
    return [
        rad
        for rad in rader
        if _vises(rad, valg.get("vis"))
        and valg.get("type") in ("", None, rad.mottak.type)
        and valg.get("drift") in ("", None, rad.mottak.drift)
        and valg.get("fylke") in ("", None, rad.fylke)
        and (not valg.get("vert") or (valg["vert"] == "ja") == rad.vert)
    ]


def _vises(rad: Mottakslinje, vis: str | None) -> bool:
    if vis == "stengt":
        return not rad.apent
    return vis == "alle" or (rad.apent and (vis != "uten" or not rad.har_tillatelse))
