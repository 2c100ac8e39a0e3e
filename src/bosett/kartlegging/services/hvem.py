"""Who may map a person: her centre, Bufetat for its minors, IMDi. And the person herself, found and locked."""

from uuid import UUID

from bosett.aktor.kontekst import Aktor
from bosett.aktor.models import Organisasjon
from bosett.grunn.feil import FinnesIkke
from bosett.grunn.klokke import i_dag
from bosett.person.models import Person
from bosett.person.querysets import synlige_personer
from bosett.person.rules.ansvar import MYNDIG, alder
from bosett.person.services.samtykker import mottaket
from bosett.tilgang import services as tilgang
from bosett.tilgang.policy import kan, krev


def steder(person: Person) -> list[Organisasjon]:
    """Those who map the person: the centre where she lives now, and Bufetat for a minor it is responsible for."""
    ut = [sted] if (sted := mottaket(person)) is not None else []
    if person.husholdning.ansvar == "bufetat" and alder(person.fodt, i_dag()) < MYNDIG:
        ut += Organisasjon.objects.filter(slag="bufetat")
    return ut


def kan_kartlegge(aktor: Aktor, handling: str, person: Person) -> bool:
    return (aktor.alle_personer and kan(aktor, handling)) or any(
        kan(aktor, handling, sted) for sted in steder(person)
    )


def finn_og_laas(aktor: Aktor, handling: str, person: UUID) -> Person:
    """The person, with the lock of the household. Raises `Avvist` for a role that never may, `FinnesIkke` for somebody who is not
    shared with the actor, or lives at another centre."""
    krev(aktor, handling)
    denne = synlige_personer(aktor).select_related("husholdning__subjekt").filter(uuid=person).first()
    if denne is None or not kan_kartlegge(aktor, handling, denne):
        raise FinnesIkke(
            kode="PERSON-UKJENT", hva="Personen finnes ikke, eller du har ikke tilgang til saken."
        )
    tilgang.laas(subjekt_id=denne.husholdning_id)
    return denne


def stedet(aktor: Aktor, handling: str, person: Person) -> Organisasjon | None:
    """The organisation the act concerns, for the ledger."""
    return next((sted for sted in steder(person) if kan(aktor, handling, sted)), None)


def hovedperson(personer: list[Person]) -> Person | None:
    """Who answers for the household: the applicant, else the oldest of those who are still in it."""
    her = [p for p in personer if p.dod is None and p.ute is None]
    return min(her, key=lambda p: (p.rolle != "hoved", p.fodt, p.pk), default=None)


def er_hoved(person: Person) -> bool:
    alle = Person.objects.filter(husholdning=person.husholdning_id, samme_som=None)
    hoved = hovedperson(list(alle))
    return hoved is not None and hoved.pk == person.pk
