"""Husbanken's schemes for housing, as dated data with their source. No figures: those stand with Husbanken."""

from dataclasses import dataclass
from datetime import date
from functools import cache
from pathlib import Path

from bosett.grunn.parametre import Parametre, Verdi, les

_FIL = Path(__file__).parent.parent / "satser" / "husbanken.yaml"


@dataclass(frozen=True, slots=True)
class Ordninger:
    """`kommune`: what a municipality can use; `privat`: what the person who is settled can apply for."""

    lenke: str
    kommune: Verdi
    privat: Verdi


@cache
def _parametre() -> Parametre:
    return les(_FIL)


def ordninger(dag: date) -> Ordninger:
    """Those that hold on a day. Raises `Mangler` when nothing is known of it."""
    p = _parametre()
    return Ordninger(
        str(p.verdi("husbanken_lenke", dag).verdi), p.verdi("husbanken_kommune", dag), p.verdi("husbanken_privat", dag)
    )  # fmt: skip
