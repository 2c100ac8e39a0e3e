"""Homes for tests: Steinkjer's, through the real service."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from aktorer import som_bruker
from bosett.bolig.models import Bolig, Boomraade
from bosett.bolig.services import boliger, omraader
from bosett.bolig.services.boliger import Opplysninger
from bosett.grunn.klokke import i_dag

STEINKJER, VOLDA, IMDI = "bosetter_skriv", "bosetter_skriv.volda", "imdi_radgiver"


def opplysninger(**endret: Any) -> Opplysninger:
    felt: dict[str, Any] = {
        "eierform": "kommunal", "bygg": "leilighet", "adresse": "Prøvegata 1", "postnummer": "7713",
        "poststed": "Steinkjer", "bruksenhet": "H0101", "rom": 3, "soverom": 2, "plasser": 4,
    }  # fmt: skip
    return Opplysninger(**felt | endret)


def bolig(
    hvem: str = STEINKJER, *, ledig_fra: date | None = None, egnet: bool | None = None, **endret: Any
) -> Bolig:
    """Free from today unless something else is said; judged when `egnet` is given."""
    with som_bruker(hvem) as aktor:
        ny = boliger.registrer(
            aktor=aktor, opplysninger=opplysninger(**endret), ledig_fra=ledig_fra or i_dag()
        )
        if egnet is not None:
            ny = boliger.vurder(
                aktor=aktor, bolig=ny.subjekt.uuid, egnet=egnet, begrunnelse="Besøkt og funnet i orden."
            )
        return ny


def omraade(
    andel: str | None = "31.0", levekaar: bool | None = True, navn: str = "Prøveåsen", hvem: str = STEINKJER
) -> Boomraade:
    with som_bruker(hvem) as aktor:
        return omraader.sett(
            aktor=aktor, navn=navn, andel=Decimal(andel) if andel else None, levekaar=levekaar,
            kilde="Prøvetall", malt=i_dag() - timedelta(30),
        )  # fmt: skip
