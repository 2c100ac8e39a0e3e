"""A municipality's answer as it is typed: the number, the answer about unaccompanied minors, the vote and the meeting date.

Every check gives `Merknad`s in both written forms: `avvist` stops the answer, `bekreft` asks the municipality to confirm.
Rows: R147 (minors), R148 (the number), R110 (votes), R333 (council terms).
"""

import re
from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path
from typing import Literal

from bosett.grunn.parametre import Parametre, les
from bosett.grunn.periode import Periode
from bosett.grunn.tallformat import dato_kort
from bosett.vedtak.rules.tallord import tallord

Alvor = Literal["avvist", "bekreft"]

S1 = "IMDi, informasjon til kommunene (S1)"
S2 = "IMDis anmodningsbrev for 2020 (S2)"

_MELLOMROM = dict.fromkeys(map(ord, " \u00a0\u202f\u2009\t"))
_HELT = re.compile(r"\+?[0-9]+")
_TUSENDELT = re.compile(r"\+?[0-9]{1,3}(?:[ \u00a0\u202f\u2009.][0-9]{3})+")


@dataclass(frozen=True, slots=True)
class Merknad:
    """What is wrong with an answer, or has to be confirmed: the fault, what to do, and the source of the rule."""

    kode: str
    alvor: Alvor
    nb: str
    nn: str
    kilde: str = S2

    def paa(self, spraak: str) -> str:
        return self.nn if spraak == "nn" else self.nb


def _avvist(kode: str, nb: str, nn: str, kilde: str = S2) -> Merknad:
    return Merknad(kode, "avvist", nb, nn, kilde)


TOMT = _avvist(
    "VEDTAK-TALL-TOMT",
    "Skriv hvor mange flyktninger kommunen bosetter. Skriv 0 hvis kommunen ikke bosetter noen.",
    "Skriv kor mange flyktningar kommunen buset. Skriv 0 dersom kommunen ikkje buset nokon.",
)
NEGATIVT = _avvist(
    "VEDTAK-TALL-NEGATIVT",
    "Tallet kan ikke være under 0. Skriv 0 hvis kommunen ikke bosetter noen.",
    "Talet kan ikkje vere under 0. Skriv 0 dersom kommunen ikkje buset nokon.",
)
DESIMAL = _avvist(
    "VEDTAK-TALL-DESIMAL",
    "Tallet må være et helt tall, uten desimaler. Skriv for eksempel 15.",
    "Talet må vere eit heilt tal, utan desimalar. Skriv til dømes 15.",
)
SPENN = _avvist(
    "VEDTAK-TALL-SPENN",
    "Skriv ett tall. Kommunen kan ikke vedta «fra–til».",
    "Skriv eitt tal. Kommunen kan ikkje vedta «frå–til».",
)
OMTRENT = _avvist(
    "VEDTAK-TALL-OMTRENT",
    "Skriv tallet uten «ca.» eller «om lag». Det må komme tydelig fram hvor mange kommunen bosetter.",
    "Skriv talet utan «ca.» eller «om lag». Det må kome tydeleg fram kor mange kommunen buset.",
)
GRENSE = _avvist(
    "VEDTAK-TALL-GRENSE",
    "Skriv tallet uten «inntil», «maks» eller «minst». Det må være tallet kommunen bosetter, ikke en grense.",
    "Skriv talet utan «inntil», «maks» eller «minst». Det må vere talet kommunen buset, ikkje ei grense.",
)
MED_BOKSTAVER = _avvist(
    "VEDTAK-TALL-BOKSTAVER",
    "Skriv tallet med siffer, for eksempel 15.",
    "Skriv talet med siffer, til dømes 15.",
)
UKJENT = _avvist(
    "VEDTAK-TALL-UKJENT",
    "Dette er ikke et tall. Skriv bare tallet, for eksempel 15.",
    "Dette er ikkje eit tal. Skriv berre talet, til dømes 15.",
)
FOR_STORT = _avvist(
    "VEDTAK-TALL-FOR-STORT",
    "Tallet er for høyt. Se om det er skrevet riktig.",
    "Talet er for høgt. Sjå om det er skrive rett.",
)
STORST = 99_999

_OMTRENT = re.compile(
    r"(?:\b(?:ca|cirka|circa|om ?lag|omtrent|rundt|omkring|kring|anslagsvis|nærmere|nærare|bortimot)\b|[~≈±])"
)
_GRENSE = re.compile(
    r"(?:\b(?:inntil|opp ?til|opp ?i?mot|maks\w*|max\w*|høyst|høgst|minst|min|minimum|under|over|ikke flere|ikkje fleire|færre|mer|meir|flere|fleire)\b|[<>≤≥])"
)  # fmt: skip
_SPENN = re.compile(r"[0-9]\s*(?:[-–—−/]|\.\.+|…|\btil\b|\beller\b|\bog\b)\s*[0-9]")


def les_antall(skrevet: str) -> int | Merknad:
    """The number as typed. Accepted: «0», «15», «1 200» (any space), «1.200». Everything else is refused, each in its own way."""
    tekst = skrevet.strip().strip("\u00a0\u202f\u2009")
    if not tekst:
        return TOMT
    if _HELT.fullmatch(tekst) or _TUSENDELT.fullmatch(tekst):
        tallet = int(re.sub(r"\D", "", tekst))
        return FOR_STORT if tallet > STORST else tallet
    return _hvorfor_ikke(tekst.lower())


