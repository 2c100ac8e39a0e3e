"""Municipalities that are asked, and where nobody can answer: whom IMDi rings."""

from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.utils.translation import gettext as _

from bosett.anmodning import selectors
from bosett.tilgang.policy import kan
from bosett.vedtak import selectors as vedtak
from bosett.web.anmodning.tabeller import UTEN_TILGANG, uten_tilgang_med_svar
from bosett.web.foresporsel import Foresporsel
from bosett.web.krav import krever


@krever("anmodning.uten_tilgang")
def uten_tilgang(request: Foresporsel, runde: UUID) -> HttpResponse:
    denne = selectors.runde_for_oppfolging(request.aktor, runde)
    kolonner = UTEN_TILGANG.kolonner
    if kan(request.aktor, "vedtak.lagre_for"):
        kolonner = uten_tilgang_med_svar({linje.pk: linje for linje in vedtak.svar(request.aktor, denne)})
    tabell = UTEN_TILGANG.bygg(
        request,
        selectors.uten_tilgang(request.aktor, denne),
        kolonner=kolonner,
        filnavn=f"uten-tilgang-{denne.aar}",
        om=((_("Runde"), str(denne)),),
    )
    innhold = {
        "tabell": tabell,
        "runde": denne,
        "ser_runden": kan(request.aktor, "anmodning.runder"),
        "ser_soknader": kan(request.aktor, "brukere.soknader"),
    }
    return tabell.eksport or render(request, "anmodning/uten_tilgang.html", innhold)
