"""The municipalities' answers published: once per change, with zero, late and repeated answers, and the same sums everywhere."""

import csv
import io
import re
import threading
from collections import Counter
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from django.core.cache import cache
from django.db import connection
from procrastinate.contrib.django.models import ProcrastinateJob

import svar
from aktorer import som_bruker
from bosett.aktor.kontekst import som, system
from bosett.anmodning import revidering, utsending
from bosett.anmodning import services as anmodning
from bosett.anmodning.models import Runde
from bosett.behov import services as behov
from bosett.grunn.klokke import i_dag
from bosett.kilder.tall import Tilstand
from bosett.spor.models import Hendelse
from bosett.statistikk import selectors
from bosett.statistikk.models import Publisering, Publisertvedtak
from bosett.statistikk.rules.naboer import naermeste
from bosett.statistikk.services import publiser_runde, publiser_vedtak
from bosett.statistikk.tasks import publiser_vedtak as jobb
from bosett.vedtak import selectors as internt
from bosett.vedtak.rules.status import Status
from bosett.web import visning
from runder import AAR, OSLO, STEINKJER, VOLDA, behold_bare, legg_fram
from sidetekst import tabell, tall, tekst

NEI = {"em": None, "tekst": f"Kommunen bosetter ingen flyktninger i {AAR}."}


def publiser() -> Publisering | None:
    cache.clear()
    with som(system("prove")) as aktor:
        return publiser_vedtak(aktor=aktor, aar=AAR)


def rader(utgave: int | None = None) -> dict[str, tuple[int | None, Tilstand]]:
    with som(system("prove")):
        return {r.nummer: r.par("vedtak") for r in selectors.rader(aar=AAR, utgave=utgave)}


def les_csv(svar_) -> list[dict[str, str]]:  # type: ignore[no-untyped-def]
    return list(csv.DictReader(io.StringIO(svar_.content.decode("utf-8-sig")), delimiter=";"))


def test_an_answer_makes_an_edition_and_the_others_wait(sendt: int) -> None:
    assert publiser() is None, "nobody has answered: the round says who is asked"
    svar.send(svar.utfylt(10))
    ny = publiser()
    assert ny is not None and (ny.serie, ny.slag, ny.statusdato) == (f"vedtak-{AAR}", "vedtak", i_dag())
    alle = rader()
    assert alle[STEINKJER] == (10, Tilstand.TALL)
    assert alle[VOLDA] == alle[OSLO] == (None, Tilstand.AVVENTER)
    assert alle["1103"] == (None, Tilstand.IKKE_ANMODET) and len(alle) == 357
    assert rader(ny.pk - 1)[STEINKJER] == (None, Tilstand.AVVENTER), "the permanent address of before stands"


def test_the_same_answers_again_change_nothing(sendt: int) -> None:
    svar.send(svar.utfylt(10))
    forste = publiser()
    assert publiser() == forste
    jobb(aar=AAR)
    with som(system("prove")):
        assert Publisering.objects.filter(slag="vedtak").count() == 1
        assert Hendelse.objects.filter(handling="statistikk.publiser_vedtak").count() == 1
        assert not Publisering.objects.filter(slag="vedtak", demo=False).exists()
        assert "DEMO" in Publisering.objects.get(slag="vedtak").kilde


def test_two_jobs_at_once_make_one_edition(sendt: int) -> None:
    svar.send(svar.utfylt(10))
    klar, feil = threading.Barrier(3), []

    def gjor() -> None:
        try:
            klar.wait()
            with som(system("prove")) as aktor:
                publiser_vedtak(aktor=aktor, aar=AAR)
        except Exception as e:
            feil.append(e)
        finally:
            connection.close()

    traader = [threading.Thread(target=gjor) for _ in range(3)]
    for traad in traader:
        traad.start()
    for traad in traader:
        traad.join(30)
    assert feil == []
    with som(system("prove")):
        assert Publisering.objects.filter(slag="vedtak").count() == 1


