"""Reads of what is reported, of whom a municipality asks for, and of the capacity week by week."""

from collections import defaultdict
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Case, Exists, IntegerField, OuterRef, Q, QuerySet, When

from bosett.aktor.kontekst import Aktor
from bosett.aktor.models import Organisasjon
from bosett.anmodning.models import Tidsplansvar, Ukeplasser
from bosett.bolig.models import (
    Bolig,
    Boligperiode,
    Innmelding,
    Kapasitetsendring,
    Kapasitetsplan,
    Kapasitetsuke,
    Persononske,
)
from bosett.bolig.models_innmelding import APNE
from bosett.bolig.querysets import SE_INNMELDINGER, synlige_boliger, synlige_innmeldinger
from bosett.grunn.feil import FinnesIkke
from bosett.grunn.handling import Omfang, lesning
from bosett.grunn.klokke import i_dag
from bosett.grunn.uker import mandag, uker
from bosett.tilgang.policy import kan, krev, organisasjoner_for

UKER_FRAM = 26
_N, _E = Omfang.NASJONAL, Omfang.EGEN
_SE = lesning(
    SE_INNMELDINGER,
    "se hva kommunene har meldt inn, kapasiteten uke for uke, og avstemmingen mot vedtaket",
    {
        "imdi_radgiver": _N, "imdi_godkjenner": _N, "imdi_leder": _N,
        "bosetter_skriv": _E, "bosetter_les": _E, "kommune_admin": _E,
    },
)  # fmt: skip
_ONSKER = lesning(
    "bolig.onsker",
    "se hvem kommunene har meldt inn at de ønsker",
    {"imdi_radgiver": _N, "bosetter_skriv": _E, "bosetter_les": _E},
)


@_SE
def innmeldinger(aktor: Aktor) -> QuerySet[Innmelding]:
    """Every report the actor may see. IMDi's oldest that nobody has opened come first, a municipality's latest.

    `fri`: the home is in use, not unfit, and free today or later (False for what is no home).
    """
    krev(aktor, SE_INNMELDINGER)
    ledig = Boligperiode.objects.filter(
        Q(til=None) | Q(til__gt=i_dag()), bolig=OuterRef("bolig"), slag=Boligperiode.Slag.LEDIG
    )
    usett_forst = Case(
        When(tilstand="meldt", then=0), When(tilstand="sett", then=1), default=2, output_field=IntegerField()
    )
    rader = (
        synlige_innmeldinger(aktor)
        .select_related("subjekt", "organisasjon__fylke", "bolig__subjekt")
        .annotate(fri=Exists(ledig) & Q(bolig__tilstand__in=("registrert", "egnet")), rekke=usett_forst)
    )
    return rader.order_by("rekke", "meldt", "pk") if aktor.nasjonal else rader.order_by("-meldt", "-pk")


@_SE
def innmelding(aktor: Aktor, uuid: UUID) -> Innmelding:
    """Raises `FinnesIkke`, the same for one that is not there and one of another municipality."""
    funnet = innmeldinger(aktor).select_related("meldt_av", "avgjort_av").filter(subjekt__uuid=uuid).first()
    if funnet is None:
        raise FinnesIkke(
            kode="INNMELDING-UKJENT", hva="Innmeldingen finnes ikke, eller du har ikke tilgang til den."
        )
    return funnet


@_SE
def umeldte_boliger(aktor: Aktor) -> QuerySet[Bolig]:
    """Homes that can be reported and wait in no report: in use, not unfit, and free today or later."""
    krev(aktor, SE_INNMELDINGER)
    ledig = Boligperiode.objects.filter(
        Q(til=None) | Q(til__gt=i_dag()), bolig=OuterRef("pk"), slag=Boligperiode.Slag.LEDIG
    )
    apen = Innmelding.objects.filter(bolig=OuterRef("pk"), tilstand__in=APNE)
    return (
        synlige_boliger(aktor)
        .select_related("subjekt")
        .filter(Exists(ledig), ~Exists(apen), tilstand__in=("registrert", "egnet"))
        .order_by("pk")
    )


@_SE
def siste_for_bolig(aktor: Aktor, bolig: Bolig) -> Innmelding | None:
    """The newest report of a home."""
    return innmeldinger(aktor).filter(bolig=bolig).order_by("-meldt", "-pk").first()


@_ONSKER
def onske(aktor: Aktor, denne: Innmelding) -> Persononske | None:
    """Whom the municipality asks for; None when it is deleted, never written, or not the actor's to read."""
    if not kan(aktor, "bolig.onsker", denne.organisasjon):
        return None
    return Persononske.objects.filter(innmelding=denne).first()


@dataclass(frozen=True)
class Uke:
    """A week of a municipality's plan. `plasser` None: not planned. `tidsplan`: what it has answered IMDi for the week in a time plan
    (`anmodning.Ukeplasser`), None when it was not asked or has not answered. `meldt`: places reported that are open or used."""

    uke: date
    plasser: int | None
    tidsplan: int | None
    meldt: int


