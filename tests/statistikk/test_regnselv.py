"""The calculator: the published facts and choices give the published numbers, and another choice gives others."""

import csv
import io
import json
import subprocess
import sys
from pathlib import Path

import pytest
from django.test import Client

from bosett.aktor.kontekst import som, system
from bosett.anmodning.models import Anmodningstall, Runde
from bosett.statistikk.models import Publisertforklaring
from bosett.statistikk.services import publiser_runde
from runder import AAR

ROT = Path(__file__).parents[2]
STEINKJER = "5006"


def _rader(svar: object) -> dict[str, dict[str, str]]:
    tekst = svar.content.decode("utf-8-sig")  # type: ignore[attr-defined]
    return {rad["Nummer"]: rad for rad in csv.DictReader(io.StringIO(tekst), delimiter=";")}


def _valg(**endret: object) -> dict[str, object]:
    vekter = {
        "introduksjon": 25,
        "arbeid": 25,
        "videregaaende": 15,
        "spredning": 10,
        "kapasitet": 10,
        "tjenester": 8,
        "funksjonsnedsettelse": 7,
    }
    return {"behov": 5500, "em": 141, "minimum": 10} | {f"v_{n}": v for n, v in vekter.items()} | endret


def test_the_rounds_own_choices_give_the_published_numbers(publisert: int) -> None:
    rader = _rader(Client().get(f"/regn-selv/{AAR}/", _valg(format="csv")))
    assert len(rader) == 357
    with som(system("prove")):
        sendt = dict(Publisertforklaring.objects.filter(aar=AAR).values_list("nummer", "antall"))
    assert {nr: (int(rad["I runden"]), int(rad["I forsøket"])) for nr, rad in rader.items()} == {
        nr: (tall, tall) for nr, tall in sendt.items()
    }


def test_another_weight_gives_other_numbers_and_the_same_sum(publisert: int) -> None:
    valg = _valg(v_introduksjon=40, v_arbeid=10)
    rader = _rader(Client().get(f"/regn-selv/{AAR}/", valg | {"format": "csv"}))
    assert sum(int(rad["I forsøket"]) for rad in rader.values()) == 5500
    assert any(rad["I runden"] != rad["I forsøket"] for rad in rader.values())
    side = Client().get(f"/regn-selv/{AAR}/", valg)
    assert side.status_code == 200 and "får flere" in side.content.decode()


def test_locked_and_left_out_municipalities_stand_and_the_rest_is_divided(publisert: int) -> None:
    rader = _rader(
        Client().get(
            f"/regn-selv/{AAR}/", _valg(laas="Steinkjer 33", uten="Oslo, 4601", format="csv", behov=8000)
        )
    )
    assert [rader[nr]["I forsøket"] for nr in (STEINKJER, "0301", "4601")] == ["33", "0", "0"]
    assert sum(int(rad["I forsøket"]) for rad in rader.values()) == 8000


GALT: list[tuple[dict[str, object], str]] = [
    ({"v_introduksjon": 19, "v_tjenester": 14}, "minst 60 prosent"),
    ({"v_introduksjon": 30}, "til sammen 1,05"),
    ({"em": 6000}, "Enslige mindreårige er en del av behovet"),
    ({"laas": "Steinkjer"}, "Skriv kommune og tall"),
    ({"laas": "Atlantis 12"}, "Vi kjenner ingen kommune som heter"),
    ({"uten": "Herøy"}, "Flere kommuner heter"),
    ({"behov": "mange"}, "tall"),
]


def test_what_breaks_a_rule_says_which_and_keeps_what_was_typed(publisert: int) -> None:
    for endret, sier in GALT:
        svar = Client().get(f"/regn-selv/{AAR}/", _valg(**endret))
        assert svar.status_code == 422, endret
        html = svar.content.decode().replace("\u202f", " ")
        assert sier in html
        assert all(f"{verdi}" in html for verdi in endret.values())


def test_the_downloaded_data_gives_the_same_numbers_by_the_command(publisert: int, tmp_path: Path) -> None:
    side = Client().get(f"/regn-selv/{AAR}/").content.decode()
    assert "./bosett anmodning beregn" in side
    (tmp_path / "g.csv").write_bytes(Client().get(f"/regn-selv/{AAR}/grunnlag.csv").content)
    (tmp_path / "k.yaml").write_bytes(Client().get("/regn-selv/kolonner.yaml").content)
    ferdig = subprocess.run(
        [sys.executable, "-m", "bosett.cli", "anmodning", "beregn", "--grunnlag", "g.csv", "--kolonner", "k.yaml", "--kriterier",
         "2022", "--behov", "5500", "--em", "141", "--ut", "ut.csv"],
        cwd=tmp_path, env={"PYTHONPATH": str(ROT / "src"), "PATH": "/usr/bin"}, capture_output=True, text=True, timeout=120,
    )  # fmt: skip
    assert ferdig.returncode == 0, ferdig.stderr
    tekst = (tmp_path / "ut.csv").read_text(encoding="utf-8-sig")
    skille = ";" if ";" in tekst.splitlines()[0] else ","
    tall = {
        r["kommunenummer"]: int(r["antall"]) for r in csv.DictReader(io.StringIO(tekst), delimiter=skille)
    }
    with som(system("prove")):
        assert tall == dict(Publisertforklaring.objects.filter(aar=AAR).values_list("nummer", "antall"))


def test_no_small_count_of_settled_persons_is_in_the_facts(publisert: int) -> None:
    rader = list(csv.DictReader(io.StringIO(Client().get(f"/regn-selv/{AAR}/grunnlag.csv").content.decode())))
    for kolonne in ("bosatt_2022", "bosatt_2023"):
        assert not {rad[kolonne] for rad in rader} & {"1", "2", "4"}


def test_a_year_without_a_round_has_no_calculator(publisert: int) -> None:
    assert Client().get("/regn-selv/1999/").status_code == 404
    assert Client().get("/regn-selv/1999/grunnlag.csv").status_code == 404


@pytest.mark.krav("R141")
def test_each_round_has_a_permanent_page(publisert: int) -> None:
    side = Client().get(f"/tall/{AAR}/runde/1/")
    assert side.status_code == 200 and f'href="/tall/{AAR}/runde/1/"' in side.content.decode()
    for_ = json.loads(Client().get(f"/tall/{AAR}/runde/1/?format=json").content)
    with som(system("prove")) as aktor:  # a later round of the year takes over
        runde = Runde.objects.get(pk=publisert)
        Runde.objects.filter(pk=publisert).update(nr=2)
        Anmodningstall.objects.filter(revisjon=runde.gjeldende, anmodning__nummer=STEINKJER).update(antall=77)
        publiser_runde(aktor=aktor, runde_id=publisert)
    etter = json.loads(Client().get(f"/tall/{AAR}/runde/1/?format=json").content)
    naa = json.loads(Client().get(f"/tall/{AAR}/runde/2/?format=json").content)
    assert for_["rader"] == etter["rader"] != naa["rader"]
    assert f'href="/tall/{AAR}/runde/2/"' in Client().get(f"/tall/{AAR}/").content.decode()
    assert Client().get(f"/tall/{AAR}/runde/3/").status_code == 404
