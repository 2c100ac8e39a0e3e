"""The only writers of subjects, shares and the read-log."""

from collections.abc import Callable, Iterable
from datetime import datetime
from typing import TypeVar

from bosett.aktor.kontekst import Aktor
from bosett.aktor.models import Organisasjon
from bosett.grunn.klokke import naa
from bosett.tilgang.models import Deling, Innsyn, Subjekt

Rad = TypeVar("Rad")


def nytt_subjekt(*, slag: str) -> Subjekt:
    return Subjekt.objects.create(slag=slag)


def laas(*, subjekt_id: int) -> Subjekt:
    """Take the row lock under which a subject's acts happen one at a time."""
    return Subjekt.objects.select_for_update().get(pk=subjekt_id)


def laas_rad(finn: Callable[[], Rad], sak: str = "subjekt_id") -> Rad:
    """A row under the lock of its case; when the row has gone to another case while we waited (a merge), under that one's.

    `finn` reads the row, and raises when it is not (or no longer) the actor's; `sak` is the row's key of the case.
    """
    rad = finn()
    while True:
        laas(subjekt_id=getattr(rad, sak))
        for_, rad = rad, finn()
        if getattr(rad, sak) == getattr(for_, sak):
            return rad


def laas_mange(*, subjekt_ider: Iterable[int]) -> set[int]:
    """Lock many subjects, always in the order of their ids, so that two batches never wait for each other.

    Gives the ids that were there to be locked.
    """
    rader = Subjekt.objects.select_for_update().filter(pk__in=list(subjekt_ider)).order_by("pk")
    return set(rader.values_list("pk", flat=True))


def del_subjekt(
    *, subjekt_id: int, organisasjon: Organisasjon, grad: str, hvorfor: str, fra: datetime | None = None
) -> None:
    """Let an organisation see a subject from now on. Repeating it changes nothing."""
    del_mange(delinger=[(subjekt_id, organisasjon)], grad=grad, hvorfor=hvorfor, fra=fra)


def del_mange(
    *,
    delinger: Iterable[tuple[int, Organisasjon]],
    grad: str,
    hvorfor: str,
    fra: datetime | None = None,
) -> None:
    """Let organisations see subjects (by id) from now on, in one statement. Repeating it changes nothing."""
    tid = fra or naa()
    nye = [
        Deling(subjekt_id=pk, organisasjon=organisasjon, grad=grad, fra=tid, hvorfor=hvorfor)
        for pk, organisasjon in delinger
    ]
    Deling.objects.bulk_create(nye, ignore_conflicts=True)  # the constraint deling_en_apen decides


def avslutt_delinger(*, delinger: Iterable[Deling]) -> None:
    """From now on the organisations see the subjects no longer. The rows stay, and say who saw what when."""
    tid = naa()
    ider = [deling.pk for deling in delinger]
    Deling.objects.filter(pk__in=ider, til=None, fra__lt=tid).update(til=tid)


def logg_innsyn(
    *,
    aktor: Aktor,
    lesning: str,
    subjekt_id: int | None = None,
    antall: int = 1,
    utvalg: str = "",
    grunn: str = "",
) -> None:
    """One line in the read-log: who looked, when, at what kind of thing, how many, and why. Nothing of what was read."""
    if aktor.bruker_id is not None:
        Innsyn.objects.create(
            bruker_id=aktor.bruker_id,
            lesning=lesning,
            subjekt_id=subjekt_id,
            antall=antall,
            utvalg=utvalg[:300],
            grunn=grunn,
        )
