"""Acts on tasks."""

from bosett.aktor.roller import ROLLER
from bosett.grunn.handling import Handling, Omfang

FULLFOR = Handling("oppgave.fullfor", "merke egne oppgaver som gjort", dict.fromkeys(ROLLER, Omfang.EGEN))
HANDLINGER = (FULLFOR,)
