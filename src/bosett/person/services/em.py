"""What the room that writes the plans of unaccompanied minors asks here and tells here (R068, R166)."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from django.db import transaction

from bosett.aktor.kontekst import Aktor
from bosett.aktor.models import Organisasjon
from bosett.grunn.feil import Konflikt
from bosett.grunn.klokke import i_dag
from bosett.person.models import Emgrunnlag, Husholdning, Mottaksopphold, Opphold, Person
from bosett.person.rules import em
from bosett.person.rules.grunnlag import grunnlag
from bosett.person.services.arbeid import Arbeid
from bosett.person.services.deling import del_etter_opphold
from bosett.person.states import EM_PLAN_FERDIG
from bosett.tilgang.policy import krev


@dataclass(frozen=True, slots=True)
class Planbehov:
    """A minor who must have a plan of a kind now. `mottak`: the centre she lives at; `vedtatt`: the day of the permit that holds."""

    person: Person
    husholdning: Husholdning
    slag: str
    mottak: Organisasjon | None
    vedtatt: date | None


def planbehov(husholdninger: Iterable[int]) -> list[Planbehov]:
    """Everybody in these households who must have a plan today, in the order she was registered."""
    dag = i_dag()
    personer = (
        Person.objects.filter(
            husholdning__in=husholdninger, enslig_mindrearig=True, samme_som=None, dod=None, ute=None,
            husholdning__avsluttet=None,
        )
        .exclude(husholdning__lop__in=em.UTEN_PLAN)
        .select_related("husholdning__subjekt")
        .order_by("pk")
    )  # fmt: skip
    naa = {"person__in": [p.pk for p in personer]}
    bor = {
        rad.person_id: rad
        for rad in Mottaksopphold.objects.kjent().gjelder().filter(**naa, mottak__isnull=False)
        .select_related("mottak__organisasjon").order_by("fra", "pk")
    }  # fmt: skip
    vedtatt = {
        rad.person_id: rad.vedtatt
        for rad in Opphold.objects.kjent().gjelder().filter(**naa).order_by("fra", "pk")
        if rad.grunnlag and grunnlag(rad.grunnlag).bosettes(dag)
    }
    ut = []
    for p in personer:
        sted = bor[p.pk].mottak if p.pk in bor else None
        slag = em.plan(
            enslig_mindrearig=True, fodt=p.fodt, dag=dag, sted=sted.type if sted is not None else None
        )
        if slag:
            ut.append(
                Planbehov(p, p.husholdning, slag, sted.organisasjon if sted else None, vedtatt.get(p.pk))
            )
    return ut


@transaction.atomic
def plan_ferdig(*, aktor: Aktor, person: Person, slag: str, dag: date) -> None:
    """The plan about a minor was finished on the day: readiness is derived again. The first day stands when it is finished again.

    Called by the system, for the room that holds the plan, under the household's lock. Raises `Konflikt` when the person has been
    merged into another meanwhile.
    """
    krev(aktor, EM_PLAN_FERDIG.kode)
    arbeid = Arbeid(aktor, "plan")
    arbeid.les(husholdninger=[person.husholdning_id])
    h = arbeid.husholdninger[person.husholdning_id]
    denne = next((p for p in arbeid.medlemmer[h] if p.pk == person.pk), None)
    if denne is None:
        raise Konflikt(
            kode="PERSON-FLYTTET",
            hva="Personen er slått sammen med en annen, eller hører til en annen sak.",
            gjor="Last siden på nytt.",
        )
    rader = arbeid.rader[Emgrunnlag, denne]
    if any(rad.slag == slag for rad in rader):
        return
    rader.append(arbeid.ny(Emgrunnlag(person=denne, slag=slag, fra=dag, kilde=arbeid.kilde)))
    arbeid.spor(h, EM_PLAN_FERDIG, person=str(denne.uuid), slag=slag)
    arbeid.skriv()
    del_etter_opphold(arbeid)
