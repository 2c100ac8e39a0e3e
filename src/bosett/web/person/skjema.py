"""Forms of privacy: why, consent, hand-over, delay."""

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from bosett.grunn.klokke import i_dag
from bosett.person.models_samtykke import Samtykke
from bosett.person.models_sletting import Sletting
from bosett.person.rules.koder import gjeldende
from bosett.web import visning
from bosett.web.skjema import Dato, Skjema


def _valg(liste: str) -> list[tuple[str, str]]:
    spraak = visning.spraak()
    return [
        (kode.kode, kode.tekst(spraak)[:1].upper() + kode.tekst(spraak)[1:])
        for kode in gjeldende(liste, i_dag())
    ]


class Grunn(Skjema):
    grunn = forms.ChoiceField(
        label=_("Hvorfor åpner du saken?"), widget=forms.RadioSelect,
        help_text=_("Svaret blir loggført, og personen kan få se det."),
    )  # fmt: skip
    rett = {"grunn": _("Velg hvorfor du åpner saken")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["grunn"].choices = _valg("innsynsgrunner")  # type: ignore[attr-defined]


class NyttSamtykke(Skjema):
    formaal = forms.ChoiceField(label=_("Hva sier personen ja til?"), widget=forms.RadioSelect)
    gitt = Dato(label=_("Når ble det gitt?"))
    siste_dag = Dato(
        label=_("Hvor lenge gjelder det?"), required=False,
        help_text=_("Siste dag. La feltet stå tomt hvis det skal gjelde så lenge formålet tillater."),
    )  # fmt: skip
    maate = forms.ChoiceField(
        label=_("Hvordan ble det gitt?"),
        widget=forms.RadioSelect,
        choices=[(v, _(t)) for v, t in Samtykke.Maate.choices],
    )
    spraak = forms.ChoiceField(label=_("På hvilket språk?"))
    gitt_av = forms.ChoiceField(
        label=_("Hvem sa ja?"), widget=forms.RadioSelect, choices=[(v, _(t)) for v, t in Samtykke.GittAv.choices],
        initial=Samtykke.GittAv.SELV,
    )  # fmt: skip
    rett = {
        "formaal": _("Velg hva samtykket gjelder"),
        "gitt": _("Skriv når samtykket ble gitt"),
        "siste_dag": _("Skriv den siste dagen, eller la feltet stå tomt"),
        "maate": _("Velg hvordan samtykket ble gitt"),
        "spraak": _("Velg språket"),
        "gitt_av": _("Velg hvem som sa ja"),
    }

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["formaal"].choices = _valg("samtykker")  # type: ignore[attr-defined]
        spraak = sorted(_valg("spraak"), key=lambda valg: valg[1])
        self.fields["spraak"].choices = [("", _("Velg et språk")), *spraak]  # type: ignore[attr-defined]


class Avlevering(Skjema):
    avlevering = forms.ChoiceField(
        label=_("Har utlendingsmyndighetene fått det de trenger?"), widget=forms.RadioSelect,
        choices=[(v, _(t)) for v, t in Sletting.Avlevering.choices],
    )  # fmt: skip
    rett = {"avlevering": _("Velg om opplysningene er avlevert")}


class Utsettelse(Skjema):
    til = Dato(label=_("Vent til"), help_text=_("Høyst ett år fram. Da blir slettingen foreslått igjen."))
    grunn = forms.ChoiceField(label=_("Hvorfor skal slettingen vente?"), widget=forms.RadioSelect)
    rett = {"til": _("Skriv hvor lenge slettingen skal vente"), "grunn": _("Velg en grunn")}

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.fields["grunn"].choices = _valg("slettevent")  # type: ignore[attr-defined]
