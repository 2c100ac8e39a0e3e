"""Acts on users and roles. Who may give which role stands in `aktor.roller`; how far it reaches stands here."""

from bosett.aktor.roller import ROLLER
from bosett.grunn.handling import Handling, Omfang, Overgang, Tilstand, Tilstandstabell

_ADMIN = {"kommune_admin": Omfang.EGEN, "imdi_admin": Omfang.NASJONAL}
_IMDI = {"imdi_admin": Omfang.NASJONAL}

OPPRETT = Handling("brukere.opprett", "opprette brukere", _ADMIN)
GI_ROLLE = Handling("brukere.gi_rolle", "gi roller", _ADMIN)
FJERN_ROLLE = Handling("brukere.fjern_rolle", "fjerne roller", _ADMIN)
GI_VIKAR = Handling("brukere.gi_vikar", "sette inn vikar for en rolle", _ADMIN)
FJERN_VIKAR = Handling("brukere.fjern_vikar", "fjerne en vikar", _ADMIN)
NYTT_PASSORD = Handling("brukere.nytt_passord", "gi en bruker nytt engangspassord", _ADMIN)
BYTT_PASSORD = Handling("brukere.bytt_passord", "bytte eget passord", dict.fromkeys(ROLLER, Omfang.SELV))

SOK_TILGANG = Handling("brukere.sok_tilgang", "ta imot en søknad om den første rollen i en kommune", {})
SLETT_SOKER = Handling("brukere.slett_soker", "slette opplysningene om søkeren når fristen er ute", {})
GODKJENN_SOKNAD = Overgang(
    "brukere.godkjenn_soknad",
    "godkjenne en søknad om den første rollen i en kommune",
    _IMDI,
    ("ny",),
    "godkjent",
    vakt="Søkeren er kontrollert, og kommunen har ingen kommuneadministrator.",
)
AVSLA_SOKNAD = Overgang(
    "brukere.avsla_soknad",
    "avslå en søknad om den første rollen i en kommune, med en grunn",
    _IMDI,
    ("ny",),
    "avslatt",
    vakt="Grunnen er skrevet.",
)
UTLOP_SOKNAD = Overgang(
    "brukere.utlop_soknad", "lukke en søknad som ingen har behandlet i tide", {}, ("ny",), "utlopt"
)

TILGANGSSOKNAD = Tilstandstabell(
    "tilgangssoknad",
    (
        Tilstand("ny", "Venter på IMDi", "warning"),
        Tilstand("godkjent", "Godkjent", "brand1"),
        Tilstand("avslatt", "Avslått"),
        Tilstand("utlopt", "Ikke behandlet i tide"),
    ),
    (GODKJENN_SOKNAD, AVSLA_SOKNAD, UTLOP_SOKNAD),
)
