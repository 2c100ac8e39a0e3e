"""The dated code list of reception centres (R322)."""

from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from bosett.grunn.feil import Ugyldig

_FIL = Path(__file__).parents[1] / "satser" / "mottakstyper.yaml"


@cache
def mottakstyper() -> dict[str, dict[str, Any]]:
    return dict(yaml.safe_load(_FIL.read_text("utf-8")))


def typer_paa(dag: date) -> dict[str, dict[str, Any]]:
    """The types in use on a day."""
    return {
        kode: felt
        for kode, felt in mottakstyper().items()
        if felt["gyldig_fra"] <= dag and (felt.get("gyldig_til") is None or dag < felt["gyldig_til"])
    }


def sjekk_type(kode: str, dag: date) -> str:
    """The code itself. Raises `Ugyldig` for a type that was not in the list on that day."""
    if kode not in typer_paa(dag):
        raise Ugyldig(
            kode="MOTTAK-TYPE",
            hva="Mottakstypen er ikke kjent.",
            regel="Et mottak har en av typene UDI bruker.",
            gjor="Bruk en av kodene: " + ", ".join(typer_paa(dag)) + ".",
        )
    return kode
