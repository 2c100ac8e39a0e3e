"""The states of a round and of each municipality's request in it: two things, two tables."""

from bosett.grunn.handling import Handling, Omfang, Overgang, Tilstand, Tilstandstabell

_RADGIVER = {"imdi_radgiver": Omfang.NASJONAL}
_GODKJENNER = {"imdi_godkjenner": Omfang.NASJONAL}

OPPRETT = Handling("anmodning.opprett", "lage en ny runde", _RADGIVER)
LAG_VARIANT = Handling("anmodning.lag_variant", "lage et nytt sett vekter", _RADGIVER)

REVIDER = Handling(
    "anmodning.revider",
    "lage en justert anmodning når behovet er endret etter at brevene er sendt",
    _RADGIVER,
)
VARSLE = Handling(
    "anmodning.varsle", "varsle kommunene om at behovet er endret og en ny anmodning kommer", _RADGIVER
)
LES_VARSEL = Handling(
    "anmodning.les_varsel",
    "bekrefte at et varsel om ny anmodning er lest",
    dict.fromkeys(("bosetter_skriv", "kommune_admin"), Omfang.EGEN),
)
SVAR_TIDSPLAN = Handling(
    "anmodning.svar_tidsplan",
    "melde inn hvor mange plasser kommunen har per uke, når IMDi ber om det",
    {"bosetter_skriv": Omfang.EGEN},
)
MERK_LEST = Handling("anmodning.merk_lest", "merke at kommunen har lest anmodningen", LES_VARSEL.roller)
MERK_SATT_OPP = Handling(
    "anmodning.merk_satt_opp", "merke at saken er satt opp for kommunestyret", LES_VARSEL.roller
)
UTTAL = Handling(
    "anmodning.uttal",
    "uttale seg om tallene i en runde som er i samråd",
    {"ks_radgiver": Omfang.NASJONAL, "fylke_radgiver": Omfang.FYLKE},
)

BESVAR = Handling(
    "anmodning.besvar_innspill", "svare KS eller en fylkeskommune på et innspill om tallene", _RADGIVER
)

BEREGN = Overgang(
    "anmodning.beregn", "beregne tallene i en runde", _RADGIVER, ("utkast", "beregnet", "samraad"), "beregnet"
)
APNE_SAMRAAD = Overgang(
    "anmodning.apne_samraad",
    "legge tallene fram for KS og fylkeskommunene",
    _RADGIVER,
    ("beregnet",),
    "samraad",
    vakt="Fristen er fram i tid.",
)
JUSTER = Overgang(
    "anmodning.juster",
    "justere tallet til en kommune etter samrådet, med begrunnelse",
    _RADGIVER,
    ("samraad",),
    "samraad",
    vakt="Begrunnelsen er skrevet.",
)
TREKK_JUSTERING = Overgang(
    "anmodning.trekk_justering", "trekke en justering", _RADGIVER, ("samraad",), "samraad"
)
LEGG_FRAM = Overgang(
    "anmodning.legg_fram",
    "legge tallene fram for godkjenning",
    _RADGIVER,
    ("samraad",),
    "til_godkjenning",
    vakt="Alle har uttalt seg eller fristen er ute, og er summen av tallene en annen enn behovet, står det hvorfor.",
)
SEND_TILBAKE = Overgang(
    "anmodning.send_tilbake",
    "sende tallene tilbake med en begrunnelse",
    _GODKJENNER,
    ("til_godkjenning",),
    "samraad",
    vakt="Begrunnelsen er skrevet.",
)
GODKJENN = Overgang(
    "anmodning.godkjenn",
    "godkjenne tallene og brevene",
    _GODKJENNER,
    ("til_godkjenning",),
    "godkjent",
    vakt="En annen person la fram tallene.",
    fire_oyne=True,
)
SEND = Overgang(
    "anmodning.send",
    "sende brevene til kommunene, og resten av dem når utsendingen har stanset",
    _RADGIVER,
    ("godkjent", "sendes"),
    "sendes",
    vakt="Ingen jobb sender dem nå.",
)
UTSETT = Overgang(
    "anmodning.utsett",
    "utsette utsendingen av brevene, med en begrunnelse",
    _RADGIVER,
    ("godkjent", "sendes"),
    "utsatt",
    vakt="Begrunnelsen er skrevet.",
)
GJENOPPTA = Overgang(
    "anmodning.gjenoppta", "ta opp igjen en utsending som er utsatt", _RADGIVER, ("utsatt",), "godkjent"
)
FULLFOR = Overgang(
    "anmodning.fullfor", "melde at alle brev er sendt", {}, ("sendes",), "sendt", vakt="Alle brev er sendt."
)
BE_OM_TIDSPLAN = Overgang(
    "anmodning.be_om_tidsplan",
    "be kommunene i en runde som er sendt, om en tidsplan med plasser per uke",
    _RADGIVER,
    ("sendt",),
    "sendt",
    vakt="Fristen og ukene er fram i tid, og begrunnelsen er skrevet.",
)
LUKK = Overgang("anmodning.lukk", "lukke en runde som er sendt", _RADGIVER, ("sendt",), "lukket")

AVLYS = Overgang(
    "anmodning.avlys",
    "avlyse en runde før noen brev er sendt, med en begrunnelse",
    _RADGIVER,
    ("utkast", "beregnet", "samraad", "godkjent", "utsatt"),
    "avlyst",
    vakt="Ingen brev er sendt, og begrunnelsen er skrevet.",
)

RUNDE = Tilstandstabell(
    "runde",
    (
        Tilstand("utkast", "Utkast"),
        Tilstand("beregnet", "Beregnet"),
        Tilstand("samraad", "I samråd", "warning"),
        Tilstand("til_godkjenning", "Til godkjenning", "warning"),
        Tilstand("godkjent", "Godkjent", "brand1"),
        Tilstand("sendes", "Sendes nå", "warning"),
        Tilstand("utsatt", "Utsatt", "warning"),
        Tilstand("sendt", "Sendt", "brand1"),
        Tilstand("lukket", "Lukket"),
        Tilstand("avlyst", "Avlyst"),
    ),
    (
        BEREGN,
        APNE_SAMRAAD,
        JUSTER,
        TREKK_JUSTERING,
        LEGG_FRAM,
        SEND_TILBAKE,
        GODKJENN,
        SEND,
        UTSETT,
        GJENOPPTA,
        FULLFOR,
        BE_OM_TIDSPLAN,
        LUKK,
        AVLYS,
    ),
)

SEND_BREV = Overgang(
    "anmodning.send_brev", "sende ett anmodningsbrev", {}, ("klar",), "anmodet", vakt="Runden er godkjent."
)

ERSTATT = Overgang(
    "anmodning.erstatt", "la et justert brev ta over for det første", {}, ("anmodet",), "revidert"
)
FALL_BORT = Overgang(
    "anmodning.fall_bort",
    "si fra til en kommune at den ikke lenger blir bedt om å bosette",
    {},
    ("klar",),
    "bortfalt",
)

KOMMUNEANMODNING = Tilstandstabell(
    "kommuneanmodning",
    (
        Tilstand("klar", "Klar"),
        Tilstand("ikke_anmodet", "Ikke anmodet"),
        Tilstand("anmodet", "Anmodet", "brand1"),
        Tilstand("revidert", "Erstattet av en ny anmodning"),
        Tilstand("bortfalt", "Falt bort"),
    ),
    (SEND_BREV, FALL_BORT, ERSTATT),
)
