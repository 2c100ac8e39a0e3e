"""Somebody leaves the chain, and perhaps comes back: out, and how long, follows from all that is told (`rules.fravaer`)."""

from datetime import date

from bosett.person import hendelser as h
from bosett.person import states
from bosett.person.models import Person
from bosett.person.rules.fravaer import Utgang
from bosett.person.services.arbeid import Arbeid
from bosett.person.services.utledning import borte, sett_em


def registrer(arbeid: Arbeid, e: h.Utgang) -> None:
    """Keep the exit beside those that are known: which of them holds depends on what else is told (`oppdater`, after each event)."""
    rad = arbeid.raden(e.duf)
    rad.utganger = sorted(
        {*(ut for ut in rad.utganger if ut.nr != e.nr), Utgang(e.nr, e.gjelder, e.grunn)},
        key=lambda ut: ut.nr,
    )
    arbeid.endre(rad)
    arbeid.ror(arbeid.person_for[e.duf].husholdning)


def oppdater(arbeid: Arbeid, e: h.Hendelse) -> None:
    """Is she out or back, now that this is known? The dead stay dead, whatever is told of them."""
    person, rad = arbeid.person_for[e.duf], arbeid.raden(e.duf)
    fravaer = borte(arbeid, person, rad)
    if not fravaer:
        return
    siste = fravaer[-1]
    ute = None if siste.til else siste.fra
    nytt = (ute, siste.grunn if ute else "", siste.til)
    if nytt == _staar(rad):
        return
    for_ = _staar(person)
    for ett in {person, rad}:
        ett.ute, ett.ute_grunn, ett.tilbake = nytt
        arbeid.endre(ett)
        sett_em(arbeid, ett)
    if nytt != for_ and person.dod is None:
        handling = states.AVSLUTT if ute else states.KOM_TILBAKE
        arbeid.spor(person.husholdning, handling, person=str(person.uuid), grunn=siste.grunn)


def _staar(person: Person) -> tuple[date | None, str, date | None]:
    return person.ute, person.ute_grunn, person.tilbake
