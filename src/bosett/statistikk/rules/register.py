"""From a number in a table of some year to the identity, the name and the county it had then. Pure; loaded by the room's services."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date

from bosett.geografi.rules.bro import Brobok


@dataclass(frozen=True, slots=True)
class Kommunelinje:
    kommune: int
    nummer: str
    navn: str
    fra: date | None
    til: date | None
    fylke: int | None = None

    def gjelder(self, dato: date) -> bool:
        return (self.fra is None or self.fra <= dato) and (self.til is None or dato < self.til)


@dataclass(frozen=True, slots=True)
class Fylkeslinje:
    fylke: int
    nummer: str
    navn: str
    fra: date | None
    til: date | None

    def gjelder(self, dato: date) -> bool:
        return (self.fra is None or self.fra <= dato) and (self.til is None or dato < self.til)


@dataclass(frozen=True, slots=True)
class Treff:
    """`kommune` None: the number has no bridge. The county is that of the year, by the number's first two digits."""

    kommune: int | None
    navn: str
    fylkenr: str
    fylke: str


@dataclass(slots=True)
class Register:
    kommuner: Iterable[Kommunelinje]
    fylker: Iterable[Fylkeslinje]
    brobok: Brobok
    _kommuner: dict[str, list[Kommunelinje]] = field(init=False, default_factory=dict)
    _fylker: dict[str, list[Fylkeslinje]] = field(init=False, default_factory=dict)
    _navn: dict[int, str] = field(init=False, default_factory=dict)
    _svar: dict[tuple[str, int], Treff] = field(init=False, default_factory=dict)

    def __post_init__(self) -> None:
        for linje in self.kommuner:
            self._kommuner.setdefault(linje.nummer, []).append(linje)
            if linje.til is None:
                self._navn[linje.kommune] = linje.navn
        for fylke in self.fylker:
            self._fylker.setdefault(fylke.nummer, []).append(fylke)

    def finn(self, nummer: str, aar: int, trykt_navn: str = "") -> Treff:
        """Who had `nummer` on 1 January of `aar`. A number used outside its time is found when only one municipality had it."""
        kjent = self._svar.get((nummer, aar))
        if kjent is None:
            kjent = self._svar[nummer, aar] = self._finn(nummer, aar)
        return kjent if kjent.navn else Treff(kjent.kommune, trykt_navn or nummer, kjent.fylkenr, kjent.fylke)

    def _finn(self, nummer: str, aar: int) -> Treff:
        dag = date(aar, 1, 1)
        linjer = self._kommuner.get(nummer, [])
        gjelder = [linje for linje in linjer if linje.gjelder(dag)]
        if not gjelder and len({linje.kommune for linje in linjer}) == 1:
            gjelder = linjer[:1]
        fylkenr, fylke = self.fylke(nummer[:2], dag)
        if gjelder:
            return Treff(gjelder[0].kommune, gjelder[0].navn, fylkenr, fylke)
        return Treff(None, "", fylkenr, fylke)

    def fylke(self, nummer: str, dag: date) -> tuple[str, str]:
        """Number and name of the county with this number on the day; a number outside its time keeps its name."""
        linjer = self._fylker.get(nummer, [])
        gjelder = [linje for linje in linjer if linje.gjelder(dag)] or linjer[:1]
        return (nummer, gjelder[0].navn) if gjelder else ("", "")
