"""Acts on tasks, and what may happen to a case of a shared queue: it is free, or somebody has taken it."""

from bosett.aktor.roller import ROLLER
from bosett.grunn.handling import Handling, Omfang, Overgang, Tilstand, Tilstandstabell

FULLFOR = Handling("oppgave.fullfor", "merke egne oppgaver som gjort", dict.fromkeys(ROLLER, Omfang.EGEN))

_SKRIVER = {
    "imdi_radgiver": Omfang.NASJONAL, "imdi_godkjenner": Omfang.NASJONAL, "bosettingskonsulent": Omfang.EGEN,
    "bosetter_skriv": Omfang.EGEN, "bufetat_saksbehandler": Omfang.EGEN,
}  # fmt: skip
OPPRETT_EGEN = Handling("oppgave.opprett_egen", "skrive opp egne oppgaver i en sak, for seg selv eller kollegene", _SKRIVER)  # fmt: skip
GJENAPNE = Handling("oppgave.gjenapne", "åpne en egen oppgave igjen", _SKRIVER)
FLYTT_FRIST = Handling("oppgave.flytt_frist", "flytte fristen for en egen oppgave", _SKRIVER)
MINN = Handling("oppgave.minn", "minne om oppgaver i en sak når fristen er ute", {})

_KO = dict.fromkeys(("imdi_radgiver", "imdi_godkjenner", "bufetat_saksbehandler"), Omfang.EGEN)
_EIER = "Du har reservert saken."
RESERVER = Overgang(
    "oppgave.reserver",
    "reservere en sak fra den felles køen",
    _KO,
    ("ledig",),
    "reservert",
    vakt="Ingen andre hos dere har reservert saken.",
)
FORLENG = Overgang(
    "oppgave.forleng", "forlenge sin egen reservasjon", _KO, ("reservert",), "reservert", vakt=_EIER
)
FLYTT = Overgang(
    "oppgave.flytt",
    "gi en sak en har reservert, til en kollega",
    _KO,
    ("reservert",),
    "reservert",
    vakt=_EIER,
)
SLIPP = Overgang(
    "oppgave.slipp",
    "legge en sak en har reservert, tilbake i køen",
    _KO,
    ("reservert",),
    "ledig",
    vakt=_EIER,
)
RESERVASJON = Tilstandstabell(
    "sak i felles kø",
    (Tilstand("ledig", "Ledig"), Tilstand("reservert", "Reservert", "brand1")),
    (RESERVER, FORLENG, FLYTT, SLIPP),
)
"""A reservation that runs out makes the case free by itself: no act, and nothing to wait for."""
