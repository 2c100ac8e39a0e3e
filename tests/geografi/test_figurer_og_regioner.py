"""Figures with their story, IMDi regions as data, language form, flags."""

from datetime import date, timedelta
from decimal import Decimal

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction
from tests.geografi.conftest import DATA

from bosett.geografi import selectors, services
from bosett.geografi.models import Imdiregion, Indikatorverdi, Kommuneversjon, Regionmedlemskap
from bosett.grunn.feil import Ugyldig
from bosett.grunn.klokke import naa
from bosett.kilder.feil import Lesefeil
from bosett.kilder.lesere.folketall import les_folketall
from bosett.kilder.lesere.kriterier import les_kriterier
from bosett.kilder.lesere.tabell import les_tabell
from bosett.kilder.tall import Kvalitet, Nivaa, Opphav, Tilstand

pytestmark = pytest.mark.django_db
SSB = Opphav("SSB 07459", "CC BY 4.0", date(2026, 2, 24))


def _id(nummer):
    return Kommuneversjon.objects.get(nummer=nummer, til=None).kommune_id


def _folketall(*rader):
    return les_folketall("\n".join(["kommunenummer,aar,folketall", *rader]).encode(), SSB)


def _importer(*rader):
    return services.importer_folketall(aktor=None, folketall=_folketall(*rader), kilde="SSB")


def test_eksakt_folketall_erstatter_det_avrundede_og_begge_blir_kjent(grunnlag):
    for_ = naa()
    rapport = _importer("0301,2026,728714", "9999,2026,12")
    assert (rapport.endret, rapport.nye, rapport.uten_bro) == (1, 0, ["9999"])
    oslo = _id("0301")
    tall = selectors.indikator("folketall")[oslo]
    assert (tall.verdi, tall.kvalitet, tall.enhet, tall.publisert) == (
        728714,
        Kvalitet.ENDELIG,
        "personer",
        date(2026, 2, 24),
    )
    assert selectors.indikator("folketall", kjent=for_)[oslo].verdi == 728700
    assert selectors.indikator("folketall", kjent=naa() + timedelta(seconds=1))[oslo].verdi == 728714
    assert not _importer("0301,2026,728714").endret_noe
    assert not services.last_grunnlag(
        aktor=None, kommuner_csv=DATA / "kommuner.csv", fylker_csv=DATA / "fylker.csv"
    ).endret_noe


def test_nyeste_tall_for_en_dato(grunnlag):
    _importer("0301,2024,700", "0301,2025,710")
    assert selectors.indikator("folketall", date(2025, 6, 1))[_id("0301")].verdi == 710
    assert _id("1101") not in selectors.indikator("folketall", date(2025, 6, 1))


def test_det_nummeret_som_gjaldt_den_dagen_er_dagens_tall(register):
    """A source that recalculates gives the new number for old years too; the number in force then wins."""
    rapport = _importer("3301,2015,101000", "0602,2015,67000")
    assert "brukt for år de ikke gjaldt" in rapport.advarsler[0]
    assert selectors.indikator("folketall", date(2015, 6, 1))[_id("3301")].verdi == 67000


def test_kriteriegrunnlaget(register, delt):
    fil = delt / "data" / "kriteriegrunnlag" / "kriteriegrunnlag_357.csv"
    tabell = les_kriterier(fil, Opphav("Kriteriegrunnlag"))
    rapport = services.importer_kriterier(aktor=None, tabell=tabell, kilde="x")
    assert (rapport.uten_bro, rapport.lest) == ([], 357)
    arvet = selectors.indikator("intro_resultat")[_id("1101")]
    assert (arvet.nivaa, arvet.enhet, arvet.verdi, arvet.referansedato) == (
        Nivaa.FYLKE,
        "prosent",
        64,
        date(2024, 12, 31),
    )
    assert selectors.indikator("helt_ledige_prosent")[_id("0301")].verdi == Decimal("2.31")
    vedtak = selectors.indikator("vedtak", date(2026, 12, 31))
    assert sum(t.tilstand is Tilstand.AVVENTER for t in vedtak.values()) == 5
    assert not services.importer_kriterier(aktor=None, tabell=tabell, kilde="x").endret_noe


