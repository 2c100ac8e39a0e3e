"""Names of places: official parts, Norwegian order, and search that forgives diacritics."""

import re
import unicodedata

_PARENTES = re.compile(r"\s*\([^)]*\)")
_DELER = re.compile(r"\s+[-–/]\s+")
# After z in this order; PostgreSQL's builtin collation compares code points.
_ETTER_Z = str.maketrans("æäøöå", "{{||}")
_SAMISK = str.maketrans("đŋŧ", "dnt")


def sorteringsnavn(navn: str) -> str:
    """A stored key that puts æ, ø, å after z and Sámi letters with the Latin letter they come from."""
    return _uten_merker(navn.casefold().translate(_ETTER_Z).translate(_SAMISK))


def sokenavn(navn: str) -> str:
    """A key for search: «Kárášjohka» is found by «karasjohka», «Ås» by «ås» and «as», «Evje og Hornnes» by any spacing."""
    flatt = (
        unicodedata.normalize("NFKD", navn).casefold().replace("æ", "ae").replace("ø", "o").translate(_SAMISK)
    )
    return " ".join(re.sub(r"[^\w]+", " ", _uten_merker(flatt)).split())


def offisielle_deler(navn: str) -> tuple[str, ...]:
    """«Hábmer - Hamarøy» → both names; «Sande (Vestfold)» → «Sande». Order as the source writes it."""
    return tuple(del_.strip() for del_ in _DELER.split(_PARENTES.sub("", navn)) if del_.strip())


def samme_navn(a: str, b: str) -> bool:
    """Whether two printed names share an official part."""
    return bool({sokenavn(d) for d in offisielle_deler(a)} & {sokenavn(d) for d in offisielle_deler(b)})


def kortnavn(trykt: str, kjente: frozenset[str]) -> str:
    """The Norwegian short name among the parts when it is known from today's list, else the name as printed."""
    deler = offisielle_deler(trykt)
    return next((d for d in deler if d in kjente), " - ".join(deler))


def _uten_merker(tekst: str) -> str:
    return "".join(tegn for tegn in unicodedata.normalize("NFKD", tekst) if not unicodedata.combining(tegn))
