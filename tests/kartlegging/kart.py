"""Persons to map, made by messages as in life."""

from collections.abc import Mapping
from typing import Any
from uuid import UUID

from tests.person.saker import sak

from aktorer import som_bruker
from bosett.aktor.kontekst import som, system
from bosett.grunn.klokke import i_dag
from bosett.kartlegging.services import kartlegging
from bosett.kartlegging.services.kartlegging import Lagret, Svar
from bosett.person.models import Husholdning, Person
from bosett.person.services import samtykker


def beboer(antall: int = 1, *, bor: bool = True) -> Husholdning:
    """A household at the centre of the demonstration's consultant."""
    return sak(bor=bor, antall=antall)


def personen(h: Husholdning, nr: int = 0) -> Person:
    with som(system("prove")):
        return Person.objects.filter(husholdning=h).order_by("pk")[nr]


def svart(**felter: Any) -> dict[str, Svar]:
    """Field → answer; «?» does not know, «-» does not want to say, None empty."""
    tegn: Mapping[Any, Svar] = {"?": Svar("vet_ikke"), "-": Svar("vil_ikke"), None: Svar()}
    return {
        navn: tegn[verdi] if isinstance(verdi, str | None) and verdi in tegn else Svar("svar", verdi)
        for navn, verdi in felter.items()
    }


def lagre(
    uuid: UUID, seksjon: str, svar: dict[str, Svar], versjon: int = 0, *, bruker: str = "bosettingskonsulent", **mer: Any
) -> Lagret:  # fmt: skip
    with som_bruker(bruker) as aktor:
        return kartlegging.lagre(aktor=aktor, person=uuid, seksjon=seksjon, svar=svar, versjon=versjon, **mer)


def samtykk(person: Person, formaal: str, bruker: str = "imdi_radgiver") -> UUID:
    with som_bruker(bruker) as aktor:
        ett = samtykker.gi(
            aktor=aktor, person=person.uuid, formaal=formaal, gitt=i_dag(), maate="tolk", spraak="tir"
        )
    return ett.uuid
