"""The bridge from an old number to today's municipalities, with shares. Unknown shares stay unknown; no bridge is said aloud."""

from collections import defaultdict
from collections.abc import Hashable, Iterable
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from itertools import groupby

EN = Decimal(1)


@dataclass(frozen=True, slots=True)
class Nummerbruk:
    """A number in use by an identity from a day to a day."""

    nummer: str
    identitet: Hashable
    fra: date | None
    til: date | None


@dataclass(frozen=True, slots=True)
class Kant:
    """A transition between two identities. `vekt=None`: the share is not known."""

    fra: Hashable
    til: Hashable
    slag: str
    dato: date
    vekt: Decimal | None = None
    anslag: bool = False


@dataclass(frozen=True, slots=True)
class Etterfolger:
    """`vekt` is the share of the old municipality that lives on here; None is unknown. `vei`: the transitions that led here."""

    identitet: Hashable
    vekt: Decimal | None
    anslag: bool
    vei: tuple[Kant, ...] = ()


@dataclass(frozen=True, slots=True)
class Bro:
    """The answer for one number and date. No `etterfolgere`: the code has no bridge, and `merknad` says why.

    `utenfor_periode`: the number was used on a date when it was not in force, as published tables do.
    """

    nummer: str
    dato: date
    etterfolgere: tuple[Etterfolger, ...]
    utenfor_periode: bool = False
    merknad: str = ""

    @property
    def finnes(self) -> bool:
        return bool(self.etterfolgere)

    @property
    def entydig(self) -> bool:
        """One successor that takes it all."""
        return len(self.etterfolgere) == 1 and self.etterfolgere[0].vekt == EN


