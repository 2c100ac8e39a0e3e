"""Numbers and dates as the reader expects them, in bokmål, nynorsk and English. For display only.

Thousands are parted by a narrow no-break space (U+202F), also in four-digit numbers, minus is the real
minus sign (U+2212), and a number never parts from its unit nor a date from its month (no-break space).
Rounding is half up, as people round, on the decimal digits they see (2.675 gives 2,68).
"""

from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Context, Decimal
from typing import Literal

Spraak = Literal["nb", "nn", "en"]
Tall = int | float | Decimal

SMALT_MELLOMROM = "\u202f"
HARDT_MELLOMROM = "\u00a0"
MINUS = "\u2212"

_MAANEDER: dict[Spraak, tuple[str, ...]] = {
    "nb": (
        "januar",
        "februar",
        "mars",
        "april",
        "mai",
        "juni",
        "juli",
        "august",
        "september",
        "oktober",
        "november",
        "desember",
    ),
    "en": (
        "January",
        "February",
        "March",
        "April",
        "May",
        "June",
        "July",
        "August",
        "September",
        "October",
        "November",
        "December",
    ),
}
_MAANEDER["nn"] = _MAANEDER["nb"]
_MAANEDER_KORT: dict[Spraak, tuple[str, ...]] = {
    "nb": ("jan.", "feb.", "mars", "april", "mai", "juni", "juli", "aug.", "sept.", "okt.", "nov.", "des."),
    "en": ("Jan", "Feb", "Mar", "Apr", "May", "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
}
_MAANEDER_KORT["nn"] = _MAANEDER_KORT["nb"]
_UKEDAGER: dict[Spraak, tuple[str, ...]] = {
    "nb": ("mandag", "tirsdag", "onsdag", "torsdag", "fredag", "lørdag", "søndag"),
    "nn": ("måndag", "tysdag", "onsdag", "torsdag", "fredag", "laurdag", "søndag"),
    "en": ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"),
}
_UKEDAGER_KORT: dict[Spraak, tuple[str, ...]] = {
    "nb": ("man.", "tir.", "ons.", "tor.", "fre.", "lør.", "søn."),
    "nn": ("mån.", "tys.", "ons.", "tor.", "fre.", "lau.", "søn."),
    "en": ("Mon", "Tue", "Wed", "Thu", "Fri", "Sat", "Sun"),
}
_NAERE_DAGER: dict[Spraak, tuple[str, str, str]] = {
    "nb": ("i går", "i dag", "i morgen"),
    "nn": ("i går", "i dag", "i morgon"),
    "en": ("yesterday", "today", "tomorrow"),
}


def tall(verdi: Tall, desimaler: int | None = None, spraak: Spraak = "nb") -> str:
    """«5 025», «99,6», «−12». `desimaler=None` shows the digits the number has. A float is for display only.

    Raises ValueError for infinity and not-a-number: an unknown figure has its own state, never a number.
    """
    return _skriv(_avrund(verdi, desimaler), spraak)


def med_fortegn(verdi: Tall, desimaler: int | None = None, spraak: Spraak = "nb") -> str:
    """A change: «+3,1», «−0,4», and «0» without a sign when it rounds to nothing."""
    avrundet = _avrund(verdi, desimaler)
    return ("+" if avrundet > 0 else "") + _skriv(avrundet, spraak)


def prosent(verdi: Tall, desimaler: int | None = None, spraak: Spraak = "nb") -> str:
    """A number that is already per cent: 99.6 gives «99,6 %» (Norwegian) or “99.6%” (English)."""
    return tall(verdi, desimaler, spraak) + ("%" if spraak == "en" else f"{HARDT_MELLOMROM}%")


def med_enhet(verdi: Tall, enhet: str, desimaler: int | None = None, spraak: Spraak = "nb") -> str:
    """«15 personer» on one line."""
    return f"{tall(verdi, desimaler, spraak)}{HARDT_MELLOMROM}{enhet}"


def maanedsnavn(maaned: int, spraak: Spraak = "nb") -> str:
    return _MAANEDER[spraak][maaned - 1]


def ukedag(dato: date, spraak: Spraak = "nb") -> str:
    return _UKEDAGER[spraak][dato.weekday()]


def ukedag_kort(dato: date, spraak: Spraak = "nb") -> str:
    return _UKEDAGER_KORT[spraak][dato.weekday()]


def dato_lang(dato: date, spraak: Spraak = "nb", *, med_ukedag: bool = False) -> str:
    """«20. desember 2019», and with weekday «fredag 20. desember 2019»."""
    tekst = (
        f"{_dag(dato, spraak)}{HARDT_MELLOMROM}{maanedsnavn(dato.month, spraak)}{HARDT_MELLOMROM}{dato.year}"
    )
    return f"{ukedag(dato, spraak)}{HARDT_MELLOMROM}{tekst}" if med_ukedag else tekst


def dato_kort(dato: date) -> str:
    """«20.12.2019», the same in all three languages."""
    return f"{dato.day:02}.{dato.month:02}.{dato.year:04}"


def dato_ukedag(dato: date, spraak: Spraak = "nb", *, aar: bool = False) -> str:
    """«fre. 20. des.», and with the year «fre. 20. des. 2019»."""
    deler = [ukedag_kort(dato, spraak), _dag(dato, spraak), _MAANEDER_KORT[spraak][dato.month - 1]]
    return HARDT_MELLOMROM.join([*deler, str(dato.year)] if aar else deler)


def dato_naer(dato: date, i_dag: date, spraak: Spraak = "nb") -> str:
    """The first line of a clock: «i dag, 23. nov.», «i går, 22. nov.», else «ons. 25. nov.».

    The year is written when it is not this year's.
    """
    annet_aar = dato.year != i_dag.year
    dager_fra_i_gaar = (dato - (i_dag - timedelta(days=1))).days
    if not 0 <= dager_fra_i_gaar <= 2:
        return dato_ukedag(dato, spraak, aar=annet_aar)
    navn = _NAERE_DAGER[spraak][dager_fra_i_gaar]
    deler = [_dag(dato, spraak), _MAANEDER_KORT[spraak][dato.month - 1]]
    return f"{navn}, " + HARDT_MELLOMROM.join([*deler, str(dato.year)] if annet_aar else deler)


def _dag(dato: date, spraak: Spraak) -> str:
    return str(dato.day) if spraak == "en" else f"{dato.day}."


def _avrund(verdi: Tall, desimaler: int | None) -> Decimal:
    if isinstance(verdi, bool):
        raise TypeError("a truth value is not a number")
    # str() of a float gives the digits a person would read, so 2.675 rounds as it looks.
    tallet = Decimal(str(verdi)) if isinstance(verdi, float) else Decimal(verdi)
    if not tallet.is_finite():
        raise ValueError(f"{verdi} cannot be shown as a number")
    if desimaler is None:
        return tallet
    # An own context: the ordinary one stops at 28 digits.
    avrundet = tallet.quantize(Decimal(1).scaleb(-desimaler), ROUND_HALF_UP, Context(prec=200))
    return avrundet if avrundet else avrundet.copy_abs()


def _skriv(tallet: Decimal, spraak: Spraak) -> str:
    heltall, _, brok = f"{tallet.copy_abs():f}".partition(".")
    grupper: list[str] = []
    while len(heltall) > 3:
        grupper.insert(0, heltall[-3:])
        heltall = heltall[:-3]
    skille, komma = (",", ".") if spraak == "en" else (SMALT_MELLOMROM, ",")
    tekst = skille.join([heltall, *grupper]) + (f"{komma}{brok}" if brok else "")
    return f"{MINUS}{tekst}" if tallet < 0 else tekst
