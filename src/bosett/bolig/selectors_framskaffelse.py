"""Reads of the pipeline (boligframskaffelse) and of listings. The board and the list count the same rows (R206)."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet

from bosett.aktor.kontekst import Aktor
from bosett.bolig.models import Annonse, Annonseimport, Bolig, Framskaffelse, Framskaffelsessteg
from bosett.bolig.querysets import (
    SE_ANNONSER,
    SE_FRAMSKAFFELSE,
    synlige_annonser,
    synlige_boliger,
    synlige_framskaffelser,
)
from bosett.grunn.feil import FinnesIkke
from bosett.grunn.handling import Omfang, lesning
from bosett.grunn.klokke import OSLO, naa
from bosett.person.models import Husholdning
from bosett.tilgang.models import Deling
from bosett.tilgang.policy import krev, organisasjoner_for

_N, _E = Omfang.NASJONAL, Omfang.EGEN
_KOMMUNEN = {"bosetter_skriv": _E, "bosetter_les": _E}
_SE = lesning(
    SE_FRAMSKAFFELSE, "se boligene kommunen arbeider med å skaffe", {"imdi_radgiver": _N, "imdi_godkjenner": _N, **_KOMMUNEN}
)  # fmt: skip
_ANNONSER = lesning(SE_ANNONSER, "se annonser om boliger til leie som egen kommune har lest inn", _KOMMUNEN)
DISPONERT = (Bolig.Eierform.KOMMUNAL, Bolig.Eierform.FREMLEIE)
"""A home the municipality has at its disposal: the only kind the pipeline holds (R323)."""


@dataclass(frozen=True, slots=True)
class Delt:
    """A household shared with the municipality now. An anonymous share says no more than that there is one."""

    pk: int
    uuid: UUID
    anonym: bool
    fra: date
    """The day it was shared."""


@_SE
def framskaffelser(aktor: Aktor) -> QuerySet[Framskaffelse]:
    """Every need the actor may see, the most urgent first. Board, list, counts and exports read this."""
    krev(aktor, SE_FRAMSKAFFELSE)
    return (
        synlige_framskaffelser(aktor)
        .select_related("subjekt", "organisasjon", "omraade", "bolig__subjekt")
        .order_by(F("onsket_fra").asc(nulls_last=True), "pk")
    )


@_SE
def tell(aktor: Aktor) -> Mapping[str, int]:
    """How many needs there are at each stage."""
    rader = framskaffelser(aktor).order_by().values_list("tilstand").annotate(n=Count("pk"))
    return dict(rader)


@_SE
def framskaffelse(aktor: Aktor, uuid: UUID) -> Framskaffelse:
    """Raises `FinnesIkke`, the same for one that is not there and one of another municipality."""
    funnet = framskaffelser(aktor).filter(subjekt__uuid=uuid).first()
    if funnet is None:
        raise FinnesIkke(
            kode="FRAMSKAFFELSE-UKJENT", hva="Boligbehovet finnes ikke, eller du har ikke tilgang til det."
        )
    return funnet


@_SE
def stegene(aktor: Aktor, denne: Framskaffelse) -> list[Framskaffelsessteg]:
    """Every stage it has been at, the first one first, also those it was moved back from."""
    krev(aktor, SE_FRAMSKAFFELSE)
    return list(Framskaffelsessteg.objects.filter(framskaffelse=denne).order_by("pk"))


@_SE
def paa_bolig(aktor: Aktor, bolig: Bolig) -> Framskaffelse | None:
    """The need a home is to cover, when the actor may see it."""
    krev(aktor, SE_FRAMSKAFFELSE)
    rader = synlige_framskaffelser(aktor).select_related("subjekt").filter(bolig=bolig)
    return rader.exclude(tilstand="avbrutt").first()


@_SE
def boliger_som_passer(aktor: Aktor, denne: Framskaffelse) -> QuerySet[Bolig]:
    """The municipality's own homes that may cover the need: at its disposal, in no other need, and nothing known against them."""
    krev(aktor, SE_FRAMSKAFFELSE)
    opptatt = Framskaffelse.objects.exclude(tilstand="avbrutt").exclude(bolig=None).values("bolig")
    rader = synlige_boliger(aktor).filter(
        organisasjon_id=denne.organisasjon_id,
        eierform__in=DISPONERT,
        tilstand__in=("registrert", "egnet"),
        soverom__gte=denne.soverom,
        plasser__gte=denne.plasser,
    )
    if denne.maks_leie is not None:
        rader = rader.filter(Q(husleie=None) | Q(husleie__lte=denne.maks_leie))
    if denne.funksjoner:
        rader = rader.filter(Q(funksjoner__contains=denne.funksjoner) | Q(tilgjengelig_kjent=False))
    return rader.exclude(pk__in=opptatt).select_related("subjekt").order_by("plasser", "husleie", "pk")


