"""Import of earlier years: nothing lost, nothing guessed, printed sums reproduced or listed, one act in the ledger."""

import csv

import pytest
from django.db import IntegrityError, ProgrammingError, connection, transaction

from bosett.aktor.kontekst import Aktor
from bosett.grunn.feil import Avvist
from bosett.kilder.lesere.celler import SPESIALTEGN
from bosett.kilder.tall import Tilstand
from bosett.spor.models import Hendelse
from bosett.statistikk.models import Kontrollsum, Publisering, Publiserttall
from bosett.statistikk.selectors import kommune_med_nummer, kommuneside


@pytest.fixture
def alt(register_med_historie, importer):
    return {kode: importer(kode, register_med_historie) for kode in importer.filer}


def test_every_cell_of_the_long_table_is_kept_as_what_it_is(register_med_historie, importer):
    svar = importer("historikk", register_med_historie)
    assert (svar.rader, svar.celler) == (12429, 4 * 12429)
    lagret = {
        (n, a, m): (v, t, tr, p)
        for n, a, m, v, t, tr, p in Publiserttall.objects.order_by("pk").values_list(
            "nummer", "aar", "maal", "verdi", "tilstand", "trykt", "prikket"
        )
    }
    with importer.filer["historikk"][0].open(encoding="utf-8") as fil:
        for rad in csv.DictReader(fil):
            for maal in ("anmodning", "opprinnelig_anmodning", "vedtak", "bosatt"):
                verdi, tilstand, trykt, prikket = lagret[rad["kommunenummer"], int(rad["aar"]), maal]
                celle = rad[maal]
                if prikket:
                    assert (
                        maal == "bosatt"
                        and 1 <= int(celle) <= 4
                        and (verdi, tilstand, trykt) == (None, "skjult", "")
                    )
                elif celle.isdigit():
                    assert (verdi, tilstand, trykt) == (int(celle), "tall", celle)
                else:
                    assert (verdi, Tilstand(tilstand), trykt) == (None, SPESIALTEGN[celle], celle)


def test_printed_sums_are_reproduced_or_the_difference_is_listed_and_no_bridge_is_guessed(alt):
    uten = alt["historikk"].uten_kommune
    assert {"2111", "2211", "9999"} <= set(uten), "numre som ikke er kommuner"
    assert not Publiserttall.objects.filter(nummer__in=uten, kommune__isnull=False).exists()
    assert alt["2026"].uten_kommune == ()
    assert {kode: svar.kontrollert for kode, svar in alt.items()} == {
        "historikk": 72, "2024": 64, "2025": 64, "2026": 91, "em-2026": 64, "em-2016": 200,
    }  # fmt: skip
    avvik = {
        (kode, a.aar, a.maal, a.fylke, a.trykt, a.vaar) for kode, svar in alt.items() for a in svar.avvik
    }
    assert avvik == {
        ("2026", 2026, "vedtak", "Nordland", 1050, 1045),
        ("2026", 2026, "vedtak", "", 10726, 10721),
    }
    landet = {(k.aar, k.maal): (k.trykt, k.vaar) for k in Kontrollsum.objects.gjeldende().filter(fylkenr="")}
    for aar, maal, trykt in ((2016, "anmodning", 18517), (2017, "bosatt", 10915), (2020, "opprinnelig_anmodning", 5120),
                             (2021, "vedtak", 4973), (2022, "bosatt", 31253), (2024, "anmodning", 37000), (2024, "vedtak", 28340),
                             (2025, "anmodning", 12640), (2026, "anmodning", 13000), (2026, "anmodning_em", 651)):  # fmt: skip
        assert landet[aar, maal] == (trykt, trykt)
    assert landet[2024, "bosatt"] == (25618, 25576)
    assert landet[2026, "bosatt"] == (7479, 7388)


def test_the_same_file_again_changes_nothing_and_says_so(register, importer):

    forst = importer("2026", register)
    for_ = (Publisering.objects.count(), Publiserttall.objects.count())
    igjen = importer("2026", register)
    assert (forst.nytt, igjen.nytt, igjen.publisering.pk) == (True, False, forst.publisering.pk)
    assert (Publisering.objects.count(), Publiserttall.objects.count()) == for_


