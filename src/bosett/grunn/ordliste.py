"""The glossary: every domain word in bokmål, nynorsk and plain English, with a short explanation and a source.

The words are data in `ordliste_data/*.yaml` (one file per theme); the glossary page, tooltips and the test that
screen labels use known words read them here.
"""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import Any

import yaml

from bosett.grunn.feil import FinnesIkke, Ugyldig
from bosett.grunn.tallformat import Spraak

MAPPE = Path(__file__).with_name("ordliste_data")
SPRAAK: tuple[Spraak, ...] = ("nb", "nn", "en")

# Where the word and its English form are from.
KILDER: Mapping[str, str] = MappingProxyType(
    {
        "I": "IMDis eller departementets engelske sider",
        "U": "UDIs engelske sider",
        "O": "OECDs eller SSBs engelske begreper",
        "M": "vanlig oversettelse, ikke kontrollert mot en offisiell",
        "S0": "anmodningsbrev 2015",
        "S1": "informasjon til kommunene, desember 2024",
        "S2": "anmodningsbrev 2020",
        "S3": "anmodning 2022",
        "S4": "Veiviseren, «Fra asylmottak til kommune»",
        "B": "ord valgt i Bosett",
    }
)

_NOKKEL = re.compile(r"[a-z][a-z0-9_]*")
_PARENTES = re.compile(r"\s*\(([^)]*)\)")
_UTENFOR_ORD = re.compile(r"[\W_]+")
_ASCII = str.maketrans({"å": "aa", "ø": "o", "æ": "ae"})
_LASTER: Any = getattr(
    yaml, "CSafeLoader", yaml.SafeLoader
)  # the C one is ten times faster, where it is built


@dataclass(frozen=True, slots=True)
class GammeltOrd:
    """A word no longer used, and why the reader lands elsewhere, in the three languages."""

    ord: str
    hvorfor: Mapping[Spraak, str]


@dataclass(frozen=True, slots=True)
class Oppslag:
    """One concept. `nokkel` is the ASCII name used in code, data and permission codes."""

    nokkel: str
    tema: str
    ord: Mapping[Spraak, str]
    forklaring: Mapping[Spraak, str]
    kilde: tuple[str, ...]
    synonymer: tuple[str, ...] = ()
    gamle_ord: tuple[GammeltOrd, ...] = ()

    def former(self) -> Iterator[str]:
        """Every way to write the word that is in use today; «(EM)» also stands alone, and may be left out."""
        yield self.nokkel
        for ord_ in (*self.ord.values(), *self.synonymer):
            yield ord_
            if _PARENTES.search(ord_):
                yield _PARENTES.sub("", ord_)
                yield from _PARENTES.findall(ord_)


@dataclass(frozen=True, slots=True)
class Treff:
    """A concept found, and the old word that led there, if one did."""

    oppslag: Oppslag
    gammelt_ord: GammeltOrd | None = None

    def hvorfor(self, spraak: Spraak = "nb") -> str:
        """Why another word was opened than the one asked for; empty when it was the same."""
        return self.gammelt_ord.hvorfor[spraak] if self.gammelt_ord else ""


class Ordliste(Mapping[str, Oppslag]):
    """Concepts by key. Raises Ugyldig, naming every fault, when a word is blank, doubled or has no known source."""

    def __init__(self, oppslag: list[Oppslag]) -> None:
        feil = list(_feil(oppslag))
        if feil:
            raise Ugyldig(
                kode="ORDLISTE-FEIL",
                hva="Ordlisten har feil: " + "; ".join(feil),
                regel="Hvert ord har bokmål, nynorsk, engelsk, forklaring på alle tre og kilde",
                gjor="Rett YAML-filene i ordliste_data",
            )
        self._oppslag = {ett.nokkel: ett for ett in oppslag}
        self._former = [(_brett(form), Treff(ett)) for ett in oppslag for form in ett.former()]
        self._former += [(_brett(gml.ord), Treff(ett, gml)) for ett in oppslag for gml in ett.gamle_ord]

    def __getitem__(self, nokkel: str) -> Oppslag:
        return self._oppslag[nokkel]

    def __iter__(self) -> Iterator[str]:
        return iter(self._oppslag)

    def __len__(self) -> int:
        return len(self._oppslag)

    def slaa_opp(self, ord_: str) -> Treff:
        """The concept behind exactly this word, in any form or language. Raises FinnesIkke with near words."""
        brettet = _brett(ord_)
        for form, treff in self._former:
            if form == brettet:
                return treff
        naere = [treff.oppslag.ord["nb"] for treff in self.sok(ord_)][:5]
        raise FinnesIkke(
            kode="ORDLISTE-UKJENT",
            hva=f"Ordet «{ord_}» står ikke i ordlisten",
            gjor=f"Prøv et av disse: {', '.join(naere)}"
            if naere
            else "Prøv et annet ord eller en del av ordet",
        )

    def sok(self, tekst: str) -> list[Treff]:
        """Concepts whose word, key, synonym or old word fits: equal first, then beginning alike, then containing.

        Endings do not matter much: «flyktninger» finds «flyktning».
        """
        brettet = _brett(tekst)
        beste: dict[str, tuple[int, Treff]] = {}
        for form, treff in self._former if brettet else ():
            grad = _likhet(form, brettet)
            nokkel = treff.oppslag.nokkel
            if grad is not None and (nokkel not in beste or grad < beste[nokkel][0]):
                beste[nokkel] = (grad, treff)
        return [treff for _, treff in sorted(beste.values(), key=lambda par: (par[0], par[1].oppslag.nokkel))]


