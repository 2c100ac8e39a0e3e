"""The request as our middleware hands it to a view: annotate with this instead of HttpRequest, and `request.aktor` is typed."""

from django.http import HttpRequest

from bosett.aktor.kontekst import Aktor
from bosett.aktor.models import Bruker


class Foresporsel(HttpRequest):
    aktor: Aktor
    user: Bruker
    """Only in views that need a log-in."""
