"""A Django form field in Designsystemet's markup: label 600, «Må fylles ut», hint above, message below, ids wired."""

from typing import Any

from django import forms
from django.forms import BoundField
from django.utils.safestring import SafeString

_KLASSE = "ds-input"


def feltkontekst(
    bundet: BoundField, *, bredde: str = "", vis_krav: bool = True, etikett: str = "", retning: str = ""
) -> dict[str, Any]:
    """What `skjema/felt.html` needs. `bredde`: "tall" or "dato" makes the control as wide as its answer."""
    widget = bundet.field.widget
    feil = [str(tekst) for tekst in bundet.errors]
    gruppe = isinstance(widget, forms.RadioSelect | forms.CheckboxSelectMultiple)
    avkrysning = isinstance(widget, forms.CheckboxInput)
    beskrevet = [
        f"{bundet.auto_id}-{del_}"
        for del_, finnes in (
            ("krav", vis_krav and not avkrysning),
            ("hint", bool(bundet.help_text)),
            ("feil", bool(feil)),
        )
        if finnes
    ]
    attributter: dict[str, Any] = {"class": f"{widget.attrs.get('class', '')} {_KLASSE}".strip()}
    if beskrevet and not gruppe:
        attributter["aria-describedby"] = " ".join(beskrevet)
    attributter["aria-invalid"] = "true" if feil else None
    if not bredde:
        bredde = (
            "tall"
            if isinstance(widget, forms.NumberInput)
            else "dato"
            if isinstance(widget, forms.DateInput)
            else ""
        )
    if bredde:
        attributter["data-bredde"] = bredde
    if isinstance(widget, forms.NumberInput) and "inputmode" not in widget.attrs:
        attributter["inputmode"] = "numeric"
    attributter = {navn: verdi for navn, verdi in attributter.items() if verdi is not None}
    return {
        "felt": bundet,
        "id": bundet.auto_id,
        "etikett": etikett or bundet.label,
        "kontroll": SafeString("") if gruppe else bundet.as_widget(attrs=attributter),
        "valg": list(bundet.subwidgets) if gruppe else [],
        "flere": isinstance(widget, forms.CheckboxSelectMultiple),
        "gruppe": gruppe,
        "avkrysning": avkrysning,
        "retning": retning,
        "pakrevd": bundet.field.required,
        "vis_krav": vis_krav,
        "hint": bundet.help_text,
        "feil": feil,
        "beskrevet": " ".join(beskrevet),
    }
