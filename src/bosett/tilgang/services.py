"""The only writers of subjects, shares and the read-log."""

from collections.abc import Iterable
from datetime import datetime

from bosett.aktor.kontekst import Aktor
from bosett.aktor.models import Organisasjon
from bosett.grunn.klokke import naa
from bosett.tilgang.models import Deling, Innsyn, Subjekt


def nytt_subjekt(*, slag: str) -> Subjekt:
    return Subjekt.objects.create(slag=slag)


def laas(*, subjekt_id: int) -> Subjekt:
    """Take the row lock under which a subject's acts happen one at a time."""
    return Subjekt.objects.select_for_update().get(pk=subjekt_id)


def laas_mange(*, subjekt_ider: Iterable[int]) -> None:
    """Lock many subjects, always in the order of their ids, so that two batches never wait for each other."""
    list(
        Subjekt.objects.select_for_update().filter(pk__in=list(subjekt_ider)).order_by("pk").values_list("pk")
    )


def del_subjekt(
    *, subjekt_id: int, organisasjon: Organisasjon, grad: str, hvorfor: str, fra: datetime | None = None
) -> None:
    """Let an organisation see a subject from now on. Repeating it changes nothing."""
    # The constraint deling_en_apen decides; one statement where get_or_create takes four.
    ny = Deling(
        subjekt_id=subjekt_id, organisasjon=organisasjon, grad=grad, fra=fra or naa(), hvorfor=hvorfor
    )
    Deling.objects.bulk_create([ny], ignore_conflicts=True)


def logg_innsyn(
    *, aktor: Aktor, lesning: str, subjekt_id: int | None = None, antall: int = 1, utvalg: str = ""
) -> None:
    """One line in the read-log: who looked, when, at what kind of thing, how many. Nothing of what was read."""
    if aktor.bruker_id is not None:
        Innsyn.objects.create(
            bruker_id=aktor.bruker_id,
            lesning=lesning,
            subjekt_id=subjekt_id,
            antall=antall,
            utvalg=utvalg[:300],
        )
