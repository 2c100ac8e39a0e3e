"""Acts on tasks."""

from bosett.aktor.roller import ROLLER
from bosett.grunn.handling import Handling, Omfang

FULLFOR = Handling("oppgave.fullfor", "merke egne oppgaver som gjort", dict.fromkeys(ROLLER, Omfang.EGEN))

_SKRIVER = {
    "imdi_radgiver": Omfang.NASJONAL, "imdi_godkjenner": Omfang.NASJONAL, "bosettingskonsulent": Omfang.EGEN,
    "bosetter_skriv": Omfang.EGEN, "bufetat_saksbehandler": Omfang.EGEN,
}  # fmt: skip
OPPRETT_EGEN = Handling("oppgave.opprett_egen", "skrive opp egne oppgaver i en sak, for seg selv eller kollegene", _SKRIVER)  # fmt: skip
GJENAPNE = Handling("oppgave.gjenapne", "åpne en egen oppgave igjen", _SKRIVER)
FLYTT = Handling("oppgave.flytt", "flytte fristen for en egen oppgave", _SKRIVER)
MINN = Handling("oppgave.minn", "minne om oppgaver i en sak når fristen er ute", {})
