"""Acts on users and roles. Who may give which role stands in `aktor.roller`; how far it reaches stands here."""

from bosett.aktor.roller import ROLLER
from bosett.grunn.handling import Handling, Omfang

_ADMIN = {"kommune_admin": Omfang.EGEN, "imdi_admin": Omfang.NASJONAL}

OPPRETT = Handling("brukere.opprett", "opprette brukere", _ADMIN)
GI_ROLLE = Handling("brukere.gi_rolle", "gi roller", _ADMIN)
FJERN_ROLLE = Handling("brukere.fjern_rolle", "fjerne roller", _ADMIN)
GI_VIKAR = Handling("brukere.gi_vikar", "sette inn vikar for en rolle", _ADMIN)
FJERN_VIKAR = Handling("brukere.fjern_vikar", "fjerne en vikar", _ADMIN)
NYTT_PASSORD = Handling("brukere.nytt_passord", "gi en bruker nytt engangspassord", _ADMIN)
BYTT_PASSORD = Handling("brukere.bytt_passord", "bytte eget passord", dict.fromkeys(ROLLER, Omfang.SELV))
