"""The answer to a form that saves itself while one writes (`data-kladd` in bosett.js)."""

from datetime import datetime

from django.http import HttpResponse
from django.shortcuts import render

from bosett.web.foresporsel import Foresporsel


def kladdsvar(
    request: Foresporsel, versjon: object, *, lagret: datetime | None = None, feil: str = ""
) -> HttpResponse:
    """When it was saved, or why it was not. Without the header the tab keeps what is typed: it was somebody else who answered, such
    as the page where one logs in."""
    svar = render(request, "deler/lagret.html", {"feil": feil, "lagret": lagret, "versjon": versjon})
    svar["X-Kladd"] = "nei" if feil else "lagret"
    return svar
