"""Plays a year of arrivals as messages of the contract (`udi.py`), about persons who do not exist. Pure: same arguments, same messages.

DEMO: shares, ages and names are invented (`simulatordata`). Numbers belong to nobody: a DUF number's control pair is one the check
never gives, and months in D-numbers are 80 higher. Messages are delivered as life delivers them: late, twice, in the wrong order,
and some of them broken.
"""

import heapq
import random
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from bosett.grunn.identnummer import lag_syntetisk_duf, lag_syntetisk_fnr

Melding = dict[str, Any]
_MAPPE = Path(__file__).with_name("simulatordata")
_ORDINAERE = ("ordinaert", "tilrettelagt", "akutt")


@dataclass(frozen=True, slots=True)
class Senter:
    """A centre that exists: UDI's code, and its type."""

    kode: str
    type: str


@dataclass(slots=True)
class _Person:
    duf: str
    fodt: date
    kjonn: str
    navn: list[dict[str, str]]
    rolle: str
    hendelser: list[tuple[date, str, dict[str, Any]]] = field(default_factory=list)
    ute: tuple[date, date] | None = None
    """Left the chain, and was back (for most: never). Nothing is told of the time between."""

    def skjer(self, dag: date, type_: str, **data: Any) -> None:
        self.hendelser.append((dag, type_, data))


def simuler(*, fra: date, til: date, personer: int, fro: int, sentre: Sequence[Senter]) -> Iterator[Melding]:
    """The messages about at least `personer` arrivals from `fra` until (not including) `til`, in the order they are delivered.

    What would happen on `til` or later is not told. `sentre` must hold an ordinary centre, one for unaccompanied minors and a care
    centre. Up to ten seeds of 100 000 persons each have numbers of their own.
    """
    return _Verden(fra, til, fro, sentre).spill(personer)


@cache
def _les(navn: str) -> dict[str, Any]:
    return dict(yaml.safe_load((_MAPPE / f"{navn}.yaml").read_text("utf-8")))


def navnelister() -> tuple[list[str], list[str]]:
    """The first and the last names there are, in Latin letters."""
    kulturer = [k for k in _les("navn").values() if isinstance(k, dict)]
    fornavn = {navn for k in kulturer for navn in [*k["kvinne"], *k["mann"]]}
    etternavn = {
        f"{f.partition('|')[0]}{e.partition('|')[0]}"
        for k in kulturer
        for f in k.get("forledd", ())
        for e in k["etterledd"]
    }
    etternavn |= {navn for k in kulturer if k.get("far") for navn in k["mann"]}
    return sorted({navn.partition("|")[0] for navn in fornavn}), sorted(
        {navn.partition("|")[0] for navn in etternavn}
    )


