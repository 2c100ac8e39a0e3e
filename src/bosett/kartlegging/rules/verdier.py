"""What an answer may hold, by the kind of its field; and how it reads."""

from collections.abc import Mapping
from datetime import date
from typing import Any

from bosett.grunn.feil import Ugyldig
from bosett.grunn.tallformat import dato_kort
from bosett.kartlegging.rules.skjema import Felt
from bosett.person.rules.koder import koder, tekst

LENGST = 4000
"""Characters of a text. Long enough for somebody's own story in a talk; more than that belongs in no form."""
FLEST_SPRAAK = 10
STATUSER = ("svar", "vil_ikke", "vet_ikke", "tom")
"""Answered; asked and does not want to say; asked and does not know; empty (an answer was taken away)."""


def les(felt: Felt, verdi: Any) -> Any:
    """The value as it is stored (JSON): codes, numbers, ISO dates, trimmed text. Raises `Ugyldig` for what the field cannot hold."""
    if felt.slag in ("valg", "yrke", "utdanning"):
        return _kode(felt, verdi)
    if felt.slag == "flere":
        return _flere(felt, verdi)
    if felt.slag == "spraak":
        return _spraak(felt, verdi)
    if felt.slag == "tall":
        if isinstance(verdi, bool) or not isinstance(verdi, int) or not felt.minst <= verdi <= felt.hoyst:
            raise _feil()
        return verdi
    if felt.slag == "dato":
        try:
            return (verdi if isinstance(verdi, date) else date.fromisoformat(str(verdi))).isoformat()
        except ValueError:
            raise _feil() from None
    if not isinstance(verdi, str) or not verdi.strip() or len(verdi.strip()) > LENGST:
        raise _feil()
    return verdi.strip()


def som_tekst(felt: Felt, verdi: Any, spraak: str) -> str:
    """The stored value as it reads. A code that the list no longer has shows as itself."""
    if verdi is None:
        return ""
    if felt.slag == "flere":
        return ", ".join(_navn(felt, ett, spraak) for ett in verdi)
    if felt.slag == "spraak":
        return ", ".join(f"{tekst('spraak', ett['spraak'], spraak)} {ett['nivaa']}".strip() for ett in verdi)
    if felt.slag == "dato":
        return dato_kort(date.fromisoformat(verdi))
    return _navn(felt, verdi, spraak) if felt.valg else str(verdi)


def _navn(felt: Felt, kode: str, spraak: str) -> str:
    return felt.valg[kode].paa(spraak) if kode in felt.valg else kode


def _kode(felt: Felt, verdi: Any) -> str:
    if not isinstance(verdi, str) or verdi not in felt.valg:
        raise _feil()
    return verdi


def _flere(felt: Felt, verdi: Any) -> list[str]:
    if not isinstance(verdi, list) or not verdi:
        raise _feil()
    valgt = [_kode(felt, ett) for ett in verdi]
    return [kode for kode in felt.valg if kode in valgt]


def _spraak(felt: Felt, verdi: Any) -> list[dict[str, str]]:
    if not isinstance(verdi, list) or not 0 < len(verdi) <= FLEST_SPRAAK:
        raise _feil()
    ut: dict[str, dict[str, str]] = {}
    for ett in verdi:
        kode, nivaa = (ett.get("spraak", ""), ett.get("nivaa", "")) if isinstance(ett, Mapping) else ("", "")
        if kode not in koder("spraak"):
            raise _feil()
        if kode in ut:
            raise Ugyldig(
                kode="KARTLEGGING-VERDI", hva="Samme språk står to ganger.", gjor="Ta bort det ene."
            )
        if nivaa not in ("", *felt.valg):
            raise _feil()
        ut[kode] = {"spraak": kode, "nivaa": nivaa}
    return list(ut.values())


def _feil() -> Ugyldig:
    """The form on the screen says what each field takes, before anything comes here."""
    return Ugyldig(
        kode="KARTLEGGING-VERDI", hva="Svaret kan ikke lagres slik.", gjor="Svar slik feltet viser."
    )
