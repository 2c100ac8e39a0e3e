"""KLASS, JSON-stat, population, criteria, shares: the forms and their errors."""

import json
from datetime import date
from decimal import Decimal

import pytest

from bosett.kilder.feil import Lesefeil
from bosett.kilder.lesere.brovekter import Brovekt, les_brovekter
from bosett.kilder.lesere.folketall import folketall_fra_kube, les_folketall
from bosett.kilder.lesere.jsonstat import les_jsonstat
from bosett.kilder.lesere.klass import Endring, koder_fra_json, les_endringer
from bosett.kilder.lesere.kriterier import KOLONNER, les_kriterier
from bosett.kilder.tall import Kvalitet, Nivaa, Opphav, Tilstand

SSB = Opphav("SSB", "CC BY 4.0")
HARAM = Endring(date(2024, 1, 1), "1507", "1580", "Ålesund", "Haram")


def test_endringslisten_i_tre_former_er_den_samme():
    kopiert = "gammel_kode,gammelt_navn,ny_kode,nytt_navn,dato\n1507,Ålesund,1580,Haram,2024-01-01\n"
    ssb = '"oldCode";"oldName";"oldShortName";"newCode";"newName";"newShortName";"changeOccurred"\n"1507";"Ålesund";"";"1580";"Haram";"";"2024-01-01"\n'
    api = {"codeChanges": [{"oldCode": "1507", "oldName": "Ålesund", "oldShortName": None, "newCode": "1580",
                            "newName": "Haram", "newShortName": None, "changeOccurred": "2024-01-01"}]}  # fmt: skip
    for raa in (
        kopiert.encode(),
        ssb.encode("cp1252"),
        json.dumps(api).encode(),
        b"\xef\xbb\xbf" + json.dumps(api).encode(),
    ):
        assert les_endringer(raa) == [HARAM]


def test_en_kode_uten_etterfolger_er_lov_men_ikke_en_tom_rad():
    api = {
        "codeChanges": [
            {
                "oldCode": "9999",
                "oldName": "Slutt",
                "newCode": None,
                "newName": None,
                "changeOccurred": "2024-01-01",
            }
        ]
    }
    assert les_endringer(json.dumps(api).encode())[0].ny_kode == ""
    api["codeChanges"].append({"changeOccurred": "2024-01-01"})
    with pytest.raises(Lesefeil, match="rad 2"):
        les_endringer(json.dumps(api).encode())


@pytest.mark.parametrize(
    "raa", [b'{"feil": 1}', b'{"codeChanges": "x"}', b"[1,2", b'{"codeChanges": [1]}', b"a,b\n1,2\n"]
)
def test_noe_annet_enn_en_endringsliste(raa):
    with pytest.raises(Lesefeil):
        les_endringer(raa, "svar")


def test_feil_i_endringslisten_har_rad_og_kolonne():
    with pytest.raises(Lesefeil) as feil:
        les_endringer(b"gammel_kode,gammelt_navn,ny_kode,nytt_navn,dato\n1,A,1508,B,i gaar\n")
    assert [(f.rad, f.kolonne) for f in feil.value.feil] == [(2, "gammel_kode"), (2, "dato")]


def test_koder_uten_uoppgitt():
    raa = json.dumps(
        {"codes": [{"code": "0301", "name": "Oslo - Oslove"}, {"code": "9999", "name": "Uoppgitt"}]}
    ).encode()
    assert [(k.nummer, k.navn) for k in koder_fra_json(raa, "x")] == [("0301", "Oslo - Oslove")]


# -- JSON-stat --------------------------------------------------------------------------------------------------------


def _kube(**endret):
    return {
        "class": "dataset", "version": "2.0", "label": "07459", "source": "SSB", "updated": "2026-02-24T07:00:00Z",
        "id": ["Region", "Tid"], "size": [3, 2],
        "dimension": {
            "Region": {"category": {"index": {"0": 0, "0301": 1, "K-1580": 2}, "label": {"0301": "Oslo"}}},
            "Tid": {"category": {"index": ["2023", "2026"]}},
        },
        "value": [1, 2, 709000, 728714, 0, 9500],
    } | endret  # fmt: skip


def test_kuben_blir_celler_med_koder_og_etiketter():
    kube = les_jsonstat(json.dumps(_kube()).encode())
    assert len(kube.celler) == 6
    assert kube.celler[3].koder == {"Region": "0301", "Tid": "2026"}
    assert kube.celler[3].etiketter["Region"] == "Oslo"
    assert (kube.celler[3].verdi, kube.celler[3].tilstand) == (728714, Tilstand.TALL)


@pytest.mark.parametrize("status", [{"3": ":"}, [None, None, None, ":", None, None]])
def test_glisne_verdier_og_status(status):
    kube = les_jsonstat(json.dumps(_kube(value={"2": 1.5}, status=status)).encode())
    assert kube.celler[2].verdi == Decimal("1.5")
    assert kube.celler[3].tilstand is Tilstand.SKJULT
    assert kube.celler[0].tilstand is Tilstand.MANGLER


@pytest.mark.parametrize(
    "endret",
    [
        {"class": "x"},
        {"version": "1.0"},
        {"size": [2, 2]},
        {"size": [3]},
        {"value": {"9": 1}},
        {"value": ["x"]},
        {"id": None},
        {"dimension": {}},
    ],
)
def test_det_som_ikke_henger_sammen_avvises(endret):
    with pytest.raises(Lesefeil):
        les_jsonstat(json.dumps(_kube(**endret)).encode())


