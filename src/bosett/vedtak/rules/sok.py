"""A list of patterns where only those a text can hold are asked, or even compiled.

Every pattern of the lexicon begins at the beginning of a word. So the first three signs of the words of a text tell, at the cost of
a set, which of a list's patterns are worth asking. A pattern that may begin with anything has a word it can't do without instead.
The answer is that of one long alternation: the first place in the text, and there the first pattern of the list.
"""

import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from functools import lru_cache

LENGDE = 3  # signs of a beginning
INNI = "*"  # before what stands inside a word, when any word may begin it
ALT: frozenset[str] = frozenset({""})  # any word may begin it
_ORDSTART = re.compile(r"(?<!\w)(?s:.)")
_LEDD = re.compile(r"<[^<>]+>|[a-zæøå]+|(?s:.)")


@lru_cache(maxsize=4_096)
def begynnelser(tekst: str) -> tuple[dict[str, list[int]], frozenset[str]]:
    """What the words of a text, and the signs between them, begin with (one, two and three signs): where, and as a set."""
    ut: dict[str, list[int]] = {}
    for treff in _ORDSTART.finditer(tekst):
        i = treff.start()
        for start in {tekst[i : i + n] for n in range(1, LENGDE + 1)}:
            ut.setdefault(start, []).append(i)
    return ut, frozenset(ut)


def ordstarter(tekst: str) -> list[int]:
    """Where a pattern may begin at all."""
    return [t.start() for t in _ORDSTART.finditer(tekst)]


class Ett:
    """One pattern: what it and its later words may begin with, a word it can't do without, and how it is written out."""

    __slots__ = ("_ferdig", "forst", "lag", "maa_ha", "senere", "start")

    def __init__(
        self,
        lag: Callable[[], str],
        start: frozenset[str],
        senere: tuple[frozenset[str], ...] = (),
        maa_ha: str = "",
        forst: Callable[[str], frozenset[int]] | None = None,
    ) -> None:
        self.lag, self.start, self.senere, self.maa_ha, self.forst = lag, start, senere, maa_ha, forst
        self._ferdig: re.Pattern[str] | None = None

    def mulig(self, tekst: str, finnes: frozenset[str]) -> bool:
        """Whether the words it goes on with are there at all."""
        if self.maa_ha not in tekst:
            return False
        for ord_ in self.senere:
            if finnes.isdisjoint(ord_) and not any(o[1:] in tekst for o in ord_ if o[0] == INNI):
                return False
        return True

    def steder(self, tekst: str, steder: list[int] | None) -> list[int] | None:
        """Where it may begin. Many patterns begin with the same long class, and where that stands is found once."""
        if self.forst is None:
            return steder
        her = self.forst(tekst)
        return sorted(her) if steder is None else [i for i in steder if i in her]

    def ferdig(self) -> re.Pattern[str]:
        if self._ferdig is None:
            self._ferdig = re.compile(self.lag())
        return self._ferdig


class Sok:
    """A list of patterns, asked as if they were one."""

    __slots__ = ("_alle", "_alltid", "_etter_start", "_inni", "_starter")

    def __init__(self, alle: Sequence[Ett]) -> None:
        self._alle = tuple(alle)
        self._etter_start: dict[str, list[int]] = {}
        self._alltid: list[int] = []
        self._inni: dict[str, list[int]] = {}
        for nr, ett in enumerate(self._alle):
            if "" in ett.start:
                self._alltid.append(nr)
                continue
            for start in ett.start:
                sted = self._inni if start[0] == INNI else self._etter_start
                sted.setdefault(start.removeprefix(INNI), []).append(nr)
        self._starter = frozenset(self._etter_start)

    def _aktuelle(self, tekst: str) -> list[tuple[re.Pattern[str], list[int] | None]]:
        """The patterns worth asking, in the order of the list, with the places each may begin at; None is any place."""
        steder, finnes = begynnelser(tekst)
        nr: dict[int, list[int] | None] = {}
        for start in self._starter & finnes:
            for n in self._etter_start[start]:
                flere = nr.get(n)
                nr[n] = sorted({*flere, *steder[start]}) if flere else steder[start]
        for inni, hvilke in self._inni.items():
            if inni in tekst:
                nr.update(dict.fromkeys(hvilke))
        nr.update(dict.fromkeys(self._alltid))
        if not nr:
            return []
        mulige = ((self._alle[n], nr[n]) for n in sorted(nr) if self._alle[n].mulig(tekst, finnes))
        ut = ((ett, ett.steder(tekst, hvor)) for ett, hvor in mulige)
        return [(ett.ferdig(), hvor) for ett, hvor in ut if hvor is None or hvor]

    def search(self, tekst: str) -> re.Match[str] | None:
        return _forst(self._aktuelle(tekst), tekst, 0)

    def match(self, tekst: str) -> re.Match[str] | None:
        return next((t for ett, _ in self._aktuelle(tekst) if (t := ett.match(tekst))), None)

    def fullmatch(self, tekst: str) -> re.Match[str] | None:
        return next((t for ett, _ in self._aktuelle(tekst) if (t := ett.fullmatch(tekst))), None)

    def finditer(self, tekst: str) -> Iterator[re.Match[str]]:
        aktuelle = self._aktuelle(tekst)
        sted = 0
        while aktuelle and (treff := _forst(aktuelle, tekst, sted)):
            yield treff
            sted = max(treff.end(), treff.start() + 1)


