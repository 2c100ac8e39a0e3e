"""The pure rules of leases and temporary homes."""

from datetime import date
from decimal import Decimal

import pytest

from bosett.bolig.rules.leie import flytt_inn, flytt_ut, fremleie, gjennomgang, sammenheng, varsel_dager
from bosett.bolig.rules.perioder import Bit
from bosett.bolig.rules.prosjekt import knytt, til_bosetting


def d(maaned: int, dag: int = 1) -> date:
    return date(2026, maaned, dag)


@pytest.mark.parametrize(
    ("hoved", "under", "felt"),
    [
        ((d(1), d(6)), (d(1), d(6)), None),
        ((d(1), None), (d(2), None), None),
        ((d(1), d(6)), (d(1), d(6, 2)), "siste_dag"),
        ((d(1), d(6)), (d(1), None), "siste_dag"),
        ((d(2), None), (d(1), d(6)), "fra"),
    ],
)
def test_a_sub_lease_lies_within_its_head_lease(
    hoved: tuple[date, date | None], under: tuple[date, date | None], felt: str | None
) -> None:
    funnet = fremleie(*hoved, *under)
    assert (funnet.felt if funnet else None) == felt


def test_the_warning_is_a_dated_setting_of_ninety_days() -> None:
    verdi = varsel_dager(d(5))
    assert verdi.tallverdi == 90 and "R211" in verdi.kilde


def test_moving_in_takes_what_was_held_for_the_same_household_only() -> None:
    biter = [Bit("reservert", d(1), d(3), 7), Bit("reservert", d(3), d(5), 8)]
    assert flytt_inn(biter, Bit("bebodd", d(2), None, 7)) == [Bit("reservert", d(1), d(2), 7), biter[1]]
    bodd = Bit("bebodd", d(1), None, 7)
    assert flytt_ut([bodd], bodd, d(2)) == [Bit("bebodd", d(1), d(2, 2), 7)]


@pytest.mark.krav_delvis("R212")
def test_the_median_of_stays_that_are_over_and_none_when_they_are_few() -> None:
    opphold = [(d(1), d(1, 1 + n)) for n in (2, 4, 9, 20)]
    assert gjennomgang([*opphold, (d(2), None)], d(6)).median is None
    fem = gjennomgang([*opphold, (d(1), d(1, 11)), (d(2), None)], d(6))
    assert (fem.antall, fem.median, fem.bor) == (5, Decimal(9), 1)


def test_a_new_lease_the_next_day_is_the_same_stay() -> None:
    rader = [(1, 7, d(1), d(3)), (1, 7, d(3), d(5)), (1, 8, d(5), None), (2, 7, d(1), d(2))]
    assert sammenheng(rader) == [(1, d(1), d(5)), (1, d(5), None), (2, d(1), d(2))]


def test_homes_in_all_and_those_to_settle_in() -> None:
    assert til_bosetting([(13, True), (29, False)]) == (42, 13)
    assert knytt(True) is None and knytt(False) is not None
