"""The mapping of a person: opened, filled in at any time, completed (gaps and all), opened again, replaced by a newer form."""

from bosett.grunn.handling import Handling, Omfang, Overgang, Tilstand, Tilstandstabell

KARTLEGGERE = {
    "bosettingskonsulent": Omfang.EGEN,
    "bufetat_saksbehandler": Omfang.EGEN,
    "imdi_radgiver": Omfang.NASJONAL,
}
"""A consultant for those who live at the own centre, Bufetat for the minors it finds a municipality for, IMDi for all."""

APNE = Overgang("kartlegging.apne", "begynne å kartlegge en person", KARTLEGGERE, ("",), "utkast")
LAGRE = Overgang("kartlegging.lagre", "skrive svar i en kartlegging", KARTLEGGERE, ("utkast",), "utkast")
FULLFOR = Overgang(
    "kartlegging.fullfor",
    "fullføre en kartlegging, også når noe mangler",
    KARTLEGGERE,
    ("utkast",),
    "fullfort",
)
GJENAPNE = Overgang(
    "kartlegging.gjenapne", "åpne en fullført kartlegging igjen", KARTLEGGERE, ("fullfort",), "utkast"
)
FORELD = Overgang(
    "kartlegging.foreld", "la et nytt skjema ta over for et gammelt", {}, ("utkast", "fullfort"), "foreldet"
)
KARTLEGGING = Tilstandstabell(
    "kartlegging",
    (
        Tilstand("", "Ikke begynt"),
        Tilstand("utkast", "Begynt", "warning"),
        Tilstand("fullfort", "Fullført", "brand1"),
        Tilstand("foreldet", "Gammelt skjema"),
    ),
    (APNE, LAGRE, FULLFOR, GJENAPNE, FORELD),
)
LAGRE_SAMTALE = Handling("kartlegging.lagre_samtale", "registrere en samtale og tolken", KARTLEGGERE)
SLETT_SAERLIG = Handling(
    "kartlegging.slett_saerlig",
    "slette svar om helse, religion eller etnisk bakgrunn når samtykket er trukket",
    {},
)
