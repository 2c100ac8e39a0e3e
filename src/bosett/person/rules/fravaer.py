"""When a person was out of the chain: she withdrew or left the country, and perhaps came back. The same whatever order it was told in."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from datetime import date
from itertools import zip_longest


@dataclass(frozen=True, slots=True)
class Utgang:
    """That she left on a day. `nr` is the source's own order of what it has said about her."""

    nr: int
    dag: date
    grunn: str


@dataclass(frozen=True, slots=True)
class Fravaer:
    """Out of the chain from a day until (not including) the day she was back; `til` None: she is out."""

    fra: date
    til: date | None
    grunn: str


def fravaer(utganger: Iterable[Utgang], her: Collection[tuple[int, date]]) -> tuple[Fravaer, ...]:
    """`her`: number and day of each message that shows her here (an arrival, a permit, a placement).

    She is back with the first of them that is told after the exit and true from that day or later. Of several exits with none between
    them the last told stands.
    """
    rekke = sorted(utganger, key=lambda ut: ut.nr)
    ut = []
    for ett, neste in zip_longest(rekke, rekke[1:]):
        tilbake = [
            dag for nr, dag in her if ett.nr < nr and ett.dag <= dag and (neste is None or nr < neste.nr)
        ]
        if tilbake or neste is None:
            ut.append(Fravaer(ett.dag, min(tilbake, default=None), ett.grunn))
    return tuple(ut)
