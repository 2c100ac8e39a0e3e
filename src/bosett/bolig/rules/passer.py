"""How a home suits a household: first what the household asks of a home (`kravene`), then how a home answers each (`passer`).

What is asked is data, so that the same list also counts homes in the database (`selectors_passer`). Sex, nationality, religion and
ethnic background are no part of it.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from decimal import Decimal
from enum import StrEnum
from functools import cache
from pathlib import Path

from bosett.bolig.rules.passertekst import TEKST
from bosett.grunn.frister import legg_til_maaneder
from bosett.grunn.parametre import Parametre, les

_FIL = Path(__file__).parent.parent / "satser" / "passer.yaml"
Svar = int | Decimal | date | bool | str | None


class Utfall(StrEnum):
    PASSER = "passer"
    PASSER_IKKE = "passer_ikke"
    VET_IKKE = "vet_ikke"


@dataclass(frozen=True, slots=True)
class Hjem:
    """What is known of a home. Distances in kilometres; None is not known."""

    plasser: int
    soverom: int
    funksjoner: frozenset[str] = frozenset()
    tilgjengelig_kjent: bool = False
    """Somebody has looked: what `funksjoner` does not name, the home does not have."""
    km_skole: Decimal | None = None
    km_barnehage: Decimal | None = None
    km_buss: Decimal | None = None
    km_sentrum: Decimal | None = None
    dyr: bool | None = None
    ledig_fra: date | None = None
    """The first day it is free from now on. None: nobody has said that it is."""
    siste_dag: date | None = None
    """The last day somebody can live there. None: no end is known."""


@dataclass(frozen=True, slots=True)
class Behov:
    """What is known of a household. None: not known; what is not asked for is not answered."""

    aldre: tuple[int, ...]
    """Of everybody who is to live there, whole years."""
    fra: date
    """The day they need it."""
    par: int = 0
    """Couples among them."""
    funksjoner: frozenset[str] | None = None
    barnehage: bool | None = None
    """Somebody has said whether the children need kindergarten. None: by their age."""
    naer_buss: bool = False
    naer_sentrum: bool = False
    dyr: bool = False
    """They have a pet."""


@dataclass(frozen=True, slots=True)
class Krav:
    """One thing that is asked of a home. `felt` of `Hjem` is at least `minst`, at most `hoyst`, or has the word `har`.

    With none of the three, `felt` is to be true; without `felt` nobody knows what is needed. `tomt` is what an unknown value means.
    """

    kode: str
    hard: bool
    felt: str = ""
    minst: int | date | None = None
    hoyst: Decimal | date | None = None
    har: str = ""
    tomt: Utfall = Utfall.VET_IKKE
    verdier: Mapping[str, Svar] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Grunn:
    """One reason. `tekst` is a source string with `verdier` in it (`%(har)s`)."""

    kode: str
    utfall: Utfall
    hard: bool
    tekst: str
    verdier: Mapping[str, Svar]


@dataclass(frozen=True, slots=True)
class Passform:
    grunner: tuple[Grunn, ...]
    rekkefolge: tuple[int, int, int]
    """Hard misses, soft misses, unknown: the home with the smallest fits best."""

    @property
    def samlet(self) -> str:
        """`passer_ikke` (a hard miss), `vet_ikke` (of a hard one), `delvis` (a soft miss), `passer`."""
        if self.rekkefolge[0]:
            return "passer_ikke"
        if any(g.hard and g.utfall == Utfall.VET_IKKE for g in self.grunner):
            return "vet_ikke"
        return "delvis" if self.rekkefolge[1] else "passer"

    @property
    def avvik(self) -> tuple[Grunn, ...]:
        """The hard misses: somebody must say why the home is chosen all the same."""
        return tuple(g for g in self.grunner if g.hard and g.utfall == Utfall.PASSER_IKKE)


@cache
def parametre() -> Parametre:
    return les(_FIL)


def _tall(navn: str, dag: date) -> int:
    return int(parametre().verdi(navn, dag).tallverdi)


def soverom_til(behov: Behov, dag: date) -> int:
    """Bedrooms they need: one for each couple, one for each other of the age for a room of one's own, the younger together."""
    store = sum(alder >= _tall("eget_soverom_fra", dag) for alder in behov.aldre)
    barn = len(behov.aldre) - store
    par = min(behov.par, store // 2)
    return store - par + -(-barn // _tall("barn_per_soverom", dag))


def kravene(behov: Behov, dag: date) -> tuple[Krav, ...]:
    """What the household asks of a home by the choices of a day (`satser/passer.yaml`). Raises `Mangler` for a day without them."""
    antall, soverom = len(behov.aldre), soverom_til(behov, dag)
    skolebarn = sum(_tall("skole_fra", dag) <= alder < _tall("skole_til", dag) for alder in behov.aldre)
    smaa = sum(_tall("barnehage_fra", dag) <= alder < _tall("skole_fra", dag) for alder in behov.aldre)
    maaneder = _tall("maaneder_minst", dag)
    til = legg_til_maaneder(behov.fra, maaneder) - timedelta(days=1)
    krav = [
        Krav("plasser", True, "plasser", minst=antall, verdier={"trenger": antall}),
        Krav("ledig", True, "ledig_fra", hoyst=date.max, tomt=Utfall.PASSER_IKKE),
        Krav("slutter", True, "siste_dag", minst=behov.fra, tomt=Utfall.PASSER, verdier={"trenger": behov.fra}),
        Krav("soverom", False, "soverom", minst=soverom, verdier={"trenger": soverom}),
        Krav("i_tide", False, "ledig_fra", hoyst=behov.fra, tomt=Utfall.PASSER, verdier={"trenger": behov.fra}),
        Krav("varighet", False, "siste_dag", minst=til, tomt=Utfall.PASSER, verdier={"trenger": maaneder}),
    ]  # fmt: skip
    if behov.funksjoner is None:
        krav.append(Krav("tilrettelegging", False))
    for funksjon in sorted(behov.funksjoner or ()):
        krav.append(Krav("funksjon", True, "funksjoner", har=funksjon, verdier={"funksjon": funksjon}))
    avstander = (
        ("skole", skolebarn > 0),
        ("barnehage", smaa > 0 if behov.barnehage is None else behov.barnehage),
        ("buss", behov.naer_buss),
        ("sentrum", behov.naer_sentrum),
    )
    for kode, trengs in avstander:
        if trengs:
            km = Decimal(parametre().verdi(f"km_{kode}_hoyst", dag).tallverdi)
            krav.append(Krav(kode, False, f"km_{kode}", hoyst=km, verdier={"trenger": km}))
    if behov.dyr:
        krav.append(Krav("dyr", False, "dyr"))
    return tuple(krav)


def utfall(hjem: Hjem, krav: Krav) -> Utfall:
    if not krav.felt:
        return Utfall.VET_IKKE
    verdi = getattr(hjem, krav.felt)
    if krav.har:
        if krav.har in verdi:
            return Utfall.PASSER
        return Utfall.PASSER_IKKE if hjem.tilgjengelig_kjent else Utfall.VET_IKKE
    if verdi is None:
        return krav.tomt
    if krav.minst is not None:
        holder = verdi >= krav.minst
    elif krav.hoyst is not None:
        holder = verdi <= krav.hoyst
    else:
        holder = bool(verdi)
    return Utfall.PASSER if holder else Utfall.PASSER_IKKE


def tell(hjem: Hjem, krav: Sequence[Krav]) -> tuple[int, int, int]:
    """As `Passform.rekkefolge`, without the reasons: for many homes."""
    harde = myke = ukjente = 0
    for ett in krav:
        svar = utfall(hjem, ett)
        if svar is Utfall.PASSER_IKKE:
            if ett.hard:
                harde += 1
            else:
                myke += 1
        elif svar is Utfall.VET_IKKE:
            ukjente += 1
    return harde, myke, ukjente


def passer(hjem: Hjem, krav: Sequence[Krav]) -> Passform:
    """Every reason for and against, the misses first, the hard ones before the soft."""
    grunner = []
    for ett in krav:
        svar = utfall(hjem, ett)
        if tekst := str(getattr(TEKST[ett.kode], svar)):
            har = None if not ett.felt or ett.har else getattr(hjem, ett.felt)
            grunner.append(Grunn(ett.kode, svar, ett.hard, tekst, {**ett.verdier, "har": har}))
    rekke = [Utfall.PASSER_IKKE, Utfall.VET_IKKE, Utfall.PASSER]
    grunner.sort(key=lambda g: (rekke.index(g.utfall), not g.hard))
    return Passform(tuple(grunner), tell(hjem, krav))
