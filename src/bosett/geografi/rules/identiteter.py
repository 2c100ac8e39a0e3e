"""From a list of code changes to identities with versions and transitions. Pure: the same list gives the same book.

How an identity goes on (DESIGN 4.2), in this order: the same number; the same name; alone from one to one (a new number
or name); back again (a municipality that was merged away and is split out of the same municipality under its old name).
Else a new identity begins. What can't be told is a warning, never a guess.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from datetime import date
from itertools import groupby

from bosett.geografi.rules.navn import kortnavn, offisielle_deler, samme_navn
from bosett.kilder.lesere.klass import Endring

SAMMENSLAING, DELING, NUMMERBYTTE, NAVNEBYTTE = "sammenslaing", "deling", "nummerbytte", "navnebytte"


@dataclass(frozen=True, slots=True)
class Versjon:
    """Number and names from a day to a day; `fra=None` is older than the list."""

    nummer: str
    trykt: str
    fra: date | None
    til: date | None = None

    def gjelder(self, dato: date) -> bool:
        return (self.fra is None or self.fra <= dato) and (self.til is None or dato < self.til)


@dataclass(frozen=True, slots=True)
class Overgang:
    """From one identity (by its index in the book) to another on a date."""

    dato: date
    slag: str
    fra: int
    til: int
    fra_nummer: str
    til_nummer: str


@dataclass(slots=True)
class Identitetsbok:
    """All municipalities that ever were in the list: `identiteter[i]` are the versions of one, oldest first."""

    identiteter: list[list[Versjon]] = field(default_factory=list)
    overganger: list[Overgang] = field(default_factory=list)
    advarsler: list[str] = field(default_factory=list)

    def med_nummer(self, nummer: str, dato: date) -> int | None:
        """The identity that has the number on the date."""
        treff = (
            i
            for i, v in enumerate(self.identiteter)
            if any(x.nummer == nummer and x.gjelder(dato) for x in v)
        )
        return next(treff, None)

    def gjeldende(self) -> dict[str, int]:
        """Number → identity, of those that still exist."""
        return {v[-1].nummer: i for i, v in enumerate(self.identiteter) if v and v[-1].til is None}


def bygg_identiteter(
    endringer: Iterable[Endring], dagens: Mapping[str, str], per: date | None = None
) -> Identitetsbok:
    """Build the book from the changes and today's numbers and names (`dagens` holds on `per`; None: after all changes).

    A number of today that the changes never mention exists since before the list. A number that the changes have in use
    but today's list does not have, and the other way round, is a warning.
    """
    bok = Identitetsbok()
    bygger = _Bygger(bok)
    for dato, gruppe in groupby(sorted(endringer), key=lambda e: e.dato):
        bygger.dag(dato, list(gruppe))
    for nummer, navn in dagens.items():
        if nummer not in bygger.brukt:
            bygger.ny(nummer, navn, None)
    i_bruk = {v.nummer: v.trykt for versjoner in bok.identiteter for v in versjoner if _gjelder(v, per)}
    for nummer in sorted(set(dagens) - set(i_bruk)):
        bok.advarsler.append(
            f"{nummer} {dagens[nummer]} er i dagens liste, men ikke i bruk ifølge endringslisten"
        )
    for nummer in sorted(set(i_bruk) - set(dagens)) if dagens else []:
        bok.advarsler.append(
            f"{nummer} {i_bruk[nummer]} er i bruk ifølge endringslisten, men ikke i dagens liste"
        )
    return bok


def _gjelder(versjon: Versjon, per: date | None) -> bool:
    return versjon.til is None if per is None else versjon.gjelder(per)


class _Bygger:
    def __init__(self, bok: Identitetsbok) -> None:
        self.bok = bok
        self.aktive: dict[str, int] = {}
        self.brukt: set[str] = set()

    def ny(self, nummer: str, navn: str, fra: date | None) -> int:
        self.bok.identiteter.append([])
        i = len(self.bok.identiteter) - 1
        self._apne(i, nummer, navn, fra)
        return i

    def dag(self, dato: date, endringer: list[Endring]) -> None:
        """All changes of one day are judged together: the day before on one side, the day itself on the other."""
        endringer = [e for e in endringer if not e.gammel_kode or self._kjenn_gammel(e)]
        par = [e for e in endringer if e.gammel_kode and e.ny_kode]
        ut: dict[str, list[Endring]] = defaultdict(list)
        inn: dict[str, list[Endring]] = defaultdict(list)
        for e in par:
            ut[e.gammel_kode].append(e)
            inn[e.ny_kode].append(e)
        for nummer, linjer in list(
            inn.items()
        ):  # a receiver that the list does not repeat as its own predecessor
            if nummer in self.aktive and nummer not in ut:
                navn = self.bok.identiteter[self.aktive[nummer]][-1].trykt or linjer[0].nytt_navn
                egen = Endring(dato, nummer, nummer, navn, linjer[0].nytt_navn)
                ut[nummer].append(egen)
                linjer.append(egen)
        gamle = {kode: self.aktive[kode] for kode in ut if kode in self.aktive}
        viderefort = self._viderefort(inn, ut, gamle)
        uten_etterfolger = [e.gammel_kode for e in endringer if not e.ny_kode and e.gammel_kode not in ut]
        for nummer in [*gamle, *uten_etterfolger]:
            self._lukk(nummer, dato)
        for nummer in uten_etterfolger:
            self.bok.advarsler.append(f"{nummer} slutter {dato} uten etterfølger i endringslisten")
        for e in endringer:
            if not e.gammel_kode and e.ny_kode not in inn:
                self.ny(e.ny_kode, e.nytt_navn, dato)
                self.bok.advarsler.append(
                    f"{e.ny_kode} {e.nytt_navn} begynner {dato} uten forgjenger i endringslisten"
                )
        nye = {}
        for nummer, linjer in inn.items():
            i = viderefort.get(nummer)
            if i is None:
                i = self._gjenoppstar(linjer, ut, gamle)
            if i is None:
                i = self.ny(nummer, linjer[0].nytt_navn, dato)
            else:
                self._apne(i, nummer, linjer[0].nytt_navn, dato)
            nye[nummer] = i
        for linjer in inn.values():
            for e in linjer:
                self._overgang(e, gamle, nye, delt=len(ut[e.gammel_kode]) > 1)

    def _kjenn_gammel(self, e: Endring) -> bool:
        """A code met for the first time is older than the list. One that has ended can't change: the line is not used."""
        if e.gammel_kode in self.aktive:
            return True
        if e.gammel_kode in self.brukt:
            self.bok.advarsler.append(
                f"{e.gammel_kode} {e.gammelt_navn} endres {e.dato}, men var alt avsluttet; linjen er ikke brukt"
            )
            return False
        self.ny(e.gammel_kode, e.gammelt_navn, None)
        return True

    def _viderefort(
        self, inn: Mapping[str, list[Endring]], ut: Mapping[str, list[Endring]], gamle: Mapping[str, int]
    ) -> dict[str, int]:
        """New number → the identity that goes on under it. Each identity goes on under one number at most."""
        svar: dict[str, int] = {}
        tatt: set[int] = set()
        kandidater = {nummer: [e for e in linjer if e.gammel_kode in gamle] for nummer, linjer in inn.items()}
        regler = (
            lambda e, linjer: e.gammel_kode == e.ny_kode,
            lambda e, linjer: samme_navn(e.gammelt_navn, e.nytt_navn),
            lambda e, linjer: len(linjer) == 1 and len(ut[e.gammel_kode]) == 1,
        )
        for regel in regler:
            for nummer, linjer in kandidater.items():
                if nummer in svar:
                    continue
                treff = {gamle[e.gammel_kode] for e in linjer if regel(e, linjer)} - tatt
                if len(treff) == 1:
                    svar[nummer] = treff.pop()
                    tatt.add(svar[nummer])
                elif len(treff) > 1:
                    navn = ", ".join(sorted(e.gammel_kode for e in linjer if gamle[e.gammel_kode] in treff))
                    self.bok.advarsler.append(
                        f"{nummer} {linjer[0].nytt_navn}: flere forgjengere passer like godt ({navn})"
                    )
        return svar

    def _gjenoppstar(
        self, linjer: list[Endring], ut: Mapping[str, list[Endring]], gamle: Mapping[str, int]
    ) -> int | None:
        """Split out under the name of a municipality that once was merged into the one it is split from."""
        if len(linjer) != 1 or len(ut[linjer[0].gammel_kode]) < 2:
            return None
        kilde = gamle.get(linjer[0].gammel_kode)
        aktive = set(self.aktive.values())
        treff = {
            o.fra
            for o in self.bok.overganger
            if o.slag == SAMMENSLAING and o.til == kilde and o.fra not in aktive
            and samme_navn(self.bok.identiteter[o.fra][-1].trykt, linjer[0].nytt_navn)
        }  # fmt: skip
        return treff.pop() if len(treff) == 1 else None

    def _overgang(self, e: Endring, gamle: Mapping[str, int], nye: Mapping[str, int], *, delt: bool) -> None:
        fra, til = gamle[e.gammel_kode], nye[e.ny_kode]

        def legg(slag: str) -> None:
            self.bok.overganger.append(Overgang(e.dato, slag, fra, til, e.gammel_kode, e.ny_kode))

        if delt:
            legg(DELING)
            return
        if fra != til:
            legg(SAMMENSLAING)
            return
        if e.gammel_kode != e.ny_kode:
            legg(NUMMERBYTTE)
        if offisielle_deler(e.gammelt_navn) != offisielle_deler(e.nytt_navn):
            legg(NAVNEBYTTE)

    def _apne(self, i: int, nummer: str, navn: str, fra: date | None) -> None:
        versjoner = self.bok.identiteter[i]
        siste = versjoner[-1] if versjoner else None
        if (
            siste
            and (siste.til, siste.nummer) == (fra, nummer)
            and offisielle_deler(siste.trykt) == offisielle_deler(navn)
        ):
            versjoner[-1] = replace(siste, til=None)  # it only grew: same number, same name
        else:
            versjoner.append(Versjon(nummer, navn, fra))
        self.aktive[nummer] = i
        self.brukt.add(nummer)

    def _lukk(self, nummer: str, dato: date) -> None:
        i = self.aktive.pop(nummer)
        versjoner = self.bok.identiteter[i]
        versjoner[-1] = replace(versjoner[-1], til=dato)


def versjonsnavn(
    versjon: Versjon, dagens: Mapping[str, str], kjente: frozenset[str]
) -> tuple[str, tuple[str, ...]]:
    """Short name and official names. Today's short names (`kjente`) tell which official part is the Norwegian one."""
    kort = dagens.get(versjon.nummer, "") if versjon.til is None else ""
    kort = kort or kortnavn(versjon.trykt, kjente)
    return kort, offisielle_deler(versjon.trykt) or (kort,)
