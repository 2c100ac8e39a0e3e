"""Reads of landlords and leases: for the municipality itself. IMDi is told that there is a lease, and nothing more."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from django.db.models import Count, F, Q, QuerySet

from bosett.aktor.kontekst import Aktor, som_systemet
from bosett.bolig.models import Bolig, Boligperiode, Leiekontrakt, Utleier
from bosett.bolig.models_leie import Kontrakter
from bosett.bolig.querysets import SE, synlige_boliger
from bosett.bolig.querysets_leie import SE_LEIE, synlige_kontrakter, synlige_utleiere
from bosett.bolig.rules.leie import Gjennomgang, gjennomgang, sammenheng, varsel_dager
from bosett.bolig.rules.perioder import BEBODD
from bosett.bolig.selectors import _SE
from bosett.grunn.feil import FinnesIkke
from bosett.grunn.handling import Omfang, lesning
from bosett.grunn.klokke import i_dag
from bosett.person.models import Husholdning
from bosett.person.querysets import synlige_husholdninger
from bosett.tilgang.policy import krev

_LEIE = lesning(
    SE_LEIE,
    "se utleiere og leieavtaler i egen kommune",
    {"bosetter_skriv": Omfang.EGEN, "bosetter_les": Omfang.EGEN},
)
_GJENNOMGANG = lesning(
    "bolig.gjennomgang",
    "se hvor lenge noen har bodd i gjennomgangsboliger",
    {"imdi_radgiver": Omfang.NASJONAL, "bosetter_skriv": Omfang.EGEN, "bosetter_les": Omfang.EGEN},
)


@_LEIE
def utleiere(aktor: Aktor) -> QuerySet[Utleier]:
    """With `boliger`: how many homes they have leases of that bind, and are not over."""
    krev(aktor, SE_LEIE)
    dag = i_dag()
    gjelder = Q(kontrakter__tilstand="bindende") & (
        Q(kontrakter__siste_dag=None) | Q(kontrakter__siste_dag__gte=dag)
    )
    avsluttet = Q(kontrakter__tilstand="avsluttet", kontrakter__avsluttet__gte=dag)
    return (
        synlige_utleiere(aktor)
        .select_related("subjekt", "organisasjon")
        .annotate(boliger=Count("kontrakter__bolig", filter=gjelder | avsluttet, distinct=True))
        .order_by("navn", "pk")
    )


@_LEIE
def utleier(aktor: Aktor, uuid: UUID) -> Utleier:
    """Raises `FinnesIkke`, the same for one that is not there and one of another municipality."""
    funnet = utleiere(aktor).filter(subjekt__uuid=uuid).first()
    if funnet is None:
        raise FinnesIkke(
            kode="UTLEIER-UKJENT", hva="Utleieren finnes ikke, eller du har ikke tilgang til den."
        )
    return funnet


@_LEIE
def kontrakter(aktor: Aktor) -> Kontrakter:
    """Every lease the actor may see, the latest first."""
    krev(aktor, SE_LEIE)
    return (
        synlige_kontrakter(aktor)
        .med_slutt()
        .select_related(
            "bolig__subjekt", "organisasjon", "utleier__subjekt", "husholdning__subjekt", "hovedkontrakt"
        )
        .order_by("-fra", "-pk")
    )


@_LEIE
def kontrakt(aktor: Aktor, uuid: UUID) -> Leiekontrakt:
    """Raises `FinnesIkke`, the same for one that is not there and one of another municipality."""
    funnet: Leiekontrakt | None = kontrakter(aktor).filter(uuid=uuid).first()
    if funnet is None:
        raise FinnesIkke(
            kode="LEIE-UKJENT", hva="Leieavtalen finnes ikke, eller du har ikke tilgang til den."
        )
    return funnet


@_LEIE
def fremleier(aktor: Aktor, hoved: Leiekontrakt) -> list[Leiekontrakt]:
    """Those that hang on a head lease."""
    return list(kontrakter(aktor).filter(hovedkontrakt=hoved))


@_LEIE
def gaar_ut(aktor: Aktor, dag: date | None = None) -> Kontrakter:
    """Leases that bind and end within the days of the warning (`rules.leie`), the first to end first."""
    dag = dag or i_dag()
    grense = dag + timedelta(days=int(varsel_dager(dag).tallverdi))
    return kontrakter(aktor).levende(dag).filter(Q(slutt__lte=grense)).order_by(F("slutt"), "pk")


@_LEIE
def hovedleier(aktor: Aktor) -> Kontrakter:
    """Head leases a sub-lease may hang on."""
    ute = Q(slutt__lt=i_dag()) | Q(tilstand="forkastet")
    return kontrakter(aktor).filter(slag="hovedleie").exclude(ute).order_by("bolig", "fra")


@_LEIE
def leier(aktor: Aktor, nummer: int) -> Husholdning | None:
    """The household of a case number, when it is shared with the actor."""
    krev(aktor, SE_LEIE)
    return synlige_husholdninger(aktor).filter(pk=nummer).first()


@dataclass(frozen=True, slots=True)
class Leieforhold:
    """That there is a lease, and nothing of whom, what it costs or who signed."""

    slag: str
    tilstand: str
    fra: date
    siste: date | None


@_SE
def leieforhold(aktor: Aktor, bolig: Bolig) -> list[Leieforhold]:
    """That a home has leases, for all who see it. The database lets nobody but the municipality read them, so the system looks."""
    krev(aktor, SE)
    if not synlige_boliger(aktor).filter(pk=bolig.pk).exists():
        return []
    with som_systemet(SE, etter=aktor):
        rader = Leiekontrakt.objects.levende(i_dag()).filter(bolig=bolig).order_by("fra", "pk")
        return [Leieforhold(k.slag, k.tilstand, k.fra, k.siste) for k in rader]


@dataclass(frozen=True, slots=True)
class Kommunelinje:
    kommune: str
    boliger: int
    tall: Gjennomgang


@_GJENNOMGANG
def gjennomstromming(aktor: Aktor) -> list[Kommunelinje]:
    """How long people have stayed in the temporary homes of each municipality (R212). Sums only: the system reads whose days they are."""
    krev(aktor, "bolig.gjennomgang")
    boliger = dict(
        synlige_boliger(aktor)
        .filter(slag=Bolig.Slag.GJENNOMGANG)
        .order_by("pk")
        .values_list("pk", "organisasjon__navn")
    )
    with som_systemet("bolig.gjennomgang", etter=aktor):
        rader = list(
            Boligperiode.objects.filter(bolig__in=list(boliger), slag=BEBODD)
            .order_by("bolig", "fra")
            .values_list("bolig", "husholdning", "fra", "til")
        )
    return _linjer(boliger, rader)


def _linjer(
    boliger: dict[int, str], rader: Iterable[tuple[int, int | None, date, date | None]]
) -> list[Kommunelinje]:
    opphold: dict[str, list[tuple[date, date | None]]] = {navn: [] for navn in boliger.values()}
    for bolig, fra, til in sammenheng(rader):
        opphold[boliger[bolig]].append((fra, til))
    antall = list(boliger.values())
    return [
        Kommunelinje(navn, antall.count(navn), gjennomgang(liste, i_dag()))
        for navn, liste in sorted(opphold.items())
    ]
