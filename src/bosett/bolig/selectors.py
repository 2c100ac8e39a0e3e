"""Reads of homes: the list with what each is today, one home with its history, and the areas of a municipality."""

from datetime import date
from uuid import UUID

from django.db.models import Exists, OuterRef, Q, QuerySet, Subquery

from bosett.aktor.kontekst import Aktor
from bosett.bolig import selectors_avstemming as selectors_avstemming
from bosett.bolig import selectors_innmelding as selectors_innmelding
from bosett.bolig import selectors_passer as selectors_passer
from bosett.bolig.models import Bolig, Boligperiode, Boomraade
from bosett.bolig.querysets import SE, synlige_boliger, synlige_omraader
from bosett.bolig.selectors_framskaffelse import framskaffelser as framskaffelser
from bosett.dokument.models import Innfil
from bosett.grunn.feil import FinnesIkke
from bosett.grunn.handling import Omfang, lesning
from bosett.grunn.klokke import i_dag
from bosett.tilgang.policy import krev

_N, _E = Omfang.NASJONAL, Omfang.EGEN
_SE = lesning(
    SE,
    "se boliger som er meldt ledige, med adresse og egnethet",
    {
        "imdi_radgiver": _N, "imdi_godkjenner": _N, "imdi_leder": _N,
        "bosetter_skriv": _E, "bosetter_les": _E, "kommune_admin": _E,
    },
)  # fmt: skip


def gjelder(dag: date) -> Q:
    """Periods that hold on a day."""
    return Q(fra__lte=dag) & (Q(til=None) | Q(til__gt=dag))


@_SE
def boliger(aktor: Aktor) -> QuerySet[Bolig]:
    """Every home the actor may see, the latest first. `naa`: the kind of today's period, empty when none is known; `ledig_fra`: the
    first day from today it is free."""
    krev(aktor, SE)
    dag = i_dag()
    perioder = Boligperiode.objects.filter(bolig=OuterRef("pk"))
    ledig = perioder.filter(slag=Boligperiode.Slag.LEDIG).filter(Q(til=None) | Q(til__gt=dag))
    return (
        synlige_boliger(aktor)
        .select_related("subjekt", "organisasjon", "omraade")
        .annotate(
            naa=Subquery(perioder.filter(gjelder(dag)).order_by("fra").values("slag")[:1]),
            ledig_fra=Subquery(ledig.order_by("fra").values("fra")[:1]),
        )
        .order_by("-registrert", "-pk")
    )


def ledige(boliger: QuerySet[Bolig], dag: date) -> QuerySet[Bolig]:
    """Of these, those that are free on a day and not out of use."""
    perioder = Boligperiode.objects.filter(gjelder(dag), bolig=OuterRef("pk"), slag=Boligperiode.Slag.LEDIG)
    return boliger.exclude(tilstand="ute").filter(Exists(perioder))


@_SE
def bolig(aktor: Aktor, uuid: UUID) -> Bolig:
    """Raises `FinnesIkke`, the same for one that is not there and one of another municipality."""
    funnet = boliger(aktor).filter(subjekt__uuid=uuid).first()
    if funnet is None:
        raise FinnesIkke(kode="BOLIG-UKJENT", hva="Boligen finnes ikke, eller du har ikke tilgang til den.")
    return funnet


@_SE
def perioder(aktor: Aktor, denne: Bolig) -> list[Boligperiode]:
    krev(aktor, SE)
    return list(Boligperiode.objects.filter(bolig=denne).order_by("fra"))


@_SE
def omraader(aktor: Aktor) -> QuerySet[Boomraade]:
    """Those that hold now, by name."""
    krev(aktor, SE)
    return (
        synlige_omraader(aktor)
        .select_related("organisasjon")
        .order_by("organisasjon__sorteringsnavn", "navn")
    )


@_SE
def fil(aktor: Aktor, uuid: UUID) -> Innfil:
    """A file of a home the actor may see, when it has been let through. Raises `FinnesIkke`."""
    krev(aktor, SE)
    funnet = (
        Innfil.objects.select_related("fil")
        .filter(uuid=uuid, tilstand="frigitt", subjekt__in=synlige_boliger(aktor).values("pk"))
        .first()
    )
    if funnet is None:
        raise FinnesIkke(
            kode="BOLIG-FIL", hva="Filen finnes ikke, eller den er ikke kontrollert ennå.", gjor="Prøv igjen senere."
        )  # fmt: skip
    return funnet


# The other reads of the room, so that the policy finds them.
from bosett.bolig import selectors_leie as selectors_leie  # noqa: E402
from bosett.bolig import selectors_prosjekt as selectors_prosjekt  # noqa: E402
