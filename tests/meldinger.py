"""Messages from UDI for tests, about synthetic persons whose numbers can belong to nobody (a control pair from 11 to 99)."""

from datetime import date
from itertools import count
from typing import Any

_nr = count(1)


def duf(lopenummer: int) -> str:
    """A DUF number that the check can't give: its control pair is always above 10."""
    return f"2026{lopenummer:06d}{11 + lopenummer % 89}"


def melding(type_: str, hvem: int, gjelder: date | str, **data: Any) -> dict[str, Any]:
    nr = next(_nr)
    return {
        "id": f"prove-{nr}",
        "type": type_,
        "nr": nr,
        "duf": duf(hvem),
        "gjelder": str(gjelder),
        "data": data,
    }


def ankomst(
    hvem: int,
    gjelder: date | str = "2026-01-10",
    *,
    sak: str = "",
    fornavn: str = "Amina",
    etternavn: str = "Prøve",
    **mer: Any,
) -> dict[str, Any]:
    felt: dict[str, Any] = {
        "sak": sak or f"S{hvem}", "rolle": "hoved", "navn": [{"skrift": "Latn", "fornavn": fornavn, "etternavn": etternavn}],
        "fodt": "1990-05-01", "kjonn": "kvinne", "statsborgerskap": "SYR", "spraak": ["ara"],
    }  # fmt: skip
    return melding("ankomst", hvem, gjelder, **(felt | mer))
