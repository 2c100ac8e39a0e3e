"""Reads of households and persons, and who may make them. What comes out is only what is shared with the actor's organisation."""

import re
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from django.db.models import F, Q, QuerySet

from bosett.aktor.kontekst import Aktor
from bosett.aktor.oppslag import eneste
from bosett.grunn.feil import FinnesIkke
from bosett.grunn.handling import Omfang, lesning
from bosett.person import kopi as kopi
from bosett.person import selectors_dubletter as selectors_dubletter
from bosett.person import selectors_mottak as selectors_mottak
from bosett.person import selectors_personvern as selectors_personvern
from bosett.person import selectors_tavler as selectors_tavler
from bosett.person import selectors_ventetid as selectors_ventetid
from bosett.person import selectors_venting as selectors_venting
from bosett.person.models import (
    Husholdning,
    Lop,
    Medlem,
    Mottaksopphold,
    Navn,
    Nummer,
    Opphold,
    Person,
    Relasjon,
    Selvbosetting,
    Sokeord,
    Verge,
)
from bosett.person.querysets import med_navn, skjermede, synlige_husholdninger, synlige_personer
from bosett.person.rules.navn import lydlikt, ordene
from bosett.tilgang.policy import krev
from bosett.tilgang.services import logg_innsyn

_LES = lesning(
    "person.se",
    "se husholdninger og personer som er delt med egen organisasjon",
    {
        "imdi_radgiver": Omfang.NASJONAL,
        "imdi_godkjenner": Omfang.NASJONAL,
        "bufetat_saksbehandler": Omfang.EGEN,
        "bosettingskonsulent": Omfang.EGEN,
        "bosetter_skriv": Omfang.EGEN,
        "bosetter_les": Omfang.EGEN,
    },
)
FLEST_TREFF = 200
"""Persons a search by name looks at: somebody with a name that more have is found by more of it, or by number."""
_SAK = re.compile(r"h\s*(\d{1,12})", re.IGNORECASE)


@_LES
def husholdninger(aktor: Aktor) -> QuerySet[Husholdning]:
    """Those that are not ended."""
    krev(aktor, "person.se")
    return med_navn(synlige_husholdninger(aktor).filter(avsluttet=None))


@_LES
def finn(aktor: Aktor, sok: str) -> tuple[QuerySet[Husholdning], bool]:
    """Those a case number, an identity number or a name belongs to, open ones first; and whether the name has more than we looked at."""
    krev(aktor, "person.se")
    treff, flere = _treff(aktor, sok.strip())
    funnet = synlige_husholdninger(aktor).filter(pk__in=treff)
    return med_navn(funnet).order_by(F("avsluttet").desc(nulls_first=True), "pk"), flere


def _treff(aktor: Aktor, sok: str) -> tuple[set[int], bool]:
    """Ids of the households a search names, and whether there are more. A word finds names that begin with it, or that sound like it.

    The persons are found first, by indexes alone, and then looked up: asked for in one, row security makes the database guess so
    wrongly that it reads a million rows.
    """
    if treff := _SAK.fullmatch(sok):
        return {int(treff[1])}, False
    siffer = re.sub(r"[\s-]", "", sok)
    synlige, flere = synlige_personer(aktor), False
    if siffer.isascii() and siffer.isdigit() and len(siffer) in (11, 12):
        funnet = set(Nummer.objects.filter(nummer=siffer).values_list("person_id", flat=True))
    else:
        funnet = _heter(sok)
        flere = len(funnet) >= FLEST_TREFF
        synlige = synlige.exclude(husholdning__in=skjermede().values("husholdning"))
    return set(synlige.filter(pk__in=funnet).values_list("husholdning_id", flat=True)), flere


def _heter(sok: str) -> set[int]:
    """Ids of persons whose names have all the words, at most `FLEST_TREFF`, those registered first."""
    treff = []
    for ett in sorted(ordene(sok), key=len, reverse=True)[:4]:
        ord_ = Q(ord__gte=ett, ord__lt=ett + "\uffff")
        if len(lyd := lydlikt(ett)) > 1:  # one sound alone is in too many names
            ord_ |= Q(ord=f"*{lyd}")
        treff.append(Sokeord.objects.filter(ord_).values_list("person_id", flat=True))
    if not treff:
        return set()
    alle = treff[0].intersection(*treff[1:]) if treff[1:] else treff[0].distinct()
    return set(alle.order_by("person_id")[:FLEST_TREFF])


