"""The way in for a municipality nobody has access in (R048, R248): a form without log-in, and its receipt."""

from django.conf import settings
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.cache import never_cache
from django.views.decorators.csrf import csrf_protect
from django.views.decorators.debug import sensitive_post_parameters
from django.views.decorators.http import require_safe

from bosett.aktor.models import Bruker
from bosett.brukere import avslag, rules, selectors, services
from bosett.grunn.feil import BosettFeil
from bosett.grunn.klokke import i_dag
from bosett.web.aktor.skjema import BeOmTilgang
from bosett.web.foresporsel import Foresporsel
from bosett.web.krav import offentlig

_FELT = {"TILGANG-HAR-ADMIN": "kommune"}
_FOR_MANGE = avslag.FOR_MANGE_SOKNADER().kode


@offentlig
@never_cache
@sensitive_post_parameters()
@csrf_protect
def be_om(request: Foresporsel) -> HttpResponse:
    """The form. `?kommune=` chooses the municipality; somebody signed in finds what we know of them filled in."""
    kommuner = selectors.kommuner_for_soknad()
    kjent = _kjent(request)
    skjema = BeOmTilgang(kommuner, request.POST or None, initial=kjent, uten_rolle=_uten_rolle(request))
    status = 422
    if request.method == "POST" and skjema.is_valid():
        valg = dict(skjema.cleaned_data)
        try:
            soknad = services.sok(
                aktor=request.aktor,
                organisasjon=selectors.kommune_for_soknad(valg.pop("kommune")),
                maskin=_maskin(request),
                **valg,
            )
        except BosettFeil as feil:
            skjema.ta_feil(feil, _FELT.get(feil.kode))
            status = 429 if feil.kode == _FOR_MANGE else 422
        else:
            return redirect("tilgang-mottatt", soknad.referanse)
    innhold = {
        "skjema": skjema,
        "uten_rolle": _uten_rolle(request),
        "har_administrator": not skjema.is_bound
        and kjent["kommune"] in dict(kommuner)
        and not selectors.kan_sokes_om(request.aktor, kjent["kommune"]),
        "dager": rules.sats("tilgangssoknad_lagring", i_dag()),
    }
    return render(request, "aktor/be-om-tilgang.html", innhold, status=status if skjema.errors else 200)


@offentlig
@require_safe
def mottatt(request: Foresporsel, referanse: str) -> HttpResponse:
    """The receipt. It says that a request came in and what happens next, and nothing about who asked or for where."""
    if not selectors.er_mottatt(request.aktor, referanse):
        raise avslag.UKJENT_SOKNAD()
    dager = rules.sats("tilgangssoknad_lagring", i_dag())
    return render(request, "aktor/tilgang-mottatt.html", {"referanse": referanse, "dager": dager})


def _uten_rolle(request: Foresporsel) -> bool:
    return request.aktor.innlogget and not request.aktor.tilhorigheter


def _kjent(request: Foresporsel) -> dict[str, str]:
    """What we know already. A name and an address only of somebody who asks for their own account."""
    kommune = request.GET.get("kommune", "")
    if not kommune and request.aktor.innlogget:
        kommune = selectors.min_kommune(request.aktor)
    kjent = {"kommune": kommune[:4]}
    if _uten_rolle(request) and isinstance(request.user, Bruker):
        kjent |= {"navn": request.user.navn, "epost": request.user.epost}
    return kjent


def _maskin(request: Foresporsel) -> str:
    """The sender's network address; behind the operator's proxy, the one the proxy itself wrote (the last)."""
    videresendt = request.headers.get("X-Forwarded-For", "") if settings.BAK_PROXY else ""
    return videresendt.rpartition(",")[2].strip() or str(request.META.get("REMOTE_ADDR", ""))
