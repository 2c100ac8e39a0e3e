"""Reads of shared buildings."""

from dataclasses import dataclass
from uuid import UUID

from bosett.aktor.kontekst import Aktor
from bosett.bolig.models import Boligprosjekt, Prosjektpartner
from bosett.bolig.querysets import SE
from bosett.bolig.querysets_leie import synlige_prosjekter
from bosett.bolig.rules.prosjekt import til_bosetting
from bosett.bolig.selectors import _SE
from bosett.bolig.services.prosjekter import ukjent
from bosett.tilgang.policy import krev


@dataclass(frozen=True, slots=True)
class Prosjektlinje:
    """`antall` homes in all, of which a household may be settled in `til_bosetting`; `registrert` of them are in Bosett."""

    prosjekt: Boligprosjekt
    antall: int
    til_bosetting: int
    registrert: int
    partnere: list[Prosjektpartner]


def _linje(prosjekt: Boligprosjekt) -> Prosjektlinje:
    partnere = sorted(prosjekt.partnere.all(), key=lambda p: (not p.kan_bosette, p.navn))
    alle, kan = til_bosetting((p.antall, p.kan_bosette) for p in partnere)
    return Prosjektlinje(prosjekt, alle, kan, sum(len(p.boliger.all()) for p in partnere), partnere)


@_SE
def prosjekter(aktor: Aktor) -> list[Prosjektlinje]:
    """By municipality and name."""
    krev(aktor, SE)
    alle = (
        synlige_prosjekter(aktor)
        .select_related("subjekt", "organisasjon")
        .prefetch_related("partnere__boliger__bolig__subjekt")
        .order_by("organisasjon__sorteringsnavn", "navn")
    )
    return [_linje(ett) for ett in alle]


@_SE
def prosjekt(aktor: Aktor, uuid: UUID) -> Prosjektlinje:
    """Raises `FinnesIkke`, the same for one that is not there and one of another municipality."""
    for linje in prosjekter(aktor):
        if linje.prosjekt.subjekt.uuid == uuid:
            return linje
    raise ukjent()
