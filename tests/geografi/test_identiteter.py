"""From SSB's list of changes to municipalities that keep their identity."""

import random
from collections import Counter
from datetime import date
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from bosett.geografi.rules.identiteter import bygg_identiteter
from bosett.kilder.lesere.klass import Endring, les_endringer

D = date(2020, 1, 1)


def _overganger(bok, i):
    return [(o.dato.year, o.slag, o.fra_nummer, o.til_nummer) for o in bok.overganger if i in (o.fra, o.til)]


def _historie(bok, nummer):
    return [
        (v.nummer, v.trykt, v.fra and v.fra.year, v.til and v.til.year)
        for v in bok.identiteter[bok.gjeldende()[nummer]]
    ]


def test_alle_357_nas(bok, dagens):
    assert set(bok.gjeldende()) == set(dagens)
    assert len(set(bok.gjeldende().values())) == 357
    assert bok.advarsler == []
    assert Counter(o.slag for o in bok.overganger)["deling"] == 9


def test_hver_endring_i_listen_finnes_igjen(bok, endringsliste):
    par = {(o.dato, o.fra_nummer, o.til_nummer) for o in bok.overganger}
    uten = [e for e in les_endringer(endringsliste) if (e.dato, e.gammel_kode, e.ny_kode) not in par]
    assert {e.gammel_kode for e in uten} == {"0704", "1103", "5001", "1514", "1867"}, (
        "vokste eller ble skrevet annerledes"
    )
    assert all(e.gammel_kode == e.ny_kode for e in uten)


def test_alesund_og_haram(bok):
    assert _historie(bok, "1508") == [
        ("1504", "Ålesund", None, 2020),
        ("1507", "Ålesund", 2020, 2024),
        ("1508", "Ålesund", 2024, None),
    ]
    assert _historie(bok, "1580") == [("1534", "Haram", None, 2020), ("1580", "Haram", 2024, None)]
    assert _overganger(bok, bok.gjeldende()["1580"]) == [
        (2020, "sammenslaing", "1534", "1507"),
        (2024, "deling", "1507", "1580"),
    ]


def test_trondheim(bok):
    assert _historie(bok, "5001") == [
        ("1601", "Trondheim", None, 2018), ("5001", "Trondheim", 2018, 2023), ("5001", "Trondheim - Tråante", 2023, None),
    ]  # fmt: skip
    assert _overganger(bok, bok.gjeldende()["5001"]) == [
        (2018, "nummerbytte", "1601", "5001"), (2020, "sammenslaing", "5030", "5001"), (2023, "navnebytte", "5001", "5001"),
    ]  # fmt: skip


def test_to_som_het_nes(bok):
    assert _historie(bok, "3228")[0] == ("0236", "Nes (Akershus)", None, 2020)
    assert _historie(bok, "3322")[0] == ("0616", "Nes (Buskerud)", None, 2020)
    assert {s for _, s, *_ in _overganger(bok, bok.gjeldende()["3322"])} == {"nummerbytte", "navnebytte"}


def test_snillfjord_ble_delt_i_tre(bok):
    snillfjord = bok.med_nummer("5012", date(2019, 6, 1))
    assert bok.identiteter[snillfjord][-1].til == D
    delt = [o for o in bok.overganger if o.fra == snillfjord and o.slag == "deling"]
    assert {o.til_nummer for o in delt} == {"5055", "5056", "5059"}
    assert bok.gjeldende()["5056"] == bok.med_nummer("1617", date(2015, 1, 1)), "Hitra er Hitra"
    assert bok.identiteter[bok.gjeldende()["5055"]][0].fra == D, "Heim er ny"


def test_narvik_hamaroy_tysfjord(bok):
    tysfjord = bok.med_nummer("1850", date(2019, 6, 1))
    assert {o.til for o in bok.overganger if o.fra == tysfjord and o.slag == "deling"} == {
        bok.gjeldende()["1806"],
        bok.gjeldende()["1875"],
    }
    assert bok.gjeldende()["1806"] == bok.med_nummer("1805", date(2015, 1, 1))
    assert bok.gjeldende()["1875"] == bok.med_nummer("1849", date(2011, 1, 1))


