"""From monthly applications to a forecast of them: a point and many possible paths for every month.

Two methods, both on log(1 + persons), where a doubling and a halving are equally far:

* `grunnlinje`: the same month last year. Its uncertainty is history itself: unbroken stretches of the year-on-year changes that
  have happened, the autumn of 2015 among them, laid onto last year. A stretch, not single months, because months move together.
* `modell`: a level that drifts and a fixed seasonal pattern, estimated by statsmodels (`UnobservedComponents`, a state-space model).

`scenario` lays only the most extreme tenth of the stretches onto last year: a question («what if»), not an expectation.
"""

import warnings
from collections.abc import Sequence
from dataclasses import dataclass
from math import ceil, floor
from typing import Any

import numpy as np
import numpy.typing as npt

from bosett.behov.rules.tidsserie import Maanedsserie
from bosett.grunn.feil import Mangler, Ugyldig

Rekke = npt.NDArray[np.float64]
AAR = 12
LENGST, KORTEST = 36, 3 * AAR
"""Months ahead: farther the interval says nothing. Months known: fewer hold too few changes from one year to the next."""
DEKNINGER = (80, 95)
FRO = 20
"""The seed: the same tables give the same answer, to the person."""
BANER = 2000
SCENARIOER = ("sterk-okning", "sterk-nedgang")
_TIENDEDEL = 10


@dataclass(frozen=True)
class Framskriving:
    """Persons per month from `forste` (a month number): `punkt` (months) and `baner` (paths × months)."""

    metode: str
    forste: int
    punkt: Rekke
    baner: Rekke


@dataclass(frozen=True)
class Anslag:
    """Persons: a point with its 80 and 95 per cent intervals, rounded outwards. The point lies inside both."""

    punkt: int
    lav80: int
    hoy80: int
    lav95: int
    hoy95: int

    def pluss(self, fast: int) -> "Anslag":
        """With a figure that is taken as certain added."""
        return Anslag(
            self.punkt + fast, self.lav80 + fast, self.hoy80 + fast, self.lav95 + fast, self.hoy95 + fast
        )


def anslag(punkt: int, baner: Rekke) -> Anslag:
    """The intervals of the paths (one figure each) around the point."""
    grenser: list[int] = []
    for dekning in DEKNINGER:
        lav, hoy = np.percentile(baner, [(100 - dekning) / 2, (100 + dekning) / 2])
        grenser += [min(floor(lav + 1e-6), punkt), max(ceil(hoy - 1e-6), punkt)]
    return Anslag(punkt, *grenser)


def rund(verdi: float) -> int:
    """Half up, as people round."""
    return floor(float(verdi) + 0.5)


def grunnlinje(serie: Maanedsserie, horisont: int, *, antall: int = BANER, fro: int = FRO) -> Framskriving:
    """The same month last year, with the changes that have happened as the uncertainty. Raises Mangler and Ugyldig."""
    logg, strekk = _strekk(serie, horisont)
    punkt = _forlenget(logg, np.zeros((1, horisont)))[0]
    trekning = np.random.default_rng(fro)
    baner = _forlenget(logg, _trekk_strekk(_sentrert(strekk), horisont, antall, trekning))
    return Framskriving("grunnlinje", serie.siste + 1, _personer(punkt), _personer(baner))


