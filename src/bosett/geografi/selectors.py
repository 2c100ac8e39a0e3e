"""Reads of the register. Municipalities, their history and their figures are public; who to call is too."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal

from django.db.models import Q, QuerySet

from bosett.geografi.models import (
    Fylkesversjon,
    Imdiregion,
    Indikatorverdi,
    Kommune,
    Kommuneflagg,
    Kommuneversjon,
    Maalformvedtak,
    Overgang,
    Regionkontakt,
    Regionmedlemskap,
)
from bosett.geografi.rules.bro import Bro, Brobok, Kant, Nummerbruk
from bosett.geografi.rules.maalform import Maalformsvalg, velg_maalform
from bosett.geografi.rules.navn import sokenavn
from bosett.grunn.feil import FinnesIkke
from bosett.grunn.handling import lesning
from bosett.grunn.klokke import i_dag
from bosett.kilder.tall import Kvalitet, Nivaa, Tall, Tilstand

_offentlig = lesning("geografi.register", "se kommuner, fylker, regioner og tall om dem", offentlig=True)


@dataclass(frozen=True, slots=True)
class Etterfolgerkommune:
    """A municipality of today in which an old one lives on. `vekt=None`: the share is not known."""

    kommune_id: int
    versjon: Kommuneversjon
    vekt: Decimal | None
    anslag: bool


@dataclass(frozen=True, slots=True)
class Hendelse:
    """One thing that happened to the municipality, for its history."""

    dato: date
    slag: str
    fra_nummer: str
    fra_navn: str
    til_nummer: str
    til_navn: str


@dataclass(frozen=True, slots=True)
class Kommunetreff:
    """A municipality found. `truffet` is the version the search met, `dagens` the version that holds today (None: it ended).

    `etterfolgere` is where it lives on when it has ended or been divided; `historie` is every version, oldest first.
    """

    kommune: Kommune
    truffet: Kommuneversjon
    dagens: Kommuneversjon | None
    etterfolgere: tuple[Etterfolgerkommune, ...]
    historie: tuple[Kommuneversjon, ...]
    hendelser: tuple[Hendelse, ...]

    @property
    def gammelt(self) -> bool:
        """The search met a number or name that no longer holds."""
        return self.dagens is None or self.truffet.pk != self.dagens.pk


@_offentlig
def kommuner(dato: date | None = None) -> QuerySet[Kommuneversjon]:
    """The municipalities on a date (today), in Norwegian order."""
    return (
        Kommuneversjon.objects.gjelder(dato or i_dag())
        .select_related("kommune", "fylke")
        .order_by("sorteringsnavn", "nummer")
    )


@_offentlig
def fylker(dato: date | None = None) -> QuerySet[Fylkesversjon]:
    """The counties on a date (today), in Norwegian order."""
    return Fylkesversjon.objects.gjelder(dato or i_dag()).select_related("fylke").order_by("sorteringsnavn")


@_offentlig
def versjon(kommune_id: int, dato: date | None = None) -> Kommuneversjon:
    """Number and names of a municipality on a date. Raises FinnesIkke when it did not exist then."""
    dato = dato or i_dag()
    treff = Kommuneversjon.objects.gjelder(dato).filter(kommune_id=kommune_id).first()
    if treff is None:
        raise FinnesIkke(
            kode="KOMMUNE-DATO", hva=f"Kommunen fantes ikke {dato:%d.%m.%Y}", gjor="Velg en annen dato"
        )
    return treff


@_offentlig
def finn_kommune(sok: str, dato: date | None = None) -> list[Kommunetreff]:
    """Find municipalities by number or name, of today or old (R005). Whole names first, then beginnings, then parts.

    An old name or number leads to what became of it on `dato` (today), and keeps its history. Empty list: nothing found.
    """
    dato = dato or i_dag()
    nokkel = sokenavn(sok)
    if not nokkel:
        return []
    rader = list(_treff(nokkel))
    ordnet = sorted(rader, key=lambda v: (_rang(v, nokkel), v.til is not None, v.sorteringsnavn, v.nummer))
    forste: dict[int, Kommuneversjon] = {}
    for v in ordnet:
        forste.setdefault(v.kommune_id, v)
    return _bygg_treff(list(forste.values()), dato)


def _treff(nokkel: str) -> Iterable[Kommuneversjon]:
    alle = Kommuneversjon.objects.select_related("kommune").order_by("pk")
    if nokkel.isdigit():
        return alle.filter(nummer=nokkel.zfill(4)) if len(nokkel) >= 3 else []
    hele = alle.filter(sokenavn__contains=f"|{nokkel}|")
    return (
        hele
        if hele.exists()
        else alle.filter(Q(sokenavn__contains=f"|{nokkel}") | Q(sokenavn__contains=nokkel))[:50]
    )


def _rang(v: Kommuneversjon, nokkel: str) -> int:
    if v.nummer == nokkel.zfill(4) or f"|{nokkel}|" in v.sokenavn:
        return 0
    return 1 if f"|{nokkel}" in v.sokenavn else 2


def _bygg_treff(truffet: list[Kommuneversjon], dato: date) -> list[Kommunetreff]:
    if not truffet:
        return []
    ider = {v.kommune_id for v in truffet}
    bok = brobok()
    broer = {v.kommune_id: bok.bro(v.nummer, _en_dag_i(v, dato), dato) for v in truffet}
    overganger = list(
        Overgang.objects.filter(Q(fra_kommune__in=ider) | Q(til_kommune__in=ider)).order_by("dato", "pk")
    )
    andre = {e.identitet for b in broer.values() for e in b.etterfolgere}
    andre |= {i for o in overganger for i in (o.fra_kommune_id, o.til_kommune_id)}
    versjoner: dict[int, list[Kommuneversjon]] = defaultdict(list)
    for v in Kommuneversjon.objects.filter(kommune__in=ider | andre).order_by("fra"):
        versjoner[v.kommune_id].append(v)
    for liste in versjoner.values():
        liste.sort(key=lambda v: v.fra or date.min)
    navn = {(v.nummer, v.kommune_id): v.navn for liste in versjoner.values() for v in liste}
    ut = []
    for v in truffet:
        egne = versjoner[v.kommune_id]
        dagens = next((x for x in egne if x.periode.inneholder(dato)), None)
        etterfolgere = []
        for e in broer[v.kommune_id].etterfolgere:
            der = next((x for x in versjoner[int(str(e.identitet))] if x.periode.inneholder(dato)), None)
            if der is not None:
                etterfolgere.append(Etterfolgerkommune(der.kommune_id, der, e.vekt, e.anslag))
        hendelser = tuple(
            Hendelse(o.dato, o.slag, o.fra_nummer, navn.get((o.fra_nummer, o.fra_kommune_id), ""),
                     o.til_nummer, navn.get((o.til_nummer, o.til_kommune_id), ""))
            for o in overganger if v.kommune_id in (o.fra_kommune_id, o.til_kommune_id)
        )  # fmt: skip
        ut.append(Kommunetreff(v.kommune, v, dagens, tuple(etterfolgere), tuple(egne), hendelser))
    return ut


def _en_dag_i(v: Kommuneversjon, dato: date) -> date:
    """A day on which the version held, as late as it can be but not after `dato`."""
    if v.til is not None and v.til <= dato:
        return date.fromordinal(v.til.toordinal() - 1)
    return max(dato, v.fra) if v.fra else dato


class Kommunebro(Brobok):
    """The bridge book on the register's identities."""

    def identitet(self, nummer: str, dato: date) -> tuple[int | None, bool]:
        """The municipality that had the number on the date, and whether the number was used outside its period.

        None when the number is unknown, or was not in force and several municipalities have had it.
        """
        bruk = self._etter_nummer.get(nummer, [])
        for b in bruk:
            if (b.fra is None or b.fra <= dato) and (b.til is None or dato < b.til):
                return int(str(b.identitet)), False
        eiere = {b.identitet for b in bruk}
        return (int(str(eiere.pop())), True) if len(eiere) == 1 else (None, False)


