"""Reads of the places per week. One list of municipalities' plans, from which every total is made, so that they agree.

Row-level security decides which plans the actor sees: IMDi and KS all, a county municipality those of its county, a
municipality its own.
"""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from django.db.models import Count, Min, OuterRef, Q, QuerySet, Subquery

from bosett.aktor.kontekst import Aktor
from bosett.anmodning.models import Kommuneanmodning, Runde, Tidsplan, Tidsplankrav, Tidsplansvar, Ukeplasser
from bosett.anmodning.selectors import TIDSPLAN
from bosett.grunn.feil import FinnesIkke
from bosett.grunn.klokke import OSLO
from bosett.tilgang.policy import krev


@dataclass(frozen=True)
class Plan:
    """What one municipality was asked and has answered. `plasser` (persons) has the weeks that are answered, by Monday."""

    anmodning: Kommuneanmodning
    krav: Tidsplankrav
    erstattet: datetime | None
    versjon: int
    forst: datetime | None
    sist: datetime | None
    sist_av: str
    plasser: dict[date, int]

    @property
    def stand(self) -> str:
        """«ikke», «delvis» or «svart»: how many of the weeks have a number."""
        if not self.plasser:
            return "ikke"
        return "svart" if len(self.plasser) == self.krav.antall_uker else "delvis"

    @property
    def sen(self) -> bool:
        """The first answer came after the time limit; later changes don't make it so."""
        return self.forst is not None and self.forst.astimezone(OSLO).date() > self.krav.frist

    @property
    def i_alt(self) -> int | None:
        return sum(self.plasser.values()) if self.plasser else None


@dataclass(frozen=True)
class Ukesum:
    """A week: the places in it (None when nobody has answered), how many municipalities answered, and how many were asked."""

    uke: date
    plasser: int | None
    svart: int
    spurt: int


@dataclass(frozen=True)
class Samlet:
    """How far the answers have come: municipalities asked, those with a number in every week, in some, and the places in all."""

    spurt: int
    svart: int
    delvis: int
    plasser: int | None


@TIDSPLAN
def runde_med_tidsplan(aktor: Aktor, uuid: UUID) -> Runde:
    """A round in which the actor may see an ask. Raises `FinnesIkke`, the same for unknown, forbidden and never asked."""
    krev(aktor, "anmodning.tidsplan")
    funnet = (
        Runde.objects.select_related("subjekt")
        .filter(subjekt__uuid=uuid, pk__in=Tidsplankrav.objects.values("runde_id"))
        .first()
    )
    if funnet is None:
        raise FinnesIkke(
            kode="ANMODNING-FINNES-IKKE", hva="Siden finnes ikke, eller du har ikke tilgang til den."
        )
    return funnet


@TIDSPLAN
def finnes(aktor: Aktor, runde: Runde) -> bool:
    """Has IMDi asked for places per week in the round, of anybody the actor sees?"""
    krev(aktor, "anmodning.tidsplan")
    return Tidsplankrav.objects.filter(runde=runde).exists()


@TIDSPLAN
def krav(aktor: Aktor, runde: Runde) -> QuerySet[Tidsplankrav]:
    """What IMDi has asked for in the round, newest first: `kommuner` asked, of them `apne` (not replaced since)."""
    krev(aktor, "anmodning.tidsplan")
    return (
        Tidsplankrav.objects.filter(runde=runde)
        .select_related("stilt_av")
        .annotate(
            kommuner=Count("tidsplaner"), apne=Count("tidsplaner", filter=Q(tidsplaner__erstattet=None))
        )
        .order_by("-nr")
    )


@TIDSPLAN
def planer(aktor: Aktor, runde: Runde) -> list[Plan]:
    """The plans that stand in the round, one per municipality the actor sees, in Norwegian order."""
    krev(aktor, "anmodning.tidsplan")
    apne = Tidsplan.objects.filter(krav__runde=runde, erstattet=None)
    return _les(apne.order_by("anmodning__sorteringsnavn", "pk"))


def egne(aktor: Aktor, anmodning: Kommuneanmodning) -> list[Plan]:
    """The plans of one of the actor's own requests (see `selectors.egen`), newest first, also those that were replaced."""
    krev(aktor, "anmodning.egne", anmodning.organisasjon)
    return _les(Tidsplan.objects.filter(anmodning=anmodning).order_by("-krav__nr"))


def versjoner(plan: Plan) -> QuerySet[Tidsplansvar]:
    """Every version saved of a plan, newest first, with its weeks."""
    return (
        Tidsplansvar.objects.filter(tidsplan__krav=plan.krav, tidsplan__anmodning=plan.anmodning)
        .select_related("lagret_av")
        .prefetch_related("uker")
        .order_by("-nr")
    )


def per_uke(planene: Iterable[Plan]) -> list[Ukesum]:
    """The sum of the plans in each week somebody was asked about."""
    spurt: dict[date, int] = defaultdict(int)
    tall: dict[date, list[int]] = defaultdict(list)
    for plan in planene:
        for uke in plan.krav.uker:
            spurt[uke] += 1
        for uke, plasser in plan.plasser.items():
            tall[uke].append(plasser)
    return [
        Ukesum(uke, sum(tall[uke]) if tall[uke] else None, len(tall[uke]), spurt[uke])
        for uke in sorted(spurt)
    ]


def samlet(planene: Sequence[Plan]) -> Samlet:
    summer = [plan.i_alt for plan in planene if plan.i_alt is not None]
    stand = [plan.stand for plan in planene]
    return Samlet(len(planene), stand.count("svart"), stand.count("delvis"), sum(summer) if summer else None)


def _les(tidsplaner: QuerySet[Tidsplan]) -> list[Plan]:
    siste = Tidsplansvar.objects.filter(tidsplan=OuterRef("pk")).order_by("-nr")
    rader = list(
        tidsplaner.select_related(
            "krav__runde", "anmodning__organisasjon", "anmodning__subjekt", "anmodning__runde__subjekt"
        ).annotate(
            siste_id=Subquery(siste.values("pk")[:1]),
            siste_nr=Subquery(siste.values("nr")[:1]),
            sist=Subquery(siste.values("lagret")[:1]),
            sist_av=Subquery(siste.values("lagret_av__navn")[:1]),
            forst=Min("svar__lagret"),
        )
    )
    plasser: dict[int, dict[date, int]] = defaultdict(dict)
    tall = Ukeplasser.objects.filter(svar_id__in=[rad.siste_id for rad in rader if rad.siste_id])
    for svar_id, uke, antall in tall.order_by("uke").values_list("svar_id", "uke", "plasser"):
        plasser[svar_id][uke] = antall
    return [
        Plan(
            rad.anmodning, rad.krav, rad.erstattet, rad.siste_nr or 0, rad.forst, rad.sist, rad.sist_av or "",
            plasser[rad.siste_id],
        )
        for rad in rader
    ]  # fmt: skip
