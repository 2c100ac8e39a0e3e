"""What an example is, and the world it is taken from."""

from dataclasses import dataclass

from bosett.aktor.models import Organisasjon
from bosett.anmodning.models import Runde


@dataclass(frozen=True)
class Eksempel:
    """`egen` belongs to the first municipality, `annens` to the second, `ukjent` to nobody.

    `eies` tells whether the two belong to organisations, so that a municipal role may see only one of them. Without `annens`
    the object is nobody's in particular (a year, a language): only the right itself is asked. Without `egen` every signed-in
    user is a stranger to `annens`.
    """

    ukjent: object
    egen: object | None = None
    annens: object | None = None


@dataclass(frozen=True)
class Land:
    forste: Organisasjon
    andre: Organisasjon
    runde: Runde
