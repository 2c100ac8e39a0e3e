"""Laying periods over each other: nothing overlaps, nothing in use is lost."""

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bosett.bolig.rules.perioder import (
    BEBODD,
    I_BRUK,
    LEDIG,
    RESERVERT,
    STENGT,
    Bit,
    ledig_for,
    legg_over,
    paa,
)

_DAG = date(2026, 1, 1)
_dager = st.integers(0, 60)


@st.composite
def _bit(trekk: st.DrawFn) -> Bit:
    fra = trekk(_dager)
    til = trekk(st.none() | st.integers(fra + 1, 70))
    slag = trekk(st.sampled_from((LEDIG, STENGT, RESERVERT, BEBODD)))
    return Bit(slag, _DAG + timedelta(fra), _DAG + timedelta(til) if til is not None else None)


@given(st.lists(_bit(), max_size=8))
def test_the_last_word_holds_and_no_day_has_two(nye: list[Bit]) -> None:
    biter: list[Bit] = []
    dager = [_DAG + timedelta(n) for n in range(75)]
    fasit = dict.fromkeys(dager, "")
    for ny in nye:
        truffet = [d for d in dager if ny.fra <= d and (ny.til is None or d < ny.til)]
        if any(fasit[d] in I_BRUK for d in truffet):
            with pytest.raises(ValueError, match="in use"):
                legg_over(biter, ny)
            continue
        biter = legg_over(biter, ny)
        fasit |= dict.fromkeys(truffet, ny.slag)
    assert {d: paa(biter, d) for d in dager} == fasit
    assert not any(a.rorer(b) for nr, a in enumerate(biter) for b in biter[nr + 1 :])
    for fra in dager[::7]:
        for lengde in (1, 5, 30):
            til = fra + timedelta(lengde)
            if til <= dager[-1]:
                alle = all(fasit[d] == LEDIG for d in dager if fra <= d < til)
                assert ledig_for(biter, fra, til) == alle
