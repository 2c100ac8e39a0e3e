"""What other parts of the room want to be told when a home is held for a household. They put themselves in when the application starts.

All are called inside the act, under the locks of the home and the household; one that raises stops the act. And what the room hangs
on the room of persons: which rows go with a household that is left empty when two persons are made one.
"""

from collections.abc import Callable
from functools import partial
from typing import Any

from django.db.models import QuerySet

from bosett.aktor.kontekst import Aktor
from bosett.bolig.models import Bolig, Boligkobling, Boligperiode
from bosett.person.services.sammenslaaing import SAKSLENKER

for_koblet: list[Callable[[Bolig], None]] = []
"""Raises `Konflikt` for a home that cannot be held for anybody: a student partner's unit, say. The call point of `kan_knyttes`."""
ved_koblet: list[Callable[[Aktor, Boligkobling], None]] = []
ved_losnet: list[Callable[[Aktor, Boligkobling], None]] = []


def heng_paa() -> None:
    """Called when the application starts; repeating it changes nothing."""
    for modell in (
        Boligperiode,
        Boligkobling,
    ):  # the days first: with the link moved, the other household has a home
        SAKSLENKER[modell.__name__.lower()] = partial(_som_flytter, modell)


def _som_flytter(modell: type[Any], tomt: int, hjem: int) -> "QuerySet[Any]":
    """All of them; none when the household that stands has a home itself: somebody must choose between the two."""
    rader: QuerySet[Any] = modell.objects.filter(husholdning=tomt)
    return (
        rader.none()
        if Boligkobling.objects.filter(husholdning=hjem, tilstand="reservert").exists()
        else rader
    )
