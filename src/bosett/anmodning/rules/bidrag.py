"""The waterfall: how a number comes about, step by step, in persons that add up exactly.

Each step is the municipality's part of the whole need with the key as it is so far, so that for every step
one municipality's gain is another's loss. Values are held as whole millionths of a person; a contribution is
the difference of two of them, and the last step is the number itself, so nothing is left over to hide.
"""

import math
from collections.abc import Mapping, Sequence
from decimal import Decimal

import numpy as np

from bosett.anmodning.rules.kriteriesett import Kriteriesett
from bosett.anmodning.rules.nokkel import Nokler
from bosett.anmodning.rules.rammer import Ramme
from bosett.anmodning.rules.sainte_lague import Post
from bosett.anmodning.rules.typer import Kommune

MIKRO = 1_000_000
FOLKETALL, INNVANDRERE, LOFT = "folketall", "innvandrerandel", "spredningsloft"
INNGANG, GRENSER, AVRUNDING, DIALOG = "inngang", "grenser", "avrunding", "dialog"


def leddnavn(sett: Kriteriesett) -> tuple[str, ...]:
    """The identifiers of all contributions, in the order of the waterfall."""
    return (
        FOLKETALL,
        *(k.id for k in sett.kriterier),
        INNVANDRERE,
        LOFT,
        INNGANG,
        GRENSER,
        AVRUNDING,
        DIALOG,
    )


def trapper(
    kommuner: Sequence[Kommune],
    nokler: Nokler,
    poster: Sequence[Post],
    rammer: Mapping[str, Ramme],
    tall: Mapping[str, int],
    etter: Mapping[str, int],
    behov: int,
    faktorer: Mapping[str, int],
) -> tuple[dict[str, tuple[int, ...]], dict[str, float]]:
    """Running sums in millionths of a person after each step, and λ·key (the number before any bound)."""
    numre = [k.kommunenummer for k in kommuner]
    vekt = [float(k.folketall) for k in kommuner]
    steg = [_andeler(vekt, behov)]
    antall_ledd = len(nokler.kommuner[numre[0]].ledd)
    for nr in range(antall_ledd):
        vekt = [v * nokler.kommuner[n].ledd[nr] for v, n in zip(vekt, numre, strict=True)]
        steg.append(_andeler(vekt, behov))
    vekt = [v * (faktorer.get(n, MIKRO) / MIKRO) for v, n in zip(vekt, numre, strict=True)]
    steg.append(_andeler(vekt, behov))
    inne = {n for n in numre if tall.get(n, 0) > 0}
    steg.append(_andeler([v if n in inne else 0.0 for v, n in zip(vekt, numre, strict=True)], behov))
    grenser, raa = _innenfor_grensene(poster, tall, behov - sum(r.fast or 0 for r in rammer.values()))
    steg.append([grenser.get(n, float(rammer[n].fast or 0)) for n in numre])
    micro = list(zip(*([round(v * MIKRO) for v in ett] for ett in steg), strict=True))
    return {n: (*micro[i], tall.get(n, 0) * MIKRO, etter.get(n, 0) * MIKRO) for i, n in enumerate(numre)}, raa


def _andeler(vekt: Sequence[float], behov: int) -> list[float]:
    summen = math.fsum(vekt)
    return [behov * v / summen if summen else 0.0 for v in vekt]


def _innenfor_grensene(
    poster: Sequence[Post], tall: Mapping[str, int], pulje: int
) -> tuple[dict[str, float], dict[str, float]]:
    """Numbers with decimals inside the bounds for those who are in, and λ·key for everyone in the pool."""
    inne = np.array([tall.get(p.nr, 0) > 0 for p in poster], dtype=bool)
    nokkel = np.array([float(p.nokkel) for p in poster])
    minst = np.where(inne, [float(p.minimum) for p in poster], 0.0)
    mest = np.where(inne, [float(p.tak) for p in poster], 0.0)
    positiv = nokkel[inne & (nokkel > 0)]
    lav, hoy = 0.0, float(mest.max() / positiv.min()) if positiv.size else 0.0
    for _ in range(200):
        midt = (lav + hoy) / 2
        if midt in (lav, hoy):
            break
        if float(np.clip(midt * nokkel, minst, mest).sum()) <= pulje:
            lav = midt
        else:
            hoy = midt
    grenser = np.clip(lav * nokkel, minst, mest)
    return (
        {p.nr: float(v) for p, v in zip(poster, grenser, strict=True)},
        {p.nr: float(v) for p, v in zip(poster, lav * nokkel, strict=True)},
    )


def seks_desimaler(mikro: int) -> Decimal:
    return Decimal(mikro).scaleb(-6)


def en_desimal(mikro: int) -> int:
    """Tenths of a person, half away from zero."""
    tideler = (abs(mikro) + 50_000) // 100_000
    return tideler if mikro >= 0 else -tideler
