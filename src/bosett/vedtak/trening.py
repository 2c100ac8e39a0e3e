"""Learning the weights of the second reader (`rules/leser.py`) from our own development texts. Run by a developer, not by the product:

    .venv/bin/python -m bosett.vedtak.trening tests/vedtak/tekster [--kryss]

It reads every `utvikling*.csv` in the folder, never `proving*.csv` or `nye*.csv`, and writes `rules/leksikon_data/vekter.tsv`. The same texts give
the same file. `--kryss` writes nothing: it learns from all files but one and measures on that one, for each file in turn, which is
the honest estimate of how well the reader does on texts by somebody else.
"""

import argparse
import base64
import csv
import math
from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

import numpy as np
import numpy.typing as npt

from bosett.vedtak import nettrening
from bosett.vedtak.rules.leser import KATEGORIER, SKALA, VEKTER, Nett
from bosett.vedtak.rules.sjekk import Utgangspunkt, samlet, utgangspunkt
from bosett.vedtak.rules.trekk import setningstrekk

Tall = npt.NDArray[np.float64]
STRAFF = 3.0  # how dear a weight of a category is: higher is more careful
BEHOLD_KATEGORI = 2_500
RUNDER = 100
HOPP = (1, 7, 19)  # how far apart in the file two clean sentences stand that are put together
# Added to how sure the reader is: where leaving one file out gave the best F.
TERSKEL = 0.75


@dataclass(frozen=True, slots=True)
class Tekst:
    """A text with a known answer: the features of its sentences, which of them carry the reservation, and what the rules say."""

    fasit: bool
    kategori: str
    trekk: tuple[frozenset[str], ...]
    positiv: tuple[bool, ...]
    start: Utgangspunkt


def les_fil(fil: Path) -> list[Tekst]:
    """The texts of a file, without those whose answer is that a person must judge."""
    with fil.open(encoding="utf-8", newline="") as inn:
        rader = [rad for rad in csv.DictReader(inn) if rad["fasit"] in ("forbehold", "godtatt")]
    return [_tekst(rad) for rad in (*rader, *_sammensatte(rader))]


def _sammensatte(rader: Sequence[dict[str, str]]) -> list[dict[str, str]]:
    """Clean sentences behind the same decision, put together two and two: they are clean whatever they stand beside."""
    ut = []
    for form in ("nb", "nn"):
        rene = [r for r in rader if r["kategori"] == "ren_lik" and r["maalform"] == form]
        for i, rad in enumerate(rene):
            for hopp in HOPP:
                andre = rene[(i + hopp) % len(rene)]["tekst"].partition(". ")[2]
                ut.append({**rad, "tekst": f"{rad['tekst']} {andre}"})
    return ut


def _tekst(rad: dict[str, str]) -> Tekst:
    start = utgangspunkt(rad["tekst"])
    fasit = rad["fasit"] == "forbehold"
    steder = [
        (sted, sted + len(ord_))
        for ord_ in map(str.strip, (rad.get("forbeholdsord") or "").split("||"))
        if ord_ and (sted := rad["tekst"].find(ord_)) >= 0
    ]
    # Where nobody has written down which words it is, the rules have found them.
    plass = start.les.plass
    steder = steder or [(plass[t.fra], plass[t.til]) for t in start.treff if t.utfall == "forbehold"]
    positiv = tuple(
        fasit and any(fra < plass[s.biter[-1].til] and plass[s.biter[0].fra] < til for fra, til in steder)
        for s in start.setninger
    )
    trekk = tuple(frozenset(t) for t in setningstrekk(start.setninger, start.treff))
    return Tekst(fasit, rad["kategori"], trekk, positiv, start)


class Matrise:
    """Which features each sentence has. Rows are sentences; each is as heavy as any other."""

    def __init__(self, setninger: Sequence[frozenset[str]], nr: dict[str, int]) -> None:
        rader = [sorted(nr[t] for t in setning if t in nr) for setning in setninger]
        self.antall, self.bredde = len(rader), len(nr)
        self.rad = np.repeat(np.arange(len(rader)), [len(r) for r in rader])
        self.kol = np.array([k for r in rader for k in r], dtype=np.int64)
        self.verdi = np.array([SKALA / math.sqrt(len(r)) for r in rader for _ in r])

    def ganger(self, vekt: Tall) -> Tall:
        return np.bincount(self.rad, self.verdi * vekt[self.kol], self.antall).astype(np.float64)

    def tilbake(self, avvik: Tall) -> Tall:
        return np.bincount(self.kol, self.verdi * avvik[self.rad], self.bredde).astype(np.float64)


def laer(matrise: Matrise, fasit: Tall) -> Tall:
    """Logistic regression: the weights of the features, and last the weight every sentence has."""

    def tap(vekt: Tall) -> tuple[float, Tall]:
        z = matrise.ganger(vekt[:-1]) + vekt[-1]
        avvik = 1 / (1 + np.exp(-np.clip(z, -30, 30))) - fasit
        tapt = float(np.logaddexp(0, np.where(fasit > 0, -z, z)).sum())
        return (
            tapt + STRAFF / 2 * float(vekt[:-1] @ vekt[:-1]),
            np.append(matrise.tilbake(avvik) + STRAFF * vekt[:-1], avvik.sum()),
        )

    return _lbfgs(tap, np.zeros(matrise.bredde + 1))


