"""The demonstration's 84 invented centres, in municipalities that the invented criteria figures say are hosts."""

import csv
from datetime import date
from functools import cache
from pathlib import Path

from bosett.integrasjon.simulator import Senter

FIL = Path(__file__).resolve().parents[3] / "data" / "demo_mottak.csv"
KONSULENTENS = "DEMO-01"
"""The centre where the demonstration's consultant works."""


@cache
def rader() -> tuple[dict[str, str], ...]:
    with FIL.open(encoding="utf-8", newline="") as fil:
        return tuple(csv.DictReader(fil))


def sentre() -> list[Senter]:
    """For the simulator."""
    return [Senter(rad["kode"], rad["type"]) for rad in rader()]


def apnet(rad: dict[str, str]) -> date:
    return date.fromisoformat(rad["apnet"])
