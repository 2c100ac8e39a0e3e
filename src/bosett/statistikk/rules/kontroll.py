"""Printed sums to check against: the county rows of a table, and the sums by year of the long one."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from bosett.kilder.feil import Cellefeil, Lesefeil
from bosett.kilder.lesere import celler
from bosett.kilder.lesere.observasjoner import les_observasjoner
from bosett.kilder.lesere.tabell import les_tabell
from bosett.kilder.tall import Nivaa, Opphav

_SUMKOLONNER = {
    "anmodning": "anmodning",
    "oppr": "opprinnelig_anmodning",
    "vedtak": "vedtak",
    "bosatt": "bosatt",
}


@dataclass(frozen=True, slots=True)
class TrykteSummer:
    """`fylker`: (year, measure, county name or number) → printed sum; `landet`: (year, measure) → printed sum."""

    kilde: str
    landet: Mapping[tuple[int, str], int] = field(default_factory=dict)
    fylker: Mapping[tuple[int, str, str], int] = field(default_factory=dict)


def les_trykte_summer(fil: Path, *, aar: int | None = None) -> TrykteSummer:
    """Read printed sums, of either kind. A country row beats the sum of the counties; without one the counties are added.

    Raises Lesefeil naming row and column.
    """
    tabell = les_tabell(fil)
    if tabell.har(("aar", "kommuner", "skjult", *_SUMKOLONNER)):
        landet = {}
        for linje, rad in tabell.ordboker():
            aaret = tabell.les(linje, "aar", rad["aar"], celler.aarstall)
            for kolonne, maal in _SUMKOLONNER.items():
                sum_ = tabell.les(linje, kolonne, rad[kolonne], celler.antall)
                if aaret is not None and sum_:  # 0 in this file is «no figures that year»
                    landet[aaret, maal] = sum_
        tabell.slutt("Summer per år")
        return TrykteSummer(tabell.fil, landet)
    lest = les_observasjoner(fil, Opphav(fil.name), aar=aar)
    if lest.form.nivaa is not Nivaa.FYLKE:
        raise Lesefeil(lest.fil, [Cellefeil(1, "", "", "filen har kommuner, ikke summer per fylke eller år")])
    fylker: dict[tuple[int, str, str], int] = {}
    landet, uten = {}, set()
    for obs in lest.observasjoner:
        if obs.tall.verdi is None:
            uten.add((obs.aar, obs.storrelse))
        elif obs.tall.nivaa is Nivaa.LAND:
            landet[obs.aar, obs.storrelse] = int(obs.tall.verdi)
        else:
            fylker[obs.aar, obs.storrelse, obs.kode or obs.navn] = int(obs.tall.verdi)
    if not landet:
        for (aaret, maal, _), verdi in fylker.items():
            if (aaret, maal) not in uten:  # a county without a number: the country's sum is not printed
                landet[aaret, maal] = landet.get((aaret, maal), 0) + verdi
    return TrykteSummer(lest.fil, landet, fylker)
