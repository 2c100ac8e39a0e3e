"""The settlement tables: each form recognised by its columns, each cell with its story."""

from datetime import date

import pytest

from bosett.kilder.feil import Lesefeil
from bosett.kilder.lesere.former import FORMER
from bosett.kilder.lesere.observasjoner import les_observasjoner
from bosett.kilder.tall import Kvalitet, Nivaa, Opphav, Tilstand

IMDI = Opphav("IMDi", "NLOD", date(2026, 10, 1))
HISTORIKK = b"aar,kommunenummer,kommune,anmodning,opprinnelig_anmodning,vedtak,bosatt\n"


def _verdier(lest):
    return {
        (o.kode or o.navn, o.aar, o.storrelse): (o.tall.verdi, o.tall.tilstand) for o in lest.observasjoner
    }


def test_historikken_beholder_hver_celle_som_den_er():
    lest = les_observasjoner(HISTORIKK + b"1995,0101,,20,,.,:\n", IMDI)
    assert lest.form.navn == "historikk"
    assert _verdier(lest) == {
        ("0101", 1995, "anmodning"): (20, Tilstand.TALL),
        ("0101", 1995, "opprinnelig_anmodning"): (None, Tilstand.MANGLER),
        ("0101", 1995, "vedtak"): (None, Tilstand.IKKE_AKTUELT),
        ("0101", 1995, "bosatt"): (None, Tilstand.SKJULT),
    }
    tall = lest.observasjoner[2].tall
    assert tall.trykt == "."
    assert (tall.kilde, tall.lisens, tall.publisert) == ("IMDi", "NLOD", date(2026, 10, 1))
    assert tall.referansedato == date(1995, 12, 31)
    assert tall.enhet == "personer"


def test_avventer_og_ikke_anmodet_er_to_ting():
    tabell = (
        "aar;kommunenummer;kommune;fylke;anmodet;vedtatt;bosatt;bosatt_kollektiv_beskyttelse\n"
        "2026;0301;Oslo;Oslo;600;avventer vedtak;386;345\n2026;1151;Utsira;Rogaland;0;-;0;:\n"
    ).encode("cp1252")
    lest = les_observasjoner(tabell, IMDI)
    assert lest.form.navn == "aarstabell"
    assert lest.ubrukte_kolonner == ("fylke",)
    verdier = _verdier(lest)
    assert verdier["0301", 2026, "vedtak"] == (None, Tilstand.AVVENTER)
    assert verdier["1151", 2026, "vedtak"] == (None, Tilstand.IKKE_ANMODET)
    assert verdier["1151", 2026, "anmodning"] == (0, Tilstand.TALL)
    assert ("0301", 2026, "avtalt") not in verdier


def test_aar_i_overskriften_og_fylkeslinjer():
    tabell = (
        "fylke,anmodning_2016,herav_em_2016,vedtak_2016,herav_em_vedtak_2016,"
        "anmodning_2017,herav_em_2017,vedtak_2017,herav_em_vedtak_2017\nOslo,1000,190,1000,198,831,26,850,45\n"
    )
    lest = les_observasjoner(tabell.encode(), IMDI)
    assert _verdier(lest)["Oslo", 2017, "vedtak_em"] == (45, Tilstand.TALL)
    assert {o.tall.nivaa for o in lest.observasjoner} == {Nivaa.FYLKE}


def test_en_kolonne_kan_ha_sin_egen_dato_og_kvalitet():
    tabell = b"kommunenummer,aar,anmodning,anmodning_em,vedtak,vedtak_em,bosatte_per_2016_10_31\n101,2016,70,15,57,2,46\n"
    tall = {o.storrelse: o.tall for o in les_observasjoner(tabell, IMDI).observasjoner}
    assert (tall["bosatt"].referansedato, tall["bosatt"].kvalitet) == (date(2016, 10, 31), Kvalitet.FORELOPIG)
    assert (tall["anmodning"].referansedato, tall["anmodning"].kvalitet) == (
        date(2016, 12, 31),
        Kvalitet.ENDELIG,
    )


def test_landet_er_ikke_et_fylke():
    kolonner = ",".join(
        f"{k}_personer" for k in ("anmodning", "anmodning.em", "bosatt", "bosatt.em", "vedtak", "vedtak.em")
    )
    lest = les_observasjoner(
        f"fylke_nr,aar,{kolonner}\n00,2016,18526.0,4631.0,1,0,2,3\n1,2016,780.0,199,1,0,2,3\n".encode(), IMDI
    )
    assert [(o.kode, o.tall.nivaa) for o in lest.observasjoner[::6]] == [
        ("00", Nivaa.LAND),
        ("01", Nivaa.FYLKE),
    ]


def test_kategorier_paa_rader():
    tabell = b"kommune,aar,kategori,antall\nBamble,2014,anmodning,5\nBamble,2014,bosatt,:\nBamble,1995,Faktisk bosetting,7.0\n"
    assert _verdier(les_observasjoner(tabell, IMDI)) == {
        ("Bamble", 2014, "anmodning_em"): (5, Tilstand.TALL),
        ("Bamble", 2014, "bosatt_em"): (None, Tilstand.SKJULT),
        ("Bamble", 1995, "bosatt"): (7, Tilstand.TALL),
    }


def test_tabell_uten_aar_maa_faa_det_oppgitt():
    tabell = b"fylke,anmodet,herav_em,em_under_15,em_15_til_18\nOslo,600,66,4,62\n"
    with pytest.raises(Lesefeil, match="oppgi året"):
        les_observasjoner(tabell, IMDI)
    assert _verdier(les_observasjoner(tabell, IMDI, aar=2026))["Oslo", 2026, "anmodning_em_under_15"] == (
        4,
        Tilstand.TALL,
    )


