"""Out of the chain and back again, as a pure rule."""

from datetime import date

from hypothesis import given
from hypothesis import strategies as st

from bosett.person.rules.fravaer import Fravaer, Utgang, fravaer
from bosett.person.rules.lop import Medlem, pause

JAN, MARS, MAI, JULI = (date(2026, mnd, 1) for mnd in (1, 3, 5, 7))
_nr = st.integers(1, 12)
_dag = st.dates(date(2026, 1, 1), date(2026, 1, 9))


def test_back_is_what_is_told_later_and_is_true_later() -> None:
    ut = [Utgang(5, MARS, "utreist")]
    assert fravaer(ut, [(4, MAI), (6, JAN)]) == (Fravaer(MARS, None, "utreist"),)
    assert fravaer(ut, [(6, JULI), (7, MAI)]) == (Fravaer(MARS, MAI, "utreist"),)
    assert fravaer(ut, [(6, MARS)]) == (Fravaer(MARS, MARS, "utreist"),), (
        "of the same day the last told holds"
    )


def test_an_exit_that_is_corrected_is_one_and_one_after_a_return_is_another() -> None:
    to = [Utgang(2, JAN, "trukket"), Utgang(6, MAI, "utreist")]
    assert fravaer(to, []) == (Fravaer(MAI, None, "utreist"),)
    assert fravaer(to, [(4, MARS)]) == (Fravaer(JAN, MARS, "trukket"), Fravaer(MAI, None, "utreist"))


@given(
    st.lists(st.tuples(_nr, _dag), unique_by=lambda ut: ut[0]), st.lists(st.tuples(_nr, _dag)), st.randoms()
)
def test_the_order_does_not_matter_and_only_the_last_is_open(
    ut: list[tuple[int, date]], her: list[tuple[int, date]], tilfeldig: object
) -> None:
    utganger = [Utgang(nr, dag, "utreist") for nr, dag in ut]
    svar = fravaer(utganger, her)
    for rekke in (utganger, her):
        tilfeldig.shuffle(rekke)  # type: ignore[attr-defined]
    assert fravaer(utganger, her) == svar
    assert bool(svar) == bool(ut) and all(ett.til is not None and ett.fra <= ett.til for ett in svar[:-1])


def test_a_household_is_left_only_when_nobody_is_there() -> None:
    borte = Medlem(JAN, borte=(Fravaer(MARS, JULI, "utreist"),))
    assert pause([borte]) == MARS
    assert pause([borte, Medlem(JAN)]) is None
    assert pause([borte, Medlem(JAN, ut=(MAI, "dod"))]) == MAI
    assert pause([borte, Medlem(JULI)]) == MARS, "who came afterwards was not there then"
    assert pause([Medlem(JAN)]) is None
