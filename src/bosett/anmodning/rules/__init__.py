"""The pure request engine: facts and parameters in, numbers with their whole explanation out.

The stable door for services, the command line and tests:
`beregn(grunnlag, parametre) -> Resultat`, `regn_tall(grunnlag, parametre)` (only the numbers), `hent(aar) -> Kriteriesett`, and the types below.
"""

from bosett.anmodning.rules.beregning import beregn
from bosett.anmodning.rules.kriteriesett import Kriteriesett, Variant, hent, kontroller_vekter, med_vekter
from bosett.anmodning.rules.resultat import Resultat
from bosett.anmodning.rules.typer import (
    Dialog,
    Grunnlag,
    Kommune,
    Kontinuitet,
    Kriterieverdi,
    Laas,
    Normering,
    Opplysning,
    Parametre,
    Unntak,
)
from bosett.anmodning.rules.utregning import regn_tall

__all__ = [
    "Dialog",
    "Grunnlag",
    "Kommune",
    "Kontinuitet",
    "Kriteriesett",
    "Kriterieverdi",
    "Laas",
    "Normering",
    "Opplysning",
    "Parametre",
    "Resultat",
    "Unntak",
    "Variant",
    "beregn",
    "hent",
    "kontroller_vekter",
    "med_vekter",
    "regn_tall",
]
