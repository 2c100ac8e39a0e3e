"""Reads of published figures. All are public: they run as the database role that can see nothing else."""

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime
from typing import Any
from uuid import UUID

from django.db.models import Exists, OuterRef, QuerySet

from bosett.geografi.models import Fylkesversjon, Kommuneversjon, Overgang
from bosett.geografi.rules.bro import Brobok, Kant, Nummerbruk
from bosett.grunn.handling import lesning
from bosett.grunn.klokke import i_dag
from bosett.kilder.tall import Tilstand
from bosett.statistikk.models import (
    Kontrollsum,
    Publisering,
    Publisertforklaring,
    Publiserttall,
    Publisertvedtak,
)
from bosett.statistikk.rules.register import Fylkeslinje, Kommunelinje, Register
from bosett.statistikk.rules.serie import Del, Punkt, andel_av, forgjengere, serie
from bosett.statistikk.rules.summer import Kontroll, Sum, kontroller, med_trykt, summer
from bosett.statistikk.rules.svar import Svar, Svarlinje
from bosett.statistikk.rules.utvalg import Celle, Rad, Vedtatt

offentlig = lesning("statistikk.tall", "se publiserte tall om anmodning, vedtak og bosetting", offentlig=True)


@dataclass(frozen=True, slots=True)
class Utgave:
    """A publication, as a citation needs it."""

    nr: int
    uuid: UUID
    tid: datetime
    slag: str
    tittel: str
    kilde: str
    lisens: str
    statusdato: date | None
    demo: bool
    avtrykk: str
    erstattet_av: int | None
    opplysninger: dict[str, Any] = field(compare=False)
    """What is the same for the whole publication; of a round `runde`, its audit figures, and `differanse_grunn`."""


@dataclass(frozen=True, slots=True)
class Maalsum:
    """A total with its story. `sum` is what to show; `vaar` and `trykt` are kept for the check."""

    aar: int
    maal: str
    fylkenr: str
    fylke: str
    sum: Sum
    vaar: int
    trykt: int | None
    prikket: int
    referansedato: date
    kvalitet: str
    utgave: int

    @property
    def kontroll(self) -> Kontroll:
        return kontroller(self.vaar, self.sum.skjulte, self.trykt)


@dataclass(frozen=True, slots=True)
class Oversikt:
    """One year at a glance. `summer` by measure for the country, `fylker` by county number and measure."""

    aar: int
    summer: dict[str, Maalsum]
    fylker: dict[str, dict[str, Maalsum]]
    svar: tuple[Svarlinje, ...]
    spurt: int
    utgaver: tuple[Utgave, ...]

    @property
    def fra_bosett(self) -> bool:
        """The year's requests come from a round here: what is not known may still come."""
        return any(u.slag == Publisering.Slag.RUNDE for u in self.utgaver)


@dataclass(frozen=True, slots=True)
class Kommunekort:
    """A municipality of today. `tidligere`: other numbers and names it has had or taken in, newest first."""

    kommune: int
    nummer: str
    navn: str
    offisielle_navn: tuple[str, ...]
    fylkenr: str
    fylke: str
    sorteringsnavn: str
    sokenavn: str


@dataclass(frozen=True, slots=True)
class Hendelse:
    """What happened to the division: a merger, a split, a new number or name."""

    dato: date
    slag: str
    fra_nummer: str
    fra_navn: str
    til_nummer: str
    til_navn: str
    anslag: bool


@dataclass(frozen=True, slots=True)
class Kommuneside:
    kort: Kommunekort
    serie: dict[tuple[int, str], Punkt]
    hendelser: tuple[Hendelse, ...]
    forklart: tuple[tuple[int, int], ...]  # (year, number asked for) of sent rounds


