"""Arguments that several commands read the same way."""

import argparse
from datetime import date, datetime

from bosett.grunn import klokke


def les_dato(tekst: str) -> date:
    """A date typed as 2026-11-21 or 21.11.2026. Raises argparse's error with how to write it."""
    for form in ("%Y-%m-%d", "%d.%m.%Y"):
        try:
            return datetime.strptime(tekst.strip(), form).replace(tzinfo=klokke.OSLO).date()
        except ValueError:
            continue
    raise argparse.ArgumentTypeError(f"«{tekst}» er ikke en dato. Skriv den som 2026-11-21 eller 21.11.2026")
