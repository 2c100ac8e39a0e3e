"""What a sub-lease may be under its head lease, whose days a lease takes, and how long people stay in temporary homes."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from pathlib import Path
from statistics import median

from bosett.bolig.rules.perioder import RESERVERT, Bit
from bosett.grunn.parametre import Parametre, Verdi, les

_FIL = Path(__file__).parent.parent / "satser" / "leie.yaml"
REGEL = "En fremleie varer ikke lenger enn hovedleien den hviler på."


@dataclass(frozen=True, slots=True)
class Avvisning:
    """Why not, which rule says so, and what to do. `felt`: what of the input is at fault."""

    kode: str
    hva: str
    regel: str
    gjor: str
    felt: str


@cache
def parametre() -> Parametre:
    return les(_FIL)


def varsel_dager(dag: date) -> Verdi:
    """How many days before a head lease ends the municipality is warned."""
    return parametre().verdi("fremleie_varsel", dag)


def fremleie(hoved_fra: date, hoved_siste: date | None, fra: date, siste: date | None) -> Avvisning | None:
    """Why a sub-lease of these days can't be under this head lease, or None. Last days are in the lease; None is open-ended (R211)."""
    if fra < hoved_fra:
        return Avvisning(
            "LEIE-FREMLEIE-FRA",
            "Fremleien begynner før hovedleien.",
            "Kommunen kan ikke leie ut en bolig den ikke leier.",
            "Velg hovedleiens første dag eller en senere.",
            "fra",
        )
    if hoved_siste is None or (siste is not None and siste <= hoved_siste):
        return None
    return Avvisning(
        "LEIE-FREMLEIE-TIL",
        "Fremleien har ingen siste dag, men det har hovedleien."
        if siste is None
        else "Fremleien varer lenger enn hovedleien.",
        REGEL,
        "Velg hovedleiens siste dag eller en tidligere, eller inngå en ny hovedleie først.",
        "siste_dag",
    )


def flytt_inn(biter: Sequence[Bit], ny: Bit) -> list[Bit]:
    """`biter` without what was held for the same household in the days it moves in. What was held before those days stays."""
    ut = []
    for bit in biter:
        if bit.slag != RESERVERT or bit.husholdning != ny.husholdning or not bit.rorer(ny):
            ut.append(bit)
        elif bit.fra < ny.fra:
            ut.append(replace(bit, til=ny.fra))
    return ut


def flytt_ut(biter: Sequence[Bit], bodd: Bit, siste: date) -> list[Bit]:
    """`biter` where `bodd` ends after `siste`. What comes after is not known: not free before somebody says so."""
    etter = siste + timedelta(days=1)
    return [replace(bit, til=etter) if bit == bodd else bit for bit in biter]


@dataclass(frozen=True, slots=True)
class Gjennomgang:
    """`antall` stays that are over, `median` days of them (None: too few to be shown), `bor` live there now."""

    antall: int
    median: Decimal | None
    bor: int


def gjennomgang(opphold: Sequence[tuple[date, date | None]], dag: date) -> Gjennomgang:
    """How long people have stayed in temporary homes (R212). Stays are half-open; those that go on are counted, not measured."""
    ferdige = [(til - fra).days for fra, til in opphold if til is not None and til <= dag]
    minst = parametre().verdi("gjennomgang_minst", dag).tallverdi
    return Gjennomgang(
        antall=len(ferdige),
        median=Decimal(str(median(ferdige))) if len(ferdige) >= minst else None,
        bor=sum(fra <= dag and (til is None or dag < til) for fra, til in opphold),
    )


def sammenheng(
    rader: Iterable[tuple[int, int | None, date, date | None]],
) -> list[tuple[int, date, date | None]]:
    """Stays (home, from, to) of periods (home, household, from, to) in order: who gets a new lease the next day, has stayed on."""
    ut: list[tuple[int, int | None, date, date | None]] = []
    for bolig, hvem, fra, til in rader:
        if ut and hvem is not None and ut[-1][:2] == (bolig, hvem) and ut[-1][3] == fra:
            ut[-1] = (bolig, hvem, ut[-1][2], til)
        else:
            ut.append((bolig, hvem, fra, til))
    return [(bolig, fra, til) for bolig, _hvem, fra, til in ut]
