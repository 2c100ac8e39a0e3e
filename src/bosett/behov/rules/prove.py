"""How wrong the forecast would have been: from each month in the past, with only what was known then, one to twelve months ahead.

Nothing is left out of the measure and nothing is smoothed: a month like October 2015 counts as the miss it was, and is named.
"""

from collections.abc import Callable
from dataclasses import dataclass
from statistics import fmean

from bosett.behov.rules.framskriving import (
    AAR,
    FRO,
    Anslag,
    Framskriving,
    Rekke,
    anslag,
    grunnlinje,
    modell,
    rund,
    tilpass,
)
from bosett.behov.rules.tidsserie import Maanedsserie
from bosett.grunn.feil import Mangler

FORSTE = 60
"""Months known at the first trial: five years."""
NY_TILPASNING = 12
"""The model is estimated anew once a year of the trial, always on the past alone; in between the new months are filtered in."""
_BANER = 1000
METODER = ("modell", "grunnlinje")


@dataclass(frozen=True)
class Feilrad:
    """Of `antall` forecasts so many months ahead: mean absolute error (persons), the same in units of the error of «same month last
    year» within the known part (MASE; under 1 is better), and the share of months inside each interval."""

    metode: str
    horisont: int
    antall: int
    mae: float
    mase: float
    dekning80: float
    dekning95: float


@dataclass(frozen=True)
class Utenfor:
    """A month that fell outside the 95 per cent interval as seen `horisont` months before."""

    metode: str
    maaned: int
    horisont: int
    faktisk: int
    anslag: Anslag


@dataclass(frozen=True)
class Prove:
    feil: tuple[Feilrad, ...]
    utenfor: tuple[Utenfor, ...]

    def sett_fra(self, horisont: int, metode: str = "modell") -> list[Utenfor]:
        """The months outside, so many months ahead, in order of time."""
        return [rad for rad in self.utenfor if (rad.horisont, rad.metode) == (horisont, metode)]

    def dekning(self, metode: str = "modell") -> float:
        """Share of all trials, at every horizon, that fell inside the 95 per cent interval."""
        rader = [rad for rad in self.feil if rad.metode == metode]
        return sum(rad.dekning95 * rad.antall for rad in rader) / sum(rad.antall for rad in rader)


def prov(
    serie: Maanedsserie,
    *,
    forste: int = FORSTE,
    horisont: int = AAR,
    fro: int = FRO,
    framdrift: Callable[[int, int], None] = lambda _ferdig, _alle: None,
) -> Prove:
    """Roll the origin through the series. `framdrift` hears (done, all). Raises Mangler when the series is too short to try."""
    if len(serie.verdier) < forste + horisont:
        raise Mangler(
            kode="FRAMSKRIV-PROVE-KORT",
            hva=f"{serie.fil} har {len(serie.verdier)} måneder.",
            regel=f"Prøven trenger {forste} måneder å lære av og {horisont} å prøve på.",
            gjor="Bruk en lengre tabell.",
        )
    treff: dict[tuple[str, int], list[tuple[float, float, bool, bool]]] = {}
    utenfor: list[Utenfor] = []
    parametre: Rekke | None = None
    for kjent in range(forste, len(serie.verdier)):
        framdrift(kjent - forste, len(serie.verdier) - forste)
        da = serie.til(kjent)
        if (kjent - forste) % NY_TILPASNING == 0:
            parametre = tilpass(da)
        maal = fmean(abs(ny - gammel) for ny, gammel in zip(da.verdier[AAR:], da.verdier, strict=False))
        for svar in (
            modell(da, horisont, antall=_BANER, fro=fro, parametre=parametre),
            grunnlinje(da, horisont, antall=_BANER, fro=fro),
        ):
            for ett in _sammenlign(svar, serie, kjent):
                feil = abs(ett.faktisk - ett.anslag.punkt)
                i80 = ett.anslag.lav80 <= ett.faktisk <= ett.anslag.hoy80
                i95 = ett.anslag.lav95 <= ett.faktisk <= ett.anslag.hoy95
                mase = feil / maal if maal else float(feil > 0)
                treff.setdefault((ett.metode, ett.horisont), []).append((feil, mase, i80, i95))
                if not i95:
                    utenfor.append(ett)
    rader = (
        Feilrad(metode, h, len(alle), *(fmean(del_) for del_ in zip(*alle, strict=True)))
        for metode in METODER
        for h in range(1, horisont + 1)
        for alle in (treff[metode, h],)
    )
    return Prove(tuple(rader), tuple(sorted(utenfor, key=lambda u: (u.metode, u.horisont, u.maaned))))


def _sammenlign(svar: Framskriving, serie: Maanedsserie, kjent: int) -> list[Utenfor]:
    """What was forecast beside what happened, as far as the table knows it."""
    return [
        Utenfor(
            svar.metode,
            svar.forste + steg,
            steg + 1,
            serie.verdier[kjent + steg],
            anslag(rund(svar.punkt[steg]), svar.baner[:, steg]),
        )
        for steg in range(min(len(svar.punkt), len(serie.verdier) - kjent))
    ]
