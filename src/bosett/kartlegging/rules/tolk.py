"""The interpreter card: what to tick before, during and after a talk (R317)."""

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import yaml

from bosett.kartlegging.rules.skjema import MAPPE
from bosett.person.rules.felter import Tekst

NAAR = ("for", "under", "etter")
KVALITET = (1, 2, 3, 4, 5)


@dataclass(frozen=True, slots=True)
class Punkt:
    kode: str
    naar: str
    tekst: Tekst
    kilde: str


@cache
def tolkesjekk() -> Mapping[str, Punkt]:
    alle = yaml.safe_load((MAPPE / "tolkesjekk.yaml").read_text("utf-8"))
    return {
        kode: Punkt(kode, f["naar"], Tekst(f["nb"], f["nn"], f["en"]), f["kilde"]) for kode, f in alle.items()
    }
