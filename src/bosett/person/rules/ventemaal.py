"""The target of how soon a household should be settled (R086). A target that is passed is shown, and stops nothing."""

from datetime import date
from functools import cache

from bosett.grunn.frister import legg_til_maaneder
from bosett.grunn.parametre import Parametre, les
from bosett.person.rules.koder import MAPPE

EM = "em"


@cache
def parametre() -> Parametre:
    return les(MAPPE / "ventemaal.yaml")


def maaneder(lop: str, dag: date) -> int:
    """Months from the permit, by the track and the setting of the day."""
    navn = "bosettingsmaal_em" if lop == EM else "bosettingsmaal"
    return int(parametre().verdi(navn, dag).tallverdi)


def maal(klar_fra: date, lop: str, dag: date) -> date:
    """The last day inside the target; it is passed from the next one. SQL says the same (`selectors_tavler`)."""
    return legg_til_maaneder(klar_fra, maaneder(lop, dag))
