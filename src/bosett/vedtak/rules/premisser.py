"""Premises and hopes: «kommunestyret forutsetter at …», «det legges til grunn at …», «kommunen forventer at staten …».

What is laid down decides. The state's money, housing or staff is a reservation; the municipality's own work is not; a hope
about the state goes to a person.
"""

import re
from collections.abc import Iterator, Sequence

from bosett.vedtak.rules.leksikon import klasse, liste
from bosett.vedtak.rules.roller import Bit
from bosett.vedtak.rules.typer import FORBEHOLD, USIKKER
from bosett.vedtak.rules.vilkaar import Treff, negert, negert_foran, til_fraseslutt, ufarlige


def premisser(biter: Sequence[Bit]) -> Iterator[Treff]:
    """Every premise and hope that may bear on the decision: place in the even text, name of the pattern, outcome."""
    for nr, bit in enumerate(biter):
        if bit.rolle not in ("vedtak", "oppdrag"):
            continue
        samme_setning = [b.tekst for b in biter[nr : nr + 2] if b.setning == bit.setning]
        if not any(liste("vilkaar", "uten_virkning").search(t) for t in samme_setning):
            yield from _premisser(bit)
        if bit.rolle == "vedtak" or not klasse("administrasjon").search(bit.tekst):
            yield from _haap(bit)


def _premisser(bit: Bit) -> Iterator[Treff]:
    ufarlig = ufarlige(bit)
    for treff in liste("vilkaar", "premiss").finditer(bit.tekst):
        sted, slutt = treff.span()
        if negert(bit, sted, slutt) or any(u.start() < slutt and sted < u.end() for u in ufarlig):
            continue
        sted_ut = (bit.fra + sted, til_fraseslutt(bit, slutt))
        if re.search(r"(?<!\w)(?:mener|meiner|synes|synest)(?: at)? $", bit.tekst[:sted]):
            yield *sted_ut, "mening", USIKKER
            continue
        grunn = "grunn" in treff[0]
        hva = _hva(bit.tekst[:sted], bit.tekst[slutt:], grunn=grunn)
        if hva is None or _eget_arbeid(hva):
            continue
        if (
            re.search(r"(?<!\w)(?:staten|imdi)(?!\w)", treff[0])
            or liste("vilkaar", "eksternt").search(hva)
            or klasse("ressurs").search(hva)
            or (not grunn and (klasse("bosette").search(hva) or klasse("flyktning").search(hva)))
        ):
            yield *sted_ut, "premiss", FORBEHOLD
        elif not grunn:
            yield *sted_ut, "premiss_uklar", USIKKER


def _hva(foran: str, etter: str, *, grunn: bool) -> str | None:
    """What is laid down. None for «til grunn» without a clause, and for the municipality's own budget."""
    if not grunn:
        return etter if re.search(r"\w", etter) else foran
    if not re.match(r" at(?!\w)", etter) and etter.strip(" .,"):
        return None
    hva = f"{foran} {etter}" if re.search(r"\w", etter) else foran
    return None if liste("vilkaar", "eget_budsjett").search(hva) else hva


def _eget_arbeid(hva: str) -> bool:
    """The municipality's own work, unless the state or its grants are in it."""
    return (
        liste("vilkaar", "eget_arbeid").search(hva) is not None
        and re.search(r"(?<!\w)(?:staten|imdi|statl\w+|fullt ut|tilskudd\w*|tilskot\w*)(?!\w)", hva) is None
    )


def _haap(bit: Bit) -> Iterator[Treff]:
    for treff in liste("vilkaar", "hoper").finditer(bit.tekst):
        if not negert_foran(bit.tekst[: treff.start()]) and liste("vilkaar", "eksternt").search(
            bit.tekst[treff.end() :]
        ):
            yield bit.fra + treff.start(), til_fraseslutt(bit, treff.end()), "haap", USIKKER