def test_when_many_answer_at_once_the_last_job_publishes_for_all(
    sendt: int, eier: Callable[[str], list[tuple]]
) -> None:
    svar.send(svar.utfylt(10))
    with som(system("prove")):
        assert ProcrastinateJob.objects.filter(task_name="statistikk.publiser_vedtak", status="todo").exists()
    jobb(aar=AAR)
    assert rader()[STEINKJER] == (10, Tilstand.TALL), "the first answer does not wait for later ones"
    svar.send(svar.utfylt(5), VOLDA)
    jobb(aar=AAR)
    assert rader()[VOLDA] == (None, Tilstand.AVVENTER), "another job is due"
    eier("UPDATE procrastinate_jobs SET status = 'doing' WHERE task_name = 'statistikk.publiser_vedtak'")
    jobb(aar=AAR)
    assert rader()[VOLDA] == (5, Tilstand.TALL)


def test_a_council_that_decides_again_keeps_its_first_decision_in_the_history(sendt: int) -> None:
    svar.send(svar.utfylt(10))
    forste = publiser()
    svar.send(svar.utfylt(15, em=True, em_antall=3))
    andre = publiser()
    assert forste is not None and andre is not None and andre.pk > forste.pk
    assert (rader(forste.pk)[STEINKJER][0], rader(andre.pk)[STEINKJER][0]) == (10, 15)
    with som(system("prove")):
        alle = list(Publisertvedtak.objects.gjeldende().order_by("nr"))
        assert [(v.nr, v.antall, v.em, v.erstattet is None) for v in alle] == [
            (1, 10, 0, False),
            (2, 15, 3, True),
        ]
        forste.refresh_from_db()
        assert forste.erstattet_av_id == andre.pk


@pytest.mark.krav("R059")
def test_both_pages_show_the_date_of_data_and_a_csv(client, sendt: int) -> None:  # type: ignore[no-untyped-def]
    svar.send(svar.utfylt(10))
    publiser()
    dag = tekst(visning.dato_lang(i_dag()))
    for adresse, tittel in (
        (f"/tall/{AAR}/", "Hva svarer kommunene?"),
        (f"/tall/{AAR}/bosetting/", "Hvordan går det med bosetting?"),
    ):
        side = client.get(adresse).content.decode()
        assert f"<h1>{tittel}</h1>" in side
        assert f"Tall per {dag}." in tekst(side) and "DEMO" in side
        fil = re.search(r'href="(\?format=csv)"', side)
        assert fil is not None
        assert {r["Kommune"] for r in les_csv(client.get(adresse + fil[1]))} >= {"Steinkjer", "Volda", "Oslo"}
        utgave = re.search(rf'href="({adresse}\?utgave=\d+)"', side)
        assert utgave is not None and client.get(utgave[1]).status_code == 200
    forside = client.get("/").content.decode()
    assert f'href="/tall/{AAR}/bosetting/"' in forside
    assert client.get("/tall/bosetting/").status_code == 200
    assert client.get("/tall/1900/bosetting/").status_code == 404


def test_what_is_not_known_about_settlement_is_said_and_never_zero(client, sendt: int) -> None:  # type: ignore[no-untyped-def]
    svar.send(svar.utfylt(10))
    publiser()
    side = client.get(f"/tall/{AAR}/bosetting/").content.decode()
    assert f"Hvor mange som er bosatt i {AAR}, er ikke kjent ennå." in tekst(side)
    assert tekst(side).count("Ikke kjent ennå") == 2, "tildelt og bosatt"
    fylker = tabell(side, f"Fylkene i {AAR}")
    assert fylker["Trøndelag"][1:4] == ["10", "–", "–"] and fylker["Landet"][1:4] == ["10", "–", "–"]
    (rad,) = [
        r for r in les_csv(client.get(f"/tall/{AAR}/bosetting/?format=csv")) if r["Kommune"] == "Steinkjer"
    ]
    assert (rad["Vedtatt"], rad["Bosatt"], rad["bosatt_tilstand"]) == ("10", "", "mangler")
    fil = les_csv(client.get(f"/tall/{AAR}/bosetting/?fylker-format=csv"))
    assert [r["Vedtatt"] for r in fil if r["Fylke"] == "Trøndelag"] == ["10"]


