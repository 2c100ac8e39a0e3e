"""How well the check does on texts with a known answer: precision, recall and where it went wrong.

«Positive» is `forbehold`, and only that: a text sent to a person (`usikker`) counts as not found.
"""

from collections import Counter
from collections.abc import Iterable
from dataclasses import dataclass

from bosett.vedtak.rules.typer import FORBEHOLD, GODTATT, USIKKER, Utfall

UTFALL: tuple[Utfall, ...] = (FORBEHOLD, GODTATT, USIKKER)


@dataclass(frozen=True, slots=True)
class Maaling:
    """The counts by (answer, outcome). A share is None when there is nothing to take it of."""

    antall: Counter[tuple[Utfall, Utfall]]

    def celle(self, fasit: Utfall, utfall: Utfall) -> int:
        return self.antall[fasit, utfall]

    def sum(self, fasit: Utfall) -> int:
        return sum(self.antall[fasit, u] for u in UTFALL)

    def presisjon(self, utfall: Utfall) -> float | None:
        """Of the texts with a clear answer that were given this outcome: how many were right."""
        alle = self.celle(FORBEHOLD, utfall) + self.celle(GODTATT, utfall)
        return self.celle(utfall, utfall) / alle if alle else None

    def gjenfinning(self, utfall: Utfall) -> float | None:
        """Of the texts with this answer: how many were found."""
        alle = self.sum(utfall)
        return self.celle(utfall, utfall) / alle if alle else None


def maal(par: Iterable[tuple[Utfall, Utfall]]) -> Maaling:
    """Count pairs of (answer, outcome)."""
    return Maaling(Counter(par))
