"""The examples of `passer.yaml` and `omraade.yaml`, which a lawyer can read: how a home suits, and when an area is one to avoid."""

from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
import yaml

from bosett.bolig.rules.omraade import varsel
from bosett.bolig.rules.passer import Behov, Hjem, Utfall, kravene, parametre, passer

DAG, FRA = date(2026, 11, 23), date(2026, 12, 1)
_HER = Path(__file__).parent
PASSER: list[dict[str, Any]] = yaml.safe_load((_HER / "passer.yaml").read_text("utf-8"))
OMRAADER: list[dict[str, Any]] = yaml.safe_load((_HER / "omraade.yaml").read_text("utf-8"))


def _hjem(felt: dict[str, Any]) -> Hjem:
    km = {navn: Decimal(str(felt[navn])) for navn in felt if navn.startswith("km_")}
    return Hjem(**felt | km | {"funksjoner": frozenset(felt.get("funksjoner", ()))})


def _behov(felt: dict[str, Any]) -> Behov:
    kjent = {"funksjoner": frozenset(felt["funksjoner"])} if "funksjoner" in felt else {}
    return Behov(fra=FRA, **felt | kjent | {"aldre": tuple(felt["aldre"])})


@pytest.mark.parametrize("ett", PASSER, ids=[ett["navn"] for ett in PASSER])
def test_a_home_suits_a_household(ett: dict[str, Any]) -> None:
    svar = passer(_hjem(ett["hjem"]), kravene(_behov(ett["behov"]), DAG))
    assert svar.samlet == ett["samlet"]
    assert sorted(g.kode for g in svar.grunner if g.utfall == Utfall.PASSER_IKKE) == sorted(ett.get("mangler", ()))  # fmt: skip
    assert sorted(g.kode for g in svar.grunner if g.utfall == Utfall.VET_IKKE) == sorted(ett.get("vet_ikke", ()))  # fmt: skip
    assert all(g.tekst % g.verdier for g in svar.grunner)


@pytest.mark.parametrize("ett", OMRAADER, ids=[ett["navn"] for ett in OMRAADER])
def test_an_area_to_avoid(ett: dict[str, Any]) -> None:
    andel = None if ett["andel"] is None else Decimal(ett["andel"])
    assert (varsel(andel, ett["levekaar"], DAG) is not None) == ett["varsel"]


def test_what_the_project_has_chosen_says_so() -> None:
    for navn in parametre():
        valgt = parametre().verdi(navn, DAG)
        assert valgt.kilde.startswith("prosjektets eget valg") and not valgt.verifisert
