"""Plans open and close by themselves, and follow the minor: the reaction to what the room `person` is told (R166)."""

from collections import defaultdict
from collections.abc import Collection, Iterable, Sequence
from datetime import date

from django.db import transaction
from django.urls import reverse
from procrastinate.contrib.django import app as jobber

from bosett.aktor.kontekst import Aktor
from bosett.aktor.models import Organisasjon
from bosett.grunn.frister import legg_til_aar
from bosett.grunn.handling import Handling
from bosett.grunn.klokke import i_dag
from bosett.kartlegging import states_em as states
from bosett.kartlegging.models_em import Emplan, Emplanversjon
from bosett.kartlegging.rules.emplan import gjeldende, rapportfrist
from bosett.oppgave import services as oppgaver
from bosett.oppgave.models import Oppgave
from bosett.oppgave.services import NyOppgave
from bosett.person.models import Husholdning, Person
from bosett.person.rules.ansvar import MYNDIG
from bosett.person.services.dagskifte import utled_igjen
from bosett.person.services.em import Planbehov, planbehov
from bosett.spor.services import registrer
from bosett.tilgang.policy import krev
from bosett.tilgang.services import laas_mange

OPPGAVE = {"iktp": "skriv_iktp", "overgangsrapport": "skriv_overgangsrapport"}
TA_OVER = "ta_over_emplan"
_ROLLE = {"imdi": "imdi_radgiver", "bufetat": "bufetat_saksbehandler", "mottak": "bosettingskonsulent"}
"""Kind of organisation → the role that gets its tasks."""


def folg_senere(husholdninger: Sequence[int]) -> None:
    """Listener of `person.services.kroker.ved_em`: a job, in the same transaction."""
    jobber.configure_task("kartlegging.folg_em").defer(husholdninger=list(husholdninger))


@transaction.atomic
def folg(*, aktor: Aktor, husholdninger: Iterable[int]) -> None:
    """Open, hand over and close the plans of these households, so that they are as the facts say today. Repeating it changes nothing.

    A new plan is empty, version 1, and its owner gets a task. A plan that was finished stays as it is when it is needed no longer.
    """
    krev(aktor, states.APNE_EMPLAN.kode)
    ider = laas_mange(subjekt_ider=husholdninger)
    per: dict[int, list[Planbehov]] = defaultdict(list)
    for behov in planbehov(ider):
        per[behov.husholdning.pk].append(behov)
    planer: dict[int, list[Emplan]] = defaultdict(list)
    alle = Emplan.objects.filter(person__husholdning__in=ider, person__samme_som=None)
    for plan in alle.select_related("person", "eier").order_by("pk"):
        planer[plan.person.husholdning_id].append(plan)
    instanser = {o.slag: o for o in Organisasjon.objects.filter(slag__in=("imdi", "bufetat"))}
    hele = Husholdning.objects.select_related("subjekt").in_bulk(ider)
    nye = []
    for pk in sorted(ider):
        if per[pk] or planer[pk]:
            nye += [pk] if _folg_en(aktor, per[pk], planer[pk], instanser) else []
            _oppgaver(aktor, hele[pk], per[pk], planer[pk])
    if klare := Husholdning.objects.filter(pk__in=nye).exclude(klar_fra=None).values_list("pk", flat=True):
        utled_igjen(aktor=aktor, husholdninger=list(klare))  # minors from before plans were asked for


def uten_plan() -> list[int]:
    """Households with somebody who came as a minor and has no plan at all: also those from before this room was there."""
    har = Emplan.objects.values("person")
    mindrearige = Person.objects.filter(
        enslig_mindrearig=True,
        fodt__gt=legg_til_aar(i_dag(), -MYNDIG),
        samme_som=None,
        husholdning__avsluttet=None,
    )
    ider = mindrearige.exclude(pk__in=har).values_list("husholdning", flat=True)
    return sorted(set(ider))


