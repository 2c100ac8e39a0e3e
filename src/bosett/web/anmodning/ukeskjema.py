"""Forms of the places per week: what IMDi asks for, and what a municipality fills in."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bosett.anmodning.models import Kommuneanmodning, Tidsplankrav
from bosett.anmodning.models_tidsplan import HOYST_UKER
from bosett.grunn.klokke import i_dag
from bosett.grunn.uker import ukekode, uker
from bosett.web import visning
from bosett.web.kommunevalg import biter, finn_nummer
from bosett.web.skjema import Dato, Skjema
from bosett.web.tabellverdier import norsk_nokkel

_MAKS = 10_000


class BeOmTidsplan(Skjema):
    fra = forms.TypedChoiceField(label=_("Hvilken er den første uka?"), coerce=date.fromisoformat)
    til = forms.TypedChoiceField(
        label=_("Hvilken er den siste uka?"), coerce=date.fromisoformat, help_text=_("Høyst 52 uker i alt.")
    )
    frist = Dato(
        label=_("Når er svarfristen?"),
        help_text=_("Siste dag kommunen kan svare i tide. For eksempel 20.12.2026."),
    )
    begrunnelse = forms.CharField(
        label=_("Hvorfor ber dere om en tidsplan?"), widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Kommunene kan lese dette."),
    )  # fmt: skip
    hvem = forms.ChoiceField(
        label=_("Hvem skal svare?"), widget=forms.RadioSelect, initial="alle",
        choices=[
            ("alle", _("Alle kommuner som har en anmodning i runden")),
            ("fylke", _("Kommunene i ett fylke")),
            ("kommuner", _("Bare noen kommuner")),
        ],
    )  # fmt: skip
    fylke = forms.ChoiceField(
        label=_("Hvilket fylke?"),
        required=False,
        help_text=_("Fyll ut hvis bare kommunene i ett fylke skal svare."),
    )
    kommuner = forms.CharField(
        label=_("Hvilke kommuner?"), required=False, widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Fyll ut hvis bare noen kommuner skal svare. Skriv navn eller nummer, med komma mellom."),
    )  # fmt: skip

    def __init__(self, *args: Any, spurte: Sequence[Kommuneanmodning], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._spurte = spurte
        dag = i_dag()
        ukene = uker(dag, dag + timedelta(weeks=2 * HOYST_UKER))
        valg = [("", gettext("Velg uke")), *((uke.isoformat(), visning.uke(uke)) for uke in ukene)]
        for navn in ("fra", "til"):
            self.fields[navn].choices = valg  # type: ignore[attr-defined]
        fylker = sorted({anmodning.fylke for anmodning in spurte}, key=norsk_nokkel)
        self.fields["fylke"].choices = [("", gettext("Velg fylke")), *((ett, ett) for ett in fylker)]  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        rensket = super().clean() or {}
        if rensket.get("hvem") == "fylke" and not rensket.get("fylke"):
            self.add_error("fylke", _("Velg et fylke."))
        if rensket.get("hvem") == "kommuner" and "kommuner" not in self.errors and not rensket["kommuner"]:
            self.add_error("kommuner", _("Skriv hvilke kommuner som skal svare."))
        return rensket

    def clean_kommuner(self) -> frozenset[str]:
        kommuner = [(anmodning.nummer, anmodning.navn) for anmodning in self._spurte]
        return frozenset(finn_nummer(bit, kommuner) for bit in biter(self.cleaned_data["kommuner"]))

    @property
    def svar(self) -> dict[str, Any]:
        """What the service is asked to do."""
        valgt = dict(self.cleaned_data)
        hvem, fylke, kommuner = (valgt.pop(navn) for navn in ("hvem", "fylke", "kommuner"))
        if hvem == "fylke":
            kommuner = frozenset(ett.nummer for ett in self._spurte if ett.fylke == fylke)
        return valgt | {"numre": None if hvem == "alle" else kommuner}


class AlleUker(Skjema):
    """Sent by GET: nothing is saved, and it works without script."""

    alle = forms.IntegerField(
        label=_("Samme tall i alle uker"), min_value=0, max_value=_MAKS,
        help_text=_("Tallet blir satt inn i alle feltene under. Deretter kan dere endre enkelte uker. Ingenting er lagret før dere trykker «Lagre»."),
    )  # fmt: skip


class Ukesvar(Skjema):
    """One field per week of the ask. Empty is not answered, 0 is none."""

    def __init__(
        self,
        *args: Any,
        krav: Tidsplankrav,
        versjon: int,
        forslag: Mapping[date, int],
        lagret: Mapping[date, int] | None = None,
        **kwargs: Any,
    ) -> None:
        """`forslag` is what the fields begin with; `lagret` is shown where it differs from what was typed, when somebody else has saved meanwhile."""
        super().__init__(*args, **kwargs)
        self._felt = {f"uke_{ukekode(uke)}": uke for uke in krav.uker}
        for navn, uke in self._felt.items():
            helt_tall = gettext("Skriv et helt tall for uke %(nr)s, for eksempel 4. Har dere ingen plasser, skriver dere 0.") % {
                "nr": uke.isocalendar().week
            }  # fmt: skip
            self.fields[navn] = forms.IntegerField(
                label=visning.uke(uke),
                required=False,
                min_value=0,
                max_value=_MAKS,
                initial=forslag.get(uke),
                error_messages={"invalid": helt_tall, "min_value": helt_tall},
                help_text=""
                if lagret is None or self.data.get(navn, "").strip() == str(lagret.get(uke, ""))
                else gettext("Lagret nå: %(tall)s") % {"tall": visning.tall(lagret.get(uke))},
            )
        for navn, verdi in (("krav", krav.nr), ("versjon", versjon)):
            self.fields[navn] = forms.IntegerField(min_value=0, initial=verdi, widget=forms.HiddenInput)

    @property
    def uker(self) -> list[forms.BoundField]:
        return [self[navn] for navn in self._felt]

    @property
    def svar(self) -> dict[str, Any]:
        """What the service is asked to save: weeks with a number only."""
        tall = {uke: self.cleaned_data[navn] for navn, uke in self._felt.items()}
        return {
            "krav": self.cleaned_data["krav"],
            "versjon": self.cleaned_data["versjon"],
            "plasser": {uke: antall for uke, antall in tall.items() if antall is not None},
        }
