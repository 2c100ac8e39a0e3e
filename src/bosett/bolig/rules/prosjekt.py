"""Which homes of a shared building a household may be settled in."""

from collections.abc import Iterable

from bosett.bolig.rules.leie import Avvisning


def knytt(kan_bosette: bool) -> Avvisning | None:
    """Why a home of this partner can't be linked to a settlement, or None (R213)."""
    if kan_bosette:
        return None
    return Avvisning(
        "BOLIG-PARTNER",
        "Boligen hører til en partner i et boligprosjekt som ikke bosetter.",
        "Bare boliger en partner har gitt til bosetting, kan knyttes til en husholdning som skal bosettes.",
        "Velg en av kommunens boliger i prosjektet, eller en annen bolig.",
        "bolig",
    )


def til_bosetting(deler: Iterable[tuple[int, bool]]) -> tuple[int, int]:
    """(all homes, those that can be linked to a settlement) of parts (number, may settle) (R111)."""
    alle = list(deler)
    return sum(n for n, _kan in alle), sum(n for n, kan in alle if kan)
