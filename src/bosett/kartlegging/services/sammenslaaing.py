"""When two persons are made one, what has been told goes with them; where both have answered, the one who stands keeps her answer."""

from typing import Any

from bosett.kartlegging.models import Intervju, Kartlegging, Kartleggingssvar
from bosett.person.models import Person
from bosett.person.services.sammenslaaing import FLYTTES, LENKER


def meld() -> None:
    """Tell the room of persons which tables move with a person. Called when the application starts; repeating it changes nothing."""
    for modell, flyttes in (
        (Kartlegging, _kartlegginger),
        (Kartleggingssvar, _svar),
        (Intervju, _samtaler),
    ):
        slag = modell.__name__.lower()
        LENKER[slag], FLYTTES[slag] = (modell, "person"), flyttes


def _kartlegginger(rader: Any, beholdt: Person) -> Any:
    return rader.none() if Kartlegging.objects.filter(person=beholdt).exists() else rader


def _svar(rader: Any, beholdt: Person) -> Any:
    """Field by field, with the history of each."""
    return rader.exclude(felt__in=Kartleggingssvar.objects.filter(person=beholdt).values("felt"))


def _samtaler(rader: Any, beholdt: Person) -> Any:
    return rader.exclude(side__in=Intervju.objects.filter(person=beholdt).values("side"))
