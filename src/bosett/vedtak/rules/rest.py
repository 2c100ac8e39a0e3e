"""What is hung on the number itself: «15 flyktninger, der …», «15 flyktninger, men …».

After the number a decision is finished. A subordinate clause that goes on to demand, wish or deny something is a
reservation even when its words stand in no list of ours; only minors, family, extra places and what IMDi does may follow.
"""

import re
from collections.abc import Iterator, Sequence

from bosett.vedtak.rules.leksikon import klasse, liste, uttrykk
from bosett.vedtak.rules.roller import Bit
from bosett.vedtak.rules.typer import Kategori


def etter_tallet(biter: Sequence[Bit]) -> Iterator[tuple[int, int, Kategori]]:
    """Places where something restricting follows the decided number, with the category its words point to."""
    for nr, bit in enumerate(biter):
        if bit.rolle != "vedtak":
            continue
        foran = biter[nr - 1] if nr and biter[nr - 1].setning == bit.setning else None
        if (
            bit.men
            and foran is not None
            and foran.rolle == "vedtak"
            and foran.beslutning
            and "ɴ" in foran.tekst
        ):
            if _begrenser(bit.tekst):
                yield bit.fra, bit.til, _kategori(bit.tekst)
            continue
        if not bit.beslutning:
            continue
        treff = uttrykk(_HALE).search(bit.tekst)
        if treff and _begrenser(treff["hale"]):
            yield bit.fra + treff.start("hale"), bit.til, _kategori(treff["hale"])


_HALE = (
    r"ɴ+ (?:<nye> )?<flyktning>?(?: (?:i|for) (?:løpet av )?ʏ+)?, "
    r"(?P<hale>(?:der|hvor|kor|slik at|dog|likevel slik at|slik)(?!\w).*)"
)


def _begrenser(hale: str) -> bool:
    if "ᴇ" in hale or liste("familie", "ord").search(hale) or liste("rest", "ufarlig").search(hale):
        return False
    return liste("rest", "begrenser").search(hale) is not None


def _kategori(hale: str) -> Kategori:
    if klasse("hvem").search(hale):
        return "hvem"
    if re.search(r"(?<!\w)(?:færre|flere|fleire|tallet|talet|antallet)(?!\w)", hale):
        return "hvor_mange"
    return "hvis"
