"""Households whose time is up: the list, the hand-over, the delay and the approval."""

from typing import Any
from uuid import UUID

from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_POST

from bosett.grunn.feil import BosettFeil
from bosett.grunn.klokke import i_dag
from bosett.person import selectors_personvern as selectors
from bosett.person.models_sletting import Sletting
from bosett.person.rules.koder import tekst
from bosett.person.rules.lagring import parametre
from bosett.person.services import sletting as services
from bosett.person.states_personvern import GODKJENN_SLETTING, SLETTING
from bosett.spor import selectors as spor
from bosett.tilgang.policy import kan
from bosett.tilgang.services import logg_innsyn
from bosett.web import historie, visning
from bosett.web.foresporsel import Foresporsel
from bosett.web.komponenter import merke
from bosett.web.krav import krever
from bosett.web.person.skjema import Avlevering, Utsettelse
from bosett.web.skjema import oversatt
from bosett.web.tabell import Kolonne, Masse, Tabell


def _tilstand(verdi: Any, _rad: Sletting) -> Any:
    funnet = next(t for t in SLETTING.tilstander if t.kode == verdi)
    return merke(gettext(funnet.navn), funnet.farge)


def _side(rad: Sletting) -> str:
    return reverse("person:sletting", args=[rad.uuid])


TABELL = Tabell(
    "slettinger",
    _("Husholdninger som skal slettes"),
    (
        Kolonne(
            "sak", _("Sak"), felt=lambda r: r.husholdning.saksnummer, sorter=False, lenke=_side, radhode=True
        ),
        Kolonne("avsluttet", _("Avsluttet"), felt="husholdning.avsluttet", format="dato"),
        Kolonne(
            "slutt", _("Hvorfor"), felt=lambda r: gettext(r.husholdning.get_slutt_display()), sorter=False
        ),
        Kolonne("frist", _("Skal slettes fra"), format="dato"),
        Kolonne(
            "tilstand", _("Status"), format=_tilstand, eksport=lambda r: gettext(SLETTING.navn(r.tilstand))
        ),
    ),
    sortering="frist",
    nokkel=lambda rad: rad.uuid,
    tom=_("Ingen husholdninger skal slettes nå"),
    tom_hjelp=_("Hver natt ser Bosett etter husholdninger der lagringstiden er ute."),
)


@krever("person.slettinger")
def liste(request: Foresporsel) -> HttpResponse:
    aktor = request.aktor
    masse = (
        Masse(reverse("person:godkjenn_slettinger"), (("godkjenn", _("Godkjenn sletting")),))
        if kan(aktor, GODKJENN_SLETTING.kode)
        else None
    )
    tabell = TABELL.bygg(request, selectors.slettinger(aktor), masse=masse)
    logg_innsyn(aktor=aktor, lesning="person.slettinger", antall=tabell.antall)
    innhold = {
        "tabell": tabell,
        "satser": [parametre().verdi(navn, i_dag()) for navn in parametre()],
        "slettet": [(f"H {rad.subjekt_id}", rad.tid) for rad in selectors.slettet(aktor)],
    }
    return tabell.eksport or render(request, "person/slettinger.html", innhold)


@krever("person.slettinger")
def en(request: Foresporsel, sletting: UUID) -> HttpResponse:
    return _vis(request, selectors.sletting(request.aktor, sletting))


@krever("person.bekreft_avlevering")
@require_POST
def bekreft(request: Foresporsel, sletting: UUID) -> HttpResponse:
    denne = selectors.sletting(request.aktor, sletting)
    skjema = Avlevering(request.POST)
    if skjema.utfor(lambda d: services.bekreft_avlevering(aktor=request.aktor, sletting=sletting, **d)):
        messages.success(request, gettext("Avleveringen er bekreftet. En annen må godkjenne slettingen."))
        return redirect("person:slettinger")
    return _vis(request, denne, avlevering=skjema, status=422)


@krever("person.utsett_sletting")
@require_POST
def utsett(request: Foresporsel, sletting: UUID) -> HttpResponse:
    denne = selectors.sletting(request.aktor, sletting)
    skjema = Utsettelse(request.POST)
    if skjema.utfor(lambda data: services.utsett(aktor=request.aktor, sletting=sletting, **data)):
        messages.success(request, gettext("Slettingen er utsatt."))
        return redirect("person:slettinger")
    return _vis(request, denne, utsettelse=skjema, status=422)


@krever("person.godkjenn_sletting")
@require_POST
def godkjenn(request: Foresporsel) -> HttpResponse:
    valgt = set(TABELL.bygg(request, selectors.slettinger(request.aktor)).valgte(request.POST))
    try:
        antall = services.godkjenn(aktor=request.aktor, slettinger=[rad.uuid for rad in valgt])
    except BosettFeil as feil:
        if feil.http_status in (403, 404):
            raise
        messages.error(request, oversatt(feil))
    else:
        if antall:
            messages.success(request, ngettext("%(n)s husholdning blir slettet.", "%(n)s husholdninger blir slettet.", antall) % {"n": visning.tall(antall)})  # fmt: skip
        else:
            messages.error(request, gettext("Velg husholdningene som skal slettes."))
    return redirect("person:slettinger")


def _vis(
    request: Foresporsel,
    denne: Sletting,
    *,
    avlevering: Avlevering | None = None,
    utsettelse: Utsettelse | None = None,
    status: int = 200,
) -> HttpResponse:
    aktor = request.aktor
    innhold = {
        "sletting": denne,
        "tilstand": next(t for t in SLETTING.tilstander if t.kode == denne.tilstand),
        "sats": parametre().verdi(denne.klasse, i_dag()),
        "slutt": gettext(denne.husholdning.get_slutt_display()),
        "vent_grunn": tekst("slettevent", denne.vent_grunn, visning.spraak()),
        "skjema": avlevering or utsettelse,
        "avlevering": avlevering or Avlevering(),
        "utsettelse": utsettelse or Utsettelse(),
        "kan_bekrefte": denne.tilstand == "foreslaatt" and kan(aktor, "person.bekreft_avlevering"),
        "kan_utsette": denne.tilstand in ("foreslaatt", "avlevert") and kan(aktor, "person.utsett_sletting"),
        "kan_godkjenne": denne.tilstand == "avlevert" and kan(aktor, GODKJENN_SLETTING.kode),
        "tidslinje": historie.tidslinje(spor.tidslinje(aktor, denne.pk)),
        "smuler": [(gettext("Sletting"), reverse("person:slettinger")), (denne.husholdning.saksnummer, "")],
    }
    return render(request, "person/sletting.html", innhold, status=status)
