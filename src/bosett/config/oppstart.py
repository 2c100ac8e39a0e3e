"""Setting Django up for a command, on whichever server is in use."""

import os
from collections.abc import Iterator
from contextlib import contextmanager

from bosett.config import roller, tilstand
from bosett.config.postgres import Innebygd, i_bruk


def innebygd() -> Innebygd:
    return Innebygd(tilstand.mappe())


@contextmanager
def server() -> Iterator[None]:
    """Keep the embedded PostgreSQL up while a command runs; nothing to do when `DATABASE_URL` names another server."""
    if "DATABASE_URL" in os.environ:
        yield
    else:
        with i_bruk(innebygd()):
            yield


def forbered_database() -> bool:
    """Roles and database, before the first migration. Returns whether the database was made now."""
    hemmelig = tilstand.hemmeligheter()
    konto = roller.admin()
    roller.lag_roller(konto, hemmelig["eier"], hemmelig["app"])
    return roller.lag_database(konto, roller.tilkobling()["dbname"])


def django() -> None:
    """Load Django (settings, rooms, policy). Call inside `server()`."""
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bosett.config.settings")
    import django as _django  # noqa: PLC0415 - pure commands must not pay for Django

    _django.setup()
