"""What people write down to remember in a case, for themselves or for their colleagues, and the reminder when a deadline is over."""

from datetime import date, timedelta
from uuid import UUID

from django.db import transaction

from bosett.aktor.kontekst import Aktor
from bosett.grunn.feil import Ugyldig
from bosett.grunn.handling import Handling
from bosett.grunn.klokke import i_dag, naa
from bosett.oppgave import selectors
from bosett.oppgave.models import Oppgave
from bosett.oppgave.selectors import EGEN
from bosett.oppgave.states import FLYTT_FRIST, FULLFOR, GJENAPNE, MINN, OPPRETT_EGEN
from bosett.spor.services import Innslag, registrer, registrer_mange
from bosett.tilgang.models import Subjekt
from bosett.tilgang.policy import krev
from bosett.tilgang.saken import tilhorighet_i
from bosett.tilgang.services import laas, laas_mange

MAKS_TEKST = 160
LENGST = 2 * 366
"""Days ahead a date may lie."""


@transaction.atomic
def opprett(
    *, aktor: Aktor, subjekt_id: int, tekst: str, frist: date | None, bare_meg: bool, nokkel: UUID
) -> Oppgave:
    """Write down something to do in the case. `nokkel` is the form's own: sent twice, it is one task.

    Raises `FinnesIkke` for a case that is not the actor's, `Ugyldig` for the text or the day.
    """
    laas(subjekt_id=subjekt_id)
    denne = tilhorighet_i(aktor, OPPRETT_EGEN.kode, subjekt_id)
    finnes = Oppgave.objects.filter(subjekt_id=subjekt_id, slag=EGEN, nokkel=str(nokkel)).first()
    if finnes is not None:
        return finnes
    ord_ = tekst.strip()
    if not ord_ or len(ord_) > MAKS_TEKST:
        raise Ugyldig(
            kode="OPPGAVE-TEKST",
            hva="Oppgaven er for lang." if ord_ else "Det mangler hva som skal gjøres.",
            regel="En oppgave kan være på 160 tegn.",
            gjor="Kort ned teksten." if ord_ else "Skriv hva som skal gjøres.",
        )
    _krev_frist(frist)
    subjekt = Subjekt.objects.get(pk=subjekt_id)
    ny = Oppgave.objects.create(
        subjekt=subjekt, organisasjon_id=denne.organisasjon_id, roller=[denne.rolle], bruker_id=aktor.bruker_id if bare_meg else None,
        slag=EGEN, nokkel=str(nokkel), gjelder=ord_, sti=f"/husholdninger/{subjekt.uuid}/oppgaver/", frist=frist,
    )  # fmt: skip
    _spor(aktor, OPPRETT_EGEN, ny, frist=str(frist or ""))
    return ny


@transaction.atomic
def fullfor(*, aktor: Aktor, oppgave: UUID) -> Oppgave:
    """It is done. Repeating it changes nothing. Raises `FinnesIkke` for one that is not the actor's."""
    denne = _laast(aktor, oppgave, FULLFOR)
    if denne.ferdig is None:
        denne.ferdig, denne.ferdig_av_id = naa(), aktor.bruker_id
        denne.save(update_fields=["ferdig", "ferdig_av"])
        _spor(aktor, FULLFOR, denne)
    return denne


@transaction.atomic
def gjenapne(*, aktor: Aktor, oppgave: UUID) -> Oppgave:
    """It was not done after all. Repeating it changes nothing."""
    denne = _laast(aktor, oppgave, GJENAPNE)
    if denne.ferdig is not None:
        denne.ferdig, denne.ferdig_av = None, None
        denne.save(update_fields=["ferdig", "ferdig_av"])
        _spor(aktor, GJENAPNE, denne)
    return denne


@transaction.atomic
def flytt(*, aktor: Aktor, oppgave: UUID, frist: date) -> Oppgave:
    """Another date. A reminder of the old one is gone. Raises `Ugyldig` for a day that is over or too far ahead."""
    denne = _laast(aktor, oppgave, FLYTT_FRIST)
    _krev_frist(frist)
    if denne.frist != frist:
        denne.frist, denne.minnet = frist, None
        denne.save(update_fields=["frist", "minnet"])
        _spor(aktor, FLYTT_FRIST, denne, frist=str(frist))
    return denne


@transaction.atomic
def minn(*, aktor: Aktor, antall: int = 500) -> int:
    """Remind of the open tasks in cases of persons whose deadline is over, each once per deadline. Gives how many; 0: none is left.

    The reminder is a notice on the home page of those who have the task, and a line in the case's ledger.
    """
    krev(aktor, MINN.kode)
    dag = i_dag()
    over = Oppgave.objects.filter(ferdig=None, minnet=None, frist__lt=dag, subjekt__slag="husholdning")
    ider = dict(over.order_by("frist", "pk").values_list("pk", "subjekt_id")[:antall])
    laas_mange(subjekt_ider=ider.values())
    rader = list(over.filter(pk__in=ider).order_by("pk"))  # what was done while we waited is not reminded of
    Oppgave.objects.filter(pk__in=[rad.pk for rad in rader]).update(minnet=dag)
    registrer_mange(
        aktor=aktor,
        handling=MINN.kode,
        innslag=[Innslag(rad.subjekt_id, {"oppgave": str(rad.uuid), "slag": rad.slag}) for rad in rader],
    )
    return len(rader)


def _laast(aktor: Aktor, uuid: UUID, handling: Handling) -> Oppgave:
    funnet = selectors.egen(aktor, uuid)
    laas(subjekt_id=funnet.subjekt_id)
    krev(aktor, handling.kode, funnet.organisasjon)
    return selectors.egen(aktor, uuid)


def _krev_frist(frist: date | None) -> None:
    if frist is not None and not i_dag() <= frist <= i_dag() + timedelta(days=LENGST):
        raise Ugyldig(
            kode="OPPGAVE-FRIST",
            hva="Fristen må være i dag eller senere, og høyst to år fram.",
            gjor="Velg en annen dato.",
        )


def _spor(aktor: Aktor, handling: Handling, denne: Oppgave, **data: str) -> None:
    registrer(
        aktor=aktor, handling=handling.kode, subjekt_id=denne.subjekt_id, organisasjon=denne.organisasjon,
        data={"oppgave": str(denne.uuid), **data},
    )  # fmt: skip
