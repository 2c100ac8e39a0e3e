"""Areas where settlement should be avoided: many immigrants and poor living conditions at the same time (S3; R098, R210)."""

from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from functools import cache
from pathlib import Path

from bosett.grunn.parametre import Parametre, Verdi, les

_FIL = Path(__file__).parent.parent / "satser" / "omraade.yaml"


@dataclass(frozen=True, slots=True)
class Varsel:
    """The area is one to avoid. `andel` per cent of the inhabitants; `grense` the limit, with its source."""

    andel: Decimal
    grense: Verdi


@cache
def parametre() -> Parametre:
    return les(_FIL)


def varsel(andel: Decimal | None, levekaar: bool | None, dag: date) -> Varsel | None:
    """The warning for a home in an area, or None. Both must hold: more immigrants than the limit, and poor living conditions.

    `andel` is in per cent. What nobody has measured warns of nothing. Raises `Mangler` when no limit is known for the day.
    """
    if andel is None or not levekaar:
        return None
    grense = parametre().verdi("innvandrerandel_grense", dag)
    return Varsel(andel, grense) if andel > grense.tallverdi else None
