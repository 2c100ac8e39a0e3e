"""A tolerant CSV reader: BOM or not, comma, semicolon or tab, UTF-8, UTF-16 or Windows-1252, and faults with row and column."""

import csv
import hashlib
import io
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import TypeVar

from bosett.kilder.feil import Cellefeil, Lesefeil

T = TypeVar("T")
STORSTE_BYTES = 200 * 1024 * 1024


@dataclass(slots=True)
class Tabell:
    """A table read as text. `rader` holds (line number, cells); `feil` collects faults until `slutt` raises them all."""

    fil: str
    sha256: str
    tegnsett: str
    skilletegn: str
    kolonner: tuple[str, ...]
    rader: list[tuple[int, list[str]]]
    feil: list[Cellefeil] = field(default_factory=list)

    def har(self, kolonner: Sequence[str]) -> bool:
        return set(kolonner) <= set(self.kolonner)

    def plass(self, kolonne: str) -> int:
        return self.kolonner.index(kolonne)

    def krev(self, kolonner: Sequence[str]) -> None:
        """Raise Lesefeil with the missing columns and those that were found."""
        mangler = [k for k in kolonner if k not in self.kolonner]
        if mangler:
            fant = ", ".join(self.kolonner)
            raise Lesefeil(
                self.fil, [Cellefeil(1, k, "", f"kolonnen mangler; filen har {fant}") for k in mangler]
            )

    def ordboker(self) -> Iterator[tuple[int, dict[str, str]]]:
        """Each row as line number and column → cell."""
        for linje, celler in self.rader:
            yield linje, dict(zip(self.kolonner, celler, strict=True))

    def les(self, linje: int, kolonne: str, tekst: str, som: Callable[[str], T]) -> T | None:
        """Read a cell by `som`; a fault is collected and gives None."""
        try:
            return som(tekst)
        except ValueError as grunn:
            self.feil.append(Cellefeil(linje, kolonne, tekst, str(grunn)))
            return None

    def slutt(self, form: str = "") -> None:
        """Raise Lesefeil with every collected fault, if there is one."""
        if self.feil:
            raise Lesefeil(self.fil, self.feil, form=form)


def les_tabell(fil: Path | bytes, navn: str = "") -> Tabell:
    """Read a CSV file (or its bytes). Rows of wrong length are collected as faults; empty lines are skipped.

    Raises Lesefeil for an empty file, a file that is not text, and headings that are empty or twice.
    """
    navn = navn or (fil.name if isinstance(fil, Path) else "tabellen")
    raa = _bytes(fil, navn)
    tekst, tegnsett = _tekst(raa, navn)
    skilletegn = _skilletegn(tekst)
    leser = csv.reader(io.StringIO(tekst, newline=""), delimiter=skilletegn, strict=True)
    try:
        kolonner = _overskrift(next(leser, []), navn)
        tabell = Tabell(navn, hashlib.sha256(raa).hexdigest(), tegnsett, skilletegn, kolonner, [])
        forrige = leser.line_num
        for celler in leser:
            linje, forrige = forrige + 1, leser.line_num
            if not any(celler):
                continue
            if len(celler) != len(kolonner):
                tabell.feil.append(
                    Cellefeil(
                        linje, "", "", f"raden har {len(celler)} celler, overskriften har {len(kolonner)}"
                    )
                )
                continue
            tabell.rader.append((linje, celler))
    except csv.Error as grunn:
        raise Lesefeil(
            navn, [Cellefeil(leser.line_num, "", "", f"kan ikke leses som CSV: {grunn}")]
        ) from grunn
    return tabell


def _bytes(fil: Path | bytes, navn: str) -> bytes:
    if isinstance(fil, bytes):
        return fil
    try:
        if fil.stat().st_size > STORSTE_BYTES:
            raise Lesefeil(navn, [Cellefeil(1, "", "", "filen er større enn 200 MB")])
        return fil.read_bytes()
    except OSError as grunn:
        raise Lesefeil(navn, [Cellefeil(0, "", "", f"filen kan ikke åpnes: {grunn.strerror}")]) from grunn


def _tekst(raa: bytes, navn: str) -> tuple[str, str]:
    if raa.startswith((b"\xff\xfe", b"\xfe\xff")):
        return raa.decode("utf-16"), "utf-16"
    if b"\0" in raa:
        raise Lesefeil(
            navn, [Cellefeil(1, "", "", "filen er ikke tekst (er det et regneark? Lagre det som CSV)")]
        )
    for tegnsett in ("utf-8-sig", "cp1252"):
        try:
            return raa.decode(tegnsett), tegnsett
        except UnicodeDecodeError:
            continue
    return raa.decode("latin-1"), "latin-1"


def _skilletegn(tekst: str) -> str:
    forste = tekst.split("\n", 1)[0]
    return max(",;\t", key=forste.count)


def _overskrift(celler: list[str], navn: str) -> tuple[str, ...]:
    kolonner = tuple(c.strip() for c in celler)
    if not any(kolonner):
        raise Lesefeil(
            navn, [Cellefeil(1, "", "", "filen er tom, eller den første linjen er ikke en overskrift")]
        )
    feil = [
        Cellefeil(1, k or str(nr), k, "kolonnen har ikke navn" if not k else "kolonnen står to ganger")
        for nr, k in enumerate(kolonner, 1)
        if not k or kolonner.index(k) != nr - 1
    ]
    if feil:
        raise Lesefeil(navn, feil)
    return kolonner