@_offentlig
def brobok() -> Kommunebro:
    """All versions and transitions in memory, for bridging a whole table. Identities in it are `Kommune.pk`."""
    return Kommunebro(
        [
            Nummerbruk(*rad)
            for rad in Kommuneversjon.objects.order_by("pk").values_list("nummer", "kommune_id", "fra", "til")
        ],
        [
            Kant(*rad)
            for rad in Overgang.objects.order_by("dato", "pk").values_list(
                "fra_kommune_id", "til_kommune_id", "slag", "dato", "vekt", "anslag"
            )
        ],
    )


@_offentlig
def bro(gammelt_nummer: str, dato: date, til: date | None = None) -> Bro:
    """Where the municipality that used a number on a date lives on (today), with shares. Never guessed: see `Bro.merknad`."""
    return brobok().bro(gammelt_nummer, dato, til or i_dag())


@_offentlig
def maalform(kommune_id: int, dato: date | None = None) -> Maalformsvalg:
    """The form to write to a municipality in, on a date (språklova § 15). Before the first known decision: that one."""
    dato = dato or i_dag()
    rader = list(Maalformvedtak.objects.filter(kommune_id=kommune_id).order_by("fra"))
    vedtak = _gjeldende_form(rader, "vedtak", dato) or next(
        (r.form for r in rader if r.slag == "vedtak"), None
    )
    return velg_maalform(vedtak, _gjeldende_form(rader, "onske", dato))


