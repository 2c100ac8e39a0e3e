"""The numbers without their explanation: fast enough for a what-if at every move of a slider."""

from collections.abc import Mapping
from dataclasses import dataclass

from bosett.anmodning.rules.enslige import fordel_em
from bosett.anmodning.rules.inndata import kontroller
from bosett.anmodning.rules.nokkel import Nokler, lag_nokler
from bosett.anmodning.rules.rammer import (
    Ramme,
    etter_dialog,
    fordel_puljen,
    lag_poster,
    lag_rammer,
    loft,
    uten_motpost,
)
from bosett.anmodning.rules.region import paa_valgt_nivaa
from bosett.anmodning.rules.sainte_lague import Fordeling, Post
from bosett.anmodning.rules.spredning import Gruppe, faktorprodukter, finn_faktorer, lag_grupper
from bosett.anmodning.rules.typer import Grunnlag, Kommune, Parametre


@dataclass(frozen=True, slots=True)
class Utregning:
    """Everything between the inputs and the rows.

    `for_dialog` are the key's numbers, `fordelt` those that divide the need after dialogue, and `tall` the final ones: as
    `fordelt` but for those set such that nobody takes the difference.
    """

    grunnlag: Grunnlag
    kommuner: tuple[Kommune, ...]
    nokler: Nokler
    rammer: Mapping[str, Ramme]
    grupper: tuple[Gruppe, ...]
    gruppefaktorer: Mapping[str, int]
    faktorer: Mapping[str, int]
    poster: tuple[Post, ...]
    fordeling: Fordeling
    for_dialog: Mapping[str, int]
    fordelt: Mapping[str, int]
    tall: Mapping[str, int]
    em: Mapping[str, int]
    em_minimum: int


def regn_tall(grunnlag: Grunnlag, parametre: Parametre) -> dict[str, tuple[int, int]]:
    """(antall, em) by municipality number. The same numbers as `beregn`, and the same errors."""
    u = regn_ut(grunnlag, parametre)
    return {k.kommunenummer: (u.tall.get(k.kommunenummer, 0), u.em[k.kommunenummer]) for k in u.kommuner}


def regn_ut(grunnlag: Grunnlag, parametre: Parametre) -> Utregning:
    """Key, bounds, spread, numbers, dialogue and minors. Raises Ugyldig, Konflikt or Mangler."""
    variant = parametre.valgt_variant
    grunnlag = paa_valgt_nivaa(grunnlag, variant)
    kommuner = kontroller(grunnlag, parametre)
    nokler = lag_nokler(grunnlag, parametre, kommuner)
    rammer = lag_rammer(kommuner, parametre)
    grupper = lag_grupper(
        kommuner,
        parametre.behov,
        variant.spredning_fylke if parametre.spredning_fylke is None else parametre.spredning_fylke,
        variant.spredning_storrelse
        if parametre.spredning_storrelse is None
        else parametre.spredning_storrelse,
        variant.storrelsesgrenser,
    )
    faste = {nr: ramme.fast for nr, ramme in rammer.items() if ramme.fast is not None}
    pulje = parametre.behov - sum(faste.values())

    grunnposter = lag_poster(kommuner, rammer, nokler)

    def kjor(gruppefaktorer: Mapping[str, int]) -> Mapping[str, int]:
        loftet = loft(grunnposter, faktorprodukter(grupper, gruppefaktorer))
        return faste | fordel_puljen(loftet, rammer, pulje, "Det skal fordeles").tall

    gruppefaktorer = finn_faktorer(grupper, kjor)
    faktorer = faktorprodukter(grupper, gruppefaktorer)
    poster = loft(grunnposter, faktorer)
    fordeling = fordel_puljen(poster, rammer, pulje, "Det skal fordeles")
    for_dialog = faste | fordeling.tall
    fordelt = etter_dialog(for_dialog, poster, kommuner, rammer, parametre)
    tall = fordelt | uten_motpost(parametre)
    em_minimum = variant.em_minimum if parametre.em_minimum is None else parametre.em_minimum
    em = fordel_em(tall, poster, kommuner, parametre, em_minimum)
    return Utregning(
        grunnlag, kommuner, nokler, rammer, grupper, gruppefaktorer, faktorer, tuple(poster), fordeling, for_dialog, fordelt,
        tall, em, em_minimum,
    )  # fmt: skip
