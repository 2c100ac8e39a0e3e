"""How long somebody holds a case of a shared queue. Dated settings, marked as our own choice (`satser/reservasjon.yaml`)."""

from datetime import datetime
from functools import cache
from pathlib import Path

from bosett.grunn.frister import legg_til_virkedager, utloper
from bosett.grunn.parametre import Parametre, les


@cache
def parametre() -> Parametre:
    return les(Path(__file__).parents[1] / "satser")


def holdes_til(naa: datetime) -> datetime:
    """The first moment a case that is taken now is free again: midnight after the next working day."""
    return _utlop("reservasjon_virkedager", naa)


def forlenget_til(naa: datetime) -> datetime:
    """As `holdes_til`, for one that is prolonged now."""
    return _utlop("reservasjon_forlenget_virkedager", naa)


def _utlop(navn: str, naa: datetime) -> datetime:
    virkedager = int(parametre().verdi(navn, naa.date()).tallverdi)
    return utloper(legg_til_virkedager(naa.date(), virkedager))
