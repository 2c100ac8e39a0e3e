"""Actors for tests: the demonstration users, acting in a transaction as they do on the web, or signed in to it."""

from django.test import Client

from bosett.aktor.models import Bruker
from bosett.demo.brukere import som_demobruker as som_bruker

__all__ = ["innlogget", "som_bruker"]


def innlogget(rolle: str = "bosetter_skriv") -> Client:
    """A browser's client, signed in as the demonstration user of that name."""
    klient = Client()
    klient.force_login(
        Bruker.objects.get(brukernavn=f"{rolle}@demo.invalid"), "django.contrib.auth.backends.ModelBackend"
    )
    return klient
