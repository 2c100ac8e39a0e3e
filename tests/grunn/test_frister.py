"""Deadlines: month ends, leap years, New Year, the nights the clocks change, and holidays."""

from datetime import UTC, date, datetime, timedelta
from itertools import pairwise
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bosett.grunn.frister import (
    alvor,
    dager_igjen,
    er_ute,
    er_virkedag,
    frist,
    frist_tekst,
    helligdag,
    legg_til_aar,
    legg_til_dager,
    legg_til_maaneder,
    legg_til_uker,
    legg_til_virkedager,
    neste_virkedag,
    tid_igjen,
    utloper,
)
from bosett.grunn.klokke import OSLO

DATOER = st.dates(date(1990, 1, 1), date(2060, 12, 31))
I_DAG = date(2026, 11, 23)


@pytest.mark.parametrize(
    ("dato", "maaneder", "ventet"),
    [
        (date(2026, 1, 31), 1, date(2026, 2, 28)),
        (date(2028, 1, 31), 1, date(2028, 2, 29)),
        (date(2026, 1, 31), 2, date(2026, 3, 31)),
        (date(2026, 3, 31), -1, date(2026, 2, 28)),
        (date(2026, 12, 31), 2, date(2027, 2, 28)),
        (date(2026, 1, 15), -1, date(2025, 12, 15)),
        (date(2026, 5, 17), 0, date(2026, 5, 17)),
        (date(2026, 10, 31), 14, date(2027, 12, 31)),
    ],
)
def test_maaneder(dato, maaneder, ventet):
    assert legg_til_maaneder(dato, maaneder) == ventet


def test_skuddaarsdagen():
    assert legg_til_aar(date(2028, 2, 29), 1) == date(2029, 2, 28)
    assert legg_til_aar(date(2028, 2, 29), 4) == date(2032, 2, 29)
    assert legg_til_dager(date(2028, 2, 28), 1) == date(2028, 2, 29)


@given(DATOER, st.integers(-600, 600))
def test_maaned_beholder_dagen_eller_tar_den_siste(dato, maaneder):
    ny = legg_til_maaneder(dato, maaneder)
    assert (ny.year * 12 + ny.month) - (dato.year * 12 + dato.month) == maaneder
    assert ny.day == dato.day or (ny.day < dato.day and (ny + timedelta(days=1)).day == 1)


@given(DATOER, DATOER, st.integers(0, 120))
def test_senere_start_gir_aldri_tidligere_frist(en, annen, maaneder):
    tidlig, sen = sorted((en, annen))
    assert legg_til_maaneder(tidlig, maaneder) <= legg_til_maaneder(sen, maaneder)


@given(DATOER, st.integers(-200, 200))
def test_uker_beholder_ukedagen(dato, uker):
    assert legg_til_uker(dato, uker).weekday() == dato.weekday()


def test_utenfor_kalenderen():
    with pytest.raises(OverflowError):
        legg_til_maaneder(date(9999, 12, 1), 1)
    with pytest.raises(OverflowError):
        legg_til_maaneder(date(1, 1, 1), -1)


@pytest.mark.parametrize(
    ("dato", "navn"),
    [
        (date(2026, 1, 1), "Første nyttårsdag"),
        (date(2026, 4, 2), "Skjærtorsdag"),
        (date(2026, 4, 5), "Første påskedag"),
        (date(2026, 5, 14), "Kristi himmelfartsdag"),
        (date(2026, 5, 17), "Grunnlovsdag"),
        (date(2026, 5, 25), "Andre pinsedag"),
        (date(2026, 12, 26), "Andre juledag"),
        (date(2026, 12, 24), None),
        (date(2026, 11, 22), None),  # an ordinary Sunday
        (date(2008, 5, 1), "Arbeidernes dag"),  # Ascension Day fell on 1 May
    ],
)
def test_helligdager_med_bokmaalsnavn(dato, navn):
    assert (helligdag(dato) or "").split("; ")[0].startswith(navn or "") and bool(helligdag(dato)) == bool(
        navn
    )


def test_frist_i_paasken_flyttes_til_tredje_paaskedag():
    onsdag = date(2026, 4, 1)
    assert frist(date(2026, 3, 19), uker=2, til_virkedag=True) == date(2026, 4, 7)
    assert frist(date(2026, 3, 19), uker=2) == date(2026, 4, 2)
    assert neste_virkedag(onsdag) == onsdag
    assert legg_til_virkedager(onsdag, 1) == date(2026, 4, 7)


def test_frist_over_nyttaar():
    assert frist(date(2026, 12, 18), uker=2, til_virkedag=True) == date(2027, 1, 4)
    assert frist(date(2026, 11, 30), maaneder=3) == date(2027, 2, 28)


