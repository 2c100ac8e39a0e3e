"""Disclosure control and sums: nothing hidden counts as zero."""

import pytest

from bosett.kilder.tall import Tilstand
from bosett.statistikk.rules.prikking import prikk
from bosett.statistikk.rules.summer import Kontroll, Sum, kontroller, med_trykt, summer

TALL, SKJULT, MANGLER = Tilstand.TALL, Tilstand.SKJULT, Tilstand.MANGLER


@pytest.mark.parametrize(("verdi", "skjules"), [(0, False), (1, True), (4, True), (5, False), (None, False)])
def test_small_figures_of_settled_persons_are_hidden(verdi, skjules):
    tilstand = TALL if verdi is not None else MANGLER
    for maal in ("bosatt", "bosatt_em", "bosatt_kollektiv", "avtalt", "avtalt_kollektiv"):
        assert prikk(maal, verdi, tilstand) == ((None, SKJULT, True) if skjules else (verdi, tilstand, False))


@pytest.mark.parametrize(
    "maal", ["anmodning", "anmodning_em", "vedtak", "vedtak_em", "opprinnelig_anmodning"]
)
def test_requests_and_decisions_are_public_decisions_and_never_hidden(maal):
    assert prikk(maal, 3, TALL) == (3, TALL, False)


def test_a_sum_counts_what_it_lacks():
    celler = [
        (10, TALL),
        (None, SKJULT),
        (None, MANGLER),
        (None, Tilstand.AVVENTER),
        (None, Tilstand.IKKE_ANMODET),
        (0, TALL),
    ]
    assert summer(celler) == Sum(10, tall=2, skjulte=1, mangler=1, avventer=1, minst=True)


def test_a_sum_of_nothing_known_is_not_zero():
    assert summer([(None, MANGLER), (None, SKJULT)]).verdi is None


def test_a_printed_sum_is_used_when_it_can_hold_the_hidden_cells():
    var = summer([(100, TALL), (None, SKJULT), (None, SKJULT)])
    assert med_trykt(var, 105) == Sum(105, 1, 2, 0, 0, minst=False, trykt=True)
    assert med_trykt(var, 100).minst, "the printed sum leaves the hidden cells out"
    assert med_trykt(var, 109).verdi == 109, "the source hides larger figures too"
    assert med_trykt(var, 101).minst, "two hidden cells hold at least two"
    assert med_trykt(summer([(100, TALL)]), 105).verdi == 100, (
        "nothing is hidden: our own sum, the difference is listed"
    )


@pytest.mark.parametrize(
    ("vaar", "skjulte", "trykt", "forventet"),
    [
        (1045, 0, 1050, Kontroll.AVVIK), (100, 2, 105, Kontroll.MED_SKJULTE), (100, 2, 100, Kontroll.UTEN_SKJULTE),
        (100, 0, 100, Kontroll.LIK), (100, 0, None, Kontroll.IKKE_TRYKT), (100, 2, 99, Kontroll.AVVIK),
        (100, 2, 101, Kontroll.AVVIK), (100, 2, 109, Kontroll.STORRE_SKJULTE),
    ],
)  # fmt: skip
def test_a_difference_is_listed_unless_hidden_cells_explain_it(vaar, skjulte, trykt, forventet):
    assert kontroller(vaar, skjulte, trykt) is forventet
