"""Reading one cell: numbers as Norwegians and machines write them, the special signs of IMDi's tables, dates and codes.

Each function raises ValueError with a short Norwegian text; the table reader adds row and column.
"""

import re
from datetime import date, datetime
from decimal import Decimal

from bosett.kilder.tall import Tilstand, Verdi

_MELLOMROM = dict.fromkeys(map(ord, " \u00a0\u202f\u2009"))
_TALL = re.compile(r"[+-]?[0-9]+(?:[.,][0-9]+)?")
_TUSENDELT = re.compile(r"[+-]?[0-9]{1,3}(?:\.[0-9]{3})+,[0-9]+")

SPESIALTEGN: dict[str, Tilstand] = {
    "": Tilstand.MANGLER,
    "..": Tilstand.MANGLER,
    "…": Tilstand.MANGLER,
    ".": Tilstand.IKKE_AKTUELT,  # IMDi: «missing or not applicable»; `Tall.trykt` keeps the sign
    ":": Tilstand.SKJULT,
    "-": Tilstand.IKKE_ANMODET,
    "–": Tilstand.IKKE_ANMODET,
    "avventer vedtak": Tilstand.AVVENTER,
    "avventar vedtak": Tilstand.AVVENTER,
}


def desimaltall(tekst: str) -> Decimal:
    """«1 234», «12,5», «12.5», «1.234,5», «−3». A lone point is a decimal point. Raises ValueError."""
    rent = tekst.translate(_MELLOMROM).replace("\u2212", "-")
    if _TUSENDELT.fullmatch(rent):
        rent = rent.replace(".", "")
    elif not _TALL.fullmatch(rent):
        raise ValueError("er ikke et tall")
    return Decimal(rent.replace(",", "."))


def heltall(tekst: str) -> int:
    """A whole number; «20.0» is one, «20.5» is not. Raises ValueError."""
    if tekst.isascii() and tekst.isdigit():
        return int(tekst)
    tallet = desimaltall(tekst)
    if tallet != tallet.to_integral_value():
        raise ValueError("skal være et helt tall")
    return int(tallet)


def antall(tekst: str) -> int:
    """A number of persons or things: whole, and not below zero. Raises ValueError."""
    tallet = heltall(tekst)
    if tallet < 0:
        raise ValueError("et antall kan ikke være under null")
    return tallet


def imdi_celle(tekst: str, *, hele: bool = True) -> tuple[Verdi | None, Tilstand]:
    """A cell of IMDi's tables: a number, or one of the special signs with the state it stands for.

    An empty cell is `mangler`, `.` is `ikke_aktuelt`, `:` is `skjult`, `-` is `ikke_anmodet`, «avventer vedtak» is `avventer`.
    Raises ValueError for anything else: an unknown sign is never guessed.
    """
    rent = tekst.strip()
    if rent.isascii() and rent.isdigit():
        return int(rent), Tilstand.TALL
    tilstand = SPESIALTEGN.get(" ".join(rent.casefold().split()))
    if tilstand is not None:
        return None, tilstand
    return (antall(rent) if hele else desimaltall(rent)), Tilstand.TALL


def aarstall(tekst: str) -> int:
    """A year, 1900–2100. Raises ValueError."""
    tallet = heltall(tekst.strip())
    if not 1900 <= tallet <= 2100:
        raise ValueError("er ikke et årstall")
    return tallet


def dato(tekst: str) -> date:
    """«2020-01-01», «01.01.2020», or a moment whose date counts. Raises ValueError."""
    rent = tekst.strip()
    for form in ("%Y-%m-%d", "%d.%m.%Y"):
        try:
            return datetime.strptime(rent[:10], form).date()  # noqa: DTZ007 - a bare date has no zone
        except ValueError:
            continue
    raise ValueError("er ikke en dato (ÅÅÅÅ-MM-DD)")


def kommunenummer(tekst: str) -> str:
    """Four digits. A spreadsheet that lost the leading zero («301») is helped. Raises ValueError."""
    return _nummer(tekst, 4)


def fylkesnummer(tekst: str) -> str:
    """Two digits, leading zero helped. Raises ValueError."""
    return _nummer(tekst, 2)


def ja_nei(tekst: str) -> bool:
    """«ja»/«nei» (also J/N, 1/0). Raises ValueError."""
    svar = {"ja": True, "j": True, "1": True, "nei": False, "n": False, "0": False}.get(
        tekst.strip().casefold()
    )
    if svar is None:
        raise ValueError("skal være ja eller nei")
    return svar


def _nummer(tekst: str, siffer: int) -> str:
    rent = tekst.strip().removesuffix(".0")
    if not (rent.isascii() and rent.isdigit() and siffer - 1 <= len(rent) <= siffer):
        raise ValueError(f"skal ha {siffer} siffer")
    return rent.zfill(siffer)
