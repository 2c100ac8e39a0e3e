"""What may happen to a need for a home, and to listings, and who may do it."""

from bosett.bolig.states_bolig import KOMMUNE
from bosett.grunn.handling import Handling, Overgang, Tilstand, Tilstandstabell

_KILDE = "En bolig eller annonse er knyttet til behovet."
MELD_BEHOV = Overgang("bolig.meld_behov", "registrere at kommunen må skaffe en bolig", KOMMUNE, (), "behov")
FINN_KILDE = Overgang(
    "bolig.finn_kilde", "si hvor boligen skal komme fra", KOMMUNE, ("behov",), "kilde", vakt=_KILDE
)
INNGAA_KONTRAKT = Overgang(
    "bolig.inngaa_kontrakt", "si at det arbeides med kontrakten", KOMMUNE, ("kilde",), "kontrakt", vakt=_KILDE
)
GJOR_KLAR = Overgang(
    "bolig.gjor_klar", "si at boligen er klar til innflytting", KOMMUNE, ("kontrakt",), "klar",
    vakt="Boligen er registrert, og kommunen disponerer den.",
)  # fmt: skip
TILBAKE_TIL_BEHOV = Overgang(
    "bolig.tilbake_til_behov", "flytte et boligbehov tilbake til behov", KOMMUNE, ("kilde",), "behov"
)
TILBAKE_TIL_KILDE = Overgang(
    "bolig.tilbake_til_kilde", "flytte et boligbehov tilbake til kilde", KOMMUNE, ("kontrakt",), "kilde"
)
TILBAKE_TIL_KONTRAKT = Overgang(
    "bolig.tilbake_til_kontrakt", "flytte et boligbehov tilbake til kontrakt", KOMMUNE, ("klar",), "kontrakt"
)
AVBRYT = Overgang(
    "bolig.avbryt_framskaffelse", "avbryte arbeidet med å skaffe en bolig", KOMMUNE,
    ("behov", "kilde", "kontrakt", "klar"), "avbrutt",
)  # fmt: skip
GJENOPPTA = Overgang(
    "bolig.gjenoppta_framskaffelse", "ta opp igjen arbeidet med å skaffe en bolig", KOMMUNE, ("avbrutt",), "behov",
    vakt="Det er ikke registrert et nytt behov for den samme husholdningen.",
)  # fmt: skip
ENDRE_BEHOV = Handling("bolig.endre_behov", "rette et boligbehov", KOMMUNE)
KNYTT = Handling("bolig.knytt_kilde", "knytte en bolig eller annonse til et boligbehov", KOMMUNE)
IMPORTER_ANNONSER = Handling("bolig.importer_annonser", "lese inn annonser om boliger til leie", KOMMUNE)
SLETT_ANNONSER = Handling("bolig.slett_annonser", "slette annonser ingen har sett på lenge", {})

FRAMSKAFFELSE = Tilstandstabell(
    "framskaffelse",
    (
        Tilstand("behov", "Behov"),
        Tilstand("kilde", "Kilde", "warning"),
        Tilstand("kontrakt", "Kontrakt", "brand2"),
        Tilstand("klar", "Klar", "brand1"),
        Tilstand("avbrutt", "Avbrutt"),
    ),
    (
        MELD_BEHOV,
        FINN_KILDE,
        INNGAA_KONTRAKT,
        GJOR_KLAR,
        TILBAKE_TIL_BEHOV,
        TILBAKE_TIL_KILDE,
        TILBAKE_TIL_KONTRAKT,
        AVBRYT,
        GJENOPPTA,
    ),
)