def test_verdi_og_tilstand_henger_sammen_i_databasen(grunnlag):
    rad = Indikatorverdi.objects.kjent().first()
    for endring in (
        {"verdi": None},
        {"tilstand": "skjult"},
        {"tilstand": "gjettet", "verdi": None},
        {"nivaa": "bydel"},
    ):
        with pytest.raises(IntegrityError), transaction.atomic():
            Indikatorverdi.objects.filter(pk=rad.pk).update(**endring)


# -- regions -----------------------------------------------------------------------------------------------------------


def _regioner(raa, **valg):
    return services.importer_regioner(aktor=None, tabell=les_tabell(raa), kilde="prøve", **valg)


@pytest.mark.krav_delvis("R002")
def test_seks_regioner_lastes_og_fem_trenger_ingen_kode(grunnlag):
    """The letter's part of R002 is shown with the letters."""
    rapport = _regioner(DATA / "imdiregioner_demo.csv")
    assert rapport.advarsler == []
    assert selectors.regioner().count() == 6
    assert len(selectors.regioner_for_alle()) == 357
    assert not _regioner(DATA / "imdiregioner_demo.csv").endret_noe
    trondheim, drammen = _id("5001"), _id("3301")
    assert selectors.region_for(trondheim).navn == "IMDi Midt-Norge"
    # Indre Øst becomes part of Øst from 2026.
    rapport = _regioner(
        b"region,fylkesnummer,gyldig_fra\nIMDi \xc3\x98st,33,2026-01-01\nIMDi \xc3\x98st,34,2026-01-01\n"
    )
    assert rapport.endret == rapport.nye == 18 + 46
    assert selectors.regioner().count() == 5
    assert selectors.regioner(date(2025, 12, 31)).count() == 6
    assert selectors.region_for(drammen).navn == "IMDi Øst"
    assert selectors.region_for(drammen, date(2025, 12, 31)).navn == "IMDi Indre Øst"
    assert len(selectors.regioner_for_alle()) == 357


def test_regioner_med_gamle_numre_gar_over_broen(register, delt):
    fil = delt / "data" / "kommuneregister" / "imdi_region_og_naeringsregion_2018.csv"
    rapport = _regioner(fil, gjelder_fra=date(2018, 1, 1))
    assert selectors.regioner().count() == 6
    assert "9999" in rapport.uten_bro
    assert any("0627 er alt i IMDi Øst" in a for a in rapport.advarsler), "Røyken ble en del av Asker"
    assert selectors.region_for(_id("3205")).navn == "IMDi Øst"


def test_et_avsluttet_medlemskap_to_ganger(grunnlag):
    avsluttet = b"region,kommunenummer,gyldig_fra,gyldig_til\nA,0301,2018-01-01,2020-01-01\n"
    assert _regioner(avsluttet).nye == 2
    assert not _regioner(avsluttet).endret_noe
    assert selectors.region_for(_id("0301"), date(2019, 1, 1)).navn == "A"
    assert selectors.region_for(_id("0301")) is None


def test_feil_i_regionfilen(grunnlag):
    with pytest.raises(Lesefeil, match=r"rad 2[\s\S]*rad 3"):
        _regioner(b"region,fylkesnummer,gyldig_fra\nA,99,2020-01-01\nA,,2020-01-01\n")
    assert not Imdiregion.objects.exists()


