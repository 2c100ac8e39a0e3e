"""«Samtaler»: threads where something waits for the reader's party, and contacts with municipalities."""

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.http import HttpResponse
from django.shortcuts import render
from django.urls import reverse
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from bosett.aktor.kontekst import Aktor
from bosett.person.querysets import synlige_husholdninger
from bosett.samtale import selectors
from bosett.samtale.models import Henvendelse
from bosett.samtale.querysets import LES
from bosett.samtale.states import HENVENDELSE
from bosett.tilgang.services import logg_innsyn
from bosett.web import visning
from bosett.web.foresporsel import Foresporsel
from bosett.web.komponenter import klokke, merke
from bosett.web.krav import krever
from bosett.web.samtale.parter import nummer
from bosett.web.tabell import Kolonne, Tabell


@dataclass(frozen=True, slots=True)
class Rad:
    """A thread with the case it is about."""

    uuid: UUID
    saksnummer: str
    nr: int
    siste: datetime
    uleste: int
    uleste_meg: int
    ubesvarte: int
    frist: date | None


TRAADER = Tabell(
    "samtaler",
    _("Samtaler der noe venter"),
    (
        Kolonne(
            "sak", _("Sak"), felt=lambda r: r.saksnummer, sorter=lambda r: r.nr, radhode=True,
            lenke=lambda r: reverse("samtale:samtale", args=[r.uuid]),
        ),
        Kolonne("ubesvarte", _("Spørsmål til dere"), format="tall", synkende_forst=True),
        Kolonne(
            "frist", _("Svar innen"), format=lambda v, r: klokke(v), sorter=lambda r: r.frist or date.max, eksport=lambda r: r.frist
        ),
        Kolonne("uleste", _("Ulest av alle hos dere"), format="tall", synkende_forst=True),
        Kolonne("uleste_meg", _("Ulest av deg"), format="tall", synkende_forst=True),
        Kolonne("siste", _("Sist skrevet"), format=lambda v, r: visning.tidspunkt(v), synkende_forst=True),
    ),
    sortering="frist",
    nokkel=lambda r: r.uuid,
    tom=_("Ingen samtaler venter på dere."),
    tom_hjelp=_("Her kommer saker der noen har skrevet til dere, eller spurt om noe."),
)  # fmt: skip


def _status(_verdi: object, rad: Henvendelse) -> object:
    tilstand = next(t for t in HENVENDELSE.tilstander if t.kode == rad.tilstand)
    tekst = rad.get_svar_display() if rad.tilstand == "besvart" else tilstand.navn
    return merke(gettext(str(tekst)), tilstand.farge)


HENVENDELSENE = Tabell(
    "henvendelser",
    _("Henvendelser til kommuner"),
    (
        Kolonne(
            "nr", _("Henvendelse"), felt=nummer, sorter="pk", radhode=True,
            lenke=lambda r: reverse("samtale:henvendelse", args=[r.uuid]),
        ),
        Kolonne("til", _("Kommune"), felt="til.navn", sorter="til__sorteringsnavn", norsk=True),
        Kolonne("antall", _("Personer"), format="tall"),
        Kolonne("tilstand", _("Status"), format=_status, eksport=lambda r: r.get_svar_display() or HENVENDELSE.navn(r.tilstand)),
        Kolonne("sendt", _("Sendt"), format="dato", synkende_forst=True),
        Kolonne("svarfrist", _("Svar innen"), format=lambda v, r: klokke(v, ferdig=r.tilstand != "sendt"), eksport=lambda r: r.svarfrist),
    ),
    prefiks="h-",
    nokkel=lambda r: r.uuid,
    tom=_("Ingen henvendelser"),
    tom_hjelp=_("Når et mottak eller IMDi spør en kommune om den kan bosette en husholdning, står det her."),
)  # fmt: skip


@krever(LES)
def liste(request: Foresporsel) -> HttpResponse:
    rader = _rader(request.aktor)
    logg_innsyn(aktor=request.aktor, lesning=LES, antall=max(len(rader), 1))
    traader = TRAADER.bygg(request, rader)
    henvendelser = HENVENDELSENE.bygg(request, selectors.mine_henvendelser(request.aktor))
    innhold = {"traader": traader, "henvendelser": henvendelser}
    return traader.eksport or henvendelser.eksport or render(request, "samtale/liste.html", innhold)


def _rader(aktor: Aktor) -> list[Rad]:
    traader = selectors.innboks(aktor)
    sakene = synlige_husholdninger(aktor).filter(pk__in=[t.subjekt_id for t in traader])
    uuider = dict(sakene.values_list("pk", "subjekt__uuid"))
    return [
        Rad(
            uuider[t.subjekt_id], f"H {t.subjekt_id}", t.subjekt_id, t.siste, t.uleste, t.uleste_meg, t.ubesvarte, t.frist
        )
        for t in traader
        if t.subjekt_id in uuider
    ]  # fmt: skip
