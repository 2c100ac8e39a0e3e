"""Weeks the Norwegian way: Monday first, and the year a week belongs to is not always the year of its days."""

from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bosett.grunn.uker import mandag, sondag, ukekode, uker


def test_weeks_over_new_year():
    assert uker(date(2026, 12, 30), date(2027, 1, 5)) == [date(2026, 12, 28), date(2027, 1, 4)]
    assert [ukekode(uke) for uke in uker(date(2026, 12, 21), date(2027, 1, 4))] == [
        "2026-W52",
        "2026-W53",
        "2027-W01",
    ]
    assert ukekode(date(2027, 1, 1)) == "2026-W53"
    assert uker(date(2027, 1, 11), date(2027, 1, 5)) == []


@given(st.dates(date(2000, 1, 1), date(2100, 1, 1)), st.integers(0, 60))
def test_weeks_are_whole_and_follow_one_another(dag, antall):
    alle = uker(dag, dag + timedelta(weeks=antall))
    assert len(alle) == antall + 1
    assert all(uke == mandag(uke) and sondag(uke) - uke == timedelta(days=6) for uke in alle)
    assert len({ukekode(uke) for uke in alle}) == len(alle)
    assert alle[0] <= dag <= sondag(alle[0])
