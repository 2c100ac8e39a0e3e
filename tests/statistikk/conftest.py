"""The register and the real history: made in the test, or ready in a database whose changes are undone."""

import os

import pytest

from maler import HISTORIE, koblet_til, ny_database


@pytest.fixture
def register(som_system):
    """Today's municipalities and counties, from the repository's own small files."""
    import historie  # noqa: PLC0415 - apps are not loaded when this file is
    from bosett.aktor.kontekst import system  # noqa: PLC0415

    aktor = system("prove")
    historie.last_register(aktor)
    return aktor


@pytest.fixture
def register_med_historie(register, delt):
    """… with the mergers and splits since 2011."""
    import historie  # noqa: PLC0415 - as above

    historie.last_endringer(register)
    return register


@pytest.fixture
def importer(delt):
    """`historie.importer`, with its `filer`."""
    import historie  # noqa: PLC0415 - as above

    def kjor(kode, aktor, **mer):
        return historie.importer(kode, aktor, **mer)

    kjor.filer = historie.FILER
    return kjor


@pytest.fixture(scope="session")
def _historiebase(django_db_setup, django_db_blocker, worker_id, delt):
    with django_db_blocker.unblock(), ny_database(f"historie_{os.getpid()}_{worker_id}", HISTORIE) as navn:
        yield navn


@pytest.fixture
def all_historie(_historiebase, django_db_blocker):
    """All the real tables are in, and the system acts; what the test does is undone."""
    from django.core.cache import cache  # noqa: PLC0415 - as above
    from django.db import transaction  # noqa: PLC0415

    from bosett.aktor.kontekst import sett, system  # noqa: PLC0415

    cache.clear()
    with django_db_blocker.unblock(), koblet_til(_historiebase), transaction.atomic():
        sett(system("prove"))
        yield
        transaction.set_rollback(True)
