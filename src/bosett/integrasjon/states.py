"""What may be done with messages from outside."""

from bosett.grunn.handling import Handling, Omfang

MOTTA = Handling("integrasjon.motta", "ta imot meldinger fra UDI", {})
BRUK = Handling("integrasjon.bruk", "bruke meldinger som er mottatt", {})
PROV_IGJEN = Handling(
    "integrasjon.prov_igjen", "prøve parkerte meldinger på nytt", {"imdi_radgiver": Omfang.NASJONAL}
)
FORKAST = Handling(
    "integrasjon.forkast", "forkaste en parkert melding med en grunn", {"imdi_radgiver": Omfang.NASJONAL}
)
