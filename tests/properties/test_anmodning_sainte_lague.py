"""The dividing algorithm itself, against slow and obvious ways of doing the same."""

import itertools
import os
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bosett.anmodning.rules.endringspunkter import endringspunkter
from bosett.anmodning.rules.sainte_lague import GaarIkkeOpp, Post, fordel

GRUNDIG = os.environ.get("BOSETT_GRUNDIG") == "1"
innstilling = settings(
    max_examples=2000 if GRUNDIG else 80, deadline=None, derandomize=not GRUNDIG, database=None
)


@st.composite
def pulje(draw: st.DrawFn, *, storst: int = 6, minst: int = 1) -> list[Post]:
    antall = draw(st.integers(minst, storst))
    poster = []
    for nr in range(antall):
        minimum = draw(st.sampled_from([1, 1, 2, 3, 10]))
        poster.append(
            Post(
                nr=f"{nr:04d}",
                folketall=draw(st.integers(1, 6)),
                nokkel=draw(st.integers(1, 60)),
                minimum=minimum,
                tak=draw(st.sampled_from([minimum, minimum + 1, minimum + 5, 60])),
                tvungen=draw(st.integers(0, 4)) == 0,
            )
        )
    return poster


def langsomt(poster: list[Post], total: int) -> dict[str, int] | None:
    """Every event in a list, with fractions, one after another. None when the door closes on a rest."""
    hendelser: list[tuple[Fraction, int, str, int, Post]] = []
    for p in poster:
        if not p.tvungen:
            hendelser.append((Fraction(p.minimum, p.nokkel), -p.folketall, p.nr, p.minimum, p))
        hendelser += [
            (Fraction(2 * k - 1, p.nokkel), -p.folketall, p.nr, k, p) for k in range(p.minimum + 1, p.tak + 1)
        ]
    tall = {p.nr: p.minimum for p in poster if p.tvungen}
    rest = total - sum(tall.values())
    stengt = False
    for _, _, nr, k, p in sorted(hendelser, key=lambda h: h[:4]):
        if rest == 0:
            break
        if k == p.minimum:
            stengt = stengt or p.minimum > rest
            if not stengt:
                tall[nr] = k
                rest -= k
        elif nr in tall:
            tall[nr] += 1
            rest -= 1
    return None if rest else tall


def gaar_opp(poster: list[Post], total: int) -> bool:
    """Any set whose lowest numbers and caps surround the total, by trying all."""
    valg = [p for p in poster if not p.tvungen]
    tvungne = [p for p in poster if p.tvungen]
    for n in range(len(valg) + 1):
        for noen in itertools.combinations(valg, n):
            inne = [*tvungne, *noen]
            if sum(p.minimum for p in inne) <= total <= sum(p.tak for p in inne):
                return True
    return False


@innstilling
@given(pulje(), st.integers(1, 80))
def test_same_as_the_slow_way_and_refuses_only_what_cannot_be_done(poster: list[Post], total: int) -> None:
    if not gaar_opp(poster, total):
        with pytest.raises(GaarIkkeOpp):
            fordel(poster, total)
        return
    svar = fordel(poster, total)
    assert sum(svar.tall.values()) == total
    for p in poster:
        assert svar.tall.get(p.nr, 0) == 0 or p.minimum <= svar.tall[p.nr] <= p.tak
        assert not p.tvungen or p.nr in svar.tall
    fasit = langsomt(poster, total)
    assert svar.etter_nod == (fasit is None)
    if fasit is not None:
        assert svar.tall == fasit


@innstilling
@given(pulje(storst=4), st.integers(1, 24))
def test_least_sum_of_squares_over_key_among_all_divisions(poster: list[Post], total: int) -> None:
    """Brute force: for the municipalities that are in, no other whole numbers inside the bounds do better."""
    try:
        svar = fordel(poster, total)
    except GaarIkkeOpp:
        return
    inne = [p for p in poster if p.nr in svar.tall]

    def kostnad(tall: tuple[int, ...]) -> Fraction:
        return sum((Fraction(x * x, p.nokkel) for x, p in zip(tall, inne, strict=True)), Fraction(0))

    alle = itertools.product(*(range(p.minimum, min(p.tak, total) + 1) for p in inne))
    minst = min(kostnad(tall) for tall in alle if sum(tall) == total)
    assert kostnad(tuple(svar.tall[p.nr] for p in inne)) == minst


@innstilling
@given(pulje(storst=8), st.integers(1, 120), st.integers(2, 10**9), st.randoms(use_true_random=False))
def test_scaled_keys_and_shuffled_rows_change_nothing(poster, total, skala, tilfeldig) -> None:  # type: ignore[no-untyped-def]
    try:
        svar = fordel(poster, total)
    except GaarIkkeOpp:
        return
    andre = [Post(p.nr, p.folketall, p.nokkel * skala, p.minimum, p.tak, p.tvungen) for p in poster]
    tilfeldig.shuffle(andre)
    assert fordel(andre, total).tall == svar.tall


