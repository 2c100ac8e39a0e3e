"""What may happen to what a municipality reports, and to its capacity plan; and who may do it."""

from bosett.grunn.handling import Handling, Omfang, Overgang, Tilstand, Tilstandstabell

_KOMMUNE = {"bosetter_skriv": Omfang.EGEN}
_IMDI = {"imdi_radgiver": Omfang.NASJONAL}

MELD_INN = Overgang(
    "bolig.meld_inn", "melde inn boliger, plasser og personer til IMDi", _KOMMUNE, (), "meldt",
    vakt="En bolig som blir meldt inn, er i bruk, ikke vurdert som uegnet, og ledig i dag eller senere.",
)  # fmt: skip
SE_INNMELDING = Overgang(
    "bolig.se_innmelding", "åpne en innmelding, så kommunen får vite at IMDi har sett den", _IMDI, ("meldt",), "sett"
)  # fmt: skip
BRUK_INNMELDING = Overgang(
    "bolig.bruk_innmelding", "si at en innmelding er brukt", _IMDI, ("meldt", "sett"), "brukt"
)
IKKE_BRUK_INNMELDING = Overgang(
    "bolig.ikke_bruk_innmelding", "si at en innmelding ikke blir brukt, og hvorfor", _IMDI, ("meldt", "sett"), "ikke_brukt",
    vakt="Grunnen er en av dem i listen. En annen grunn har en tekst.",
)  # fmt: skip
APNE_INNMELDING = Overgang(
    "bolig.apne_innmelding", "åpne en innmelding igjen som var brukt eller ikke brukt", _IMDI, ("brukt", "ikke_brukt"), "sett",
    vakt="Boligen er ikke meldt inn på nytt.",
)  # fmt: skip
TREKK_INNMELDING = Overgang(
    "bolig.trekk_innmelding", "trekke en innmelding", _KOMMUNE, ("meldt", "sett"), "trukket"
)
SLETT_ONSKE = Handling("bolig.slett_onske", "slette hvem kommunen har meldt inn at den ønsker", _KOMMUNE)
SETT_KAPASITET = Handling("bolig.sett_kapasitet", "endre hvor mange kommunen kan ta imot hver uke", _KOMMUNE)

INNMELDING = Tilstandstabell(
    "innmelding",
    (
        Tilstand("meldt", "Ikke sett ennå", "warning"),
        Tilstand("sett", "Sett av IMDi"),
        Tilstand("brukt", "Brukt", "brand1"),
        Tilstand("ikke_brukt", "Ikke brukt", "danger"),
        Tilstand("trukket", "Trukket"),
    ),
    (MELD_INN, SE_INNMELDING, BRUK_INNMELDING, IKKE_BRUK_INNMELDING, APNE_INNMELDING, TREKK_INNMELDING),
)
