"""What the room hangs on the room of persons: which rows go with a household that is left empty when two persons are made one, and
which wishes go when a person is deleted."""

from functools import partial
from typing import Any

from django.db.models import QuerySet

from bosett.bolig.models import Boligkobling, Boligperiode
from bosett.bolig.services.innmeldingssvar import slett_onsker_om
from bosett.person.services.sammenslaaing import SAKSLENKER
from bosett.person.sletteplan import ved_sletting


def heng_paa() -> None:
    """Called when the application starts; repeating it changes nothing."""
    for modell in (
        Boligperiode,
        Boligkobling,
    ):  # the days first: with the link moved, the other household has a home
        SAKSLENKER[modell.__name__.lower()] = partial(_som_flytter, modell)
    if slett_onsker_om not in ved_sletting:
        ved_sletting.append(slett_onsker_om)


def _som_flytter(modell: type[Any], tomt: int, hjem: int) -> "QuerySet[Any]":
    """All of them; none when the household that stands has a home itself: somebody must choose between the two."""
    rader: QuerySet[Any] = modell.objects.filter(husholdning=tomt)
    return (
        rader.none()
        if Boligkobling.objects.filter(husholdning=hjem, tilstand="reservert").exists()
        else rader
    )