def _hvorfor_ikke(tekst: str) -> Merknad:
    tett = tekst.translate(_MELLOMROM)
    if re.fullmatch(r"[-–−][0-9]+(?:[.,][0-9]+)?", tett):
        return NEGATIVT
    if re.fullmatch(r"\+?[0-9]+[.,][0-9]*", tett) or re.fullmatch(r"[0-9]*[½¼¾]", tett):
        return DESIMAL
    if _OMTRENT.search(tekst):
        return OMTRENT
    if _GRENSE.search(tekst):
        return GRENSE
    if _SPENN.search(tekst) or tekst.startswith("mellom"):
        return SPENN
    return MED_BOKSTAVER if re.split(r"[ ,.(]", tekst)[0] in tallord() or tekst in tallord() else UKJENT


EM_NEI_MED_TALL = _avvist(
    "VEDTAK-EM-NEI-MED-TALL",
    "Dere har svart nei til enslige mindreårige, men skrevet et antall. Svar ja, eller ta bort antallet.",
    "De har svart nei til einslege mindreårige, men skrive eit tal. Svar ja, eller ta bort talet.",
    S1,
)
EM_OVER_TALLET = _avvist(
    "VEDTAK-EM-OVER-TALLET",
    "Antallet enslige mindreårige kan ikke være høyere enn antallet flyktninger. De er en del av tallet.",
    "Talet på einslege mindreårige kan ikkje vere høgare enn talet på flyktningar. Dei er ein del av talet.",
    S1,
)
EM_JA_NULL = Merknad(
    "VEDTAK-EM-JA-NULL",
    "bekreft",
    "Dere har svart ja til enslige mindreårige, men skrevet 0. Er det riktig?",
    "De har svart ja til einslege mindreårige, men skrive 0. Er det rett?",
    S1,
)
EM_UTEN_SVAR = _avvist(
    "VEDTAK-EM-UTEN-SVAR",
    "Svar ja eller nei på om kommunen tar imot enslige mindreårige.",
    "Svar ja eller nei på om kommunen tek imot einslege mindreårige.",
    S1,
)


def sjekk_em(svar: bool | None, antall: int | None, i_alt: int) -> Merknad | None:
    """The answer about unaccompanied minors: yes or no, how many, and of how many in all. None when it holds.

    A yes with no number is in order: the number is given only when IMDi has asked for it.
    """
    if svar is None:
        return EM_UTEN_SVAR if antall else None
    if not svar:
        return EM_NEI_MED_TALL if antall else None
    if antall is None:
        return None
    if antall > i_alt:
        return EM_OVER_TALLET
    return EM_JA_NULL if antall == 0 else None


def sjekk_stemmer(i_alt: int, dato: date, *, kommunestyre: bool = True) -> Merknad | None:
    """The votes in all, for, against and blank: a council has 11 to 85 members (R110). None when it can be right.

    Another body of the municipality has fewer, and never more.
    """
    minst, hoyst = (
        int(parametre().verdi(f"kommunestyre_medlemmer_{ende}", dato).tallverdi)
        for ende in ("minst", "hoyst")
    )
    if (minst if kommunestyre else 1) <= i_alt <= hoyst:
        return None
    kilde = parametre().verdi("kommunestyre_medlemmer_minst", dato).kilde
    return _avvist(
        "VEDTAK-STEMMER",
        f"Et kommunestyre har fra {minst} til {hoyst} medlemmer. Stemmene er til sammen {i_alt}. Se om de er skrevet riktig.",
        f"Eit kommunestyre har frå {minst} til {hoyst} medlemer. Røystene er til saman {i_alt}. Sjå om dei er skrivne rett.",
        kilde,
    )


def kommunestyreperioder() -> tuple[Periode, ...]:
    """The terms of the councils, from the first that is computed to the one that sits now: 2019–2023, 2023–2027."""
    forste, siste, aar, maaned = (
        _fast(f"kommunestyre_{navn}")
        for navn in ("forste_valgaar", "siste_valgaar", "periode", "skiftemaaned")
    )
    return tuple(Periode(date(v, maaned, 1), date(v + aar, maaned, 1)) for v in range(forste, siste + 1, aar))


def kommunestyreperiode(moetedato: date) -> Periode | Merknad:
    """The term a council meeting lies in. A date outside every term is refused (R333)."""
    perioder = kommunestyreperioder()
    for periode in perioder:
        if moetedato in periode:
            return periode
    rekke = ", ".join(map(str, perioder))
    return _avvist(
        "VEDTAK-PERIODE",
        f"Møtedatoen {dato_kort(moetedato)} er utenfor periodene vi kjenner ({rekke}). Se om datoen er skrevet riktig.",
        f"Møtedatoen {dato_kort(moetedato)} er utanfor periodane vi kjenner ({rekke}). Sjå om datoen er skriven rett.",
        parametre()["kommunestyre_periode"][0].kilde,
    )


@cache
def parametre() -> Parametre:
    """The dated parameters of the council."""
    return les(Path(__file__).with_name("satser"))


def _fast(navn: str) -> int:
    """A parameter that the terms are computed from, as it is known now."""
    return int(parametre()[navn][-1].tallverdi)
