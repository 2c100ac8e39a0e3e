"""Reconciling the council's number with what is reported, ready and used. What each figure is, stands in `rules.avstemming`."""

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from itertools import chain
from typing import Any

from django.db.models import Count, Exists, OuterRef, Q, QuerySet, Sum

from bosett.aktor.kontekst import Aktor, som_systemet
from bosett.aktor.models import Organisasjon
from bosett.bolig.models import Bolig, Boligperiode, Innmelding, Kapasitetsuke
from bosett.bolig.models_innmelding import APNE
from bosett.bolig.querysets import SE_INNMELDINGER
from bosett.bolig.rules.avstemming import Tall
from bosett.bolig.selectors_innmelding import _SE, kommunene
from bosett.grunn.klokke import i_dag
from bosett.tilgang.policy import krev
from bosett.vedtak.models import Vedtak

GJELDER = (*APNE, "brukt")
"""Reports that count: not withdrawn, and not answered «ikke brukt»."""


@dataclass(frozen=True)
class Avstemt:
    """One municipality in one year."""

    organisasjon: Organisasjon
    aar: int
    tall: Tall


@_SE
def avstem(aktor: Aktor, aar: int, organisasjon: Organisasjon | None = None) -> list[Avstemt]:
    """The year of one municipality, or of every one the actor may see that has any figure but zero, in Norwegian order.

    Raises `Avvist` for another's.
    """
    krev(aktor, SE_INNMELDINGER, organisasjon)
    kommuner = kommunene(aktor)
    if organisasjon is not None:
        kommuner = kommuner.filter(pk=organisasjon.pk)
    liste = list(kommuner)
    # Only sums leave this block: that a home is held for somebody is a figure here, and whom it is held for is not read.
    with som_systemet(SE_INNMELDINGER, etter=aktor):
        tall = _tall(aar, [ett.pk for ett in liste])
    return [Avstemt(ett, aar, tall[ett.pk]) for ett in liste if organisasjon is not None or ett.pk in tall]


def _tall(aar: int, ider: list[int]) -> dict[int, Tall]:
    """By organisation; those with nothing are made when they are asked for."""
    felt: dict[int, dict[str, int]] = defaultdict(dict)
    vedtak = Vedtak.objects.filter(aar=aar, tilstand="registrert", organisasjon__in=ider)
    _legg(felt, "vedtak", vedtak.values_list("organisasjon", "antall"))
    ukene = Q(uke__gte=date.fromisocalendar(aar, 1, 1), uke__lt=date.fromisocalendar(aar + 1, 1, 1))
    plan = Kapasitetsuke.objects.filter(ukene, plan__organisasjon__in=ider)
    _legg(felt, "plan", _per(plan, "plan__organisasjon", Sum("plasser")))
    meldte = Innmelding.objects.filter(organisasjon__in=ider)
    plasser = meldte.filter(ukene, slag="plasser")
    _legg(felt, "plasser", _per(plasser.filter(tilstand__in=GJELDER), "organisasjon", Sum("antall")))
    aarets = meldte.filter(slag="bolig", meldt__year=aar)
    _boliger(felt, aar, ider, aarets)
    nei_boliger = Bolig.objects.filter(
        Exists(aarets.filter(bolig=OuterRef("pk"), tilstand="ikke_brukt"))
    ).exclude(Exists(aarets.filter(bolig=OuterRef("pk"), tilstand__in=GJELDER)))
    nei = chain(
        _per(plasser.filter(tilstand="ikke_brukt"), "organisasjon", Sum("antall")),
        _per(nei_boliger, "organisasjon", Sum("plasser")),
    )
    for pk, antall in nei:
        felt[pk]["ikke_brukt"] = felt[pk].get("ikke_brukt", 0) + (antall or 0)
    ut: dict[int, Tall] = defaultdict(Tall)
    ut.update({pk: Tall(**dette) for pk, dette in felt.items()})
    if aar == i_dag().year:
        for pk in ut:
            ut[pk] = Tall(**({"klare": 0, "klare_umeldte": 0, "ventende": 0} | felt[pk]))
    return ut


def _boliger(
    felt: dict[int, dict[str, int]], aar: int, ider: list[int], aarets: QuerySet[Innmelding]
) -> None:
    """The figures that are counted in homes and their periods."""
    boliger = Bolig.objects.filter(organisasjon__in=ider)
    meldt = boliger.filter(Exists(aarets.filter(bolig=OuterRef("pk"), tilstand__in=GJELDER)))
    _legg(felt, "boliger", _per(meldt, "organisasjon", Count("pk")))
    _legg(felt, "boligplasser", _per(meldt, "organisasjon", Sum("plasser")))
    perioder = Boligperiode.objects.filter(bolig__organisasjon__in=ider).filter(
        Q(til=None) | Q(til__gt=date(aar, 1, 1)), fra__lt=date(aar + 1, 1, 1)
    )
    for slag, navn in (("reservert", "reserverte"), ("bebodd", "bebodde")):
        rader = perioder.filter(slag=slag, husholdning__isnull=False)
        _legg(felt, navn, _per(rader, "bolig__organisasjon", Count("husholdning", distinct=True)))
    if aar != i_dag().year:
        return
    dag = i_dag()
    naa = Boligperiode.objects.filter(Q(til=None) | Q(til__gt=dag), fra__lte=dag, bolig=OuterRef("pk"))
    klar = Q(Exists(naa.filter(slag="ledig")), tilstand="egnet")
    apen = Exists(Innmelding.objects.filter(bolig=OuterRef("pk"), tilstand__in=APNE))
    _legg(felt, "klare", _per(boliger.filter(klar), "organisasjon", Count("pk")))
    _legg(felt, "klare_umeldte", _per(boliger.filter(klar).exclude(apen), "organisasjon", Count("pk")))
    brukt = Exists(naa.filter(slag__in=("reservert", "bebodd")))
    _legg(felt, "ventende", _per(meldt.exclude(klar).exclude(brukt), "organisasjon", Count("pk")))


def _per(rader: QuerySet[Any], kommune: str, hva: Any) -> Iterable[tuple[int, int | None]]:
    return rader.order_by().values(kommune).annotate(n=hva).values_list(kommune, "n")


def _legg(felt: dict[int, dict[str, int]], navn: str, rader: Iterable[tuple[int, int | None]]) -> None:
    for pk, antall in rader:
        if antall is not None:
            felt[pk][navn] = antall
