"""A text cut where the check reacted, so that each stretch of words can be marked and numbered. A pure function."""

import itertools
from collections.abc import Iterable, Mapping
from dataclasses import asdict, dataclass
from typing import Any

from bosett.vedtak.rules.typer import Funn


@dataclass(frozen=True)
class Bit:
    """A stretch of the text. `utfall` is empty where nothing was found; `slutt` holds the numbers of the findings that end here."""

    tekst: str
    utfall: str = ""
    slutt: tuple[int, ...] = ()


@dataclass(frozen=True)
class Merknad:
    """One finding, explained below the text under its number."""

    nr: int
    ord: str
    utfall: str
    regel: str
    kilde: str


@dataclass(frozen=True)
class Merket:
    biter: tuple[Bit, ...]
    merknader: tuple[Merknad, ...]


def merk(tekst: str, funn: Iterable[Funn | Mapping[str, Any]]) -> Merket:
    """Cut `tekst` at the findings (as the rules give them, or as they are kept), numbered in the order of the text.

    Findings may overlap; a stretch in two of them counts as the stronger, «forbehold». An empty one (a number that is missing)
    marks no words and has its number where it stands. Positions outside the text are moved to its ends.
    """
    alle = [_plass(ett, len(tekst)) for ett in funn]
    alle.sort(key=lambda ett: (ett["fra"], ett["til"]))
    kutt = sorted({0, len(tekst), *(ett["fra"] for ett in alle), *(ett["til"] for ett in alle)})
    biter = [_tomme(alle, 0)]
    for fra, til in itertools.pairwise(kutt):
        over = {ett["utfall"] for ett in alle if ett["fra"] <= fra and til <= ett["til"]}
        slutt = tuple(nr for nr, ett in enumerate(alle, 1) if ett["til"] == til and ett["fra"] < ett["til"])
        utfall = "forbehold" if "forbehold" in over else next(iter(over), "")
        biter += [Bit(tekst[fra:til], utfall, slutt), _tomme(alle, til)]
    return Merket(
        tuple(bit for bit in biter if bit.tekst or bit.slutt),
        tuple(
            Merknad(nr, ett["ord"], ett["utfall"], ett["regel"], ett["kilde"])
            for nr, ett in enumerate(alle, 1)
        ),
    )


def _plass(funn: Funn | Mapping[str, Any], lengde: int) -> dict[str, Any]:
    ett = asdict(funn) if isinstance(funn, Funn) else dict(funn)
    fra = min(max(int(ett["fra"]), 0), lengde)
    return ett | {"fra": fra, "til": min(max(int(ett["til"]), fra), lengde)}


def _tomme(alle: list[dict[str, Any]], sted: int) -> Bit:
    return Bit("", "", tuple(nr for nr, ett in enumerate(alle, 1) if ett["fra"] == ett["til"] == sted))
