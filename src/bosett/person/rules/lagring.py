"""How long a household is kept after it has left the chain (IF § 60)."""

from dataclasses import dataclass
from datetime import date
from functools import cache

from bosett.grunn.frister import legg_til_aar
from bosett.grunn.parametre import Parametre, Verdi, les
from bosett.person.rules.koder import MAPPE


@dataclass(frozen=True, slots=True)
class Frist:
    """`slettes`: the first day it is to be deleted. `sats`: the period, with its source."""

    slettes: date
    sats: Verdi


@cache
def parametre() -> Parametre:
    return les(MAPPE / "lagring.yaml")


def klasse(slutt: str) -> str:
    """The retention class: by how the household left."""
    return "lagring_bosatt" if slutt == "bosatt" else "lagring_ikke_bosatt"


def frist(*, avsluttet: date, slutt: str, dag: date) -> Frist:
    """By the period that holds on `dag`: a shorter one in a new regulation counts from then for those who are stored already.

    Raises `Mangler` when no period is known that day.
    """
    sats = parametre().verdi(klasse(slutt), dag)
    return Frist(legg_til_aar(avsluttet, int(sats.tallverdi)), sats)


def siste_avsluttet(slutt: str, dag: date) -> date:
    """Households that left so on or before this day are to be deleted on `dag`."""
    return legg_til_aar(dag, -int(parametre().verdi(klasse(slutt), dag).tallverdi))