@dataclass(frozen=True)
class Personbilde:
    """One member with the facts of a moment: what is true on the day, as it was known then."""

    person: Person
    navn: list[Navn]
    numre: list[Nummer]
    opphold: list[Opphold]
    bor: list[Mottaksopphold]
    relasjoner: list[Relasjon]
    verge: Verge | None
    medlem: list[Medlem]


@_LES
def husholdning(aktor: Aktor, uuid: UUID) -> Husholdning:
    """Raises `FinnesIkke`, the same for one that is not there and one the actor may not see (R250)."""
    krev(aktor, "person.se")
    funnet = eneste(synlige_husholdninger(aktor).select_related("subjekt").filter(subjekt__uuid=uuid))
    if funnet is None:
        raise FinnesIkke(
            kode="PERSON-FINNES-IKKE", hva="Siden finnes ikke, eller du har ikke tilgang til den."
        )
    return funnet


@_LES
def personene(aktor: Aktor, h: Husholdning, kjent: datetime | None = None) -> list[Personbilde]:
    """Everybody in the household, the main person first, with all their facts as known at a moment (without one: now)."""
    krev(aktor, "person.se")
    i_saken = Q(husholdning=h)
    if kjent is not None:  # those we knew of then, also when they have another case now
        i_saken = Q(pk__in=Medlem.objects.kjent(kjent).filter(husholdning=h).values("person"))
    personer = list(synlige_personer(aktor).filter(i_saken).order_by("fodt"))
    rekke = list(Medlem.Rolle.values)
    personer.sort(key=lambda p: (rekke.index(p.rolle) if p.rolle in rekke else 99, p.fodt))
    per: dict[type, dict[int, list[Any]]] = {}
    modell: Any
    for modell, med in (
        (Navn, ()), (Nummer, ()), (Opphold, ()), (Mottaksopphold, ("mottak__organisasjon",)), (Relasjon, ("til_person",)), (Verge, ()), (Medlem, ()),
    ):  # fmt: skip
        rader = modell.objects.kjent(kjent).filter(person__in=personer).order_by("-fra", "-pk")
        for rad in rader.select_related(*med) if med else rader:
            per.setdefault(modell, {}).setdefault(rad.person_id, []).append(rad)

    def av(modell: type, p: Person) -> list[Any]:
        return per.get(modell, {}).get(p.pk, [])

    return [
        Personbilde(
            person=p, navn=av(Navn, p), numre=av(Nummer, p), opphold=av(Opphold, p), bor=av(Mottaksopphold, p),
            relasjoner=av(Relasjon, p), verge=next(iter(av(Verge, p)), None), medlem=av(Medlem, p),
        )
        for p in personer
    ]  # fmt: skip


@_LES
def flyttede(aktor: Aktor, h: Husholdning) -> list[Person]:
    """Those who have been in the household and have another case now, as far as the actor sees it. Nobody whose address is protected."""
    krev(aktor, "person.se")
    vaert = Medlem.objects.kjent().filter(husholdning=h).values("person")
    andre = synlige_personer(aktor).filter(pk__in=vaert, adressesperre="").exclude(husholdning=h)
    return list(andre.select_related("husholdning__subjekt").order_by("fodt", "pk"))


@_LES
def lopene(aktor: Aktor, h: Husholdning) -> list[Lop]:
    krev(aktor, "person.se")
    return list(h.lopene.order_by("-fra", "-pk"))


@_LES
def selvbosettinger(aktor: Aktor, h: Husholdning) -> list[Selvbosetting]:
    """What is registered of homes they have found themselves, newest first, those taken back too."""
    krev(aktor, "person.se")
    rader = h.selvbosettinger.select_related("registrert_av", "trukket_av")
    return list(rader.order_by("-registrert", "-pk"))


@_LES
def selvbosetting(aktor: Aktor, uuid: UUID) -> Selvbosetting:
    """One that has not been taken back. Raises `FinnesIkke`, the same for one the actor may not see."""
    krev(aktor, "person.se")
    rader = Selvbosetting.objects.filter(trukket=None, husholdning__in=synlige_husholdninger(aktor))
    funnet = eneste(rader.filter(uuid=uuid).select_related("husholdning__subjekt"))
    if funnet is None:
        raise FinnesIkke(
            kode="SELVBOSETTING-FINNES-IKKE", hva="Siden finnes ikke, eller du har ikke tilgang til den."
        )
    return funnet


@_LES
def logg_liste(aktor: Aktor, antall: int, utvalg: str) -> None:
    """One line in the read-log for a list that was shown: how many, and which filter (never a name or a number)."""
    krev(aktor, "person.se")
    logg_innsyn(aktor=aktor, lesning="person.liste", antall=max(antall, 1), utvalg=utvalg)
