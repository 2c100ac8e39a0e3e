"""Is an answer whole, and does it hang together? The reservations in its text are another matter (`sjekk`)."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from bosett.grunn.feil import BosettFeil, Ugyldig
from bosett.grunn.klokke import i_dag

FELTNAVN = {
    "antall": "hvor mange kommunen bosetter",
    "em": "om kommunen tar imot enslige mindreårige",
    "em_antall": "hvor mange av dem som er enslige mindreårige",
    "organ": "hvem som gjorde vedtaket",
    "organ_navn": "hvilket organ det var",
    "motedato": "datoen for møtet",
    "saksnummer": "saksnummeret",
    "tekst": "hva som ble vedtatt",
}


def feil(svar: Mapping[str, Any]) -> list[tuple[str, BosettFeil]]:
    """By field, in the order of the form."""
    ut: list[tuple[str, BosettFeil]] = []
    antall, em = svar["antall"], svar["em"]
    if antall is None:
        ut.append(
            ("antall", _mangler("antall", "Et tomt felt er ikke et svar. Er svaret nei, skriver dere 0."))
        )
    if em is None and antall != 0:
        ut.append(("em", _mangler("em")))
    if em and svar["em_antall"] is None:
        ut.append(("em_antall", _mangler("em_antall")))
    for navn in ("organ", "motedato", "saksnummer", "tekst"):
        if not svar[navn]:
            ut.append((navn, _mangler(navn)))
    if svar["organ"] == "annet" and not svar["organ_navn"]:
        ut.append(("organ_navn", _mangler("organ_navn")))
    return ut


def _mangler(navn: str, regel: str = "") -> Ugyldig:
    return Ugyldig(
        kode=f"VEDTAK-MANGLER-{navn.upper()}",
        hva=f"Det står ikke {FELTNAVN[navn]}.",
        regel=regel or "Vedtaket skal kunne leses av dem som ikke var i møtet.",
        gjor="Fyll ut feltet.",
    )


def _dag() -> date:
    return i_dag()
