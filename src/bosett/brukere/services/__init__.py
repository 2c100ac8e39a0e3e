"""The only writers of users, roles and deputies. One act each: lock the organisation → may → guard → write → ledger.

What one municipality's administrator does and is told depends only on that municipality's own users (R250): user names lie in
the organisation's own name space, and people without a role there are unknown there.
"""

from bosett.brukere.services.brukere import NyBruker, opprett
from bosett.brukere.services.passord import bytt_passord, nytt_passord, sjekk_passord
from bosett.brukere.services.roller import fjern_rolle, gi_rolle
from bosett.brukere.services.sak import sikre_sak
from bosett.brukere.services.tilgang import avsla_soknad, godkjenn_soknad, rydd_soknader, sok
from bosett.brukere.services.vikarer import fjern_vikar, gi_vikar

__all__ = [
    "NyBruker",
    "avsla_soknad",
    "bytt_passord",
    "fjern_rolle",
    "fjern_vikar",
    "gi_rolle",
    "gi_vikar",
    "godkjenn_soknad",
    "nytt_passord",
    "opprett",
    "rydd_soknader",
    "sikre_sak",
    "sjekk_passord",
    "sok",
]
