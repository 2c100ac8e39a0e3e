"""Municipalities typed into a form: by name or number, with commas between or on lines of their own."""

from collections.abc import Iterable

from django import forms
from django.utils.translation import gettext as _

from bosett.geografi import selectors as geografi
from bosett.geografi.models import Kommune
from bosett.grunn.klokke import i_dag


def kommunen(navn: str) -> Kommune:
    """The one municipality of today that is meant by a name or a number. Raises `ValidationError`."""
    kommuner = {v.nummer: v for v in geografi.kommuner(i_dag()).select_related("kommune")}
    return kommuner[finn_nummer(navn, [(v.nummer, v.navn) for v in kommuner.values()])].kommune


def biter(tekst: str) -> list[str]:
    return [bit.strip() for bit in tekst.replace(";", ",").replace("\n", ",").split(",") if bit.strip()]


def finn_nummer(navn: str, kommuner: Iterable[tuple[str, str]]) -> str:
    """The number of the one municipality among (number, name) that is meant. Raises `ValidationError` with what to write instead."""
    onsket = navn.strip(" :=").casefold()
    funnet = [nummer for nummer, kommunenavn in kommuner if onsket in (nummer, kommunenavn.casefold())]
    if len(funnet) == 1:
        return funnet[0]
    if funnet:
        raise forms.ValidationError(
            _("Flere kommuner heter «%(navn)s». Skriv nummeret i stedet: %(numre)s.")
            % {"navn": navn, "numre": ", ".join(sorted(funnet))}
        )
    raise forms.ValidationError(_("Vi kjenner ingen kommune som heter «%(navn)s».") % {"navn": navn})
