"""Values of table cells: fetched by path, sorted the Norwegian way, shown on screen, and made safe for spreadsheets."""

from collections.abc import Callable, Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import Enum
from html import escape
from typing import Any

from django.db.models import F, Func, OrderBy, Value
from django.db.models.functions import Lower
from django.utils.encoding import force_str
from django.utils.functional import Promise
from django.utils.html import conditional_escape
from django.utils.safestring import SafeString
from django.utils.timezone import localtime
from django.utils.translation import gettext, pgettext

from bosett.web import komponenter, visning

Celleformat = Callable[[Any, Any], Any]

_ALFABET = str.maketrans({"æ": "{", "ä": "{", "ø": "|", "ö": "|", "å": "}"})


def hent(rad: Any, sti: str) -> Any:
    """Follow «kommune.navn» through attributes and mappings. A None on the way gives None; a wrong name is an error."""
    verdi = rad
    for ledd in sti.replace("__", ".").split("."):
        if verdi is None:
            return None
        verdi = verdi[ledd] if isinstance(verdi, Mapping) else getattr(verdi, ledd)
    return verdi


def norsk_nokkel(tekst: str) -> str:
    """Sort key with æ, ø, å after z: the same order as `translate(lower(x), 'æøå', '{|}')` in PostgreSQL."""
    return tekst.lower().translate(_ALFABET)


def sorteringsnokkel(verdi: Any) -> tuple[int, Any]:
    """Unknown last. Texts the Norwegian way, numbers together whatever their type."""
    if verdi is None or verdi == "":
        return (2, "")
    if isinstance(verdi, str | Promise):
        return (1, norsk_nokkel(force_str(verdi)))
    if isinstance(verdi, Enum):
        return sorteringsnokkel(verdi.value)
    if isinstance(verdi, datetime):
        return (0, verdi.isoformat())
    if isinstance(verdi, date):
        return (0, verdi.isoformat())
    return (0, verdi)


def sql_rekkefolge(sti: str, *, synkende: bool, norsk: bool) -> OrderBy:
    uttrykk: Any = (
        Func(Lower(F(sti)), Value("æäøöå"), Value("{{||}"), function="translate") if norsk else F(sti)
    )
    return OrderBy(uttrykk, descending=synkende, nulls_last=True)


def ja_nei(verdi: Any) -> str:
    if verdi is None:
        return visning.UKJENT
    return pgettext("svar", "Ja") if verdi else pgettext("svar", "Nei")


FORMATER: dict[str, Celleformat] = {
    "tekst": lambda verdi, _rad: visning.UKJENT if verdi is None or verdi == "" else verdi,
    "tall": lambda verdi, _rad: visning.tall(verdi),
    "tall1": lambda verdi, _rad: visning.tall(verdi, 1),
    "tall2": lambda verdi, _rad: visning.tall(verdi, 2),
    "fortegn": lambda verdi, _rad: visning.fortegn(verdi),
    "fortegn1": lambda verdi, _rad: visning.fortegn(verdi, 1),
    "prosent": lambda verdi, _rad: visning.prosent(verdi, 0),
    "prosent1": lambda verdi, _rad: visning.prosent(verdi, 1),
    "prosentstolpe": lambda verdi, _rad: komponenter.prosentstolpe(verdi),
    "dato": lambda verdi, _rad: visning.dato(verdi),
    "ukedato": lambda verdi, _rad: visning.dato_ukedag(verdi),
    "tidspunkt": lambda verdi, _rad: visning.tidspunkt(verdi),
    "klokke": lambda verdi, _rad: komponenter.klokke(verdi),
    "ja_nei": lambda verdi, _rad: ja_nei(verdi),
    "oversatt": lambda verdi, _rad: gettext(str(verdi)) if verdi else visning.UKJENT,
    "merke": lambda verdi, _rad: (
        komponenter.merke(*verdi)
        if isinstance(verdi, tuple)
        else komponenter.merke(verdi)
        if verdi
        else visning.UKJENT
    ),
}


def vis(format: str | Celleformat, verdi: Any, rad: Any) -> Any:
    """The cell's content, escaped unless the formatter made it safe."""
    funksjon = FORMATER[format] if isinstance(format, str) else format
    return sikker(funksjon(verdi, rad))


def sikker(verdi: Any) -> SafeString:
    """As `conditional_escape`, without its look for lazy texts in what is plainly text: a page has hundreds of cells."""
    if type(verdi) is SafeString:
        return verdi
    return SafeString(escape(verdi)) if type(verdi) is str else conditional_escape(verdi)


_FARLIGE = ("=", "+", "-", "@", "\t", "\r", "\n")


def formelsikker(tekst: str) -> str:
    """A text that a spreadsheet would take for a formula gets an apostrophe before it. Numbers are no texts and stay."""
    avkledd = tekst.lstrip(" \u00a0\ufeff")
    return "'" + tekst if tekst.startswith(_FARLIGE) or avkledd.startswith(_FARLIGE) else tekst


def eksportklar(verdi: Any) -> int | float | Decimal | bool | str | date | datetime | None:
    """The plain value that leaves: lazy texts and enumerations unfolded, moments in Oslo time without zone, tags as their text."""
    if isinstance(verdi, tuple):
        verdi = verdi[0] if verdi else None
    if isinstance(verdi, Enum):
        verdi = verdi.value
    if verdi is None or isinstance(verdi, bool | int | float | Decimal):
        return verdi
    if isinstance(verdi, datetime):
        return localtime(verdi).replace(tzinfo=None, microsecond=0) if verdi.tzinfo else verdi
    return verdi if isinstance(verdi, date) else force_str(verdi)
