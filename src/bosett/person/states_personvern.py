"""Acts of privacy: consents, the export a person gets, and deletion when the time is up."""

from bosett.grunn.handling import Handling, Omfang, Overgang, Tilstand, Tilstandstabell

_RADGIVER = {"imdi_radgiver": Omfang.NASJONAL}
_GODKJENNER = {"imdi_godkjenner": Omfang.NASJONAL}
_SAMTYKKE = {"bosettingskonsulent": Omfang.EGEN, "imdi_radgiver": Omfang.NASJONAL}

GI_SAMTYKKE = Handling("person.gi_samtykke", "registrere et samtykke fra en person", _SAMTYKKE)
TREKK_SAMTYKKE = Handling(
    "person.trekk_samtykke", "registrere at en person trekker et samtykke tilbake", _SAMTYKKE
)
UTLOP_SAMTYKKE = Handling("person.utlop_samtykke", "avslutte et samtykke som har gått ut", {})
DEL_HELSE = Handling(
    "person.del_helse", "dele opplysninger om helse med en kommune når personen samtykker", _RADGIVER
)
UTLEVER_INNSYN = Handling("person.utlever_innsyn", "gi en person kopi av alt som er lagret", _RADGIVER)

FORESLA_SLETTING = Overgang(
    "person.foresla_sletting",
    "foreslå å slette en husholdning når lagringstiden er ute",
    {},
    ("", "utsatt"),
    "foreslaatt",
    vakt="Lagringstiden er ute.",
)
BEKREFT_AVLEVERING = Overgang(
    "person.bekreft_avlevering",
    "bekrefte at det utlendingsmyndighetene trenger, er avlevert",
    _RADGIVER,
    ("foreslaatt",),
    "avlevert",
)
UTSETT_SLETTING = Overgang(
    "person.utsett_sletting",
    "utsette en sletting med en grunn",
    _RADGIVER,
    ("foreslaatt", "avlevert"),
    "utsatt",
)
GODKJENN_SLETTING = Overgang(
    "person.godkjenn_sletting",
    "godkjenne at en husholdning blir slettet",
    _GODKJENNER,
    ("avlevert",),
    "godkjent",
    vakt="Lagringstiden er ute, og avleveringen er bekreftet.",
    fire_oyne=True,
)
SLETT = Overgang(
    "person.slett", "slette alt om en husholdning når to har godkjent det", {}, ("godkjent",), "slettet"
)
SLETTING = Tilstandstabell(
    "sletting",
    (
        Tilstand("", "Lagret"),
        Tilstand("foreslaatt", "Venter på avlevering", "warning"),
        Tilstand("avlevert", "Venter på godkjenning", "warning"),
        Tilstand("utsatt", "Utsatt"),
        Tilstand("godkjent", "Blir slettet", "brand1"),
        Tilstand("slettet", "Slettet"),
    ),
    (FORESLA_SLETTING, BEKREFT_AVLEVERING, UTSETT_SLETTING, GODKJENN_SLETTING, SLETT),
)
