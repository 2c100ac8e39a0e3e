"""Filling a text template: placeholders by name, once, with nothing left over.

A value is a string or an inline part (link, footnote). What is filled in is never searched for placeholders, so a
municipality's name cannot become template code.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from bosett.dokument.brev import Avsnitt, Del, Tekst
from bosett.dokument.typografi import pen

Verdi = str | Del | tuple[Del, ...]
_FELT = re.compile(r"\{([a-z0-9_]+)\}")


def felt_i(mal: str) -> list[str]:
    """The names of the placeholders, in order."""
    return _FELT.findall(mal)


def fyll(mal: str, verdier: Mapping[str, Verdi]) -> Avsnitt:
    """The paragraph. Raises ``KeyError`` with the placeholder's name when a value is missing."""
    deler: list[Del] = []
    for nummer, bit in enumerate(_FELT.split(mal)):
        if nummer % 2 == 0:
            deler.append(Tekst(bit))
            continue
        verdi = verdier[bit]
        if isinstance(verdi, str):
            deler.append(Tekst(verdi))
        elif isinstance(verdi, tuple):
            deler.extend(verdi)
        else:
            deler.append(verdi)
    return Avsnitt(_slaa_sammen(deler))


def fyll_tekst(mal: str, verdier: Mapping[str, Verdi]) -> str:
    """As :func:`fyll`, for places that hold plain text only (headings, footnotes)."""
    deler = fyll(mal, verdier).deler
    if not all(isinstance(d, Tekst) for d in deler):
        raise TypeError(f"bare ren tekst kan stå i «{mal}»")
    return "".join(d.tekst for d in deler)


def _slaa_sammen(deler: list[Del]) -> tuple[Del, ...]:
    ut: list[Del] = []
    for del_ in deler:
        if isinstance(del_, Tekst) and ut and isinstance(ut[-1], Tekst):
            ut[-1] = Tekst(ut[-1].tekst + del_.tekst)
        elif not (isinstance(del_, Tekst) and not del_.tekst):
            ut.append(del_)
    return tuple(Tekst(pen(d.tekst)) if isinstance(d, Tekst) else d for d in ut)
