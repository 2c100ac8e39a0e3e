"""A municipality's figures through mergers and splits: follow the identity, add what merged, weigh what split.

A figure of year Y belongs to the division of Y; the bridge (`geografi.rules.bro`) says where it lives on today and with which
share. A share of a split is an estimate and flagged. A share nobody knows makes the figure unknown; it is never guessed.
"""

from collections.abc import Callable, Hashable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import ROUND_HALF_UP, Decimal

from bosett.geografi.rules.bro import Brobok, Kant
from bosett.kilder.tall import Tilstand

EN = Decimal(1)


@dataclass(frozen=True, slots=True)
class Andel:
    """How much of an older municipality's figure belongs to the one we ask about. `vekt` None: not known."""

    vekt: Decimal | None
    anslag: bool = False


@dataclass(frozen=True, slots=True)
class Del:
    """One municipality's own figure in a sum, as published in its year."""

    nummer: str
    navn: str
    verdi: int | None
    tilstand: Tilstand
    andel: Andel = Andel(EN)


@dataclass(frozen=True, slots=True)
class Punkt:
    """One figure of a series. `minst`: a part is hidden or missing. `anslag`: a part is a share of a split."""

    verdi: int | None
    tilstand: Tilstand
    minst: bool = False
    anslag: bool = False
    deler: tuple[Del, ...] = ()


Andelssporsmaal = Callable[[str, int], Andel | None]


def andel_av(brobok: Brobok, kommune: Hashable) -> Andelssporsmaal:
    """A function that tells how much of the number's figure of a year belongs to `kommune`; None: nothing."""

    def svar(nummer: str, aar: int) -> Andel | None:
        for etterfolger in brobok.bro(nummer, date(aar, 1, 1)).etterfolgere:
            if etterfolger.identitet == kommune:
                return Andel(etterfolger.vekt, etterfolger.anslag)
        return None

    return svar


def forgjengere(kanter: Iterable[Kant], kommune: Hashable) -> set[Hashable]:
    """Every identity something may have come from, itself included. Wider than the answer; `andel_av` narrows it by year."""
    inn: dict[Hashable, set[Hashable]] = {}
    for kant in kanter:
        inn.setdefault(kant.til, set()).add(kant.fra)
    sett, igjen = {kommune}, [kommune]
    while igjen:
        for fra in inn.get(igjen.pop(), set()) - sett:
            sett.add(fra)
            igjen.append(fra)
    return sett


def sla_sammen(deler: Sequence[Del]) -> Punkt:
    """The sum of the parts. Parts all without numbers keep the reason; numbers beside hidden or missing parts give «minst».

    A part that was not asked lacks nothing. Half a person rounds up.
    """
    deler = tuple(deler)
    if not deler:
        return Punkt(None, Tilstand.MANGLER)
    kjente = [(d.verdi, d.andel.vekt) for d in deler if d.verdi is not None and d.andel.vekt is not None]
    if not kjente:
        grunner = {Tilstand.MANGLER if d.verdi is not None else d.tilstand for d in deler}
        return Punkt(None, next(t for t in _REKKEFOLGE if t in grunner), deler=deler)
    mangler = any(
        d.andel.vekt is None or (d.verdi is None and d.tilstand is not Tilstand.IKKE_ANMODET) for d in deler
    )
    anslag = any(d.andel.anslag and d.verdi for d in deler)
    sum_ = sum((verdi * vekt for verdi, vekt in kjente), Decimal(0))
    return Punkt(int(sum_.quantize(EN, ROUND_HALF_UP)), Tilstand.TALL, mangler, anslag, deler)


# When parts lack numbers for different reasons, the one that says most about the whole is shown.
_REKKEFOLGE = (
    Tilstand.SKJULT,
    Tilstand.AVVENTER,
    Tilstand.MANGLER,
    Tilstand.IKKE_AKTUELT,
    Tilstand.IKKE_ANMODET,
)


def serie(
    tall: Mapping[tuple[int, str], Sequence[Del]], andel: Andelssporsmaal
) -> dict[tuple[int, str], Punkt]:
    """Per (year, measure): the municipality of today, made of the published figures of its predecessors."""
    ut = {}
    for (aar, maal), rader in tall.items():
        deler = [
            Del(rad.nummer, rad.navn, rad.verdi, rad.tilstand, funnet)
            for rad in rader
            if (funnet := andel(rad.nummer, aar)) is not None and funnet.vekt != 0
        ]
        if deler:
            ut[aar, maal] = sla_sammen(deler)
    return ut
