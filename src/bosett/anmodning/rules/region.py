"""«I regionen»: the criteria do not say which region, so the level of such a criterion is a choice of the set's variant."""

import math
from dataclasses import replace

from bosett.anmodning.rules.kriteriesett import Tekst, Variant
from bosett.anmodning.rules.typer import Grunnlag, Kommune, Kriterieverdi

TEKST = {
    "kommune": Tekst("Med «regionen» menes her kommunen.", "Med «regionen» meiner ein her kommunen."),
    "maalt": Tekst(
        "Med «regionen» menes her området tallet er målt for.",
        "Med «regionen» meiner ein her området talet er målt for.",
    ),
    "fylke": Tekst("Med «regionen» menes her fylket.", "Med «regionen» meiner ein her fylket."),
}


def paa_valgt_nivaa(grunnlag: Grunnlag, variant: Variant) -> Grunnlag:
    """The facts with each criterion on the level its set has chosen.

    «fylke»: figures measured in municipalities give way to the county's mean by inhabitants, which is then inherited by all of
    the county, also those whose own figure is missing. Figures already measured wider are left as they are.
    """
    kommuner = grunnlag.kommuner
    for kriterium, nivaa in variant.region.items():
        if nivaa == "fylke" and any(_egen(k, kriterium) for k in kommuner):
            kommuner = _fylkesvis(kommuner, kriterium)
    return grunnlag if kommuner is grunnlag.kommuner else replace(grunnlag, kommuner=kommuner)


def _egen(kommune: Kommune, kriterium: str) -> bool:
    verdi = kommune.verdier.get(kriterium)
    return verdi is not None and verdi.tall is not None and verdi.nivaa == "kommune"


def _fylkesvis(kommuner: tuple[Kommune, ...], kriterium: str) -> tuple[Kommune, ...]:
    sum_: dict[str, list[float]] = {}
    folk: dict[str, int] = {}
    for kommune in kommuner:
        verdi = kommune.verdier.get(kriterium)
        if verdi is not None and verdi.tall is not None:
            sum_.setdefault(kommune.fylke, []).append(verdi.tall * kommune.folketall)
            folk[kommune.fylke] = folk.get(kommune.fylke, 0) + kommune.folketall
    snitt = {fylke: math.fsum(sorted(ledd)) / folk[fylke] for fylke, ledd in sum_.items()}
    return tuple(
        replace(kommune, verdier={**kommune.verdier, kriterium: Kriterieverdi(snitt[kommune.fylke], "fylke")})
        if kommune.fylke in snitt
        else kommune
        for kommune in kommuner
    )
