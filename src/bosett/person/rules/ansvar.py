"""Who finds a municipality for an unaccompanied minor: Bufetat or IMDi (R015, R100, R190; requirements chapter 2, rows 7 and 17)."""

from datetime import date
from functools import cache
from pathlib import Path

from bosett.grunn.parametre import Parametre, les

MYNDIG = 18


@cache
def parametre() -> Parametre:
    return les(Path(__file__).parents[1] / "satser" / "alder.yaml")


def alder(fodt: date, dag: date) -> int:
    """Whole years. Somebody born on 29 February is a year older on 1 March in other years."""
    return dag.year - fodt.year - ((dag.month, dag.day) < (fodt.month, fodt.day))


def ansvarlig(*, fodt: date, dag: date, omsorgstilbud: str | None) -> str:
    """`bufetat` or `imdi`. `omsorgstilbud` is the type of the centre the minor lives at (`omsorgssenter`, `em`), None when unknown.

    By the rule set of today the care offer decides, and turning 15 alone changes nothing; without a known offer, the age does.
    """
    folger = parametre().verdi("em_ansvar_folger", dag).verdi
    if folger == "omsorgstilbud" and omsorgstilbud:
        return "bufetat" if omsorgstilbud == "omsorgssenter" else "imdi"
    skille = int(parametre().verdi("em_skille", dag).tallverdi)
    return "bufetat" if alder(fodt, dag) < skille else "imdi"
