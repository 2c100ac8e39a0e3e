"""IMDi's forms about answers: a judgement, and a sentence to a reminder."""

from django import forms
from django.utils.translation import gettext_lazy as _

from bosett.vedtak.paaminnelser import MAKS_TEKST
from bosett.web.skjema import Skjema


class Vurder(Skjema):
    utfall = forms.ChoiceField(
        label=_("Har teksten forbehold?"), widget=forms.RadioSelect,
        choices=[("godta", _("Nei, den er uten forbehold. Vedtaket blir registrert.")), ("send_tilbake", _("Ja. Kommunen får teksten tilbake."))],
    )  # fmt: skip
    begrunnelse = forms.CharField(
        label=_("Hvorfor?"), widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("Kommunen kan lese begrunnelsen. Vis gjerne til en tidligere vurdering. Ikke skriv noe om enkeltpersoner."),
    )  # fmt: skip


class Paaminn(Skjema):
    tekst = forms.CharField(
        label=_("Vil du legge til noe?"), required=False, max_length=MAKS_TEKST, widget=forms.Textarea(attrs={"rows": 2}),
        help_text=_("Kommunene ser det i Bosett. Det står ikke i e-posten. Ikke skriv noe om enkeltpersoner."),
    )  # fmt: skip