def _gjeldende_form(rader: list[Maalformvedtak], slag: str, dato: date) -> str | None:
    return next((r.form for r in rader if r.slag == slag and r.periode.inneholder(dato)), None)


@_offentlig
def maalformer(dato: date | None = None) -> dict[int, Maalformsvalg]:
    """The form for every municipality with a known decision or wish, in one query (for 357 letters)."""
    dato = dato or i_dag()
    rader: dict[int, list[Maalformvedtak]] = defaultdict(list)
    for rad in Maalformvedtak.objects.filter(kommune__isnull=False).order_by("fra"):
        rader[rad.kommune_id or 0].append(rad)
    return {
        kommune_id: velg_maalform(
            _gjeldende_form(egne, "vedtak", dato) or next((r.form for r in egne if r.slag == "vedtak"), None),
            _gjeldende_form(egne, "onske", dato),
        )
        for kommune_id, egne in rader.items()
    }


@_offentlig
def regioner(dato: date | None = None) -> QuerySet[Imdiregion]:
    """The IMDi regions that have members on a date, in Norwegian order."""
    medlemskap = Regionmedlemskap.objects.gjelder(dato or i_dag())
    return Imdiregion.objects.filter(pk__in=medlemskap.values("region")).order_by("sorteringsnavn")


@_offentlig
def region_for(kommune_id: int, dato: date | None = None) -> Imdiregion | None:
    """The region of a municipality on a date; None when nobody has entered it."""
    rad = (
        Regionmedlemskap.objects.gjelder(dato or i_dag())
        .filter(kommune_id=kommune_id)
        .select_related("region")
        .first()
    )
    return rad.region if rad else None


@_offentlig
def regioner_for_alle(dato: date | None = None) -> dict[int, Imdiregion]:
    """Municipality → region on a date, in one query."""
    rader = Regionmedlemskap.objects.gjelder(dato or i_dag()).select_related("region")
    return {rad.kommune_id: rad.region for rad in rader}


@_offentlig
def kontakt_for(region_id: int, dato: date | None = None) -> Regionkontakt | None:
    """The team contact and signatory of a region on a date (R003, R004)."""
    return Regionkontakt.objects.gjelder(dato or i_dag()).filter(region_id=region_id).first()


@_offentlig
def med_flagg(slag: str, dato: date | None = None) -> set[int]:
    """The municipalities with a flag on a date: `vertskommune` (R007), `mottakssamarbeid` (R008)."""
    return set(
        Kommuneflagg.objects.gjelder(dato or i_dag()).filter(slag=slag).values_list("kommune_id", flat=True)
    )


@_offentlig
def indikator(kode: str, dato: date | None = None, kjent: datetime | None = None) -> dict[int, Tall]:
    """The newest figure of each municipality that describes `dato` or a day before, as known at `kjent` (now)."""
    rader = (
        Indikatorverdi.objects.kjent(kjent)
        .filter(indikator__kode=kode, referansedato__lte=dato or i_dag())
        .select_related("indikator")
        .order_by("kommune_id", "-referansedato")
        .distinct("kommune_id")
    )
    return {rad.kommune_id: som_tall(rad) for rad in rader}


def som_tall(rad: Indikatorverdi) -> Tall:
    """A stored figure with its story."""
    verdi = rad.verdi if rad.verdi is None or rad.verdi % 1 else int(rad.verdi)
    return Tall(
        verdi, Tilstand(rad.tilstand), rad.indikator.enhet, rad.referansedato, rad.kilde, rad.lisens,
        Kvalitet(rad.kvalitet), Nivaa(rad.nivaa), rad.publisert, rad.trykt,
    )  # fmt: skip
