"""More of a home never makes it suit worse, and what somebody gets to know never adds to what is unknown."""

import itertools
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from bosett.bolig.models_bolig import FUNKSJONER
from bosett.bolig.rules.passer import Behov, Hjem, kravene, passer, soverom_til, tell
from bosett.bolig.rules.perioder import LEDIG, RESERVERT, Bit, fri_til, frigi, legg_over

DAG = date(2026, 11, 23)
_DAGER = st.dates(DAG - timedelta(200), DAG + timedelta(800))
_KM = st.none() | st.decimals(0, 20, places=1)
_FUNKSJONER = st.frozensets(st.sampled_from(FUNKSJONER))
HJEM = st.builds(
    Hjem, plasser=st.integers(1, 12), soverom=st.integers(1, 8), funksjoner=_FUNKSJONER, tilgjengelig_kjent=st.booleans(),
    km_skole=_KM, km_barnehage=_KM, km_buss=_KM, km_sentrum=_KM, dyr=st.none() | st.booleans(), ledig_fra=st.none() | _DAGER,
    siste_dag=st.none() | _DAGER,
)  # fmt: skip
BEHOV = st.builds(
    Behov, aldre=st.lists(st.integers(0, 90), min_size=1, max_size=9).map(lambda a: tuple(sorted(a))), fra=_DAGER, par=st.integers(0, 2),
    funksjoner=st.none() | _FUNKSJONER, barnehage=st.none() | st.booleans(), naer_buss=st.booleans(), naer_sentrum=st.booleans(),
    dyr=st.booleans(),
)  # fmt: skip


@given(HJEM, BEHOV)
def test_room_never_makes_it_worse(hjem: Hjem, behov: Behov) -> None:
    krav = kravene(behov, DAG)
    for storre in (
        replace(hjem, plasser=hjem.plasser + 1),
        replace(hjem, soverom=hjem.soverom + 1),
        replace(hjem, funksjoner=hjem.funksjoner | {"trinnfri"}),
        replace(hjem, siste_dag=None),
        replace(hjem, km_skole=Decimal(0)),
    ):
        assert tell(storre, krav) <= tell(hjem, krav)


@given(HJEM, BEHOV)
def test_the_count_is_that_of_the_reasons(hjem: Hjem, behov: Behov) -> None:
    svar = passer(hjem, kravene(behov, DAG))
    ikke = [g for g in svar.grunner if g.utfall == "passer_ikke"]
    assert svar.rekkefolge == (
        sum(g.hard for g in ikke),
        sum(not g.hard for g in ikke),
        sum(g.utfall == "vet_ikke" for g in svar.grunner),
    )
    assert (svar.samlet == "passer_ikke") == bool(svar.avvik)


@given(BEHOV, st.integers(0, 90))
def test_one_more_never_needs_less(behov: Behov, alder: int) -> None:
    flere = replace(behov, aldre=(*behov.aldre, alder))
    assert soverom_til(behov, DAG) <= soverom_til(flere, DAG) <= soverom_til(behov, DAG) + 1
    assert 1 <= soverom_til(behov, DAG) <= len(behov.aldre)


@given(_DAGER, st.integers(1, 400), st.integers(0, 300), st.integers(0, 400))
def test_held_and_let_go_is_free_as_before(fra: date, lengde: int, etter: int, dag: int) -> None:
    ledig = [Bit(LEDIG, fra, fra + timedelta(lengde)), Bit("stengt", fra + timedelta(lengde), None)]
    begynner = fra + timedelta(min(etter, lengde - 1))
    til = fri_til(ledig, begynner)
    assert til == fra + timedelta(lengde)
    holdt = legg_over(ledig, Bit(RESERVERT, begynner, til, 7))
    assert frigi(holdt, 7, begynner) == ledig
    assert frigi(holdt, 8, begynner) == holdt
    senere = begynner + timedelta(dag)
    igjen = frigi(holdt, 7, senere)
    assert (igjen == holdt) == (senere >= til)
    assert all(a.til == b.fra for a, b in itertools.pairwise(igjen))
