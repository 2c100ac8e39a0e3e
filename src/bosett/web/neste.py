"""Where to go afterwards: only inside this site, whatever the address says."""

from django.http import HttpRequest
from django.utils.http import url_has_allowed_host_and_scheme


def trygg(onsket: str | None, ellers: str = "/") -> str:
    """`onsket` when it is a path of this site, else `ellers`. A protocol, a host or a backslash is never a path."""
    adresse = (onsket or "").strip()
    if (
        not adresse.startswith("/")
        or adresse.startswith("//")
        or "\\" in adresse
        or any(ord(t) < 32 for t in adresse)
    ):
        return ellers
    return adresse if url_has_allowed_host_and_scheme(adresse, allowed_hosts=None) else ellers


def fra(request: HttpRequest, ellers: str = "/") -> str:
    return trygg(request.POST.get("neste") or request.GET.get("neste") or request.GET.get("next"), ellers)
