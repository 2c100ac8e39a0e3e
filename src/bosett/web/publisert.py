"""The version of the published figures, and the key under which a ready page lies in memory."""

import time

from django.conf import settings
from django.db import connection
from django.http import HttpRequest
from django.utils.translation import get_language_from_request

LEVETID_S = 600
_SJEKK_S = 1.0
_sist: tuple[float, str] = (0.0, "")


def versjon() -> str:
    """Changes with every publication; asked at most once a second per process."""
    global _sist
    naa = time.monotonic()
    if naa - _sist[0] > _SJEKK_S or settings.TEST:
        with connection.cursor() as db:
            db.execute("SELECT coalesce(max(id), 0) FROM statistikk_publisering")
            _sist = (naa, str(db.fetchone()[0]))
    return _sist[1]


def nokkel(request: HttpRequest) -> str:
    htmx = request.headers.get("HX-Request", "")
    farge = request.COOKIES.get("bosett_farger", "")
    return f"side:{versjon()}:{get_language_from_request(request)}:{farge}:{htmx}:{request.get_full_path()}"
