"""States of a document, of a dispatch and of a file that comes in: three things, three tables."""

from bosett.grunn.handling import Handling, Omfang, Overgang, Tilstand, Tilstandstabell

UTKAST, GODKJENT, SENDT, ERSTATTET = "utkast", "godkjent", "sendt", "erstattet"
KARANTENE, FRIGITT, AVVIST = "karantene", "frigitt", "avvist"
VENTER, LEVERT, FEILET = "venter", "levert", "feilet"

_IMDI = {"imdi_radgiver": Omfang.NASJONAL, "imdi_godkjenner": Omfang.NASJONAL}
_GODKJENNER = {"imdi_godkjenner": Omfang.NASJONAL}

OPPRETT = Overgang("dokument.opprett", "lage utkast til brev", _IMDI, (), UTKAST)
REDIGER = Overgang(
    "dokument.rediger",
    "endre utkast til brev, og lage ny versjon av et låst brev",
    _IMDI,
    (UTKAST, GODKJENT, SENDT),
    UTKAST,
    vakt="Et låst brev endres ikke; endringen blir en ny versjon.",
)
GODKJENN = Overgang(
    "dokument.godkjenn",
    "godkjenne brev som en annen har laget",
    _GODKJENNER,
    (UTKAST,),
    GODKJENT,
    vakt="Brevet kan settes som PDF, og en person godkjenner det.",
    fire_oyne=True,
)
SEND = Overgang(
    "dokument.send", "sende godkjente brev", _IMDI, (GODKJENT, SENDT), SENDT, vakt="Brevet er godkjent."
)
ERSTATT = Overgang(
    "dokument.erstatt", "la en ny godkjent versjon ta over for den gamle", {}, (GODKJENT, SENDT), ERSTATTET
)
# A job of the system, for the person in the municipality who has registered what the document is about.
REGISTRER_INN = Overgang(
    "dokument.registrer_inn",
    "registrere et dokument som kommer inn",
    {},
    (),
    SENDT,
    vakt="En person har registrert det.",
)

DOKUMENT = Tilstandstabell(
    "dokument",
    (
        Tilstand(UTKAST, "Utkast"),
        Tilstand(GODKJENT, "Godkjent", "info"),
        Tilstand(SENDT, "Sendt", "brand1"),
        Tilstand(ERSTATTET, "Erstattet"),
    ),
    (OPPRETT, REDIGER, GODKJENN, SEND, ERSTATT, REGISTRER_INN),
)

ARKIVER = Handling("dokument.arkiver", "lage arkivpakke av et sendt brev", {})

# The system's own job delivers; a person only asks for a new attempt.
EKSPEDER = Overgang("dokument.ekspeder", "levere et brev i en kanal", {}, (VENTER, FEILET), LEVERT)
GI_OPP = Overgang("dokument.gi_opp", "gi opp en levering", {}, (VENTER,), FEILET)
SEND_IGJEN = Overgang("dokument.send_igjen", "prøve en feilet levering på nytt", _IMDI, (FEILET,), VENTER)

FORSENDELSE = Tilstandstabell(
    "forsendelse",
    (
        Tilstand(VENTER, "Venter", "warning"),
        Tilstand(LEVERT, "Levert", "brand1"),
        Tilstand(FEILET, "Feilet", "danger"),
    ),
    (EKSPEDER, GI_OPP, SEND_IGJEN),
)

TA_IMOT = Overgang(
    "dokument.ta_imot",
    "laste opp filer i en sak",
    {
        "bosetter_skriv": Omfang.EGEN,
        "imdi_radgiver": Omfang.NASJONAL,
        "imdi_admin": Omfang.NASJONAL,
        "udi_saksbehandler": Omfang.EGEN,
    },
    (),
    KARANTENE,
    vakt="Filtypen er tillatt, og saken er delt med organisasjonen.",
)
# The system's own job decides from the content; no person lets a file through.
FRIGI_FIL = Overgang(
    "dokument.frigi_fil", "frigi en fil", {}, (KARANTENE,), FRIGITT, vakt="Innholdet er kontrollert."
)
AVVIS_FIL = Overgang("dokument.avvis_fil", "avvise en fil", {}, (KARANTENE,), AVVIST)

INNFIL = Tilstandstabell(
    "innfil",
    (
        Tilstand(KARANTENE, "Til kontroll", "warning"),
        Tilstand(FRIGITT, "Kontrollert", "brand1"),
        Tilstand(AVVIST, "Avvist", "danger"),
    ),
    (TA_IMOT, FRIGI_FIL, AVVIS_FIL),
)
