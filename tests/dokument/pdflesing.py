"""Reading a typeset letter as a reader does: running text without page headers and footers, spaces made ordinary."""

import io
import re

import pypdf
from pdfminer.high_level import extract_text


def tekst(pdf: bytes) -> str:
    """The running text; header and footer lines between pages are left out, every kind of space is one space."""
    leser = pypdf.PdfReader(io.BytesIO(pdf))
    tittel = str(leser.metadata.title if leser.metadata else "")
    sider = []
    for nummer, side in enumerate(extract_text(io.BytesIO(pdf)).split("\f")):
        linjer = [linje for linje in side.splitlines() if linje.strip()]
        linjer = [
            linje
            for linje in linjer
            if not re.match(r"(Side \d+ av \d+|Vår referanse: \S+)\s*$", enkel(linje))
        ]
        if nummer and linjer and linjer[0].strip() == tittel:
            linjer = linjer[2:]  # running title and office
        sider += linjer
    return enkel(" ".join(sider))


def enkel(tekst: str) -> str:
    return " ".join(tekst.split())