def test_folketall_fra_kuben_uten_land_og_uten_kommuner_som_ikke_finnes():
    lest = folketall_fra_kube(les_jsonstat(json.dumps(_kube()).encode()), SSB, "abc")
    assert {(o.kode, o.aar): o.tall.verdi for o in lest.observasjoner} == {
        ("0301", 2023): 709000, ("0301", 2026): 728714, ("1580", 2026): 9500,
    }  # fmt: skip
    with pytest.raises(Lesefeil, match="Region"):
        folketall_fra_kube(
            les_jsonstat(
                json.dumps(
                    _kube(
                        id=["Sted", "Tid"],
                        dimension={
                            "Sted": _kube()["dimension"]["Region"],
                            "Tid": _kube()["dimension"]["Tid"],
                        },
                    )
                ).encode()
            ),
            SSB,
            "",
        )


def test_et_skjult_tall_gjor_summen_ukjent():
    kube = _kube(id=["Region", "Kjonn", "Tid"], size=[1, 2, 1], value=[5, None], status={"1": ":"}, dimension={
        "Region": {"category": {"index": ["0301"]}}, "Kjonn": {"category": {"index": ["1", "2"]}}, "Tid": {"category": {"index": ["2026"]}},
    })  # fmt: skip
    (o,) = folketall_fra_kube(les_jsonstat(json.dumps(kube).encode()), SSB, "").observasjoner
    assert (o.tall.verdi, o.tall.tilstand) == (None, Tilstand.SKJULT)


# -- population, criteria, shares --------------------------------------------------------------------------------------


def test_folketall_fra_fil():
    raa = b"kommunenummer,aar,0_5,6_15,16_18,19_54,55_66,67_pluss,i_alt,estimert\n301,2026,1,2,3,4,5,6,21,nei\n1580,2023,1,2,3,4,5,6,22,ja\n"
    lest = les_folketall(raa, SSB)
    forste = lest.observasjoner[0]
    assert (forste.kode, forste.storrelse, forste.tall.verdi, forste.tall.referansedato) == (
        "0301",
        "folketall",
        21,
        date(2026, 1, 1),
    )
    assert len(lest.observasjoner) == 14
    assert {o.tall.kvalitet for o in lest.observasjoner if o.kode == "1580"} == {Kvalitet.ANSLAG}
    assert lest.advarsler == ("rad 3: aldersgruppene summerer til 21, ikke 22",)
    with pytest.raises(Lesefeil, match="rad 3"):
        les_folketall(b"kommunenummer,aar,folketall\n0301,2026,5\n0301,2026,6\n", SSB)


def test_virkelig_folketall(delt):
    lest = les_folketall(delt / "data" / "kommuneregister" / "folkemengde_1_januar_2012_2026.csv", SSB)
    sum_ = {
        aar: sum(o.tall.verdi for o in lest.observasjoner if o.storrelse == "folketall" and o.aar == aar)
        for aar in (2022, 2024, 2025, 2026)
    }
    assert sum_ == {2022: 5_425_270, 2024: 5_550_203, 2025: 5_594_340, 2026: 5_627_400}
    assert lest.advarsler == ()


def test_kriterietabellen_har_nivaa_enhet_og_dag_per_kolonne(delt):
    lest = les_kriterier(delt / "data" / "kriteriegrunnlag" / "kriteriegrunnlag_357.csv", SSB)
    assert (lest.rader, lest.ubrukte_kolonner) == (357, ())
    assert set(KOLONNER) - set(lest.kolonner) == {"bosatt_2021", "bosatt_2024", "bosatt_2025"}
    oslo = {(o.storrelse, o.aar): o.tall for o in lest.observasjoner if o.kode == "0301"}
    assert oslo["kostragruppe", 2024].verdi == 13
    assert oslo["kostragruppe", 2024].trykt == "EKG13"
    assert (oslo["intro_resultat", 2021].nivaa, oslo["sentralitet", 2024].nivaa) == (
        Nivaa.FYLKE,
        Nivaa.KOMMUNE,
    )
    assert oslo["helt_ledige_prosent", 2022].verdi == Decimal("2.31")
    tilstander = [o.tall.tilstand for o in lest.observasjoner if o.storrelse == "vedtak" and o.aar == 2026]
    assert tilstander.count(Tilstand.IKKE_ANMODET) == 25
    assert tilstander.count(Tilstand.AVVENTER) == 5
    tomme = [
        o
        for o in lest.observasjoner
        if o.storrelse == "helt_ledige_prosent" and o.tall.tilstand is Tilstand.MANGLER
    ]
    assert len(tomme) == 4


def test_kriterietabell_med_feil():
    with pytest.raises(Lesefeil) as feil:
        les_kriterier(b"kommunenummer,robek,sentralitet\n0301,kanskje,1\n0301,ja,2\nx,ja,1\n", SSB)
    assert [(f.rad, f.kolonne) for f in feil.value.feil] == [
        (2, "robek"),
        (3, "kommunenummer"),
        (4, "kommunenummer"),
    ]
    assert les_kriterier(b"kommunenummer,robek,fremmed\n0301,ja,1\n", SSB).ubrukte_kolonner == ("fremmed",)
    with pytest.raises(Lesefeil, match="ingen kjente kolonner"):
        les_kriterier(b"kommunenummer,fremmed\n0301,1\n", SSB)


def test_brovekter():
    vekter, _ = les_brovekter(
        b"kommunenummer_gammelt,kommunenummer_2024,vekt,vekt_korrigert\n1507,1580,0.5,0.138\n"
    )
    assert vekter == [Brovekt("1507", "1580", Decimal("0.138"))]
    with pytest.raises(Lesefeil, match="andel"):
        les_brovekter(b"fra_nummer,til_nummer,vekt\n1507,1580,1.2\n")
