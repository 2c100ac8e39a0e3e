"""Which plan an unaccompanied minor must have before she can be settled (R068, R166; domain.md 5.3)."""

from datetime import date

from bosett.person.rules.ansvar import MYNDIG, alder, parametre

IKTP, OVERGANGSRAPPORT = "iktp", "overgangsrapport"
UTEN_PLAN = ("", "familie", "selvbosatt", "avsluttet")
"""Tracks on which nobody is settled by agreement, or none yet: then nobody is to write a plan."""


def plan(*, enslig_mindrearig: bool, fodt: date, dag: date, sted: str | None) -> str:
    """`iktp`, `overgangsrapport`, or «» for those who need none: adults, and children with parents.

    `sted`: the type of the centre she lives at, None when she lives at none. The place decides (the care centre writes the report,
    every other centre the plan), as it does for who is responsible (requirements chapter 2, row 17); without a place the age does,
    by the same dividing line. Raises `Mangler` when no dividing age is known that day.
    """
    if not enslig_mindrearig or alder(fodt, dag) >= MYNDIG:
        return ""
    if sted is not None:
        return OVERGANGSRAPPORT if sted == "omsorgssenter" else IKTP
    return (
        IKTP if alder(fodt, dag) >= int(parametre().verdi("em_skille", dag).tallverdi) else OVERGANGSRAPPORT
    )


def godtas(slag: str, *, krevd: str, sted: str | None) -> bool:
    """Does a finished plan of this kind answer what is asked for? Away from the centres either does: nobody there can write the other."""
    return slag == krevd or sted is None
