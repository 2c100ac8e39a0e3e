"""How the network of the second reader is learned (`trening.py` says from what). Numpy and a fixed seed: same texts, same network."""

from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain

import numpy as np
import numpy.typing as npt

from bosett.vedtak.rules.leser import SKALA, Nett

Tall = npt.NDArray[np.float32]
Hele = npt.NDArray[np.int64]

# All found by leaving one file out (`trening.py --kryss`).
MINST = 3  # a feature seen in fewer sentences than this is left out
SUMMER = 15  # hidden sums
RUNDER = 5
BUNKE = 512  # sentences looked at before the weights are moved
FART = 3e-3
GLEMT = 0.3  # features hidden from each sentence while learning, so that no single one is leaned on
USIKRE = 0.02  # no answer is taken as more certain than this


@dataclass(slots=True)
class _Vekt:
    """Something learned, with what Adam remembers of its slope and its steepness (Kingma and Ba 2015)."""

    verdi: Tall
    retning: Tall
    bratthet: Tall

    def flytt(self, stigning: Tall, steg: int, fart: float) -> None:
        self.retning += 0.1 * (stigning - self.retning)
        self.bratthet += 0.01 * (stigning * stigning - self.bratthet)
        nedover = self.retning / (1 - 0.9**steg)
        self.verdi -= fart * nedover / (np.sqrt(self.bratthet / (1 - 0.99**steg)) + 1e-8)


def laer(setninger: Sequence[frozenset[str]], fasit: npt.NDArray[np.float64]) -> Nett:
    """Learn the network that tells the sentences with a reservation from those without."""
    antall = Counter(chain.from_iterable(setninger))
    navn = sorted(f for f, n in antall.items() if n >= MINST)
    nr = {f: i for i, f in enumerate(navn)}
    rader = [np.array(sorted(nr[t] for t in s if t in nr), dtype=np.int64) for s in setninger]
    andel, start, ut, terskel = _laer(rader, fasit.astype(np.float32), len(navn))
    hele, skala = _hele(andel)
    brukt = [i for i in range(len(navn)) if hele[i].any()]
    return Nett(
        nr={navn[i]: rad for rad, i in enumerate(brukt)},
        andel=hele[brukt],
        skala=tuple(skala),
        start=tuple(map(float, start)),
        ut=tuple(map(float, ut)),
        terskel=terskel,
    )


def _laer(rader: Sequence[Hele], fasit: Tall, bredde: int) -> tuple[Tall, Tall, Tall, float]:
    """The shares, what each sum begins with, what it counts for, and the weight every sentence has."""
    slump = np.random.default_rng(0)

    def vekt(verdi: npt.NDArray[np.floating]) -> _Vekt:
        tall = verdi.astype(np.float32)
        return _Vekt(tall, np.zeros_like(tall), np.zeros_like(tall))

    andel = np.column_stack([slump.standard_normal((bredde, SUMMER)) * 0.06, np.zeros(bredde)])
    andel_, start_ = vekt(andel), vekt(np.zeros(SUMMER))
    ut_, terskel_ = vekt(slump.standard_normal(SUMMER) / np.sqrt(SUMMER)), vekt(np.array([-1.4]))
    maal = fasit * (1 - 2 * USIKRE) + USIKRE
    bunker = -(-len(fasit) // BUNKE) * RUNDER
    for steg, bunke in enumerate(_bunker(len(fasit), slump), 1):
        lengder = np.array([len(rader[i]) for i in bunke])
        kol = np.concatenate([rader[i] for i in bunke])
        rad = np.repeat(np.arange(len(bunke)), lengder)
        rot = (SKALA / np.sqrt(np.maximum(1, lengder)))[rad] / (1 - GLEMT)
        ser = slump.random(len(kol)) > GLEMT
        kol, rad, verdi = kol[ser], rad[ser], rot[ser].astype(np.float32)
        summer = _samle(rad, andel_.verdi[kol] * verdi[:, None], len(bunke))
        inni = summer[:, :-1] + start_.verdi
        over = np.maximum(inni, 0)
        z = over @ ut_.verdi + summer[:, -1] + terskel_.verdi
        avvik = ((1 / (1 + np.exp(-np.clip(z, -30, 30))) - maal[bunke]) / len(bunke)).astype(np.float32)
        tilbake = np.column_stack([np.outer(avvik, ut_.verdi) * (inni > 0), avvik])
        orden = np.argsort(kol, kind="stable")
        stigning = _samle(kol[orden], tilbake[rad[orden]] * verdi[orden, None], bredde)
        fart = FART * (1 - steg / bunker)
        ut_.flytt(over.T @ avvik, steg, fart)
        andel_.flytt(stigning, steg, fart)
        start_.flytt(tilbake[:, :-1].sum(axis=0), steg, fart)
        terskel_.flytt(avvik.sum(keepdims=True), steg, fart)
    return andel_.verdi, start_.verdi, ut_.verdi, float(terskel_.verdi[0])


def _bunker(antall: int, slump: np.random.Generator) -> Iterator[Hele]:
    for _ in range(RUNDER):
        orden = slump.permutation(antall)
        for fra in range(0, antall, BUNKE):
            yield orden[fra : fra + BUNKE]


def _samle(nr: Hele, rader: Tall, antall: int) -> Tall:
    """The sum of the rows with the same number; the numbers stand in order."""
    ut = np.zeros((antall, rader.shape[1]), dtype=np.float32)
    forst = np.flatnonzero(np.diff(nr, prepend=-1))
    if len(forst):
        ut[nr[forst]] = np.add.reduceat(rader, forst, axis=0)
    return ut


def _hele(andel: Tall) -> tuple[npt.NDArray[np.int8], list[float]]:
    """Each column as whole numbers from -127 to 127, and what one of them is worth. The few largest are cut."""
    skala = [max(1e-6, float(np.quantile(np.abs(kolonne), 0.9999))) / 127 for kolonne in andel.T]
    hele = np.clip(np.rint(andel / np.array(skala)), -127, 127).astype(np.int8)
    return hele, skala