@innstilling
@given(pulje(storst=8, minst=2), st.integers(1, 120))
def test_one_more_place_takes_none_away_but_at_an_entry(poster: list[Post], total: int) -> None:
    try:
        svar, mer = fordel(poster, total), fordel(poster, total + 1)
    except GaarIkkeOpp:
        return
    if svar.etter_nod or mer.etter_nod:
        return
    ned = {
        nr: antall - mer.tall.get(nr, 0) for nr, antall in svar.tall.items() if antall > mer.tall.get(nr, 0)
    }
    if set(svar.tall) == set(mer.tall):
        assert not ned
    else:
        nye = [p for p in poster if p.nr in mer.tall and p.nr not in svar.tall]
        assert set(svar.tall) < set(mer.tall)
        assert sum(ned.values()) == sum(p.minimum for p in nye) - 1 + sum(
            svar.tall[nr] - mer.tall[nr] for nr in svar.tall if mer.tall[nr] > svar.tall[nr]
        )


@innstilling
@given(pulje(storst=8), st.integers(1, 120), st.integers(0, 7), st.integers(1, 40))
def test_a_larger_key_never_gives_fewer(poster: list[Post], total: int, hvem: int, mer: int) -> None:
    try:
        svar = fordel(poster, total)
    except GaarIkkeOpp:
        return
    valgt = poster[hvem % len(poster)]
    nye = [
        Post(p.nr, p.folketall, p.nokkel + (mer if p is valgt else 0), p.minimum, p.tak, p.tvungen)
        for p in poster
    ]
    etter = fordel(nye, total)
    if not svar.etter_nod and not etter.etter_nod:
        assert etter.tall.get(valgt.nr, 0) >= svar.tall.get(valgt.nr, 0)


@innstilling
@given(pulje(storst=8, minst=2), st.integers(1, 120), st.integers(1, 255))
def test_a_part_of_the_country_divides_its_own_sum_alike(poster: list[Post], total: int, maske: int) -> None:
    """Sub-total consistency, for those who are in: what two neighbours have, they would have alone."""
    try:
        svar = fordel(poster, total)
    except GaarIkkeOpp:
        return
    del_ = [
        Post(p.nr, p.folketall, p.nokkel, p.minimum, p.tak, tvungen=True)
        for nr, p in enumerate(poster)
        if p.nr in svar.tall and maske >> nr & 1
    ]
    if del_:
        sum_ = sum(svar.tall[p.nr] for p in del_)
        assert fordel(del_, sum_).tall == {p.nr: svar.tall[p.nr] for p in del_}


@innstilling
@given(st.lists(st.integers(1, 40), min_size=1, max_size=6), st.integers(1, 120))
def test_twins_differ_by_at_most_one(nokler: list[int], total: int) -> None:
    poster = [
        Post(f"{nr}{side}", 5, nokkel, 2, 200, tvungen=True)
        for nr, nokkel in enumerate(nokler)
        for side in "ab"
    ]
    if total < sum(p.minimum for p in poster):
        return
    tall = fordel(poster, total).tall
    assert all(abs(tall[f"{nr}a"] - tall[f"{nr}b"]) <= 1 for nr in range(len(nokler)))


def test_tie_goes_to_more_inhabitants_then_lower_number() -> None:
    like = [Post(nr, folk, 100, 1, 9, tvungen=True) for nr, folk in (("c", 1), ("b", 2), ("a", 2), ("d", 3))]
    assert fordel(like, 5).tall == {"a": 1, "b": 1, "c": 1, "d": 2}
    assert fordel(like, 6).tall == {"a": 2, "b": 1, "c": 1, "d": 2}
    assert fordel(like, 7).tall == {"a": 2, "b": 2, "c": 1, "d": 2}


def test_same_as_the_apportionment_library() -> None:
    methods = pytest.importorskip("apportionment.methods")
    stemmer = [53_001, 24_011, 16_007, 4_003, 2_999, 997]
    poster = [Post(f"{nr}", v, v, 0, 500) for nr, v in enumerate(stemmer)]
    for total in range(1, 90):
        fasit = methods.compute("saintelague", stemmer, total, verbose=False)
        svar = fordel(poster, total).tall
        assert [svar.get(str(nr), 0) for nr in range(len(stemmer))] == fasit


@innstilling
@given(pulje(storst=6), st.integers(8, 60), st.booleans())
def test_turning_points_are_those_of_dividing_again(poster: list[Post], total: int, romslig: bool) -> None:
    """`next`, `one less` and `not asked` equal what a new division says at each need up to two and a half times."""
    # One that is always in and has room, so that every need can be divided in the order of entry.
    poster = [
        *(Post(p.nr, p.folketall, p.nokkel, p.minimum, 500 if romslig else p.tak, False) for p in poster),
        Post("9999", 3, 7, 1, 500, tvungen=True),
    ]
    alle = {behov: fordel(poster, behov).tall for behov in range(1, int(total * 2.5) + 1)}
    naa = alle[total]
    punkter = endringspunkter(poster, naa, total, utenfor=7)
    for p in poster:
        har = naa.get(p.nr, 0)
        opp = [n for n, tall in alle.items() if n > total and tall.get(p.nr, 0) > har]
        ned = [n for n, tall in alle.items() if n < total and tall.get(p.nr, 0) < har]
        ut = [n for n, tall in alle.items() if n < total and har and not tall.get(p.nr, 0)]
        svar = punkter[p.nr]
        if opp:
            assert svar.neste_plass == min(opp) + 7
        else:
            assert svar.neste_plass is None or svar.neste_plass - 7 > max(alle)
        assert svar.en_faerre == (max(ned) + 7 if ned else None)
        # A need of 0 is no need; a municipality first in line is «not asked» only there.
        assert (svar.ikke_spurt or 7) == (max(ut) + 7 if ut else 7)
