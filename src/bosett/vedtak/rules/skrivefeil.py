"""A long key word with one slip of the keys is read as the key word: «forutsattt», «familiegjenforrente», «flykninger».

Only words of eight letters or more, and only one slip (a letter too much, too few, wrong, or two swapped).
"""

import re
from functools import cache

from bosett.vedtak.rules.leksikon import kjente_ord, noekkelord
from bosett.vedtak.rules.tekst import Jevn

_ORD = re.compile(r"(?<![a-zæøå])[a-zæøå]{8,40}(?![a-zæøå])")


def rettet(les: Jevn) -> Jevn:
    """The same text with slips in key words mended. Places still point into the text as written."""
    ut: list[str] = []
    plass: list[int] = []
    forrige = 0
    for treff in _ORD.finditer(les.jevn):
        riktig = _rett(treff[0])
        if riktig is None:
            continue
        ut.append(les.jevn[forrige : treff.start()])
        plass += les.plass[forrige : treff.start()]
        ut.append(riktig)
        plass += [les.plass[treff.start() + min(i, len(treff[0]) - 1)] for i in range(len(riktig))]
        forrige = treff.end()
    if not ut:
        return les
    ut.append(les.jevn[forrige:])
    return Jevn(les.original, "".join(ut), (*plass, *les.plass[forrige:]))


@cache
def _uten_en() -> dict[str, set[str]]:
    """Every key word under itself and under each spelling with one letter left out."""
    ut: dict[str, set[str]] = {}
    for ord_ in noekkelord():
        for form in {ord_, *_utelatt(ord_)}:
            ut.setdefault(form, set()).add(ord_)
    return ut


def _utelatt(ord_: str) -> set[str]:
    return {ord_[:i] + ord_[i + 1 :] for i in range(len(ord_))}


def _rett(ord_: str) -> str | None:
    """The key word one slip away, or None when there is none or the word is one we know."""
    if ord_ in kjente_ord() or ord_.startswith(tuple(noekkelord())):
        return None
    kandidater = {k for form in {ord_, *_utelatt(ord_)} for k in _uten_en().get(form, ())}
    naere = sorted(k for k in kandidater if _en_feil(ord_, k))
    return naere[0] if len(naere) == 1 else None


def _en_feil(a: str, b: str) -> bool:
    """One letter added, left out, wrong, or two neighbours swapped."""
    if len(a) == len(b):
        ulike = [i for i in range(len(a)) if a[i] != b[i]]
        swap = (
            len(ulike) == 2
            and ulike[1] == ulike[0] + 1
            and a[ulike[0]] == b[ulike[1]]
            and a[ulike[1]] == b[ulike[0]]
        )
        return len(ulike) == 1 or swap
    kort, lang = sorted((a, b), key=len)
    return len(lang) - len(kort) == 1 and kort in _utelatt(lang)