def test_ingen_dag_har_to_kommuner_med_samme_nummer(bok):
    bruk = sorted(
        (v.nummer, v.fra or date.min, v.til or date.max) for versjoner in bok.identiteter for v in versjoner
    )
    assert all(a[0] != b[0] or a[2] <= b[1] for a, b in pairwise(bruk))
    for versjoner in bok.identiteter:
        assert all(a.til is not None and b.fra is not None and a.til <= b.fra for a, b in pairwise(versjoner))


def test_rekkefolgen_i_listen_betyr_ingenting(endringsliste, dagens, bok):
    endringer = les_endringer(endringsliste)
    random.Random(1).shuffle(endringer)
    annen = bygg_identiteter(endringer, dict(sorted(dagens.items(), reverse=True)))
    assert {n: annen.identiteter[i] for n, i in annen.gjeldende().items()} == {
        n: bok.identiteter[i] for n, i in bok.gjeldende().items()
    }


def test_uenighet_med_dagens_liste_meldes():
    bok = bygg_identiteter([Endring(D, "0001", "0002", "A", "A")], {"0001": "A", "0003": "C"})
    assert len(bok.advarsler) == 2
    assert "0001 A er i dagens liste" in bok.advarsler[0]
    assert "0002 A er i bruk" in bok.advarsler[1]


def test_en_framtidig_endring_er_ikke_uenighet():
    bok = bygg_identiteter(
        [Endring(date(2030, 1, 1), "0001", "0002", "A", "B")], {"0001": "A"}, per=date(2026, 1, 1)
    )
    assert bok.advarsler == []
    assert [v.nummer for v in bok.identiteter[0]] == ["0001", "0002"]


def test_uten_etterfolger_og_uten_forgjenger():
    bok = bygg_identiteter([Endring(D, "0001", "", "A", ""), Endring(D, "", "0002", "", "B")], {"0002": "B"})
    assert [("slutter" in a, "begynner" in a) for a in bok.advarsler] == [(True, False), (False, True)]
    assert set(bok.gjeldende()) == {"0002"}


def test_mottaker_som_listen_ikke_gjentar():
    """Some lists leave out the line «same number, same name» of the municipality that grew."""
    for_ = Endring(date(2010, 1, 1), "0009", "0001", "A", "A")
    bok = bygg_identiteter([for_, Endring(D, "0002", "0001", "B", "A")], {"0001": "A"})
    (a,) = bok.gjeldende().values()
    assert [o.slag for o in bok.overganger] == ["nummerbytte", "sammenslaing"]
    assert len(bok.identiteter) == 2
    assert bok.identiteter[a][-1].nummer == "0001"


def test_like_gode_forgjengere_gir_ny_identitet_og_melding():
    bok = bygg_identiteter(
        [Endring(D, "0001", "0003", "Våler", "Våler"), Endring(D, "0002", "0003", "Våler", "Våler")],
        {"0003": "Våler"},
    )
    assert len(bok.identiteter) == 3
    assert "flere forgjengere" in bok.advarsler[0]


@given(st.lists(st.tuples(st.integers(2000, 2005), st.integers(1, 9), st.integers(1, 9)), max_size=25))
def test_ingen_liste_velter_byggingen(rader):
    """Whatever the list says, no identity and no number has two versions on one day."""
    endringer = {Endring(date(aar, 1, 1), f"000{a}", f"000{b}", f"K{a}", f"K{b}") for aar, a, b in rader}
    bok = bygg_identiteter(endringer, {})
    for versjoner in bok.identiteter:
        assert all(a.til is not None and b.fra is not None and a.til <= b.fra for a, b in pairwise(versjoner))
    bruk = sorted(
        (v.nummer, v.fra or date.min, v.til or date.max) for versjoner in bok.identiteter for v in versjoner
    )
    assert all(a[0] != b[0] or a[2] <= b[1] for a, b in pairwise(bruk))