def _lbfgs(tap: Callable[[Tall], tuple[float, Tall]], x: Tall, minne: int = 10) -> Tall:
    """The lowest point of a smooth bowl (Nocedal and Wright, algorithm 7.5, with halved steps)."""
    f, g = tap(x)
    steg: list[tuple[Tall, Tall]] = []
    for _ in range(RUNDER):
        retning, alfaer = -g, []
        for s, y in reversed(steg):
            alfa = float(s @ retning) / float(s @ y)
            alfaer.append(alfa)
            retning = retning - alfa * y
        if steg:
            s, y = steg[-1]
            retning = retning * (float(s @ y) / float(y @ y))
        for (s, y), alfa in zip(steg, reversed(alfaer), strict=True):
            retning = retning + (alfa - float(y @ retning) / float(s @ y)) * s
        lengde, fall = 1.0 if steg else 1 / (1 + float(np.linalg.norm(g))), float(g @ retning)
        for _ in range(30):
            ny = x + lengde * retning
            f_ny, g_ny = tap(ny)
            if f_ny <= f + 1e-4 * lengde * fall:
                break
            lengde /= 2
        if f - f_ny < 1e-5 * max(1.0, abs(f)):
            return ny if f_ny < f else x
        if float((ny - x) @ (g_ny - g)) > 0:
            steg = [*steg[-(minne - 1) :], (ny - x, g_ny - g)]
        x, f, g = ny, f_ny, g_ny
    return x


def tren(tekster: Sequence[Tekst]) -> Nett:
    """The network of the reader."""
    # A reservation nobody knows the place of teaches nothing about sentences.
    brukes = [t for t in tekster if not t.fasit or any(t.positiv)]
    nett = nettrening.laer(
        [s for t in brukes for s in t.trekk], np.array([float(p) for t in brukes for p in t.positiv])
    )
    return replace(nett, terskel=nett.terskel + TERSKEL)


def tren_kategori(tekster: Sequence[Tekst]) -> dict[str, tuple[float, ...]]:
    """For each of the most telling features, how much it speaks for each category."""
    par = [
        (s, t.kategori)
        for t in tekster
        if t.kategori in KATEGORIER
        for s, p in zip(t.trekk, t.positiv, strict=True)
        if p
    ]
    setninger = [frozenset(f for f in s if f[0] in "1FKc") for s, _ in par]
    antall = Counter(f for s in setninger for f in s)
    navn = sorted(f for f, n in antall.items() if n > 2)
    matrise = Matrise(setninger, {f: i for i, f in enumerate(navn)})
    lag = [laer(matrise, np.array([float(k == kategori) for _, k in par]))[:-1] for kategori in KATEGORIER]
    spredning = np.ptp(np.array(lag), axis=0)
    viktig = sorted(range(len(navn)), key=lambda i: (-spredning[i] * math.sqrt(antall[navn[i]]), navn[i]))
    return {navn[i]: tuple(float(v[i]) for v in lag) for i in sorted(viktig[:BEHOLD_KATEGORI])}


def skriv(nett: Nett, kategori: dict[str, tuple[float, ...]]) -> None:
    """The weights as text: a line for each feature, its whole numbers in base 85."""
    linjer = [
        "\t".join(("v", navn, *(f"{tall:.5g}" for tall in verdier)))
        for navn, verdier in (
            ("skala", nett.skala),
            ("start", nett.start),
            ("ut", nett.ut),
            ("terskel", (nett.terskel,)),
        )
    ]
    fyll = np.zeros((len(nett.nr), -nett.andel.shape[1] % 4), dtype=np.int8)
    andel = np.column_stack([nett.andel, fyll])
    linjer += [f"t\t{f}\t{base64.b85encode(andel[i].tobytes()).decode()}" for f, i in nett.nr.items()]
    linjer += [
        "\t".join(("k", f, *(str(round(v * 100)) for v in rad))) for f, rad in sorted(kategori.items())
    ]
    VEKTER.write_text("\n".join(linjer) + "\n", encoding="utf-8", newline="\n")


def kryss(filer: dict[str, list[Tekst]]) -> None:
    """Learn from the others, measure on each: the rules alone, the reader alone, and the two together."""
    print(f"{'fil':<24}{'tekster':>8}   {'reglene':<14}{'leseren':<14}{'sammen':<14}{'stoppet':<14}")
    alle: list[tuple[bool, tuple[bool, ...]]] = []
    for navn, tekster in filer.items():
        nett = tren([t for andre, liste in filer.items() if andre != navn for t in liste])
        rader = []
        for t in tekster:
            z = max((nett.sikkerhet(s) for s in t.trekk), default=-SKALA)
            dom = samlet(z, t.start.treff)
            rader.append(
                (
                    t.fasit,
                    (
                        any(f.utfall == "forbehold" for f in t.start.treff),
                        z > 0,
                        dom == "forbehold",
                        dom != "godtatt",
                    ),
                )
            )
        alle += rader
        _linje(navn, rader)
    _linje("alle", alle)


def _linje(navn: str, rader: Sequence[tuple[bool, tuple[bool, ...]]]) -> None:
    ut = f"{navn:<24}{len(rader):>8}   "
    for i in range(4):
        traff = sum(f and u[i] for f, u in rader)
        ut += f"{traff / max(1, sum(u[i] for _, u in rader)):.3f} {traff / max(1, sum(f for f, _ in rader)):.3f}   "
    print(ut, flush=True)


def main() -> None:
    les = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    les.add_argument("mappe", type=Path)
    les.add_argument("--kryss", action="store_true", help="measure by file instead of writing weights")
    valg = les.parse_args()
    filer = {fil.stem: les_fil(fil) for fil in sorted(valg.mappe.glob("utvikling*.csv"))}
    if valg.kryss:
        kryss(filer)
        return
    tekster = [t for liste in filer.values() for t in liste]
    skriv(tren(tekster), tren_kategori(tekster))


if __name__ == "__main__":
    main()
