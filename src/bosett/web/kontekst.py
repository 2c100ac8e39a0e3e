"""What every page knows: the menu of the actor, language, colours, and whether the figures are invented."""

from django.conf import settings
from django.http import HttpRequest

from bosett.web import meny
from bosett.web.taster import AV, KAKE

FARGER = ("auto", "light", "dark")


def felles(request: HttpRequest) -> dict[str, object]:
    farge = request.COOKIES.get("bosett_farger", "auto")
    aktor = getattr(request, "aktor", None)
    punkter, flere = meny.delt(aktor, request.path) if aktor else ([], None)
    return {
        "aktor": aktor,
        "demo": settings.DEMO,
        "taster_av": request.COOKIES.get(KAKE) == AV,
        "farger": farge if farge in FARGER else "auto",
        "menypunkter": punkter,
        "menyflere": flere,
        "sprakvalg": [valg for valg in settings.LANGUAGES if valg[0] != request.LANGUAGE_CODE],
    }