def test_maaneder_telles_for_dager():
    assert frist(date(2026, 1, 31), maaneder=1, dager=1) == date(2026, 3, 1)


@given(DATOER)
def test_neste_virkedag_er_den_forste(dato):
    neste = neste_virkedag(dato)
    assert er_virkedag(neste)
    assert 0 <= (neste - dato).days <= 6
    assert not any(er_virkedag(dato + timedelta(days=n)) for n in range((neste - dato).days))


@given(DATOER, st.integers(0, 40))
def test_virkedager_teller_bare_virkedager(dato, antall):
    slutt = legg_til_virkedager(dato, antall)
    dager = (dato + timedelta(days=n) for n in range(1, (slutt - dato).days + 1))
    assert sum(map(er_virkedag, dager)) == antall


def test_virkedager_bakover_er_ikke_lov():
    with pytest.raises(ValueError):
        legg_til_virkedager(I_DAG, -1)


# --- the moment a deadline runs out -----------------------------------------------------------------------------


def test_ute_ved_midnatt_i_oslo_og_ikke_i_london():
    frist_ = date(2026, 11, 23)
    assert not er_ute(frist_, datetime(2026, 11, 23, 23, 59, 59, tzinfo=OSLO))
    assert er_ute(frist_, datetime(2026, 11, 24, tzinfo=OSLO))
    assert er_ute(frist_, datetime(2026, 11, 23, 23, 0, tzinfo=UTC))  # already the 24th in Norway
    assert not er_ute(frist_, datetime(2026, 11, 23, 22, 59, tzinfo=UTC))
    assert er_ute(frist_, datetime(2026, 11, 23, 23, 30, tzinfo=ZoneInfo("Europe/London")))


@pytest.mark.parametrize(
    ("dagen", "timer"), [(date(2026, 3, 29), 23), (date(2026, 10, 25), 25), (date(2026, 6, 1), 24)]
)
def test_dagen_klokken_stilles(dagen, timer):
    midnatt = datetime(dagen.year, dagen.month, dagen.day, tzinfo=OSLO)
    assert tid_igjen(dagen, midnatt) == timedelta(hours=timer)
    assert dager_igjen(dagen, midnatt.date()) == 0


def test_den_doble_timen_om_hosten():
    dagen = date(2026, 10, 25)
    forste = datetime(2026, 10, 25, 2, 30, tzinfo=OSLO)
    assert tid_igjen(dagen, forste) - tid_igjen(dagen, forste.replace(fold=1)) == timedelta(hours=1)


@given(DATOER, st.integers(0, 3 * 24 * 60))
def test_ute_er_det_samme_som_at_datoen_er_passert(frist_, minutter):
    naa = (
        datetime(frist_.year, frist_.month, frist_.day, tzinfo=UTC) + timedelta(minutes=minutter)
    ).astimezone(OSLO)
    assert er_ute(frist_, naa) == (naa.date() > frist_) == (dager_igjen(frist_, naa.date()) < 0)
    assert utloper(frist_).date() == frist_ + timedelta(days=1)


def test_tid_uten_sone_avvises():
    with pytest.raises(ValueError):
        er_ute(I_DAG, datetime(2026, 11, 23, 12))  # noqa: DTZ001


# --- words ------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("dager", "tekst", "farge"),
    [
        (1000, "1\u202f000 dager igjen", "rolig"),
        (4, "4 dager igjen", "rolig"),
        (2, "2 dager igjen", "rolig"),
        (1, "1 dag igjen", "snart"),
        (0, "siste dag", "snart"),
        (-1, "1 dag over", "over"),
        (-3, "3 dager over", "over"),
    ],
)
def test_ord_og_farge_paa_klokken(dager, tekst, farge):
    frist_ = I_DAG + timedelta(days=dager)
    assert frist_tekst(frist_, I_DAG) == tekst
    assert alvor(frist_, I_DAG) == farge


def test_ord_paa_nynorsk_og_engelsk():
    assert frist_tekst(I_DAG + timedelta(days=4), I_DAG, "nn") == "4 dagar igjen"
    assert frist_tekst(I_DAG - timedelta(days=1), I_DAG, "en") == "1 day over"


@given(DATOER)
def test_fargen_gaar_bare_en_vei(frist_):
    rekke = [alvor(frist_, frist_ + timedelta(days=n)) for n in range(-5, 5)]
    orden = ["rolig", "snart", "over"]
    assert all(orden.index(a) <= orden.index(b) for a, b in pairwise(rekke))
