"""Series across mergers and splits: sums follow the identity, estimates and holes are flagged."""

from datetime import date
from decimal import Decimal

from hypothesis import given
from hypothesis import strategies as st

from bosett.geografi.rules.bro import Brobok, Kant, Nummerbruk
from bosett.kilder.tall import Tilstand
from bosett.statistikk.rules.serie import Andel, Del, andel_av, forgjengere, serie, sla_sammen

EN, TALL = Decimal(1), Tilstand.TALL
HALV = Andel(Decimal("0.5"), True)
D2020, D2024 = date(2020, 1, 1), date(2024, 1, 1)


def brobok() -> Brobok:
    """A (0001) and B (0002) become C (0010) in 2020; C is split in D (0020) and E (0021) in 2024; F (0030) goes on."""
    bruk = [
        Nummerbruk("0001", "A", None, D2020), Nummerbruk("0002", "B", None, D2020), Nummerbruk("0010", "C", D2020, D2024),
        Nummerbruk("0020", "D", D2024, None), Nummerbruk("0021", "E", D2024, None), Nummerbruk("0030", "F", None, None),
    ]  # fmt: skip
    kanter = [
        Kant("A", "C", "sammenslaing", D2020, EN), Kant("B", "C", "sammenslaing", D2020, EN),
        Kant("C", "D", "deling", D2024, Decimal("0.8"), True), Kant("C", "E", "deling", D2024, Decimal("0.2"), True),
    ]  # fmt: skip
    return Brobok(bruk, kanter)


def del_(nummer: str, verdi: int | None, tilstand: Tilstand = TALL) -> Del:
    return Del(nummer, nummer, verdi, tilstand)


def test_a_merger_adds_and_a_split_weighs_and_is_flagged():
    tall = {(2015, "bosatt"): [del_("0001", 30), del_("0002", 20)], (2021, "bosatt"): [del_("0010", 50)],
            (2025, "bosatt"): [del_("0020", 41), del_("0021", 9)]}  # fmt: skip
    d = serie(tall, andel_av(brobok(), "D"))
    assert [(d[aar, "bosatt"].verdi, d[aar, "bosatt"].anslag) for aar in (2015, 2021, 2025)] == [
        (40, True),
        (40, True),
        (41, False),
    ]
    assert [p.nummer for p in d[2015, "bosatt"].deler] == ["0001", "0002"]
    assert "F" not in forgjengere(brobok().kanter, "D") and forgjengere(brobok().kanter, "D") == {
        "A",
        "B",
        "C",
        "D",
    }


def test_a_hidden_or_missing_part_makes_the_sum_at_least_and_never_zero():
    for tilstand in (Tilstand.SKJULT, Tilstand.MANGLER, Tilstand.IKKE_AKTUELT, Tilstand.AVVENTER):
        sum_ = sla_sammen([del_("0001", 30), del_("0002", None, tilstand)])
        assert (sum_.verdi, sum_.minst) == (30, True)
        alene = sla_sammen([del_("0002", None, tilstand)])
        assert (alene.verdi, alene.tilstand) == (None, tilstand)


def test_a_part_that_was_not_asked_lacks_nothing():
    sum_ = sla_sammen([del_("0001", 30), del_("0002", None, Tilstand.IKKE_ANMODET)])
    assert (sum_.verdi, sum_.minst) == (30, False)


def test_an_unknown_share_is_not_guessed():
    sum_ = sla_sammen([Del("0010", "C", 50, TALL, Andel(None))])
    assert (sum_.verdi, sum_.tilstand) == (None, Tilstand.MANGLER)


def test_an_estimate_of_nothing_is_no_estimate():
    assert not sla_sammen([Del("0010", "C", 0, TALL, HALV)]).anslag


@given(st.lists(st.integers(0, 5000), min_size=1, max_size=6))
def test_merged_wholes_add_up_exactly(verdier):
    assert sla_sammen([del_(f"{i:04}", v) for i, v in enumerate(verdier)]).verdi == sum(verdier)


@given(st.integers(0, 5000))
def test_the_parts_of_a_split_add_up_to_about_the_whole(verdi):
    tall = {(2021, "bosatt"): [del_("0010", verdi)]}
    deler = [serie(tall, andel_av(brobok(), hvem))[2021, "bosatt"].verdi for hvem in "DE"]
    assert abs(sum(deler) - verdi) <= 1
