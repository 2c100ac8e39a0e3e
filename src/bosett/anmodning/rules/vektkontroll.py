"""The 60 % check: the weight that was set, and the weight the criteria really have on the key."""

import math
from collections.abc import Mapping, Sequence
from decimal import Decimal

import numpy as np
import numpy.typing as npt

from bosett.anmodning.rules.kriteriesett import AVVIK, Kriteriesett, Tekst, Variant
from bosett.anmodning.rules.nokkel import Nokler
from bosett.anmodning.rules.resultat import Kontroll60, Vektkontroll
from bosett.anmodning.rules.typer import Kommune

Vektor = npt.NDArray[np.float64]
DEMPING = Tekst("Andel innvandrere", "Del innvandrarar")


def kontroller_60(
    sett: Kriteriesett,
    variant: Variant,
    nokler: Nokler,
    kommuner: Sequence[Kommune],
    tall: Mapping[str, int],
) -> Kontroll60:
    """Effective weight = covariance share of each factor in the log key per head, before any bound.

    Each municipality counts once. Shares sum to 1 with the immigrant-share factor included; a share may be
    negative when a criterion works against the whole. None when all keys per head are alike.
    """
    med = [k for k in kommuner if nokler.kommuner[k.kommunenummer].nokkel > 0]
    navn = [*((k.id, k.trinn, k.navn) for k in sett.kriterier), ("innvandrerandel", "", DEMPING)]
    logledd = {
        id_: np.array([math.log(nokler.kommuner[k.kommunenummer].ledd[nr]) for k in med])
        for nr, (id_, _, _) in enumerate(navn)
    }
    samlet: Vektor = np.sum(list(logledd.values()), axis=0)
    avvik = samlet - samlet.mean() if samlet.size else samlet
    varians = float(avvik @ avvik)
    andel: dict[str, float | None] = {
        id_: float((ledd - ledd.mean()) @ avvik) / varians if varians > 1e-18 else None
        for id_, ledd in logledd.items()
    }
    per_hode = np.array([tall.get(k.kommunenummer, 0) / k.folketall for k in med])
    rader = tuple(
        Vektkontroll(
            id=id_,
            trinn=trinn,
            navn=tekst,
            satt=_desimal(variant.vekter.get(id_, 0.0)),
            brukt=_desimal(nokler.vekter.get(id_, 0.0)),
            faktisk=_kanskje(andel[id_]),
            rangkorrelasjon=_kanskje(spearman(logledd[id_], per_hode)),
        )
        for id_, trinn, tekst in navn
    )
    forste = {k.id for k in sett.trinn[0].kriterier}
    satt = math.fsum(variant.vekter[k] for k in forste)
    deler = [andel[k] for k in forste]
    faktisk = math.fsum(sorted(d for d in deler if d is not None)) if None not in deler else None
    krav = sett.minstevekt_forste_trinn
    return Kontroll60(
        krav=_desimal(krav),
        satt=_desimal(satt),
        faktisk=_kanskje(faktisk),
        satt_oppfylt=satt >= krav - AVVIK,
        faktisk_oppfylt=None if faktisk is None else faktisk >= krav - AVVIK,
        kriterier=rader,
    )


def spearman(a: Vektor, b: Vektor) -> float | None:
    """Rank correlation with mean ranks for ties; None when one of them does not vary."""
    if a.size < 2 or np.ptp(a) < 1e-12 or np.ptp(b) == 0:
        return None
    x, y = _rang(a), _rang(b)
    x, y = x - x.mean(), y - y.mean()
    return float((x @ y) / math.sqrt(float(x @ x) * float(y @ y)))


def _rang(a: Vektor) -> Vektor:
    _, omvendt, antall = np.unique(a, return_inverse=True, return_counts=True)
    slutt = np.cumsum(antall)
    snittrang: Vektor = (slutt - (antall - 1) / 2.0)[omvendt]
    return snittrang


def _desimal(verdi: float) -> Decimal:
    return Decimal(round(verdi * 10_000)).scaleb(-4)


def _kanskje(verdi: float | None) -> Decimal | None:
    return None if verdi is None else _desimal(verdi)
