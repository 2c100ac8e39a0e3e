"""What may be done with two persons that may be one."""

from bosett.grunn.handling import Handling, Omfang, Overgang, Tilstand, Tilstandstabell

_IMDI = {"imdi_radgiver": Omfang.NASJONAL}

FINN_DUBLETTER = Handling("person.finn_dubletter", "finne personer som kan være registrert to ganger", {})
SLAA_SAMMEN = Overgang(
    "person.slaa_sammen",
    "slå sammen to som er samme person, med en grunn",
    _IMDI,
    ("apen",),
    "slaatt_sammen",
    vakt="Ingen av de to er slått sammen med en annen fra før.",
)
IKKE_SAMME = Overgang(
    "person.ikke_samme",
    "avgjøre at to ikke er samme person, med en grunn",
    _IMDI,
    ("apen",),
    "ikke_samme",
    vakt="Grunnen er skrevet.",
)
OPPHEV_SAMMENSLAAING = Overgang(
    "person.opphev_sammenslaaing",
    "oppheve en sammenslåing, med en grunn",
    _IMDI,
    ("slaatt_sammen",),
    "apen",
    vakt="Den som står igjen, er ikke slått sammen med en tredje.",
)

DUBLETT = Tilstandstabell(
    "mulig dublett",
    (
        Tilstand("apen", "Ikke vurdert", "warning"),
        Tilstand("ikke_samme", "Ikke samme person"),
        Tilstand("slaatt_sammen", "Slått sammen", "brand1"),
    ),
    (SLAA_SAMMEN, IKKE_SAMME, OPPHEV_SAMMENSLAAING),
)
