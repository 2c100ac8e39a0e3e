"""What may happen when a home is held for a household, and who may do it."""

from bosett.grunn.handling import Omfang, Overgang, Tilstand, Tilstandstabell

_HVEM = {"imdi_radgiver": Omfang.NASJONAL, "bosetter_skriv": Omfang.EGEN}

KOBLE = Overgang(
    "bolig.koble",
    "reservere en bolig for en husholdning",
    _HVEM,
    (),
    "reservert",
    vakt="Kommunen har vurdert at boligen er egnet. Den er ledig, og husholdningen har ingen annen. Er området ett en bør unngå, "
    "eller mangler boligen noe de trenger, står det hvorfor den likevel er valgt.",
)
LOSNE = Overgang(
    "bolig.losne",
    "ta bort reservasjonen av en bolig for en husholdning",
    _HVEM,
    ("reservert",),
    "losnet",
    vakt="Det står hvorfor.",
)
KOBLING = Tilstandstabell(
    "boligkobling",
    (Tilstand("reservert", "Reservert", "brand1"), Tilstand("losnet", "Reservasjonen er tatt bort")),
    (KOBLE, LOSNE),
)
