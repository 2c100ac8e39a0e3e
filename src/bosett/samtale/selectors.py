"""Reads of threads and contacts: what was said to the actor's party, what waits, and how far each has read."""

from dataclasses import dataclass, replace
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Count, Exists, F, Max, Min, OuterRef, Q, QuerySet, Subquery
from django.db.models.functions import Coalesce

from bosett.aktor.kontekst import Aktor, som_systemet
from bosett.aktor.models import Organisasjon
from bosett.aktor.organisasjonsslag import Slag
from bosett.grunn.feil import FinnesIkke
from bosett.grunn.handling import Omfang, lesning
from bosett.grunn.klokke import naa
from bosett.samtale.models import Henvendelse, Innlegg, Lest
from bosett.samtale.querysets import (
    HENVENDELSER,
    LES,
    synlige_henvendelser,
    synlige_innlegg,
    ubesvarte,
)
from bosett.samtale.rules import PARTER
from bosett.tilgang.policy import krev, organisasjoner_for
from bosett.tilgang.saken import delte, gjeldende

_N, _E = Omfang.NASJONAL, Omfang.EGEN
_LESERE = {
    "imdi_radgiver": _N, "imdi_godkjenner": _N, "bosettingskonsulent": _E, "bufetat_saksbehandler": _E,
    "bosetter_skriv": _E, "bosetter_les": _E,
}  # fmt: skip
_LES = lesning(LES, "lese det som er skrevet til egen part i samtalen om en husholdning", _LESERE)
_HENVENDELSER = lesning(HENVENDELSER, "se henvendelser mellom mottak, IMDi og kommuner", _LESERE)
INNBOKS_DAGER = 90
"""How long something unread stands in the list. An unanswered question stands until it is answered."""
FLEST = 300


@dataclass(frozen=True, slots=True)
class Ytring:
    """One message as the actor sees it."""

    innlegg: Innlegg
    eget: bool
    """The actor's own organisation wrote it."""
    lest_av: tuple[str, ...]
    """Kinds of other parties that have read this far; told to the writer's organisation only."""
    besvart: bool
    ny: bool
    """Another wrote it after the actor was last here."""


@_LES
def samtalen(aktor: Aktor, subjekt_id: int) -> list[Ytring]:
    """Everything in the thread that the actor may read, oldest first."""
    krev(aktor, LES)
    rader = list(
        synlige_innlegg(aktor)
        .filter(subjekt_id=subjekt_id)
        .select_related("organisasjon", "av", "svar_paa")
        .annotate(har_svar=Exists(Innlegg.objects.filter(svar_paa=OuterRef("pk"), trukket=None)))
        .order_by("pk")
    )
    mine = organisasjoner_for(aktor, LES)
    kommet = _kommet(aktor, subjekt_id) if rader else {}
    jeg = (
        Lest.objects.filter(subjekt_id=subjekt_id, bruker=aktor.bruker_id).aggregate(n=Max("sist"))["n"] or 0
    )
    return [
        Ytring(
            ett,
            ett.organisasjon_id in mine,
            tuple(
                part
                for part in PARTER
                if part != ett.fra and part in ett.synlig and kommet.get(part, 0) >= ett.pk
            )
            if ett.organisasjon_id in mine
            else (),
            ett.har_svar,
            ett.pk > jeg and ett.av_id != aktor.bruker_id,
        )
        for ett in rader
    ]


def _kommet(aktor: Aktor, subjekt_id: int) -> dict[str, int]:
    """Per kind of party how far somebody there has read. Looked up by the system: who it was stays with their organisation."""
    with som_systemet(LES, etter=aktor):
        rader = (
            Lest.objects.filter(subjekt_id=subjekt_id).values("organisasjon__slag").annotate(n=Max("sist"))
        )
        return {rad["organisasjon__slag"]: rad["n"] for rad in rader}


@_LES
def innlegget(aktor: Aktor, uuid: UUID) -> Innlegg:
    """Raises `FinnesIkke`, the same for one that is not there and one the actor may not read."""
    krev(aktor, LES)
    funnet = synlige_innlegg(aktor).select_related("subjekt", "organisasjon", "av").filter(uuid=uuid).first()
    if funnet is None:
        raise FinnesIkke(kode="SAMTALE-INNLEGG", hva="Siden finnes ikke, eller du har ikke tilgang til den.")
    return funnet


@_LES
def deltar(aktor: Aktor, subjekt_id: int) -> frozenset[str]:
    """The kinds of party that have the case now. Not who they are: a centre's name tells where somebody lives."""
    krev(aktor, LES)
    with som_systemet(LES, etter=aktor):
        return frozenset(deltakere(subjekt_id).values_list("slag", flat=True))


