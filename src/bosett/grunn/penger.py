"""Money: whole øre in an integer. Never a float.

Multiplying and dividing use exact fractions and round once, at the end, to the nearest øre, half up (away from zero):
1/12 of 273 098 kroner is 22 758,17. Intermediate sums are kept as `Fraction`, not as rounded money.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal
from fractions import Fraction

from bosett.grunn.tallformat import HARDT_MELLOMROM, Spraak, tall

Faktor = int | Decimal | Fraction


@dataclass(frozen=True, slots=True, order=True)
class Belop:
    """An amount in Norwegian kroner. Adding and comparing are exact; see `ganger` and `fordel` for the rest."""

    ore: int

    def __post_init__(self) -> None:
        if not isinstance(self.ore, int) or isinstance(self.ore, bool):
            raise TypeError("Belop takes whole øre as an int; use Belop.kroner(...) for kroner")

    @classmethod
    def kroner(cls, verdi: Faktor | str) -> "Belop":
        """From kroner, rounded to the nearest øre, half up. Raises TypeError for a float, ValueError for nonsense."""
        if isinstance(verdi, str):
            verdi = Decimal(verdi) if _er_tall(verdi) else _nei(verdi)
        return cls(_rund(_brok(verdi) * 100))

    @property
    def i_kroner(self) -> Decimal:
        """Exact kroner with two decimals."""
        fortegn, sifre, _ = Decimal(self.ore).as_tuple()
        return Decimal((fortegn, sifre, -2))

    def __add__(self, annet: "Belop") -> "Belop":
        return Belop(self.ore + annet.ore) if isinstance(annet, Belop) else NotImplemented

    def __sub__(self, annet: "Belop") -> "Belop":
        return Belop(self.ore - annet.ore) if isinstance(annet, Belop) else NotImplemented

    def __neg__(self) -> "Belop":
        return Belop(-self.ore)

    def __bool__(self) -> bool:
        return self.ore != 0

    def ganger(self, faktor: Faktor) -> "Belop":
        """Times a factor such as `Fraction(1, 12)`, rounded once to the nearest øre, half up."""
        return Belop(_rund(self.ore * _brok(faktor)))

    def fordel(self, vekter: Sequence[Faktor]) -> list["Belop"]:
        """Divide by weights into parts that add up to the whole, to the øre.

        Each part gets its share rounded down; the øre left go to the largest remainders, the first one at a tie.
        Raises ValueError when a weight is negative or all are zero.
        """
        broker = [_brok(vekt) for vekt in vekter]
        if not broker or min(broker) < 0 or not any(broker):
            raise ValueError("the weights must be positive")
        sum_ = sum(broker, Fraction(0))
        andeler = [self.ore * brok / sum_ for brok in broker]
        deler = [andel.numerator // andel.denominator for andel in andeler]
        storst_rest = sorted(range(len(deler)), key=lambda i: (deler[i] - andeler[i], i))
        for i in storst_rest[: self.ore - sum(deler)]:
            deler[i] += 1
        return [Belop(del_) for del_ in deler]

    def tekst(self, spraak: Spraak = "nb", *, ore: bool = True) -> str:
        """«22 758,17 kr», or without øre «22 758 kr» (rounded). Øre are always two digits."""
        if spraak == "en":
            return f"NOK{HARDT_MELLOMROM}{tall(self.i_kroner, 2 if ore else 0, spraak)}"
        return f"{tall(self.i_kroner, 2 if ore else 0, spraak)}{HARDT_MELLOMROM}kr"

    def __str__(self) -> str:
        return self.tekst()


NULL = Belop(0)


def _brok(verdi: Faktor) -> Fraction:
    if isinstance(verdi, float | bool) or not isinstance(verdi, int | Decimal | Fraction):
        raise TypeError(f"money takes int, Decimal or Fraction, not {type(verdi).__name__}")
    if isinstance(verdi, Decimal) and not verdi.is_finite():
        raise ValueError(f"{verdi} is not an amount")
    return Fraction(verdi)


def _rund(verdi: Fraction) -> int:
    """Nearest whole number, half away from zero."""
    heltall = (2 * abs(verdi.numerator) + verdi.denominator) // (2 * verdi.denominator)
    return -heltall if verdi < 0 else heltall


def _er_tall(tekst: str) -> bool:
    fortegn_av = tekst.removeprefix("-")
    heltall, punkt, ore = fortegn_av.partition(".")
    sifre = heltall + ore
    return sifre.isascii() and sifre.isdigit() and bool(heltall) and bool(ore) == bool(punkt)


def _nei(tekst: str) -> Decimal:
    raise ValueError(f"«{tekst}» is not an amount in kroner; write 22758.17")
