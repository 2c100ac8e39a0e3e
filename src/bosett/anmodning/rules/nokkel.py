"""The key: inhabitants, lifted or lowered by the criteria, damped by a high immigrant share.

key_i = inhabitants_i · exp(κ · Σ weight_c · z_ci) · g(share_i). Only the inhabitants carry size.
z is the standard score against the national mean and deviation, both weighted by inhabitants (so that a map
cut otherwise gives the same key), turned so that higher is better, and clipped to ±2.
"""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bosett.anmodning.rules.kriteriesett import Kriteriesett, Variant
from bosett.anmodning.rules.typer import Grunnlag, Kommune, Normering, Parametre

Z_GRENSE = 2.0
Z_DESIMALER = 6
# Keys are rounded to six decimals, so that anyone can recompute them and they are the same on every machine.
NOKKEL_SKALA = 10**6


@dataclass(frozen=True, slots=True)
class Kommunenokkel:
    """One municipality's key and its way there. `ledd` are the factors in the order of the criteria, then g."""

    z: Mapping[str, float]
    ledd: tuple[float, ...]
    nokkel: float
    heltall: int


@dataclass(frozen=True, slots=True)
class Nokler:
    """All keys, the weights really used, and the national figures they were measured against."""

    vekter: Mapping[str, float]
    normering: Mapping[str, Normering]
    innvandrerandel_landet: float | None
    kommuner: Mapping[str, Kommunenokkel]


def lag_nokler(grunnlag: Grunnlag, parametre: Parametre, kommuner: Sequence[Kommune]) -> Nokler:
    """The keys of `kommuner`, which must be sorted by number."""
    sett, variant = parametre.kriteriesett, parametre.valgt_variant
    kappa = variant.kappa if parametre.kappa is None else parametre.kappa
    vekter = brukte_vekter(sett, variant, {k for k in variant.vekter if har_tall(grunnlag, k)})
    normering = {k: parametre.normering.get(k) or norm(kommuner, k) for k, vekt in vekter.items() if vekt > 0}
    landet = veid_snitt([(k.innvandrerandel, k.folketall) for k in kommuner])
    ut: dict[str, Kommunenokkel] = {}
    for kommune in kommuner:
        z = {
            k: standardskaar(kommune, k, n, grunnlag.opplysninger[k].retning == "lavere_er_bedre")
            for k, n in normering.items()
        }
        ledd = [
            math.exp(kappa * vekter[kriterium.id] * z.get(kriterium.id, 0.0)) for kriterium in sett.kriterier
        ]
        ledd.append(demping(kommune, landet, parametre))
        nokkel = math.prod([float(kommune.folketall), *ledd])
        ut[kommune.kommunenummer] = Kommunenokkel(z, tuple(ledd), nokkel, round(nokkel * NOKKEL_SKALA))
    return Nokler(vekter, normering, landet, ut)


def har_tall(grunnlag: Grunnlag, kriterium: str) -> bool:
    """A criterion counts when its column is described and at least one municipality has a figure."""
    return kriterium in grunnlag.opplysninger and any(
        kriterium in k.verdier and k.verdier[kriterium].tall is not None for k in grunnlag.kommuner
    )


def brukte_vekter(sett: Kriteriesett, variant: Variant, med_tall: set[str]) -> dict[str, float]:
    """Weights after moving those of criteria without any figures. They still sum to 1.

    Inside a tier the weight goes to the tier's other criteria in proportion. A tier without any figures gives
    its weight to the other tiers in proportion. So the first tier never gets lighter by missing data.
    """
    brukt = dict.fromkeys((k.id for k in sett.kriterier), 0.0)
    tyngde: dict[str, float] = {}
    for trinn in sett.trinn:
        alle = math.fsum(variant.vekter[k.id] for k in trinn.kriterier)
        kjent = math.fsum(variant.vekter[k.id] for k in trinn.kriterier if k.id in med_tall)
        if kjent > 0:
            tyngde[trinn.id] = alle
            for k in trinn.kriterier:
                if k.id in med_tall:
                    brukt[k.id] = variant.vekter[k.id] * (alle / kjent)
    samlet = math.fsum(tyngde.values())
    return {k: vekt / samlet for k, vekt in brukt.items()} if samlet > 0 else brukt


def norm(kommuner: Sequence[Kommune], kriterium: str) -> Normering:
    """National mean and standard deviation of a criterion, weighted by inhabitants."""
    par = [(k.verdier[kriterium].tall, k.folketall) for k in kommuner if kriterium in k.verdier]
    snitt = veid_snitt(par)
    if snitt is None:
        return Normering(0.0, 0.0)
    varians = veid_snitt([(None if v is None else (v - snitt) ** 2, p) for v, p in par]) or 0.0
    return Normering(snitt, math.sqrt(varians))


def veid_snitt(par: Sequence[tuple[float | None, int]]) -> float | None:
    """The mean by inhabitants of the known figures; None when none is known."""
    vekt = sum(p for v, p in par if v is not None)
    return math.fsum(v * p for v, p in par if v is not None) / vekt if vekt else None


def standardskaar(kommune: Kommune, kriterium: str, normering: Normering, lavere_er_bedre: bool) -> float:
    """Clipped to ±2, higher is better; a missing figure counts as the national mean, which is 0."""
    verdi = kommune.verdier.get(kriterium)
    # All alike (but for rounding): the criterion tells nobody apart.
    if verdi is None or verdi.tall is None or normering.spredning <= 1e-9 * max(1.0, abs(normering.snitt)):
        return 0.0
    z = (verdi.tall - normering.snitt) / normering.spredning
    z = -z if lavere_er_bedre else z
    # `+ 0.0` turns minus zero into zero.
    return round(max(-Z_GRENSE, min(Z_GRENSE, z)), Z_DESIMALER) + 0.0


def demping(kommune: Kommune, landet: float | None, parametre: Parametre) -> float:
    """g: 1 up to the national level, then falling in a straight line to the variant's factor at the limit.

    Over the limit it stays there. It is 0 only when the parameters leave such municipalities out and no
    exception with a reason stands; the row then says so. The rule is about areas, not about a whole
    municipality, so leaving out is never the default.
    """
    andel = kommune.innvandrerandel
    grense = parametre.kriteriesett.innvandrergrense_prosent
    if andel is None or landet is None or andel <= landet:
        return 1.0
    minst = parametre.valgt_variant.innvandrer_demping
    if andel > grense:
        utelat = parametre.over_grense == "utelat" and kommune.kommunenummer not in parametre.unntak
        return 0.0 if utelat else minst
    return 1.0 - (1.0 - minst) * (andel - landet) / (grense - landet)
