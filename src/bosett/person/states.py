"""What may happen to persons and households, and the tracks a household enters and leaves by legal events only (R027)."""

from bosett.grunn.handling import Handling, Omfang, Overgang, Tilstand, Tilstandstabell
from bosett.person.states_dubletter import DUBLETT as DUBLETT
from bosett.person.states_dubletter import FINN_DUBLETTER as FINN_DUBLETTER
from bosett.person.states_personvern import DEL_HELSE as DEL_HELSE
from bosett.person.states_personvern import GI_SAMTYKKE as GI_SAMTYKKE
from bosett.person.states_personvern import SLETTING as SLETTING
from bosett.person.states_personvern import TREKK_SAMTYKKE as TREKK_SAMTYKKE
from bosett.person.states_personvern import UTLEVER_INNSYN as UTLEVER_INNSYN
from bosett.person.states_personvern import UTLOP_SAMTYKKE as UTLOP_SAMTYKKE
from bosett.person.states_venting import RETT_VENTEDAGER as RETT_VENTEDAGER
from bosett.person.states_venting import TREKK_VENTERETTING as TREKK_VENTERETTING

_IMDI = {"imdi_radgiver": Omfang.NASJONAL}
_SYSTEM: dict[str, Omfang] = {}

# Facts, from UDI's messages or an import. Nobody types them: the source is corrected, and tells us.
REGISTRER = Handling("person.registrer", "registrere en person og husholdningen", _SYSTEM)
GI_TILLATELSE = Handling("person.gi_tillatelse", "registrere en oppholdstillatelse", _SYSTEM)
TREKK_TILLATELSE = Handling(
    "person.trekk_tillatelse", "registrere at en tillatelse er trukket tilbake", _SYSTEM
)
RETT_ALDER = Handling("person.rett_alder", "rette fødselsdatoen til en person", _SYSTEM)
OPPNEVN_VERGE = Handling("person.oppnevn_verge", "registrere en verge", _SYSTEM)
UTLED = Handling("person.utled", "regne ut på nytt hva som følger av at en dag er kommet", _SYSTEM)
KNYTT = Handling("person.knytt", "registrere slektskap mellom to personer", _SYSTEM)
MELD_DOD = Handling("person.meld_dod", "registrere at en person er død", _SYSTEM)
KOM_TILBAKE = Handling(
    "person.kom_tilbake", "registrere at noen som trakk seg eller reiste ut, er tilbake", _SYSTEM
)
EM_PLAN_FERDIG = Handling(
    "person.em_plan_ferdig", "registrere at planen om en enslig mindreårig er ferdig", _SYSTEM
)
BYTT_SAK = Handling("person.bytt_sak", "registrere at noen har fått en annen sak i UDI", _SYSTEM)
SKJERM = Handling("person.skjerm", "registrere at adressen til en person er skjermet", _SYSTEM)

# Who finds a municipality for an unaccompanied minor follows from the facts; that it is known is said by the one who has the case now.
TA_OVER = Handling(
    "person.ta_over",
    "bekrefte at egen enhet har tatt over ansvaret for en enslig mindreårig",
    {"imdi_radgiver": Omfang.NASJONAL, "bufetat_saksbehandler": Omfang.EGEN},
)

ALLE = ("", "mottak", "overforing", "privat", "em", "avtalt_selvbosetting", "selvbosatt", "familie")
PLASSER = Overgang(
    "person.plasser", "registrere at noen bor på et mottak", _SYSTEM, ("", "mottak", "privat"), "mottak"
)
PLASSER_EM = Overgang(
    "person.plasser_em",
    "registrere at en enslig mindreårig bor på et mottak eller omsorgssenter",
    _SYSTEM,
    ("", "mottak", "em"),
    "em",
)
TA_UT = Overgang(
    "person.ta_ut", "registrere at noen er tatt ut som overføringsflyktning", _SYSTEM, ("",), "overforing"
)
FLYTT_UT = Handling(
    "person.flytt_ut", "registrere at noen har flyttet fra mottaket til privat adresse", _SYSTEM
)
SOK_PRIVAT = Overgang(
    "person.sok_privat",
    "registrere en søknad om bosetting med offentlig hjelp fra en som bor privat",
    _IMDI,
    ("", "privat"),
    "privat",
)
NY_SOKNAD = Handling(
    "person.ny_soknad", "registrere en søknad om bosetting fra noen som ikke er registrert før", _IMDI
)
BEKREFT_PRIVAT = Overgang(
    "person.bekreft_privat",
    "bekrefte at noen som flyttet fra mottaket, nå bor privat",
    _IMDI,
    ("mottak",),
    "privat",
    vakt="Alle i husholdningen har flyttet fra mottaket.",
)
SOK_AVTALT = Overgang(
    "person.sok_avtalt",
    "registrere en søknad om avtalt selvbosetting",
    _IMDI,
    ("mottak", "privat"),
    "avtalt_selvbosetting",
)
BOSETT_SELV = Overgang(
    "person.bosett_selv",
    "registrere at noen har bosatt seg selv uten avtale",
    _IMDI,
    ("", "mottak", "privat", "avtalt_selvbosetting"),
    "selvbosatt",
)
SELVBOSETTING = {"avtalt": SOK_AVTALT, "uten_avtale": BOSETT_SELV}
"""Kind of `Selvbosetting` → its act."""
TA_TILBAKE_SELVBOSETTING = Handling(
    "person.ta_tilbake_selvbosetting", "ta tilbake en registrering av selvbosetting som var feil", _IMDI
)
KOM_SOM_FAMILIE = Overgang(
    "person.kom_som_familie", "registrere noen som har fått familieinnvandring", _SYSTEM, ("",), "familie"
)
AVSLUTT = Overgang(
    "person.avslutt",
    "avslutte en husholdning som har trukket seg, reist ut eller dødd",
    _SYSTEM,
    ALLE,
    "avsluttet",
)

LOP = Tilstandstabell(
    "løp",
    (
        Tilstand("", "Ikke registrert"),
        Tilstand("mottak", "Mottaksbeboer"),
        Tilstand("overforing", "Overføringsflyktning"),
        Tilstand("privat", "Privatboende"),
        Tilstand("em", "Enslig mindreårig"),
        Tilstand("avtalt_selvbosetting", "Avtalt selvbosetting"),
        Tilstand("selvbosatt", "Selvbosatt uten avtale"),
        Tilstand("familie", "Familieinnvandrer"),
        Tilstand("avsluttet", "Avsluttet"),
    ),
    (
        PLASSER,
        PLASSER_EM,
        TA_UT,
        SOK_PRIVAT,
        BEKREFT_PRIVAT,
        SOK_AVTALT,
        BOSETT_SELV,
        KOM_SOM_FAMILIE,
        AVSLUTT,
    ),
)
EGNE = {overgang.kode: overgang for overgang in LOP.overganger if overgang.roller}
"""IMDi's own acts that put a household on a track. What they decided stands until the source tells of something newer."""

# Centres. Nobody approves them politically (R322, R337).
_MOTTAK = {"imdi_admin": Omfang.NASJONAL, "udi_saksbehandler": Omfang.NASJONAL}
APNE_MOTTAK = Handling("person.apne_mottak", "registrere et mottak", _MOTTAK)
STENG_MOTTAK = Handling("person.steng_mottak", "registrere at et mottak stenger", _MOTTAK)
TILLAT_MOTTAK = Handling("person.tillat_mottak", "registrere en tillatelse for et mottak", _MOTTAK)
