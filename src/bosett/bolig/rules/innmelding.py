"""What is reported: how old it is, when nobody has opened it for too long, and what may be written of persons."""

import re
from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache
from pathlib import Path

from bosett.grunn.identnummer import kontroller
from bosett.grunn.parametre import Parametre, Verdi, les

_SATSER = Path(__file__).parents[1] / "satser"
GRUNNER = str(_SATSER / "ikke_brukt")
"""The file of the reasons, as `person.rules.koder` reads it."""
ANNET = "annet"


@cache
def parametre() -> Parametre:
    return les(_SATSER / "innmelding.yaml")


def usett_dager(dag: date) -> Verdi:
    """Days IMDi may leave it unopened before it becomes a task. Raises `Mangler` when no number holds that day."""
    return parametre().verdi("usett_dager", dag)


def meldt_for(dag: date) -> date:
    """What was reported before this day, and not opened, is too old on `dag`: older than so many days (R217)."""
    return dag - timedelta(days=int(usett_dager(dag).tallverdi))


def slett_avgjort_for(dag: date) -> date:
    """Who is asked for is deleted when that was decided before this day."""
    return dag - timedelta(days=int(parametre().verdi("slett_onske_dager", dag).tallverdi))


def alder(meldt: date, avgjort: date | None, dag: date) -> int:
    """Whole days since it was reported, until it was decided or today."""
    return ((avgjort or dag) - meldt).days


def linjer(tekst: str) -> list[str]:
    return [linje for rad in tekst.splitlines() if (linje := " ".join(rad.split()))]


def feil_i(linje: str, dag: date) -> str:
    """What is wrong with a line that names a person: «fodselsnummer» (never written here), «duf» (not a valid one), or nothing."""
    for funnet in re.findall(r"(?<!\d)\d(?:[ .]?\d)*(?!\d)", linje):
        sifre = re.sub(r"\D", "", funnet)
        if len(sifre) == 11:
            return "fodselsnummer"
        if len(sifre) == 12 and not kontroller(sifre, dag).gyldig:
            return "duf"
    return ""


def ny_kapasitet(
    naa: Mapping[date, int], uker: list[date], *, til: int | None = None, endring: int | None = None
) -> dict[date, int]:
    """The weeks that change and their new number: set to `til`, or raised by `endring` (lowered when it is below zero).

    A week that is not planned is raised from zero. Raises ValueError when a week would go below zero.
    """
    ut = {}
    for uke in uker:
        ny = til if til is not None else naa.get(uke, 0) + (endring or 0)
        if ny < 0:
            raise ValueError(uke.isoformat())
        if naa.get(uke) != ny:
            ut[uke] = ny
    return ut