@dataclass(slots=True)
class Brobok:
    """Versions and transitions in memory, to bridge a whole table without a query per row."""

    bruk: Iterable[Nummerbruk]
    kanter: Iterable[Kant]
    _etter_nummer: dict[str, list[Nummerbruk]] = field(init=False, default_factory=lambda: defaultdict(list))
    _ut: dict[Hashable, list[Kant]] = field(init=False, default_factory=lambda: defaultdict(list))
    _inn_i: set[tuple[Hashable, Hashable, date]] = field(init=False, default_factory=set)

    def __post_init__(self) -> None:
        for b in self.bruk:
            self._etter_nummer[b.nummer].append(b)
        for k in sorted(self.kanter, key=lambda k: k.dato):
            if k.slag in ("sammenslaing", "deling", "grensejustering"):
                self._ut[k.fra].append(k)
            if k.slag == "sammenslaing":
                self._inn_i.add((k.fra, k.til, k.dato))

    def bro(self, nummer: str, dato: date, til: date | None = None) -> Bro:
        """The municipalities in which `nummer`, as used on `dato`, lives on at `til` (None: after all known changes).

        A number in use by one municipality only is found even on a date outside its period (flagged); a number that several
        have had is then ambiguous and gets no bridge.
        """
        bruk = self._etter_nummer.get(nummer, [])
        riktig = [b for b in bruk if (b.fra is None or b.fra <= dato) and (b.til is None or dato < b.til)]
        if riktig:
            return Bro(nummer, dato, self._folg(riktig[0].identitet, dato, til))
        if not bruk:
            return Bro(nummer, dato, (), merknad="nummeret er ukjent")
        if len({b.identitet for b in bruk}) > 1:
            return Bro(nummer, dato, (), True, "nummeret gjaldt ikke da, og flere kommuner har hatt det")
        nest = min(bruk, key=lambda b: _avstand(b, dato))
        etterfolgere = self._folg(nest.identitet, _naermeste_dag(nest, dato), til)
        return Bro(nummer, dato, etterfolgere, True, "nummeret er brukt utenfor tiden det gjaldt")

    def _folg(self, identitet: Hashable, dato: date, til: date | None) -> tuple[Etterfolger, ...]:
        funnet: dict[Hashable, Etterfolger] = {}
        for e in self._videre(identitet, identitet, dato, dato, til, Etterfolger(identitet, EN, False)):
            for_ = funnet.get(e.identitet)
            if for_ is not None:
                sum_ = None if for_.vekt is None or e.vekt is None else for_.vekt + e.vekt
                e = Etterfolger(e.identitet, sum_, for_.anslag or e.anslag, for_.vei)
            funnet[e.identitet] = e
        return tuple(funnet.values())

    def _videre(
        self,
        opphav: Hashable,
        her: Hashable,
        start: date,
        dato: date,
        til: date | None,
        saa_langt: Etterfolger,
    ) -> Iterable[Etterfolger]:
        """Walk the transitions after `dato`. `opphav` and `start` tell what the area was before any merger."""
        kommende = [k for k in self._ut[her] if k.dato > dato and (til is None or k.dato <= til)]
        if not kommende:
            yield Etterfolger(her, saa_langt.vekt, saa_langt.anslag, saa_langt.vei)
            return
        dag, gruppe = next(iter(groupby(kommende, key=lambda k: k.dato)))
        for kant, vekt in self._andeler(opphav, her, start, list(gruppe)):
            samlet = None if vekt is None or saa_langt.vekt is None else saa_langt.vekt * vekt
            anslag = saa_langt.anslag or (kant.anslag and vekt != EN)
            neste = Etterfolger(kant.til, samlet, anslag, (*saa_langt.vei, kant))
            yield from self._videre(opphav, kant.til, start, dag, til, neste)

    def _andeler(
        self, opphav: Hashable, her: Hashable, start: date, kanter: list[Kant]
    ) -> list[tuple[Kant, Decimal | None]]:
        delinger = [k for k in kanter if k.slag == "deling"]
        if delinger:
            return self._delt(opphav, her, start, delinger)
        grense = [k for k in kanter if k.slag == "grensejustering"]
        if grense:
            blir = Kant(her, her, "grensejustering", kanter[0].dato, anslag=any(k.anslag for k in grense))
            kjent = [k.vekt for k in grense if k.vekt is not None]
            rest = EN - sum(kjent, Decimal(0)) if len(kjent) == len(grense) else None
            return [(blir, rest), *((k, k.vekt) for k in grense)]
        return [(k, EN if k.vekt is None else k.vekt) for k in kanter]

    def _delt(
        self, opphav: Hashable, her: Hashable, start: date, kanter: list[Kant]
    ) -> list[tuple[Kant, Decimal | None]]:
        """A part that comes back is the area of the municipality that once was merged in: it gets that one whole,
        and nothing of the others that were merged in."""
        tilbake = {k.til for k in kanter if k.til != her and self._kom_inn_etter(k.til, her, start, k.dato)}
        if opphav in tilbake:
            return [(k, EN) for k in kanter if k.til == opphav]
        igjen = [k for k in kanter if k.til not in tilbake]
        if not tilbake or not igjen:
            igjen = kanter
        if len(igjen) == 1:
            return [(igjen[0], EN)]
        vekter = [k.vekt for k in igjen if k.vekt is not None]
        sum_ = sum(vekter, Decimal(0))
        if len(vekter) < len(igjen) or not sum_:
            return [(k, None) for k in igjen]
        return [(k, EN * (k.vekt or 0) / sum_) for k in igjen if k.vekt]

    def _kom_inn_etter(self, identitet: Hashable, i: Hashable, start: date, for_dato: date) -> bool:
        return any(
            fra == identitet and til == i and start < dato < for_dato for fra, til, dato in self._inn_i
        )


def _avstand(bruk: Nummerbruk, dato: date) -> int:
    if bruk.fra is not None and dato < bruk.fra:
        return (bruk.fra - dato).days
    return (dato - bruk.til).days + 1 if bruk.til is not None else 0


def _naermeste_dag(bruk: Nummerbruk, dato: date) -> date:
    if bruk.fra is not None and dato < bruk.fra:
        return bruk.fra
    return dato if bruk.til is None else bruk.til - timedelta(days=1)
