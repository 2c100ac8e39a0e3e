"""The wait-day ledger on random histories: every day once, the same whatever the order, and corrections move days but never their number."""

from datetime import date, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from bosett.person.rules.maal import maal
from bosett.person.rules.ventedager import Hendelse, Intervall, Retting, intervaller, tabell
from bosett.person.rules.venting import Fakta, Medlem, venting

START = date(2026, 1, 1)
dager = st.integers(-60, 500).map(lambda n: START + timedelta(n))
hendelser = st.lists(
    st.builds(Hendelse, dager, st.integers(0, 3), st.sampled_from(sorted(tabell().slag)), st.sampled_from(("", "a", "b"))),
    max_size=15,
)  # fmt: skip
slutter = st.none() | st.integers(1, 400).map(lambda n: START + timedelta(n))
perioder = st.tuples(dager, st.none() | st.integers(1, 300)).map(
    lambda to: (to[0], to[0] + timedelta(to[1]) if to[1] else None)
)


@st.composite
def rettinger(draw: st.DrawFn) -> list[Retting]:
    antall = draw(st.integers(0, 4))
    return [
        Retting(
            nr,
            fra := draw(dager),
            fra + timedelta(draw(st.integers(1, 90))),
            draw(st.sampled_from(sorted(tabell().eiere))),
            draw(st.sampled_from(sorted(tabell().grunner))),
        )
        for nr in range(antall)
    ]


@st.composite
def medlemmer(draw: st.DrawFn) -> Medlem:
    koder = st.sampled_from(("flyktning", "kollektiv", "begrenset", "arbeid", ""))
    typer = st.sampled_from(("ordinaert", "em", "omsorgssenter", ""))
    fra = draw(dager)
    return Medlem(
        nr=str(draw(st.integers(1, 3))),
        fra=fra,
        ut=draw(st.none() | st.integers(0, 300).map(lambda n: fra + timedelta(n))),
        fodt=draw(st.dates(date(1960, 1, 1), date(2025, 12, 31))),
        em=draw(st.booleans()),
        overforing=draw(st.booleans()),
        tillatelser=[(*draw(perioder), draw(koder)) for _ in range(draw(st.integers(0, 3)))],
        bor=[(*draw(perioder), draw(typer)) for _ in range(draw(st.integers(0, 3)))],
        verger=[draw(perioder) for _ in range(draw(st.integers(0, 2)))],
    )


@st.composite
def fakta(draw: st.DrawFn) -> Fakta:
    egne = st.sampled_from(("privat", "avtalt_selvbosetting", "selvbosatt"))
    return Fakta(
        apnet=draw(dager),
        medlemmer=draw(st.lists(medlemmer(), max_size=3, unique_by=lambda m: m.nr)),
        lop=draw(st.sampled_from(("", "mottak", "em", "privat", "overforing"))),
        avsluttet=draw(st.none() | dager),
        egne=[(draw(egne), *draw(perioder)) for _ in range(draw(st.integers(0, 2)))],
        sokt=draw(st.none() | dager),
    )


def _deler_opp(rekke: tuple[Intervall, ...], fra: date, til: date | None) -> None:
    assert rekke[0].fra == fra and rekke[-1].til == til
    for ett, neste in pairwise(rekke):
        assert ett.til == neste.fra, "no day twice, none left out"
    assert all(ett.til is None or ett.fra < ett.til for ett in rekke)
    assert {ett.eier for ett in rekke} <= set(tabell().eiere)
    assert {ett.grunn for ett in rekke} <= set(tabell().grunner)
    assert {ett.hendelse for ett in rekke} <= set(tabell().slag)


@given(hendelser, slutter, rettinger())
def test_the_days_are_parted_exactly(alle: list[Hendelse], til: date | None, rettet: list[Retting]) -> None:
    _deler_opp(intervaller(alle, START, til, rettet), START, til)


@given(hendelser, slutter, st.randoms(use_true_random=False))
def test_late_messages_give_the_same_days(alle: list[Hendelse], til: date | None, tilfeldig: object) -> None:
    forst = intervaller(alle, START, til)
    stokket = alle + alle[:2]  # and some are told twice
    tilfeldig.shuffle(stokket)  # type: ignore[attr-defined]
    assert intervaller(stokket, START, til) == forst


@given(hendelser, slutter, rettinger(), st.integers(0, 600))
def test_a_correction_moves_days_and_never_their_number(
    alle: list[Hendelse], til: date | None, rettet: list[Retting], etter: int
) -> None:
    for_, naa = intervaller(alle, START, til), intervaller(alle, START, til, rettet)
    dag = START + timedelta(etter)
    assert sum(i.dager(dag) for i in for_) == sum(i.dager(dag) for i in naa)

    def eier(rekke: tuple[Intervall, ...], paa: date) -> tuple[str, str]:
        return next((i.eier, i.grunn) for i in rekke if i.fra <= paa and (i.til is None or paa < i.til))

    for nr in range(0, min(etter, (til - START).days if til else etter), 7):
        paa = START + timedelta(nr)
        gjelder = [r for r in rettet if r.fra <= paa < r.til]
        assert eier(naa, paa) == ((gjelder[-1].eier, gjelder[-1].grunn) if gjelder else eier(for_, paa))


@given(fakta(), st.booleans(), st.randoms(use_true_random=False))
def test_the_facts_of_a_household_in_any_order_give_the_same_wait(
    ett: Fakta, kartlegges: bool, tilfeldig: object
) -> None:
    svar = venting(ett, kartlegges=kartlegges)
    if svar.fra is not None:
        slutter = [
            ett.avsluttet,
            *(fra for slag, fra, til in ett.egne if slag == "selvbosatt" and til is None),
        ]
        _deler_opp(svar.dager, svar.fra, min((d for d in slutter if d), default=None))
        assert svar.tillatt is None or svar.fra <= svar.tillatt
    else:
        assert svar.dager == ()

    def stokk(rader: object) -> list[object]:
        kopi = list(rader)  # type: ignore[call-overload]
        tilfeldig.shuffle(kopi)  # type: ignore[attr-defined]
        return kopi

    medlemmene = [
        m._replace(tillatelser=stokk(m.tillatelser), bor=stokk(m.bor), verger=stokk(m.verger))
        for m in ett.medlemmer
    ]
    assert (
        venting(ett._replace(medlemmer=stokk(medlemmene), egne=stokk(ett.egne)), kartlegges=kartlegges)
        == svar
    )


def test_six_months_for_most_and_three_for_those_who_came_alone_as_children() -> None:
    permit = date(2026, 1, 1)
    voksen, em = maal(permit, False), maal(permit, True)
    assert (voksen.frist, em.frist) == (date(2026, 7, 1), date(2026, 4, 1))
    assert not voksen.over(date(2026, 7, 1)) and voksen.over(date(2026, 7, 2))
    assert not em.over(date(2026, 4, 1)) and em.over(date(2026, 4, 2))
    assert "S0" in voksen.sats.kilde and voksen.sats.enhet == "måneder"
    assert maal(date(2026, 8, 31), False).frist == date(2027, 2, 28)
