"""From applications to persons with a permit, month by month, and the year's need with the quota. Advisory.

    permits(month) = grant rate × Σ over waits: share(wait) × applications(month − wait)
    need(year)     = Σ permits of the year's months + quota

Three sources of uncertainty go through every path together: the applications, the grant rate (one quarter of the reference period is
drawn for the whole path, by its number of decisions) and chance in single months (Poisson). The distribution of waits is given with
its source; without it there is no need to compute. The quota is taken as given.
"""

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from bosett.behov.rules.framskriving import AAR, FRO, Anslag, Framskriving, anslag, rund
from bosett.behov.rules.tidsserie import Kvartalsvedtak, Maanedsserie, kvartalstekst, maanedstekst
from bosett.grunn.feil import Mangler, Ugyldig

REFERANSEKVARTALER = 8
"""Two years of decisions: every season twice. A choice of method, shown with the result."""
_PAR = re.compile(r"(\d{1,2})\s*=\s*(\d+(?:[.,]\d+)?)")
_LENGSTE_VENTETID = 60


@dataclass(frozen=True)
class Innvilgelse:
    """Share of first-instance decisions that grant, over the reference period: in all, and quarter by quarter."""

    andel: float
    kvartaler: tuple[Kvartalsvedtak, ...]

    @property
    def periode(self) -> str:
        return f"{kvartalstekst(self.kvartaler[0].kvartal)}–{kvartalstekst(self.kvartaler[-1].kvartal)}"

    @property
    def lavest(self) -> float:
        return min(k.innvilget / k.vedtak for k in self.kvartaler if k.vedtak)

    @property
    def hoyest(self) -> float:
        return max(k.innvilget / k.vedtak for k in self.kvartaler if k.vedtak)


@dataclass(frozen=True)
class Forsinkelse:
    """Months from application to a permit that one can be settled on → share of those who get it; and who says so."""

    andeler: tuple[tuple[int, float], ...]
    kilde: str

    @property
    def lengst(self) -> int:
        return max(maaned for maaned, _ in self.andeler)


@dataclass(frozen=True)
class Rad:
    """One figure of one method: persons in a month («2020-09») or a year («2021»). `anslag` is None where it is unknown."""

    metode: str
    storrelse: str
    periode: str
    anslag: Anslag | None
    merknad: str = ""


def innvilgelse(
    vedtak: Sequence[Kvartalsvedtak], fil: str, kvartaler: int = REFERANSEKVARTALER
) -> Innvilgelse:
    """The grant rate of the last quarters. Raises Mangler when there are too few or nothing was decided."""
    brukt = tuple(vedtak[-kvartaler:])
    alle_vedtak = sum(k.vedtak for k in brukt)
    if kvartaler < 1 or len(brukt) < kvartaler or not alle_vedtak:
        raise Mangler(
            kode="FRAMSKRIV-VEDTAK",
            hva=f"{fil} har {len(vedtak)} kvartaler, og {alle_vedtak} vedtak i de {len(brukt)} siste.",
            regel=f"Andelen som får opphold, regnes av de {kvartaler} siste kvartalene.",
            gjor="Bruk en lengre tabell, eller velg færre kvartaler.",
        )
    return Innvilgelse(sum(k.innvilget for k in brukt) / alle_vedtak, brukt)


def les_forsinkelse(tekst: str, kilde: str) -> Forsinkelse | None:
    """«3=0,4 6=0,5 12=0,1»: after 3 months 40 per cent, and so on. Empty is unknown (None).

    Raises Ugyldig when it can't be read, the shares are not 1 together, or the source is missing.
    """
    rest = _PAR.sub("", tekst).replace(";", " ").strip()
    par = [(int(maaned), float(andel.replace(",", "."))) for maaned, andel in _PAR.findall(tekst)]
    if not tekst.strip():
        return None
    maaneder = [maaned for maaned, _ in par]
    summen = sum(andel for _, andel in par)
    if rest or not par or len(set(maaneder)) < len(par) or max(maaneder) > _LENGSTE_VENTETID:
        raise Ugyldig(
            kode="BRUK-FORSINKELSE",
            hva=f"Ventetiden «{tekst.strip()}» kan ikke leses.",
            regel=f"Skriv måneder og andel, hver måned én gang, fra 0 til {_LENGSTE_VENTETID} måneder.",
            gjor="Skriv for eksempel «3=0,4 6=0,5 12=0,1» når 40 av 100 venter tre måneder.",
        )
    if abs(summen - 1) > 0.001:
        raise Ugyldig(
            kode="BRUK-FORSINKELSE-SUM",
            hva=f"Andelene i ventetiden er til sammen {f'{summen:.3f}'.replace('.', ',')}.",
            regel="Andelene skal være 1 til sammen: alle som får opphold, venter en tid.",
            gjor="Rett andelene.",
        )
    if not kilde.strip():
        raise Ugyldig(
            kode="BRUK-FORSINKELSE-KILDE",
            hva="Ventetiden mangler kilde.",
            regel="Alle skal kunne se hvor et tall kommer fra.",
            gjor="Skriv hvilket dokument eller register ventetiden står i.",
        )
    return Forsinkelse(tuple((maaned, andel / summen) for maaned, andel in sorted(par)), kilde.strip())


