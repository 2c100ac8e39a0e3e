"""Deadlines in Norwegian calendar days.

A deadline is a date and runs out at the end of that day in Europe/Oslo, also when the clocks change. The start day is
not counted: three weeks from Monday the 1st is Monday the 22nd. Months keep the day number; where the month has no
such day, its last day is used (31 January + 1 month = 28 or 29 February), and so does 29 February + 1 year. Counting
is always from the start date: 31 January + 2 months is 31 March, not 28 March by way of February.
"""

import calendar
from datetime import UTC, date, datetime, time, timedelta
from functools import cache
from typing import Literal

import holidays

from bosett.grunn.klokke import OSLO
from bosett.grunn.tallformat import Spraak, tall

Alvor = Literal["rolig", "snart", "over"]

_IGJEN: dict[Spraak, tuple[str, str, str, str, str]] = {
    "nb": ("dag igjen", "dager igjen", "siste dag", "dag over", "dager over"),
    "nn": ("dag igjen", "dagar igjen", "siste dag", "dag over", "dagar over"),
    "en": ("day left", "days left", "last day", "day over", "days over"),
}


def legg_til_dager(dato: date, dager: int) -> date:
    """Calendar days; negative counts backwards. Raises OverflowError outside year 1–9999."""
    return dato + timedelta(days=dager)


def legg_til_uker(dato: date, uker: int) -> date:
    return dato + timedelta(weeks=uker)


def legg_til_maaneder(dato: date, maaneder: int) -> date:
    """The same day number, or the last day of the month when it is shorter."""
    aar, maaned = divmod(dato.year * 12 + dato.month - 1 + maaneder, 12)
    if not 1 <= aar <= 9999:
        raise OverflowError("the date is outside year 1–9999")
    siste = calendar.monthrange(aar, maaned + 1)[1]
    return date(aar, maaned + 1, min(dato.day, siste))


def legg_til_aar(dato: date, aar: int) -> date:
    """29 February becomes 28 February in an ordinary year."""
    return legg_til_maaneder(dato, aar * 12)


def helligdag(dato: date) -> str | None:
    """The bokmål name of the Norwegian public holiday on this date, or None. Ordinary Sundays are not holidays."""
    return _helligdager(dato.year).get(dato)


def er_virkedag(dato: date) -> bool:
    """Monday to Friday, and no public holiday. Christmas Eve and New Year's Eve are working days in law."""
    return dato.weekday() < 5 and helligdag(dato) is None


def neste_virkedag(dato: date) -> date:
    """The date itself when it is a working day, else the first working day after it."""
    while not er_virkedag(dato):
        dato += timedelta(days=1)
    return dato


def legg_til_virkedager(dato: date, virkedager: int) -> date:
    """The date that many working days after `dato`. Raises ValueError for a negative number."""
    if virkedager < 0:
        raise ValueError("working days are counted forwards only")
    for _ in range(virkedager):
        dato = neste_virkedag(dato + timedelta(days=1))
    return dato


def frist(
    start: date,
    *,
    dager: int = 0,
    uker: int = 0,
    maaneder: int = 0,
    aar: int = 0,
    til_virkedag: bool = False,
) -> date:
    """The last day of a deadline: years and months first, then weeks and days.

    `til_virkedag` moves a deadline that ends on a Saturday, Sunday or public holiday to the next working day.
    """
    slutt = legg_til_maaneder(start, aar * 12 + maaneder) + timedelta(weeks=uker, days=dager)
    return neste_virkedag(slutt) if til_virkedag else slutt


def utloper(frist_: date) -> datetime:
    """The first moment after the deadline: midnight in Oslo at the end of that day."""
    return datetime.combine(frist_ + timedelta(days=1), time(), OSLO)


def er_ute(frist_: date, naa: datetime) -> bool:
    """Whether the deadline has run out at `naa` (aware, any zone). Raises ValueError for a naive moment."""
    return tid_igjen(frist_, naa) <= timedelta(0)


def tid_igjen(frist_: date, naa: datetime) -> timedelta:
    """Real time left, so the day the clocks go back has 25 hours. Negative when it is over."""
    if naa.tzinfo is None:
        raise ValueError("a moment without a time zone says nothing about a deadline")
    # Subtracting in one zone would count wall-clock hours; UTC counts those that pass.
    return utloper(frist_).astimezone(UTC) - naa.astimezone(UTC)


def dager_igjen(frist_: date, i_dag: date) -> int:
    """0 on the last day, negative when it is over."""
    return (frist_ - i_dag).days


def frist_tekst(frist_: date, i_dag: date, spraak: Spraak = "nb") -> str:
    """«4 dager igjen», «1 dag igjen», «siste dag», «1 dag over», «3 dager over»."""
    dager = dager_igjen(frist_, i_dag)
    en_igjen, flere_igjen, siste, en_over, flere_over = _IGJEN[spraak]
    if dager == 0:
        return siste
    if dager > 0:
        return f"{tall(dager, spraak=spraak)} {en_igjen if dager == 1 else flere_igjen}"
    return f"{tall(-dager, spraak=spraak)} {en_over if dager == -1 else flere_over}"


def alvor(frist_: date, i_dag: date) -> Alvor:
    """How a clock is coloured: «snart» from the last day but one, «over» after the last."""
    dager = dager_igjen(frist_, i_dag)
    if dager < 0:
        return "over"
    return "snart" if dager <= 1 else "rolig"


@cache
def _helligdager(aar: int) -> dict[date, str]:
    return dict(holidays.country_holidays("NO", years=aar, language="no").items())
