"""Names as they are searched and sorted: across scripts, accents and ways of writing."""

import re
from collections.abc import Iterable

from anyascii import anyascii

_ORD = re.compile(r"[a-z0-9]+")
# Ways of writing the same Arabic, Persian and Slavic sounds in Latin letters. A search finds too many rather than too few.
_LIKT = (("ou", "u"), ("oo", "u"), ("ee", "i"), ("kh", "h"), ("gh", "g"), ("dh", "d"), ("ph", "f"), ("ck", "k"),
         ("q", "k"), ("c", "k"), ("w", "v"), ("y", "i"), ("j", "i"), ("z", "s"), ("x", "ks"))  # fmt: skip


def ordene(*navn: str) -> set[str]:
    """The words of names in any script, in small Latin letters without accents."""
    return {
        ord_ for ett in navn for ord_ in _ORD.findall(anyascii(ett).lower().replace("'", "").replace("-", ""))
    }


def lydlikt(ord_: str) -> str:
    """The word as many spellings of it would come out: near sounds alike, doubled letters once, no vowels (Arabic writes none)."""
    for fra, til in _LIKT:
        ord_ = ord_.replace(fra, til)
    return re.sub(r"(.)\1+", r"\1", re.sub(r"[aeiouh]", "", ord_)) or ord_


def sokeord(navn: Iterable[str]) -> set[str]:
    """What is stored for a search: each word, and its sound with an asterisk before it."""
    alle = ordene(*navn)
    return {o[:60] for o in alle} | {f"*{lydlikt(o)}"[:60] for o in alle if len(o) > 2}


def sortering(fornavn: str, etternavn: str) -> str:
    return " ".join(
        sorted_del for sorted_del in (anyascii(etternavn).lower(), anyascii(fornavn).lower()) if sorted_del
    )[:200]