@_SE
def kommunene(aktor: Aktor) -> QuerySet[Organisasjon]:
    """Whose plans and figures the actor may see."""
    krev(aktor, SE_INNMELDINGER)
    alle = Organisasjon.objects.filter(slag="kommune").order_by("sorteringsnavn", "pk")
    return alle if aktor.nasjonal else alle.filter(pk__in=organisasjoner_for(aktor, SE_INNMELDINGER))


@_SE
def kommune(aktor: Aktor, uuid: UUID | None = None) -> Organisasjon:
    """One of them, or without a name the actor's own. Raises `FinnesIkke`."""
    alle = kommunene(aktor)
    funnet = alle.filter(uuid=uuid).first() if uuid is not None else None if aktor.nasjonal else alle.first()
    if funnet is None:
        raise FinnesIkke(kode="BOLIG-KOMMUNE", hva="Siden finnes ikke, eller du har ikke tilgang til den.")
    return funnet


@_SE
def plan(aktor: Aktor, organisasjon: Organisasjon) -> Kapasitetsplan | None:
    krev(aktor, SE_INNMELDINGER, organisasjon)
    return Kapasitetsplan.objects.filter(organisasjon=organisasjon).first()


@_SE
def planens_uker(aktor: Aktor, organisasjon: Organisasjon, antall: int = UKER_FRAM) -> list[Uke]:
    """So many weeks from this one, and all later ones that are planned."""
    krev(aktor, SE_INNMELDINGER, organisasjon)
    fra = mandag(i_dag())
    plasser = dict(
        Kapasitetsuke.objects.filter(plan__organisasjon=organisasjon, uke__gte=fra).values_list(
            "uke", "plasser"
        )
    )
    siste = Tidsplansvar.objects.filter(tidsplan=OuterRef("svar__tidsplan")).order_by("-nr").values("pk")[:1]
    svar = Ukeplasser.objects.filter(
        uke__gte=fra, svar=siste, svar__tidsplan__erstattet=None, svar__tidsplan__anmodning__organisasjon=organisasjon
    )  # fmt: skip
    tidsplan = dict(svar.order_by("svar").values_list("uke", "plasser"))
    meldt: dict[date, int] = defaultdict(int)
    gjelder = Innmelding.objects.filter(organisasjon=organisasjon, uke__gte=fra).exclude(
        tilstand__in=("trukket", "ikke_brukt")
    )
    for uke, n in gjelder.values_list("uke", "antall"):
        if uke is not None:
            meldt[uke] += n or 0
    til = max(fra + timedelta(weeks=antall - 1), *plasser, fra)
    return [Uke(uke, plasser.get(uke), tidsplan.get(uke), meldt[uke]) for uke in uker(fra, til)]


@_SE
def endringer(aktor: Aktor, organisasjon: Organisasjon) -> QuerySet[Kapasitetsendring]:
    """Every change of a plan, the newest first."""
    krev(aktor, SE_INNMELDINGER, organisasjon)
    return (
        Kapasitetsendring.objects.filter(plan__organisasjon=organisasjon)
        .select_related("av")
        .order_by("-versjon", "uke")
    )


@dataclass(frozen=True)
class Ukesum:
    """A week in all the plans: how many persons, and how many municipalities have planned it."""

    uke: date
    plasser: int | None
    kommuner: int


@dataclass(frozen=True)
class Kommunesum:
    """A municipality that has planned any of the weeks: the sum of them, and how many weeks they are."""

    organisasjon: Organisasjon
    plasser: int
    uker: int


@_SE
def alle_planer(aktor: Aktor, antall: int = UKER_FRAM) -> tuple[list[Ukesum], list[Kommunesum]]:
    """The next weeks of all plans the actor may see, summed by week and by municipality from the same rows, so that they agree."""
    krev(aktor, SE_INNMELDINGER)
    ukene = uker(mandag(i_dag()), mandag(i_dag()) + timedelta(weeks=antall - 1))
    rader = list(
        Kapasitetsuke.objects.filter(
            uke__in=ukene, plan__organisasjon__in=kommunene(aktor).order_by().values("pk")
        ).values_list("uke", "plan__organisasjon", "plasser")
    )
    per_uke: dict[date, list[int]] = defaultdict(list)
    per_kommune: dict[int, list[int]] = defaultdict(list)
    for uke, organisasjon, plasser in rader:
        per_uke[uke].append(plasser)
        per_kommune[organisasjon].append(plasser)
    navn = Organisasjon.objects.select_related("fylke").in_bulk(per_kommune)
    kommuner = [Kommunesum(navn[pk], sum(tall), len(tall)) for pk, tall in per_kommune.items()]
    return (
        [Ukesum(uke, sum(per_uke[uke]) if per_uke[uke] else None, len(per_uke[uke])) for uke in ukene],
        sorted(kommuner, key=lambda rad: rad.organisasjon.sorteringsnavn),
    )
