"""The day a household's mapping was finished: everybody who belonged to it that day had been mapped."""

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple


class Medlem(NamedTuple):
    """Half-open: in the household from `fra` to (not including) `ut`. `kartlagt`: the first day her mapping was finished."""

    fra: date
    ut: date | None
    kartlagt: date | None


def ferdig(medlemmer: Sequence[Medlem]) -> date | None:
    """The first such day; None while somebody is not mapped. One who comes later, or a mapping that is opened again, does not undo it."""
    for dag in sorted({m.kartlagt for m in medlemmer if m.kartlagt is not None}):
        her = [m for m in medlemmer if m.fra <= dag and (m.ut is None or dag < m.ut)]
        if her and all(m.kartlagt is not None and m.kartlagt <= dag for m in her):
            return dag
    return None
