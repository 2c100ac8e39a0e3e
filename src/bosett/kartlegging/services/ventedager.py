"""What the room tells the wait-day ledger: the day the centre's mapping of a household was done (R179)."""

from collections import defaultdict
from collections.abc import Collection
from datetime import date

from bosett.grunn.klokke import OSLO
from bosett.kartlegging.models import Kartlegging
from bosett.kartlegging.rules.ferdig import Medlem, ferdig
from bosett.person.models import Emgrunnlag, Person
from bosett.person.models import Medlem as Medlemskap
from bosett.person.querysets import Blant
from bosett.person.rules.ventedager import Hendelse
from bosett.person.rules.venting import KARTLAGT

_HUSHOLDNING = "person__husholdning_id"
SIST = 99
"""After what else happened that day: who came to a centre and was mapped the same day is mapped."""


def kartlagte(ider: Collection[int]) -> dict[int, list[Hendelse]]:
    """Household → the event, for those that are mapped. An unaccompanied minor is mapped by her plan or report, too."""
    kartlagt: dict[int, date] = {}
    med: set[int] = set()
    forste = Kartlegging.objects.filter(Blant(_HUSHOLDNING, ider), fullfort_forst__isnull=False)
    planer = Emgrunnlag.objects.kjent().filter(Blant(_HUSHOLDNING, ider))
    dager = [
        *((pk, husholdning, tid.astimezone(OSLO).date()) for pk, husholdning, tid in forste.values_list("person_id", _HUSHOLDNING, "fullfort_forst") if tid),
        *planer.values_list("person_id", _HUSHOLDNING, "fra"),
    ]  # fmt: skip
    for pk, husholdning, dag in dager:
        kartlagt[pk] = min(dag, kartlagt.get(pk, dag))
        med.add(husholdning)
    if not med:
        return {}
    personer = list(
        Person.objects.filter(Blant("husholdning_id", med), samme_som=None).values_list(
            "pk", "husholdning_id", "ute", "dod"
        )
    )
    medlemskap = Medlemskap.objects.kjent().filter(Blant("person_id", [rad[0] for rad in personer]))
    hjemme: dict[int, date] = {}
    for pk, dag in medlemskap.values_list("person_id", "fra"):
        hjemme[pk] = min(dag, hjemme.get(pk, dag))
    medlemmer: dict[int, list[Medlem]] = defaultdict(list)
    for pk, husholdning, ute, dod in personer:
        ut = min((dag for dag in (ute, dod) if dag is not None), default=None)
        medlemmer[husholdning].append(Medlem(hjemme.get(pk, date.min), ut, kartlagt.get(pk)))
    svar = ((pk, ferdig(alle)) for pk, alle in medlemmer.items())
    return {pk: [Hendelse(dag, SIST, KARTLAGT)] for pk, dag in svar if dag is not None}
