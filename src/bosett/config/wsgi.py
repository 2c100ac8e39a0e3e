"""Entry point for the web server."""

import gc
import os
import threading

from django.core.wsgi import get_wsgi_application

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "bosett.config.settings")
application = get_wsgi_application()


def _varm_opp() -> None:
    """Compile the words of the reservation check: seconds of work in each process, which no municipality should wait for."""
    from bosett.vedtak.rules.sjekk import sjekk_tekst  # noqa: PLC0415 - pages are served meanwhile

    sjekk_tekst("Kommunen bosetter 10 flyktninger.")
    gc.freeze()  # what is loaded once is never garbage: the collector need not go through it again and again


threading.Thread(target=_varm_opp, name="varm-opp", daemon=True).start()
