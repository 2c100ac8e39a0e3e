"""The target: how soon after the permit a household should be settled (R086)."""

from dataclasses import dataclass
from datetime import date
from functools import cache

from bosett.grunn.frister import dager_igjen, legg_til_maaneder
from bosett.grunn.parametre import Parametre, Verdi, les
from bosett.person.rules.koder import MAPPE


@dataclass(frozen=True, slots=True)
class Maal:
    """`frist`: the last day that is within the target. `sats`: the months, with their source."""

    frist: date
    sats: Verdi

    def over(self, dag: date) -> bool:
        """From the day after."""
        return dager_igjen(self.frist, dag) < 0


@cache
def parametre() -> Parametre:
    return les(MAPPE / "maal.yaml")


@cache
def maal(tillatt: date, em: bool) -> Maal:
    """From the day the permit was there: three months for an unaccompanied minor, six for all others, by what held that day.

    Raises `Mangler` when no target is known for the day.
    """
    sats = parametre().verdi("bosettingsmaal_em" if em else "bosettingsmaal", tillatt)
    return Maal(legg_til_maaneder(tillatt, int(sats.tallverdi)), sats)
