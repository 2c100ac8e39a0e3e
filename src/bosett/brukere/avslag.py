"""The refusals of the room: what is wrong, which rule says so, what to do. `raise avslag.NAVN()`. No personal data."""

from functools import partial

from bosett.grunn.feil import Avvist, FinnesIkke, Konflikt, Ugyldig

NAVN = partial(
    Ugyldig,
    kode="BRUKER-NAVN",
    hva="Navnet mangler.",
    gjor="Skriv for- og etternavn.",
)
EPOST = partial(
    Konflikt,
    kode="BRUKER-EPOST",
    hva="En bruker hos dere har allerede denne e-postadressen.",
    regel="Hver person har én bruker i organisasjonen, også den som ikke har en rolle nå.",
    gjor="Finn brukeren i listen, og gi rollen der.",
)
EGET_BRUKERNAVN = partial(
    Ugyldig,
    kode="BRUKER-VALGT-NAVN",
    hva="Brukernavn og passord lages av systemet.",
    gjor="La feltene stå tomme.",
)
BRUKERNAVN = partial(
    Konflikt,
    kode="BRUKER-BRUKERNAVN",
    hva="Brukernavnet er i bruk.",
    gjor="Velg et annet, eller gi rollen til brukeren som finnes.",
)
UKJENT_BRUKER = partial(
    FinnesIkke,
    kode="BRUKER-UKJENT",
    hva="Brukeren finnes ikke hos dere.",
    regel="Dere kan gi roller til egne brukere.",
    gjor="Opprett en ny bruker.",
)
ROLLE_PASSER_IKKE = partial(
    Ugyldig,
    kode="BRUKER-ROLLE",
    hva="Rollen finnes ikke i denne typen organisasjon.",
    regel="Hver rolle hører til én type organisasjon.",
    gjor="Velg en av rollene i listen.",
)
GIR_IKKE_ROLLEN = partial(
    Avvist,
    kode="BRUKER-GIR-IKKE",
    hva="Du kan ikke gi eller fjerne denne rollen.",
    regel="Rolleoversikten viser hvem som kan gi hver rolle.",
    gjor="Be en administrator som kan det.",
)
SEG_SELV = partial(
    Konflikt,
    kode="BRUKER-SEG-SELV",
    hva="Du kan ikke gi deg selv denne rollen.",
    regel="I IMDi, og når du er vikar, gir en annen administrator deg roller.",
    gjor="Be en annen administrator om rollen.",
)
HAR_ROLLEN = partial(
    Konflikt,
    kode="BRUKER-HAR-ROLLEN",
    hva="Brukeren har allerede denne rollen i en del av perioden.",
    regel="En rolle kan forlenges, men ikke begynne før eller slutte tidligere enn den allerede gjør.",
    gjor="Fjern rollen fra en dato, eller velg en senere sluttdato.",
)
ENGANGSPASSORD = partial(
    Konflikt,
    kode="BRUKER-ENGANGSPASSORD",
    hva="Brukeren har et engangspassord som ikke er byttet.",
    regel="Den som ga engangspassordet, må ikke kunne logge inn i en ny organisasjon med det.",
    gjor="Be personen logge inn og velge et eget passord først.",
)
FJERN_FOR_I_DAG = partial(
    Ugyldig,
    kode="BRUKER-FJERN-DATO",
    hva="Rollen kan ikke fjernes fra en dato som er passert.",
    regel="Sporet skal vise hvem som hadde tilgang når.",
    gjor="Velg dagens dato eller en senere dato.",
)
SISTE_I_KOMMUNEN = partial(
    Konflikt,
    kode="BRUKER-SISTE-ADMIN",
    hva="Dette er den siste kommuneadministrative brukeren i kommunen.",
    regel="Kommunen skal alltid ha noen som kan gi og fjerne roller. Bare IMDi kan fjerne den siste.",
    gjor="Gi rollen til en kollega først, eller be IMDi om å fjerne den.",
)
SISTE_IMDI = partial(
    Konflikt,
    kode="BRUKER-SISTE-IMDI",
    hva="Dette er den siste brukeradministratoren i IMDi.",
    regel="Uten en brukeradministrator kan ingen gi roller.",
    gjor="Gi rollen til en kollega først.",
)
EGEN_VIKAR = partial(
    Konflikt,
    kode="BRUKER-EGEN-VIKAR",
    hva="Vikaren må være en annen enn den som har rollen, og en annen enn deg.",
    regel="Ingen gir seg selv tilgang som vikar.",
    gjor="Velg en annen kollega, eller be en annen administrator sette deg inn.",
)
VIKAR_UTENFOR = partial(
    Konflikt,
    kode="BRUKER-VIKAR-UTENFOR",
    hva="Vikarperioden går ut over perioden til rollen.",
    gjor="Rett datoene, eller forleng rollen først.",
)
ER_VIKAR = partial(
    Konflikt,
    kode="BRUKER-ER-VIKAR",
    hva="Personen er allerede vikar for rollen i en del av perioden.",
    gjor="Fjern vikaren først, og sett personen inn på nytt.",
)
EGET_PASSORD = partial(
    Konflikt,
    kode="BRUKER-EGET-PASSORD",
    hva="Du kan ikke gi deg selv engangspassord.",
    gjor="Bytt passord på Min side.",
)
PASSORD_FRA_IMDI = partial(
    Konflikt,
    kode="BRUKER-PASSORD-IMDI",
    hva="Denne brukeren får nytt passord av IMDi.",
    regel="IMDi passer på brukere som IMDi har opprettet eller gitt en rolle.",
    gjor="Be personen ta kontakt med IMDi.",
)
FEIL_PASSORD = partial(
    Ugyldig,
    kode="BRUKER-FEIL-PASSORD",
    hva="Det nåværende passordet er ikke riktig.",
    gjor="Skriv passordet du logget inn med.",
)
SAMME_PASSORD = partial(
    Ugyldig,
    kode="BRUKER-SAMME-PASSORD",
    hva="Det nye passordet er det samme som det gamle.",
    gjor="Velg et annet passord.",
)
UKJENT_BRUKERNAVN = partial(
    Ugyldig,
    kode="BRUKER-UKJENT-NAVN",
    hva="Ingen bruker har dette brukernavnet.",
    gjor="Sjekk skrivemåten, eller opprett en ny bruker.",
)

