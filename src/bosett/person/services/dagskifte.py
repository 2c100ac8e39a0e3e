"""What changes because a day has come: a permit begins or runs out, somebody moves, a minor turns 18 (or 15, see `rules.ansvar`)."""

from datetime import timedelta

from django.db import transaction
from django.db.models import Q

from bosett.aktor.kontekst import Aktor
from bosett.grunn.frister import legg_til_aar
from bosett.grunn.klokke import i_dag
from bosett.person.models import Mottaksopphold, Opphold, Person, Verge
from bosett.person.services.arbeid import Arbeid
from bosett.person.services.deling import del_etter_opphold
from bosett.person.states import UTLED
from bosett.tilgang.policy import krev

TILBAKE = 7
"""Days that are looked back on, so that nights without a worker lose nothing. To derive again changes nothing."""


def berorte() -> list[int]:
    """Households of which something began or ended within the last days."""
    dag, siden = i_dag(), i_dag() - timedelta(days=TILBAKE)
    naa = Q(fra__gt=siden, fra__lte=dag) | Q(til__gt=siden, til__lte=dag)
    ider: set[int] = set()
    for modell in (Opphold, Mottaksopphold, Verge):
        ider |= set(modell.objects.kjent().filter(naa).values_list("person__husholdning", flat=True))
    for aar in (15, 18):
        fylt = Q(fodt__gt=legg_til_aar(siden, -aar), fodt__lte=legg_til_aar(dag, -aar))
        mindrearige = Person.objects.filter(fylt, enslig_mindrearig=True, samme_som=None)
        ider |= set(mindrearige.values_list("husholdning", flat=True))
    return sorted(ider)


@transaction.atomic
def utled_igjen(*, aktor: Aktor, husholdninger: list[int]) -> None:
    """Readiness, responsibility, shares and tasks of these households as they are today."""
    krev(aktor, UTLED.kode)
    arbeid = Arbeid(aktor, "bosett")
    arbeid.les(husholdninger=husholdninger)
    for h in arbeid.husholdninger.values():
        arbeid.ror(h)
    arbeid.skriv()
    del_etter_opphold(arbeid)
