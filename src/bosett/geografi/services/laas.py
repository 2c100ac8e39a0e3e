"""One writer of the register at a time: two imports at once would each see half of the other."""

from django.db import connection

_NOKKEL = 720260002


def laas_register() -> None:
    """Hold the register for this transaction; the second importer waits."""
    with connection.cursor() as peker:
        peker.execute("SELECT pg_advisory_xact_lock(%s)", [_NOKKEL])
