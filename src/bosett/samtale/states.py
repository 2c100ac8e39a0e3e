"""What the parties of a case may say to each other, and how a contact with a municipality goes on."""

from bosett.grunn.handling import Handling, Omfang, Overgang, Tilstand, Tilstandstabell

_N, _E = Omfang.NASJONAL, Omfang.EGEN
_SKRIVER = {"imdi_radgiver": _N, "bosettingskonsulent": _E, "bosetter_skriv": _E, "bufetat_saksbehandler": _E}
_SPOR_KOMMUNER = {"imdi_radgiver": _N, "bosettingskonsulent": _E, "bufetat_saksbehandler": _E}

SKRIV = Handling("samtale.skriv", "skrive i samtalen om en husholdning", _SKRIVER)
TREKK = Handling("samtale.trekk", "trekke tilbake noe en selv har skrevet, med en grunn", _SKRIVER)

SEND_HENVENDELSE = Handling(
    "samtale.send_henvendelse",
    "spørre en kommune om den kan bosette en husholdning, uten navn",
    _SPOR_KOMMUNER,
)
BESVAR_HENVENDELSE = Overgang(
    "samtale.besvar_henvendelse",
    "svare på en henvendelse om en husholdning",
    {"bosetter_skriv": _E},
    ("sendt",),
    "besvart",
)
TREKK_HENVENDELSE = Overgang(
    "samtale.trekk_henvendelse",
    "trekke en henvendelse til en kommune",
    _SPOR_KOMMUNER,
    ("sendt", "besvart"),
    "trukket",
)

HENVENDELSE = Tilstandstabell(
    "henvendelse",
    (
        Tilstand("sendt", "Venter på svar", "warning"),
        Tilstand("besvart", "Besvart", "brand1"),
        Tilstand("trukket", "Trukket"),
    ),
    (BESVAR_HENVENDELSE, TREKK_HENVENDELSE),
)
