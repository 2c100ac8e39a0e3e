"""What a batch of events concerns, read in a few statements, changed in memory, and written in a few statements.

One event at a time would ask the database a dozen times for each; a batch asks it two dozen times in all.
"""

from collections import defaultdict
from collections.abc import Callable, Hashable, Iterable, Sequence
from datetime import date
from typing import Any

from django.db import connection

from bosett.aktor.kontekst import Aktor
from bosett.grunn.handling import Handling
from bosett.grunn.klokke import i_dag, naa
from bosett.person import states
from bosett.person.models import Husholdning, Medlem, Navn, Nummer, Person, Relasjon, Sokeord, Verge
from bosett.person.models_mottak import Mottak, Mottaksopphold
from bosett.person.models_opphold import Lop, Opphold, Privatsoknad
from bosett.person.rules import klar as klarregel
from bosett.person.rules import lop as lopregel
from bosett.person.rules.ansvar import MYNDIG, alder, ansvarlig
from bosett.person.rules.navn import sokeord
from bosett.person.rules.tidslinje import Faktum, endring
from bosett.person.tidsrad import Tidsrad
from bosett.spor.services import Innslag, registrer_mange
from bosett.tilgang.models import Subjekt
from bosett.tilgang.services import laas_mange

SERIER: tuple[type[Tidsrad], ...] = (Navn, Medlem, Opphold, Mottaksopphold, Verge)
_INN = {
    "mottak": states.PLASSER,
    "em": states.PLASSER_EM,
    "overforing": states.TA_UT,
    "familie": states.KOM_SOM_FAMILIE,
}
_EGNE = {overgang.kode for overgang in states.LOP.overganger if overgang.roller}
"""IMDi's own acts. What they decided stands until the source tells of something newer."""
_UTGANGER = ("", "trukket", "utreist", "dod")


