"""Acts on the national need."""

from bosett.grunn.handling import Handling, Omfang

REGISTRER = Handling(
    "behov.registrer", "registrere det nasjonale behovet", {"imdi_radgiver": Omfang.NASJONAL}
)
REGISTRER_PROGNOSE = Handling(
    "behov.registrer_prognose", "registrere prognosene behovet bygger på", {"imdi_radgiver": Omfang.NASJONAL}
)
HANDLINGER = (REGISTRER, REGISTRER_PROGNOSE)
