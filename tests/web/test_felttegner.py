"""Our drawing of the controls is Django's, letter by letter."""

import re
from typing import Any

import pytest
from django import forms
from django.forms.renderers import DjangoTemplates
from django.utils.safestring import SafeString
from hypothesis import given
from hypothesis import strategies as st

from bosett.web.felttegner import Felttegner

VALG = [
    ("", "Ingen"),
    ("a&b", "A <og> B"),
    ("c", SafeString("C <b>nå</b>")),
    ("Gruppe «1»", [("d", "D"), (5, "Fem")]),
]
FLATT = [ett for ett in VALG if not isinstance(ett[1], list)]
_TYPER: tuple[type[forms.Widget], ...] = (
    forms.TextInput, forms.NumberInput, forms.EmailInput, forms.PasswordInput, forms.HiddenInput, forms.DateInput, forms.CheckboxInput,
    forms.FileInput, forms.Textarea, forms.Select, forms.RadioSelect, forms.CheckboxSelectMultiple,
)  # fmt: skip
VAAR, DJANGOS = Felttegner(), DjangoTemplates()
"""Made once: each keeps the templates it has compiled."""
_verdier = (
    st.none()
    | st.booleans()
    | st.integers()
    | st.text(max_size=20)
    | st.sampled_from(["", "a&b", "c", "d", "5", "<b>", '"'])
)
_attrs = st.dictionaries(
    st.sampled_from(["id", "class", "disabled", "data-x", "aria-invalid", "maxlength"]),
    st.none() | st.booleans() | st.integers() | st.text(max_size=10),
    max_size=4,
)


@pytest.mark.parametrize("type_", _TYPER)
@given(verdi=_verdier, attrs=_attrs)
def test_it_is_what_django_draws(type_: type[forms.Widget], verdi: Any, attrs: dict[str, Any]) -> None:
    kwargs: dict[str, Any] = {"choices": VALG if type_ is forms.Select else FLATT} if issubclass(type_, forms.Select | forms.RadioSelect | forms.CheckboxSelectMultiple) else {}  # fmt: skip
    widget = type_(attrs=attrs, **kwargs)
    verdi = [verdi] if issubclass(type_, forms.CheckboxSelectMultiple) else verdi
    vaar, djangos = (widget.render("navn<1>", verdi, renderer=r) for r in (VAAR, DJANGOS))
    assert _jevn(vaar) == _jevn(djangos)
    assert isinstance(vaar, SafeString)
    if isinstance(widget, forms.RadioSelect):  # one by one, as the pages draw them
        for ett in widget.subwidgets("navn", verdi):
            vaar, djangos = (r.render(ett["template_name"], {"widget": ett}) for r in (VAAR, DJANGOS))
            assert _jevn(vaar) == _jevn(djangos)


def _jevn(html: str) -> str:
    """White space between tags says nothing; inside a text area it is what was typed."""
    return html if "<textarea" in html else re.sub(r"\s*(<|>)\s*", r"\1", html)
