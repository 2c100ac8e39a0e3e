"""The only writers of the room. Each import is one act in one transaction and returns an `Importrapport`.

Geography lies below the ledger: the caller (command line, web, demonstration) checks that the actor may (`states.py`) and
writes the act with the report (`bosett.spor`). `aktor` is handed through for that.
"""

from bosett.geografi.services.figurer import importer_folketall, importer_kriterier, skriv_indikatorer
from bosett.geografi.services.grunnlag import last_grunnlag
from bosett.geografi.services.regioner import (
    importer_regioner,
    registrer_maalform,
    registrer_regionkontakt,
    sett_flagg,
    sett_flaggperioder,
)
from bosett.geografi.services.register import importer_brovekter, importer_kommuneendringer

__all__ = [
    "importer_brovekter",
    "importer_folketall",
    "importer_kommuneendringer",
    "importer_kriterier",
    "importer_regioner",
    "last_grunnlag",
    "registrer_maalform",
    "registrer_regionkontakt",
    "sett_flagg",
    "sett_flaggperioder",
    "skriv_indikatorer",
]
