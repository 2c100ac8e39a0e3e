"""The register in the database: loading, importing, searching."""

from datetime import date
from decimal import Decimal

import pytest
from django.db import IntegrityError, transaction
from tests.geografi.conftest import DATA

from bosett.geografi import selectors, services
from bosett.geografi.models import Fylkesversjon, Kommune, Kommuneversjon, Overgang
from bosett.grunn.feil import FinnesIkke, Mangler, Ugyldig
from bosett.grunn.klokke import frys
from bosett.kilder.feil import Lesefeil
from bosett.kilder.lesere.brovekter import Brovekt, les_brovekter
from bosett.kilder.lesere.klass import Endring, Kode, les_endringer

pytestmark = pytest.mark.django_db
FILER = {"kommuner_csv": DATA / "kommuner.csv", "fylker_csv": DATA / "fylker.csv"}


def _ett(sok):
    (treff,) = selectors.finn_kommune(sok)
    return treff


def test_grunnlaget_lastes_og_andre_gang_endrer_ingenting(grunnlag):
    assert grunnlag.endret_noe
    assert grunnlag.aktor == "prøve"
    assert selectors.kommuner().count() == 357
    assert [v.navn for v in selectors.kommuner()][-2:] == ["Åseral", "Åsnes"]
    assert len(selectors.fylker()) == 15
    igjen = services.last_grunnlag(aktor=None, **FILER)
    assert not igjen.endret_noe
    assert igjen.advarsler == []


def test_fylkene_er_seg_selv_gjennom_numrene(grunnlag):
    troms = Fylkesversjon.objects.get(nummer="55").fylke
    assert set(troms.versjoner.values_list("nummer", flat=True)) == {"19", "55"}
    assert selectors.fylker(date(2021, 1, 1)).filter(navn="Viken").exists()


def test_feil_i_grunnlaget_lagrer_ingenting(db, tmp_path):
    daarlig = tmp_path / "kommuner.csv"
    daarlig.write_text(
        (DATA / "kommuner.csv")
        .read_text()
        .replace("3101,Halden,31,Østfold,bokmal", "310,Halden,31,Østfold,samisk")
    )
    with pytest.raises(Lesefeil, match="kolonne «maalform»"), transaction.atomic():
        services.last_grunnlag(aktor=None, kommuner_csv=daarlig, fylker_csv=DATA / "fylker.csv")
    assert not Kommune.objects.exists()


@pytest.mark.krav("R005")
def test_et_gammelt_navn_finner_etterfolgeren_og_beholder_historien(register):
    treff = _ett("Skedsmo")
    assert treff.gammelt
    assert treff.dagens is None
    (etterfolger,) = treff.etterfolgere
    assert (etterfolger.versjon.nummer, etterfolger.versjon.navn, etterfolger.vekt) == (
        "3205",
        "Lillestrøm",
        1,
    )
    (hendelse,) = treff.hendelser
    assert (hendelse.dato, hendelse.slag, hendelse.fra_navn, hendelse.til_navn) == (
        date(2020, 1, 1),
        "sammenslaing",
        "Skedsmo",
        "Lillestrøm",
    )
    lillestrom = _ett("Lillestrøm")
    assert [v.nummer for v in lillestrom.historie] == ["3030", "3205"]
    assert {h.fra_navn for h in lillestrom.hendelser if h.slag == "sammenslaing"} == {
        "Skedsmo",
        "Sørum",
        "Fet",
    }
    assert (lillestrom.dagens.fylke_id, lillestrom.historie[0].fylke_id) == (
        Fylkesversjon.objects.get(nummer="32").fylke_id, Fylkesversjon.objects.get(nummer="30").fylke_id,
    )  # fmt: skip
    folketall = selectors.indikator("folketall")[lillestrom.kommune.pk]
    assert (folketall.verdi, folketall.kvalitet) == (96800, "anslag")


