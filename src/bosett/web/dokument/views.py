"""Letters: a searchable list, one letter with its receipts, the PDF, and the archive package."""

from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bosett.dokument import selectors
from bosett.dokument.states import DOKUMENT, FORSENDELSE
from bosett.tilgang.policy import kan
from bosett.tilgang.services import logg_innsyn
from bosett.web.foresporsel import Foresporsel
from bosett.web.komponenter import merke
from bosett.web.krav import krever
from bosett.web.tabell import Kolonne, Tabell


def _tilstand(verdi: str, _rad: Any) -> str:
    tilstand = next(ett for ett in DOKUMENT.tilstander if ett.kode == verdi)
    return merke(gettext(tilstand.navn), tilstand.farge)


TABELL = Tabell(
    "brev",
    _("Brev"),
    (
        Kolonne("nummer", _("Nummer"), felt="dokumentnummer", sorter="nummer"),
        Kolonne("tittel", _("Tittel"), radhode=True, lenke=lambda d: reverse("dokument:ett", args=[d.uuid])),
        Kolonne("motpart.navn", _("Til"), sorter="motpart.sorteringsnavn"),
        Kolonne("spraak", _("Målform"), felt=lambda d: gettext(d.get_spraak_display()), sorter="spraak"),
        Kolonne("dato", _("Dato"), format="dato"),
        Kolonne("tilstand", _("Status"), format=_tilstand, eksport=lambda d: DOKUMENT.navn(d.tilstand)),
    ),
    sok=("tittel", "motpart.navn"),
    soketikett=_("Søk i tittel og mottaker"),
    tom=_("Det er ingen brev ennå."),
    tom_hjelp=_("Brev blir laget når en godkjent runde sendes."),
)


@krever("dokument.les")
def liste(request: Foresporsel) -> HttpResponse:
    tabell = TABELL.bygg(request, selectors.dokumenter(request.aktor))
    return tabell.eksport or render(request, "dokument/liste.html", {"tabell": tabell})


@krever("dokument.les")
def ett(request: Foresporsel, dokument: UUID) -> HttpResponse:
    funnet = selectors.dokument(request.aktor, dokument)
    forsendelser = []
    if kan(request.aktor, "dokument.forsendelser"):
        forsendelser = [
            (rad, next(ett for ett in FORSENDELSE.tilstander if ett.kode == rad.tilstand))
            for rad in selectors.forsendelser(request.aktor, funnet.pk)
        ]
    logg_innsyn(aktor=request.aktor, lesning="dokument.les", subjekt_id=funnet.subjekt_id)
    return render(
        request,
        "dokument/ett.html",
        {"dokument": funnet, "tilstand": DOKUMENT.navn(funnet.tilstand), "forsendelser": forsendelser,
         "har_pakke": selectors.har_arkivpakke(request.aktor, funnet)},
    )  # fmt: skip


@krever("dokument.les")
def pdf(request: Foresporsel, dokument: UUID) -> HttpResponse:
    funnet = selectors.dokument(request.aktor, dokument)
    innhold = selectors.pdf(request.aktor, dokument)
    logg_innsyn(aktor=request.aktor, lesning="dokument.les", subjekt_id=funnet.subjekt_id)
    navn = f"{funnet.slag}-{funnet.aar}-{funnet.nummer}.pdf"
    return HttpResponse(
        innhold, content_type="application/pdf", headers={"Content-Disposition": f'inline; filename="{navn}"'}
    )


@krever("dokument.les")
def arkivpakke(request: Foresporsel, dokument: UUID) -> HttpResponse:
    funnet = selectors.dokument(request.aktor, dokument)
    innhold = selectors.arkivpakke(request.aktor, funnet)
    navn = f"arkivpakke-{funnet.aar}-{funnet.nummer}.zip"
    return HttpResponse(
        innhold,
        content_type="application/zip",
        headers={"Content-Disposition": f'attachment; filename="{navn}"'},
    )