def test_alle_feil_i_tabellen_kommer_samlet():
    rader = b"1995,0101,,x,,20,.\n19x5,0102,,1,,1,1\n1995,0101,,1,,1,1\n1995,010,,1,,1,1\n1995,10,,1,,1,1\n"
    with pytest.raises(Lesefeil) as feil:
        les_observasjoner(HISTORIKK + rader, IMDI, navn="h.csv")
    assert {(f.rad, f.kolonne) for f in feil.value.feil} == {
        (2, "anmodning"),
        (3, "aar"),
        (4, ""),
        (6, "kommunenummer"),
    }
    assert "står også på rad 2" in str(feil.value)


def test_ukjent_kategori_og_ukjent_tabell():
    with pytest.raises(Lesefeil, match="ukjent kategori"):
        les_observasjoner(b"kommune,aar,kategori,antall\nBamble,2014,Noe,5\n", IMDI)
    with pytest.raises(Lesefeil, match="passer ikke med noen kjent tabell"):
        les_observasjoner(b"a,b\n1,2\n", IMDI)


def test_ingen_form_skygger_for_en_annen():
    """A table with exactly a form's columns is recognised as that form."""
    from bosett.kilder.lesere.observasjoner import gjenkjenn  # noqa: PLC0415
    from bosett.kilder.lesere.tabell import Tabell  # noqa: PLC0415

    for form in FORMER:
        assert gjenkjenn(Tabell("t", "", "", ",", form.pakrevd, [])) is form


# -- the real tables ------------------------------------------------------------------------------------------------


def _sum(lest, storrelse, aar):
    return sum(
        o.tall.verdi for o in lest.observasjoner if o.storrelse == storrelse and o.aar == aar and o.tall.kjent
    )


def test_den_lange_rekken_summerer_som_trykt(delt):
    mappe = delt / "data" / "imdi-bosatt-anmodede-1995-2023"
    rekken = les_observasjoner(mappe / "bosatt_anmodede_1995_2023.csv", IMDI)
    trykt = les_observasjoner(mappe / "sum_per_aar.csv", IMDI)
    assert (rekken.form.navn, rekken.rader, len(rekken.observasjoner)) == ("historikk", 12429, 49716)
    assert trykt.form.navn == "sum-land"
    avvik = {
        (o.storrelse, o.aar): (o.tall.verdi, _sum(rekken, o.storrelse, o.aar))
        for o in trykt.observasjoner
        if o.tall.verdi != _sum(rekken, o.storrelse, o.aar)
    }
    assert avvik == {}


@pytest.mark.parametrize(
    ("aar", "anmodet", "vedtatt", "bosatt"),
    [(2024, 37000, 28340, 25576), (2025, 12640, 15631, 12563), (2026, 13000, 10721, 7388)],
)
def test_aarstabellene_summerer_som_kilden_sier(delt, aar, anmodet, vedtatt, bosatt):
    mappe = delt / "data" / "imdi-bosettingstall-2024-2026"
    lest = les_observasjoner(mappe / f"bosetting_{aar}.csv", IMDI)
    assert [_sum(lest, s, aar) for s in ("anmodning", "vedtak", "bosatt")] == [anmodet, vedtatt, bosatt]
    fylker = les_observasjoner(mappe / f"bosetting_{aar}_fylke_som_trykt.csv", IMDI)
    assert fylker.form.navn == "aarstabell-fylke"
    assert len({o.navn for o in fylker.observasjoner}) == 15
    assert _sum(fylker, "anmodning", aar) == anmodet


def test_enslige_mindreaarige(delt):
    mappe = delt / "data" / "imdi-bosettingstall-2024-2026"
    kommuner = les_observasjoner(mappe / "anmodning_2026_med_em.csv", IMDI)
    fylker = les_observasjoner(mappe / "anmodning_2026_fylke_som_trykt.csv", IMDI, aar=2026)
    for storrelse, ventet in (
        ("anmodning_em", 651),
        ("anmodning_em_under_15", 80),
        ("anmodning_em_15_18", 571),
    ):
        assert _sum(kommuner, storrelse, 2026) == _sum(fylker, storrelse, 2026) == ventet
    mappe = delt / "data" / "imdi-anmodning-em-2016-2017"
    foer = les_observasjoner(mappe / "anmodning_vedtak_em_2016_2017_per_2016_11_03.csv", IMDI)
    assert (_sum(foer, "anmodning", 2016), _sum(foer, "anmodning_em", 2016)) == (18526, 4631)
    foer_fylke = les_observasjoner(mappe / "fylke_2016_2017_per_2016_11_03.csv", IMDI)
    land = {
        (o.storrelse, o.aar): o.tall.verdi for o in foer_fylke.observasjoner if o.tall.nivaa is Nivaa.LAND
    }
    assert land["anmodning", 2017] == 12988
    trykt = les_observasjoner(mappe / "fylke_2016_2017_imdi_side_vaar_2017.csv", IMDI)
    assert _sum(trykt, "vedtak", 2017) == 10908, "siden trykker 10 915; radene summerer til 10 908"


def test_telemarksrekken(delt):
    mappe = delt / "data" / "imdi-bosatt-anmodede-1995-2023"
    serie = les_observasjoner(mappe / "telemark_1995_2026.csv", IMDI)
    assert (serie.rader, len({o.navn for o in serie.observasjoner})) == (1662, 17)
    em = les_observasjoner(mappe / "vestfold_telemark_em_per_kommune_2014_2022.csv", IMDI)
    assert sum(o.tall.tilstand is Tilstand.SKJULT for o in em.observasjoner) == 92
    fylket = les_observasjoner(mappe / "telemark_em_2014_2026.csv", IMDI)
    assert fylket.form.navn == "em-serie"