@pytest.mark.krav("R142")
def test_public_internal_and_csv_sums_are_the_same(client, sendt: int) -> None:  # type: ignore[no-untyped-def]
    """A no is a no, and no answer is «ikke svart», on the inside, on the page and in both files."""
    svar.send(svar.utfylt(12))
    svar.send(svar.utfylt(0, **NEI), VOLDA)
    publiser()
    with som_bruker("imdi_radgiver") as aktor:
        linjer = internt.svar(aktor, Runde.objects.get(pk=sendt))
    vedtatt = {linje.tall.anmodning.nummer: linje.vedtak.antall if linje.vedtak else None for linje in linjer}
    assert vedtatt == {STEINKJER: 12, VOLDA: 0, OSLO: None}
    sum_ = sum(antall or 0 for antall in vedtatt.values())
    side = client.get(f"/tall/{AAR}/").content.decode()
    svarene = tabell(side, "Svarene")
    per_status = Counter(linje.status for linje in linjer)
    assert tall(svarene["Nei"][0]) == per_status[Status.NEI] == 1
    assert tall(svarene["Ikke svart"][0]) == per_status[Status.VENTER] == 1
    assert svarene["Ikke svart"][1] == "–"
    assert tall(svarene["Til sammen"][0]) == len(linjer) == 3
    assert tall(svarene["Til sammen"][1]) == sum_
    assert "2 har svart, og de har sagt ja til 12." in tekst(side)
    assert "Kommunen har sagt nei." in tekst(client.get("/kommuner/1577-volda/").content.decode())
    for adresse, kolonne, nummer in (
        (f"/tall/{AAR}/?format=csv&vis=alle", "Vedtatt", "Kommunenummer"),
        (f"/apne-data/tall-{AAR}.csv", "vedtatt", "kommunenummer"),
        (f"/tall/{AAR}/bosetting/?format=csv&vis=alle", "Vedtatt", "Kommunenummer"),
    ):
        fil = {r[nummer]: r[kolonne] for r in les_csv(client.get(adresse))}
        assert {nr: fil[nr] for nr in vedtatt} == {STEINKJER: "12", VOLDA: "0", OSLO: ""}
        assert sum(int(verdi or 0) for verdi in fil.values()) == sum_
    landet = [
        r
        for r in les_csv(client.get("/apne-data/summer.csv"))
        if r["aar"] == str(AAR) and not r["fylkesnummer"] and r["maal"] == "vedtatt"
    ]
    assert [r["sum"] for r in landet] == [str(sum_)]


def test_the_table_has_the_day_of_the_decision_and_says_when_it_was_late(
    client,  # type: ignore[no-untyped-def]
    sendt: int,
    eier: Callable[[str], list[tuple]],
) -> None:
    eier(f"UPDATE anmodning_runde SET frist = '{i_dag() - timedelta(days=1)}' WHERE subjekt_id = {sendt}")
    svar.send(svar.utfylt(10))
    publiser()
    rad = tabell(client.get(f"/tall/{AAR}/?sok=steinkjer").content.decode(), f"Kommunene {AAR}")["Steinkjer"]
    assert visning.dato(svar.MOTE) in rad and any("Etter fristen" in celle for celle in rad)
    (fil,) = [r for r in les_csv(client.get(f"/apne-data/tall-{AAR}.csv")) if r["kommunenummer"] == STEINKJER]
    assert fil["vedtaksdato"] == svar.MOTE.isoformat() and fil["etter_fristen"].lower() in ("ja", "true", "1")


def test_the_municipality_shows_each_request_and_decision_and_its_neighbours(client, sendt: int) -> None:  # type: ignore[no-untyped-def]
    svar.send(svar.utfylt(10))
    svar.send(svar.utfylt(15, organ="formannskap"))
    publiser()
    side = client.get("/kommuner/5006-steinkjer/").content.decode()
    linjer = tekst(side[side.index(f'id="forlop-{AAR}"') : side.index('id="naboer"')])
    assert "Anmodning" in linjer and "IMDi" in linjer
    forste = linjer.index("Kommunestyret 10 Erstattet")
    assert forste < linjer.index("Vedtak nummer 2") < linjer.index("Formannskapet 15 Gjelder")
    naboer = tabell(side, f"Steinkjer og lignende kommuner i {AAR}")
    assert len(naboer) == 6 and naboer["Steinkjer"][2] == "15", "hode, kommunen selv og fire andre"
    assert "i fylket som er nærmest i antall innbyggere" in tekst(side)
    fil = les_csv(client.get("/kommuner/5006-steinkjer/?naboer-format=csv"))
    assert {r["Kommunenummer"][:2] for r in fil} == {"50"} and len(fil) == 5
    egen = next(r for r in fil if r["Kommune"] == "Steinkjer")
    assert egen["Vedtatt per 1 000 innbyggere"].replace(",", ".") == str(
        round(15000 / int(egen["Innbyggere"]), 1)
    )
    oslo = client.get("/kommuner/0301-oslo/").content.decode()
    assert "i landet, siden kommunen er alene i fylket" in tekst(oslo)
    assert "Kommunen har ikke svart ennå." in tekst(oslo)