def test_a_new_version_supersedes_the_old_one_which_stays(register, importer, tmp_path):

    forst = importer("2026", register)
    ny_fil = tmp_path / "bosetting_2026.csv"
    ny_fil.write_text(
        importer.filer["2026"][0]
        .read_text("utf-8")
        .replace("2026,0301,Oslo,Oslo,600,600,386", "2026,0301,Oslo,Oslo,600,600,400")
    )
    ny = importer("2026", register, fil=ny_fil)
    oslo = Publiserttall.objects.filter(nummer="0301", aar=2026, maal="bosatt")
    assert ny.erstattet == forst.publisering.pk
    assert oslo.gjeldende().get().verdi == 400
    assert oslo.per_utgave(forst.publisering.pk).get().verdi == 386, (
        "en lenke med utgave viser tallet som det var"
    )
    assert Publiserttall.objects.count() == 2 * forst.celler


@pytest.mark.parametrize("rekkefolge", [("historikk", "em-2016"), ("em-2016", "historikk")])
def test_figures_of_an_earlier_day_never_replace_newer_ones(register, importer, rekkefolge):

    for kode in rekkefolge:
        importer(kode, register)
    gjeldende = Publiserttall.objects.gjeldende().filter(nummer="0101", aar=2017)
    assert gjeldende.get(maal="anmodning").publisering.serie == "imdi-historikk"
    assert gjeldende.get(maal="anmodning_em").publisering.serie == "imdi-em-2016"


def test_an_import_is_one_act_with_digest_and_counts(register, importer):

    svar = importer("2024", register)
    hendelse = Hendelse.objects.get(handling="statistikk.importer")
    assert hendelse.subjekt_id == svar.publisering.subjekt_id
    assert hendelse.data["sha256"] == svar.publisering.avtrykk
    assert (hendelse.data["rader"], hendelse.data["tall"]) == (357, 2142)


def test_only_those_who_may_can_import(register, importer):

    with pytest.raises(Avvist):
        importer("2024", Aktor(bruker_id=1, navn="Noen"))


def test_small_figures_of_settled_persons_are_refused_by_the_database_too(register, importer):

    importer("2024", register)
    with pytest.raises(IntegrityError, match="publiserttall_smaa_er_skjult"), transaction.atomic():
        Publiserttall.objects.filter(aar=2024, maal="bosatt", nummer="0301").update(verdi=3)
    vedtak = Publiserttall.objects.filter(aar=2024, maal="vedtak", verdi__range=(1, 4))
    assert vedtak.exists(), "vedtak er offentlige og vises også når de er små"


def test_the_public_role_reads_published_figures_and_nothing_else(all_historie):
    with transaction.atomic(), connection.cursor() as db:
        db.execute("SET LOCAL ROLE bosett_offentlig")
        db.execute("SELECT count(*) FROM statistikk_publiserttall")
        assert db.fetchone()[0] > 60_000
        for tabell in ("aktor_bruker", "spor_hendelse", "anmodning_anmodningstall", "tilgang_subjekt"):
            with pytest.raises(ProgrammingError), transaction.atomic():
                db.execute(f"SELECT 1 FROM {tabell}")
        with pytest.raises(ProgrammingError), transaction.atomic():
            db.execute("UPDATE statistikk_publiserttall SET verdi = 0")
        db.execute("RESET ROLE")


def test_series_follow_mergers_and_splits(all_historie):
    kort, _ = kommune_med_nummer("5006")
    steinkjer = kommuneside(kort).serie
    punkt = steinkjer[2015, "anmodning"]
    assert {d.nummer for d in punkt.deler} == {
        "1702",
        "1724",
    } and not punkt.anslag  # Verran ble del av Steinkjer i 2020
    assert punkt.verdi == sum(d.verdi for d in punkt.deler)
    narvik, _ = kommune_med_nummer("1806")
    tysfjord = kommuneside(narvik).serie[2015, "anmodning"]
    assert tysfjord.anslag and {"1805", "1850", "1854"} == {d.nummer for d in tysfjord.deler}
    ingen, etterfolgere = kommune_med_nummer("1702")
    assert ingen is None and [k.nummer for k in etterfolgere] == ["5006"]
    ingen, etterfolgere = kommune_med_nummer("1850")
    assert sorted(k.nummer for k in etterfolgere) == ["1806", "1875"]
    assert kommune_med_nummer("4444") == (None, [])


def test_haram_gets_its_own_old_figures_and_aalesund_its_own(all_historie):
    haram = kommuneside(kommune_med_nummer("1580")[0]).serie[2012, "anmodning"]
    assert [d.nummer for d in haram.deler] == ["1534"] and not haram.anslag
    aalesund = kommuneside(kommune_med_nummer("1508")[0]).serie
    assert "1534" not in {d.nummer for d in aalesund[2012, "anmodning"].deler}
    assert aalesund[2021, "anmodning"].anslag, "2020–2023 var de én kommune: delingen er et anslag"
