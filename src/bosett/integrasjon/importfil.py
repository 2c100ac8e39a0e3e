"""Messages from a file: JSON lines, or CSV with one message a row. Pure.

CSV columns: `id`, `type`, `nr`, `duf`, `gjelder`, and the fields of `data` by name. An empty cell is a field that is not sent.
`fornavn` and `etternavn` are the name in Latin letters, `spraak` codes with spaces between, `numre` as «dnr:12345678901 fnr:…»,
yes and no as ja/nei.
"""

import csv
import json
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from bosett.grunn.feil import Ugyldig

_TOPP = ("id", "type", "nr", "duf", "gjelder")
_JA = {"ja": True, "nei": False, "true": True, "false": False}
_FELT = re.compile(r"«(?:melding|data)\.([^»]+)»")


@dataclass(frozen=True, slots=True)
class Rad:
    """One row: the message, or what is wrong with the row itself. `nr` counts lines from 1, the heading of a CSV included."""

    nr: int
    melding: dict[str, Any] | None
    feil: str = ""


@dataclass(frozen=True, slots=True)
class Radfeil:
    rad: int
    felt: str
    hva: str


def les(fil: Path) -> Iterator[Rad]:
    """The rows of a file, one at a time, so that a large one need not be in memory. Raises `Ugyldig` (wrong use) for other kinds."""
    slag = {".jsonl": _jsonl, ".csv": _csv}.get(fil.suffix.lower())
    if slag is None:
        raise Ugyldig(
            kode="BRUK-FIL", hva=f"{fil.name} er verken .jsonl eller .csv.", gjor="Lagre filen som en av dem."
        )
    try:
        with fil.open(encoding="utf-8-sig", newline="") as linjer:
            yield from slag(linjer)
    except OSError as feil:
        raise Ugyldig(
            kode="BRUK-FIL", hva=f"{fil} kan ikke leses ({feil.strerror}).", gjor="Se etter om navnet er riktig."
        ) from None  # fmt: skip
    except UnicodeDecodeError:
        raise Ugyldig(
            kode="IMPORT-TEGNSETT", hva=f"{fil.name} er ikke skrevet i UTF-8.", gjor="Lagre filen som UTF-8."
        ) from None


def radfeil(rad: int, feil: str) -> Radfeil:
    """A refusal of the contract as row, field and what."""
    felt = _FELT.search(feil)
    return Radfeil(rad, felt.group(1) if felt else "", feil)


def _jsonl(linjer: Iterable[str]) -> Iterator[Rad]:
    for nr, linje in enumerate(linjer, 1):
        if not linje.strip():
            continue
        try:
            melding = json.loads(linje)
        except ValueError:
            yield Rad(nr, None, "Linjen er ikke gyldig JSON.")
            continue
        if isinstance(melding, dict):
            yield Rad(nr, melding)
        else:
            yield Rad(nr, None, "Linjen er ikke et JSON-objekt.")


def _csv(linjer: Iterable[str]) -> Iterator[Rad]:
    forste, *_ = [*_forste(linjer), ""]
    leser = csv.DictReader(linjer, fieldnames=_kolonner(forste), delimiter=_skille(forste))
    for rad in leser:
        if None in rad:
            yield Rad(leser.line_num + 1, None, "Raden har flere celler enn overskriften.")
            continue
        yield Rad(leser.line_num + 1, _melding({n: (v or "").strip() for n, v in rad.items()}))


def _forste(linjer: Iterable[str]) -> Iterator[str]:
    for linje in linjer:
        yield linje
        return


def _skille(forste: str) -> str:
    return ";" if forste.count(";") >= forste.count(",") else ","


def _kolonner(forste: str) -> list[str]:
    return [navn.strip() for navn in next(csv.reader([forste], delimiter=_skille(forste)), [])]


def _melding(rad: dict[str, str]) -> dict[str, Any]:
    celler = {navn: verdi for navn, verdi in rad.items() if verdi}
    topp: dict[str, Any] = {navn: celler.pop(navn) for navn in _TOPP if navn in celler}
    if str(topp.get("nr", "")).isdecimal():
        topp["nr"] = int(topp["nr"])
    data: dict[str, Any] = {}
    if topp.get("type") == "ankomst" and "fornavn" in celler:
        navn = {"skrift": "Latn", "fornavn": celler.pop("fornavn"), "etternavn": celler.pop("etternavn", "")}
        data["navn"] = [navn]
    for felt, verdi in celler.items():
        if felt == "spraak":
            data[felt] = verdi.split()
        elif felt == "numre":
            data[felt] = [
                {"slag": slag, "nummer": nummer}
                for slag, _, nummer in (bit.partition(":") for bit in verdi.split())
            ]
        else:
            data[felt] = _JA.get(verdi.lower(), verdi)
    return topp | {"data": data}
