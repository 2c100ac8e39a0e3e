"""What may stand in the ledger, and in which form it is hashed. Pure functions."""

import json
import re
from typing import Any

_NAVN_PAA_PERSONOPPLYSNINGER = frozenset(
    [
        "navn",
        "fornavn",
        "etternavn",
        "brukernavn",
        "passord",
        "epost",
        "telefon",
        "adresse",
        "fodselsnummer",
        "fnr",
        "dnummer",
        "duf",
        "fodt",
        "melding",
        "begrunnelse",
        "merknad",
        "kommentar",
        "tekst",
    ]
)
_PERSONNUMMER = re.compile(r"\d{6} ?\d{5}|\d{12}")


def sjekk_uten_personopplysninger(verdi: Any, sti: str = "data") -> None:
    """Rows are for ever, so names, addresses, numbers of persons and free text belong in the details, which can be deleted.

    Raises ValueError naming the place (never the value): a fault in the calling service, to be found by its first test.
    """
    if isinstance(verdi, dict):
        for nokkel, under in verdi.items():
            if str(nokkel).lower() in _NAVN_PAA_PERSONOPPLYSNINGER:
                raise ValueError(
                    f"{sti}.{nokkel}: kan være en personopplysning. Legg den i «detaljer», ikke i «data»."
                )
            sjekk_uten_personopplysninger(under, f"{sti}.{nokkel}")
    elif isinstance(verdi, list | tuple):
        for under in verdi:
            sjekk_uten_personopplysninger(under, f"{sti}[]")
    elif isinstance(verdi, str) and ("@" in verdi or _PERSONNUMMER.fullmatch(verdi) or len(verdi) > 300):
        raise ValueError(
            f"{sti}: kan være en personopplysning eller fri tekst. Legg den i «detaljer», ikke i «data»."
        )


def som_lagret(innhold: dict[str, Any] | None) -> dict[str, Any]:
    """The form in which the database will give it back (keys as text, tuples as lists), so that the hash is the same then.

    Raises ValueError for numbers whose written form PostgreSQL changes (nan, infinite, with an exponent, negative zero).
    """
    verdi: dict[str, Any] = json.loads(
        json.dumps(innhold or {}, default=str, allow_nan=False), parse_float=_fast_desimaltall
    )
    return verdi


def _fast_desimaltall(tekst: str) -> float:
    if "e" in tekst.lower() or (float(tekst) == 0 and tekst.startswith("-")):
        raise ValueError(
            f"{tekst} endrer skrivemåte i databasen. Skriv tallet som heltall eller tekst i sporet."
        )
    return float(tekst)