def test_a_politician_reaches_the_neighbours_in_two_clicks_from_the_front_page(client, sendt: int) -> None:  # type: ignore[no-untyped-def]
    cache.clear()
    forside = client.get("/").content.decode()
    assert 'href="/kommuner/"' in forside
    liste = client.get("/kommuner/?sok=steinkjer").content.decode()
    assert 'href="/kommuner/5006-steinkjer/"' in liste
    assert "Sammenlignet med andre" in client.get("/kommuner/5006-steinkjer/").content.decode()


@pytest.mark.parametrize(
    ("nummer", "forventet"),
    [
        ("5001", (["5003", "5002"], True)),
        ("0301", (["5001", "5003"], False)),
        ("9999", ([], True)),
    ],
)
def test_neighbours_are_the_nearest_in_inhabitants_in_the_county(nummer: str, forventet: object) -> None:
    folk = {"0301": 700_000, "5001": 200_000, "5002": 4_000, "5003": 50_000, "1101": 15_000}
    assert naermeste(nummer, folk, 2) == forventet


def _juster(runde_id: int, numre: list[str]) -> int:
    """An adjusted request to these municipalities, with letters sent and numbers published."""
    with som_bruker("imdi_radgiver") as aktor:
        nytt = behov.registrer(
            aktor=aktor, aar=AAR, totalt=35000, em=400, em_under_15=40, fastsatt_av="Utvalget", fastsatt=date(2027, 3, 18),
            kilde="prøve", begrunnelse="Mange kommer på kort tid.", drivere=["krise"],
        )  # fmt: skip
        ny = revidering.lag_justert(
            aktor=aktor, runde_id=runde_id, behov=nytt, frist=i_dag() + timedelta(days=90)
        ).pk
        anmodning.beregn(aktor=aktor, runde_id=ny)
        legg_fram(aktor, ny)
    with som_bruker("imdi_godkjenner") as aktor:
        anmodning.godkjenn(aktor=aktor, runde_id=ny, revisjon=1)
    behold_bare(ny, numre)
    with som_bruker("imdi_radgiver") as aktor:
        utsending.send(aktor=aktor, runde_id=ny)
    assert utsending.send_alle(aktor=system("prove"), runde_id=ny) == []
    with som(system("prove")) as aktor:
        publiser_runde(aktor=aktor, runde_id=ny)
    return ny


def test_an_adjusted_request_keeps_the_answer_until_the_council_decides_again(client, sendt: int) -> None:  # type: ignore[no-untyped-def]
    svar.send(svar.utfylt(10))
    forste = publiser()
    assert forste is not None
    ny = _juster(sendt, [STEINKJER, VOLDA, "1103"])
    alle = rader()
    assert alle[STEINKJER] == (10, Tilstand.TALL), "a decision stands until the council decides again"
    assert alle[VOLDA] == alle["1103"] == (None, Tilstand.AVVENTER)
    assert alle[OSLO] == (None, Tilstand.IKKE_ANMODET)
    assert rader(forste.pk)[OSLO] == (None, Tilstand.AVVENTER)
    svar.send(svar.utfylt(40))
    publiser()
    with som_bruker("imdi_radgiver") as aktor:
        linjer = internt.svar(aktor, Runde.objects.get(pk=ny))
    assert sum(linje.vedtak.antall or 0 for linje in linjer if linje.vedtak) == 40
    svarene = tabell(client.get(f"/tall/{AAR}/").content.decode(), "Svarene")["Til sammen"]
    assert (tall(svarene[0]), tall(svarene[1])) == (len(linjer), 40) == (3, 40)
    linjer_ = tekst(client.get("/kommuner/5006-steinkjer/").content.decode())
    assert linjer_.index("Justert anmodning") and "Erstattet" in linjer_ and "Vedtak nummer 2" in linjer_
    assert client.get(f"/tall/{AAR}/runde/2/").status_code == 200
