"""From facts and parameters to numbers: `beregn` is the only door into the engine."""

from bosett.anmodning.rules.resultat import Resultat
from bosett.anmodning.rules.typer import Grunnlag, Parametre


def beregn(grunnlag: Grunnlag, parametre: Parametre) -> Resultat:
    """Divides the need between the municipalities. Deterministic; the row order is irrelevant.

    Raises Ugyldig (inputs break a rule), Konflikt (the bounds leave no room; they are named in the text)
    or Mangler (a figure that cannot be left out is unknown).
    """
    raise NotImplementedError
