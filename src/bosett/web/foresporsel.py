"""The request as our middleware hands it to a view: annotate with this instead of HttpRequest, and `request.aktor` is typed."""

from django.http import HttpRequest

from bosett.aktor.kontekst import Aktor
from bosett.aktor.models import Bruker


def heltall(tekst: str) -> int | None:
    """A whole number from an address or a hidden field. None for all else, also for «²», which `isdigit` calls a digit."""
    return int(tekst) if tekst.isascii() and tekst.isdigit() and len(tekst) < 10 else None


class Foresporsel(HttpRequest):
    aktor: Aktor
    user: Bruker
    """Only in views that need a log-in."""
