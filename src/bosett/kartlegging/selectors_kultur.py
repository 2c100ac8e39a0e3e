"""Reads of culture orientation and arrival."""

from collections import defaultdict
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from django.db.models import Prefetch

from bosett.aktor.kontekst import Aktor
from bosett.grunn.feil import FinnesIkke
from bosett.grunn.handling import lesning
from bosett.grunn.klokke import i_dag
from bosett.kartlegging.models_kultur import Kulturokt, Kulturoppmote, Overforingsankomst
from bosett.kartlegging.rules.kultur import Timetall, timetall
from bosett.kartlegging.services.kultur import LOP
from bosett.person.models import Husholdning, Person
from bosett.person.querysets import synlige_personer
from bosett.person.selectors_personvern import LESERE, sak
from bosett.tilgang.policy import krev

_LES = lesning("kartlegging.kultur", "se kulturorientering og ankomst for overføringsflyktninger", LESERE)


@dataclass(frozen=True)
class Kulturbilde:
    """The log of one household. `okter`: the newest first, those struck out too; `timer`: every member with her hours."""

    husholdning: Husholdning
    gjelder: bool
    """The household comes by resettlement."""
    okter: list[Kulturokt]
    timer: list[tuple[Person, Timetall]]
    ankomst: Overforingsankomst

    @property
    def varsel(self) -> list[tuple[Person, Timetall]]:
        """Those who came with fewer hours than the course has (R087); empty before the arrival."""
        return [ett for ett in self.timer if ett[1].mangler] if self.ankomst.ankommet else []


@_LES
def bilde(aktor: Aktor, h: Husholdning) -> Kulturbilde:
    krev(aktor, "kartlegging.kultur")
    oppmoter = Kulturoppmote.objects.select_related("person").order_by("person__fodt", "person_id")
    okter = Kulturokt.objects.filter(husholdning=h).select_related("registrert_av", "strokt_av")
    alle = list(okter.prefetch_related(Prefetch("oppmoter", oppmoter)).order_by("-dag", "-pk"))
    per: dict[int, list[tuple[Decimal, str]]] = defaultdict(list)
    for okt in alle:
        for ett in okt.oppmoter.all() if okt.strokt is None else ():
            per[ett.person_id].append((okt.timer, ett.oppmote))
    ankomst = Overforingsankomst.objects.select_related("lagret_av").filter(pk=h.pk).first()
    dag = (ankomst.ankommet if ankomst else None) or i_dag()
    personer = synlige_personer(aktor).filter(husholdning=h, ute=None, dod=None).order_by("fodt", "pk")
    return Kulturbilde(
        husholdning=h,
        gjelder=h.lop == LOP or bool(alle) or ankomst is not None,
        okter=alle,
        timer=[(p, timetall(per[p.pk], dag)) for p in personer],
        ankomst=ankomst or Overforingsankomst(husholdning=h),
    )


@_LES
def varsel(aktor: Aktor, h: Husholdning) -> list[tuple[Person, Timetall]]:
    """For the page of the case: who came with too few hours. One look when nobody has come."""
    krev(aktor, "kartlegging.kultur")
    if not Overforingsankomst.objects.filter(pk=h.pk).exclude(ankommet=None).exists():
        return []
    return bilde(aktor, h).varsel


@_LES
def sak_til_okt(aktor: Aktor, okt: UUID) -> Husholdning:
    """The household of a session. Raises `FinnesIkke`."""
    krev(aktor, "kartlegging.kultur")
    uuid = Kulturokt.objects.filter(uuid=okt).values_list("husholdning__subjekt__uuid", flat=True).first()
    if uuid is None:
        raise FinnesIkke(kode="KULTUR-UKJENT", hva="Økten finnes ikke, eller du har ikke tilgang til den.")
    return sak(aktor, uuid)
