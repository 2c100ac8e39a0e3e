"""What the second reader sees of a sentence: its words in order, what they are about, the role of each clause, its neighbours.

A feature is a short string whose first sign says its kind: `1` a word, `2` two words in a row, `c` a piece of a word, `F` a word
field, `P` two fields in one clause, `B` two fields in a row, `K` a class or list of the lexicon, `Q` two of those, `R` a role, `T`
how the numbers agree with the decided one, `n` words and roles of the next sentence, `p` roles of the one before, `M` what the rules
found in it, `V` whether the number is decided before or after it. `v`, `o`, `e`, `x` and `f` in front tell the role of the
clause. Words further apart, and words of the sentence before, taught it nothing that held for other writers (`trening.py --kryss`).
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise

from bosett.vedtak.rules.leksikon import innhold_av, klasse, liste
from bosett.vedtak.rules.ordformer import grunnform
from bosett.vedtak.rules.roller import Bit
from bosett.vedtak.rules.typer import FORBEHOLD, VIDE, Treff

_TEGN = re.compile(r"ɴ+|ʏ+|ᴇ+|ᴅ+|ᴀ+|ᴢ+|[a-zæøåäöéüóàèô]+(?:-[a-zæøå]+)*|[%§?!:;,()«»\"]")
_TALL = {"ɴ": "#N", "ʏ": "#Y", "ᴇ": "#EM", "ᴅ": "#D", "ᴀ": "#A", "ᴢ": "#Z"}
_ROLLE = {"vedtak": "v", "oppdrag": "o", "ekstra": "e", "falt": "f"}
_KLASSER = (
    "hvem", "ressurs", "nei", "modal", "behov_oker", "flyktning", "bosette", "motta", "administrasjon", "tjeneste", "tallet",
    "svaret", "vedta", "ekstra_ord", "land", "komp_n", "helse_n", "familie_n", "alder_n", "kjonn_n",
)  # fmt: skip
_LISTER = (
    ("familie", "ord"), ("vilkaar", "sterke"), ("vilkaar", "svake"), ("vilkaar", "reduksjon"), ("vilkaar", "eksternt"),
    ("hvem", "utloser"), ("hvem", "ufarlig"), ("rest", "begrenser"), ("mengde", "foran"), ("vilkaar", "hoper"),
    ("vilkaar", "premiss"), ("vilkaar", "eget_arbeid"), ("vilkaar", "eget_budsjett"), ("vilkaar", "tjenesteverb"),
)  # fmt: skip
_SMAAORD = frozenset(
    re.findall(
        r"\S+",
        "ikke ingen med uten for som på til av i om og men at å være ha bli komme kunne ville skulle måtte få så når hvis dersom mens "
        "før etter enn også det den hva hvem ta gi gå si seg fra ved innen under over eller selv bare ? : ; ( )",
    )
)
_DE_TALLET = re.compile(r"(?<!\w)(?:de|dei|alle|desse|disse|av de|av dei) (?:alle )?ɴ")
_AV_DEM = re.compile(r"ɴ+ av (?:dem|dei|de|disse|desse|plass)")
_NABO = 25  # words of a neighbour that are read


@dataclass(frozen=True, slots=True)
class Setning:
    """The clauses of one sentence, and the numbers in it beside the number the text decides."""

    biter: tuple[Bit, ...]
    tall: tuple[int | None, ...]
    bestemt: int | None


@lru_cache(maxsize=20_000)
def felt(ord_: str) -> tuple[str, ...]:
    """The word fields of a word: its own, else those of its last part, else a trace of those of its first part."""
    alle = _felt()
    if ord_ in alle:
        return alle[ord_]
    if len(ord_) >= 6:
        for i in range(2, len(ord_) - 3):
            if ord_[i:] in alle:
                return alle[ord_[i:]]
        for i in range(len(ord_) - 2, 4, -1):
            if ord_[:i] in alle:
                return tuple(f"~{f}" for f in alle[ord_[:i]])
    return ()


@cache
def _felt() -> dict[str, tuple[str, ...]]:
    ut: dict[str, list[str]] = {}
    for navn, ord_ in innhold_av("ordfelt.yaml").items():
        for ett in ord_.split():
            if navn not in ut.setdefault(grunnform(ett), []):
                ut[grunnform(ett)].append(navn)
    return {ord_: tuple(navn) for ord_, navn in ut.items()}


def ordene(tekst: str) -> list[str]:
    """The words of a masked text as the reader sees them; numbers are their kind."""
    return [_TALL.get(t[0]) or grunnform(t) for t in _TEGN.findall(tekst)]


def bittrekk(bit: Bit) -> set[str]:
    """The features of a clause."""
    rolle = _ROLLE.get(bit.rolle, "x")
    ord_ = ordene(bit.tekst)
    ut = {f"R{bit.rolle}"}
    _ordtrekk(ut, rolle, ["^", *ord_, "$"])
    _felttrekk(ut, rolle, ord_)
    navn = [k for k in _KLASSER if klasse(k).search(bit.tekst)]
    navn += [f"{fil}.{n}" for fil, n in _LISTER if liste(fil, n).search(bit.tekst)]
    navn += [n for n, er in (("besl", bit.beslutning), ("men", bit.men)) if er]
    for i, ett in enumerate(navn):
        ut |= {f"K{ett}", f"{rolle}K{ett}"}
        ut.update(f"Q{ett}+{to}" for to in navn[i + 1 :])
    return ut


def _ordtrekk(ut: set[str], rolle: str, ord_: Sequence[str]) -> None:
    for i, ett in enumerate(ord_):
        ut |= {f"1{ett}", f"{rolle}1{ett}"}
        if i + 1 < len(ord_):
            ut.add(f"2{ett} {ord_[i + 1]}")
        if len(ett) > 3 and ett[0] != "#":
            helt = f"<{ett}>"
            ut.update(f"c{helt[j : j + 4]}" for j in range(len(helt) - 3))


def _felttrekk(ut: set[str], rolle: str, ord_: Sequence[str]) -> None:
    kjent = [f for ett in ord_ if (f := felt(ett) or ((ett,) if ett in _SMAAORD or ett[0] == "#" else ()))]
    alle = sorted({f for fs in kjent for f in fs})
    for i, ett in enumerate(alle):
        ut |= {f"F{ett}", f"{rolle}F{ett}"}
        ut.update(f"P{ett}+{to}" for to in alle[i + 1 :])
    rekke = [("^",), *kjent, ("$",)]
    for foran, bak in pairwise(rekke):
        ut.update(f"B{a}>{b}" for a in foran for b in bak)


def rundt(setning: Setning, neste: Setning | None) -> set[str]:
    """The features of the whole sentence: its numbers, its length, what comes after."""
    ut = set()
    tall, bestemt = setning.tall, setning.bestemt
    if bestemt is not None and tall:
        lik = bestemt in tall
        mindre = all(t is not None and t < bestemt for t in tall)
        ut.add("Tlik" if lik else "Tmindre" if mindre else "Tmer")
        if lik and any(t != bestemt for t in tall):
            ut.add("Tbegge")
    tekst = " ".join(b.tekst for b in setning.biter)
    if _DE_TALLET.search(tekst):
        ut.add("Tdetallet")
    if _AV_DEM.search(tekst):
        ut.add("Tavdem")
    lengde = sum(len(ordene(b.tekst)) + 1 for b in setning.biter)
    ut.add(f"L{sum(lengde >= grense for grense in (6, 12, 25))}")
    if neste is None:
        ut.add("ningen")
    else:
        ut.update(f"n1{ett}" for b in neste.biter for ett in ordene(b.tekst)[:_NABO])
    return ut


def _funntrekk(setning: Setning, treff: Sequence[Treff]) -> set[str]:
    """What the rules found in the sentence, by pattern, kind and the role of the clause."""
    ut = set()
    for ett in treff:
        if ett.fra < setning.biter[-1].til and setning.biter[0].fra < ett.til:
            presis = ett.utfall == FORBEHOLD and ett.monster not in VIDE
            ut |= {f"M{ett.monster}", f"Mk{ett.kategori}", f"Mu{ett.utfall}", "Mpresis" if presis else "Mvid"}
            ut.update(f"M{ett.monster}/{b.rolle}" for b in setning.biter if b.fra <= ett.fra < b.til)
    return ut or {"Mingen"}


def _bestemmer(setning: Setning) -> bool:
    """Whether the sentence decides the number of the text."""
    return setning.bestemt in setning.tall and any(
        b.rolle == "vedtak" and b.beslutning for b in setning.biter
    )


def _sted(setninger: Sequence[Setning], bestemmer: Sequence[bool], nr: int) -> set[str]:
    """Where in the text the sentence stands: what its neighbours are, and whether the number is decided before or after it."""
    ut = {
        "Vfør" if any(bestemmer[:nr]) else "Vikkefør",
        "Vsenere" if any(bestemmer[nr + 1 :]) else "Vikkesenere",
    }
    for tegn, andre in (("p", setninger[max(0, nr - 1) : nr]), ("n", setninger[nr + 1 : nr + 2])):
        ut.update(f"{tegn}R{bit.rolle}" for setning in andre for bit in setning.biter)
    return ut


def setningstrekk(setninger: Sequence[Setning], treff: Sequence[Treff]) -> list[set[str]]:
    """The features of each sentence of a text."""
    bestemmer = [s.bestemt is not None and _bestemmer(s) for s in setninger]
    falt = any(b.rolle in ("falt", "debatt") for s in setninger for b in s.biter)
    return [
        set().union(
            *map(bittrekk, setning.biter),
            rundt(setning, setninger[i + 1] if i + 1 < len(setninger) else None),
            _funntrekk(setning, treff),
            _sted(setninger, bestemmer, i),
            {"Vfalt" if falt else "Vikkefalt"},
        )
        for i, setning in enumerate(setninger)
    ]