def test_en_kommune_hører_til_en_region_om_gangen(grunnlag):
    _regioner(DATA / "imdiregioner_demo.csv")
    medlem = Regionmedlemskap.objects.first()
    with pytest.raises(IntegrityError, match="regionmedlemskap_en_per_kommune"), transaction.atomic():
        Regionmedlemskap.objects.create(
            region=medlem.region, kommune=medlem.kommune, fra=date(2026, 1, 1), kilde="x"
        )


@pytest.mark.krav_delvis("R003")
def test_kontakten_er_datert(grunnlag):
    _regioner(DATA / "imdiregioner_demo.csv")
    region = selectors.region_for(_id("5001"))
    felt = {"aktor": None, "region": region, "epost": "midt@eksempel.no", "regiondirektor": "Demo Direktør"}
    services.registrer_regionkontakt(teamnavn="Bosettingsteamet", fra=date(2020, 1, 1), **felt)
    services.registrer_regionkontakt(teamnavn="Team Midt", fra=date(2026, 1, 1), **felt)
    assert selectors.kontakt_for(region.pk, date(2025, 12, 31)).teamnavn == "Bosettingsteamet"
    assert selectors.kontakt_for(region.pk).teamnavn == "Team Midt"
    assert selectors.kontakt_for(region.pk, date(2019, 1, 1)) is None
    with pytest.raises(Ugyldig, match="begynne etter"):
        services.registrer_regionkontakt(teamnavn="For sent", fra=date(2026, 1, 1), **felt)
    with pytest.raises(ValidationError):
        services.registrer_regionkontakt(
            teamnavn="Uten adresse", fra=date(2027, 1, 1), **(felt | {"epost": "x"})
        )


# -- language form and flags -------------------------------------------------------------------------------------------


def test_maalform_med_vedtak_onske_og_endring(grunnlag):
    hol, vaagaa = _id("3330"), _id("3435")
    assert (selectors.maalform(vaagaa).form, selectors.maalform(vaagaa).plikt) == ("nynorsk", True)
    assert (selectors.maalform(hol).form, selectors.maalform(hol).plikt) == ("bokmal", False)
    assert selectors.maalform(vaagaa, date(2020, 1, 1)).form == "nynorsk", (
        "før det første kjente vedtaket: det"
    )
    kommune = Kommuneversjon.objects.get(nummer="3330").kommune
    services.registrer_maalform(
        aktor=None, kommune=kommune, slag="onske", form="nynorsk", fra=date(2026, 3, 1), kilde="brev"
    )
    assert selectors.maalform(hol, date(2026, 4, 1)).form == "nynorsk"
    services.registrer_maalform(
        aktor=None, kommune=kommune, slag="vedtak", form="bokmal", fra=date(2026, 6, 1), kilde="vedtak"
    )
    assert selectors.maalform(hol, date(2026, 6, 1)) == selectors.maalformer(date(2026, 6, 1))[hol]
    assert selectors.maalform(hol, date(2026, 6, 1)).plikt
    assert len(selectors.maalformer()) == 357
    with pytest.raises(ValidationError, match="bare et vedtak kan være nøytralt"):
        services.registrer_maalform(
            aktor=None, kommune=kommune, slag="onske", form="noytral", fra=date(2027, 1, 1), kilde="x"
        )


@pytest.mark.krav_delvis("R007", "R008")
def test_vertskommune_og_samarbeid_er_daterte_merker(grunnlag):
    kommune = Kommuneversjon.objects.get(nummer="1101").kommune
    for slag in ("vertskommune", "mottakssamarbeid"):
        services.sett_flagg(
            aktor=None, kommune=kommune, slag=slag, fra=date(2024, 1, 31), til=date(2026, 1, 1), kilde="UDI"
        )
        assert selectors.med_flagg(slag, date(2025, 1, 1)) == {kommune.pk}
        assert selectors.med_flagg(slag) == set()
        with pytest.raises(ValidationError, match="allerede merket"):
            services.sett_flagg(aktor=None, kommune=kommune, slag=slag, fra=date(2025, 1, 1), kilde="UDI")
