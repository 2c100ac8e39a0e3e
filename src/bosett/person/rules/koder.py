"""Dated code lists with a text in three languages, from `satser/*.yaml`."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from bosett.grunn.feil import Ugyldig
from bosett.grunn.periode import Periode

MAPPE = Path(__file__).parents[1] / "satser"


@dataclass(frozen=True, slots=True)
class Kode:
    kode: str
    nb: str
    nn: str
    en: str
    periode: Periode
    kilde: str
    varighet: int = 0
    """Months, for what runs out by itself."""

    def tekst(self, spraak: str) -> str:
        return {"nn": self.nn, "en": self.en}.get(spraak[:2], self.nb)


@cache
def koder(fil: str) -> Mapping[str, Kode]:
    """The whole list of a file (its name without ending), also codes that no longer hold: old rows are still shown."""
    innhold: dict[str, dict[str, Any]] = yaml.safe_load((MAPPE / f"{fil}.yaml").read_text("utf-8"))
    return {
        kode: Kode(
            kode,
            felt["nb"],
            felt["nn"],
            felt["en"],
            Periode(felt["gyldig_fra"], felt.get("gyldig_til")),
            felt["kilde"],
            felt.get("varighet", 0),
        )
        for kode, felt in innhold.items()
    }


def gjeldende(fil: str, dag: date) -> list[Kode]:
    return [kode for kode in koder(fil).values() if dag in kode.periode]


def krev_kode(fil: str, kode: str, dag: date, *, feilkode: str, hva: str, felt: str = "") -> Kode:
    """The code as it holds on a day. Raises `Ugyldig` with `feilkode`, `hva` and `felt` when it is not in the list then."""
    funnet = koder(fil).get(kode)
    if funnet is None or dag not in funnet.periode:
        raise Ugyldig(
            kode=feilkode,
            hva=hva,
            regel="Bare kodene i listen kan brukes.",
            gjor="Velg en av kodene i listen.",
            felt=felt,
        )
    return funnet


def tekst(fil: str, kode: str, spraak: str) -> str:
    """The text of a code, the code itself when the list doesn't hold it."""
    return koder(fil)[kode].tekst(spraak) if kode in koder(fil) else kode
