"""The version of the published figures, and the key under which a ready page lies in memory."""

import hashlib
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager

from django.conf import settings
from django.db import connection
from django.http import Http404, HttpRequest
from django.urls import resolve
from django.utils.translation import get_language_from_request

from bosett.web.taster import KAKE

LEVETID_S = 600
FOR_ALLE = (200, 301)
"""A page, or the way to its right address: both are the same for everybody, and asked for equally often."""
STORST = 512 * 1024
"""Larger answers (whole data sets) are kept by their own views under a key without the query, so that no query can fill memory."""
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
    taster = request.COOKIES.get(KAKE, "")
    # A digest: two variants of the calculator make an address longer than a key may be.
    hvem = "\0".join((get_language_from_request(request), farge, taster, htmx, request.get_full_path()))
    return f"side:{versjon()}:{hashlib.sha256(hvem.encode()).hexdigest()}"


_laaser: dict[str, threading.Lock] = {}
_laaser_laas = threading.Lock()


@contextmanager
def en_om_gangen(request: HttpRequest, nokkel: str) -> Iterator[None]:
    """After a publication everybody asks for the same page at once: one request makes it, the others wait for that one.

    Only for published views; other pages are never held back.
    """
    try:
        gjelder = getattr(resolve(request.path_info).func, "publisert", False)
    except Http404:
        gjelder = False
    if not gjelder:
        yield
        return
    with _laaser_laas:
        laas = _laaser.setdefault(nokkel, threading.Lock())
    try:
        with laas:
            yield
    finally:
        with _laaser_laas:
            _laaser.pop(nokkel, None)