class Arbeid:
    """Use inside one transaction: `les`, change, `skriv`."""

    def __init__(self, aktor: Aktor, kilde: str, antall: int = 1) -> None:
        """`antall`: how many events there are, so that keys are fetched that many at a time."""
        self.aktor, self.kilde, self._antall = aktor, kilde, max(1, min(antall, 500))
        self._nokler: dict[type, list[int]] = defaultdict(list)
        self.person_for: dict[str, Person] = {}
        self.sak: dict[str, Husholdning] = {}
        self.husholdninger: dict[int, Husholdning] = {}
        self.medlemmer: dict[Husholdning, list[Person]] = defaultdict(list)
        self.rader: dict[tuple[type[Tidsrad], Person], list[Any]] = defaultdict(list)
        self.numre: dict[Person, set[tuple[str, str]]] = defaultdict(set)
        self.relasjoner: dict[tuple[int, int, str], Relasjon] = {}
        self.lop: dict[Husholdning, Lop | None] = {}
        self.soknader: set[int] = set()
        self.mottak: dict[str, Mottak] = {}
        self._mottak_pk: dict[int, Mottak] = {}
        self._nye: dict[type, list[Any]] = defaultdict(list)
        self._endret: dict[type, dict[int, Any]] = defaultdict(dict)
        self._sokeord: set[Person] = set()
        self._rort: dict[int, Husholdning] = {}
        """Households whose derived facts must be derived again."""
        self._innslag: list[tuple[Husholdning, Handling, dict[str, Any]]] = []
        self.byttet_ansvar: list[tuple[Husholdning, str]] = []

    # -- reading ----------------------------------------------------------------------------------------------

    def les(
        self,
        *,
        duf: Iterable[str] = (),
        saker: Iterable[str] = (),
        mottak: Iterable[str] = (),
        husholdninger: Iterable[int] = (),
    ) -> None:
        """Lock the households the numbers and cases name, then read everything about everybody in them."""
        numre = dict(
            Nummer.objects.kjent()
            .filter(slag="duf", nummer__in=set(duf))
            .values_list("nummer", "person__husholdning_id")
        )
        ider = {*numre.values(), *husholdninger}
        if saker := {sak for sak in saker if sak}:
            ider |= set(Husholdning.objects.filter(udi_sak__in=saker).values_list("pk", flat=True))
        laas_mange(subjekt_ider=ider)
        for h in Husholdning.objects.filter(pk__in=ider):
            self.husholdninger[h.pk] = h
            self.lop[h] = None
            if h.udi_sak:
                self.sak[h.udi_sak] = h
        personer = {p.pk: p for p in Person.objects.filter(husholdning__in=ider).order_by("pk")}
        for p in personer.values():
            p.husholdning = self.husholdninger[p.husholdning_id]
            self.medlemmer[p.husholdning].append(p)
        for modell in SERIER:
            kjente: Any = modell._default_manager
            for rad in kjente.kjent().filter(person__in=personer).order_by("fra"):
                self.rader[modell, personer[rad.person_id]].append(rad)
        for nummer in Nummer.objects.kjent().filter(person__in=personer):
            self.numre[personer[nummer.person_id]].add((nummer.slag, nummer.nummer))
            if nummer.slag == "duf":
                self.person_for[nummer.nummer] = personer[nummer.person_id]
        for relasjon in Relasjon.objects.kjent().filter(person__in=personer):
            self.relasjoner[relasjon.person_id, relasjon.til_person_id, relasjon.slag] = relasjon
        for lop in Lop.objects.filter(husholdning__in=ider, til=None):
            self.lop[self.husholdninger[lop.husholdning_id]] = lop
        self.soknader = set(
            Privatsoknad.objects.filter(husholdning__in=ider).values_list("husholdning_id", flat=True)
        )
        bor = {
            rad.mottak_id
            for (modell, _), rader in self.rader.items()
            if modell is Mottaksopphold
            for rad in rader
        }
        for m in Mottak.objects.filter(kode__in=set(mottak)) | Mottak.objects.filter(pk__in=bor - {None}):
            self.mottak[m.kode], self._mottak_pk[m.pk] = m, m

    # -- new rows: their keys are taken from the database's own counters beforehand, so that they can point to each other ------

    def ny_husholdning(self, *, sak: str, fra: date) -> Husholdning:
        subjekt = self.ny(Subjekt(pk=self._nokkel(Subjekt), slag="husholdning"))
        husholdning = self.ny(Husholdning(subjekt=subjekt, udi_sak=sak, apnet=fra))
        self.lop[husholdning] = None
        if sak:
            self.sak[sak] = husholdning
        return husholdning

    def ny_person(self, husholdning: Husholdning, fodt: date) -> Person:
        person = self.ny(Person(pk=self._nokkel(Person), husholdning=husholdning, fodt=fodt))
        self.medlemmer[husholdning].append(person)
        return person

    def _nokkel(self, modell: type[Any]) -> int:
        if not self._nokler[modell]:
            tabell = modell._meta.db_table
            with connection.cursor() as db:
                db.execute(
                    "SELECT nextval(pg_get_serial_sequence(%s, 'id')) FROM generate_series(1, %s)",
                    [tabell, self._antall],
                )
                self._nokler[modell] = [nokkel for (nokkel,) in db.fetchall()][::-1]
        return self._nokler[modell].pop()

    # -- changing ---------------------------------------------------------------------------------------------

    def ny(self, rad: Any) -> Any:
        self._nye[type(rad)].append(rad)
        return rad

    def endre(self, rad: Any) -> None:
        """Written at the end; nothing to do for a row that is new itself."""
        if rad.pk is not None and not rad._state.adding:
            self._endret[type(rad)][rad.pk] = rad

    def serie(self, modell: type[Tidsrad], person: Person, fakta: Sequence[Faktum], lag: Callable[[Hashable], dict[str, Any]],
              verdi: Callable[[Any], Hashable], hvorfor: str = "") -> bool:  # fmt: skip
        """Put facts into a series. Gives whether anything became different."""
        rader = self.rader[modell, person]
        kjent = {Faktum(rad.fra, rad.til, verdi(rad), rad.kilde_nr): rad for rad in rader}
        ny = endring(kjent, fakta)
        tid = naa()
        for ett in ny.bort:
            rad = kjent[ett]
            rader.remove(rad)
            self.lukk(rad)
        for ett in ny.inn:
            rad = modell(
                person=person, fra=ett.fra, til=ett.til, kilde=self.kilde, kilde_nr=ett.nr, kjent_fra=tid, hvorfor=hvorfor,
                registrert_av_id=self.aktor.bruker_id, **lag(ett.verdi),
            )  # type: ignore[misc]  # fmt: skip
            rader.append(self.ny(rad))
        rader.sort(key=lambda rad: rad.fra)
        return bool(ny.bort or ny.inn)

    def lukk(self, rad: Tidsrad) -> None:
        """Known no longer. A row that nobody has read yet is simply not written."""
        if rad._state.adding:
            nye = self._nye[type(rad)]
            del nye[next(nr for nr, ny in enumerate(nye) if ny is rad)]
        else:
            rad.kjent_til = naa()
            self.endre(rad)

    def naavaerende(self, modell: type[Tidsrad], person: Person, dag: date | None = None) -> Any:
        """The row that holds on a day; None when there is none."""
        d = dag or i_dag()
        return next(
            (r for r in self.rader[modell, person] if r.fra <= d and (r.til is None or d < r.til)), None
        )

    def sett_lop(self, h: Husholdning, slag: str, fra: date, handling: Handling) -> None:
        gammelt = self.lop.get(h)
        if gammelt is not None:
            if gammelt.slag == slag:
                if gammelt.fra != fra and gammelt.hendelse == handling.kode:
                    gammelt.fra = fra
                    self.endre(gammelt)
                return
            gammelt.til = max(fra, gammelt.fra)
            self.endre(gammelt)
        nytt = None
        if slag != "avsluttet":
            nytt = self.ny(
                Lop(
                    husholdning=h,
                    slag=slag,
                    fra=fra,
                    hendelse=handling.kode,
                    registrert_av_id=self.aktor.bruker_id,
                )
            )
        self.lop[h], h.lop = nytt, slag
        self.ror(h)

    def ror(self, h: Husholdning) -> None:
        """Something about the household has changed: what is derived is derived again at the end."""
        self._rort[h.pk] = h

    def spor(self, h: Husholdning, handling: Handling, **data: Any) -> None:
        self._innslag.append((h, handling, data))
        self.ror(h)

    def bytt_navn(self, person: Person) -> None:
        self._sokeord.add(person)

    # -- writing ----------------------------------------------------------------------------------------------

    def skriv(self) -> None:
        for h in self._rort.values():
            self._utled(h)
            self.endre(h)
        forst: tuple[type[Any], ...] = (Subjekt, Husholdning, Person)
        for modell in forst:
            modell._base_manager.bulk_create(self._nye.pop(modell, []))
        # Closed before what takes its place is written: a number has one owner.
        for modell, rader in self._endret.items():
            lagre_mange(modell, list(rader.values()))
        for modell, nye in self._nye.items():
            modell._base_manager.bulk_create(nye)
        self._skriv_sokeord()
        registrer_mange(
            aktor=self.aktor,
            handling="person.registrer",
            innslag=[Innslag(h.pk, data, handling=handling.kode) for h, handling, data in self._innslag],
        )

    def berorte(self) -> list[Husholdning]:
        return list(self._rort.values())

    def _skriv_sokeord(self) -> None:
        Sokeord.objects.filter(person__in=[p.pk for p in self._sokeord]).delete()
        Sokeord.objects.bulk_create(
            Sokeord(person=p, ord=ord_)
            for p in self._sokeord
            for ord_ in sorted(sokeord(f"{n.fornavn} {n.etternavn}" for n in self.rader[Navn, p]))
        )

    def _utled(self, h: Husholdning) -> None:
        """Size, responsibility and readiness, from what is known now."""
        dag = i_dag()
        igjen = [p for p in self.medlemmer[h] if p.dod is None and p.ute is None]
        h.antall = len(igjen)
        self._utled_lop(h, igjen)
        em = next((p for p in igjen if p.enslig_mindrearig), None)
        for_ = h.ansvar
        h.ansvar = "imdi"
        if em is not None and h.lop == "em":
            bor = self.naavaerende(Mottaksopphold, em)
            tilbud = self.sted(bor).type if bor is not None and bor.mottak_id else None
            h.ansvar = ansvarlig(fodt=em.fodt, sokt=h.apnet, dag=dag, omsorgstilbud=tilbud)
        if h.ansvar != for_ and not h._state.adding:
            self.byttet_ansvar.append((h, for_))
        if h.avsluttet is not None:
            h.klar_fra, h.klar_til, h.mangler = None, None, []
            return
        medlemmer = [
            klarregel.Medlem(
                nr=nr,
                tillatelser=tuple(
                    klarregel.Tillatelse(r.fra, r.til, r.grunnlag)
                    for r in self.rader[Opphold, p]
                    if r.grunnlag
                ),
                trenger_verge=p.enslig_mindrearig and alder(p.fodt, dag) < MYNDIG,
                har_verge=self.naavaerende(Verge, p) is not None,
            )
            for nr, p in enumerate(igjen)
        ]
        svar = klarregel.klar(medlemmer, lop=h.lop, dag=dag, soknad=h.pk in self.soknader)
        h.klar_fra, h.klar_til = svar.fra, svar.til
        h.mangler = [
            {"kode": m.kode} | ({"person": str(igjen[m.medlem].uuid)} if m.medlem is not None else {})
            for m in svar.mangler
        ]

    def _utled_lop(self, h: Husholdning, igjen: Sequence[Person]) -> None:
        """The track and the end, from what the source has told; what IMDi has decided stands before it."""
        medlemmer = [self._vei(p) for p in self.medlemmer[h]]
        if h.slutt in _UTGANGER:
            h.avsluttet, h.slutt = lopregel.slutt(medlemmer) or (None, "")
        if h.avsluttet is not None:
            self.sett_lop(h, "avsluttet", h.avsluttet, states.AVSLUTT)
            return
        slag, fra = lopregel.lop(medlemmer)
        naa_ = self.lop.get(h)
        if naa_ is not None and naa_.hendelse in _EGNE:
            tilbake = [
                bor.fra
                for p in igjen
                if (bor := self.naavaerende(Mottaksopphold, p)) and bor.mottak_id and bor.fra > naa_.fra
            ]
            if naa_.slag != "privat" or not tilbake:
                return
            slag, fra = slag if slag == "em" else "mottak", min(tilbake)
        if fra is not None:
            self.sett_lop(h, slag, fra, _INN[slag])

    def _vei(self, p: Person) -> lopregel.Medlem:
        plassert = [rad.fra for rad in self.rader[Mottaksopphold, p] if rad.mottak_id]
        ut = (p.dod, "dod") if p.dod else (p.ute, p.meldt.get("grunn", "trukket")) if p.ute else None
        return lopregel.Medlem(
            ankommet=self.ankommet(p),
            slag=p.meldt.get("slag", ""),
            enslig_mindrearig=p.enslig_mindrearig,
            plassert=min(plassert, default=None),
            voksen_fra=self._voksen_fra(p),
            ut=ut,
        )

    @staticmethod
    def _voksen_fra(p: Person) -> date | None:
        rettet = p.meldt.get("rettet") if p.meldt.get("em") and not p.enslig_mindrearig else None
        return date.fromisoformat(rettet) if rettet else None

    def ankommet(self, p: Person) -> date:
        """The first day she belonged to a household here."""
        return min((rad.fra for rad in self.rader[Medlem, p]), default=p.husholdning.apnet)

    def sted(self, opphold: Mottaksopphold) -> Mottak:
        """The centre of a stay, whether the row is stored or new."""
        return self._mottak_pk.get(opphold.mottak_id or 0) or opphold.mottak  # type: ignore[return-value]


def lagre_mange(modell: type[Any], rader: Sequence[Any]) -> None:
    """Write changed rows in one statement. `bulk_update` says the same with a CASE per column, which takes ten times as long."""
    if rader:
        felt = [f.name for f in modell._meta.concrete_fields if not f.primary_key]
        modell._base_manager.bulk_create(
            rader, update_conflicts=True, unique_fields=[modell._meta.pk.name], update_fields=felt
        )
