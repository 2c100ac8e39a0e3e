"""The second reader: a small network over the sentences of a text, trained on our own development texts (`trening.py`).

The rules know words; this one has seen how reservations are said, and weighs everything in the sentence, what the rules found
there too. It is the whole numbers of `leksikon_data/vekter.tsv` and sums: same text, same answer. Each feature has a share in
a few sums; a sum counts when it is above zero, so that words mean more, or something else, together than alone.
"""

import base64
import math
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
import numpy.typing as npt

from bosett.vedtak.rules.leksikon import MAPPE
from bosett.vedtak.rules.mengde import Bestemt
from bosett.vedtak.rules.roller import Bit
from bosett.vedtak.rules.tallord import Maskert
from bosett.vedtak.rules.trekk import Setning, bittrekk, setningstrekk
from bosett.vedtak.rules.typer import Kategori, Treff

VEKTER = MAPPE / "vekter.tsv"
KATEGORIER: tuple[Kategori, ...] = ("familie", "hvem", "hvor_mange", "hvis", "naar")
SKALA = 10.0  # a sentence's features together weigh as much whether they are many or few


@dataclass(frozen=True, slots=True)
class Nett:
    """The network: by feature its row in `andel`, whose last column goes straight to the sum.

    `skala` is what one in each column is worth, `start` what each sum begins with, `ut` what it counts for when above zero.
    """

    nr: dict[str, int]
    andel: npt.NDArray[np.int8]
    skala: tuple[float, ...]
    start: tuple[float, ...]
    ut: tuple[float, ...]
    terskel: float

    def sikkerhet(self, trekk: Iterable[str]) -> float:
        """How much a sentence's features speak for a reservation; above zero it is one. Without a known feature it is none."""
        rader = [self.nr[t] for t in trekk if t in self.nr]
        if not rader:
            return -SKALA
        # Sums of whole numbers are the same in any order.
        summer = self.andel[rader].sum(axis=0, dtype=np.int64).tolist()
        rot = SKALA / math.sqrt(len(rader))
        *inni, rett = (rot * skala * sum_ for skala, sum_ in zip(self.skala, summer, strict=True))
        over = (u * max(0.0, s + i) for u, s, i in zip(self.ut, self.start, inni, strict=True))
        return math.fsum((*over, rett, self.terskel))


@dataclass(frozen=True, slots=True)
class Vekter:
    """What was learned: the network, and for some features how much they speak for each category."""

    nett: Nett
    kategori: dict[str, tuple[float, ...]]


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
    nr: dict[str, int] = {}
    andeler: list[str] = []
    kategori: dict[str, tuple[float, ...]] = {}
    valg: dict[str, tuple[float, ...]] = {}
    with VEKTER.open(encoding="utf-8") as fil:
        for linje in fil:
            slag, navn, *tall = linje.rstrip("\n").split("\t")
            if slag == "t":
                nr[navn] = len(andeler)
                andeler.append(tall[0])
            elif slag == "k":
                kategori[navn] = tuple(int(ett) / 100 for ett in tall)
            elif slag == "v":
                valg[navn] = tuple(map(float, tall))
    raa = b"".join(map(base64.b85decode, andeler))
    andel = np.frombuffer(raa, dtype=np.int8).reshape(len(andeler), -1)[:, : len(valg["skala"])]
    nett = Nett(nr, andel, valg["skala"], valg["start"], valg["ut"], valg["terskel"][0])
    return Vekter(nett, kategori)


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


def les(setninger: Sequence[Setning], treff: Sequence[Treff]) -> Lesning | None:
    """Read a text. None when there is nothing to read."""
    if not setninger:
        return None
    nett = vekter().nett
    alle = setningstrekk(setninger, treff)
    sikkerhet = [nett.sikkerhet(t) for t in alle]
    nr = max(range(len(alle)), key=lambda i: sikkerhet[i])
    setning = setninger[nr]
    biter = setning.biter
    bit = max(biter, key=lambda b: nett.sikkerhet(bittrekk(b))) if len(biter) > 1 else biter[0]
    return Lesning(sikkerhet[nr], setning, bit, _kategori(alle[nr]))


def _kategori(trekk: set[str]) -> Kategori:
    laert = vekter().kategori
    rader = [laert[t] for t in trekk if t in laert]
    poeng = [math.fsum(rad[i] for rad in rader) for i in range(len(KATEGORIER))]
    return KATEGORIER[max(range(len(poeng)), key=lambda i: poeng[i])]
