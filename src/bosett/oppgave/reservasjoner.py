"""Taking a case from a shared queue, keeping it, giving it to a colleague, and putting it back. One at a time in an organisation.

The rooms that have queues decide which cases may be taken (`person.services.koe`); here is only who works with which.
"""

from collections.abc import Collection
from uuid import UUID

from django.db import transaction

from bosett.aktor.kontekst import Aktor
from bosett.aktor.models import Bruker, Organisasjon
from bosett.grunn.feil import Konflikt, Ugyldig
from bosett.grunn.handling import Overgang
from bosett.grunn.klokke import naa
from bosett.oppgave import selectors, states
from bosett.oppgave.models import Reservasjon
from bosett.oppgave.rules.reservasjon import forlenget_til, holdes_til
from bosett.spor.services import registrer
from bosett.tilgang.policy import krev, organisasjoner_for
from bosett.tilgang.services import laas


@transaction.atomic
def reserver(*, aktor: Aktor, subjekt_id: int, organisasjon: Organisasjon, ko: str) -> Reservasjon:
    """Hold the case for the actor until the end of the next working day. Repeating it changes nothing.

    Raises `Konflikt` when a colleague in the organisation holds it.
    """
    krev(aktor, states.RESERVER.kode, organisasjon)
    laas(subjekt_id=subjekt_id)
    har = (
        Reservasjon.objects.gjelder()
        .filter(subjekt_id=subjekt_id, organisasjon=organisasjon)
        .select_related("bruker")
        .first()
    )
    if har is not None and har.bruker_id != aktor.bruker_id:
        raise _annens()
    if har is not None:
        return har
    assert aktor.bruker_id is not None, "a job works on no case"
    tid = naa()
    ny = Reservasjon.objects.create(
        subjekt_id=subjekt_id, bruker_id=aktor.bruker_id, organisasjon=organisasjon, ko=ko, fra=tid, til=holdes_til(tid)
    )  # fmt: skip
    _spor(aktor, states.RESERVER, ny)
    return ny


@transaction.atomic
def forleng(*, aktor: Aktor, subjekt_id: int) -> Reservasjon:
    """Hold the case some working days more, counted from today. Repeating it on the same day changes nothing.

    Raises `Konflikt` when the actor does not hold it (any more).
    """
    egen = _egen(aktor, states.FORLENG, subjekt_id)
    til = forlenget_til(naa())
    if til > egen.til:
        egen.til = til
        egen.save(update_fields=["til"])
        _spor(aktor, states.FORLENG, egen)
    return egen


@transaction.atomic
def flytt(*, aktor: Aktor, subjekt_id: int, til: UUID, merknad: str = "") -> Reservasjon:
    """Give the case to a colleague of the same organisation, who sees it and the note on the home page. Repeating it changes nothing.

    Raises `Ugyldig` for somebody who does not work with the queue there, `Konflikt` when the actor does not hold the case.
    """
    krev(aktor, states.FLYTT.kode)
    laas(subjekt_id=subjekt_id)
    gitt = (
        Reservasjon.objects.gjelder()
        .filter(subjekt_id=subjekt_id, bruker__uuid=til, gitt_av_id=aktor.bruker_id)
        .first()
    )
    if gitt is not None:
        return gitt
    egen = _egen(aktor, states.FLYTT, subjekt_id)
    kollega: Bruker | None = selectors.kolleger(aktor, egen.organisasjon_id).filter(uuid=til).first()
    if kollega is None:
        raise Ugyldig(
            kode="RESERVASJON-KOLLEGA",
            hva="Saken kan ikke gis til den du valgte.",
            regel="En sak kan gis til en kollega i samme enhet som arbeider med køen.",
            gjor="Velg en av kollegene i listen.",
        )
    tid = naa()
    egen.sluppet = tid
    egen.save(update_fields=["sluppet"])
    ny = Reservasjon.objects.create(
        subjekt_id=subjekt_id, bruker=kollega, organisasjon_id=egen.organisasjon_id, ko=egen.ko, fra=tid, til=holdes_til(tid),
        gitt_av_id=aktor.bruker_id, merknad=merknad.strip()[:300],
    )  # fmt: skip
    _spor(aktor, states.FLYTT, ny, {"merknad": ny.merknad} if ny.merknad else None)
    return ny


