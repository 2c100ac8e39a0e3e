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


def ansvarlig(*, fodt: date, sokt: date, dag: date, omsorgstilbud: str | None) -> str:
    """`bufetat` or `imdi`. `sokt` is the day of the application for protection, `omsorgstilbud` the type of the centre the minor
    lives at (`omsorgssenter`, `em` …), None when unknown.

    By the rule set of today the care offer decides for those who were under 15 when they applied: turning 15 changes nothing, but a
    corrected age does. By the other rule set («alder») the age on the day decides.
    """
    skille = int(parametre().verdi("em_skille", dag).tallverdi)
    if parametre().verdi("em_ansvar_folger", dag).verdi == "alder":
        return "bufetat" if alder(fodt, dag) < skille else "imdi"
    if alder(fodt, sokt) >= skille:
        return "imdi"
    return "imdi" if omsorgstilbud not in (None, "omsorgssenter") else "bufetat"
