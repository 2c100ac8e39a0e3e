"""When a municipality should have done each thing a letter asks of it: read it, bring it before the council, answer."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from bosett.grunn.parametre import Parametre, les


@dataclass(frozen=True)
class Oppgavefrister:
    """Dates in order: none is after the next, and none but the deadline itself can lie before the letter."""

    les: date
    behandle: date
    svar: date


def oppgavefrister(sendt: date, frist: date) -> Oppgavefrister:
    """The dates for a letter sent on `sendt` with the round's deadline `frist`.

    A letter that leaves late gives less time, so the first two move closer, at most to the day it was sent.
    """
    behandle = max(sendt, frist - _dager("oppgave_behandle_anmodning", sendt))
    return Oppgavefrister(
        les=min(sendt + _dager("oppgave_les_anmodning", sendt), behandle), behandle=behandle, svar=frist
    )


@cache
def satser() -> Parametre:
    """Days, as dated data."""
    return les(Path(__file__).parents[1] / "satser")


def _dager(navn: str, dato: date) -> timedelta:
    return timedelta(days=int(satser().verdi(navn, dato).tallverdi))
