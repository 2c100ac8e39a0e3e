"""What the actor should do next, what others should do, and which cases of a shared queue somebody has taken."""

from uuid import UUID

from django.db.models import F, Q, QuerySet

from bosett.aktor.kontekst import Aktor
from bosett.aktor.models import Bruker, Medlemskap
from bosett.aktor.roller import ROLLER
from bosett.grunn.feil import FinnesIkke
from bosett.grunn.handling import Omfang, lesning
from bosett.grunn.klokke import i_dag
from bosett.oppgave.models import Oppgave, Reservasjon
from bosett.oppgave.states import RESERVER
from bosett.tilgang.policy import krev, organisasjoner_for
from bosett.tilgang.saken import delte

EGEN = "egen"
"""The kind of a task that somebody wrote down by hand."""
_HOS_ANDRE = lesning(
    "oppgave.hos_andre",
    "se hva andre etater og kommuner må gjøre i sakene",
    dict.fromkeys(("imdi_radgiver", "imdi_godkjenner"), Omfang.NASJONAL),
)
_KO = lesning(
    "oppgave.reservasjoner",
    "se hvem i egen enhet som har reservert hvilke saker",
    dict(RESERVER.roller),
)
_EGNE = lesning("oppgave.egne", "se oppgavene til egen organisasjon", dict.fromkeys(ROLLER, Omfang.EGEN))


@_EGNE
def apne(aktor: Aktor) -> QuerySet[Oppgave]:
    """Open tasks of the actor's organisations and roles, most urgent first (no deadline last)."""
    return _mine(aktor).filter(ferdig=None).order_by(F("frist").asc(nulls_last=True), "opprettet")


@_EGNE
def paa_sak(aktor: Aktor, subjekt_id: int, slag: tuple[str, ...]) -> QuerySet[Oppgave]:
    """The tasks of these kinds that the actor's organisations have on a subject, done ones too, in the order of their dates."""
    return (
        Oppgave.objects.filter(
            subjekt_id=subjekt_id,
            organisasjon_id__in=organisasjoner_for(aktor, "oppgave.egne"),
            slag__in=slag,
        )
        .select_related("ferdig_av")
        .order_by("frist", "pk")
    )


@_HOS_ANDRE
def hos_andre(aktor: Aktor, slag: str) -> QuerySet[Oppgave]:
    """Open tasks that other organisations have on subjects of this kind, most urgent first. Row security shows IMDi all of them."""
    krev(aktor, "oppgave.hos_andre")
    return (
        Oppgave.objects.filter(subjekt__slag=slag, ferdig=None)
        .exclude(organisasjon_id__in=aktor.organisasjoner)
        .select_related("organisasjon", "subjekt")
        .order_by(F("frist").asc(nulls_last=True), "opprettet")
    )


@_KO
def reservasjoner(aktor: Aktor) -> QuerySet[Reservasjon]:
    """Those that hold now in the actor's organisations."""
    krev(aktor, "oppgave.reservasjoner")
    return (
        Reservasjon.objects.gjelder()
        .filter(organisasjon_id__in=organisasjoner_for(aktor, "oppgave.reservasjoner"))
        .select_related("bruker", "gitt_av")
    )


@_KO
def kolleger(aktor: Aktor, organisasjon_id: int) -> QuerySet[Bruker]:
    """The others in the organisation who work with its queue today, by name."""
    krev(aktor, "oppgave.reservasjoner")
    dag = i_dag()
    medlemmer = Medlemskap.objects.filter(
        Q(til=None) | Q(til__gt=dag), organisasjon_id=organisasjon_id, rolle__in=RESERVER.roller, fra__lte=dag
    )
    return (
        Bruker.objects.filter(pk__in=medlemmer.values("bruker"), is_active=True)
        .exclude(pk=aktor.bruker_id or 0)
        .order_by("navn", "pk")
    )


@_EGNE
def i_saken(aktor: Aktor, subjekt_id: int) -> QuerySet[Oppgave]:
    """The actor's tasks in a case, made by Bosett or by hand: open ones first, those with a deadline before the others."""
    rader = _mine(aktor).filter(subjekt_id=subjekt_id).select_related("ferdig_av", "bruker")
    return rader.order_by(F("ferdig").desc(nulls_first=True), F("frist").asc(nulls_last=True), "pk")


@_EGNE
def egen(aktor: Aktor, uuid: UUID) -> Oppgave:
    """One that was written down by hand. Raises `FinnesIkke`, the same for one that is not there and one that is another's."""
    funnet = _mine(aktor).filter(slag=EGEN, uuid=uuid).select_related("subjekt", "organisasjon").first()
    if funnet is None:
        raise FinnesIkke(kode="OPPGAVE-UKJENT", hva="Siden finnes ikke, eller du har ikke tilgang til den.")
    return funnet


def _mine(aktor: Aktor) -> QuerySet[Oppgave]:
    egne = Q(pk__in=[])
    for t in aktor.tilhorigheter:  # the role in the very organisation; a role elsewhere gives nothing here
        egne |= Q(organisasjon_id=t.organisasjon_id, roller__has_key=t.rolle)
    rader = Oppgave.objects.filter(egne, Q(bruker=None) | Q(bruker=aktor.bruker_id))
    if aktor.alle_personer:
        return rader
    # What somebody wrote about a case leaves with the case.
    return rader.filter(~Q(slag=EGEN) | Q(subjekt_id__in=delte(aktor.organisasjoner)))