@offentlig
def last_register() -> Register:
    """All versions, counties and transitions in memory, for a whole table or a whole series."""
    versjoner = list(
        Kommuneversjon.objects.order_by("fra", "pk").values_list(
            "kommune_id", "nummer", "navn", "fra", "til", "fylke_id"
        )
    )
    fylker = Fylkesversjon.objects.order_by("fra", "pk").values_list(
        "fylke_id", "nummer", "navn", "fra", "til"
    )
    kanter = Overgang.objects.order_by("dato", "pk").values_list(
        "fra_kommune_id", "til_kommune_id", "slag", "dato", "vekt", "anslag"
    )
    return Register(
        [Kommunelinje(*v) for v in versjoner],
        [Fylkeslinje(*f) for f in fylker],
        Brobok([Nummerbruk(v[1], v[0], v[3], v[4]) for v in versjoner], [Kant(*k) for k in kanter]),
    )


@offentlig
def aar_med_tall() -> list[int]:
    """The years with current figures, newest first."""
    return list(
        Kontrollsum.objects.gjeldende()
        .filter(fylkenr="")
        .order_by("-aar")
        .values_list("aar", flat=True)
        .distinct()
    )


@offentlig
def utgaver(numre: Iterable[int] | None = None) -> list[Utgave]:
    """Publications, newest first; all of them, or those named."""
    utvalg = Publisering.objects.order_by("-pk")
    if numre is not None:
        utvalg = utvalg.filter(pk__in=set(numre))
    return [
        Utgave(
            p.pk,
            p.uuid,
            p.tid,
            p.slag,
            p.tittel,
            p.kilde,
            p.lisens,
            p.statusdato,
            p.demo,
            p.avtrykk,
            p.erstattet_av_id,
            p.opplysninger,
        )
        for p in utvalg
    ]


@offentlig
def maalsummer(
    *,
    aar: int | None = None,
    maal: Iterable[str] | None = None,
    fylkenr: str | None = None,
    utgave: int | None = None,
) -> list[Maalsum]:
    """Totals, oldest year first: of one year or all, one county (`""` is the country) or all."""
    utvalg = Kontrollsum.objects.per_utgave(utgave).order_by("aar", "maal", "fylkenr")
    for felt, verdi in (("aar", aar), ("fylkenr", fylkenr)):
        if verdi is not None:
            utvalg = utvalg.filter(**{felt: verdi})
    if maal is not None:
        utvalg = utvalg.filter(maal__in=list(maal))
    return [som_maalsum(rad) for rad in utvalg]


def som_maalsum(rad: Kontrollsum) -> Maalsum:
    var = Sum(rad.vaar if rad.tall else None, rad.tall, rad.skjulte, rad.mangler, minst=bool(rad.skjulte))
    return Maalsum(
        rad.aar, rad.maal, rad.fylkenr, rad.fylke, med_trykt(var, rad.trykt), rad.vaar, rad.trykt, rad.prikket,
        rad.referansedato, rad.kvalitet, rad.publisering_id,
    )  # fmt: skip


@offentlig
def rader(*, aar: int, utgave: int | None = None, fylkenr: str | None = None) -> list[Rad]:
    """Every municipality of the year with all its figures, in the division of that year, in number order."""
    utvalg = Publiserttall.objects.per_utgave(utgave).filter(aar=aar).order_by("nummer", "maal")
    if fylkenr is not None:
        utvalg = utvalg.filter(fylkenr=fylkenr)
    samlet: dict[str, tuple[tuple[str, str, str, str, int | None], dict[str, Celle]]] = {}
    for nummer, navn, nr, fylke, kommune, maal, verdi, tilstand, kvalitet, prikket, dato in utvalg.values_list(
        "nummer", "vist_navn", "fylkenr", "fylke", "kommune_id", "maal", "verdi", "tilstand", "kvalitet", "prikket",
        "referansedato",
    ):  # fmt: skip
        _, celler = samlet.setdefault(nummer, ((nummer, navn, nr, fylke, kommune), {}))
        celler[maal] = Celle(verdi, Tilstand(tilstand), kvalitet, prikket, dato)
    vedtatt: dict[
        tuple[str, int | None], Vedtatt
    ] = {  # only with its own number: a later table may have another than the decision whose day we know
        (nummer, antall): Vedtatt(dag, sen)
        for nummer, antall, dag, sen in Publisertvedtak.objects.per_utgave(utgave)
        .filter(aar=aar, erstattet__isnull=True)
        .values_list("nummer", "antall", "motedato", "etter_frist")
    }
    return [
        Rad(*hvem, celler, vedtatt.get((nummer, celler["vedtak"].verdi)) if "vedtak" in celler else None)
        for nummer, (hvem, celler) in samlet.items()
    ]


