"""What may happen to a home, and who may do it."""

from bosett.grunn.handling import Handling, Omfang, Overgang, Tilstand, Tilstandstabell

KOMMUNE = {"bosetter_skriv": Omfang.EGEN}

REGISTRER = Overgang(
    "bolig.registrer",
    "registrere en bolig kommunen har funnet",
    KOMMUNE,
    (),
    "registrert",
    vakt="Er området ett en bør unngå, står det hvorfor boligen likevel kan brukes.",
)
ENDRE = Handling("bolig.endre", "rette opplysningene om en bolig", KOMMUNE)
_I_BRUK = ("registrert", "egnet", "uegnet")
GODKJENN = Overgang(
    "bolig.godkjenn",
    "vurdere at en bolig er egnet til bosetting",
    KOMMUNE,
    _I_BRUK,
    "egnet",
    vakt="Vurderingen har dato, navn og begrunnelse.",
)
UNDERKJENN = Overgang(
    "bolig.underkjenn",
    "vurdere at en bolig ikke er egnet til bosetting",
    KOMMUNE,
    _I_BRUK,
    "uegnet",
    vakt="Vurderingen har dato, navn og begrunnelse. Boligen er ikke reservert, og ingen bor der.",
)
TA_UT = Overgang(
    "bolig.ta_ut",
    "ta en bolig ut av bruk",
    KOMMUNE,
    _I_BRUK,
    "ute",
    vakt="Ingen bor der, og den er ikke reservert.",
)
SETT_INN = Overgang("bolig.sett_inn", "ta en bolig i bruk igjen", KOMMUNE, ("ute",), "registrert")
SETT_PERIODE = Handling("bolig.sett_periode", "si når en bolig er ledig eller ikke kan brukes", KOMMUNE)
LEGG_VED = Handling("bolig.legg_ved", "legge bilder og dokumenter ved en bolig", KOMMUNE)
SETT_OMRAADE = Handling("bolig.sett_omraade", "registrere tall for et område i kommunen", KOMMUNE)

BOLIG = Tilstandstabell(
    "bolig",
    (
        Tilstand("registrert", "Ikke vurdert", "warning"),
        Tilstand("egnet", "Egnet", "brand1"),
        Tilstand("uegnet", "Ikke egnet", "danger"),
        Tilstand("ute", "Ute av bruk"),
    ),
    (REGISTRER, GODKJENN, UNDERKJENN, TA_UT, SETT_INN),
)