def deltakere(subjekt_id: int) -> QuerySet[Organisasjon]:
    """IMDi, and the organisations the subject is shared with in full. For the system: others see their own shares only."""
    delt = gjeldende().filter(subjekt_id=subjekt_id).values("organisasjon_id")
    return Organisasjon.objects.filter(Q(slag=Slag.IMDI) | Q(pk__in=delt), slag__in=PARTER)


@dataclass(frozen=True, slots=True)
class Traad:
    """A thread where something waits for the actor."""

    subjekt_id: int
    siste: datetime
    uleste: int
    """Messages from others that nobody in the actor's organisation has seen."""
    uleste_meg: int
    """Messages the actor has not seen, in a thread the actor has opened before."""
    ubesvarte: int
    """Questions to the actor's party without an answer."""
    frist: date | None
    """The earliest deadline of those."""


@_LES
def innboks(aktor: Aktor) -> list[Traad]:
    """Threads with something unread of the last weeks, or a question to the actor's party, those with a deadline first."""
    krev(aktor, LES)
    mine = organisasjoner_for(aktor, LES)
    slag = {t.slag for t in aktor.tilhorigheter if t.organisasjon_id in mine}
    lest = Lest.objects.filter(subjekt=OuterRef("subjekt_id")).order_by()
    vi, jeg = (
        Subquery(rader.values("subjekt").annotate(n=Max("sist")).values("n"))
        for rader in (lest.filter(organisasjon_id__in=mine), lest.filter(bruker=aktor.bruker_id))
    )
    synlige = synlige_innlegg(aktor).filter(trukket=None)
    if Slag.IMDI not in slag:  # what we once wrote in a case we no longer have waits for nobody
        synlige = synlige.filter(subjekt_id__in=delte(mine))
    til_oss = ubesvarte(synlige).filter(sporsmaal_til__in=slag)
    nye = synlige.filter(tid__gte=naa() - timedelta(days=INNBOKS_DAGER)).annotate(vi=Coalesce(vi, 0), jeg=jeg)
    ulest = Q(pk__gt=F("vi")) & ~Q(organisasjon_id__in=mine)
    ulest_meg = Q(pk__gt=F("jeg")) & ~Q(av=aktor.bruker_id)
    uleste = (
        nye.filter(ulest | ulest_meg)
        .values("subjekt_id")
        .annotate(siste=Max("tid"), vare=Count("pk", filter=ulest), mine=Count("pk", filter=ulest_meg))
        .order_by("-siste", "subjekt_id")[:FLEST]
    )
    traader = {
        rad["subjekt_id"]: Traad(rad["subjekt_id"], rad["siste"], rad["vare"], rad["mine"], 0, None)
        for rad in uleste
    }
    sporsmaal = (
        til_oss.values("subjekt_id")
        .annotate(siste=Max("tid"), antall=Count("pk"), forst=Min("frist"))
        .order_by("forst", "subjekt_id")[:FLEST]
    )
    for spor in sporsmaal:
        ny = Traad(spor["subjekt_id"], spor["siste"], 0, 0, 0, None)
        traader[ny.subjekt_id] = replace(
            traader.get(ny.subjekt_id, ny), ubesvarte=spor["antall"], frist=spor["forst"]
        )
    return sorted(traader.values(), key=lambda t: (t.frist or date.max, -t.siste.timestamp(), t.subjekt_id))


@_HENVENDELSER
def henvendelser(aktor: Aktor, subjekt_id: int) -> list[Henvendelse]:
    """Every contact about a case that the actor may see, newest first."""
    krev(aktor, HENVENDELSER)
    rader = synlige_henvendelser(aktor).filter(subjekt_id=subjekt_id)
    return list(rader.select_related("organisasjon", "til", "av").order_by("-sendt", "-pk"))


@_HENVENDELSER
def henvendelsen(aktor: Aktor, uuid: UUID) -> Henvendelse:
    """Raises `FinnesIkke`, the same for one that is not there and one that is another municipality's."""
    krev(aktor, HENVENDELSER)
    rader = synlige_henvendelser(aktor).select_related("subjekt", "organisasjon", "til", "av", "besvart_av")
    funnet = rader.filter(uuid=uuid).first()
    if funnet is None:
        raise FinnesIkke(
            kode="SAMTALE-HENVENDELSE", hva="Siden finnes ikke, eller du har ikke tilgang til den."
        )
    return funnet


@_HENVENDELSER
def mine_henvendelser(aktor: Aktor) -> QuerySet[Henvendelse]:
    """Those the actor's own organisations have got or sent, those that wait for an answer first."""
    krev(aktor, HENVENDELSER)
    mine = organisasjoner_for(aktor, HENVENDELSER)
    rader = synlige_henvendelser(aktor).filter(Q(til_id__in=mine) | Q(organisasjon_id__in=mine))
    return rader.select_related("organisasjon", "til").order_by(
        F("besvart").desc(nulls_first=True), "svarfrist", "pk"
    )
