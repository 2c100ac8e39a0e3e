"""The second reader: a linear model over the sentences of a text, trained on our own development texts (`trening.py`).

The rules know words; this one has seen how reservations are said, and weighs everything in the sentence. It is the weights of
`leksikon_data/vekter.tsv` and sums: same text, same answer. The two are put together in `les_om_igjen`, with shares found on
texts that neither had seen: where the reader is sure, it finds what the rules have no words for, and takes away what they found
where it is sure that nothing is reserved.
"""

import math
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

from bosett.vedtak.rules.leksikon import MAPPE
from bosett.vedtak.rules.mengde import Bestemt
from bosett.vedtak.rules.roller import Bit
from bosett.vedtak.rules.tallord import Maskert
from bosett.vedtak.rules.trekk import Setning, bittrekk, setningstrekk
from bosett.vedtak.rules.typer import Kategori

VEKTER = MAPPE / "vekter.tsv"
KATEGORIER: tuple[Kategori, ...] = ("familie", "hvem", "hvor_mange", "hvis", "naar")
SKALA = 10.0  # a sentence's features together weigh as much whether they are many or few


@dataclass(frozen=True, slots=True)
class Vekter:
    """What was learned. `valg` holds the shares of rules and reader; `kategori` the weights by category."""

    trekk: dict[str, float]
    kategori: dict[str, tuple[float, ...]]
    valg: dict[str, float]


@dataclass(frozen=True, slots=True)
class Lesning:
    """The most reserved sentence of a text: how sure the reader is (0 is in doubt), and the clause that says it."""

    sikkerhet: float
    setning: Setning
    bit: Bit
    kategori: Kategori


@cache
def vekter() -> Vekter:
    """The weights, read once and only when a text is to be checked."""
    trekk: dict[str, float] = {}
    kategori: dict[str, tuple[float, ...]] = {}
    valg: dict[str, float] = {}
    with VEKTER.open(encoding="utf-8") as fil:
        for linje in fil:
            slag, navn, *tall = linje.rstrip("\n").split("\t")
            if slag == "t":
                trekk[navn] = int(tall[0]) / 100
            elif slag == "k":
                kategori[navn] = tuple(int(ett) / 100 for ett in tall)
            elif slag == "v":
                valg[navn] = float(tall[0])
    return Vekter(trekk, kategori, valg)


def setninger_av(deler: Sequence[Bit], mask: Maskert, bestemt: Sequence[Bestemt]) -> list[Setning]:
    """The clauses put back into sentences, with the numbers the reader compares."""
    tallet = next((b.tall.verdi for b in bestemt if not b.em), None)
    samlet: dict[int, list[Bit]] = {}
    for bit in deler:
        samlet.setdefault(bit.setning, []).append(bit)
    return [
        Setning(
            tuple(biter),
            tuple(t.verdi for t in mask.tall if biter[0].fra <= t.fra < biter[-1].til),
            tallet,
        )
        for biter in samlet.values()
    ]


def les(setninger: Sequence[Setning]) -> Lesning | None:
    """Read a text. None when there is nothing to read."""
    if not setninger:
        return None
    alle = setningstrekk(setninger)
    sikkerhet = [_sum(t) for t in alle]
    nr = max(range(len(alle)), key=lambda i: sikkerhet[i])
    setning = setninger[nr]
    bit = max(setning.biter, key=lambda b: _sum(bittrekk(b))) if len(setning.biter) > 1 else setning.biter[0]
    return Lesning(sikkerhet[nr], setning, bit, _kategori(alle[nr]))


def _sum(trekk: set[str]) -> float:
    """How much a sentence's features speak for a reservation, less the weight a sentence needs to be one."""
    laert = vekter()
    kjente = [laert.trekk[t] for t in trekk if t in laert.trekk]
    # The sum of floats depends on their order, and a set has none.
    return SKALA * math.fsum(kjente) / math.sqrt(len(kjente)) + laert.valg["terskel"] if kjente else -SKALA


def _kategori(trekk: set[str]) -> Kategori:
    laert = vekter().kategori
    rader = [laert[t] for t in trekk if t in laert]
    poeng = [math.fsum(rad[i] for rad in rader) for i in range(len(KATEGORIER))]
    return KATEGORIER[max(range(len(poeng)), key=lambda i: poeng[i])]