@transaction.atomic
def slipp(*, aktor: Aktor, subjekt_id: int) -> None:
    """Put the case back in the queue. Repeating it, or letting go of one that has run out, changes nothing.

    Raises `Konflikt` when a colleague holds it.
    """
    krev(aktor, states.SLIPP.kode)
    laas(subjekt_id=subjekt_id)
    aktive = _aktive(aktor, states.SLIPP, subjekt_id)
    egen = next((ett for ett in aktive if ett.bruker_id == aktor.bruker_id), None)
    if egen is None:
        if aktive:
            raise _annens()
        return
    egen.sluppet = naa()
    egen.save(update_fields=["sluppet"])
    _spor(aktor, states.SLIPP, egen)


def flytt_sak(*, fra: int, til: int, ko: str) -> dict[str, list[int]]:
    """The case `fra` is part of `til` now: whoever holds it, holds that one instead, unless it is held already or in another queue.

    Gives the keys of those that ended and those that began. Call under the locks of both, with the system as actor.
    """
    tid, aktive = naa(), list(Reservasjon.objects.gjelder().filter(subjekt=fra))
    Reservasjon.objects.filter(pk__in=[ett.pk for ett in aktive]).update(sluppet=tid)
    holdt = set(Reservasjon.objects.gjelder().filter(subjekt=til).values_list("organisasjon_id", flat=True))
    nye = Reservasjon.objects.bulk_create(
        Reservasjon(
            subjekt_id=til, bruker_id=ett.bruker_id, organisasjon_id=ett.organisasjon_id, ko=ko, fra=tid, til=ett.til,
            gitt_av_id=ett.gitt_av_id, merknad=ett.merknad,
        )
        for ett in aktive
        if ett.ko == ko and ett.organisasjon_id not in holdt
    )  # fmt: skip
    return {"reservasjon_sluppet": [ett.pk for ett in aktive], "reservasjon": [ett.pk for ett in nye]}


def flytt_sak_tilbake(*, sluppet: Collection[int], nye: Collection[int]) -> None:
    """Undo of `flytt_sak`: those it ended hold again when their time is not out, but not what has been let go or given away since."""
    fulgte = Reservasjon.objects.filter(pk__in=nye)
    gitt_slipp = fulgte.exclude(sluppet=None).values("organisasjon")
    Reservasjon.objects.filter(pk__in=sluppet, til__gt=naa()).exclude(organisasjon__in=gitt_slipp).update(
        sluppet=None
    )
    fulgte.filter(sluppet=None).update(sluppet=naa())


def _egen(aktor: Aktor, handling: Overgang, subjekt_id: int) -> Reservasjon:
    """The actor's own reservation of the case, under the lock of the case."""
    krev(aktor, handling.kode)
    laas(subjekt_id=subjekt_id)
    aktive = _aktive(aktor, handling, subjekt_id)
    egen = next((ett for ett in aktive if ett.bruker_id == aktor.bruker_id), None)
    if egen is not None:
        return egen
    if aktive:
        raise _annens()
    raise Konflikt(
        kode="RESERVASJON-UTE",
        hva="Du har ikke reservert saken lenger.",
        regel="En reservasjon slutter av seg selv når tiden er ute.",
        gjor="Reserver saken på nytt.",
    )


def _aktive(aktor: Aktor, handling: Overgang, subjekt_id: int) -> list[Reservasjon]:
    """What holds now in the organisations where the actor has the right."""
    egne = organisasjoner_for(aktor, handling.kode)
    return list(
        Reservasjon.objects.gjelder()
        .filter(subjekt_id=subjekt_id, organisasjon_id__in=egne)
        .select_related("organisasjon")
    )


def _annens() -> Konflikt:
    return Konflikt(
        kode="RESERVASJON-ANNENS",
        hva="En kollega har reservert saken.",
        regel="En sak kan være reservert av én om gangen hos dere.",
        gjor="Spør kollegaen, eller vent til reservasjonen er ute.",
    )


def _spor(aktor: Aktor, handling: Overgang, rad: Reservasjon, detaljer: dict[str, str] | None = None) -> None:
    registrer(
        aktor=aktor,
        handling=handling.kode,
        subjekt_id=rad.subjekt_id,
        data={"ko": rad.ko, "for_bruker": rad.bruker_id, "til": rad.til.isoformat()},
        detaljer=detaljer,
        organisasjon=rad.organisasjon,
    )