@offentlig
def per_kommune(*, aar: int, maal: str) -> dict[int, tuple[int | None, date | None]]:
    """Municipality → one published figure of the year and the day it describes; None when it is hidden or not known."""
    rader = Publiserttall.objects.per_utgave(None).filter(aar=aar, maal=maal, kommune__isnull=False)
    return {
        k: (v, d) for k, v, d in rader.values_list("kommune_id", "verdi", "referansedato") if k is not None
    }


@offentlig
def oversikt(*, aar: int, utgave: int | None = None, rader: list[Rad]) -> Oversikt:
    """Totals, counties and answers of one year. `rader` are the year's rows, so that the page and its table agree."""
    alle = maalsummer(aar=aar, utgave=utgave)
    fylker: dict[str, dict[str, Maalsum]] = {}
    for sum_ in alle:
        if sum_.fylkenr:
            fylker.setdefault(sum_.fylkenr, {})[sum_.maal] = sum_
    return Oversikt(
        aar,
        {sum_.maal: sum_ for sum_ in alle if not sum_.fylkenr},
        fylker,
        svarlinjer(rader),
        sum(1 for rad in rader if rad.svar is not Svar.IKKE_SPURT and (rad.verdi("anmodning") or 0) > 0),
        tuple(utgaver({sum_.utgave for sum_ in alle})),
    )


def svarlinjer(rader: Iterable[Rad]) -> tuple[Svarlinje, ...]:
    """The answers with how many gave them. A municipality of which neither request nor decision is known gave none."""
    grupper: dict[Svar, list[Rad]] = {}
    for rad in rader:
        if rad.verdi("anmodning") is not None or rad.svar is not Svar.VET_IKKE:
            grupper.setdefault(rad.svar, []).append(rad)
    return tuple(
        Svarlinje(hva, len(grupper[hva]), summer(rad.par("vedtak") for rad in grupper[hva]).verdi)
        for hva in Svar
        if hva in grupper
    )


@offentlig
def kommunekort() -> list[Kommunekort]:
    """The municipalities of today, in Norwegian order."""
    dag = i_dag()
    fylker = {
        fylke: (nr, navn)
        for fylke, nr, navn in Fylkesversjon.objects.gjelder(dag).values_list("fylke_id", "nummer", "navn")
    }
    return [
        Kommunekort(v.kommune_id, v.nummer, v.navn, tuple(v.offisielle_navn), *fylker.get(v.fylke_id or 0, ("", "")),
                    v.sorteringsnavn, v.sokenavn)
        for v in Kommuneversjon.objects.gjelder(dag).order_by("sorteringsnavn", "nummer")
    ]  # fmt: skip


@offentlig
def kommune_med_nummer(nummer: str) -> tuple[Kommunekort | None, list[Kommunekort]]:
    """The municipality of today with this number; or, for a number no longer in use, its successors (R005)."""
    alle = {kort.kommune: kort for kort in kommunekort()}
    for kort in alle.values():
        if kort.nummer == nummer:
            return kort, []
    register = last_register()
    siste = [linje for linje in register.kommuner if linje.nummer == nummer]
    if not siste:
        return None, []
    dag = max((linje.fra or date.min for linje in siste), default=date.min)
    bro = register.brobok.bro(nummer, dag)
    return None, [alle[int(str(e.identitet))] for e in bro.etterfolgere if int(str(e.identitet)) in alle]


