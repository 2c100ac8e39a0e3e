"""The ground table: which residence permits let a person be settled by agreement (R184, R185)."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from bosett.grunn.feil import Ugyldig
from bosett.grunn.periode import Periode

_FIL = Path(__file__).parents[1] / "satser" / "grunnlag.yaml"


@dataclass(frozen=True, slots=True)
class Grunnlag:
    kode: str
    paragraf: str
    nb: str
    nn: str
    en: str
    perioder: tuple[tuple[Periode, bool | None, str], ...]

    def bosettes(self, dato: date) -> bool | None:
        """May somebody with this permit be settled? None: nobody has verified it, or the table begins later."""
        return next((svar for periode, svar, _kilde in self.perioder if dato in periode), None)

    def kilde(self, dato: date) -> str:
        return next((kilde for periode, _svar, kilde in self.perioder if dato in periode), "")


@cache
def grunnlagene() -> dict[str, Grunnlag]:
    return {kode: _les(kode, felt) for kode, felt in yaml.safe_load(_FIL.read_text("utf-8")).items()}


def grunnlag(kode: str) -> Grunnlag:
    """Raises `Ugyldig` for a code the table does not hold."""
    if kode not in grunnlagene():
        raise Ugyldig(
            kode="OPPHOLD-GRUNNLAG",
            hva=f"Grunnlaget «{kode}» finnes ikke i tabellen.",
            regel="En tillatelse må ha et kjent grunnlag.",
            gjor="Bruk en av kodene: " + ", ".join(grunnlagene()) + ".",
        )
    return grunnlagene()[kode]


def _les(kode: str, felt: dict[str, Any]) -> Grunnlag:
    perioder = tuple(
        (
            Periode(p["gyldig_fra"], p.get("gyldig_til")),
            {"ja": True, "nei": False, True: True, False: False, None: None}[p["bosettes"]],
            p["kilde"],
        )
        for p in felt["perioder"]
    )
    return Grunnlag(kode, felt["paragraf"], felt["nb"], felt["nn"], felt["en"], perioder)
