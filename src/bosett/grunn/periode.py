"""The one period type: half-open, from and including `fra`, up to but not including `til`.

Half-open periods meet without gap or overlap, and agree with PostgreSQL's `daterange`.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from itertools import pairwise
from typing import Protocol, TypeVar

from bosett.grunn.feil import Ugyldig


@dataclass(frozen=True, slots=True)
class Periode:
    """Days from `fra` to the day before `til`; `til=None` means no known end. Raises Ugyldig when til <= fra."""

    fra: date
    til: date | None = None

    def __post_init__(self) -> None:
        # A datetime is a date to Python, and comparing the two fails later and far away.
        if isinstance(self.fra, datetime) or isinstance(self.til, datetime):
            raise TypeError("Periode takes dates, not moments")
        if self.til is not None and self.til <= self.fra:
            raise Ugyldig(
                kode="PERIODE-REKKEFOLGE",
                hva=f"Perioden slutter {self.til:%d.%m.%Y}, men begynner {self.fra:%d.%m.%Y}",
                regel="Sluttdatoen er den første dagen som ikke er med, og må være etter startdatoen",
                gjor="Rett datoene, eller la sluttdatoen stå tom",
            )

    @classmethod
    def fra_og_med(cls, forste: date, siste: date | None = None) -> "Periode":
        """A period given by its first and last day, both included, as people write it."""
        return cls(forste, None if siste is None else siste + timedelta(days=1))

    @classmethod
    def aar(cls, aar: int) -> "Periode":
        """The calendar year."""
        return cls(date(aar, 1, 1), date(aar + 1, 1, 1))

    @property
    def siste_dag(self) -> date | None:
        """The last day that is inside, or None when the end is open."""
        return None if self.til is None else self.til - timedelta(days=1)

    @property
    def dager(self) -> int | None:
        """Number of days, or None when the end is open."""
        return None if self.til is None else (self.til - self.fra).days

    def inneholder(self, dato: date) -> bool:
        return self.fra <= dato and (self.til is None or dato < self.til)

    __contains__ = inneholder

    def overlapper(self, annen: "Periode") -> bool:
        return (annen.til is None or self.fra < annen.til) and (self.til is None or annen.fra < self.til)

    def snitt(self, annen: "Periode") -> "Periode | None":
        """The days in both, or None when there are none."""
        if not self.overlapper(annen):
            return None
        slutter = [til for til in (self.til, annen.til) if til is not None]
        return Periode(max(self.fra, annen.fra), min(slutter, default=None))

    def __str__(self) -> str:
        siste = self.siste_dag
        return f"fra {self.fra:%d.%m.%Y}" if siste is None else f"{self.fra:%d.%m.%Y}–{siste:%d.%m.%Y}"


class HarPeriode(Protocol):
    """Anything with a `periode`: a version of a name, a dated parameter, a membership."""

    @property
    def periode(self) -> Periode: ...


Rad = TypeVar("Rad", bound=HarPeriode)


def gjelder(rader: Iterable[Rad], dato: date) -> list[Rad]:
    """The rows valid on `dato`, in the order given."""
    return [rad for rad in rader if rad.periode.inneholder(dato)]


def overlapp(perioder: Sequence[Periode]) -> tuple[Periode, Periode] | None:
    """The first two periods that share a day, or None. Order does not matter."""
    ordnet = sorted(perioder, key=lambda p: p.fra)
    for tidlig, sen in pairwise(ordnet):
        if tidlig.overlapper(sen):
            return tidlig, sen
    return None