def test_gammelt_nummer_og_gammelt_navn_paa_samme_kommune(register):
    treff = _ett("1601")
    assert (treff.truffet.nummer, treff.dagens.nummer, treff.gammelt) == ("1601", "5001", True)
    assert [v.nummer for v in treff.historie] == ["1601", "5001", "5001"]
    assert _ett("Tråante").dagens.nummer == "5001"
    assert _ett("Trondheim").dagens.navn == "Trondheim"


def test_delte_kommuner_har_flere_etterfolgere(register):
    assert {e.versjon.navn: e.vekt for e in _ett("Snillfjord").etterfolgere} == {
        "Heim": None,
        "Hitra": None,
        "Orkland": None,
    }
    treff = _ett("1507")
    assert {e.versjon.navn: (e.vekt, e.anslag) for e in treff.etterfolgere} == {
        "Ålesund": (Decimal("0.862717"), True), "Haram": (Decimal("0.137283"), True),
    }  # fmt: skip
    assert [v.nummer for v in _ett("Haram").historie] == ["1534", "1580"]


def test_sok_som_treffer_flere_eller_ingen(register):
    assert [t.dagens.navn for t in selectors.finn_kommune("nes")] == ["Nes", "Nesbyen"]
    assert [t.dagens.nummer for t in selectors.finn_kommune("Våler")] == ["3114", "3419"]
    assert {t.truffet.navn for t in selectors.finn_kommune("sund")} >= {"Sund"}
    assert selectors.finn_kommune("karlsøy")[0].dagens.nummer == "5534"
    assert [t.dagens.navn for t in selectors.finn_kommune("ringe")][:2] == ["Ringebu", "Ringerike"]
    assert (
        selectors.finn_kommune("9999")
        == selectors.finn_kommune("   ")
        == selectors.finn_kommune("xyzzy")
        == []
    )
    assert selectors.finn_kommune("301")[0].dagens.navn == "Oslo"


def test_import_to_ganger_endrer_ingenting_og_identitetene_bestar(grunnlag, endringsliste):
    for_ = {v.nummer: v.kommune_id for v in selectors.kommuner()}
    endringer = les_endringer(endringsliste)
    forste = services.importer_kommuneendringer(aktor=None, endringer=endringer, kilde="SSB", sha256="x")
    assert {v.nummer: v.kommune_id for v in selectors.kommuner()} == for_
    assert [a.split()[0] for a in forste.advarsler] == ["0720", "1850", "5012"], "delinger uten kjent andel"
    andre = services.importer_kommuneendringer(aktor=None, endringer=endringer, kilde="SSB", sha256="x")
    assert not andre.endret_noe
    assert not services.last_grunnlag(aktor=None, **FILER).endret_noe
    assert Overgang.objects.filter(slag="deling").count() == 9
    assert not Kommuneversjon.objects.filter(fylke=None).exists()


def test_alle_offisielle_navn_fra_kodelisten_overlever_ny_endringsliste(register, endringsliste):
    endringer = les_endringer(endringsliste)
    koder = [Kode(v.nummer, "Oslo - Oslove" if v.nummer == "0301" else v.navn) for v in selectors.kommuner()]
    services.importer_kommuneendringer(aktor=None, endringer=endringer, kilde="SSB", koder=koder)
    services.importer_kommuneendringer(aktor=None, endringer=endringer, kilde="SSB")
    oslo = _ett("oslove").dagens
    assert (oslo.navn, oslo.offisielle_navn) == ("Oslo", ["Oslo", "Oslove"])


def test_en_kortere_liste_fjerner_ikke_historie(register, endringsliste):
    kort = [e for e in les_endringer(endringsliste) if e.dato.year >= 2020]
    with pytest.raises(Ugyldig, match="registeret har endringer 2011-01-01"), transaction.atomic():
        services.importer_kommuneendringer(aktor=None, endringer=kort, kilde="SSB")