def les(mappe: Path = MAPPE) -> Ordliste:
    """Read a folder of word files. Raises Ugyldig naming the faults."""
    oppslag: list[Oppslag] = []
    for fil in sorted(mappe.glob("*.yaml")):
        innhold = yaml.load(fil.read_text(encoding="utf-8"), Loader=_LASTER) or {}  # noqa: S506 (a safe loader)
        oppslag.extend(_oppslag(nokkel, felt or {}, fil.stem) for nokkel, felt in innhold.items())
    return Ordliste(oppslag)


@cache
def ordliste() -> Ordliste:
    """The glossary that ships with Bosett, read once."""
    return les()


def _oppslag(nokkel: str, felt: Mapping[str, Any], tema: str) -> Oppslag:
    ukjente = set(felt) - {*SPRAAK, "forklaring", "kilde", "synonymer", "gamle_ord"}
    if ukjente:
        raise Ugyldig(
            kode="ORDLISTE-FELT",
            hva=f"«{nokkel}» har ukjente felt: {', '.join(sorted(ukjente))}",
            gjor="Bruk nb, nn, en, forklaring, kilde, synonymer og gamle_ord",
        )
    return Oppslag(
        nokkel=nokkel,
        tema=tema,
        ord=_tre_spraak(felt),
        forklaring=_tre_spraak(felt.get("forklaring") or {}),
        kilde=tuple(map(str, felt.get("kilde") or ())),
        synonymer=tuple(map(str, felt.get("synonymer") or ())),
        gamle_ord=tuple(
            GammeltOrd(str(gml.get("ord") or ""), _tre_spraak(gml)) for gml in felt.get("gamle_ord") or ()
        ),
    )


def _tre_spraak(felt: Mapping[str, Any]) -> Mapping[Spraak, str]:
    return MappingProxyType({spraak: str(felt.get(spraak) or "").strip() for spraak in SPRAAK})


def _feil(oppslag: list[Oppslag]) -> Iterator[str]:
    nokler: set[str] = set()
    eier: dict[str, str] = {}
    for ett in oppslag:
        if not _NOKKEL.fullmatch(ett.nokkel):
            yield f"«{ett.nokkel}» er ikke et navn i små ASCII-bokstaver"
        if ett.nokkel in nokler:
            yield f"«{ett.nokkel}» står to ganger"
        nokler.add(ett.nokkel)
        for spraak in SPRAAK:
            if not ett.ord[spraak]:
                yield f"«{ett.nokkel}» mangler ordet på {spraak}"
            if not ett.forklaring[spraak].endswith((".", "?")):
                yield f"«{ett.nokkel}» mangler forklaring som hel setning på {spraak}"
        if not ett.kilde or set(ett.kilde) - set(KILDER):
            yield f"«{ett.nokkel}» mangler kilde, eller kilden er ukjent"
        for gammelt in ett.gamle_ord:
            if not gammelt.ord or not all(gammelt.hvorfor.values()):
                yield f"«{ett.nokkel}» har et gammelt ord uten begrunnelse"
        for form in {_brett(form) for form in (*ett.former(), *(gml.ord for gml in ett.gamle_ord))}:
            if not form:
                yield f"«{ett.nokkel}» har et tomt synonym"
            elif eier.setdefault(form, ett.nokkel) != ett.nokkel:
                yield f"«{form}» fører både til «{eier[form]}» og «{ett.nokkel}»"


def _brett(tekst: str) -> str:
    """Fold case, æøå, spaces and hyphens away, so that every way of typing a word is the same."""
    return _UTENFOR_ORD.sub("", tekst.casefold().translate(_ASCII))


def _likhet(form: str, brettet: str) -> int | None:
    if form == brettet:
        return 0
    if form.startswith(brettet):
        return 1
    if len(form) > 3 and brettet.startswith(form):
        return 2
    return 3 if len(brettet) > 2 and brettet in form else None
