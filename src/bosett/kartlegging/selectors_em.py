"""Reads of the plans of unaccompanied minors."""

from dataclasses import dataclass
from uuid import UUID

from django.db.models import Prefetch, Q, QuerySet

from bosett.aktor.kontekst import Aktor
from bosett.grunn.feil import FinnesIkke
from bosett.grunn.handling import Handling, lesning
from bosett.kartlegging import states_em as states
from bosett.kartlegging.models_em import Emplan, Emplanversjon, Emtiltak, Vergeuenighet
from bosett.kartlegging.rules import emplan as regler
from bosett.kartlegging.services.iktp import Stand, skriver_for
from bosett.person.models import Husholdning, Person, Verge
from bosett.person.querysets import synlige_personer, synlige_rader
from bosett.person.selectors_personvern import LESERE
from bosett.tilgang.policy import krev

_LES = lesning("kartlegging.iktp", "se IKTP og overgangsrapport for enslige mindreårige", LESERE)


@dataclass(frozen=True)
class Planbilde:
    """One plan with everything that belongs to it. `siste` is the newest version; `versjoner` all, the newest first."""

    plan: Emplan
    versjoner: list[Emplanversjon]
    uenigheter: list[Vergeuenighet]
    verge: Verge | None
    kan_skrive: bool
    kan_ferdig: bool
    kan_ta_over: bool
    kan_uenighet: bool

    @property
    def siste(self) -> Emplanversjon:
        return self.versjoner[0]

    @property
    def stand(self) -> Stand:
        return Stand(self.siste.nr, self.siste.lagringer)

    @property
    def mal(self) -> regler.Mal:
        return regler.mal(self.siste.mal)

    @property
    def mangler(self) -> tuple[str, ...]:
        return regler.mangler(self.mal, self.siste.svar, len(tiltak(self.siste)))


@_LES
def mindrearige(aktor: Aktor, h: Husholdning) -> list[tuple[Person, list[Planbilde]]]:
    """The unaccompanied minors of the household, and whoever has a plan since she was one, each with her plans: also those written
    about her under another registration, when both had one of the same kind."""
    krev(aktor, "kartlegging.iktp")
    per: dict[int, list[Planbilde]] = {}
    for plan in _planer(aktor).filter(Q(person__husholdning=h) | Q(person__samme_som__husholdning=h)):
        per.setdefault(plan.person.samme_som_id or plan.person_id, []).append(_bilde(aktor, plan))
    personer = synlige_personer(aktor).filter(husholdning=h).order_by("fodt", "pk")
    return [(p, per.get(p.pk, [])) for p in personer if p.enslig_mindrearig or p.pk in per]


@_LES
def ett(aktor: Aktor, uuid: UUID) -> Planbilde:
    """Raises `FinnesIkke` alike for a plan that is not there and one the actor does not see."""
    krev(aktor, "kartlegging.iktp")
    plan = _planer(aktor).filter(uuid=uuid).first()
    if plan is None:
        raise _ukjent()
    return _bilde(aktor, plan)


@_LES
def til(aktor: Aktor, uuid: UUID, handling: Handling) -> Planbilde:
    """As `ett`, for somebody who is to do this with it: to others than the owner's it is not there."""
    bilde = ett(aktor, uuid)
    if skriver_for(aktor, handling, bilde.plan) is None:
        raise _ukjent()
    return bilde


@_LES
def sammenlign(aktor: Aktor, bilde: Planbilde, fra: int, til: int) -> tuple[regler.Endring, ...]:
    """What version `til` says otherwise than `fra`. Raises `FinnesIkke` for a number the plan has no version of."""
    krev(aktor, "kartlegging.iktp")
    versjoner = {v.nr: v for v in bilde.versjoner}
    if fra not in versjoner or til not in versjoner:
        raise FinnesIkke(
            kode="IKTP-VERSJON", hva="Planen har ikke den versjonen.", gjor="Velg en versjon i listen."
        )
    gammel, ny = versjoner[fra], versjoner[til]
    return regler.endringer(regler.mal(ny.mal), gammel.svar, ny.svar, tiltak(gammel), tiltak(ny))


def _ukjent() -> FinnesIkke:
    return FinnesIkke(kode="IKTP-UKJENT", hva="Planen finnes ikke, eller du har ikke tilgang til den.")


def tiltak(versjon: Emplanversjon) -> tuple[regler.Tiltak, ...]:
    """The measures of a version, by number."""
    return tuple(regler.Tiltak(t.nr, t.hva, t.ansvarlig, t.frist, t.status) for t in versjon.tiltak.all())


def _planer(aktor: Aktor) -> QuerySet[Emplan]:
    versjoner = Emplanversjon.objects.select_related("lagret_av", "ferdig_av").order_by("-nr")
    return (
        Emplan.objects.filter(person__in=synlige_rader(aktor))
        .select_related("person__husholdning__subjekt", "eier")
        .prefetch_related(
            Prefetch("versjoner", versjoner),
            Prefetch("versjoner__tiltak", Emtiltak.objects.order_by("nr")),
            Prefetch("uenigheter", Vergeuenighet.objects.select_related("mottatt_av").order_by("dag", "pk")),
        )
        .order_by("apnet", "pk")
    )


def _bilde(aktor: Aktor, plan: Emplan) -> Planbilde:
    def kan(handling: Handling, *tilstander: str) -> bool:
        return plan.tilstand in tilstander and skriver_for(aktor, handling, plan) is not None

    skriv, ny = states.SKRIV_EMPLAN, states.REVIDER_EMPLAN
    verge = Verge.objects.kjent().gjelder().filter(person=plan.person).order_by("-fra", "-pk").first()
    return Planbilde(
        plan=plan,
        versjoner=list(plan.versjoner.all()),
        uenigheter=list(plan.uenigheter.all()),
        verge=verge,
        kan_skrive=kan(skriv, *skriv.fra) or kan(ny, *ny.fra),
        kan_ferdig=kan(states.FERDIG_EMPLAN, *states.FERDIG_EMPLAN.fra),
        kan_ta_over=plan.overtatt is None and kan(states.TA_OVER_EMPLAN, "ferdig", "revideres"),
        kan_uenighet=kan(states.MELD_UENIGHET, "apen", "ferdig", "revideres", "lukket"),
    )
