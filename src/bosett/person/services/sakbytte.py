"""UDI gives a person another case: she moves from one household to another, and what the newest message says stands.

`Medlem` holds where she has been. A message that is told later takes back what was told before it of the same day and later days,
so that the last row is always the newest message's, whatever order they came in.
"""

from bosett.grunn.feil import Konflikt
from bosett.person import hendelser as h
from bosett.person import states
from bosett.person.models import Husholdning, Medlem, Person, Privatsoknad, Selvbosetting
from bosett.person.models_opphold import Lop
from bosett.person.services.arbeid import Arbeid


def saken(arbeid: Arbeid, person: Person, e: h.Ankomst) -> Husholdning:
    """The household the arrival names, new when nobody has named it before. Changes nothing of the person.

    Raises `Konflikt` when she has been registered twice: an undo of the merge would not know where to put whom.
    """
    naavaerende, nevnt = person.husholdning, arbeid.sak.get(e.sak)
    if nevnt is None and not naavaerende.udi_sak:  # it came by an application
        naavaerende.udi_sak, arbeid.sak[e.sak] = e.sak, naavaerende
        return naavaerende
    rad = arbeid.raden(e.duf)
    if nevnt is not None and nevnt.pk in (naavaerende.pk, rad.husholdning_id):
        return naavaerende
    if rad is not person or arbeid.er_slaatt_sammen(person):
        if e.nr < rad.meldt.get("ankomst", -1):
            return naavaerende
        raise Konflikt(
            kode="PERSON-SAK", hva="Meldingen gir personen en annen sak, men personen er slått sammen med en annen.",
            regel="Den som er slått sammen med en annen, blir ikke flyttet mellom saker av en melding.",
            gjor="Opphev sammenslåingen og prøv meldingen igjen, eller forkast den.",
        )  # fmt: skip
    return nevnt or arbeid.ny_husholdning(sak=e.sak, fra=e.gjelder)


def meld_inn(arbeid: Arbeid, person: Person, husholdning: Husholdning, e: h.Ankomst) -> None:
    """She belongs to the household from the day of the message, unless something told later says otherwise."""
    arbeid.ror(husholdning)
    husholdning.apnet = min(husholdning.apnet, e.gjelder)  # the messages of a family may come in any order
    rader = arbeid.rader[Medlem, person]
    if any(rad.fra <= e.gjelder and e.nr < rad.kilde_nr for rad in rader):
        return
    for rad in [rad for rad in rader if e.gjelder < rad.fra and rad.kilde_nr < e.nr]:
        rader.remove(rad)
        arbeid.lukk(rad)
        arbeid.ror(arbeid.husholdninger[rad.husholdning_id])
    felt = {"husholdning_id": husholdning.pk, "rolle": e.rolle}
    arbeid.faktum(Medlem, person, felt, fra=e.gjelder, nr=e.nr)
    hjem = arbeid.husholdninger[rader[-1].husholdning_id]
    if hjem is not person.husholdning:
        _flytt(arbeid, person, hjem)


def _flytt(arbeid: Arbeid, person: Person, til: Husholdning) -> None:
    fra = person.husholdning
    arbeid.medlemmer[fra].remove(person)
    arbeid.medlemmer[til].append(person)
    person.husholdning = til
    arbeid.endre(person)
    arbeid.byttet_sak |= {fra, til}
    arbeid.spor(fra, states.BYTT_SAK, person=str(person.uuid), retning="ut")
    arbeid.spor(til, states.BYTT_SAK, person=str(person.uuid), retning="inn")
    if not arbeid.medlemmer[fra]:
        _ta_med(arbeid, fra, til)


def _ta_med(arbeid: Arbeid, fra: Husholdning, til: Husholdning) -> None:
    """The last one takes with her what the household applied for, and what IMDi decided on it."""
    if sokt := arbeid.soknader.pop(fra.pk, None):
        Privatsoknad.objects.filter(husholdning=fra).update(husholdning=til)
        arbeid.har_sokt(til.pk, sokt)
    Selvbosetting.objects.filter(husholdning=fra).update(husholdning=til)
    arbeid.selvbosatt |= {(til.pk, kode, dag) for pk, kode, dag in arbeid.selvbosatt if pk == fra.pk}
    for lop in arbeid.lopene[fra]:
        if (
            lop.hendelse in states.EGNE
        ):  # with no day of its own: it opens if it stands (`services.utledning`)
            ny = Lop(husholdning=til, slag=lop.slag, fra=lop.fra, til=lop.fra, hendelse=lop.hendelse,
                     registrert_av_id=lop.registrert_av_id)  # fmt: skip
            arbeid.lopene[til].append(arbeid.ny(ny))