class _Verden:
    def __init__(self, fra: date, til: date, fro: int, sentre: Sequence[Senter]) -> None:
        self.fra, self.til, self.fro = fra, til, fro
        self.r = random.Random(f"{fra.year}-{fro}")  # noqa: S311 - invented persons, not secrets
        self.tall, self.navn = _les("opphav"), _les("navn")
        self.sentre = {
            type_: [s.kode for s in sentre if s.type == type_] for type_ in {s.type for s in sentre}
        }
        self.vanlige = [s.kode for s in sentre if s.type in _ORDINAERE]
        self.antall, self.sak, self.nr = 0, 0, 0
        self._nummer_per_dag: Counter[date] = Counter()

    # -- the whole ----------------------------------------------------------------------------------------------------

    def spill(self, personer: int) -> Iterator[Melding]:
        slag, vekter = zip(*self.tall["husholdninger"].items(), strict=True)
        lag: dict[str, Callable[[date], None]] = {
            "enslig": self._enslig, "par": self._par, "familie": self._familie, "em": self._em, "em_folge": self._em_folge,
            "overforing": self._overforing, "kollektiv": self._kollektiv, "familieinnvandrer": self._familieinnvandrer,
            "privat": self._privat,
        }  # fmt: skip
        dager = (self.til - self.fra).days
        ko: list[tuple[date, int, Melding]] = []
        while self.antall < personer:  # spread evenly over the year
            dato = self.fra + timedelta(dager * self.antall // personer)
            while ko and ko[0][0] < dato:
                yield heapq.heappop(ko)[2]
            self.flokk: list[_Person] = []
            lag[self.r.choices(slag, vekter)[0]](dato)
            for levert, melding in self._meldinger(self.flokk):
                self.nr += 1
                heapq.heappush(ko, (levert, self.nr, melding))
        while ko:
            yield heapq.heappop(ko)[2]

    def _meldinger(self, flokk: Sequence[_Person]) -> Iterator[tuple[date, Melding]]:
        """With the source's own count per person, and how each is delivered."""
        for person in flokk:
            person.hendelser.sort(key=lambda h: h[0])
            for nr, (dag, type_, data) in enumerate(person.hendelser, 1):
                er_ute = person.ute is not None and person.ute[0] < dag < person.ute[1]
                if dag >= self.til:
                    continue
                melding = {"id": f"SIM-{self.fra.year}-{self.fro}-{person.duf}-{nr}", "type": type_, "nr": nr, "duf": person.duf,
                           "gjelder": dag.isoformat(), "data": data}  # fmt: skip
                sen = self._treff("sen")
                levert = dag + timedelta(self.r.randrange(10, 60) if sen else self.r.randrange(3))
                levering = [(levert, melding)]
                if self._treff("dobbel"):
                    levering.append((levert + timedelta(self.r.randrange(5)), melding))
                if self._treff("odelagt"):
                    levering.append((levert, self._odelagt(melding)))
                yield from [] if er_ute else levering

    def _treff(self, hva: str) -> bool:
        return self.r.random() * 100 < self.tall["levering"][hva]

    def _odelagt(self, melding: Melding) -> Melding:
        """A copy with a fault, under a key of its own: it is parked, and the whole one tells the same."""
        ny = melding | {"id": f"{melding['id']}-feil"}
        feil = self.r.choice(["type", "gjelder", "duf", "felt", "mangler"])
        if feil == "type":
            ny["type"] = "ukjent_type"
        elif feil == "gjelder":
            ny["gjelder"] = "32.13.2026"
        elif feil == "duf":
            ny["duf"] = "12345"
        elif feil == "felt":
            ny["data"] = melding["data"] | {"religion": "skal ikke sendes"}
        else:
            del ny["gjelder"]
        return ny

    # -- kinds of households --------------------------------------------------------------------------------------------

    def _enslig(self, dag: date) -> None:
        opphav = self._opphav("asyl")
        self._ankomst(dag, opphav, [("hoved", self.r.triangular(18, 60, 25), "")])
        self._bor(dag)
        self._soknad(dag)

    def _par(self, dag: date) -> None:
        self._ankomst(dag, self._opphav("asyl"), self._voksne(2))
        self._bor(dag)
        self._soknad(dag)

    def _familie(self, dag: date, hva: str = "asyl") -> None:
        self._ankomst(dag, self._opphav(hva), self._medlemmer(), slag=hva if hva == "overforing" else "asyl")
        if hva == "asyl":
            self._bor(dag)
            self._soknad(dag)

    def _em(self, dag: date) -> None:
        alder = self.r.triangular(11, 17.9, 16.5)
        (person,) = self._ankomst(dag, self._opphav("asyl"), [("hoved", alder, "")], em=(0,))
        self._bor(dag, "omsorgssenter" if alder < 15 else "em")
        self._verge(person, dag)
        self._soknad(dag)

    def _em_folge(self, dag: date) -> None:
        """A minor with an aunt, an uncle or a grown sibling: one household, and the minor is still unaccompanied by law (R028)."""
        slag = self.r.choice(["tante_onkel", "tante_onkel", "sosken"])
        voksen = self.r.uniform(20, 30) if slag == "sosken" else self.r.uniform(26, 48)
        mindrearig, folge = self._ankomst(
            dag, self._opphav("asyl"), [("hoved", self.r.uniform(10, 17.5), ""), ("folgeperson", voksen, "")], em=(0,)
        )  # fmt: skip
        folge.skjer(dag, "slektskap", til_duf=mindrearig.duf, slag=slag, folgeperson=True)
        self._bor(dag)
        self._verge(mindrearig, dag)
        self._soknad(dag)

    def _overforing(self, dag: date) -> None:
        """A flight of families from one country, each a case, with the permit before they come."""
        opphav = self._opphav("overforing")
        for _ in range(self.r.randint(2, 6)):
            for person in self._ankomst(dag, opphav, self._medlemmer(), slag="overforing"):
                vedtatt = dag - timedelta(self.r.randint(30, 150))
                til = _aar(dag, 5).isoformat()
                person.skjer(dag, "tillatelse", grunnlag="overforing", vedtatt=vedtatt.isoformat(), til=til)

    def _kollektiv(self, dag: date) -> None:
        """Temporary protection under § 34: a quick permit for a year, most of them renewed. Half live privately from the first day."""
        medlemmer = self.r.choice([[("hoved", self.r.triangular(18, 75, 35), "kvinne" if self.r.random() < 0.6 else "")],
                                   self._voksne(2), self._medlemmer(), self._medlemmer()])  # fmt: skip
        flokk = self._ankomst(dag, self._opphav("kollektiv"), medlemmer)
        if self.r.random() < 0.55:
            self._bor(dag)
        vedtak = dag + timedelta(self.r.randint(3, 40))
        til = vedtak + timedelta(self.r.choice([90, 365, 365, 365]))
        fornyes = self.r.random() < 0.8
        for person in flokk:
            person.skjer(
                vedtak, "tillatelse", grunnlag="kollektiv", vedtatt=vedtak.isoformat(), til=til.isoformat()
            )
            if fornyes:
                person.skjer(til, "tillatelse", grunnlag="kollektiv", vedtatt=(til - timedelta(14)).isoformat(),
                             til=(til + timedelta(365)).isoformat())  # fmt: skip
        self._livet(flokk, dag)

    def _familieinnvandrer(self, dag: date) -> None:
        medlemmer = self._voksne(1) if self.r.random() < 0.6 else self._medlemmer()
        kom = dag - timedelta(self.r.randint(400, 2500))
        sammen = kom - timedelta(self.r.randint(100, 3000)) if self.r.random() < 0.7 else None
        familie: dict[str, Any] = {
            "referanse_kom": kom.isoformat(),
            "levde_sammen_fra": sammen.isoformat() if sammen else "",
        }
        for person in self._ankomst(dag, self._opphav("asyl"), medlemmer, slag="familie", **familie):
            person.skjer(
                dag, "tillatelse", grunnlag="familie", vedtatt=dag.isoformat(), til=_aar(dag, 3).isoformat()
            )

    def _privat(self, dag: date) -> None:
        """Moves out of the centre, and will apply to be settled with public help."""
        flokk = self._ankomst(dag, self._opphav("asyl"), self._voksne(self.r.randint(1, 2)))
        self._bor(dag)
        ut = dag + timedelta(self.r.randint(60, 150))
        for person in flokk:
            person.skjer(ut, "utflytting")
        self._soknad(dag)

    # -- what happens to them -------------------------------------------------------------------------------------------

    def _ankomst(self, dag: date, opphav: dict[str, Any], medlemmer: Sequence[tuple[str, float, str]], *, slag: str = "asyl",
                 em: Sequence[int] = (), **mer: Any) -> list[_Person]:  # fmt: skip
        """`medlemmer`: role, age in years, sex (empty: either)."""
        self.sak += 1
        spraak = self.r.choice(opphav["spraak"])
        tolk = spraak[0] if self.r.random() < 0.8 else ""
        etternavn = self._etternavn(opphav["kultur"])
        flokk = []
        for nr, (rolle, alder, kjonn) in enumerate(medlemmer):
            kjonn = kjonn or self.r.choice(["kvinne", "mann"])
            duf = lag_syntetisk_duf(dag.year, (self.fro % 10 * 100_000 + self.antall) % 1_000_000)
            self.antall += 1
            fodt = dag - timedelta(max(1, int(alder * 365.25)))
            person = _Person(duf, fodt, kjonn, self._navn(opphav["kultur"], kjonn, etternavn), rolle)
            numre = []
            if self.r.random() < 0.85:
                numre.append({"slag": "dnr", "nummer": self._dnummer(fodt)})
            data: dict[str, Any] = {
                "sak": f"SIM-{self.fra.year}-{self.fro}-{self.sak}", "rolle": rolle, "navn": person.navn, "fodt": fodt.isoformat(),
                "kjonn": kjonn, "statsborgerskap": opphav["land"], "spraak": spraak, "tolkespraak": tolk, "slag": slag, "numre": numre,
                "enslig_mindrearig": nr in em,
            } | mer  # fmt: skip
            person.skjer(dag, "ankomst", **data)
            if (
                self.r.random() < 0.01
            ):  # the name is written otherwise later: the same arrival with a newer number
                rettet = [
                    n | {"fornavn": n["fornavn"] + "a"} if n["skrift"] == "Latn" else n for n in person.navn
                ]
                person.skjer(dag + timedelta(self.r.randint(5, 60)), "ankomst", **(data | {"navn": rettet}))
            if nr in em and self.r.random() < 0.06:  # found to be grown up
                person.skjer(
                    dag + timedelta(self.r.randint(30, 120)), "aldersretting", fodt=_aar(fodt, -4).isoformat()
                )
            elif self.r.random() < 0.008:
                person.skjer(
                    dag + timedelta(self.r.randint(10, 120)),
                    "aldersretting",
                    fodt=(fodt - timedelta(200)).isoformat(),
                )
            if self.antall % 61 == 0:  # gets a case of her own, as when parents part
                egen = data | {"sak": f"{data['sak']}-B", "rolle": "hoved"}
                person.skjer(dag + timedelta(45), "ankomst", **egen)
            if self.antall % 97 == 0:
                person.skjer(dag, "skjerming", grad="fortrolig")
            flokk.append(person)
        self._i_slekt(flokk, dag)
        self.flokk += flokk
        return flokk

    def _i_slekt(self, flokk: Sequence[_Person], dag: date) -> None:
        voksne = [p for p in flokk if p.rolle in ("hoved", "ektefelle")]
        if len(voksne) == 2:
            voksne[0].skjer(dag, "slektskap", til_duf=voksne[1].duf, slag="ektefelle")
        for barn in (p for p in flokk if p.rolle == "barn"):
            for voksen in voksne:
                voksen.skjer(dag, "slektskap", til_duf=barn.duf, slag="forelder")

    def _bor(self, dag: date, type_: str = "") -> None:
        """Arrival centre, transit, then an ordinary one, and perhaps another; minors go straight to theirs."""
        veier = [
            (0, self.sentre.get("ankomst")),
            (self.r.randint(2, 9), self.sentre.get("transitt")),
            (self.r.randint(15, 60), self.vanlige),
        ]
        if self.r.random() < 0.15:
            veier.append((self.r.randint(90, 250), self.vanlige))
        if type_:
            veier = [(0, self.sentre[type_])]
        for etter, sentre in veier:
            if sentre:
                mottak = self.r.choice(sentre)
                for person in self.flokk:
                    person.skjer(dag + timedelta(etter), "plassering", mottak=mottak)

    def _soknad(self, dag: date) -> None:
        """The outcome of the application, the same for the whole household."""
        utfall, vekter = zip(*self.tall["utfall"].items(), strict=True)
        slag = self.r.choices(utfall, vekter)[0]
        vedtak = dag + timedelta(self.r.randint(45, 240))
        til = _aar(vedtak, self.r.choice([1, 3, 5]))
        for person in self.flokk:
            if slag in ("avslag", "trukket"):
                ut = vedtak + timedelta(self.r.randint(10, 60))
                person.skjer(ut, "utgang", grunn="utreist" if slag == "avslag" else "trukket")
                person.ute = (ut, date.max)
                if self.sak % 5 == 0:  # and is back at a centre after some time
                    person.ute = (ut, ut + timedelta(40))
                    person.skjer(person.ute[1], "plassering", mottak=self.vanlige[0])
            else:
                person.skjer(
                    vedtak, "tillatelse", grunnlag=slag, vedtatt=vedtak.isoformat(), til=til.isoformat()
                )
        if slag == "flyktning" and self.r.random() < 0.03:
            for person in self.flokk:
                person.skjer(vedtak + timedelta(self.r.randint(20, 90)), "tilbakekall")
        self._livet(self.flokk, dag)

    def _livet(self, flokk: Sequence[_Person], dag: date) -> None:
        for person in flokk:
            if self.r.random() < 0.003:
                person.skjer(dag + timedelta(self.r.randint(10, 300)), "utgang", grunn="dod")

    def _verge(self, person: _Person, dag: date) -> None:
        """Most minors get a guardian; a few wait, and some get another one."""
        if self.r.random() < 0.08:
            return
        for etter in (self.r.randint(2, 25), self.r.randint(100, 200))[: 2 if self.r.random() < 0.1 else 1]:
            navn = self.r.choice(self.navn["verge"])
            person.skjer(
                dag + timedelta(etter),
                "vergemaal",
                navn=navn,
                telefon="00 00 00 00",
                epost="verge@demo.invalid",
            )

    # -- who they are ---------------------------------------------------------------------------------------------------

    def _voksne(self, antall: int) -> list[tuple[str, float, str]]:
        forste = self.r.triangular(18, 65, 30)
        if antall == 1:
            return [("hoved", forste, "")]
        return [("hoved", forste, "mann"), ("ektefelle", max(18, forste - self.r.uniform(-4, 8)), "kvinne")]

    def _medlemmer(self) -> list[tuple[str, float, str]]:
        """One or two parents and their children."""
        mor = self.r.triangular(21, 50, 33)
        voksne = (
            [("hoved", mor, "kvinne")]
            if self.r.random() < 0.4
            else [("hoved", mor + self.r.uniform(-2, 9), "mann"), ("ektefelle", mor, "kvinne")]
        )
        eldst = min(17.9, mor - 18.5)
        barn = self.r.choices([1, 2, 3, 4, 5], [32, 34, 19, 10, 5])[0]
        return voksne + [("barn", self.r.uniform(0.1, max(0.5, eldst)), "") for _ in range(barn)]

    def _opphav(self, hva: str) -> dict[str, Any]:
        valg = self.tall[hva]
        return dict(self.r.choices(valg, [ett["vekt"] for ett in valg])[0])

    def _etternavn(self, kultur: str) -> tuple[str, str]:
        k = self.navn[kultur]
        if k.get("far"):
            return _del(self.r.choice(k["mann"]))
        for_, etter = _del(self.r.choice(k["forledd"])), _del(self.r.choice(k["etterledd"]))
        return for_[0] + etter[0], for_[1] + etter[1]

    def _navn(self, kultur: str, kjonn: str, etternavn: tuple[str, str]) -> list[dict[str, str]]:
        k = self.navn[kultur]
        fornavn = _del(self.r.choice(k[kjonn]))
        ut = [{"skrift": "Latn", "fornavn": fornavn[0], "etternavn": etternavn[0]}]
        if k["skrift"] != "Latn":
            ut.append({"skrift": k["skrift"], "fornavn": fornavn[1], "etternavn": etternavn[1]})
        return ut

    def _dnummer(self, fodt: date) -> str:
        nr = self._nummer_per_dag[fodt] + (self.fro - 1) % 10 * 40
        self._nummer_per_dag[fodt] += 1
        return lag_syntetisk_fnr(fodt, nr, d_nummer=True)


def _del(ord_: str) -> tuple[str, str]:
    latinsk, _, eget = ord_.partition("|")
    return latinsk, eget


def _aar(dag: date, antall: int) -> date:
    return date(dag.year + antall, dag.month, min(dag.day, 28) if dag.month == 2 else dag.day)