HAR_ADMINISTRATOR = partial(
    Konflikt,
    kode="TILGANG-HAR-ADMIN",
    hva="Kommunen har allerede en kommuneadministrator.",
    regel="IMDi gir bare den første rollen i en kommune. Resten gir kommunen selv.",
    gjor="Be kommuneadministratoren om tilgang. Har personen sluttet, tar dere kontakt med IMDi.",
)
SOKNAD_MANGLER = partial(
    Ugyldig,
    kode="TILGANG-MANGLER",
    hva="Søknaden er ikke fullstendig.",
    regel="IMDi må kunne kontrollere hvem som spør, før noen får tilgang.",
    gjor="Fyll ut alle feltene, og bekreft at du har lest om avtalen.",
)
FOR_MANGE_SOKNADER = partial(
    Konflikt,
    kode="TILGANG-FOR-MANGE",
    hva="Vi har fått mange søknader herfra i dag, og tar ikke imot flere før i morgen.",
    regel="Grensen hindrer at noen fyller opp listen til IMDi.",
    gjor="Prøv igjen i morgen, eller ta kontakt med IMDi.",
)
UKJENT_SOKNAD = partial(
    FinnesIkke,
    kode="TILGANG-UKJENT",
    hva="Siden finnes ikke, eller du har ikke tilgang til den.",
)
SOKNAD_BEHANDLET = partial(
    Konflikt,
    kode="TILGANG-BEHANDLET",
    hva="Søknaden er allerede behandlet.",
    regel="En søknad blir behandlet én gang.",
    gjor="Last siden på nytt og se hva som er gjort.",
)
IKKE_KONTROLLERT = partial(
    Ugyldig,
    kode="TILGANG-KONTROLL",
    hva="Det står ikke hvordan søkeren er kontrollert.",
    regel="Den som får rollen, kan gi andre tilgang. Derfor skal det stå hvem som har bekreftet søknaden, med minst fire ord.",
    gjor="Skriv hvem du snakket med, og hvordan du fant nummeret.",
)
UTEN_GRUNN = partial(
    Ugyldig,
    kode="TILGANG-GRUNN",
    hva="Grunnen til avslaget mangler.",
    regel="Den som spør siden, skal kunne se hvorfor.",
    gjor="Skriv hvorfor søknaden blir avslått.",
)

SVAKT_PASSORD = {
    "password_too_short": partial(
        Ugyldig,
        kode="BRUKER-PASSORD",
        hva="Passordet er for kort. Det skal ha minst 12 tegn.",
        gjor="Velg for eksempel fire ord som ikke hører sammen.",
    ),
    "password_too_common": partial(
        Ugyldig,
        kode="BRUKER-PASSORD",
        hva="Passordet er blant dem som mange bruker, og er lett å gjette.",
        gjor="Velg for eksempel fire ord som ikke hører sammen.",
    ),
    "password_too_similar": partial(
        Ugyldig,
        kode="BRUKER-PASSORD",
        hva="Passordet ligner for mye på navnet, brukernavnet eller e-postadressen.",
        gjor="Velg for eksempel fire ord som ikke hører sammen.",
    ),
}
"""By the codes of Django's validators, whose own texts are not all translated to Norwegian."""


def svakt_passord(mangler: dict[str, str]) -> Ugyldig:
    """The refusal for the first thing the password lacks: validator's code → its own text, for codes we do not know."""
    for kode, feil in SVAKT_PASSORD.items():
        if kode in mangler:
            return feil()
    return Ugyldig(kode="BRUKER-PASSORD", hva=" ".join(mangler.values()), gjor="Velg et annet passord.")
