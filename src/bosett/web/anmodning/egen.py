"""The municipality's own request: what it is asked for, what it has to do, and how far its answer has come."""

from collections.abc import Callable
from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import gettext_noop
from django.views.decorators.http import require_POST

from bosett.aktor.kontekst import Aktor
from bosett.anmodning import oppgaver, selectors, ukeplaner
from bosett.anmodning.models import Anmodningstall
from bosett.dokument import selectors as dokumenter
from bosett.oppgave.models import Oppgave
from bosett.oppgave.selectors import paa_sak
from bosett.spor import selectors as spor
from bosett.tilgang.policy import kan
from bosett.vedtak import selectors as vedtak
from bosett.web import historie
from bosett.web.foresporsel import Foresporsel
from bosett.web.krav import krever
from bosett.web.visning import spraak

# kind of task → (what to do, when it is done, its button: act, address, text)
_OPPGAVER: dict[str, tuple[str, str, tuple[str, str, str] | None]] = {
    oppgaver.LES: (gettext_noop("Les anmodningen"), gettext_noop("Lest"), ("anmodning.merk_lest", "anmodning:merk_lest", gettext_noop("Vi har lest anmodningen"))),
    oppgaver.BEHANDLE: (gettext_noop("Legg saken fram for kommunestyret"), gettext_noop("Satt opp"), ("anmodning.merk_satt_opp", "anmodning:merk_satt_opp", gettext_noop("Saken er satt opp"))),
    oppgaver.SVAR: (gettext_noop("Registrer vedtaket"), gettext_noop("Registrert"), None),
}  # fmt: skip


@krever("anmodning.egne")
def egen(request: Foresporsel, anmodning: UUID) -> HttpResponse:
    aktor = request.aktor
    tall = selectors.egen(aktor, anmodning)
    sp = "nn" if spraak() == "nn" else "nb"
    byttet = selectors.byttet(aktor, tall)
    return render(
        request,
        "anmodning/egen.html",
        {
            "tall": tall,
            "svar": tall.forklaring["svar"][sp],
            "brev": dokumenter.dokumenter(aktor, tall.anmodning_id).filter(retning="ut", slag="anmodningsbrev").first(),
            "varsel": selectors.varsel(aktor, tall),
            "paaminnelse": vedtak.siste_paaminnelse(aktor, tall.anmodning),
            "ukeplan": next(iter(ukeplaner.egne(aktor, tall.anmodning)), None),
            "kan_lese": kan(aktor, "anmodning.les_varsel"),
            **byttet,
            **_svaret(aktor, tall),
            "oppgaver": [] if byttet["etter"] else [_oppgave(aktor, tall, ett) for ett in paa_sak(aktor, tall.anmodning_id, oppgaver.LISTE)],
            "hvorfor": reverse("statistikk:hvorfor", args=[tall.anmodning.nummer, tall.anmodning.runde.aar]),
            "tidslinje": historie.tidslinje(spor.tidslinje(aktor, tall.anmodning_id)[:20]),
        },
    )  # fmt: skip


@krever("anmodning.merk_lest")
@require_POST
def merk_lest(request: Foresporsel, anmodning: UUID) -> HttpResponse:
    return _merk(request, anmodning, oppgaver.merk_lest)


@krever("anmodning.merk_satt_opp")
@require_POST
def merk_satt_opp(request: Foresporsel, anmodning: UUID) -> HttpResponse:
    return _merk(request, anmodning, oppgaver.merk_satt_opp)


def _merk(request: Foresporsel, anmodning: UUID, tjeneste: Callable[..., None]) -> HttpResponse:
    tjeneste(aktor=request.aktor, anmodning=selectors.egen(request.aktor, anmodning).anmodning)
    messages.success(request, _("Oppgaven er ferdig."))
    return redirect("anmodning:egen", anmodning=anmodning)


def _svaret(aktor: Aktor, tall: Anmodningstall) -> dict[str, Any]:
    """How far the answer is: the decision in force for the year, the one IMDi judges, and the button that leads on."""
    anmodning = tall.anmodning
    aarets = {
        ett.tilstand: ett
        for ett in vedtak.egne(aktor).filter(aar=anmodning.runde.aar, organisasjon=anmodning.organisasjon_id)
        if ett.tilstand == "registrert" or ett.anmodning_id == tall.anmodning_id
    }
    vedtaket, utkast, til_vurdering = (aarets.get(ett) for ett in ("registrert", "utkast", "til_vurdering"))
    besvart = vedtaket is not None and vedtaket.anmodning_id == tall.anmodning_id
    kan_svare = anmodning.tilstand == "anmodet" and kan(aktor, "vedtak.lagre", anmodning.organisasjon)
    knapp = (
        _("Fortsett på svaret") if utkast else "" if til_vurdering or besvart else _("Svar på anmodningen")
    )
    return {
        "vedtaket": vedtaket,
        "besvart": besvart,
        "til_vurdering": til_vurdering,
        "svarknapp": knapp if kan_svare else "",
    }


def _oppgave(aktor: Aktor, tall: Anmodningstall, oppgave: Oppgave) -> dict[str, Any]:
    hva, gjort, knapp = _OPPGAVER[oppgave.slag]
    ut: dict[str, Any] = {"hva": _(hva), "gjort": _(gjort), "frist": oppgave.frist, "ferdig": oppgave.ferdig}
    if knapp and oppgave.ferdig is None and kan(aktor, knapp[0], tall.anmodning.organisasjon):
        ut |= {"adresse": reverse(knapp[1], args=[tall.anmodning.subjekt.uuid]), "knapp": _(knapp[2])}
    return ut
