"""`./bosett brukere`: the first user of a real installation."""

import contextlib
import re
from typing import Any

import pytest
from django.db import transaction
from tests.access.verden import lag_fylke, lag_kommune

from bosett.aktor.kontekst import som, system
from bosett.aktor.models import Bruker, Organisasjon
from bosett.cli.__main__ import main
from bosett.config import oppstart


@pytest.fixture(autouse=True)
def _egen_server(ekte_database: str, monkeypatch: Any) -> None:
    monkeypatch.setattr(oppstart, "server", contextlib.nullcontext)  # the test run's own server
    with transaction.atomic(), som(system("prove")):
        fylke = lag_fylke("18", "Nordland")
        lag_kommune("1818", "Herøy", fylke)
        lag_kommune("1515", "Herøy", fylke)


OPPRETT = ["brukere", "opprett", "--navn", "Ida Imdi", "--engangspassord"]


def test_organisations_then_the_first_administrator(capsys: Any) -> None:
    assert main(["brukere", "organisasjoner"]) == 0
    assert "5 nye organisasjoner, 0 endret, 2 uendret." in capsys.readouterr().out
    assert main([*OPPRETT, "--rolle", "imdi_admin", "--organisasjon", "IMDi", "--brukernavn", "Ida"]) == 0
    ut = capsys.readouterr().out
    passord = re.search(r"Engangspassord: ([a-z0-9-]{19})", ut)
    assert passord and "Brukernavn: ida" in ut
    ida = Bruker.objects.get(brukernavn="ida")
    assert ida.check_password(passord[1]) and ida.maa_bytte_passord
    with som(system("prove")):
        assert ida.medlemskap.get().rolle == "imdi_admin"


def test_password_from_the_terminal_is_chosen_by_the_person(capsys: Any, monkeypatch: Any) -> None:
    main(["brukere", "organisasjoner"])
    monkeypatch.setattr("sys.stdin.isatty", lambda: True)
    monkeypatch.setattr("getpass.getpass", lambda *_: "tog-fjell-eple-lampe")
    argumenter = [a for a in OPPRETT if a != "--engangspassord"]
    assert main([*argumenter, "--rolle", "ks_radgiver", "--organisasjon", "ks"]) == 0
    ida = Bruker.objects.get(brukernavn="ida.imdi@ks")
    assert ida.check_password("tog-fjell-eple-lampe") and not ida.maa_bytte_passord
    assert "Engangspassord" not in capsys.readouterr().out
    monkeypatch.setattr("getpass.getpass", lambda *_: "kort")
    assert main([*argumenter, "--rolle", "ks_radgiver", "--organisasjon", "ks", "--brukernavn", "b"]) == 1


def test_what_is_wrong_is_said(capsys: Any) -> None:
    assert main([*OPPRETT, "--rolle", "kommune_admin", "--organisasjon", "Herøy"]) == 2
    assert "flere organisasjoner" in capsys.readouterr().err
    assert main([*OPPRETT, "--rolle", "kommune_admin", "--organisasjon", "finnes ikke"]) == 2
    assert main([*OPPRETT, "--rolle", "imdi_admin", "--organisasjon", "1818"]) == 1
    assert "Rollen finnes ikke i denne typen organisasjon" in capsys.readouterr().err
    assert main([*OPPRETT, "--rolle", "kommune_admin", "--organisasjon", "1818"]) == 0
    assert "ida.imdi@1818" in capsys.readouterr().out
    assert Organisasjon.objects.count() == 2