@offentlig
def kommuneside(kort: Kommunekort) -> Kommuneside:
    """The series of one municipality of today, made of all that it was before, and what happened to it."""
    register = last_register()
    kilder = {int(str(hvem)) for hvem in forgjengere(register.brobok.kanter, kort.kommune)}
    tall: dict[tuple[int, str], list[Del]] = {}
    for nummer, navn, aar, maal, verdi, tilstand in (
        Publiserttall.objects.gjeldende()
        .filter(kommune_id__in=kilder)
        .order_by("aar", "nummer")
        .values_list("nummer", "vist_navn", "aar", "maal", "verdi", "tilstand")
    ):
        tall.setdefault((aar, maal), []).append(Del(nummer, navn, verdi, Tilstand(tilstand)))
    forklart = _gjeldende_forklaringer().filter(kommune_id=kort.kommune).order_by("-aar")
    return Kommuneside(
        kort,
        serie(tall, andel_av(register.brobok, kort.kommune)),
        tuple(_hendelser(register, kilder)),
        tuple(forklart.values_list("aar", "antall")),
    )


def _gjeldende_forklaringer() -> QuerySet[Publisertforklaring]:
    """Explanations of numbers that still stand: a later table with another number takes the explanation's place away."""
    tall = Publiserttall.objects.gjeldende().filter(
        nummer=OuterRef("nummer"), aar=OuterRef("aar"), maal="anmodning", publisering=OuterRef("publisering")
    )
    return Publisertforklaring.objects.gjeldende().filter(Exists(tall))


def _hendelser(register: Register, kilder: set[int]) -> Iterable[Hendelse]:
    navn: dict[tuple[int, str], str] = {}
    for linje in register.kommuner:
        navn.setdefault((linje.kommune, linje.nummer), linje.navn)
    for o in Overgang.objects.filter(til_kommune_id__in=kilder, fra_kommune_id__in=kilder).order_by(
        "-dato", "fra_nummer"
    ):
        yield Hendelse(
            o.dato, o.slag, o.fra_nummer, navn.get((o.fra_kommune_id, o.fra_nummer), o.fra_nummer), o.til_nummer,
            navn.get((o.til_kommune_id, o.til_nummer), o.til_nummer), o.anslag,
        )  # fmt: skip


@offentlig
def forklaring(
    *, nummer: str, aar: int, utgave: int | None = None
) -> tuple[dict[str, Any], Utgave, dict[str, Any]] | None:
    """«Why this number», as it was when the letters of the round went out: the municipality's own part, the edition, and
    what is the same for the whole round. None when there is none. `erstattet_av` in the edition is a later round of the year."""
    rad = Publisertforklaring.objects.per_utgave(utgave).filter(nummer=nummer, aar=aar).first()
    if rad is None:
        return None
    felles = Publisering.objects.values_list("opplysninger", flat=True).get(pk=rad.publisering_id)
    return rad.innhold, utgaver([rad.publisering_id])[0], felles


@offentlig
def gjeldende_tall(*, nummer: str, aar: int) -> int | None:
    """The number asked for that stands now, from whichever publication."""
    rad = Publiserttall.objects.gjeldende().filter(nummer=nummer, aar=aar, maal="anmodning").first()
    return rad.verdi if rad else None


@offentlig
def demo_i_bruk() -> bool:
    """Are any of the figures that stand now invented?"""
    return Kontrollsum.objects.gjeldende().filter(publisering__demo=True).exists()


@offentlig
def forklarte_aar() -> list[int]:
    """The years with explained numbers, newest first."""
    return list(
        Publisertforklaring.objects.gjeldende().order_by("-aar").values_list("aar", flat=True).distinct()
    )


@offentlig
def navn_paa_nummer(nummer: str) -> str:
    """The last name of a number no longer in use; empty when unknown."""
    rad = Kommuneversjon.objects.filter(nummer=nummer).order_by("-til").values_list("navn", flat=True).first()
    return rad or ""
