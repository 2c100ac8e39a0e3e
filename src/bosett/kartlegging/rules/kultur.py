"""Hours of culture orientation: the sum of what was attended, against what the course is (R087, R165). Nothing is blocked by it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

from bosett.grunn.parametre import Parametre, Verdi, les

MOTT, IKKE_MOTT, GJELDER_IKKE = "mott", "ikke_mott", "gjelder_ikke"


@dataclass(frozen=True, slots=True)
class Timetall:
    """One member's hours. `gjelder` False: she is not to be part of the course (said of every session there was)."""

    har: Decimal
    av: Verdi
    tapt: Decimal
    """Hours of sessions she did not come to."""
    gjelder: bool

    @property
    def mangler(self) -> Decimal:
        return max(Decimal(self.av.tallverdi) - self.har, Decimal(0)) if self.gjelder else Decimal(0)


@cache
def parametre() -> Parametre:
    return les(Path(__file__).parents[1] / "satser" / "kultur.yaml")


def timetall(oppmoter: Iterable[tuple[Decimal, str]], dag: date) -> Timetall:
    """`oppmoter`: hours of a session, and whether she attended. Raises `Mangler` when the length of the course is not known that day."""
    alle = list(oppmoter)

    def timer(slag: str) -> Decimal:
        return sum((timer for timer, oppmote in alle if oppmote == slag), Decimal(0))

    gjelder = not alle or any(oppmote != GJELDER_IKKE for _, oppmote in alle)
    return Timetall(timer(MOTT), parametre().verdi("kulturorientering_timer", dag), timer(IKKE_MOTT), gjelder)
