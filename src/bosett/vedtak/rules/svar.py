"""The number as it is typed (to be replaced by the full rules)."""

import re

from bosett.grunn.feil import Ugyldig


def les_antall(tekst: str) -> int:
    rent = re.sub(r"[\s\u00a0\u202f]", "", tekst)
    if re.fullmatch(r"\d{1,6}", rent):
        return int(rent)
    raise Ugyldig(
        kode="VEDTAK-TALL", hva="Dette er ikke ett helt tall.", gjor="Skriv bare tallet, for eksempel 15."
    )
