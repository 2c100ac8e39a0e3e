"""`./bosett grunn sjekk-nummer`, run as a user runs it."""

import io
import json
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from bosett.cli.__main__ import main
from bosett.grunn import klokke
from bosett.grunn.identnummer import lag_syntetisk_duf, lag_syntetisk_fnr

SRC = Path(__file__).resolve().parents[2] / "src"
FNR = lag_syntetisk_fnr(date(1990, 5, 17))
D_NUMMER = lag_syntetisk_fnr(date(1990, 5, 17), d_nummer=True)
DUF = lag_syntetisk_duf(2024, 7)
UDI_EKSEMPEL = "201258697561"


def kjor(*argumenter: str, inn: str = "", **miljo: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "bosett.cli", *argumenter],
        input=inn,
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=30,
        env={"PYTHONPATH": str(SRC), **miljo},
        check=False,
    )


@pytest.fixture
def svar(capsys):
    def _svar(*argumenter: str):
        kode = main(["grunn", "sjekk-nummer", *argumenter])
        ut = capsys.readouterr()
        return kode, [json.loads(linje) for linje in ut.out.splitlines()], ut.err

    return _svar


def test_en_json_linje_per_nummer_i_samme_rekkefolge(svar):
    kode, linjer, feil = svar(FNR, D_NUMMER, DUF, "974 7600")
    assert kode == 1  # the last is too short
    assert feil == ""
    assert [list(linje) for linje in linjer] == [["nummer", "type", "gyldig", "syntetisk", "advarsler"]] * 4
    assert [linje["type"] for linje in linjer] == ["fodselsnummer", "d_nummer", "duf", "ukjent"]
    assert [linje["gyldig"] for linje in linjer] == [True, True, True, False]
    assert linjer[0]["advarsler"] == []


def test_advarsel_alene_er_ikke_nei(svar):
    kode, linjer, _ = svar(UDI_EKSEMPEL)
    assert kode == 0
    assert linjer[0]["gyldig"] is True
    assert len(linjer[0]["advarsler"]) == 1


@pytest.mark.parametrize("form", ["2032-01-01", "01.01.2032"])
def test_dato_velger_reglene(svar, form):
    ny = "42818" + "2" + "999"  # synthetic D-number; control digits added below
    for k in range(100):
        nummer = f"{ny}{k:02}"
        foer, etter = svar("--dato", "2031-12-31", nummer), svar("--dato", form, nummer)
        if foer[0] == 1 and etter[0] == 0:
            assert any("2032" in advarsel for advarsel in foer[1][0]["advarsler"])
            return
    pytest.fail("ingen nummer skilte reglene")


def test_dato_er_i_dag_naar_den_ikke_er_nevnt(svar):
    with klokke.frys(date(2024, 1, 1)):
        assert svar(lag_syntetisk_duf(2025, 1))[0] == 1
    with klokke.frys(date(2025, 1, 1)):
        assert svar(lag_syntetisk_duf(2025, 1))[0] == 0


def test_leser_fra_standard_inn(monkeypatch, svar):
    monkeypatch.setattr(sys, "stdin", io.StringIO(f"{FNR}\n\n  {DUF}  \r\n"))
    kode, linjer, _ = svar("-")
    assert (kode, [linje["nummer"] for linje in linjer]) == (0, [FNR, DUF])


@pytest.mark.parametrize(
    "argumenter", [("--dato", "i går", FNR), (), ("--dato", "2026-02-30", FNR), ("--tull", FNR), ("--dato",)]
)
def test_feil_bruk_sier_hva_som_skal_gjores(svar, argumenter):
    kode, linjer, feil = svar(*argumenter)
    assert (kode, linjer) == (2, [])
    assert "Feil: " in feil and "Gjør dette: " in feil
    assert "Traceback" not in feil
    assert "argument" not in feil and "usage" not in feil  # Norwegian all through


def test_tom_standard_inn_er_feil_bruk():
    svar = kjor("grunn", "sjekk-nummer", "-")
    assert (svar.returncode, svar.stdout) == (2, "")
    assert "Gjør dette: " in svar.stderr


def test_bokstavene_er_riktige_ogsaa_uten_norsk_miljo():
    svar = kjor("grunn", "sjekk-nummer", "123", LC_ALL="C", PYTHONCOERCECLOCALE="0", PYTHONUTF8="0")
    assert "Fødselsnummer" in svar.stdout


def test_ugyldig_utf8_inn_gir_svar_og_ikke_krasj():
    svar = subprocess.run(
        [sys.executable, "-m", "bosett.cli", "grunn", "sjekk-nummer", "-"],
        input=b"\xff\xfe12\n",
        capture_output=True,
        timeout=30,
        env={"PYTHONPATH": str(SRC)},
        check=False,
    )
    assert svar.returncode == 1
    assert b"Traceback" not in svar.stderr


def test_leseren_kan_gaa_sin_vei():
    svar = subprocess.run(
        f"{sys.executable} -m bosett.cli grunn sjekk-nummer - | head -1",
        shell=True,
        input=b"123\n" * 5000,
        capture_output=True,
        timeout=30,
        env={"PYTHONPATH": str(SRC), "PATH": "/usr/bin:/bin"},
        check=False,
    )
    assert len(svar.stdout.splitlines()) == 1
    assert svar.stderr == b""


def test_ord_slaas_opp_paa_tre_spraak(capsys):
    assert main(["grunn", "ord", "oppmoding"]) == 0
    ut = capsys.readouterr().out
    assert "anmodning" in ut and "request to settle" in ut and "kilde:" in ut


def test_gammelt_ord_sier_hvorfor(capsys):
    assert main(["grunn", "ord", "bosettingstillatelse"]) == 0
    assert capsys.readouterr().out.startswith("Bosettingstillatelse er det gamle ordet.")


def test_ukjent_ord_foreslaar_naere(capsys):
    assert main(["grunn", "ord", "tilskot"]) == 1
    err = capsys.readouterr().err
    assert "Prøv et av disse" in err
