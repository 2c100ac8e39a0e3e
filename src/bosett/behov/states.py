"""Acts on the national need, and whether a country of selection is open."""

from bosett.grunn.handling import Handling, Omfang, Overgang, Tilstand, Tilstandstabell

_RADGIVER = {"imdi_radgiver": Omfang.NASJONAL}

REGISTRER = Handling("behov.registrer", "registrere det nasjonale behovet", _RADGIVER)
REGISTRER_PROGNOSE = Handling(
    "behov.registrer_prognose", "registrere prognosene behovet bygger på", _RADGIVER
)
REGISTRER_AVTALE = Handling("behov.registrer_avtale", "registrere en avtale om plasser for et år", _RADGIVER)
REGISTRER_SCENARIO = Handling("behov.registrer_scenario", "registrere et scenario for et år", _RADGIVER)
REGISTRER_UTTAKSLAND = Handling(
    "behov.registrer_uttaksland", "registrere landene overføringsflyktningene tas ut fra", _RADGIVER
)
HANDLINGER = (REGISTRER, REGISTRER_PROGNOSE, REGISTRER_AVTALE, REGISTRER_SCENARIO, REGISTRER_UTTAKSLAND)
"""A need is seen by IMDi until a round that uses it is sent; then through the round (see `anmodning`)."""

STENG = Overgang(
    "behov.steng_uttaksland",
    "stenge et uttaksland, så prognosen for overføringsflyktninger går ned",
    _RADGIVER,
    ("apent",),
    "stengt",
    vakt="Prognosen er registrert og har minst så mange personer som landet har plasser.",
)
APNE = Overgang(
    "behov.apne_uttaksland",
    "åpne et uttaksland igjen, så prognosen for overføringsflyktninger går opp",
    _RADGIVER,
    ("stengt",),
    "apent",
    vakt="Prognosen er registrert.",
)
UTTAKSLAND = Tilstandstabell(
    "uttaksland",
    (Tilstand("apent", "Åpent", "brand1"), Tilstand("stengt", "Stengt", "warning")),
    (STENG, APNE),
)
