"""Homes, landlords and leases for tests, made by the services as in life."""

from datetime import date, timedelta
from itertools import count
from typing import Any

from tests.bolig.hjemmet import opplysninger
from tests.person.saker import sak

from aktorer import som_bruker
from bosett.aktor.kontekst import som, system
from bosett.aktor.models import Organisasjon
from bosett.bolig.models import Bolig, Leiekontrakt, Utleier
from bosett.bolig.services import boliger, leie, utleiere
from bosett.grunn.klokke import i_dag
from bosett.person.models import Husholdning
from bosett.tilgang.services import del_subjekt

_nr = count(1)
ORGNR = "974760673"
"""The Brønnøysund Register Centre's own: a number everybody may know."""


def om(dager: int) -> date:
    return i_dag() + timedelta(days=dager)


def bolig(bruker: str = "bosetter_skriv", **felt: Any) -> Bolig:
    n = next(_nr)
    o = opplysninger(
        **{
            "eierform": "privat",
            "adresse": f"Prøveveien {n}",
            "poststed": "Prøvestad",
            "bruksenhet": f"H{n:04}",
        }
        | felt
    )
    with som_bruker(bruker) as aktor:
        return boliger.registrer(aktor=aktor, opplysninger=o)


def eier(bruker: str = "bosetter_skriv", **felt: Any) -> Utleier:
    o = utleiere.Opplysninger(**{"slag": "privatperson", "navn": "Demo Eier"} | felt)
    with som_bruker(bruker) as aktor:
        return utleiere.registrer(aktor=aktor, opplysninger=o)


def leier(delt: bool = True) -> Husholdning:
    """A household, shared with the municipality of the demonstration user."""
    h = sak()
    if delt:
        with som(system("prove")):
            kommune = Organisasjon.objects.get(slag="kommune", navn__startswith="Steinkjer")
            del_subjekt(subjekt_id=h.pk, organisasjon=kommune, grad="full", hvorfor="prøve")
    return h


def skriv(
    b: Bolig, slag: str = "hovedleie", fra: int = 0, til: int | None = None, **felt: Any
) -> Leiekontrakt:
    """A draft that begins and ends so many days from today."""
    avtale = leie.Avtale(
        slag=slag, fra=om(fra), siste_dag=None if til is None else om(til), **{"husleie": 9000} | felt
    )
    with som_bruker("bosetter_skriv") as aktor:
        return leie.opprett(aktor=aktor, bolig=b.subjekt.uuid, avtale=avtale)


def signer(k: Leiekontrakt, *parter: str) -> Leiekontrakt:
    for part in parter or ("utleier", "leier"):
        with som_bruker("bosetter_skriv") as aktor:
            k = leie.signer(aktor=aktor, leie=k.uuid, part=part, navn="Demo Underskriver", dato=i_dag())
    return k


def avslutt(k: Leiekontrakt, dag: int, **felt: Any) -> Leiekontrakt:
    with som_bruker("bosetter_skriv") as aktor:
        return leie.avslutt(
            aktor=aktor, leie=k.uuid, siste_dag=om(dag), **{"grunn": "De har kjøpt bolig."} | felt
        )


def kjede(til: int | None = 365, husholdning: Husholdning | None = None) -> tuple[Leiekontrakt, Leiekontrakt]:
    """Owner to municipality to tenant, both binding, until the same day."""
    b, u = bolig(eierform="fremleie"), eier()
    hoved = signer(skriv(b, til=til, utleier=u))
    k = signer(skriv(b, "fremleie", til=til, husholdning=husholdning or leier(), hovedkontrakt=hoved))
    hoved.utleier = u  # who it is, can be read only by the municipality
    return hoved, k
