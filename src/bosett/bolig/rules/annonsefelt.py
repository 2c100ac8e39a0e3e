"""The values of a listing, as people and finn.no write them. Each reader gives None, or an empty text, for what it cannot read."""

import re
from datetime import date

GRENSER = {
    "husleie": (500, 200_000),
    "rom": (1, 30),
    "soverom": (0, 30),
    "areal": (5, 2000),
    "etasje": (-2, 60),
}
"""What is outside is not believed: kroner a month, rooms, square metres, floors."""
_MAANEDER = {
    navn: nr
    for nr, navn in enumerate(
        ("januar", "februar", "mars", "april", "mai", "juni", "juli", "august", "september", "oktober", "november", "desember"), 1
    )
}  # fmt: skip
_ORD = {"ett": 1, "en": 1, "én": 1, "to": 2, "tre": 3, "fire": 4, "fem": 5, "seks": 6}
_BELOP = re.compile(r"(?<![\d.,])(\d{1,3}(?:[ .\u00a0\u202f]\d{3})+|\d+)(?:,(?:-|–|\d{2})|\.-)?(?![\d.]?\d)")
_TALL = re.compile(r"-?\d+(?:,\d+)?")
_DATO = re.compile(r"(?<!\d)(?:(\d{4})-(\d{2})-(\d{2})|(\d{1,2})\.\s?(\d{1,2})\.\s?(\d{4}|\d{2}))(?!\d)")
_DATO_ORD = re.compile(r"(?i)(?<!\d)(\d{1,2})\.?\s+([a-z]{3,9})\.?\s+(\d{4})(?!\d)")
_NAA = re.compile(r"(?i)\b(nå|omgående|straks|umiddelbart|dags dato)\b")
_EPOST = re.compile(r"[\w.+-]+@[\w-]+(?:\.[\w-]+)*\.[a-z]{2,}", re.I)
_TELEFON = re.compile(
    r"(?<![\d.,])(?:(?:\+|00)47[ \u00a0]?)?((?:\d{2}[ \u00a0]\d{2}[ \u00a0]\d{2}[ \u00a0]\d{2})|(?:\d{3}[ \u00a0]\d{2}[ \u00a0]\d{3})|\d{8})(?!\d)"
)
_STED = re.compile(r"(?<!\d)(\d{4})[ \u00a0]+([^\W\d_][^\d,;(|]*)")


def belop(tekst: str) -> int | None:
    """Whole kroner: «12 000,-», «kr 12.000», «12000 kr/mnd». Two different amounts are none."""
    funnet = {int(re.sub(r"\D", "", m[1])) for m in _BELOP.finditer(tekst)}
    return innenfor("husleie", funnet.pop()) if len(funnet) == 1 else None


def antall(felt: str, tekst: str) -> int | None:
    """A count or a measure: «3», «3 stk», «78 m²», «tre», «78,5 m²» (cut to whole). None when there are several."""
    ren = re.sub(r"(?i)m\s?[²2]\b|kvm\b", " ", tekst.replace("m²", " "))
    alle = _TALL.findall(ren)
    if not alle:
        return _ORD.get(ren.strip().lower())
    return innenfor(felt, int(alle[0].partition(",")[0])) if len(alle) == 1 else None


def innenfor(felt: str, verdi: int) -> int | None:
    minst, hoyst = GRENSER[felt]
    return verdi if minst <= verdi <= hoyst else None


def datoer(tekst: str) -> list[date]:
    """Every whole date of the text, in its order. A date without a year is none: which year is not said."""
    funnet = []
    for m in _DATO.finditer(tekst):
        aar, maaned, dag = (m[1], m[2], m[3]) if m[1] else (m[6], m[5], m[4])
        funnet.append((m.start(), int(aar) + (2000 if len(aar) == 2 else 0), int(maaned), int(dag)))
    for m in _DATO_ORD.finditer(tekst):
        nr = next((nr for navn, nr in _MAANEDER.items() if navn.startswith(m[2].lower())), 0)
        funnet.append((m.start(), int(m[3]), nr, int(m[1])))
    return [dag for _, *ymd in sorted(funnet) if (dag := _dag(*ymd)) is not None]


def ledig_fra(tekst: str, dag: date) -> date | None:
    """The first date; «nå» and its like are the day the listing was read."""
    alle = datoer(tekst)
    return alle[0] if alle else dag if _NAA.search(tekst) else None


def telefon(tekst: str) -> str:
    """Eight digits of the one number of the text; empty when there is none or more than one."""
    alle = {re.sub(r"\D", "", m[1]) for m in _TELEFON.finditer(tekst)}
    alle = {nr for nr in alle if nr[0] in "2345679"}
    return alle.pop() if len(alle) == 1 else ""


def epost(tekst: str) -> str:
    alle = {m.lower() for m in _EPOST.findall(tekst)}
    return alle.pop()[:200] if len(alle) == 1 else ""


def sted(tekst: str) -> tuple[str, str, str]:
    """(street, postal code, place) of «Prøveveien 12, 7713 Steinkjer». What is not there is empty."""
    tekst = " ".join(tekst.split())
    m = _STED.search(tekst)
    if m is None:
        return tekst[:200], "", ""
    return tekst[: m.start()].strip(" ,-–")[:200], m[1], m[2].strip(" .-–")[:60]


def _dag(aar: int, maaned: int, dag: int) -> date | None:
    try:
        return date(aar, maaned, dag) if 2000 <= aar <= 2100 else None
    except ValueError:
        return None
