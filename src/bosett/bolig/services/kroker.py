"""What the room hangs on the room of persons: which rows go with a household that is left empty when two persons are made one, and
which wishes go when a person is deleted."""

from functools import partial
from typing import Any

from django.db.models import QuerySet

from bosett.bolig.models import Boligkobling, Boligperiode, Framskaffelse, Leiekontrakt
from bosett.bolig.services.innmeldingssvar import slett_onsker_om
from bosett.person.services.sammenslaaing import SAKSLENKER
from bosett.person.sletteplan import ved_sletting


def heng_paa() -> None:
    """Called when the application starts; repeating it changes nothing."""
    SAKSLENKER["framskaffelse"] = _behov_som_flytter
    # The link last: with it moved, the other household has a home.
    for modell in (Leiekontrakt, Boligperiode, Boligkobling):
        SAKSLENKER[modell.__name__.lower()] = partial(_som_flytter, modell)
    if slett_onsker_om not in ved_sletting:
        ved_sletting.append(slett_onsker_om)


def _som_flytter(modell: type[Any], tomt: int, hjem: int) -> "QuerySet[Any]":
    """All of them; none when the household that stands has a home itself: somebody must choose between the two."""
    rader: QuerySet[Any] = modell.objects.filter(husholdning=tomt)
    har = Boligkobling.objects.filter(husholdning=hjem, tilstand="reservert").exists()
    return rader.none() if har else rader


def _behov_som_flytter(tomt: int, hjem: int) -> "QuerySet[Any]":
    """The needs of those municipalities that look for no home for the household that stands."""
    leter = Framskaffelse.objects.filter(husholdning=hjem).exclude(tilstand="avbrutt")
    return Framskaffelse.objects.filter(husholdning=tomt).exclude(
        organisasjon__in=leter.values("organisasjon")
    )
