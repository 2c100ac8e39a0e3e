"""What may happen before and at the arrival of resettlement refugees."""

from bosett.grunn.handling import Handling, Omfang

_IMDI = {"imdi_radgiver": Omfang.NASJONAL}
REGISTRER_OKT = Handling("kartlegging.registrer_okt", "registrere en økt i kulturorientering", _IMDI)
STRYK_OKT = Handling(
    "kartlegging.stryk_okt", "stryke en økt i kulturorientering som er registrert ved en feil", _IMDI
)
SETT_ANKOMST = Handling(
    "kartlegging.sett_ankomst",
    "registrere når og hvordan overføringsflyktninger kommer, og at de er kommet",
    _IMDI | {"bosetter_skriv": Omfang.EGEN},
)
