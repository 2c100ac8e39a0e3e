"""Sign-in and sign-out. `login()` gives the session a new key; axes counts failures and locks for a quarter of an hour."""

from collections import defaultdict

from axes.decorators import axes_dispatch
from django.conf import settings
from django.contrib.auth import login, logout
from django.http import Http404, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import get_object_or_404, render
from django.urls import reverse
from django.utils.translation import gettext
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_POST

from bosett.aktor import kontekst
from bosett.aktor.models import Bruker
from bosett.aktor.roller import ROLLER
from bosett.web import neste
from bosett.web.aktor.skjema import LoggInn
from bosett.web.krav import offentlig

_BAKENDE = "django.contrib.auth.backends.ModelBackend"
DEMOENDELSE = "@demo.invalid"
DEMOSKRIVER = "skriv-"
"""Those who only write for a municipality, one each: not among the people to choose from (see `demo.brukere`)."""


@offentlig
@never_cache
@sensitive_post_parameters("passord")
@csrf_protect
@axes_dispatch  # type: ignore[untyped-decorator]
def logg_inn(request: HttpRequest) -> HttpResponse:
    til = neste.fra(request, reverse("hjem"))
    if request.aktor.innlogget:  # type: ignore[attr-defined]
        return HttpResponseRedirect(til)
    skjema = LoggInn(request, request.POST if request.method == "POST" else None)
    if request.method == "POST" and skjema.is_valid() and skjema.bruker is not None:
        login(request, skjema.bruker, backend=_BAKENDE)
        return HttpResponseRedirect(til)
    innhold = {"skjema": skjema, "neste": til, "demogrupper": _demogrupper() if settings.DEMO else []}
    return render(request, "aktor/logg-inn.html", innhold)


@offentlig
@never_cache
@require_POST
@csrf_protect
def demo_inn(request: HttpRequest) -> HttpResponse:
    """Become a demonstration user without a password. Does not exist outside a demonstration."""
    if not settings.DEMO:
        raise Http404
    navn = request.POST.get("brukernavn", "").strip().lower()
    if not navn.endswith(DEMOENDELSE):
        raise Http404
    bruker = get_object_or_404(Bruker, brukernavn=navn, is_active=True)
    if request.user.is_authenticated:
        logout(request)
    login(request, bruker, backend=_BAKENDE)
    return HttpResponseRedirect(neste.fra(request, reverse("hjem")))


@offentlig
@require_POST
def logg_ut(request: HttpRequest) -> HttpResponse:
    logout(request)
    return HttpResponseRedirect(reverse("logg-inn"))


def _demogrupper() -> list[tuple[str, str, list[tuple[Bruker, str]]]]:
    """(role, what it does, [(user, organisation)]) in the order of the role catalogue; users without a role last."""
    etter_rolle: defaultdict[str, list[tuple[Bruker, str]]] = defaultdict(list)
    alle = Bruker.objects.filter(brukernavn__endswith=DEMOENDELSE, is_active=True)
    for bruker in alle.exclude(brukernavn__startswith=DEMOSKRIVER).order_by("pk"):
        # Memberships are guarded: each user may read own ones, so ask as that user.
        aktor = kontekst.hent(bruker)
        roller = {t.rolle: t.organisasjon for t in aktor.tilhorigheter if not t.vikar}
        for rolle, organisasjon in roller.items() or [("", "")]:
            etter_rolle[rolle].append((bruker, organisasjon))
    kontekst.sett(kontekst.INGEN)
    grupper = [
        (gettext(rolle.navn), gettext(rolle.beskrivelse), etter_rolle[kode])
        for kode, rolle in ROLLER.items()
        if kode in etter_rolle
    ]
    if etter_rolle.get(""):
        grupper.append((gettext("Uten rolle"), "", etter_rolle[""]))
    return grupper
