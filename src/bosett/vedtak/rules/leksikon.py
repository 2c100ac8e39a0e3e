"""The lexicon: word classes and patterns as data (`leksikon_data/*.yaml`), made into regular expressions.

A pattern is written as people write, with a few signs:

    ~           any ending: «bolig~» is bolig, boliger, boligene
    <klasse>    any of the words of a class in klasser.yaml
    <N>         a number of something (dates, money, votes and the like are masked before); <EM> unaccompanied minors
    <AAR> <DATO> <ALDER> <ANNET>   a year, a date, an age, any other number
    <..3>       at most three words between, inside the same part of the sentence; <,,3> also past a comma
    ( | ) ?     as in regular expressions

Every word may be written without Norwegian letters when it is long enough not to become another word.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cache, lru_cache, partial
from pathlib import Path
from typing import Any

import yaml

from bosett.vedtak.rules.sok import ALT, Ett, Sok, delt, maa_ha, ordstarter, senere, starter
from bosett.vedtak.rules.typer import Kategori, Utfall

MAPPE = Path(__file__).with_name("leksikon_data")

# What a masked stretch of text is filled with: one letter per kind, so that places stay the same.
TEGN = {"N": "ɴ", "EM": "ᴇ", "AAR": "ʏ", "DATO": "ᴅ", "ALDER": "ᴀ", "ANNET": "ᴢ"}
_UTEN_NORSK = {"å": "(?:å|aa|a)", "ø": "(?:ø|oe|ö|o)", "æ": "(?:æ|ae|ä|a)"}
_KORT = {"å": "(?:å|aa)", "ø": "(?:ø|oe|ö)", "æ": "(?:æ|ae|ä)"}
# A class so long that where it stands is found once for each text.
_STOR = re.compile(r"(?:<(hvem)> |\(<(hvem)>\))(?![?*{])")
_BOKSTAVER = {"å": ("å", "aa", "a"), "ø": ("ø", "oe", "ö", "o"), "æ": ("æ", "ae", "ä", "a")}


# Nynorsk infinitives have two endings, and some words more than one spelling.
_VARIANTER = {
    "mogleg": "mog(?:e)?leg", "moglege": "mog(?:e)?lege", "moglegheit": "(?:moge?leg|muleg|mulig)heit", "moglegheiter": "(?:moge?leg|muleg|mulig)heit[ea]r",
    "sumar": "so?u?mm?ar", "sumaren": "so?u?mm?aren", "sumarferien": "so?u?mm?arferien", "fyrst": "f[yø]rst", "føresetnad": "føresetn(?:ad|ing)", "føresetnaden": "føresetn(?:ad|ing)en",
    "forutsetning": "forut?set+n?ing", "forutsatt": "forut?satt+", "oppmoding": "oppmod(?:n)?ing", "atterhald": "(?:att|ett)erhald", "sikre": "sikr[ea]", "heradet": "h(?:e|æ)radet",
    "vere": "ver[ea]", "verte": "vert[ea]", "kome": "kom[ea]", "gjere": "gjer[ea]", "gje": "gje(?:v[ea])?", "leggje": "leggj?[ea]", "seie": "sei[ea]",
    "dekkje": "dekkj?[ea]", "velje": "velj[ea]", "setje": "se(?:tj[ea]|tt[ea])", "søkje": "søkj?[ea]", "tenkje": "tenkj?[ea]", "trekkje": "trekkj?[ea]",
    "halde": "hald[ea]", "busetje": "buse(?:tj|tt|t)[ea]", "behalde": "behald[ea]", "finne": "finn[ea]", "byggje": "byggj?[ea]", "krevje": "krevj?[ea]",
    "godkjenne": "godkjenn[ea]", "avgjere": "avgjer[ea]", "bestemme": "bestemm[ea]", "stoppe": "sto(?:pp|gg)[ea]r?", "stanse": "stans[ea]", "tilby": "tilby",
    "snakke": "snakk[ea]", "klare": "klar[ea]", "meistre": "meistr[ea]", "kunne": "kunn[ea]", "sende": "send[ea]", "bruke": "bruk[ea]", "redusere": "reduser[ea]",
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Monster:
    """One rule of the lexicon: any of `uttrykk` in a clause is a finding, unless a word of `ikke` stands in the clause.

    `negerbar`: a negation before or just behind takes it away. `beslutning`: only where something is decided about
    settlement. `nei_inni`: a no inside the words takes them away too. `roller`: the kinds of clauses it is looked for in.
    """

    id: str
    kategori: Kategori
    utfall: Utfall
    uttrykk: Sok
    ikke: Sok | None = None
    negerbar: bool = True
    beslutning: bool = False
    nei_inni: bool = False
    roller: frozenset[str] = field(default_factory=frozenset)
    regel: str = ""


def bygg(monstre: list[str], *, hele_ord: bool = True, bakerst: bool = False) -> Sok:
    """What a list of patterns is asked with. `bakerst`: only at the end of a text, before a space."""

    def en(monster: str) -> Ett:
        def lag() -> str:
            inni = _utvid(monster, klasser())
            return (rf"(?<!\w)(?:{inni})(?!\w)" if hele_ord else f"(?:{inni})") + (" $" if bakerst else "")

        if not hele_ord:
            return Ett(lag, ALT)
        stor = _STOR.match(monster)
        forst = partial(_klassesteder, stor[1] or stor[2]) if stor and len(delt(monster)) == 1 else None
        return Ett(lag, _starter(monster), senere(monster, _starter), maa_ha(monster, _VARIANTER), forst)

    return Sok([en(m) for m in _flatt(monstre)])


@lru_cache(maxsize=512)
def _klassesteder(navn: str, tekst: str) -> frozenset[int]:
    """Where a class can begin in a text."""
    inni = _klasse_alene(navn)
    return frozenset(i for i in ordstarter(tekst) if inni.match(tekst, i))


@cache
def _klasse_alene(navn: str) -> re.Pattern[str]:
    return re.compile(klasser()[navn])


def _flatt(monstre: list[str]) -> list[str]:
    """A pattern that is only a class is the patterns of that class."""
    ut: list[str] = []
    for m in monstre:
        if m[0] == "<" and (innhold := innhold_av("klasser.yaml").get(m[1:-1])):
            ut += _flatt(_linjer(innhold))
        else:
            ut.append(m)
    return ut


def _starter(monster: str) -> frozenset[str]:
    return starter(monster, _klassestart(), _VARIANTER, _BOKSTAVER)


@cache
def _klassestart() -> Mapping[str, frozenset[str]]:
    """What each word class may begin with."""
    ut = {navn: frozenset({tegn}) for navn, tegn in TEGN.items()}
    for navn, ord_ in innhold_av("klasser.yaml").items():
        ut[navn] = frozenset().union(*(starter(m, ut, _VARIANTER, _BOKSTAVER) for m in _linjer(ord_)))
    return ut


@cache
def klasser() -> Mapping[str, str]:
    """Every word class, as the inside of a regular expression. A class may use those above it."""
    ut: dict[str, str] = {navn: f"{tegn}+" for navn, tegn in TEGN.items()}
    for navn, ord_ in innhold_av("klasser.yaml").items():
        ut[navn] = "(?:" + "|".join(_utvid(ett, ut) for ett in _linjer(ord_)) + ")"
    return ut


@cache
def klasse(navn: str) -> Sok:
    """A word class as a list of patterns of its own."""
    return bygg([f"<{navn}>"])


@cache
def uttrykk(regulaert: str) -> re.Pattern[str]:
    """A regular expression where `<klasse>` stands for a word class; compiled once."""
    return re.compile(re.sub(r"(?<!\?P)<([a-z_A-Z]+)>", lambda m: f"(?:{klasser()[m[1]]})", regulaert))


@cache
def monstre(fil: str) -> tuple[Monster, ...]:
    """The rules of one file of the lexicon."""
    return tuple(_les(fil, rad) for rad in innhold_av(f"{fil}.yaml")["monstre"])


@cache
def liste(fil: str, navn: str, *, hele_ord: bool = True, bakerst: bool = False) -> Sok:
    """A list of patterns with a name, from a file of the lexicon. `bakerst`: only at the end of a text, before a space."""
    return bygg(_linjer(innhold_av(f"{fil}.yaml")[navn]), hele_ord=hele_ord, bakerst=bakerst)


@cache
def regler() -> dict[Kategori, dict[str, str]]:
    """The rule each category breaks: `nb`, `nn` and `kilde`."""
    return innhold_av("regler.yaml")  # type: ignore[return-value]


@cache
def noekkelord() -> frozenset[str]:
    """The words `skrivefeil` mends."""
    return frozenset(_linjer(innhold_av("noekkelord.yaml")["ord"]))


@cache
def kjente_ord() -> frozenset[str]:
    """Every whole word that stands in the lexicon: none of them is a slip."""
    alt = " ".join(fil.read_text(encoding="utf-8") for fil in MAPPE.glob("*.yaml"))
    return frozenset(re.findall(r"(?<![\w~?*])[a-zæøå]{8,}(?![\w~?*(])", alt.lower()))


def _les(fil: str, rad: Mapping[str, Any]) -> Monster:
    if ukjent := set(rad) - {
        "id",
        "kategori",
        "utfall",
        "uttrykk",
        "ikke",
        "negerbar",
        "nei_inni",
        "beslutning",
        "roller",
        "regel",
    }:
        raise ValueError(f"{fil}.yaml: {rad.get('id')} has unknown fields {sorted(ukjent)}")
    return Monster(
        id=rad["id"],
        kategori=rad["kategori"],
        utfall=rad.get("utfall", "forbehold"),
        uttrykk=bygg(_linjer(rad["uttrykk"])),
        ikke=bygg(_linjer(rad["ikke"])) if rad.get("ikke") else None,
        negerbar=rad.get("negerbar", True),
        beslutning=rad.get("beslutning", False),
        nei_inni=rad.get("nei_inni", False),
        roller=frozenset(rad.get("roller", ["vedtak"])),
        regel=rad.get("regel", rad["kategori"]),
    )


def _linjer(verdi: str) -> list[str]:
    """One pattern a line. A space that must be seen is written as «␣»."""
    return [linje.strip().replace("␣", " ") for linje in verdi.splitlines() if linje.strip()]


@cache
def innhold_av(fil: str) -> dict[str, Any]:
    """A file of the lexicon as it stands."""
    innhold = yaml.safe_load((MAPPE / fil).read_text(encoding="utf-8"))
    if not isinstance(innhold, dict):
        raise ValueError(f"{fil} must be names with patterns")
    return innhold


def _utvid(monster: str, klasser_: Mapping[str, str]) -> str:
    """A pattern as people write it, made into a regular expression."""
    ut: list[str] = []
    for bit in re.split(r"(<[^<>]+>|[a-zæøå]+)", monster):
        if bit.startswith("<") and (mellom := re.fullmatch(r"<,,(\d+)>", bit)):
            ut.append(rf"(?:[\w/()%\"«»'-]+,? ){{0,{mellom[1]}}}")
        elif bit.startswith("<") and (mellom := re.fullmatch(r"<\.\.(\d+)>", bit)):
            # Words with what may stand between them, but no end of a clause.
            ut.append(rf"(?:[\w/()%\"«»'-]+ ){{0,{mellom[1]}}}")
        elif bit.startswith("<"):
            ut.append(klasser_[bit[1:-1]])
        elif bit in _VARIANTER:
            ut.append(_VARIANTER[bit])
        elif bit[:1].isalpha():
            erstatt = _UTEN_NORSK if len(bit) >= 5 else _KORT
            ut.append("".join(erstatt.get(c, c) for c in bit))
        else:
            ut.append(bit.replace("~", r"\w*"))
    return "".join(ut)
