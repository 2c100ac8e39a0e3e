"""Whom an actor may see. The database's own row security (migration 0002) says the same; this lets it use its indexes."""

from collections.abc import Collection

from django.db.models import (
    BooleanField,
    Case,
    CharField,
    Exists,
    F,
    Func,
    OuterRef,
    Q,
    QuerySet,
    Subquery,
    Value,
    When,
)
from django.db.models.expressions import RawSQL

from bosett.aktor.kontekst import Aktor
from bosett.grunn.klokke import naa
from bosett.person.models import Husholdning, Medlem, Person
from bosett.person.rules.skjerming import GRADER
from bosett.tilgang.models import Deling

PLASS, ANSVAR = "person.plasser", "person.ansvar"
"""Why a household is shared: somebody in it lives at the centre; the authority finds the municipality."""
FULLT = (Deling.Grad.FULL, Deling.Grad.HELSE)


class Blant(Func):
    """A condition: the field is one of these keys. One parameter however many they are; thousands in a list cost more than the rows."""

    template = "%(expressions)s)"
    arg_joiner = " = ANY ("
    output_field = BooleanField()

    def __init__(self, felt: str, ider: Collection[int]) -> None:
        super().__init__(F(felt), RawSQL("%s::bigint[]", [f"{{{','.join(map(str, ider))}}}"]))


def synlige_husholdninger(aktor: Aktor) -> QuerySet[Husholdning]:
    """Those that are shared in full with an organisation of the actor's now; all for those who settle the whole country."""
    if aktor.alle_personer:
        return Husholdning.objects.all()
    return Husholdning.objects.filter(pk__in=_delte(aktor))


def synlige_personer(aktor: Aktor) -> QuerySet[Person]:
    """One row for each human being: who was registered twice is seen once (`Person.samme_som`)."""
    return synlige_rader(aktor).filter(samme_som=None)


def synlige_rader(aktor: Aktor) -> QuerySet[Person]:
    """As `synlige_personer`, with those that have been merged into another."""
    if aktor.alle_personer:
        return Person.objects.all()
    return Person.objects.filter(husholdning__in=_delte(aktor))


def skjermede() -> QuerySet[Person]:
    """Those whose address is protected (`rules.skjerming` says what that hides), whoever asks."""
    return Person.objects.filter(adressesperre__in=GRADER, samme_som=None)


def med_navn(rader: QuerySet[Husholdning]) -> QuerySet[Husholdning]:
    """With `hovednavn`, the applicant's; none when somebody is protected: a child's name leads to its mother."""
    medlemmer = Person.objects.filter(husholdning=OuterRef("pk"), samme_som=None)
    hoved = medlemmer.filter(ute=None, dod=None).order_by(
        Case(When(rolle=Medlem.Rolle.HOVED, then=0), default=1), "fodt", "pk"
    )
    return rader.select_related("subjekt").annotate(
        hovednavn=Case(
            When(Exists(skjermede().filter(husholdning=OuterRef("pk"))), then=Value(None, CharField())),
            default=Subquery(hoved.values("navn")[:1]),
        )
    )


def _delte(aktor: Aktor) -> QuerySet[Deling, int]:
    tid = naa()
    return Deling.objects.filter(
        Q(til=None) | Q(til__gt=tid), organisasjon_id__in=aktor.organisasjoner, grad__in=FULLT, fra__lte=tid
    ).values_list("subjekt_id", flat=True)
