"""Pages and small acts that belong to no room."""

from django.conf import settings
from django.contrib import messages
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.utils.translation import gettext
from django.views.decorators.http import require_POST, require_safe

from bosett.aktor import visninger
from bosett.grunn.feil import BosettFeil
from bosett.grunn.ordliste import ordliste as hent_ordliste
from bosett.tilgang.selectors import rolleoversikt
from bosett.web import neste, visning
from bosett.web.felles import eksempler
from bosett.web.felles import hjelp as hjelpetekster
from bosett.web.krav import innlogget, offentlig
from bosett.web.tabellverdier import norsk_nokkel
from bosett.web.taster import AV, KAKE, TASTER

_ET_AAR_S = 60 * 60 * 24 * 365


def _tilbake_med_kake(request: HttpRequest, navn: str, verdi: str) -> HttpResponse:
    svar = HttpResponseRedirect(neste.fra(request))
    svar.set_cookie(
        navn, verdi, max_age=_ET_AAR_S, samesite="Lax", secure=settings.SESSION_COOKIE_SECURE, httponly=True
    )
    svar["Cache-Control"] = "no-store"
    return svar


@offentlig
@require_safe
def sprak(request: HttpRequest, kode: str) -> HttpResponse:
    """Remember the language and go back. A GET link: public pages come from memory and hold no token for a form."""
    if kode not in dict(settings.LANGUAGES):
        raise Http404(kode)
    return _tilbake_med_kake(request, settings.LANGUAGE_COOKIE_NAME, kode)


@offentlig
@require_safe
def farger(request: HttpRequest, valg: str) -> HttpResponse:
    """Remember light, dark or as the machine; «velg» asks."""
    if valg == "velg":
        return render(request, "felles/farger.html", {"neste": neste.fra(request)})
    if valg not in ("auto", "light", "dark"):
        raise Http404(valg)
    return _tilbake_med_kake(request, "bosett_farger", valg)


@offentlig
@require_safe
def om(request: HttpRequest) -> HttpResponse:
    return render(request, "felles/om.html")


@offentlig
@require_safe
def tilgjengelighet(request: HttpRequest) -> HttpResponse:
    return render(request, "felles/tilgjengelighet.html")


@offentlig
@require_safe
def personvern(request: HttpRequest) -> HttpResponse:
    return render(request, "felles/personvern.html")


@offentlig
@require_safe
def roller(request: HttpRequest) -> HttpResponse:
    """«Roller og hva de gir tilgang til», made from the policy that is enforced (R249)."""
    return render(request, "tilgang/roller.html", {"kort": rolleoversikt()})


@offentlig
@require_safe
def hurtigtaster(request: HttpRequest) -> HttpResponse:
    """The keys, and the way to switch them off. A script shows the same list in a dialog."""
    return render(request, "felles/hurtigtaster.html", {"taster": TASTER})


@offentlig
@require_safe
def taster(request: HttpRequest, valg: str) -> HttpResponse:
    """Remember whether the keys are on, in this browser, and go back."""
    if valg not in ("pa", AV):
        raise Http404(valg)
    return _tilbake_med_kake(request, KAKE, valg)


@offentlig
@require_safe
def hjelp(request: HttpRequest) -> HttpResponse:
    sok = request.GET.get("sok", "").strip()[:100]
    return render(request, "felles/hjelp.html", {"deler": hjelpetekster.finn(sok), "sok": sok})


@offentlig
@require_safe
def ordliste(request: HttpRequest) -> HttpResponse:
    sok, spraak, alle = request.GET.get("sok", "").strip()[:100], visning.spraak(), hent_ordliste()
    if sok:
        oppslag = [(treff.oppslag, treff.hvorfor(spraak)) for treff in alle.sok(sok)]
    else:
        oppslag = [(ett, "") for ett in alle.values()]
    rader = [
        {
            "nokkel": ett.nokkel,
            "ord": ett.ord[spraak],
            "andre": [
                (s, ett.ord[s]) for s in ("nb", "nn", "en") if s != spraak and ett.ord[s] != ett.ord[spraak]
            ],
            "forklaring": ett.forklaring[spraak],
            "hvorfor": hvorfor,
        }
        for ett, hvorfor in oppslag
    ]
    if not sok:
        rader.sort(key=lambda rad: norsk_nokkel(str(rad["ord"])))
    return render(request, "felles/ordliste.html", {"rader": rader, "sok": sok})


@innlogget
@require_POST
def lagre_visning(request: HttpRequest) -> HttpResponse:
    try:
        visninger.lagre_visning(
            bruker_id=request.aktor.bruker_id,  # type: ignore[attr-defined]
            tabell=request.POST.get("tabell", ""),
            navn=request.POST.get("navn", ""),
            sporring=request.POST.get("sporring", ""),
        )
    except BosettFeil as feil:
        messages.error(request, str(feil))
    else:
        messages.success(request, gettext("Visningen er lagret."))
    return HttpResponseRedirect(neste.fra(request))


@innlogget
@require_POST
def slett_visning(request: HttpRequest, pk: int) -> HttpResponse:
    visninger.slett_visning(bruker_id=request.aktor.bruker_id, pk=pk)  # type: ignore[attr-defined]
    messages.success(request, gettext("Visningen er slettet."))
    return HttpResponseRedirect(neste.fra(request))


@offentlig
def komponenter(request: HttpRequest) -> HttpResponse:
    """All parts with invented data, so that eyes and axe can check them in one place. Only in demonstrations and tests."""
    tabell = eksempler.tabell(request)
    if tabell.eksport:
        return tabell.eksport
    skjema = eksempler.skjema(request)
    return render(
        request, "felles/komponenter.html", {"tabell": tabell, "skjema": skjema, **eksempler.data()}
    )