def _forst(
    aktuelle: Sequence[tuple[re.Pattern[str], list[int] | None]], tekst: str, fra: int
) -> re.Match[str] | None:
    """The first match, and of those that begin there the first in the list."""
    forst: re.Match[str] | None = None
    for ett, steder in aktuelle:
        if steder is None:
            treff = ett.search(tekst, fra)
        else:
            treff = next((t for i in steder if i >= fra and (t := ett.match(tekst, i))), None)
        if treff and (forst is None or treff.start() < forst.start()):
            forst = treff
    return forst


def maa_ha(monster: str, varianter: Mapping[str, str]) -> str:
    """The longest word of a pattern that stands in every text it matches; nothing when no word surely does."""
    if "|" in re.sub(r"\((?:[^()]|\([^()]*\))*\)", "", monster):
        return ""
    lengst, dybde = "", 0
    ledd = _LEDD.findall(monster)
    for i, ett in enumerate(ledd):
        dybde += (ett == "(") - (ett == ")")
        if dybde or not ett[0].isalpha() or ett in varianter or (i and ledd[i - 1] in ("\\", "[")):
            continue
        neste = ledd[i + 1] if i + 1 < len(ledd) else ""
        rent = ett[:-1] if neste in ("?", "*", "{") else ett
        for bit in re.split("[æøå]", rent):
            if len(bit) > len(lengst):
                lengst = bit
    return lengst


def starter(
    monster: str,
    klasser: Mapping[str, frozenset[str]],
    varianter: Mapping[str, str],
    bokstaver: Mapping[str, tuple[str, ...]],
) -> frozenset[str]:
    """What a pattern of the lexicon may begin with. A beginning shorter than three signs says nothing of what follows it."""

    def av(m: str, lengde: int = LENGDE) -> frozenset[str]:
        alle = delt(m)
        if len(alle) > 1:
            return frozenset().union(*(av(ett, lengde) for ett in alle))
        # «~villige»: a word that ends so. What stands in it is as good as what it begins with.
        if apen := re.match(r"(?:~|\\w[*+])(?:\(\?<![a-zæøå]+\))*(?=[a-zæøå(])", m):
            inni = av(m[apen.end() :], 99)
            return (
                ALT
                if any(len(ett.strip()) < LENGDE or ett[0] == INNI for ett in inni)
                else frozenset(INNI + ett for ett in inni)
            )
        ledd = _LEDD.findall(m)
        if not ledd:
            return ALT
        forste, neste = ledd[0], ledd[1] if len(ledd) > 1 else ""
        if forste == "(":
            return gruppe(m, lengde)
        if neste in ("*", "{"):
            return ALT
        if forste in (" ", "-"):
            return frozenset({forste}) | (av(m[2:]) if neste == "?" else frozenset())
        if forste[0] == "<":
            ut = klasser.get(forste[1:-1], ALT)
            return ut | av("".join(ledd[2:])) if neste == "?" else ut
        if not forste[0].isalpha():
            return ALT
        ord_ = forste
        if forste in varianter:
            skrevet = _LEDD.findall(varianter[forste])
            return frozenset({skrevet[0][: -1 if skrevet[1:2] == ["?"] else None][:lengde]})
        if neste == "?" and len(ord_) == 1:
            return frozenset({ord_}) | av(m[2:])
        if neste == "?":
            ord_ = ord_[:-1]
        elif neste == " " and ledd[2:3] not in (["?"], ["*"], ["{"]):
            ord_ += " "
        return frozenset(f[:lengde] for f in _skrevet(ord_[:lengde], bokstaver))

    def gruppe(m: str, lengde: int) -> frozenset[str]:
        slutt = _slutt(m)
        inni, rest = m[1:slutt], m[slutt + 1 :]
        if inni.startswith(("?!", "?=", "?<")):
            return av(rest, lengde)
        valgfri = rest[:1] in ("?", "*", "{")
        ut = av(inni.removeprefix("?:"), lengde)
        if not valgfri:
            return ut
        return ut | av(rest[1:], lengde) if rest[0] == "?" else ALT

    return av(monster)


def senere(monster: str, av: Callable[[str], frozenset[str]]) -> tuple[frozenset[str], ...]:
    """What the words after the first begin with, where that is sure. `av` is `starter` with its lists."""
    if len(delt(monster)) > 1:
        return ()
    ut: list[frozenset[str]] = []
    dybde = sted = 0
    ledd = _LEDD.findall(monster)
    for i, ett in enumerate(ledd):
        sted += len(ett)
        dybde += (ett in ("(", "[")) - (ett in (")", "]"))
        neste = ledd[i + 1] if i + 1 < len(ledd) else ""
        if dybde == 0 and neste not in ("?", "*", "{", "") and (ett == " " or ett[:2] in ("<.", "<,")):
            ord_ = av(monster[sted:])
            if "" not in ord_:
                ut.append(ord_)
    return tuple(ut)


def _skrevet(ord_: str, bokstaver: Mapping[str, tuple[str, ...]]) -> list[str]:
    """A beginning with and without Norwegian letters."""
    ut = [""]
    for tegn in ord_:
        ut = [f + b for f in ut for b in bokstaver.get(tegn, (tegn,))]
    return ut


def _slutt(m: str) -> int:
    """Where the parenthesis a pattern begins with ends."""
    dybde = 0
    for i, tegn in enumerate(m):
        dybde += (tegn == "(") - (tegn == ")")
        if dybde == 0:
            return i
    return len(m)


def delt(m: str) -> list[str]:
    """The alternatives of a pattern, outside parentheses."""
    ut, dybde = [""], 0
    for tegn in m:
        dybde += (tegn == "(") - (tegn == ")")
        if tegn == "|" and dybde == 0:
            ut.append("")
        else:
            ut[-1] += tegn
    return ut