def _folg_en(
    aktor: Aktor, behov: Sequence[Planbehov], planer: list[Emplan], instanser: dict[str, Organisasjon]
) -> bool:
    """Gives whether a plan was opened."""
    har = {(plan.person_id, plan.slag): plan for plan in planer}
    trengs = {(ett.person.pk, ett.slag) for ett in behov}
    apnet = False
    for ett in behov:
        eier = _eier(ett, instanser)
        plan = har.get((ett.person.pk, ett.slag))
        if plan is None and eier is not None:
            plan = Emplan.objects.create(person=ett.person, slag=ett.slag, apnet=i_dag(), eier=eier)
            Emplanversjon.objects.create(plan=plan, nr=1, mal=gjeldende(ett.slag, i_dag()).kode)
            planer.append(plan)
            _spor(aktor, states.APNE_EMPLAN, plan, eier=eier.pk)
            apnet = True
        elif plan is not None and plan.tilstand in states.APNE_EMPLAN.fra:
            _sett(plan, states.APNE_EMPLAN.til)
            _spor(aktor, states.APNE_EMPLAN, plan)
        if plan is not None and eier is not None and plan.eier_id != eier.pk:
            _spor(aktor, states.BYTT_EIER_EMPLAN, plan, fra=plan.eier_id, til=eier.pk)
            plan.eier, plan.overtatt = eier, None
            plan.save(update_fields=["eier", "overtatt"])
    for nokkel, plan in har.items():
        if nokkel not in trengs and plan.tilstand in states.LUKK_EMPLAN.fra:
            _sett(plan, states.LUKK_EMPLAN.til)
            _spor(aktor, states.LUKK_EMPLAN, plan)
    return apnet


def _eier(ett: Planbehov, instanser: dict[str, Organisasjon]) -> Organisasjon | None:
    """The centre; Bufetat for the report on a child it is responsible for; whoever finds the municipality when she lives at no centre."""
    ansvarlig = instanser.get(ett.husholdning.ansvar)
    if ett.slag == "overgangsrapport" and ett.husholdning.ansvar == "bufetat" and ansvarlig is not None:
        return ansvarlig
    return ett.mottak or ansvarlig


def oppdater_oppgaver(aktor: Aktor, h: Husholdning) -> None:
    """After a plan of the household was finished or begun again: its owner's tasks are as the plans are."""
    planer = Emplan.objects.filter(person__husholdning=h, person__samme_som=None).select_related(
        "person", "eier"
    )
    _oppgaver(aktor, h, planbehov([h.pk]), list(planer.order_by("pk")))


def _oppgaver(aktor: Aktor, h: Husholdning, behov: Sequence[Planbehov], planer: Collection[Emplan]) -> None:
    """An owner has one task per kind: to write what has never been finished, to take over what others finished."""
    vedtatt = {(ett.person.pk, ett.slag): ett.vedtatt for ett in behov}
    onsket: dict[str, dict[Organisasjon, date | None]] = {slag: {} for slag in (*OPPGAVE.values(), TA_OVER)}
    for plan in planer:
        if (plan.person_id, plan.slag) not in vedtatt:
            continue
        if plan.tilstand != "apen":
            if plan.overtatt is None:
                onsket[TA_OVER][plan.eier] = None
            continue
        gitt = vedtatt[plan.person_id, plan.slag]
        frist = rapportfrist(gitt)[0] if plan.slag == "overgangsrapport" and gitt else None
        egne = onsket[OPPGAVE[plan.slag]]
        egne[plan.eier] = min((d for d in (egne.get(plan.eier), frist) if d), default=None)
    for slag, eiere in onsket.items():
        har = Oppgave.objects.filter(subjekt=h.pk, slag=slag, ferdig=None)
        if dict(har.values_list("organisasjon", "frist")) == {o.pk: frist for o, frist in eiere.items()}:
            continue
        oppgaver.fullfor(aktor=aktor, subjekt_ider=[h.pk], slag=slag)
        oppgaver.opprett(
            oppgaver=[
                NyOppgave(h.pk, eier, [_ROLLE[eier.slag]], slag, h.saksnummer, _side(h), frist)
                for eier, frist in eiere.items()
            ]
        )


def _side(h: Husholdning) -> str:
    return reverse("kartlegging:iktp", args=[h.subjekt.uuid])


def _sett(plan: Emplan, tilstand: str) -> None:
    plan.tilstand = tilstand
    plan.save(update_fields=["tilstand"])


def _spor(aktor: Aktor, handling: Handling, plan: Emplan, **data: int) -> None:
    registrer(
        aktor=aktor,
        handling=handling.kode,
        subjekt_id=plan.person.husholdning_id,
        data={"person": str(plan.person.uuid), "plan": str(plan.uuid), "slag": plan.slag, **data},
    )
