"""Two imports at once."""

import threading

from tests.geografi.test_register import FILER

from bosett.geografi import services
from bosett.geografi.models import Indikatorverdi
from bosett.kilder.lesere.klass import les_endringer


def test_to_importer_samtidig(ekte_database, endringsliste):
    """The second waits for the first, and finds nothing left to do."""
    from django.db import connection  # noqa: PLC0415

    services.last_grunnlag(aktor=None, **FILER)
    endringer = les_endringer(endringsliste)
    rapporter, feil = [], []

    def importer():
        try:
            rapporter.append(services.importer_kommuneendringer(aktor=None, endringer=endringer, kilde="SSB"))
        except Exception as grunn:
            feil.append(grunn)
        finally:
            connection.close()

    traader = [threading.Thread(target=importer) for _ in range(3)]
    for traad in traader:
        traad.start()
    for traad in traader:
        traad.join()
    assert feil == []
    assert sorted(r.endret_noe for r in rapporter) == [False, False, True]
    assert Indikatorverdi.objects.kjent().count() == 357
