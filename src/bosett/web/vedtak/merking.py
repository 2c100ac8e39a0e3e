"""A text cut at the words the check reacted to, so that they can be marked and numbered."""

from collections.abc import Iterable
from dataclasses import dataclass

from bosett.vedtak.rules.typer import Funn


@dataclass(frozen=True)
class Segment:
    """A stretch of the text; `nr` is the number of the finding it belongs to, 0 where nothing was found."""

    tekst: str
    nr: int = 0


def segmenter(tekst: str, funn: Iterable[Funn]) -> list[Segment]:
    """The whole text in order. Findings are numbered as they come; of two that overlap, the later begins where the first ends."""
    ut: list[Segment] = []
    sted = 0
    for nr, ett in sorted(enumerate(funn, start=1), key=lambda par: par[1].fra):
        fra, til = max(ett.fra, sted), ett.til
        if til <= fra:
            continue
        if fra > sted:
            ut.append(Segment(tekst[sted:fra]))
        ut.append(Segment(tekst[fra:til], nr))
        sted = til
    if sted < len(tekst):
        ut.append(Segment(tekst[sted:]))
    return ut
