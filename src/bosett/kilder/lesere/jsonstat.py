"""JSON-stat 2 as SSB's PxWeb answers: a cube of numbers becomes rows of codes, labels, value and status."""

import json
from collections.abc import Iterator
from dataclasses import dataclass
from decimal import Decimal
from itertools import product
from math import prod
from typing import Any

from bosett.kilder.feil import Cellefeil, Lesefeil
from bosett.kilder.tall import Tilstand, Verdi

# SSB's standard signs; «-» is a true zero there and comes with the value 0.
_STATUS = {
    ".": Tilstand.IKKE_AKTUELT,
    "..": Tilstand.MANGLER,
    "...": Tilstand.MANGLER,
    ":": Tilstand.SKJULT,
}


@dataclass(frozen=True, slots=True)
class Kubecelle:
    """One cell: dimension → code, dimension → label, and the value with its state."""

    koder: dict[str, str]
    etiketter: dict[str, str]
    verdi: Verdi | None
    tilstand: Tilstand
    status: str


@dataclass(frozen=True, slots=True)
class Kube:
    tittel: str
    kilde: str
    oppdatert: str
    dimensjoner: tuple[str, ...]
    celler: tuple[Kubecelle, ...]


def les_jsonstat(raa: bytes, navn: str = "JSON-stat-svaret") -> Kube:
    """Read a JSON-stat 2 dataset. Sparse values, list or object indexes and list or object status are all allowed.

    Raises Lesefeil when it is not JSON-stat 2 or its parts do not agree.
    """
    try:
        svar: Any = json.loads(raa.decode("utf-8-sig"), parse_float=Decimal)
    except (UnicodeDecodeError, json.JSONDecodeError) as grunn:
        raise _feil(navn, "", f"er ikke gyldig JSON: {grunn}") from grunn
    if (
        not isinstance(svar, dict)
        or svar.get("class") != "dataset"
        or not str(svar.get("version", "")).startswith("2")
    ):
        raise _feil(navn, "version", "er ikke et JSON-stat 2-datasett")
    try:
        dimensjoner = [str(d) for d in svar["id"]]
        storrelser = [int(s) for s in svar["size"]]
        kategorier = [_kategorier(svar["dimension"][d]["category"]) for d in dimensjoner]
        verdier = _oppslag(svar["value"])
        status = _oppslag(svar.get("status") or {})
    except (KeyError, TypeError, ValueError) as grunn:
        raise _feil(navn, str(grunn), "et felt mangler eller har feil form") from grunn
    for dimensjon, storrelse, koder in zip(dimensjoner, storrelser, kategorier, strict=False):
        if storrelse != len(koder):
            raise _feil(navn, dimensjon, f"size sier {storrelse} kategorier, men det er {len(koder)}")
    antall = prod(storrelser)
    if len(dimensjoner) != len(storrelser) or any(not 0 <= i < antall for i in verdier):
        raise _feil(navn, "value", f"verdiene passer ikke med {antall} celler")
    celler = tuple(_celler(dimensjoner, kategorier, verdier, status, navn))
    return Kube(
        str(svar.get("label") or ""),
        str(svar.get("source") or ""),
        str(svar.get("updated") or ""),
        tuple(dimensjoner),
        celler,
    )


def _celler(
    dimensjoner: list[str],
    kategorier: list[list[tuple[str, str]]],
    verdier: dict[int, Any],
    status: dict[int, Any],
    navn: str,
) -> Iterator[Kubecelle]:
    for i, valg in enumerate(product(*kategorier)):
        verdi, tegn = verdier.get(i), str(status.get(i) or "")
        if isinstance(verdi, bool) or not (verdi is None or isinstance(verdi, int | Decimal)):
            raise _feil(navn, "value", f"celle {i} er ikke et tall")
        tilstand = Tilstand.TALL if verdi is not None else _STATUS.get(tegn, Tilstand.MANGLER)
        yield Kubecelle(
            {d: kode for d, (kode, _) in zip(dimensjoner, valg, strict=True)},
            {d: etikett for d, (_, etikett) in zip(dimensjoner, valg, strict=True)},
            verdi,
            tilstand,
            tegn,
        )


def _kategorier(kategori: dict[str, Any]) -> list[tuple[str, str]]:
    etiketter = kategori.get("label") or {}
    indeks = kategori.get("index")
    if indeks is None:  # allowed when there is one category
        koder = list(etiketter)
    elif isinstance(indeks, list):
        koder = [str(k) for k in indeks]
    else:
        koder = sorted(indeks, key=indeks.__getitem__)
    return [(kode, str(etiketter.get(kode, kode))) for kode in koder]


def _oppslag(verdier: Any) -> dict[int, Any]:
    if isinstance(verdier, list):
        return dict(enumerate(verdier))
    return {int(i): v for i, v in verdier.items()}


def _feil(navn: str, felt: str, melding: str) -> Lesefeil:
    return Lesefeil(navn, [Cellefeil(1, felt, "", melding)], form="JSON-stat 2.0")
