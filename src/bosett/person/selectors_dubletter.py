"""Reads of persons that may be registered twice. Only for those who decide; the list holds no name."""

from dataclasses import dataclass
from typing import Any
from uuid import UUID

from django.db.models import Q, QuerySet

from bosett.aktor.kontekst import Aktor
from bosett.grunn.feil import FinnesIkke
from bosett.grunn.handling import Omfang, lesning
from bosett.person.models import Dublett, Navn, Nummer, Person, Relasjon, Verge
from bosett.person.models_dubletter import Sammenslaaing
from bosett.person.models_mottak import Mottaksopphold
from bosett.person.models_opphold import Opphold
from bosett.person.querysets import synlige_rader
from bosett.tilgang.policy import krev

_KODE = "person.dubletter"
_DUBLETTER = lesning(_KODE, "se personer som kan være registrert to ganger", {"imdi_radgiver": Omfang.NASJONAL})  # fmt: skip


@dataclass(frozen=True)
class Kort:
    """One of the two, with what is known now."""

    person: Person
    navn: tuple[Navn, ...]
    numre: tuple[Nummer, ...]
    tillatelser: tuple[Opphold, ...]
    bosteder: tuple[Mottaksopphold, ...]
    """Empty for one whose address is protected (`rules.skjerming`)."""
    slekt: tuple[Relasjon, ...]
    verger: tuple[Verge, ...]


@_DUBLETTER
def dubletter(aktor: Aktor) -> QuerySet[Dublett]:
    """The pairs, open and decided; not those where one has meanwhile been merged with a third."""
    krev(aktor, _KODE)
    hele = ~Q(status=Dublett.Status.APEN) | Q(en__samme_som=None, annen__samme_som=None)
    return _synlige(aktor).filter(hele)


@_DUBLETTER
def dublett(aktor: Aktor, nokkel: UUID) -> Dublett:
    """Raises `FinnesIkke`, also when the actor may not see both."""
    krev(aktor, _KODE)
    par = _synlige(aktor).select_related("avgjort_av").filter(uuid=nokkel).first()
    if par is None:
        raise FinnesIkke(kode="DUBLETT-FINNES-IKKE", hva="Paret finnes ikke.")
    return par


@_DUBLETTER
def kort(aktor: Aktor, par: Dublett) -> tuple[Kort, Kort]:
    """The two beside each other: everything that is compared."""
    krev(aktor, _KODE)
    to = (par.en_id, par.annen_id)

    def av(modell: Any, *mer: str) -> dict[int, tuple[Any, ...]]:
        rader = modell.objects.kjent().filter(person__in=to).select_related(*mer).order_by("fra", "pk")
        return {pk: tuple(rad for rad in rader if rad.person_id == pk) for pk in to}

    navn, numre, tillatelser, bor = av(Navn), av(Nummer), av(Opphold), av(Mottaksopphold, "mottak__organisasjon")  # fmt: skip
    slekt, verger = av(Relasjon, "til_person"), av(Verge)
    en, annen = (
        Kort(
            p, navn[p.pk], numre[p.pk], tillatelser[p.pk],
            () if p.skjermet else bor[p.pk], slekt[p.pk], verger[p.pk],
        )
        for p in (par.en, par.annen)
    )  # fmt: skip
    return en, annen


@_DUBLETTER
def sammenslaaing(aktor: Aktor, nokkel: UUID) -> Sammenslaaing:
    """Raises `FinnesIkke`, also when the actor may not see both."""
    krev(aktor, _KODE)
    denne = (
        Sammenslaaing.objects.filter(uuid=nokkel, dublett__in=_synlige(aktor))
        .select_related(
            "beholdt__husholdning__subjekt", "borte__husholdning__subjekt", "av", "opphevet_av", "dublett"
        )
        .first()
    )
    if denne is None:
        raise FinnesIkke(kode="SAMMENSLAAING-FINNES-IKKE", hva="Sammenslåingen finnes ikke.")
    return denne


@_DUBLETTER
def sammenslaainger(aktor: Aktor, par: Dublett) -> QuerySet[Sammenslaaing]:
    """What has been done with the pair before, the last one first."""
    krev(aktor, _KODE)
    return par.sammenslaainger.order_by("-tid")


def _synlige(aktor: Aktor) -> QuerySet[Dublett]:
    par = Dublett.objects.select_related("en__husholdning__subjekt", "annen__husholdning__subjekt")
    if aktor.alle_personer:
        return par
    return par.filter(en__in=synlige_rader(aktor), annen__in=synlige_rader(aktor))
