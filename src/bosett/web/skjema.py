"""Forms: what to put right, first and in field order, with links to the fields.

    class Svar(Skjema):
        antall = forms.IntegerField(label=_("Hvor mange vil kommunen bosette?"), help_text=…)
        rett = {"antall": _("Skriv hvor mange kommunen vil bosette")}   # what the link says; default the field's message

In the template: {% include "deler/feiloppsummering.html" %} and {% felt skjema.antall %} inside <form novalidate>.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any, ClassVar

from django import forms
from django.utils.translation import gettext, gettext_lazy, ngettext

from bosett.grunn.feil import BosettFeil

_TALLORD = ("", "én", "to", "tre", "fire", "fem", "seks", "sju", "åtte", "ni", "ti")


class SkjemaMixin:
    """Adds `feiltittel` and `feilliste` to a Form or ModelForm. Messages say what to do, not what is wrong with the user."""

    rett: ClassVar[Mapping[str, Any]] = {}
    """Per field: what the summary's link says. It should say what to do («Skriv datoen for møtet»)."""

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        kwargs.setdefault("label_suffix", "")
        super().__init__(*args, **kwargs)
        for navn, felt in self.fields.items():  # type: ignore[attr-defined]
            if "required" in felt.error_messages and navn not in self.egne_meldinger():
                felt.error_messages["required"] = gettext("Fyll ut «%(felt)s».") % {
                    "felt": felt.label or navn
                }

    def egne_meldinger(self) -> frozenset[str]:
        """Fields whose own `error_messages` shall stand."""
        return frozenset()

    @property
    def feilliste(self) -> list[tuple[str, str]]:
        """(address, text) in the order of the fields; errors of the whole form come last and lead to the first field."""
        skjema: Any = self
        if not skjema.is_bound:
            return []
        liste = []
        for navn in skjema.fields:
            if navn in skjema.errors:
                tekst = str(self.rett.get(navn) or skjema.errors[navn][0]).rstrip(".")
                liste.append((f"#{_forste_id(skjema[navn])}", self.foran(navn) + tekst))
        forste = next(iter(skjema.fields), "")
        for tekst in skjema.non_field_errors():
            liste.append((f"#{_forste_id(skjema[forste])}" if forste else "#innhold", str(tekst)))
        return liste

    @property
    def feiltittel(self) -> str:
        n = len(self.feilliste)
        ord_ = gettext(_TALLORD[n]) if 0 < n < len(_TALLORD) else str(n)
        return ngettext("Rett %(n)s ting før du sender", "Rett %(n)s ting før du sender", n) % {"n": ord_}

    def foran(self, navn: str) -> str:
        """What the summary says before the text of a field, when several fields have the same label: whose it is."""
        return ""

    def utfor(self, gjor: Callable[[dict[str, Any]], object], ellers: str = "") -> bool:
        """Give what is filled in to a service, and say whether it was done.

        Not when the form is not sent or not valid, nor when the service refuses: then the refusal stands in the form, at the field it
        names, else at `ellers`.

            if skjema.utfor(lambda data: services.steng(aktor=request.aktor, **data)):
                return redirect(…)
            return render(request, …, status=422 if skjema.errors else 200)
        """
        skjema: Any = self
        if not skjema.is_bound or not skjema.is_valid():
            return False
        try:
            gjor(skjema.cleaned_data)
        except BosettFeil as feil:
            self.ta_feil(feil, "" if feil.felt else ellers)
            return False
        return True

    def ta_feil(self, feil: BosettFeil, felt: str | None = None) -> None:
        """Show a refusal from a service where it belongs: what is wrong, which rule, what to do.

        Without `felt` where the refusal says: of several fields alike the first has the bare name, and the next are `navn_1` ….
        """
        skjema: Any = self
        felt = felt or (f"{feil.felt}_{feil.nr}" if feil.nr else feil.felt)
        skjema.add_error(felt if felt in skjema.fields else None, oversatt(feil))


def oversatt(feil: BosettFeil) -> str:
    """A refusal as one text, in the language of the page."""
    hva, regel, gjor = (gettext(tekst) if tekst else "" for tekst in (feil.hva, feil.regel, feil.gjor))
    return str(BosettFeil(kode=feil.kode, hva=hva, regel=regel, gjor=gjor))


class Skjema(SkjemaMixin, forms.Form):
    pass


class Dato(forms.DateField):
    """A date written the Norwegian way (20.12.2026). The browser's own date control follows the browser's language, not the page's."""

    widget = forms.DateInput(format="%d.%m.%Y", attrs={"inputmode": "numeric", "autocomplete": "off"})
    input_formats = ("%d.%m.%Y", "%d.%m.%y", "%d.%m. %Y", "%Y-%m-%d")
    default_error_messages = {"invalid": gettext_lazy("Skriv datoen slik: 20.12.2026.")}


class Heltall(forms.IntegerField):
    """A whole number, also as people write it: «12 500» and «12.500»."""

    widget = forms.TextInput(attrs={"inputmode": "numeric"})

    def to_python(self, value: Any) -> int | None:
        tekst = "".join(str(value).split()) if value is not None else value
        if tekst and _TUSENER.fullmatch(tekst):
            tekst = tekst.replace(".", "")
        return super().to_python(tekst)


_TUSENER = re.compile(r"\d{1,3}(\.\d{3})+")


def _forste_id(bundet: forms.BoundField) -> str:
    """A group's link leads to its first choice: a fieldset cannot have the focus."""
    if isinstance(bundet.field.widget, forms.RadioSelect | forms.CheckboxSelectMultiple):
        forste = next(iter(bundet.subwidgets), None)
        if forste is not None:
            return str(forste.id_for_label)
    return bundet.auto_id


# The number words of `feiltittel`, so that they are found and translated.
def _ord() -> tuple[str, ...]:
    return (
        gettext("én"),
        gettext("to"),
        gettext("tre"),
        gettext("fire"),
        gettext("fem"),
        gettext("seks"),
        gettext("sju"),
        gettext("åtte"),
        gettext("ni"),
        gettext("ti"),
    )