@_SE
def husholdninger(aktor: Aktor) -> list[Delt]:
    """Those shared with the actor's municipality now, in full or anonymously; one that is shared both ways stands once, in full."""
    krev(aktor, SE_FRAMSKAFFELSE)
    tid = naa()
    delinger = Deling.objects.filter(
        Q(til=None) | Q(til__gt=tid), fra__lte=tid, subjekt__slag="husholdning",
        organisasjon_id__in=organisasjoner_for(aktor, SE_FRAMSKAFFELSE),
    ).values_list("subjekt_id", "subjekt__uuid", "grad", "fra")  # fmt: skip
    fullt = {pk for pk, _, grad, _ in delinger if grad != Deling.Grad.ANONYM}
    apne = set(Husholdning.objects.filter(pk__in=fullt, avsluttet=None).values_list("pk", flat=True))
    ut = {
        pk: Delt(pk, uuid, pk not in fullt, fra.astimezone(OSLO).date())
        for pk, uuid, _, fra in delinger
        if pk in apne or pk not in fullt
    }
    return sorted(ut.values(), key=lambda ett: ett.pk)


@_ANNONSER
def annonser(aktor: Aktor) -> QuerySet[Annonse]:
    """The listings the actor's municipality has read in, the latest first."""
    krev(aktor, SE_ANNONSER)
    return synlige_annonser(aktor).select_related("bolig__subjekt").order_by("-importert", "-pk")


@_ANNONSER
def annonse(aktor: Aktor, uuid: UUID) -> Annonse:
    """Raises `FinnesIkke`, the same for one that is not there and one of another municipality."""
    funnet = annonser(aktor).filter(uuid=uuid).first()
    if funnet is None:
        raise FinnesIkke(
            kode="ANNONSE-UKJENT", hva="Annonsen finnes ikke, eller du har ikke tilgang til den."
        )
    return funnet


@_ANNONSER
def lest_for(aktor: Aktor, nokler: Iterable[str]) -> frozenset[str]:
    """Of these keys, those the actor's municipality has read in before."""
    return frozenset(annonser(aktor).filter(nokkel__in=list(nokler)).values_list("nokkel", flat=True))


@_ANNONSER
def annonser_som_passer(aktor: Aktor, denne: Framskaffelse) -> QuerySet[Annonse]:
    """Listings nothing is known against: what a listing does not say, it may be. Those that say most first."""
    krev(aktor, SE_ANNONSER)
    brukt = Framskaffelse.objects.exclude(tilstand="avbrutt").exclude(annonse=None).values("annonse")
    rader = synlige_annonser(aktor).filter(
        Q(soverom=None) | Q(soverom__gte=denne.soverom), organisasjon_id=denne.organisasjon_id, bolig=None
    )
    if denne.maks_leie is not None:
        rader = rader.filter(Q(husleie=None) | Q(husleie__lte=denne.maks_leie))
    if denne.onsket_fra is not None:
        rader = rader.filter(Q(ledig_til=None) | Q(ledig_til__gt=denne.onsket_fra))
    return rader.exclude(pk__in=brukt).order_by(
        F("soverom").asc(nulls_last=True), F("husleie").asc(nulls_last=True), "pk"
    )


@_ANNONSER
def behov_for(aktor: Aktor, denne: Annonse) -> list[Framskaffelse]:
    """The needs a listing can be used for: those at need or source, the most urgent first."""
    krev(aktor, SE_ANNONSER)
    rader = synlige_framskaffelser(aktor).filter(
        organisasjon_id=denne.organisasjon_id, tilstand__in=("behov", "kilde")
    )
    return list(rader.select_related("subjekt").order_by(F("onsket_fra").asc(nulls_last=True), "pk"))


@_ANNONSER
def brukt_til(aktor: Aktor, denne: Annonse) -> list[Framskaffelse]:
    krev(aktor, SE_ANNONSER)
    rader = synlige_framskaffelser(aktor).filter(annonse=denne).exclude(tilstand="avbrutt")
    return list(rader.select_related("subjekt").order_by("pk"))


@_ANNONSER
def importer(aktor: Aktor, antall: int = 10) -> list[Annonseimport]:
    """The last times listings were read in."""
    krev(aktor, SE_ANNONSER)
    rader = Annonseimport.objects.filter(organisasjon_id__in=organisasjoner_for(aktor, SE_ANNONSER))
    return list(rader.select_related("av").order_by("-tid", "-pk")[:antall])
