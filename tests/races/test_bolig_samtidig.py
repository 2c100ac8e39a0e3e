"""Many hold homes at the same time: a home has one household, a household one home, and nobody waits for ever."""

from collections import Counter

import pytest
from tests.bolig.koblet import KOMMUNE, bolig, dager, husholdning, koble, losne

from bosett.aktor.kontekst import som, system
from bosett.bolig.models import Boligkobling
from bosett.spor.verifisering import verifiser
from samtidig import koder


@pytest.mark.parametrize("gang", range(2))
def test_six_households_want_the_same_home(land: str, gang: int) -> None:
    b, saker = bolig(), [husholdning() for _ in range(6)]
    utfall = koder(*[lambda h=h: koble(h, b) for h in saker])
    assert Counter(utfall) == {"ok": 1, "BOLIG-IKKE-LEDIG": 5}
    assert [d[0] for d in dager(b)] == ["reservert"]
    with som(system("prove")):
        assert Boligkobling.objects.count() == 1 and verifiser().feil == []


def test_six_homes_for_the_same_household(land: str) -> None:
    h, boliger = husholdning(), [bolig() for _ in range(6)]
    hvem = ["imdi_radgiver", KOMMUNE] * 3
    utfall = koder(*[lambda b=b, r=r: koble(h, b, r) for b, r in zip(boliger, hvem, strict=True)])
    assert Counter(utfall) == {"ok": 1, "BOLIG-HAR-BOLIG": 5}
    assert Counter(d[0] for b in boliger for d in dager(b)) == {"reservert": 1, "ledig": 5}


def test_the_same_choice_sent_six_times_is_one(land: str) -> None:
    h, b = husholdning(), bolig()
    assert koder(*[lambda: koble(h, b)] * 6) == ["ok"] * 6
    with som(system("prove")):
        assert Boligkobling.objects.count() == 1


def test_let_go_and_taken_at_once_by_others(land: str) -> None:
    b, forst, annen = bolig(), husholdning(), husholdning()
    k = koble(forst, b)
    utfall = koder(lambda: losne(k.uuid), lambda: koble(annen, b), lambda: losne(k.uuid, KOMMUNE))
    assert utfall[0] == utfall[2] == "ok" and utfall[1] in ("ok", "BOLIG-IKKE-LEDIG")
    with som(system("prove")):
        levende = Boligkobling.objects.filter(tilstand="reservert").count()
        assert levende == (utfall[1] == "ok")
    assert [d[0] for d in dager(b)] == (["reservert"] if levende else ["ledig"])
