"""Reads of mappings: the pages of a case, the boards, and what other rooms use again (competence and wishes)."""

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from bosett.aktor.kontekst import Aktor
from bosett.grunn.feil import FinnesIkke
from bosett.grunn.handling import lesning
from bosett.grunn.klokke import i_dag, naa
from bosett.kartlegging.models import Intervju, Kartlegging, Kartleggingssvar
from bosett.kartlegging.rules.fullstendig import Seksjonstall, Ukjent, tell
from bosett.kartlegging.rules.skjema import Felt, Skjema, gjeldende, skjemaer
from bosett.kartlegging.services.hvem import hovedperson, kan_kartlegge
from bosett.kartlegging.states_kartlegging import LAGRE
from bosett.person.models import Husholdning, Person
from bosett.person.querysets import synlige_personer
from bosett.person.rules.ansvar import alder
from bosett.person.selectors_personvern import LESERE
from bosett.person.services.samtykker import HELSE, har_samtykke
from bosett.tilgang.models import Deling
from bosett.tilgang.policy import krev

_LES = lesning("kartlegging.se", "se kartleggingen av personer som er delt med egen organisasjon", LESERE)


@dataclass(frozen=True, slots=True)
class Bilde:
    """One person's mapping as it is now. `kartlegging` is None before anybody has begun."""

    person: Person
    hoved: bool
    kartlegging: Kartlegging | None
    skjema: Skjema
    svar: Mapping[str, Kartleggingssvar]
    seksjoner: tuple[Seksjonstall, ...]

    @property
    def tilstand(self) -> str:
        return self.kartlegging.tilstand if self.kartlegging else ""

    @property
    def felter(self) -> tuple[Felt, ...]:
        return self.skjema.for_person(alder=alder(self.person.fodt, i_dag()), hoved=self.hoved)

    @property
    def ukjent(self) -> tuple[Ukjent, ...]:
        return tuple(ett for seksjon in self.seksjoner for ett in seksjon.ukjent)

    @property
    def sist_endret(self) -> datetime | None:
        return max((rad.kjent_fra for rad in self.svar.values()), default=None)


@dataclass(frozen=True, slots=True)
class Husholdningstall:
    """How far a household's mapping has come. `prosent` is per section, over everybody who is asked."""

    tilstand: str
    """`` (nobody has begun), `utkast`, `fullfort` (all of them)."""
    prosent: Mapping[str, int]
    ukjent: tuple[tuple[int, Ukjent], ...]
    """(id of the person, what is not known)."""
    sist_endret: datetime | None


@_LES
def bilder(aktor: Aktor, h: Husholdning) -> list[Bilde]:
    """Everybody who is still in the household, the one who answers for it first."""
    krev(aktor, "kartlegging.se")
    return _bilder(aktor, [h.pk], vis_saerlig=True)[h.pk]


@_LES
def person(aktor: Aktor, uuid: UUID) -> Person:
    """Raises `FinnesIkke`, alike for nobody and for somebody who is not shared with the actor."""
    krev(aktor, "kartlegging.se")
    funnet = synlige_personer(aktor).select_related("husholdning__subjekt").filter(uuid=uuid).first()
    if funnet is None:
        raise FinnesIkke(
            kode="PERSON-UKJENT", hva="Personen finnes ikke, eller du har ikke tilgang til saken."
        )
    return funnet


@_LES
def bilde(aktor: Aktor, p: Person) -> Bilde:
    krev(aktor, "kartlegging.se")
    funnet = next((b for b in bilder(aktor, p.husholdning) if b.person.pk == p.pk), None)
    if funnet is None:  # dead, or has left
        raise FinnesIkke(kode="PERSON-UTE", hva="Personen er ikke lenger i husholdningen.")
    return funnet


@_LES
def fullfort(aktor: Aktor, husholdninger: Iterable[int]) -> dict[int, Husholdningstall]:
    """For the boards: per household (id), in three queries for all of them. A household the actor does not see is left out."""
    krev(aktor, "kartlegging.se")
    ut = {}
    for pk, alle in _bilder(aktor, husholdninger, vis_saerlig=False).items():
        tilstander = {b.tilstand for b in alle}
        ut[pk] = Husholdningstall(
            "fullfort" if tilstander == {"fullfort"} else "" if tilstander <= {""} else "utkast",
            _prosent(alle),
            tuple((b.person.pk, u) for b in alle for u in b.ukjent),
            max((b.sist_endret for b in alle if b.sist_endret), default=None),
        )
    return ut


