"""What a council can know about grants and costs over five years: known rates with year and source, the rest as unknown."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from bosett.grunn.parametre import Parametre, les
from bosett.grunn.penger import Belop

MAPPE = Path(__file__).parents[1] / "satser"
GRUPPER = ("enslig_voksen", "voksen_i_familie", "barn", "em")
AAR = (1, 2, 3, 4, 5)


@dataclass(frozen=True, slots=True)
class Sats:
    """A known rate: kroner, the last year it held up to the one asked for, where it is from, and whether it was checked against IMDi's own rates."""

    belop: Belop
    aar: int
    kilde: str
    verifisert: bool


@cache
def satser() -> Parametre:
    """The parameters of the paper, read once."""
    return les(MAPPE)


def sist_kjente(navn: str, aar: int, parametre: Parametre | None = None) -> Sats | None:
    """The newest known rate of the year or an earlier one; None when none is known. Never carried into a year as that year's own."""
    kjente = [v for v in (parametre or satser())[navn] if v.verdi is not None and v.periode.fra.year <= aar]
    if not kjente:
        return None
    siste = kjente[-1]
    slutt = siste.periode.siste_dag
    gjaldt = aar if slutt is None else min(aar, slutt.year)
    return Sats(Belop.kroner(siste.tallverdi), gjaldt, siste.kilde, siste.verifisert)


def femaar(gruppe: str, aar: int, parametre: Parametre | None = None) -> tuple[Sats | None, ...]:
    """The integration grant of years 1–5 for one person settled in `aar`. After the first year all groups have the same rate."""
    navn = (f"integreringstilskudd_aar1_{gruppe}", *(f"integreringstilskudd_aar{nr}" for nr in AAR[1:]))
    return tuple(sist_kjente(ett, aar, parametre) for ett in navn)


def for_antallet(
    voksne: int, em: int, gruppe: str, aar: int, parametre: Parametre | None = None
) -> tuple[Belop | None, ...]:
    """The grant of years 1–5 if all adults were of one group. A year is None when a rate it needs is unknown."""
    hver, hver_em = femaar(gruppe, aar, parametre), femaar("em", aar, parametre)
    return tuple(_ganger(a, voksne, b, em) for a, b in zip(hver, hver_em, strict=True))


def _ganger(sats: Sats | None, voksne: int, em_sats: Sats | None, em: int) -> Belop | None:
    if (voksne and sats is None) or (em and em_sats is None):
        return None
    return Belop((sats.belop.ore * voksne if sats else 0) + (em_sats.belop.ore * em if em_sats else 0))


def summen(belop: Iterable[Belop | None]) -> Belop | None:
    """The sum, or None when a part of it is unknown."""
    alle = list(belop)
    kjente = [b for b in alle if b is not None]
    return Belop(sum(b.ore for b in kjente)) if len(kjente) == len(alle) else None


def kilder(satser_: Sequence[Sats | None]) -> tuple[tuple[str, int, bool], ...]:
    """Source, year and whether checked, each once, in the order met."""
    return tuple(dict.fromkeys((s.kilde, s.aar, s.verifisert) for s in satser_ if s))
