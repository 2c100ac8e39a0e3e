"""Whose a home is, day by day: the only writer of `Boligperiode`."""

from collections.abc import Sequence
from datetime import date, timedelta
from uuid import UUID

from django.db import transaction

from bosett.aktor.kontekst import Aktor
from bosett.bolig.models import Bolig, Boligperiode
from bosett.bolig.rules.leie import flytt_inn, flytt_ut
from bosett.bolig.rules.perioder import BEBODD, LEDIG, STENGT, Bit, legg_over
from bosett.bolig.services.laas import finn_og_laas
from bosett.bolig.states import SETT_PERIODE
from bosett.grunn.feil import Konflikt, Ugyldig
from bosett.spor.services import registrer


@transaction.atomic
def sett(*, aktor: Aktor, bolig: UUID, slag: str, fra: date, til: date | None = None) -> Bolig:
    """The home is free, or can't be used, from `fra` to the day before `til` (None: until something else is said).

    What was said of the same days before gives way. Raises `Ugyldig` for another kind or an end before the beginning, `Konflikt` when
    somebody has the home in that time, or the home is out of use.
    """
    denne = finn_og_laas(aktor, SETT_PERIODE.kode, bolig)
    if slag not in (LEDIG, STENGT) or (til is not None and til <= fra):
        raise Ugyldig(
            kode="BOLIG-PERIODE", hva="Perioden er ikke gyldig.", regel="Siste dag er samme dag som den første eller senere.",
            gjor="Rett datoene.", felt="til" if slag in (LEDIG, STENGT) else "slag",
        )  # fmt: skip
    krev_i_bruk(denne)
    ny = Bit(slag, fra, til)
    skriv(denne, legg(denne, ny))
    registrer(
        aktor=aktor, handling=SETT_PERIODE.kode, subjekt_id=denne.pk, organisasjon=denne.organisasjon,
        data={"slag": slag, "fra": str(fra), "til": str(til) if til else None},
    )  # fmt: skip
    return denne


def biter(bolig: Bolig) -> list[Bit]:
    return list(_rader(bolig))


def legg(bolig: Bolig, ny: Bit, over: Sequence[Bit] | None = None) -> list[Bit]:
    """The home's days (or `over`) with this period laid over them. Raises `Konflikt` when somebody has the home in that time."""
    try:
        return legg_over(biter(bolig) if over is None else over, ny)
    except ValueError:
        raise Konflikt(
            kode="BOLIG-OPPTATT",
            hva="Boligen er reservert eller bebodd i en del av tidsrommet.",
            regel="En bolig har én husholdning om gangen.",
            gjor="Velg andre dager, eller avslutt det som er der først.",
            felt="fra",
        ) from None


def skriv(bolig: Bolig, nye: Sequence[Bit]) -> None:
    """The home's days are these from now on. Under the lock of the home; rows that are the same stay as they are."""
    har = _rader(bolig)
    Boligperiode.objects.filter(pk__in=[pk for bit, pk in har.items() if bit not in nye]).delete()
    Boligperiode.objects.bulk_create(
        [
            Boligperiode(bolig=bolig, slag=bit.slag, fra=bit.fra, til=bit.til, husholdning_id=bit.husholdning)
            for bit in nye
            if bit not in har
        ]
    )


def bebo(bolig: Bolig, husholdning: int, fra: date, siste: date | None) -> None:
    """A household lives there from `fra` to `siste` (None: no end is known). Under the lock of the home.

    What was held for it gives way. Raises `Konflikt` when others have the home in that time, or it is out of use.
    """
    krev_i_bruk(bolig)
    ny = Bit(BEBODD, fra, siste + timedelta(days=1) if siste else None, husholdning)
    skriv(bolig, legg(bolig, ny, flytt_inn(biter(bolig), ny)))


def fraflytt(bolig: Bolig, husholdning: int, fra: date, siste: date) -> None:
    """The household that moved in on `fra` lives there no longer than `siste`. What comes after, somebody must say (`sett`)."""
    alle = biter(bolig)
    for bodd in alle:
        if (bodd.slag, bodd.husholdning, bodd.fra) == (BEBODD, husholdning, fra):
            skriv(bolig, flytt_ut(alle, bodd, siste))


def meld_ledig(bolig: Bolig, etter: date, siste: date | None) -> None:
    """Free from the day after `etter` to `siste` (None: until something else is said). Raises what `legg` does."""
    fra, til = etter + timedelta(days=1), siste + timedelta(days=1) if siste else None
    if til is None or fra < til:
        skriv(bolig, legg(bolig, Bit(LEDIG, fra, til)))


def krev_i_bruk(bolig: Bolig) -> None:
    if bolig.tilstand == "ute":
        raise Konflikt(
            kode="BOLIG-UTE", hva="Boligen er tatt ut av bruk.", regel="En bolig som er ute av bruk, kan ikke meldes ledig.",
            gjor="Ta boligen i bruk igjen først.",
        )  # fmt: skip


def _rader(bolig: Bolig) -> dict[Bit, int]:
    """The periods in the order of time, each with the key of its row."""
    rader = Boligperiode.objects.filter(bolig=bolig).order_by("fra")
    return {Bit(rad.slag, rad.fra, rad.til, rad.husholdning_id): rad.pk for rad in rader}
