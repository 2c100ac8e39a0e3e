"""The frame around all commands."""

import subprocess
import sys
from pathlib import Path

import pytest

from bosett.cli import __main__ as cli
from bosett.grunn.feil import Konflikt, Ugyldig

SRC = Path(__file__).resolve().parents[2] / "src"


def test_hjelp_er_norsk_og_viser_kodene():
    """In a process of its own: the list of commands loads every room."""
    svar = subprocess.run(
        [sys.executable, "-m", "bosett.cli", "--help"],
        capture_output=True,
        text=True,
        encoding="utf-8",
        timeout=60,
        env={"PYTHONPATH": str(SRC)},
        check=False,
    )
    assert svar.returncode == 0, svar.stderr
    assert "bruk: bosett" in svar.stdout
    assert "grunn" in svar.stdout
    assert "usage" not in svar.stdout and "options" not in svar.stdout


@pytest.mark.parametrize(
    ("feil", "kode"),
    [
        (
            Konflikt(
                kode="RUNDE-LAAST", hva="Runden er låst", regel="Godkjent runde", gjor="Lag en revisjon"
            ),
            1,
        ),
        (Ugyldig(kode="BRUK-FIL", hva="Filen finnes ikke"), 2),
    ],
)
def test_ventede_feil_blir_hjelp_og_ikke_spor(monkeypatch, capsys, feil, kode):
    def kast(_valg: object) -> int:
        raise feil

    monkeypatch.setattr("bosett.cli.grunn.sjekk_nummer", kast)
    assert cli.main(["grunn", "sjekk-nummer", "1"]) == kode
    err = capsys.readouterr().err
    assert err.startswith(f"Feil: {feil.hva}\n")
    assert (f"Regel: {feil.regel}\n" in err) == bool(feil.regel)
    assert (f"Gjør dette: {feil.gjor}\n" in err) == bool(feil.gjor)
    assert feil.kode in err


def test_avbrudd_fra_tastaturet(monkeypatch, capsys):
    def avbryt(_valg: object) -> int:
        raise KeyboardInterrupt

    monkeypatch.setattr("bosett.cli.grunn.sjekk_nummer", avbryt)
    assert cli.main(["grunn", "sjekk-nummer", "1"]) == 130
    assert "Stoppet." in capsys.readouterr().err


def test_rene_kommandoer_laster_ikke_django():
    kode = (
        "import sys; from bosett.cli.__main__ import main; rc = main(['grunn', 'sjekk-nummer', '201258697561'])\n"
        "assert rc == 0\n"
        "tunge = {'django', 'psycopg', 'polars', 'numpy', 'procrastinate'} & set(sys.modules)\n"
        "assert not tunge, tunge\n"
    )
    svar = subprocess.run(
        [sys.executable, "-c", kode],
        capture_output=True,
        text=True,
        timeout=60,
        env={"PYTHONPATH": str(SRC)},
        check=False,
    )
    assert svar.returncode == 0, svar.stderr
