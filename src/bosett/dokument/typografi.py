"""Typography of running text in letters: quotation marks, and spaces that may not break. Numbers are `grunn.tallformat`'s."""

from __future__ import annotations

import re
from datetime import datetime

from bosett.grunn.klokke import OSLO
from bosett.grunn.tallformat import HARDT_MELLOMROM, SMALT_MELLOMROM, dato_kort, med_enhet


def mengde(antall: int, entall: str, flertall: str) -> str:
    """«15 flyktninger», «1 flyktning»: the number never stands alone at a line's end."""
    return med_enhet(antall, entall if antall == 1 else flertall)


def bind_tall(tekst: str) -> str:
    """«om lag 5 100» as a person typed it, with the thousands parted as in all other numbers."""
    return re.sub(r"(?<=\d)[ \u00a0](?=\d{3}(?!\d))", SMALT_MELLOMROM, tekst)


def tidspunkt(verdi: datetime) -> str:
    """«04.11.2019 kl. 14.05», Norwegian time. The moment must have a time zone."""
    if verdi.tzinfo is None:
        raise ValueError("et tidspunkt må ha tidssone")
    lokal = verdi.astimezone(OSLO)
    return f"{dato_kort(lokal.date())}{HARDT_MELLOMROM}kl.{HARDT_MELLOMROM}{lokal:%H.%M}"


_SITAT = re.compile(r'"([^"\n]*)"')
_MAANED = "januar|februar|mars|april|mai|juni|juli|august|september|oktober|november|desember"
_BINDES = (
    re.compile(r"(?<=§) (?=\d)"),
    re.compile(r"(?<=\d) (?=(?:prosent|kroner|år)\b)"),
    re.compile(r"(?<=\bkl\.) (?=\d)"),
    re.compile(rf"(?<=\d\.) (?=(?:{_MAANED})\b)"),
    re.compile(r"(?<=\bVedlegg) (?=\d)"),
)


def pen(tekst: str) -> str:
    """Straight double quotes become «»; figures hold on to the word they belong to; three dots become one sign."""
    tekst = _SITAT.sub(r"«\1»", tekst).replace("...", "…")
    for monster in _BINDES:
        tekst = monster.sub(HARDT_MELLOMROM, tekst)
    return tekst
