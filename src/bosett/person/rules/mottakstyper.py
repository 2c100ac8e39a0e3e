"""The dated code list of reception centres (R322)."""

from functools import cache
from pathlib import Path
from typing import Any

import yaml

from bosett.grunn.feil import Ugyldig

_FIL = Path(__file__).parents[1] / "satser" / "mottakstyper.yaml"


@cache
def mottakstyper() -> dict[str, dict[str, Any]]:
    return dict(yaml.safe_load(_FIL.read_text("utf-8")))


def sjekk_type(kode: str) -> str:
    """The code itself. Raises `Ugyldig` for a type that is not in the list."""
    if kode not in mottakstyper():
        raise Ugyldig(
            kode="MOTTAK-TYPE",
            hva=f"Mottakstypen «{kode}» er ikke kjent.",
            regel="Et mottak har en av typene UDI bruker.",
            gjor="Bruk en av kodene: " + ", ".join(mottakstyper()) + ".",
        )
    return kode