def horisont_for(serie: Maanedsserie, aar: int) -> int:
    """Months from the last application to the end of the year. Raises Ugyldig when the year is over in the table."""
    horisont = aar * AAR + AAR - 1 - serie.siste
    if horisont < 1:
        raise Ugyldig(
            kode="FRAMSKRIV-AAR",
            hva=f"{serie.fil} går til {maanedstekst(serie.siste)}, så {aar} er over.",
            regel="Bare måneder etter tabellen blir framskrevet.",
            gjor="Velg et senere år.",
        )
    return horisont


def regn(
    serie: Maanedsserie,
    framskriving: Framskriving,
    andel: Innvilgelse,
    forsinkelse: Forsinkelse | None,
    *,
    kvote: int,
    aar: int,
    fro: int = FRO,
) -> list[Rad]:
    """Every figure of one method. A year is the sum of its months; without the waits the need stays empty."""
    if kvote < 0:
        raise Ugyldig(kode="BRUK-KVOTE", hva=f"Kvoten kan ikke være {kvote}.", gjor="Skriv 0 eller mer.")
    metode = framskriving.metode
    faktisk = np.asarray(serie.verdier, dtype=np.float64)
    rundet = np.asarray([rund(verdi) for verdi in framskriving.punkt], dtype=np.float64)
    punkt = np.concatenate([faktisk, rundet])
    kjent = np.broadcast_to(faktisk, (len(framskriving.baner), len(faktisk)))
    baner = np.concatenate([kjent, framskriving.baner], axis=1)
    aaret = np.arange(aar * AAR, aar * AAR + AAR) - serie.forste
    rader: list[Rad] = []
    for nr in sorted({*range(len(faktisk), len(punkt)), *(int(m) for m in aaret if m >= 0)}):
        merknad = "faktisk" if nr < len(faktisk) else ""
        tekst = maanedstekst(serie.forste + nr)
        rader.append(Rad(metode, "soknader", tekst, anslag(int(punkt[nr]), baner[:, nr]), merknad))
    if aaret[0] >= 0:
        sum_soknader = anslag(int(punkt[aaret].sum()), baner[:, aaret].sum(axis=1))
        rader.append(Rad(metode, "soknader", str(aar), sum_soknader))
    if forsinkelse is None:
        mangler = "Ukjent: ventetiden fra søknad til tillatelse er ikke oppgitt."
        return [*rader, *(Rad(metode, hva, str(aar), None, mangler) for hva in ("tillatelser", "behov"))]
    if aaret[0] < forsinkelse.lengst:
        raise Mangler(
            kode="FRAMSKRIV-VENTETID",
            hva=f"{serie.fil} begynner i {maanedstekst(serie.forste)}, og den lengste ventetiden er {forsinkelse.lengst} måneder.",
            regel=f"Tillatelsene i {aar} bygger på søknader som er eldre enn det.",
            gjor="Bruk en tabell som begynner tidligere, eller en kortere ventetid.",
        )
    trekning = np.random.default_rng(fro + 1)
    vekter = np.asarray([k.vedtak for k in andel.kvartaler], dtype=np.float64)
    andeler = np.asarray([k.innvilget / max(k.vedtak, 1) for k in andel.kvartaler])
    trukket = trekning.choice(andeler, size=len(baner), p=vekter / vekter.sum())
    i_aaret, sum_baner = 0, np.zeros(len(baner))
    for nr in (int(m) for m in aaret):
        ventet = sum(del_ * punkt[nr - vent] for vent, del_ in forsinkelse.andeler)
        bane = sum((del_ * baner[:, nr - vent] for vent, del_ in forsinkelse.andeler), np.zeros(len(baner)))
        bane = trekning.poisson(bane * trukket).astype(np.float64)
        midt = rund(andel.andel * ventet)
        rader.append(Rad(metode, "tillatelser", maanedstekst(serie.forste + nr), anslag(midt, bane)))
        i_aaret, sum_baner = i_aaret + midt, sum_baner + bane
    tillatelser = anslag(i_aaret, sum_baner)
    gitt = Anslag(kvote, kvote, kvote, kvote, kvote)
    return [
        *rader,
        Rad(metode, "tillatelser", str(aar), tillatelser, f"andel {andel.periode}"),
        Rad(metode, "kvote", str(aar), gitt, "oppgitt"),
        Rad(metode, "behov", str(aar), tillatelser.pluss(kvote), "Rådgivende. Utvalget fastsetter behovet."),
    ]
