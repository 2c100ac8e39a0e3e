"""Reads of privacy: who has seen a case, unusual looking, consents, what is to be deleted."""

from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from uuid import UUID

from django.db.models import Count, Exists, OuterRef, Q, QuerySet
from django.db.models.functions import TruncDate

from bosett.aktor.kontekst import Aktor
from bosett.aktor.models import Medlemskap
from bosett.grunn.feil import FinnesIkke
from bosett.grunn.handling import Omfang, lesning
from bosett.grunn.klokke import OSLO, i_dag, naa
from bosett.person.models import Husholdning, Person
from bosett.person.models_samtykke import Samtykke
from bosett.person.models_sletting import Sletting
from bosett.person.querysets import synlige_husholdninger, synlige_personer
from bosett.person.rules.innsyn import Dagstall, Uvanlig, sats, uvanlig
from bosett.person.services.innsyn import GRUNN
from bosett.spor.models import Hendelse
from bosett.tilgang.models import Innsyn, Subjekt
from bosett.tilgang.policy import krev

_N, _E = Omfang.NASJONAL, Omfang.EGEN
LESERE = {
    "imdi_radgiver": _N, "imdi_godkjenner": _N, "bosettingskonsulent": _E, "bufetat_saksbehandler": _E,
    "bosetter_skriv": _E, "bosetter_les": _E,
}  # fmt: skip
"""Those who may open a household that is shared with them."""
_IMDI = {"imdi_radgiver": _N, "imdi_godkjenner": _N}


@dataclass(frozen=True, slots=True)
class Oppslag:
    """The looks of one user at one case in one hour, as one line."""

    tid: datetime
    bruker: str
    organisasjon: str
    antall: int
    grunn: str
    """The reason's code; empty for ordinary looks."""
    utenfor: tuple[str, ...]
    lesninger: tuple[str, ...]


@lesning("person.innsynsgrunn", "velge hvorfor en åpner en sak utenfor det vanlige", LESERE)
def sak(aktor: Aktor, uuid: UUID) -> Husholdning:
    """A household the actor may see. Raises `FinnesIkke` alike for one that is not there and one that is not shared."""
    krev(aktor, "person.innsynsgrunn")
    funnet = synlige_husholdninger(aktor).select_related("subjekt").filter(subjekt__uuid=uuid).first()
    if funnet is None:
        raise FinnesIkke(kode="SAK-UKJENT", hva="Saken finnes ikke, eller du har ikke tilgang til den.")
    return funnet


@lesning("person.sett_av", "se hvem som har sett en sak", {**_IMDI, "imdi_leder": _N})
def sett_av(aktor: Aktor, uuid: UUID) -> tuple[Subjekt, list[Oppslag]]:
    """«Hvem har sett saken», newest first. The leader sees it without seeing the persons. Raises `FinnesIkke`."""
    krev(aktor, "person.sett_av")
    subjekt = Subjekt.objects.filter(uuid=uuid, slag="husholdning").first()
    if subjekt is None:
        raise FinnesIkke(kode="SAK-UKJENT", hva="Saken finnes ikke, eller du har ikke tilgang til den.")
    return subjekt, oppslag_i(subjekt.pk)


def oppslag_i(subjekt_id: int, til: datetime | None = None) -> list[Oppslag]:
    """Looks into a case, until (not including) `til`."""
    linjer = Innsyn.objects.filter(subjekt=subjekt_id).select_related("bruker").order_by("tid", "pk")
    if til is not None:
        linjer = linjer.filter(tid__lt=til)
    timer: dict[tuple[int, datetime], list[Innsyn]] = defaultdict(list)
    for linje in linjer:
        lokal = linje.tid.astimezone(OSLO)
        timer[linje.bruker_id, lokal.replace(minute=0, second=0, microsecond=0)].append(linje)
    hvor = _organisasjoner({bruker for bruker, _ in timer})
    ut = []
    for (bruker, _time), rader in timer.items():
        sett = [rad for rad in rader if rad.lesning != GRUNN]
        if not sett:
            continue  # a reason was chosen, and the case not opened
        ut.append(
            Oppslag(
                sett[0].tid,
                sett[0].bruker.navn,
                hvor(bruker, sett[0].tid.astimezone(OSLO).date()),
                len(sett),
                next((rad.grunn for rad in rader if rad.grunn), ""),
                tuple(dict.fromkeys(kode for rad in sett for kode in rad.utvalg.split(",") if kode)),
                tuple(dict.fromkeys(rad.lesning for rad in sett)),
            )
        )
    return sorted(ut, key=lambda o: o.tid, reverse=True)


class _organisasjoner:
    """Where users worked on a day, in one query."""

    def __init__(self, brukere: Iterable[int]) -> None:
        self._rader: dict[int, list[tuple[date, date | None, str]]] = defaultdict(list)
        alle = Medlemskap.objects.filter(bruker__in=set(brukere)).order_by("bruker", "pk")
        for bruker, fra, til, navn in alle.values_list("bruker_id", "fra", "til", "organisasjon__navn"):
            self._rader[bruker].append((fra, til, navn))

    def __call__(self, bruker: int, dag: date) -> str:
        her = [navn for fra, til, navn in self._rader[bruker] if fra <= dag and (til is None or dag < til)]
        return ", ".join(dict.fromkeys(her))


@dataclass(frozen=True, slots=True)
class UvanligDag:
    """One user's day that reached a threshold."""

    bruker_uuid: UUID
    bruker: str
    dag: date
    saker: int
    hva: tuple[Uvanlig, ...]