@_LES
def historie(aktor: Aktor, p: Person) -> list[Kartleggingssvar]:
    """Every answer there has been, newest first. What one wrote on one page in one go is one line: its last."""
    krev(aktor, "kartlegging.se")
    ser = _ser_saerlig(aktor, p)
    rader = Kartleggingssvar.objects.filter(person=p).select_related("registrert_av").order_by("pk")
    linjer: dict[tuple[object, ...], Kartleggingssvar] = {}
    for rad in rader:
        if not rad.kategori or rad.felt in ser:
            linjer[rad.felt, rad.registrert_av_id, rad.side or rad.pk] = rad
    return sorted(linjer.values(), key=lambda r: (r.kjent_fra, r.pk), reverse=True)


@_LES
def samtaler(aktor: Aktor, p: Person) -> QuerySet[Intervju]:
    krev(aktor, "kartlegging.se")
    return Intervju.objects.filter(person=p).select_related("konsulent").order_by("-holdt", "-pk")


@_LES
def samtale(aktor: Aktor, uuid: UUID) -> Intervju:
    """Raises `FinnesIkke`."""
    krev(aktor, "kartlegging.se")
    funnet = Intervju.objects.select_related("person").filter(uuid=uuid).first()
    if funnet is None or not synlige_personer(aktor).filter(pk=funnet.person_id).exists():
        raise FinnesIkke(
            kode="SAMTALE-UKJENT", hva="Samtalen finnes ikke, eller du har ikke tilgang til den."
        )
    return funnet


@dataclass(frozen=True, slots=True)
class Kompetanse:
    """What a person can, for the allocation and the plan. Codes as in the form; None and empty: not known."""

    utdanning: str | None
    """Level of NUS2000, 0–8."""
    skolegang: int | None
    """Years."""
    fag: str | None
    papirer: str | None
    godkjenning: str | None
    yrkesgruppe: str | None
    """Major group of ISCO-08."""
    yrke: str | None
    yrkesaar: int | None
    spraak: tuple[tuple[str, str], ...]
    """(ISO 639-3, CEFR or empty)."""
    digitalt: str | None
    forerkort: tuple[str, ...]
    realkompetanse: str | None


@dataclass(frozen=True, slots=True)
class Onsker:
    """What a person wishes: work (ISCO-08 major group), education, place of the household and why, plans. None: not known."""

    arbeid: str | None
    utdanning: str | None
    sted: str | None
    sted_hvorfor: tuple[str, ...]
    fremtid: str | None


@_LES
def kompetanse(aktor: Aktor, p: Person) -> Kompetanse:
    """To be used again, never typed again (R161)."""
    v = _verdier(aktor, p)
    spraak = tuple((ett["spraak"], ett["nivaa"]) for ett in v.get("spraak") or ())
    felt = ("utdanning", "skolegang", "fag", "papirer", "godkjenning", "yrkesgruppe", "yrke", "yrkesaar", "digitalt", "realkompetanse")  # fmt: skip
    return Kompetanse(spraak=spraak, forerkort=tuple(v.get("forerkort") or ()), **{f: v.get(f) for f in felt})


@_LES
def onsker(aktor: Aktor, p: Person) -> Onsker:
    """For the explanation of an allocation, and for the plan (R164)."""
    v = _verdier(aktor, p)
    return Onsker(
        v.get("onske_arbeid"), v.get("onske_utdanning"), v.get("onske_sted"), tuple(v.get("onske_sted_hvorfor") or ()), v.get("fremtid")
    )  # fmt: skip


@_LES
def boligsvar(aktor: Aktor, husholdninger: Iterable[int]) -> dict[int, dict[str, tuple[str, ...]]]:
    """Per household (id): what the children need (`barn`) and what the home and the place must have (`sted`), as codes of the form.

    In one query for all of them. What nobody has answered, or said to be unknown, is not there.
    """
    krev(aktor, "kartlegging.se")
    rader = Kartleggingssvar.objects.kjent().filter(
        person__husholdning__in=list(husholdninger), person__samme_som=None, status="svar", felt__in=("barn", "sted")
    )  # fmt: skip
    ut: dict[int, dict[str, tuple[str, ...]]] = defaultdict(dict)
    for pk, felt, verdi in rader.order_by("pk").values_list("person__husholdning", "felt", "verdi"):
        ut[pk][felt] = tuple(verdi or ())
    return dict(ut)


