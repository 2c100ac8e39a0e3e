"""Unaccompanied minors for tests, told of by messages as in life, and their plans."""

from typing import Any
from uuid import UUID

from tests.person.test_hendelser import ta_imot as _ta_imot

from aktorer import som_bruker
from bosett.aktor.kontekst import Aktor, sett, som, system
from bosett.kartlegging.models import Emplan
from bosett.kartlegging.rules.emplan import mal
from bosett.kartlegging.services import iktp
from bosett.kartlegging.services.iktp import Stand, Tiltak
from bosett.person.models import Husholdning, Nummer, Person
from meldinger import ankomst, duf, melding
from svar import arbeid

TILTAK = (Tiltak(None, "Begynne på skole", "Mottaket"),)


def ta_imot(*meldinger: dict[str, Any]) -> None:
    """… and do the jobs that follow."""
    _ta_imot(*meldinger)
    arbeid()


def kom(hvem: int = 1, *, mottak: str = "A", fodt: str = "2010-06-01", **mer: Any) -> Emplan:
    """A minor who comes and is placed: the plan that opened by itself."""
    ta_imot(
        ankomst(hvem, fodt=fodt, enslig_mindrearig=True, fornavn=f"Samir{hvem}", **mer),
        melding("plassering", hvem, "2026-01-10", mottak=mottak),
    )
    return planen(hvem)


def personen(hvem: int = 1) -> Person:
    with som(system("prove")):
        return Nummer.objects.select_related("person__husholdning__subjekt").get(nummer=duf(hvem)).person


def saken(hvem: int = 1) -> Husholdning:
    return personen(hvem).husholdning


def planen(hvem: int = 1, slag: str | None = None) -> Emplan:
    with som(system("prove")):
        planer = Emplan.objects.select_related("eier", "person__husholdning__subjekt").filter(
            person=personen(hvem)
        )
        return planer.get(slag=slag) if slag else planer.get()


def stand(plan: UUID) -> Stand:
    with som(system("prove")):
        siste = Emplan.objects.get(uuid=plan).versjoner.order_by("-nr")[0]
        return Stand(siste.nr, siste.lagringer)


def alt(slag: str = "iktp") -> dict[str, str]:
    """An answer to everything that must be written."""
    return {f.kode: f"DEMO {f.kode}" for f in mal(f"{slag}_1").felter if f.kreves}


def skriv(
    aktor: Aktor, plan: UUID, svar: dict[str, str] | None = None, tiltak: tuple[Tiltak, ...] = TILTAK
) -> Any:
    na = stand(plan)
    sett(aktor)  # after the look behind, the database knows the actor again
    return iktp.skriv(aktor=aktor, plan=plan, svar=alt() if svar is None else svar, tiltak=tiltak, stand=na)


def ferdig(aktor: Aktor, plan: UUID) -> Any:
    na = stand(plan)
    sett(aktor)
    return iktp.gjor_ferdig(aktor=aktor, plan=plan, stand=na)


def gjor_ferdig(hvem: int = 1, rolle: str = "bosettingskonsulent", slag: str = "iktp") -> None:
    plan = planen(hvem, slag).uuid
    with som_bruker(rolle) as aktor:
        skriv(aktor, plan, alt(slag))
    with som_bruker(rolle) as aktor:
        ferdig(aktor, plan)
