"""Typesetting of a paper: content → a tagged PDF (PDF/A-2a and PDF/UA-1), by the same rules as a letter."""

import json
from functools import cache

from bosett.dokument import sats
from bosett.dokument.jsonform import til_data
from bosett.dokument.papir import Papir
from bosett.grunn.tallformat import dato_kort

MAL = sats.MAL.with_name("papir.typ")


@cache
def _mal() -> bytes:
    return MAL.read_bytes()


def sett(papir: Papir) -> bytes:
    """The paper as a PDF. Raises ``Ugyldig`` as ``sats.sett`` does: for a sign the font lacks, and for any warning."""
    data = {
        "papir": til_data(papir),
        "ord": sats.LEDETEKSTER[papir.maalform],
        "dato": dato_kort(papir.dato),
    }
    inndata = json.dumps(data, ensure_ascii=False, sort_keys=True).encode()
    return sats.kompiler(_mal(), inndata, papir.dato)
