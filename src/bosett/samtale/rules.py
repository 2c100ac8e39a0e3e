"""Who may read what in a thread, and what a contact with a municipality may not say. Pure functions."""

import re
from collections.abc import Collection, Iterable

PARTER = ("imdi", "mottak", "bufetat", "kommune")
"""The kinds of organisation that take part in a thread (`aktor.organisasjonsslag`), in the order they are named on screen."""
INTERN = "intern"
"""What one chooses to write for the own organisation only."""

ALDERSGRUPPER = ((0, 5), (6, 12), (13, 17), (18, 29), (30, 54), (55, None))
"""First and last year of each group of ages that a municipality is told of."""

_NUMMER = re.compile(r"(?<!\d)(?:\d{6}[ .-]?\d{5}|\d{4}[ .-]?\d{6}[ .-]?\d{2})(?!\d)")
_ORD = re.compile(r"[^\W\d_]+(?:-[^\W\d_]+)*")


def leserkrets(valgt: Collection[str], fra: str) -> tuple[str, ...]:
    """The kinds of party that may read a message from a party of the kind `fra`; empty for an internal note.

    The writer's own kind is always among them, so that whoever takes over the case in the same place reads on.
    Raises ValueError when nothing is chosen, when `INTERN` is chosen beside others, and for a kind that takes no part.
    """
    onsket = set(valgt)
    if onsket == {INTERN}:
        return ()
    onsket.discard(fra)
    if not onsket or not onsket <= set(PARTER):
        raise ValueError("choose who may read it, or that nobody else may")
    return tuple(part for part in PARTER if part in onsket | {fra})


def aldersgruppe(alder: int) -> int:
    """The index of the group in `ALDERSGRUPPER`. Ages below 0 cannot be; they count as 0."""
    return next(nr for nr, (_fra, til) in enumerate(ALDERSGRUPPER) if til is None or alder <= til)


def aldersgrupper(aldere: Iterable[int]) -> list[int]:
    """How many there are in each group."""
    antall = [0] * len(ALDERSGRUPPER)
    for alder in aldere:
        antall[aldersgruppe(alder)] += 1
    return antall


def roper(tekst: str, navn: Iterable[str]) -> str:
    """What in the text tells who somebody is: «nummer», «navn», or nothing.

    A number that can be an identity or DUF number, or a whole word that is part of one of the names. Two letters are too few to tell.
    """
    if _NUMMER.search(tekst):
        return "nummer"
    deler = {ord_.casefold() for ett in navn for ord_ in _ORD.findall(ett) if len(ord_) > 2}
    return "navn" if deler & {ord_.casefold() for ord_ in _ORD.findall(tekst)} else ""
