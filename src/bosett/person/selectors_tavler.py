"""Reads of the boards: the residents of a centre, the shared queue, and the leader's overview. Names and places of many at once."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db.models import (
    Count,
    Exists,
    Min,
    OuterRef,
    Q,
    QuerySet,
    Sum,
)

from bosett.aktor.kontekst import Aktor
from bosett.grunn.handling import Omfang, lesning
from bosett.grunn.klokke import i_dag
from bosett.oppgave import selectors as oppgaver
from bosett.oppgave.models import Reservasjon
from bosett.oppgave.states import RESERVER
from bosett.person.models import Husholdning, Mottaksopphold, Privatsoknad
from bosett.person.querysets import PLASS, med_navn, skjermede, synlige_husholdninger
from bosett.person.rules.klar import ALDRI
from bosett.tilgang.models import Deling
from bosett.tilgang.policy import krev, organisasjoner_for

_BEBOERE = lesning(
    "person.beboere",
    "se beboerne på eget mottak etter hvor langt de er kommet",
    {"bosettingskonsulent": Omfang.EGEN},
)
_KOE = lesning(
    "person.koe",
    "se den felles køen av husholdninger som skal bosettes",
    {
        "imdi_radgiver": Omfang.NASJONAL,
        "imdi_godkjenner": Omfang.NASJONAL,
        "bufetat_saksbehandler": Omfang.EGEN,
    },
)
_OVERSIKT = lesning(
    "person.koeoversikt",
    "se hvor mange i køen som venter, hvem som er over målet, og hva hver saksbehandler har reservert",
    {"imdi_godkjenner": Omfang.NASJONAL},
)


@dataclass(frozen=True)
class Bosted:
    """Where a household lives now. `mottak` empty: privately. `til`: the day they leave, when it is known."""

    mottak: str
    kommune_id: int | None
    til: date | None = None


@dataclass(frozen=True)
class Sum_:
    """Households, the persons in them, the earliest day one of them waits from, and how many are over the target."""

    husholdninger: int
    personer: int
    eldst: date | None
    over: int


def er_klar(dag: date) -> Q:
    """Ready on the day: a permit may have run out since it was derived."""
    return Q(klar_fra__lte=dag) & (Q(klar_til=None) | Q(klar_til__gt=dag))


def skal_flytte(dag: date) -> Exists:
    """Somebody in the household leaves the centre on a day that is known."""
    return Exists(
        Mottaksopphold.objects.kjent().filter(person__husholdning=OuterRef("pk"), fra__lte=dag, til__gt=dag)
    )


@_BEBOERE
def beboere(aktor: Aktor) -> QuerySet[Husholdning]:
    """Households with somebody who lives at the actor's own centres today, with `hovednavn`."""
    krev(aktor, "person.beboere")
    her = Deling.objects.filter(
        organisasjon_id__in=organisasjoner_for(aktor, "person.beboere"), hvorfor=PLASS, til=None
    )
    return med_navn(synlige_husholdninger(aktor).filter(avsluttet=None, pk__in=her.values("subjekt")))


@_KOE
def koen(aktor: Aktor) -> QuerySet[Husholdning]:
    """Open households the actor's unit finds a municipality for, with `hovednavn`."""
    return med_navn(koens_saker(aktor))


@_KOE
def koens_saker(aktor: Aktor) -> QuerySet[Husholdning]:
    """As `koen`, without names: to count, and to take from."""
    krev(aktor, "person.koe")
    koer = {t.slag for t in aktor.tilhorigheter if t.rolle in RESERVER.roller}
    return synlige_husholdninger(aktor).filter(avsluttet=None, ansvar__in=koer).exclude(lop__in=ALDRI)


@_KOE
def mine(aktor: Aktor) -> list[tuple[Husholdning, Reservasjon]]:
    """The cases the actor has reserved, the one that runs out first comes first."""
    krev(aktor, "person.koe")
    egne = {
        r.subjekt_id: r
        for r in oppgaver.reservasjoner(aktor).filter(bruker_id=aktor.bruker_id or 0).order_by("til", "fra")
    }
    saker = synlige_husholdninger(aktor).filter(pk__in=egne).select_related("subjekt").in_bulk()
    return [(saker[pk], r) for pk, r in egne.items() if pk in saker]


@_OVERSIKT
def hos_hvem(aktor: Aktor) -> list[tuple[Husholdning, Reservasjon]]:
    """Every case somebody in the unit has reserved, with who."""
    krev(aktor, "person.koeoversikt")
    alle = {r.subjekt_id: r for r in oppgaver.reservasjoner(aktor)}
    saker = synlige_husholdninger(aktor).in_bulk(list(alle))
    return [(saker[pk], r) for pk, r in alle.items() if pk in saker]


def tell(rader: QuerySet[Husholdning], etter: str) -> dict[str, Sum_]:
    """Add up by an annotated word, in one query."""
    dag = i_dag()
    alle = rader.order_by().values(etter).annotate(
        n=Count("pk"), personer=Sum("antall"), eldst=Min("klar_fra"), over=Count("pk", filter=er_klar(dag) & Q(maal__lt=dag))
    )  # fmt: skip
    return {rad[etter]: Sum_(rad["n"], rad["personer"], rad["eldst"], rad["over"]) for rad in alle}


def bosteder(ider: Iterable[int]) -> dict[int, Bosted]:
    """Where these households live, as far as row security shows the persons. Those with somebody protected are left out, as in all lists."""
    onsket = list(ider)
    utenfor = set(skjermede().filter(husholdning__in=onsket).values_list("husholdning", flat=True))
    ut: dict[int, Bosted] = {}
    soknader = Privatsoknad.objects.filter(husholdning__in=onsket).order_by("sokt", "pk")
    for pk, kommune in soknader.values_list("husholdning", "bor_i"):
        ut[pk] = Bosted("", kommune)
    opphold = (
        Mottaksopphold.objects.kjent().gjelder().filter(person__husholdning__in=onsket, mottak__isnull=False)
    )
    for pk, navn, kommune, til in opphold.order_by("fra", "pk").values_list(
        "person__husholdning", "mottak__organisasjon__navn", "mottak__kommune", "til"
    ):
        ut[pk] = Bosted(navn, kommune, til)
    return {pk: bosted for pk, bosted in ut.items() if pk not in utenfor}


def bor_i_kommunene(kommuner: Iterable[int]) -> Q:
    """Those who live at a centre in one of the municipalities, or privately in one, by their application."""
    ider = list(kommuner)
    opphold = Mottaksopphold.objects.kjent().gjelder().filter(mottak__kommune__in=ider)
    privat = Privatsoknad.objects.filter(bor_i__in=ider)
    return Q(pk__in=opphold.values("person__husholdning")) | Q(
        lop="privat", pk__in=privat.values("husholdning")
    )
