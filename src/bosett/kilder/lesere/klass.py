"""SSB KLASS 131 (municipalities): the list of changes and the list of codes, from the API's JSON, its CSV, or a copied CSV."""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from bosett.kilder.feil import Cellefeil, Lesefeil
from bosett.kilder.lesere import celler
from bosett.kilder.lesere.tabell import Tabell, les_tabell

KOLONNER = ("gammel_kode", "gammelt_navn", "ny_kode", "nytt_navn", "dato")
_SSB = ("oldCode", "oldName", "newCode", "newName", "changeOccurred")


@dataclass(frozen=True, slots=True, order=True)
class Endring:
    """One line of the change list. A merger has several lines with one new code, a split several with one old code.

    An empty old code is a code that begins with no predecessor; an empty new code one that ends with no successor.
    """

    dato: date
    gammel_kode: str
    ny_kode: str
    gammelt_navn: str
    nytt_navn: str


@dataclass(frozen=True, slots=True)
class Kode:
    """A municipality's code and official name(s) at a date."""

    nummer: str
    navn: str


def les_endringer(fil: Path | bytes, navn: str = "") -> list[Endring]:
    """Read a change list: JSON from the API, SSB's own CSV, or a CSV with the columns of `KOLONNER`.

    Returns the changes by date. Raises Lesefeil with row and column.
    """
    raa = fil if isinstance(fil, bytes) else _les(fil)
    navn = navn or (fil.name if isinstance(fil, Path) else "endringslisten")
    if raa.lstrip(b"\xef\xbb\xbf \r\n\t").startswith((b"{", b"[")):
        return endringer_fra_json(raa, navn)
    tabell = les_tabell(raa, navn)
    overskrifter = KOLONNER if tabell.har(KOLONNER) or not tabell.har(_SSB) else _SSB
    tabell.krev(overskrifter)
    ut = [_endring(tabell, linje, rad, overskrifter) for linje, rad in tabell.ordboker()]
    tabell.slutt("SSB KLASS 131, endringer")
    return sorted(e for e in ut if e is not None)


def endringer_fra_json(raa: bytes, navn: str) -> list[Endring]:
    """Read `{"codeChanges": [...]}` as `/classifications/131/changes.json` answers. Raises Lesefeil."""
    tabell = Tabell(navn, "", "utf-8", "", _SSB, [])
    rader = _liste(raa, "codeChanges", navn)
    ut = [_endring(tabell, nr, rad, _SSB) for nr, rad in enumerate(rader, 1)]
    tabell.slutt("SSB KLASS 131, endringer (nummer på elementet i listen står som rad)")
    return sorted(e for e in ut if e is not None)


def koder_fra_json(raa: bytes, navn: str) -> list[Kode]:
    """Read `{"codes": [...]}` as `/classifications/131/codesAt.json` answers, without 9999 «uoppgitt». Raises Lesefeil."""
    tabell = Tabell(navn, "", "utf-8", "", ("code", "name"), [])
    ut = []
    for nr, rad in enumerate(_liste(raa, "codes", navn), 1):
        nummer = tabell.les(nr, "code", rad.get("code") or "", celler.kommunenummer)
        if nummer is not None and nummer != "9999":
            ut.append(Kode(nummer, (rad.get("name") or "").strip()))
    tabell.slutt("SSB KLASS 131, koder")
    return ut


def _endring(
    tabell: Tabell, linje: int, rad: Mapping[str, str | None], kolonner: tuple[str, ...]
) -> Endring | None:
    gml, gml_navn, ny, ny_navn, naar = ((rad.get(k) or "").strip() for k in kolonner)
    if not gml and not ny:
        tabell.feil.append(Cellefeil(linje, kolonner[0], "", "både gammel og ny kode mangler"))
        return None
    gammel_kode = tabell.les(linje, kolonner[0], gml, celler.kommunenummer) if gml else ""
    ny_kode = tabell.les(linje, kolonner[2], ny, celler.kommunenummer) if ny else ""
    dagen = tabell.les(linje, kolonner[4], naar, celler.dato)
    if gammel_kode is None or ny_kode is None or dagen is None:
        return None
    return Endring(dagen, gammel_kode, ny_kode, gml_navn, ny_navn)


def _liste(raa: bytes, felt: str, navn: str) -> list[Mapping[str, str | None]]:
    try:
        svar = json.loads(raa.decode("utf-8-sig"))
    except (UnicodeDecodeError, json.JSONDecodeError) as grunn:
        linje = getattr(grunn, "lineno", 1)
        raise Lesefeil(navn, [Cellefeil(linje, "", "", f"er ikke gyldig JSON: {grunn}")]) from grunn
    rader = svar.get(felt) if isinstance(svar, dict) else svar
    if not isinstance(rader, list) or not all(isinstance(rad, dict) for rad in rader):
        raise Lesefeil(navn, [Cellefeil(1, felt, "", f"svaret har ikke listen «{felt}»")])
    return rader


def _les(fil: Path) -> bytes:
    try:
        return fil.read_bytes()
    except OSError as grunn:
        raise Lesefeil(fil.name, [Cellefeil(0, "", "", f"filen kan ikke åpnes: {grunn.strerror}")]) from grunn
