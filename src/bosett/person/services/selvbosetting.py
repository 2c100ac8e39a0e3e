"""Somebody finds a home herself: she has applied for an agreement, or moved without one. Two things that must not be confused (R196).

What the municipality and IMDi agree on, the lease and the grant belong to the room of settlement, and are not here.
"""

from datetime import date
from uuid import UUID

from django.db import transaction

from bosett.aktor.kontekst import Aktor
from bosett.geografi.models import Kommune
from bosett.grunn.feil import FinnesIkke, Konflikt, Ugyldig
from bosett.grunn.klokke import i_dag, naa
from bosett.person import states
from bosett.person.models_opphold import Selvbosetting
from bosett.person.querysets import synlige_husholdninger
from bosett.person.services.arbeid import Arbeid
from bosett.person.services.lop import krev_fra, skriv
from bosett.tilgang.policy import krev


@transaction.atomic
def registrer(*, aktor: Aktor, husholdning_id: int, slag: str, dato: date, kommune: Kommune) -> Selvbosetting:
    """Put the household on the track of `slag` (`Selvbosetting.Slag`) from `dato`: the day they applied, or the day they moved.

    `kommune`: where they want to live, or moved to. What UDI tells later does not take it back. Repeating it changes nothing.
    Raises `Ugyldig` for a day that has not been, `Konflikt` when the household is on a track this is no way from, or has left the
    chain and come back since that day.
    """
    overgang = states.SELVBOSETTING[slag]
    krev(aktor, overgang.kode)
    arbeid = Arbeid(aktor, "imdi")
    arbeid.les(husholdninger=[husholdning_id])
    h = arbeid.husholdninger[husholdning_id]
    felt = {"husholdning": h, "slag": slag, "dato": dato, "kommune": kommune}
    if finnes := Selvbosetting.objects.filter(trukket=None, **felt).first():
        return finnes
    krev_fra(h, overgang)
    if dato > i_dag():
        raise Ugyldig(
            kode="SELVBOSETTING-DATO",
            hva="Datoen kan ikke være en dag som ikke har vært.",
            gjor="Rett datoen.",
        )
    ny = Selvbosetting.objects.create(registrert_av_id=aktor.bruker_id, **felt)
    arbeid.selvbosatt.add((h.pk, overgang.kode, dato))
    arbeid.sett_lop(h, overgang.til, dato, overgang)
    arbeid.spor(h, overgang, selvbosetting=str(ny.uuid), kommune=kommune.pk)
    skriv(arbeid, h, overgang)
    return ny


@transaction.atomic
def ta_tilbake(*, aktor: Aktor, selvbosetting: UUID, grunn: str) -> Selvbosetting:
    """A registration that was wrong counts no longer; it stays in the table with the reason. The track is what it would have been.

    Repeating it changes nothing. Raises `Ugyldig` without a reason, `FinnesIkke`, and `Konflikt` when the household is not on the
    track of this registration now.
    """
    krev(aktor, states.TA_TILBAKE_SELVBOSETTING.kode)
    if not grunn.strip():
        raise Ugyldig(
            kode="SELVBOSETTING-GRUNN", hva="Grunnen mangler.", regel="Den som ser på saken senere, må kunne se hvorfor.",
            gjor="Skriv hva som var feil.",
        )  # fmt: skip
    denne = Selvbosetting.objects.filter(
        uuid=selvbosetting, husholdning__in=synlige_husholdninger(aktor)
    ).first()
    if denne is None:
        raise FinnesIkke(
            kode="SELVBOSETTING-FINNES-IKKE", hva="Registreringen finnes ikke, eller du har ikke tilgang til saken."
        )  # fmt: skip
    arbeid = Arbeid(aktor, "imdi")
    arbeid.les(husholdninger=[denne.husholdning_id])
    denne.refresh_from_db()
    if denne.trukket is not None:
        return denne
    h, overgang = arbeid.husholdninger[denne.husholdning_id], states.SELVBOSETTING[denne.slag]
    lop = arbeid.lop[h]
    if lop is None or (lop.hendelse, lop.fra) != (overgang.kode, denne.dato):
        raise Konflikt(
            kode="SELVBOSETTING-SENERE", hva="Noe annet er registrert siden, og det er ikke denne registreringen som gjelder.",
            regel="Bare det som gjelder nå, kan tas tilbake.", gjor="Last siden på nytt og se hva som er gjort.",
        )  # fmt: skip
    denne.trukket, denne.trukket_av_id, denne.trukket_grunn = naa(), aktor.bruker_id, grunn.strip()
    denne.save(update_fields=["trukket", "trukket_av", "trukket_grunn"])
    arbeid.selvbosatt.discard((h.pk, overgang.kode, denne.dato))
    arbeid.spor(
        h,
        states.TA_TILBAKE_SELVBOSETTING,
        {"begrunnelse": denne.trukket_grunn},
        selvbosetting=str(denne.uuid),
        slag=denne.slag,
    )
    skriv(arbeid)
    return denne