def test_en_framtidig_sammenslaing(register, endringsliste):
    neste = [
        Endring(date(2030, 1, 1), n, "3999", v, "Nyby") for n, v in (("3901", "Horten"), ("3905", "Tønsberg"))
    ]
    services.importer_kommuneendringer(
        aktor=None, endringer=[*les_endringer(endringsliste), *neste], kilde="SSB"
    )
    assert _ett("Horten").dagens.nummer == "3901"
    with frys(date(2030, 6, 1)):
        assert _ett("Horten").etterfolgere[0].versjon.navn == "Nyby"
        assert selectors.kommuner().count() == 356
    with pytest.raises(FinnesIkke):
        selectors.versjon(_ett("Nyby").kommune.pk, date(2026, 1, 1))


def test_uten_dagens_kommuner(db):
    with pytest.raises(Mangler, match="ikke lastet"):
        services.importer_kommuneendringer(aktor=None, endringer=[], kilde="SSB")


def test_brovekter(register, delt):
    vekter, _ = les_brovekter(delt / "data" / "kommuneregister" / "kommune_endringer_til_2024.csv")
    rapport = services.importer_brovekter(aktor=None, vekter=vekter, kilde="rekkebro")
    assert rapport.advarsler == []
    assert {e.versjon.navn: e.vekt for e in _ett("Tysfjord").etterfolgere} == {
        "Narvik": Decimal("0.5"),
        "Hamarøy": Decimal("0.5"),
    }
    assert {e.versjon.navn: e.vekt for e in _ett("1507").etterfolgere} == {
        "Ålesund": Decimal("0.862"),
        "Haram": Decimal("0.138"),
    }
    assert not services.importer_brovekter(aktor=None, vekter=vekter, kilde="rekkebro").endret_noe
    halv = services.importer_brovekter(
        aktor=None,
        vekter=[Brovekt("1850", "1806", Decimal("0.3")), Brovekt("1850", "9998", Decimal("0.7"))],
        kilde="x",
    )
    assert (halv.uten_bro, halv.endret_noe) == (["9998"], False)
    assert "summerer til 0.3" in halv.advarsler[0]


def test_broen_i_databasen_er_den_samme_som_den_rene(register, bok, broer):
    """The stored register bridges every number of the list as the pure book does (shares apart)."""
    lagret = selectors.brobok()
    naa = {v.kommune_id: v.nummer for v in selectors.kommuner()}
    for versjoner in bok.identiteter:
        for v in versjoner:
            dato = v.fra or date(2010, 1, 1)
            ren = {bok.identiteter[e.identitet][-1].nummer for e in broer.bro(v.nummer, dato).etterfolgere}
            assert {naa[e.identitet] for e in lagret.bro(v.nummer, dato).etterfolgere} == ren
    assert selectors.bro("0231", date(2015, 1, 1)).entydig
    assert not selectors.bro("9999", date(2015, 1, 1)).finnes


@pytest.mark.parametrize(
    "felt",
    [
        {"nummer": "301"},
        {"nummer": "0302", "fra": date(2027, 1, 1)},
        {"fra": date(2025, 1, 1), "til": date(2025, 1, 1)},
    ],
)
def test_databasen_nekter_det_som_ikke_kan_vaere_sant(grunnlag, felt):
    oslo = Kommuneversjon.objects.get(nummer="0301")
    rad = {
        "kommune": oslo.kommune,
        "nummer": "0302",
        "navn": "x",
        "sorteringsnavn": "x",
        "sokenavn": "|x|",
        "kilde": "x",
    } | felt
    with pytest.raises(IntegrityError), transaction.atomic():
        Kommuneversjon.objects.create(**rad)


def test_to_kommuner_har_aldri_samme_nummer_samme_dag(grunnlag):
    with pytest.raises(IntegrityError, match="kommuneversjon_en_per_nummer"), transaction.atomic():
        Kommuneversjon.objects.create(
            kommune=Kommune.objects.create(),
            nummer="0301",
            fra=date(2030, 1, 1),
            navn="x",
            sorteringsnavn="x",
            sokenavn="|x|",
            kilde="x",
        )
