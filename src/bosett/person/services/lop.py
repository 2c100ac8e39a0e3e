"""Tracks that IMDi's own people move a household between, on the ground of an application or a confirmation (R027, R077, R187)."""

from datetime import date

from django.db import transaction

from bosett.aktor.kontekst import Aktor
from bosett.geografi.models import Kommune
from bosett.grunn.feil import Konflikt, Ugyldig
from bosett.grunn.handling import Overgang
from bosett.grunn.klokke import i_dag
from bosett.oppgave import services as oppgaver
from bosett.person import states
from bosett.person.models import Husholdning, Privatsoknad
from bosett.person.services.arbeid import Arbeid
from bosett.person.services.deling import UTE, del_etter_opphold, har_flyttet_ut
from bosett.tilgang.policy import krev


@transaction.atomic
def sok_privat(
    *, aktor: Aktor, husholdning_id: int, sokt: date, kanal: str, bor_i: Kommune | None = None
) -> Privatsoknad:
    """Register the application of somebody who lives privately, before or after the permit, on whatever channel it came.

    Repeating it with the same day and channel changes nothing. Raises `Ugyldig` for a day that has not been, `Konflikt` when the
    household is in another track.
    """
    arbeid, h = _begynn(aktor, states.SOK_PRIVAT, husholdning_id)
    if sokt > i_dag():
        raise Ugyldig(
            kode="PRIVAT-DATO",
            hva="Søknaden kan ikke være fra en dag som ikke har vært.",
            gjor="Rett datoen.",
            felt="sokt",
        )
    soknad, ny = Privatsoknad.objects.get_or_create(
        husholdning=h, sokt=sokt, kanal=kanal, defaults={"bor_i": bor_i, "registrert_av_id": aktor.bruker_id}
    )
    if ny:
        arbeid.har_sokt(h.pk, sokt)
        arbeid.sett_lop(h, states.SOK_PRIVAT.til, sokt, states.SOK_PRIVAT)
        arbeid.spor(h, states.SOK_PRIVAT, kanal=kanal)
        skriv(arbeid, h, states.SOK_PRIVAT)
    return soknad


@transaction.atomic
def bekreft_privat(*, aktor: Aktor, husholdning_id: int) -> None:
    """Those who moved out of the centre live privately now. They must still apply to be settled with public help.

    Raises `Konflikt` when somebody in the household still lives at a centre.
    """
    arbeid, h = _begynn(aktor, states.BEKREFT_PRIVAT, husholdning_id)
    if not har_flyttet_ut(arbeid, h):
        raise Konflikt(
            kode="PRIVAT-BOR-PAA-MOTTAK",
            hva="Noen i husholdningen bor fortsatt på mottak.",
            regel="Husholdningen er privatboende når alle har flyttet ut.",
            gjor="Vent til UDI har meldt flyttingen.",
        )
    arbeid.sett_lop(h, states.BEKREFT_PRIVAT.til, i_dag(), states.BEKREFT_PRIVAT)
    arbeid.spor(h, states.BEKREFT_PRIVAT)
    skriv(arbeid, h, states.BEKREFT_PRIVAT)
    oppgaver.fullfor(aktor=aktor, subjekt_ider=[h.pk], slag=UTE)


def krev_fra(h: Husholdning, overgang: Overgang) -> None:
    if h.lop not in overgang.fra:
        raise Konflikt(
            kode="PERSON-LOP",
            hva=f"Husholdningen er «{states.LOP.navn(h.lop)}», og da kan du ikke {overgang.tekst}.",
            gjor="Last siden på nytt og se hva som er gjort.",
        )


def skriv(arbeid: Arbeid, h: Husholdning | None = None, overgang: Overgang | None = None) -> None:
    """Raises `Konflikt` when what is known leads somewhere else than the act: they have left and come back since that day."""
    arbeid.skriv()
    if h is not None and overgang is not None and h.lop != overgang.til:
        raise Konflikt(
            kode="PERSON-LOP-DATO",
            hva="Husholdningen har trukket seg eller reist ut og kommet tilbake etter den dagen.",
            regel="Det som ble søkt om eller skjedde før de reiste, gjelder ikke lenger.",
            gjor="Kontroller datoen.",
        )
    del_etter_opphold(arbeid)


def _begynn(aktor: Aktor, overgang: Overgang, husholdning_id: int) -> tuple[Arbeid, Husholdning]:
    krev(aktor, overgang.kode)
    arbeid = Arbeid(aktor, "imdi")
    arbeid.les(husholdninger=[husholdning_id])
    h = arbeid.husholdninger[husholdning_id]
    krev_fra(h, overgang)
    return arbeid, h
