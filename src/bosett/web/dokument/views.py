"""Documents out and in: a searchable list, one with its receipts and files, the PDF, the archive package, one file."""

from collections.abc import Iterable
from typing import Any
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bosett.dokument import selectors
from bosett.dokument.models import Innfil
from bosett.dokument.rules.filavslag import avslag
from bosett.dokument.states import DOKUMENT, FORSENDELSE, FRIGITT, INNFIL
from bosett.tilgang.policy import kan
from bosett.tilgang.services import logg_innsyn
from bosett.web.foresporsel import Foresporsel
from bosett.web.komponenter import merke
from bosett.web.krav import krever
from bosett.web.nedlasting import brakt_fil
from bosett.web.tabell import Kolonne, Tabell

_RETNING = {"ut": _("Ut"), "inn": _("Inn"), "internt": _("Internt")}


def _tilstand(verdi: str, _rad: Any) -> str:
    tilstand = next(ett for ett in DOKUMENT.tilstander if ett.kode == verdi)
    return merke(gettext(tilstand.navn), tilstand.farge)


TABELL = Tabell(
    "brev",
    _("Brev"),
    (
        Kolonne("nummer", _("Nummer"), felt="dokumentnummer", sorter="nummer"),
        Kolonne("tittel", _("Tittel"), radhode=True, lenke=lambda d: reverse("dokument:ett", args=[d.uuid])),
        Kolonne("retning", _("Retning"), felt=lambda d: str(_RETNING[d.retning]), sorter="retning"),
        Kolonne("motpart.navn", _("Til eller fra"), sorter="motpart.sorteringsnavn"),
        Kolonne("spraak", _("Målform"), felt=lambda d: gettext(d.get_spraak_display()), sorter="spraak"),
        Kolonne("dato", _("Dato"), format="dato"),
        Kolonne("tilstand", _("Status"), format=_tilstand, eksport=lambda d: DOKUMENT.navn(d.tilstand)),
    ),
    sok=("tittel", "motpart.navn"),
    soketikett=_("Søk i tittel, mottaker og avsender"),
    tom=_("Det er ingen brev ennå."),
    tom_hjelp=_("Her kommer brevene fra IMDi og dokumentene fra kommunene."),
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
        {"dokument": funnet, "tilstand": _("Mottatt") if funnet.retning == "inn" and funnet.tilstand == "sendt" else DOKUMENT.navn(funnet.tilstand),
         "forsendelser": forsendelser, "vedlegg": filrader(selectors.vedlegg(request.aktor, funnet)),
         "har_pakke": selectors.har_arkivpakke(request.aktor, funnet)},
    )  # fmt: skip


def filrader(innfiler: Iterable[Innfil]) -> list[dict[str, Any]]:
    """For dokument/filer.html: each file with its state, whether it can be downloaded, and why it was refused."""
    tilstander = {tilstand.kode: tilstand for tilstand in INNFIL.tilstander}
    return [
        {
            "innfil": ett,
            "tilstand": tilstander[ett.tilstand],
            "kan_hentes": ett.tilstand == FRIGITT,
            "avslag": avslag(ett.grunn) if ett.grunn else None,
            "kB": max(1, round(ett.fil.storrelse / 1000)),
        }
        for ett in innfiler
    ]


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


@krever("dokument.les")
def innfil(request: Foresporsel, innfil: UUID) -> HttpResponse:
    funnet = selectors.innfil(request.aktor, innfil)
    logg_innsyn(aktor=request.aktor, lesning="dokument.les", subjekt_id=funnet.subjekt_id)
    return brakt_fil(funnet)
