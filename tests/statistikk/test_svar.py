"""What a municipality answered: a hole is never a no."""

import pytest

from bosett.kilder.tall import Tilstand
from bosett.statistikk.rules.kart import plasser
from bosett.statistikk.rules.svar import Svar, svar

T = Tilstand


@pytest.mark.parametrize(
    ("anmodet", "vedtatt", "forventet"),
    [
        ((50, T.TALL), (50, T.TALL), Svar.HELE), ((50, T.TALL), (40, T.TALL), Svar.FAERRE), ((50, T.TALL), (60, T.TALL), Svar.FLERE),
        ((50, T.TALL), (0, T.TALL), Svar.NEI), ((50, T.TALL), (None, T.AVVENTER), Svar.IKKE_SVART), ((0, T.TALL), (None, T.IKKE_ANMODET), Svar.IKKE_SPURT),
        ((0, T.TALL), (0, T.TALL), Svar.IKKE_SPURT), ((50, T.TALL), (None, T.SKJULT), Svar.VET_IKKE), ((50, T.TALL), None, Svar.VET_IKKE),
        ((None, T.IKKE_AKTUELT), (17, T.TALL), Svar.UTEN_ANMODNING), ((None, T.IKKE_AKTUELT), (None, T.IKKE_AKTUELT), Svar.VET_IKKE),
        (None, None, Svar.VET_IKKE),
    ],
)  # fmt: skip
def test_an_answer_follows_from_what_was_asked_and_decided(anmodet, vedtatt, forventet):
    assert svar(anmodet, vedtatt) is forventet


@pytest.mark.parametrize(
    ("aar", "antall"), [(1995, 19), (2017, 19), (2018, 18), (2020, 11), (2024, 15), (2026, 15)]
)
def test_every_county_has_its_own_tile(aar, antall):
    sted = plasser(aar)
    assert len(sted) == antall == len(set(sted.values()))
