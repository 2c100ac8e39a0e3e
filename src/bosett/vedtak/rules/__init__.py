"""The pure rules of a municipality's decision: the reservation check of its text, and the answer as it is typed.

The stable door for services, the command line and tests: `sjekk_tekst(tekst) -> Svar` for a text; `les_antall`, `sjekk_em`,
`sjekk_stemmer` and `kommunestyreperiode` for what is typed in a form; `forslag` for the wording without reservations.
How it works and how well: docs/forbehold.md.
"""

from bosett.vedtak.rules.forslag import forslag
from bosett.vedtak.rules.maal import Maaling, maal
from bosett.vedtak.rules.sjekk import sjekk_tekst
from bosett.vedtak.rules.svar import (
    Merknad,
    kommunestyreperiode,
    kommunestyreperioder,
    les_antall,
    sjekk_em,
    sjekk_stemmer,
)
from bosett.vedtak.rules.typer import FORBEHOLD, GODTATT, USIKKER, Funn, Svar

__all__ = [
    "FORBEHOLD",
    "GODTATT",
    "USIKKER",
    "Funn",
    "Maaling",
    "Merknad",
    "Svar",
    "forslag",
    "kommunestyreperiode",
    "kommunestyreperioder",
    "les_antall",
    "maal",
    "sjekk_em",
    "sjekk_stemmer",
    "sjekk_tekst",
]
