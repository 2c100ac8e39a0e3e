"""Several acts at once against the real database."""

import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor

from django.db import connection

from bosett.grunn.feil import BosettFeil

TRAADER = 6  # the pool has 8 connections, and the test itself holds one


def samtidig(*gjor: Callable[[], object]) -> list[object]:
    """Run all at once, as many at a time as there are connections; per act what it gave, or the code of the refusal."""
    klar = threading.Barrier(len(gjor)) if len(gjor) <= TRAADER else None

    def kjor(ett: Callable[[], object]) -> object:
        if klar is not None:
            klar.wait()
        try:
            return ett()
        except BosettFeil as feil:
            return feil.kode
        finally:
            connection.close()

    with ThreadPoolExecutor(TRAADER) as traader:
        return list(traader.map(kjor, gjor))


def koder(*gjor: Callable[[], object]) -> list[str]:
    """As `samtidig`: per act «ok» or the code of the refusal."""
    return [str(utfall) if isinstance(utfall, str) else "ok" for utfall in samtidig(*gjor)]