def scenario(
    serie: Maanedsserie, horisont: int, navn: str, *, antall: int = BANER, fro: int = FRO
) -> Framskriving:
    """Last year with the tenth of the stretches that give the most (or fewest) applications; the point is their mean.

    A second year is as the baseline has it: the question is about one such year, not about two in a row. Raises Ugyldig for an unknown name.
    """
    if navn not in SCENARIOER:
        raise Ugyldig(
            kode="BRUK-SCENARIO",
            hva=f"«{navn}» er ikke et scenario.",
            regel=f"Scenarioene er {' og '.join(SCENARIOER)}.",
            gjor="Velg ett av dem, eller la valget stå tomt.",
        )
    logg, strekk = _strekk(serie, horisont)
    rekkefolge = np.argsort(_personer(logg[-AAR:] + strekk).sum(axis=1), kind="stable")
    ytterst = max(1, len(strekk) // _TIENDEDEL)
    nr = rekkefolge[-ytterst:] if navn == "sterk-okning" else rekkefolge[:ytterst]
    trekning = np.random.default_rng(fro)
    valgt = _trekk_strekk(_sentrert(strekk), horisont, antall, trekning)
    forste_aar = strekk[trekning.choice(nr, size=antall)]
    valgt[:, :AAR] = forste_aar[:, :horisont]
    baner = _personer(_forlenget(logg, valgt))
    return Framskriving(navn, serie.siste + 1, baner.mean(axis=0), baner)


def modell(
    serie: Maanedsserie,
    horisont: int,
    *,
    antall: int = BANER,
    fro: int = FRO,
    parametre: Rekke | None = None,
) -> Framskriving:
    """The state-space model; `parametre` from `tilpass` on an earlier part of the series spares an estimation."""
    logg, strekk = _strekk(serie, horisont)
    if not strekk.any():
        # Every year is like the one before: nothing to estimate (no variance), and last year is the answer.
        fast = _personer(_forlenget(logg, np.zeros((1, horisont))))
        return Framskriving("modell", serie.siste + 1, fast[0], np.repeat(fast, antall, axis=0))
    bygd = _bygg(logg)
    tilpasset = bygd.filter(_tilpass(bygd) if parametre is None else parametre)
    baner = _trekk(tilpasset, horisont, antall, np.random.default_rng(fro))
    punkt = np.asarray(tilpasset.forecast(horisont), dtype=np.float64)
    return Framskriving("modell", serie.siste + 1, _personer(punkt), _personer(baner))


def tilpass(serie: Maanedsserie) -> Rekke | None:
    """The model's parameters; None when every year is like the one before."""
    logg, strekk = _strekk(serie, AAR)
    return _tilpass(_bygg(logg)) if strekk.any() else None


def alle(
    serie: Maanedsserie, horisont: int, scenarioer: Sequence[str] = (), *, fro: int = FRO
) -> list[Framskriving]:
    """The model, the baseline beside it, and the scenarios asked for."""
    return [
        modell(serie, horisont, fro=fro),
        grunnlinje(serie, horisont, fro=fro),
        *(scenario(serie, horisont, navn, fro=fro) for navn in dict.fromkeys(scenarioer)),
    ]


def _strekk(serie: Maanedsserie, horisont: int) -> tuple[Rekke, Rekke]:
    """log(1 + persons), and every unbroken year of year-on-year changes (stretches × 12 months)."""
    if not 1 <= horisont <= LENGST:
        raise Ugyldig(
            kode="FRAMSKRIV-HORISONT",
            hva=f"Framskrivingen ville gå {horisont} måneder fram.",
            regel=f"Den går fra 1 til {LENGST} måneder fram fra den siste måneden i {serie.fil}.",
            gjor="Velg et nærmere år, eller bruk en nyere tabell.",
        )
    if len(serie.verdier) < KORTEST:
        raise Mangler(
            kode="FRAMSKRIV-FOR-KORT",
            hva=f"{serie.fil} har {len(serie.verdier)} måneder.",
            regel=f"Framskrivingen krever minst {KORTEST} måneder med søknader.",
            gjor="Bruk en lengre tabell.",
        )
    logg = np.log1p(np.asarray(serie.verdier, dtype=np.float64))
    return logg, np.lib.stride_tricks.sliding_window_view(logg[AAR:] - logg[:-AAR], AAR)


def _sentrert(strekk: Rekke) -> Rekke:
    """Without the usual change, so that «same month last year» is in the middle of its own paths."""
    return strekk - np.median(np.concatenate([strekk[0], strekk[1:, -1]]))


def _trekk_strekk(strekk: Rekke, horisont: int, antall: int, trekning: np.random.Generator) -> Rekke:
    """Paths of changes (paths × months): every year of a path draws its own stretch."""
    nr = trekning.integers(len(strekk), size=(antall, ceil(horisont / AAR)))
    return strekk[nr].reshape(antall, -1)[:, :horisont]


def _forlenget(logg: Rekke, strekk: Rekke) -> Rekke:
    """Each stretch laid onto last year, month by month; the second year stands on the first."""
    baner = np.empty(strekk.shape)
    for maaned in range(strekk.shape[1]):
        aaret_foer = logg[maaned - AAR] if maaned < AAR else baner[:, maaned - AAR]
        baner[:, maaned] = aaret_foer + strekk[:, maaned]
    return baner


def _personer(logg: Rekke) -> Rekke:
    return np.maximum(np.expm1(logg), 0.0)


def _bygg(logg: Rekke) -> Any:
    # statsmodels takes SciPy and pandas with it, a second and a half: only who asks for the model waits for it (ADR 6).
    from statsmodels.tsa.statespace.structural import UnobservedComponents  # noqa: PLC0415

    return UnobservedComponents(logg, level="llevel", seasonal=AAR)


def _trekk(tilpasset: Any, horisont: int, antall: int, trekning: np.random.Generator) -> Rekke:
    """Paths (paths × months) from the state as it is known at the end. The library's own `simulate` takes one path at a time,
    which is a hundred times slower; that the two agree is tested.
    """
    rom = tilpasset.filter_results
    utvalg = rom.design[0, :, -1], rom.transition[:, :, -1], rom.selection[:, :, -1]
    avlesning, overgang, valg = (np.asarray(matrise, dtype=np.float64) for matrise in utvalg)
    stoy = np.sqrt(float(rom.obs_cov[0, 0, -1]))
    drift = np.sqrt(np.diag(rom.state_cov[:, :, -1]))
    tilstand = trekning.multivariate_normal(
        rom.predicted_state[:, -1], rom.predicted_state_cov[:, :, -1], size=antall, method="eigh"
    )
    baner = np.empty((antall, horisont))
    for maaned in range(horisont):
        baner[:, maaned] = tilstand @ avlesning + stoy * trekning.standard_normal(antall)
        stot = trekning.standard_normal((antall, len(drift))) * drift
        tilstand = tilstand @ overgang.T + stot @ valg.T
    return baner


def _tilpass(bygd: Any) -> Rekke:
    """Maximum likelihood. Raises Ugyldig when it finds no answer: an unsettled model is worse than none."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the library warns where it also tells by `converged`, read below
        svar = bygd.fit(disp=False, maxiter=500)
    if not svar.mle_retvals["converged"]:
        raise Ugyldig(
            kode="FRAMSKRIV-MODELL",
            hva="Modellen fant ikke noe svar som passer med søknadene.",
            regel="En modell som ikke er ferdig tilpasset, blir ikke brukt.",
            gjor="Se etter feil i tabellen, for eksempel måneder med mange nuller.",
        )
    return np.asarray(svar.params, dtype=np.float64)
