"""What the demonstration's centres have written: most plans of minors are finished, some begun, some empty; and culture orientation."""

from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from typing import Any

from django.db.models import QuerySet

from bosett.aktor.kontekst import Aktor, som, system
from bosett.grunn.klokke import i_dag
from bosett.kartlegging.models import Emplan, Kulturokt
from bosett.kartlegging.rules.emplan import mal
from bosett.kartlegging.services import iktp, kultur
from bosett.kartlegging.services.iktp import Stand, Tiltak
from bosett.kartlegging.services.kultur import LOP
from bosett.person.models import Husholdning, Person

PORSJON = 20
_SVAR = {
    "familie": "DEMO: Har en onkel i Norge. Foreldrene er i hjemlandet.",
    "skole": "DEMO: Har gått sju år på skole, og går nå i innføringsklasse.",
    "omsorg": "DEMO: Trenger en voksen som følger opp hver dag.",
    "onsker": "DEMO: «Jeg vil bo nær onkelen min og spille fotball.»",
    "maal": "DEMO: Videregående skole, og egen hybel når hun eller han er gammel nok.",
    "hverdagen": "DEMO: Trives, og har fått venner.",
    "bolig": "DEMO: I fosterhjem, gjerne nær slekt.",
}
_TILTAK = (
    Tiltak(None, "DEMO: Begynne på skole", "Skolen", None, "i_gang"),
    Tiltak(None, "DEMO: Ta kontakt med onkelen", "Mottaket"),
)
_OKTER = ((20, "6"), (19, "6"), (18, "8"))
"""Days before the arrival, hours."""


def fyll() -> None:
    """Once after the persons are there: what has been written on is left alone. Nothing is drawn: each key decides for itself."""
    for porsjon in _porsjoner(Emplan.objects.filter(tilstand="apen", versjoner__lagringer=0)):
        with som(system("demo")) as aktor:
            for plan in Emplan.objects.filter(pk__in=porsjon).select_related("person").order_by("pk"):
                _plan(aktor, plan)
    uten = Husholdning.objects.filter(lop=LOP, avsluttet=None).exclude(
        pk__in=Kulturokt.objects.values("husholdning")
    )
    for porsjon in _porsjoner(uten):
        with som(system("demo")) as aktor:
            for h in Husholdning.objects.filter(pk__in=porsjon).select_related("subjekt").order_by("pk"):
                _kurs(aktor, h)


def _porsjoner(rader: "QuerySet[Any]") -> Iterator[list[int]]:
    with som(system("demo")):
        ider = sorted(rader.values_list("pk", flat=True))
    for fra in range(0, len(ider), PORSJON):
        yield ider[fra : fra + PORSJON]


def _plan(aktor: Aktor, plan: Emplan) -> None:
    """Of ten, eight are finished, one is begun, one is empty; of twenty-three, one guardian disagrees."""
    if plan.pk % 10 == 0:
        return
    felter = {felt.kode for felt in mal(f"{plan.slag}_1").felter}
    svar = {kode: tekst for kode, tekst in _SVAR.items() if kode in felter}
    if plan.pk % 10 == 1:
        del svar["onsker"]
    iktp.skriv(aktor=aktor, plan=plan.uuid, svar=svar, tiltak=_TILTAK, stand=Stand(1, 0))
    if plan.pk % 23 == 0:
        iktp.meld_uenighet(
            aktor=aktor, plan=plan.uuid, dag=i_dag(), verge="DEMO Verge", ordlyd="DEMO: Bør bo i en annen kommune."
        )  # fmt: skip
    if plan.pk % 10 > 1:
        iktp.gjor_ferdig(aktor=aktor, plan=plan.uuid, stand=Stand(1, 1))


def _kurs(aktor: Aktor, h: Husholdning) -> None:
    """The whole course, but in one household of seven the last one of the members missed the last session."""
    personer = list(
        Person.objects.filter(husholdning=h, samme_som=None, ute=None, dod=None).order_by("fodt", "pk")
    )
    for nr, (for_, timer) in enumerate(_OKTER):
        borte = personer[-1] if h.pk % 7 == 0 and nr == len(_OKTER) - 1 else None
        kultur.registrer_okt(
            aktor=aktor, husholdning=h.subjekt.uuid, dag=h.apnet - timedelta(for_), timer=Decimal(timer), spraak="ara",
            arrangor="DEMO IOM", oppmote={p.uuid: "ikke_mott" if p is borte else "mott" for p in personer},
        )  # fmt: skip
    kultur.sett_ankomst(
        aktor=aktor, husholdning=h.subjekt.uuid, lagringer=0, planlagt=h.apnet, flyplass="DEMO lufthavn",
        moter="DEMO kommune", ankommet=h.apnet,
    )  # fmt: skip
