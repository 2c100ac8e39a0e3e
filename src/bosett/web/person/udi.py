"""The door for UDI's events (docs/udi-kontrakt.md): signed with a shared key, answered message by message."""

import hashlib
import hmac
import json

from django.conf import settings
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_POST

from bosett.aktor.kontekst import som_systemet
from bosett.grunn.feil import BosettFeil
from bosett.grunn.klokke import naa
from bosett.integrasjon import services
from bosett.web.krav import offentlig

HODE = "Bosett-Signatur"
GYLDIG_S = 300
"""How old a signature may be, so that a call somebody has listened to cannot be sent again later."""
STORST_BYTES = 5_000_000


@offentlig
@csrf_exempt
@require_POST
def hendelser(request: HttpRequest) -> HttpResponse:
    """`{"hendelser": [...]}` → 202 with `{"svar": [{"id", "status", "feil"}]}`. Unsigned, late or wrongly signed calls get 401."""
    if int(request.headers.get("Content-Length") or 0) > STORST_BYTES:
        return _nei("Kallet er for stort.", 413)
    if not _signert(request.headers.get(HODE, ""), request.body):
        return _nei("Signaturen mangler, er for gammel eller stemmer ikke.", 401)
    try:
        kropp = json.loads(request.body)
    except (ValueError, RecursionError):
        return _nei("Kroppen er ikke JSON.", 422)
    meldinger = kropp.get("hendelser") if isinstance(kropp, dict) else None
    if not isinstance(meldinger, list):
        return _nei("Feltet «hendelser» må være en liste.", 422)
    try:
        with som_systemet("udi.motta", etter=request.aktor) as aktor:  # type: ignore[attr-defined]
            svar = services.motta(aktor=aktor, meldinger=meldinger)
    except BosettFeil as feil:
        return JsonResponse({"feil": feil.som_dict()}, status=feil.http_status)
    return JsonResponse(
        {"svar": [{"id": s.id, "status": s.status} | ({"feil": s.feil} if s.feil else {}) for s in svar]},
        status=202,
    )


def signatur(kropp: bytes, tid: int) -> str:
    """The header's value: `t=<seconds>,v1=<HMAC-SHA256 of «t.body» in hex>`."""
    v1 = hmac.new(settings.UDI_NOKKEL.encode(), f"{tid}.".encode() + kropp, hashlib.sha256).hexdigest()
    return f"t={tid},v1={v1}"


def _signert(hode: str, kropp: bytes) -> bool:
    deler = dict(del_.split("=", 1) for del_ in hode.split(",") if "=" in del_)
    tid = deler.get("t", "")
    if (
        not (tid.isascii() and tid.isdigit() and len(tid) < 12)
        or abs(naa().timestamp() - int(tid)) > GYLDIG_S
    ):
        return False
    return hmac.compare_digest(
        signatur(kropp, int(tid)).encode(), f"t={tid},v1={deler.get('v1', '')}".encode("utf-8", "replace")
    )


def _nei(hva: str, status: int) -> JsonResponse:
    return JsonResponse({"feil": {"kode": "UDI-KALL", "hva": hva}}, status=status)
