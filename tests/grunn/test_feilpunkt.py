"""Fault points: silent in life, certain death in a crash test."""

import signal
import subprocess
import sys
from pathlib import Path

import pytest

SRC = Path(__file__).resolve().parents[2] / "src"
PROGRAM = """
import atexit, sys
from bosett.grunn.feilpunkt import feilpunkt
atexit.register(lambda: print("ryddet", flush=True))
for n in range(5):
    feilpunkt("brev.annet")
    feilpunkt("brev.etter_fil")
    print(n, flush=True)
"""


def kjor(**miljo: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-c", PROGRAM],
        capture_output=True,
        text=True,
        timeout=30,
        env={"PYTHONPATH": str(SRC), **miljo},
        check=False,
    )


def test_dor_ved_den_n_te_passeringen_uten_aa_rydde():
    svar = kjor(BOSETT_TEST="1", BOSETT_FEILPUNKT="brev.etter_fil:3")
    assert svar.returncode == -signal.SIGKILL
    assert svar.stdout.split() == ["0", "1"]


@pytest.mark.parametrize(
    "miljo",
    [
        {},
        {"BOSETT_TEST": "1"},
        {"BOSETT_FEILPUNKT": "brev.etter_fil:1"},
        {"BOSETT_TEST": "0", "BOSETT_FEILPUNKT": "brev.etter_fil:1"},
        {"BOSETT_TEST": "1", "BOSETT_FEILPUNKT": "brev.etter_fil:6"},
        {"BOSETT_TEST": "1", "BOSETT_FEILPUNKT": "brev.finnes_ikke:1"},
    ],
)
def test_er_ellers_uten_virkning(miljo):
    svar = kjor(**miljo)
    assert svar.returncode == 0
    assert svar.stdout.split() == ["0", "1", "2", "3", "4", "ryddet"]


@pytest.mark.parametrize("valg", ["brev.etter_fil", "brev.etter_fil:0", "brev.etter_fil:x", ":1"])
def test_skrivefeil_i_provens_valg_faar_den_til_aa_feile(valg):
    svar = kjor(BOSETT_TEST="1", BOSETT_FEILPUNKT=valg)
    assert svar.returncode == 1
    assert "BOSETT_FEILPUNKT" in svar.stderr
