"""Which homes suit a household, and which households a home: reads for the pages and for the allocation."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import (
    BooleanField,
    Case,
    DateField,
    Exists,
    ExpressionWrapper,
    F,
    Func,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    Value,
    When,
)
from django.db.models.functions import Greatest, Least

from bosett.aktor.kontekst import Aktor
from bosett.bolig.models import Bolig, Boligkobling, Boligperiode, Prosjektbolig
from bosett.bolig.querysets import synlige_boliger
from bosett.bolig.rules.passer import Krav, Passform, Utfall, kravene, passer
from bosett.bolig.services.behov import behov_for, hjemmet, passform
from bosett.grunn.handling import Omfang, lesning
from bosett.grunn.klokke import i_dag
from bosett.person.models import Husholdning
from bosett.person.querysets import skjermede, synlige_husholdninger
from bosett.tilgang.policy import krev

SE = "bolig.passer"
_N, _E = Omfang.NASJONAL, Omfang.EGEN
_SE = lesning(
    SE,
    "se hvilke boliger som passer for en husholdning",
    {"imdi_radgiver": _N, "imdi_godkjenner": _N, "bosetter_skriv": _E, "bosetter_les": _E},
)
VISES = 10
"""Households shown on the page of a home: those who have waited longest."""


@dataclass(frozen=True, slots=True)
class Forslag:
    """One home with its reasons."""

    bolig: Bolig
    ledig_fra: date
    passform: Passform


@_SE
def egnede(aktor: Aktor, h: Husholdning, *, alle: bool = False) -> QuerySet[Bolig]:
    """Homes judged fit that are free now or later, the one that suits the household best first; each with `ledig_fra` and `ledig_til`.

    Those that have too few places, or are known to lack what somebody needs, only with `alle`.

    The database counts the misses by the very list the reasons are made from (`rules.passer.kravene`), so that no home is fetched that
    is not shown. Among equals the one with fewest places over, so that the large homes are left for the large families.
    """
    krev(aktor, SE)
    krav, boliger = kravene(behov_for(aktor, [h])[h.pk], i_dag()), synlige_boliger(aktor)
    if not alle:  # before the days are looked up: most homes fall out here
        for ett in krav:
            if ett.hard and ett.felt in ("plasser", "funksjoner"):
                boliger = boliger.exclude(_mangel(ett)[0])
    hos_andre = Prosjektbolig.objects.filter(bolig=OuterRef("pk"), partner__kan_bosette=False)
    return i_rekke(_ledige(boliger.exclude(Exists(hos_andre)), i_dag()), krav)


@_SE
def forslag(aktor: Aktor, h: Husholdning, boliger: Sequence[Bolig]) -> list[Forslag]:
    """Some of `egnede`, with the reasons."""
    krev(aktor, SE)
    krav = kravene(behov_for(aktor, [h])[h.pk], i_dag())
    return [
        Forslag(b, b.ledig_fra, passer(hjemmet(b, b.ledig_fra, b.ledig_til), krav))  # type: ignore[attr-defined]
        for b in boliger
    ]


@_SE
def hvor_godt(aktor: Aktor, h: Husholdning, b: Bolig) -> Passform:
    """One home for one household, with all reasons."""
    krev(aktor, SE)
    return passform(aktor, h, b)


@_SE
def kobling(aktor: Aktor, h: Husholdning) -> Boligkobling | None:
    """The home that is held for the household, when the actor may see it."""
    krev(aktor, SE)
    rader = Boligkobling.objects.filter(husholdning=h, tilstand="reservert", bolig__in=synlige_boliger(aktor))
    return rader.select_related("bolig__organisasjon", "bolig__subjekt", "omraade").first()


@dataclass(frozen=True, slots=True)
class HvemPasser:
    """Whom a home could be for. `holdt_for` is None when nobody has it, or whoever has it is not for the actor to see."""

    holdt_for: Boligkobling | None
    skjermet: bool
    """It is held for somebody whose address is protected: not said whom."""
    antall: int
    """Households that are ready, have no home, and have room in it."""
    forslag: list[tuple[Husholdning, Passform]]
    """The best of those who have waited longest."""


@_SE
def hvem_passer(aktor: Aktor, b: Bolig) -> HvemPasser:
    """For a municipality only households that are shared with it in full. Nobody whose address is protected is in the list."""
    krev(aktor, SE)
    holdt = Boligkobling.objects.filter(
        bolig=b, tilstand="reservert", husholdning__in=synlige_husholdninger(aktor)
    )
    for_ = holdt.select_related("husholdning__subjekt").order_by("fra").first()
    skjermet = for_ is not None and not aktor.alle_personer and skjermede().filter(husholdning=for_.husholdning_id).exists()  # fmt: skip
    opptatt = Boligkobling.objects.filter(tilstand="reservert", husholdning=OuterRef("pk"))
    klare = synlige_husholdninger(aktor).filter(
        ~Exists(opptatt), ~Exists(skjermede().filter(husholdning=OuterRef("pk"))), avsluttet=None, klar_fra__lte=i_dag(), antall__range=(1, b.plasser)
    )  # fmt: skip
    valgt = list(klare.select_related("subjekt").order_by(F("venter_fra").asc(nulls_last=True), "pk")[:VISES])
    behov = behov_for(aktor, valgt)
    ledig = _ledige(Bolig.objects.filter(pk=b.pk), i_dag(), egnet=False).first()
    hjem = hjemmet(b, ledig.ledig_fra, ledig.ledig_til) if ledig else hjemmet(b, None, None)  # type: ignore[attr-defined]
    par = [(h, passer(hjem, kravene(behov[h.pk], i_dag()))) for h in valgt]
    par.sort(key=lambda ett: ett[1].rekkefolge)
    return HvemPasser(None if skjermet else for_, skjermet, klare.count(), par)


def _ledige(boliger: QuerySet[Bolig], dag: date, *, egnet: bool = True) -> QuerySet[Bolig]:
    """With the first stretch from `dag` on in which each is free."""
    ende = Q(til=None) | Q(til__gt=dag)
    for_ = Boligperiode.objects.filter(ende, bolig=OuterRef("pk"), slag="ledig", fra__lt=OuterRef("perioder__fra"))  # fmt: skip
    rader = boliger.filter(
        Q(perioder__til=None) | Q(perioder__til__gt=dag), ~Exists(for_), perioder__slag="ledig"
    )
    return (rader.filter(tilstand="egnet") if egnet else rader).annotate(
        ledig_fra=Greatest(F("perioder__fra"), Value(dag, DateField())), ledig_til=F("perioder__til")
    )


_FELT: dict[str, Any] = {
    "soverom": Greatest(F("soverom"), Value(1)),
    "ledig_fra": F("ledig_fra"),
    "siste_dag": Least(
        F("leies_til"), Func(F("ledig_til"), template="(%(expressions)s - 1)", output_field=DateField())
    ),
}
"""Fields of `Hjem` that no column holds as they are, as `services.behov.hjemmet` makes them."""


def i_rekke(boliger: QuerySet[Bolig], krav: Sequence[Krav]) -> QuerySet[Bolig]:
    """In the order of `Passform.rekkefolge` (with its three numbers), then with the fewest places over."""
    harde: list[Any] = []
    myke: list[Any] = []
    ukjente: list[Any] = []
    for ett in krav:
        ikke, vet_ikke = _mangel(ett)
        (harde if ett.hard else myke).append(ikke)
        ukjente.append(vet_ikke)
    return (
        boliger.prefetch_related(
            "subjekt", "organisasjon"
        )  # for those that are shown: a join would fetch them for all
        .annotate(harde=_sum(harde), myke=_sum(myke), ukjente=_sum(ukjente))
        .order_by("harde", "myke", "ukjente", "plasser", "pk")
    )


def _mangel(krav: Krav) -> tuple[Any, Any]:
    """When the home does not have it, and when nobody knows."""
    if not krav.felt:
        return None, Q(pk__isnull=False)
    if krav.har:
        mangler = ~Q(**{f"{krav.felt}__contains": [krav.har]})
        return mangler & Q(tilgjengelig_kjent=True), mangler & Q(tilgjengelig_kjent=False)
    verdi = _FELT.get(krav.felt, F(krav.felt))
    if krav.minst is not None:
        ikke = Q(_sammenlign(verdi, "<", krav.minst))
    elif krav.hoyst is not None:
        ikke = Q(_sammenlign(verdi, ">", krav.hoyst))
    else:
        ikke = Q(**{krav.felt: False})
    tom = ExpressionWrapper(Func(verdi, template="(%(expressions)s IS NULL)"), output_field=BooleanField())
    if krav.tomt is Utfall.PASSER_IKKE:
        return Q(tom) | ikke, None
    return ikke, tom if krav.tomt is Utfall.VET_IKKE else None


def _sammenlign(verdi: Any, tegn: str, grense: Any) -> Any:
    return Func(verdi, Value(grense), template="(%(expressions)s)", arg_joiner=f" {tegn} ", output_field=BooleanField())  # fmt: skip


def _sum(mangler: Sequence[Any]) -> Any:
    deler = [
        Case(When(ett, then=Value(1)), default=Value(0), output_field=IntegerField())
        for ett in mangler
        if ett is not None
    ]
    ut: Any = Value(0)
    for del_ in deler:
        ut = ut + del_
    return ExpressionWrapper(ut, output_field=IntegerField())
