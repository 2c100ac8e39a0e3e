"""What may happen to a lease, and who may write of landlords and shared buildings."""

from bosett.bolig.states_bolig import KOMMUNE
from bosett.grunn.handling import Handling, Overgang, Tilstand, Tilstandstabell

REGISTRER_UTLEIER = Handling("bolig.registrer_utleier", "registrere en utleier", KOMMUNE)
ENDRE_UTLEIER = Handling("bolig.endre_utleier", "rette opplysningene om en utleier", KOMMUNE)
VARSLE_LEIE = Handling("bolig.varsle_leie", "varsle om at en hovedleie går ut mens noen leier videre", {})
OPPRETT_PROSJEKT = Handling("bolig.opprett_prosjekt", "registrere et boligprosjekt med partnere", KOMMUNE)
SETT_PARTNER = Handling("bolig.sett_partner", "si hvor mange boliger en partner har i et prosjekt", KOMMUNE)
SETT_PROSJEKTBOLIG = Handling("bolig.sett_prosjektbolig", "si hvilken partner en bolig hører til", KOMMUNE)

OPPRETT_LEIE = Overgang(
    "bolig.opprett_leie",
    "skrive en leieavtale",
    KOMMUNE,
    (),
    "utkast",
    vakt="Avtalen har både utleier og leier. Fremleie varer ikke lenger enn hovedleien.",
)
SIGNER_FORSTE = Overgang(
    "bolig.signer_forste", "registrere at den første har undertegnet", KOMMUNE, ("utkast",), "venter_signatur"
)
SIGNER_ANDRE = Overgang(
    "bolig.signer_andre",
    "registrere at den andre har undertegnet",
    KOMMUNE,
    ("venter_signatur",),
    "bindende",
    vakt="Begge har undertegnet. Ingen andre bor i boligen. Hovedleien er bindende.",
)
FORKAST_LEIE = Overgang(
    "bolig.forkast_leie",
    "forkaste en leieavtale som ikke er bindende",
    KOMMUNE,
    ("utkast", "venter_signatur"),
    "forkastet",
)
AVSLUTT_LEIE = Overgang(
    "bolig.avslutt_leie",
    "avslutte en leieavtale",
    KOMMUNE,
    ("bindende",),
    "avsluttet",
    vakt="Siste dag og grunn står i avtalen. Leier noen videre, er det bekreftet.",
)

LEIE = Tilstandstabell(
    "leiekontrakt",
    (
        Tilstand("utkast", "Utkast"),
        Tilstand("venter_signatur", "Venter på underskrift", "warning"),
        Tilstand("bindende", "Bindende", "brand1"),
        Tilstand("avsluttet", "Avsluttet"),
        Tilstand("forkastet", "Forkastet"),
    ),
    (OPPRETT_LEIE, SIGNER_FORSTE, SIGNER_ANDRE, FORKAST_LEIE, AVSLUTT_LEIE),
)
