"""Actors for tests: the demonstration users, acting in a transaction as they do on the web."""

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import transaction

from bosett.aktor.kontekst import Aktor, hent, som
from bosett.aktor.models import Bruker


@contextmanager
def som_bruker(navn: str) -> Iterator[Aktor]:
    """`navn` is the demonstration user's name before the @, most often the role's code."""
    with transaction.atomic(), som(hent(Bruker.objects.get(brukernavn=f"{navn}@demo.invalid"))) as aktor:
        yield aktor
