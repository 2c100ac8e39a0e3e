"""Files others have brought."""

from django.http import HttpResponse
from django.utils.http import content_disposition_header

from bosett.dokument.models import Innfil


def brakt_fil(fil: Innfil) -> HttpResponse:
    """To be saved and never shown on our own page: what is in it is not ours."""
    return HttpResponse(
        bytes(fil.fil.innhold),
        content_type=fil.medietype,
        headers={
            "Content-Disposition": content_disposition_header(True, fil.navn) or "attachment",
            "Content-Security-Policy": "sandbox; default-src 'none'; frame-ancestors 'none'",
            "X-Content-Type-Options": "nosniff",
            "Cache-Control": "private, no-store",
        },
    )
