"""Middleware: security headers, ready-made public pages, session limits, and one transaction with one actor per request."""

from collections.abc import Callable

from django.conf import settings
from django.contrib.auth import logout
from django.contrib.auth.views import redirect_to_login
from django.core.cache import cache
from django.db import connection, transaction
from django.http import HttpRequest, HttpResponse, HttpResponseBase
from django.shortcuts import redirect, render
from django.utils.cache import add_never_cache_headers, patch_vary_headers

from bosett.aktor import kontekst
from bosett.aktor.models import Bruker
from bosett.aktor.organisasjonsslag import Slag
from bosett.aktor.roller import ROLLER
from bosett.grunn import klokke
from bosett.grunn.feil import Avvist, BosettFeil
from bosett.tilgang.policy import kan, policy
from bosett.web import publisert

Svar = Callable[[HttpRequest], HttpResponseBase]

CSP = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; "
    "form-action 'self'; frame-ancestors 'none'; base-uri 'none'; manifest-src 'self'"
)


class Sikkerhetshoder:
    """No inline script or style, nothing from other hosts, no framing."""

    def __init__(self, get_response: Svar) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        svar = self.get_response(request)
        svar.headers.setdefault("Content-Security-Policy", CSP)
        svar.headers.setdefault("X-Content-Type-Options", "nosniff")
        svar.headers.setdefault("Permissions-Policy", "camera=(), microphone=(), geolocation=()")
        svar.headers.setdefault("Cross-Origin-Opener-Policy", "same-origin")
        return svar


class PublisertSide:
    """A published page is the same for everybody who is not signed in: answer it from memory until the figures change.

    Only views marked `offentlig` fill it (see `Handling.process_view`), and the key holds the version of the published figures.
    """

    def __init__(self, get_response: Svar) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if request.method != "GET" or settings.SESSION_COOKIE_NAME in request.COOKIES:
            return self.get_response(request)
        nokkel = publisert.nokkel(request)
        ferdig = cache.get(nokkel)
        if ferdig is None:
            with publisert.en_om_gangen(request, nokkel):
                ferdig = cache.get(nokkel)
                if ferdig is None:
                    return self._lag(request, nokkel)
        status, kropp, hoder = ferdig
        return HttpResponse(kropp, status=status, headers=hoder)

    def _lag(self, request: HttpRequest, nokkel: str) -> HttpResponseBase:
        svar = self.get_response(request)
        if (
            getattr(request, "bosett_offentlig", False)
            and svar.status_code in publisert.FOR_ALLE
            and isinstance(svar, HttpResponse)
            and not svar.cookies
        ):
            patch_vary_headers(svar, ["Cookie", "Accept-Language"])
            if len(svar.content) <= publisert.STORST:
                cache.set(nokkel, (svar.status_code, svar.content, dict(svar.headers)), publisert.LEVETID_S)
        return svar


class Oktgrense:
    """Sign out after an hour of rest or a working day in all."""

    def __init__(self, get_response: Svar) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        if settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated:
            naa = int(klokke.naa().timestamp())
            sist = request.session.get("sist", naa)
            startet = request.session.setdefault("startet", naa)
            if naa - sist > settings.OKT_HVILE_S or naa - startet > settings.OKT_MAKS_S:
                logout(request)
                return redirect_to_login(request.get_full_path())
            if naa - sist > 60 or "sist" not in request.session:
                request.session["sist"] = naa
        return self.get_response(request)


class Handling:
    """One transaction per request, in which the database knows the actor. An answer of 400 or more rolls it back."""

    def __init__(self, get_response: Svar) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponseBase:
        with transaction.atomic():
            innlogget = settings.SESSION_COOKIE_NAME in request.COOKIES and request.user.is_authenticated
            bruker = request.user
            request.aktor = (  # type: ignore[attr-defined]
                kontekst.hent(bruker) if innlogget and isinstance(bruker, Bruker) else kontekst.INGEN
            )
            if innlogget:
                kontekst.sett(request.aktor)  # type: ignore[attr-defined]
            svar = self.get_response(request)
            # The lock-out answers 429, and its count of failures must outlive the refusal: otherwise nobody is ever locked out.
            # A draft that is saved says `behold`: what was typed stands, also when it could not be sent.
            # A look that is logged stands also when the form on the page was refused.
            sett = svar.status_code == 422 and getattr(request, "bosett_sett", False)
            staar = getattr(request, "axes_locked_out", False) or getattr(svar, "behold", False) or sett
            if svar.status_code >= 400 and not staar:
                transaction.set_rollback(True)
        if innlogget and "Cache-Control" not in svar.headers:  # nothing to come back to on a shared machine
            add_never_cache_headers(svar)
        return svar

    def process_view(
        self, request: HttpRequest, view: Callable, args: tuple, kwargs: dict
    ) -> HttpResponseBase | None:
        """Denied by default: a view says which right it needs, or that it is public or only needs a log-in."""
        if getattr(view, "offentlig", False):
            request.bosett_offentlig = not request.aktor.innlogget  # type: ignore[attr-defined]
            if getattr(view, "publisert", False) and not request.aktor.innlogget:  # type: ignore[attr-defined]
                with connection.cursor() as db:  # only published figures can be read from here on
                    db.execute("SET LOCAL ROLE bosett_offentlig")
            return None
        if not request.aktor.innlogget:  # type: ignore[attr-defined]
            return redirect_to_login(request.get_full_path())
        if request.user.maa_bytte_passord and not getattr(view, "passordbytte", False):  # type: ignore[union-attr]
            return redirect(
                "brukere:passord"
            )  # somebody else knows the password: nothing is open before it is changed
        rett = getattr(view, "rett", None)
        if getattr(view, "bare_innlogging", False) or (rett is not None and kan(request.aktor, rett)):  # type: ignore[attr-defined]
            return None
        uten_rolle = not request.aktor.tilhorigheter  # type: ignore[attr-defined]
        if uten_rolle and rett is not None and request.method == "GET" and _for_kommuner(rett):
            return redirect(
                "be-om-tilgang"
            )  # before any object is looked for, so all answer alike (R248, R250)
        return finnes_ikke(request)

    def process_exception(self, request: HttpRequest, feil: Exception) -> HttpResponseBase | None:
        if isinstance(feil, Avvist) or (isinstance(feil, BosettFeil) and feil.http_status == 404):
            return finnes_ikke(request)
        if isinstance(feil, BosettFeil):
            return render(request, "feil/avslag.html", {"feil": feil}, status=feil.http_status)
        return None


def _for_kommuner(rett: str) -> bool:
    """A page that municipalities work on: somebody without a role is led to where one asks for access."""
    return any(ROLLER[rolle].slag == Slag.KOMMUNE for rolle in policy().rett(rett).roller)


def finnes_ikke(request: HttpRequest, exception: Exception | None = None) -> HttpResponse:
    """Unknown and forbidden answer alike (R250)."""
    return render(request, "feil/finnes-ikke.html", status=404)