@lesning("person.uvanlig_innsyn", "se om noen har sett uvanlig mye på saker", {"imdi_leder": _N})
def uvanlige(aktor: Aktor) -> list[UvanligDag]:
    """The days of the last weeks that reached a threshold of `satser/innsyn.yaml`, newest first."""
    krev(aktor, "person.uvanlig_innsyn")
    dag, tid = i_dag(), naa()
    innen = timedelta(days=sats("uvanlig_handling_innen", dag))
    fulgt = Hendelse.objects.filter(
        subjekt=OuterRef("subjekt"), bruker=OuterRef("bruker"),
        tid__gte=OuterRef("tid") - innen, tid__lte=OuterRef("tid") + innen,
    )  # fmt: skip
    alle = (
        Innsyn.objects.filter(
            tid__gte=tid - timedelta(days=sats("uvanlig_vist", dag)) - innen, subjekt__slag="husholdning"
        )
        .exclude(lesning=GRUNN)
        .annotate(dag=TruncDate("tid", tzinfo=OSLO), fulgt=Exists(fulgt))
        .values("bruker", "bruker__uuid", "bruker__navn", "dag")
        .annotate(
            saker=Count("subjekt", distinct=True),
            utenfor=Count(
                "subjekt",
                distinct=True,
                filter=Q(utvalg__contains="utenfor") | Q(utvalg__contains="skjermet"),
            ),
            natt=Count(
                "subjekt", distinct=True, filter=Q(utvalg__contains="natt") | Q(utvalg__contains="helg")
            ),
            uten=Count("subjekt", distinct=True, filter=Q(fulgt=False, tid__lt=tid - innen)),
        )
        .order_by("-dag", "bruker")
    )
    ut = []
    for rad in alle:
        hva = uvanlig(Dagstall(rad["saker"], rad["utenfor"], rad["natt"], rad["uten"]), rad["dag"])
        if hva:
            ut.append(UvanligDag(rad["bruker__uuid"], rad["bruker__navn"], rad["dag"], rad["saker"], hva))
    return ut


@lesning(
    "person.samtykker",
    "se samtykkene til personer en har tilgang til",
    {"bosettingskonsulent": _E, **_IMDI},
)
def samtykker(aktor: Aktor, husholdning: Husholdning) -> list[tuple[Person, list[Samtykke]]]:
    """The members in order, each with her consents, newest first."""
    krev(aktor, "person.samtykker")
    per: dict[int, list[Samtykke]] = defaultdict(list)
    rader = Samtykke.objects.filter(person__husholdning=husholdning).select_related(
        "registrert_av", "avsluttet_av"
    )
    for ett in rader.order_by("-gitt", "-pk"):
        per[ett.person_id].append(ett)
    medlemmer = synlige_personer(aktor).filter(husholdning=husholdning).order_by("fodt", "pk")
    return [(person, per[person.pk]) for person in medlemmer]


def gjelder(samtykke: Samtykke, dag: date | None = None) -> bool:
    """The same as `services.samtykker.har_samtykke`, about a row that is read already."""
    d = dag or i_dag()
    return samtykke.gitt <= d < samtykke.til and (samtykke.avsluttet is None or d < samtykke.avsluttet)


@lesning("person.slettinger", "se hvilke husholdninger som skal slettes", _IMDI)
def slettinger(aktor: Aktor) -> "QuerySet[Sletting]":
    """Those that wait, the oldest first."""
    krev(aktor, "person.slettinger")
    return Sletting.objects.select_related("husholdning__subjekt", "bekreftet_av", "godkjent_av").order_by(
        "frist", "pk"
    )


@lesning("person.slettinger", "se hvilke husholdninger som skal slettes", _IMDI)
def sletting(aktor: Aktor, uuid: UUID) -> Sletting:
    """Raises `FinnesIkke`."""
    funnet = slettinger(aktor).filter(uuid=uuid).first()
    if funnet is None:
        raise FinnesIkke(kode="SLETTING-UKJENT", hva="Saken finnes ikke, eller den er slettet.")
    return funnet


@lesning("person.slettinger", "se hvilke husholdninger som skal slettes", _IMDI)
def slettet(aktor: Aktor, antall: int = 50) -> Sequence[Hendelse]:
    """The latest deletions, from the ledger: that is all that is left."""
    krev(aktor, "person.slettinger")
    return list(Hendelse.objects.filter(handling="person.slett").order_by("-tid", "-pk")[:antall])


def sak_til_person(aktor: Aktor, person: UUID) -> Husholdning:
    """As `sak`, by one of its persons."""
    krev(aktor, "person.innsynsgrunn")
    funnet = synlige_personer(aktor).select_related("husholdning__subjekt").filter(uuid=person).first()
    if funnet is None:
        raise FinnesIkke(kode="SAK-UKJENT", hva="Saken finnes ikke, eller du har ikke tilgang til den.")
    return funnet.husholdning


def sak_til_samtykke(aktor: Aktor, samtykke: UUID) -> Husholdning:
    """As `sak`, by a consent of one of its persons."""
    person = Samtykke.objects.filter(uuid=samtykke).values_list("person__uuid", flat=True).first()
    if person is None:
        raise FinnesIkke(kode="SAK-UKJENT", hva="Saken finnes ikke, eller du har ikke tilgang til den.")
    return sak_til_person(aktor, person)
