"""Patterns that are whole in the lexicon: who, and the ready phrases of how many and if. Negation and look-alikes take them away."""

import re
from collections.abc import Iterator, Sequence

from bosett.vedtak.rules.leksikon import Monster, klasse, liste, monstre
from bosett.vedtak.rules.naar import om_aa_komme
from bosett.vedtak.rules.roller import Bit

_NEI = re.compile(
    r"(?<!\w)(?:ikke|ikkje|uten|utan|ingen|inga|verken|korkje|aldri|uavhengig av|uavhengig|uansett)"
    r"(?: (?:å|at|det|er|en|ein|noen|nokon|noe|noko|stille|stilles|stiller|gjøres|gjerast|kommunen|skal|vil|bør|form|for|særskilt|vi|be|om|ønske|krav|der|kunne|kan)){0,4} ?$"
)


def ferdige(
    biter: Sequence[Bit], filer: Sequence[str] = ("hvem", "mengde", "vilkaar")
) -> Iterator[tuple[int, int, Monster]]:
    """Every ready pattern found: place in the even text, and the pattern."""
    for bit in biter:
        for fil in filer:
            for monster in monstre(fil):
                if bit.rolle in ("vedtak", "oppdrag") or bit.rolle in monster.roller:
                    yield from _finn(bit, monster)


def _finn(bit: Bit, monster: Monster) -> Iterator[tuple[int, int, Monster]]:
    if monster.beslutning and not bit.beslutning:
        return
    if monster.kategori == "naar" and not om_aa_komme(bit.tekst):
        return
    for treff in monster.uttrykk.finditer(bit.tekst):
        if monster.ikke is not None and monster.ikke.search(bit.tekst):
            return
        if monster.negerbar and (
            _NEI.search(bit.tekst[: treff.start()])
            or re.match(r" (?:ikke|ikkje)(?!\w)(?! bosett| busett| ta | kan| har)", bit.tekst[treff.end() :])
        ):
            continue
        if monster.kategori == "hvem" and re.search(
            r"(?<!\w)(?:håper|håpar|voner|vonar)(?!\w)", bit.tekst[: treff.start()]
        ):
            continue
        if monster.nei_inni and re.search(r" (?:ikke|ikkje|ingen|inga) ", treff[0]):
            continue
        if (
            bit.rolle == "oppdrag"
            and monster.kategori == "hvem"
            and "oppdrag" not in monster.roller
            and not _om_bosetting(bit.tekst)
        ):
            continue
        yield bit.fra + treff.start(), bit.fra + treff.end(), monster


def _om_bosetting(tekst: str) -> bool:
    """An order to the administration is about who comes only when it speaks of settling or of IMDi."""
    return bool(
        (
            klasse("bosette").search(tekst)
            or klasse("motta").search(tekst)
            or re.search(r"(?<!\w)imdi(?!\w)", tekst)
        )
        and not klasse("tjeneste").search(tekst)
    )


def haap_om_hvem(bit: Bit) -> re.Match[str] | None:
    """«håper på barnefamilier» is a hope: a person must judge it."""
    treff = liste("vilkaar", "hoper").search(bit.tekst)
    return treff if treff and klasse("hvem").search(bit.tekst[treff.end() :]) else None


# The offer to IMDi is the decision, not a service.
_TILBUD_OM = re.compile(
    r"(?<!\w)(?:med tanke på|av hensyn til|av omsyn til|på grunn av|grunnet|grunna|fordi|siden|sidan|ettersom) (?:\w+ ){0,3}\w+|"
    r"(?<!\w)tilb[uo]d(?:et)? (?:om|på) (?=ɴ)"
)


def vidt(biter: Sequence[Bit]) -> Iterator[tuple[int, int]]:
    """The wide net: a who-word in a clause that selects, wishes, demands or denies. Gives the place of both."""
    for bit in biter:
        if bit.rolle != "vedtak" or liste("familie", "ord").search(bit.tekst):
            continue
        hvem = klasse("hvem").search(bit.tekst)
        if hvem is None or liste("hvem", "ufarlig").search(_TILBUD_OM.sub("", bit.tekst)):
            continue
        if re.search(r"(?<!\w)(?:håper|håpar|voner|vonar)(?!\w)", bit.tekst[: hvem.start()]):
            continue
        for utloser in liste("hvem", "utloser").finditer(bit.tekst):
            if _NEI.search(bit.tekst[: utloser.start()]) and not re.match(
                r"(?:må|bør|skal|ønsk|kan|vil)", utloser[0]
            ):
                continue
            yield bit.fra + min(hvem.start(), utloser.start()), bit.fra + max(hvem.end(), utloser.end())
            break