def _verdier(aktor: Aktor, p: Person) -> dict[str, Any]:
    """Field → value. What is asked once is the household's, whoever answered."""
    krev(aktor, "kartlegging.se")
    felles = [f.navn for s in skjemaer().values() for f in s.felter.values() if f.felles]
    rader = Kartleggingssvar.objects.kjent().filter(status="svar", kategori="")
    rader = rader.filter(
        Q(person=p) | Q(person__husholdning=p.husholdning_id, person__samme_som=None, felt__in=felles)
    )
    return dict(rader.order_by("pk").values_list("felt", "verdi"))


def _prosent(alle: list[Bilde]) -> dict[str, int]:
    av: dict[str, list[int]] = defaultdict(lambda: [0, 0])
    for tall in (tall for b in alle for tall in b.seksjoner):
        av[tall.seksjon][0] += tall.avklart
        av[tall.seksjon][1] += tall.av
    return {kode: 100 * avklart // hele if hele else 100 for kode, (avklart, hele) in av.items()}


def _bilder(aktor: Aktor, husholdninger: Iterable[int], *, vis_saerlig: bool) -> dict[int, list[Bilde]]:
    dag, skjema = i_dag(), gjeldende(i_dag())
    i_husholdning: dict[int, list[Person]] = defaultdict(list)
    personer = synlige_personer(aktor).filter(husholdning__in=list(husholdninger), dod=None, ute=None)
    for p in personer.select_related("husholdning__subjekt").order_by("fodt", "pk"):
        i_husholdning[p.husholdning_id].append(p)
    ider = [p.pk for alle in i_husholdning.values() for p in alle]
    gjeldende_ = Kartlegging.objects.filter(person__in=ider).exclude(tilstand="foreldet")
    kartlegginger = {k.person_id: k for k in gjeldende_.select_related("fullfort_av")}
    svar: dict[int, dict[str, Kartleggingssvar]] = defaultdict(dict)
    rader = Kartleggingssvar.objects.kjent().filter(person__in=ider).select_related("registrert_av")
    for rad in rader if vis_saerlig else rader.filter(kategori=""):
        svar[rad.person_id][rad.felt] = rad
    ut: dict[int, list[Bilde]] = {}
    for pk, alle in i_husholdning.items():
        hoved = hovedperson(alle)
        alle.sort(key=lambda p: p is not hoved)
        ut[pk] = []
        for p in alle:
            mine = svar[p.pk]
            if any(rad.kategori for rad in mine.values()):
                ser = _ser_saerlig(aktor, p)
                mine = {felt: rad for felt, rad in mine.items() if not rad.kategori or felt in ser}
            tall = tell(skjema, {f: r.status for f, r in mine.items()}, alder=alder(p.fodt, dag), hoved=p is hoved)  # fmt: skip
            ut[pk].append(Bilde(p, p is hoved, kartlegginger.get(p.pk), skjema, mine, tall))
    return ut


def _ser_saerlig(aktor: Aktor, p: Person) -> frozenset[str]:
    """The fields of health, religion and ethnic background the actor may see of a person now: those who map her, while she consents to
    its being written down; a municipality sees health alone, with the grade of the share and her consent to that too."""
    felter = {f.navn: f for f in gjeldende(i_dag()).felter.values() if f.saerlig and har_samtykke(p, f.saerlig)}  # fmt: skip
    if aktor.alle_personer or kan_kartlegge(aktor, LAGRE.kode, p):
        return frozenset(felter)
    tid = naa()
    delt = Deling.objects.filter(
        Q(til=None) | Q(til__gt=tid), subjekt=p.husholdning_id, organisasjon__in=aktor.organisasjoner, grad=Deling.Grad.HELSE, fra__lte=tid
    )  # fmt: skip
    return frozenset({"helse"} & felter.keys()) if har_samtykke(p, HELSE) and delt.exists() else frozenset()
