"""The controls of a form, written by Python: Django's own templates say the same in ten times the time, a sixth of what a page takes.

What is not here (and whatever a new version of Django brings) is drawn by Django. `tests/web/test_felttegner.py` compares the two.
"""

from collections.abc import Callable, Mapping
from typing import Any

from django.forms.renderers import DjangoTemplates
from django.utils.html import conditional_escape as trygg
from django.utils.safestring import SafeString, mark_safe

Felt = Mapping[str, Any]


class Felttegner(DjangoTemplates):
    """`settings.FORM_RENDERER`."""

    def render(self, template_name: str, context: dict[str, Any], request: Any = None) -> SafeString:
        tegn = _TEGN.get(template_name)
        if tegn is None:
            return mark_safe(super().render(template_name, context, request))  # noqa: S308 - a template escapes what is in it
        return mark_safe(tegn(context["widget"]))  # noqa: S308 - every value is escaped below


def _attributter(felt: Felt) -> str:
    return "".join(
        f" {navn}" if verdi is True else f' {navn}="{trygg(str(verdi))}"'
        for navn, verdi in felt["attrs"].items()
        if verdi is not False
    )


def _input(felt: Felt) -> str:
    verdi = "" if felt["value"] is None else f' value="{trygg(str(felt["value"]))}"'
    return f'<input type="{felt["type"]}" name="{trygg(felt["name"])}"{verdi}{_attributter(felt)}>'


def _tekstfelt(felt: Felt) -> str:
    return f'<textarea name="{trygg(felt["name"])}"{_attributter(felt)}>\n{trygg(felt["value"] or "")}</textarea>'


def _liste(felt: Felt) -> str:
    deler = [f'<select name="{trygg(felt["name"])}"{_attributter(felt)}>']
    for gruppe, valg, _nr in felt["optgroups"]:
        if gruppe:
            deler.append(f'\n  <optgroup label="{trygg(gruppe)}">')
        deler += [
            f'\n  <option value="{trygg(str(ett["value"]))}"{_attributter(ett)}>{trygg(ett["label"])}</option>'
            for ett in valg
        ]
        if gruppe:
            deler.append("\n  </optgroup>")
    return "".join((*deler, "\n</select>\n"))


def _valg(felt: Felt) -> str:
    if not felt.get("wrap_label"):
        return _input(felt)
    for_ = f' for="{trygg(felt["attrs"]["id"])}"' if felt["attrs"].get("id") else ""
    return f"<label{for_}>{_input(felt)} {trygg(felt['label'])}</label>"


_MAPPE = "django/forms/widgets/"
_TEGN: dict[str, Callable[[Felt], str]] = {
    **{f"{_MAPPE}{navn}.html": _input for navn in ("input", "text", "number", "email", "password", "hidden", "date", "checkbox", "file")},
    f"{_MAPPE}textarea.html": _tekstfelt,
    f"{_MAPPE}select.html": _liste,
    f"{_MAPPE}radio_option.html": _valg,
    f"{_MAPPE}checkbox_option.html": _valg,
}  # fmt: skip
