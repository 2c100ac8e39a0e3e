"""Holding back the letters of an approved round, and taking it up again (R062, R093, R122)."""

from datetime import date

from django.db import transaction

from bosett.aktor.kontekst import Aktor
from bosett.anmodning import services, states
from bosett.anmodning.models import Runde, Utsettelse
from bosett.grunn.feil import Ugyldig
from bosett.grunn.klokke import naa
from bosett.spor.services import registrer


@transaction.atomic
def utsett(
    *,
    aktor: Aktor,
    runde_id: int,
    begrunnelse: str,
    hendelse: str = "",
    hendelse_dato: date | None = None,
    hendelse_kilde: str = "",
) -> Utsettelse:
    """Hold back the letters that have not left; those that have, stand. A job at work stops before its next portion.

    `hendelse` is what happened that makes a new judgement necessary (S3: the 860 persons from Afghanistan in August 2021).
    Raises `Ugyldig` without a reason, or for an event without date and source.
    """
    if not begrunnelse.strip():
        raise Ugyldig(
            kode="ANMODNING-UTSETT-GRUNN",
            hva="Begrunnelsen mangler.",
            regel="Alle som venter på brevene, skal kunne få vite hvorfor de er utsatt.",
            gjor="Skriv hvorfor utsendingen blir utsatt.",
        )
    if hendelse.strip() and not (hendelse_dato and hendelse_kilde.strip()):
        raise Ugyldig(
            kode="ANMODNING-UTSETT-HENDELSE",
            hva="Hendelsen mangler dato eller kilde.",
            regel="Andre skal kunne finne igjen det som skjedde.",
            gjor="Fyll ut når det skjedde, og hvor det står.",
        )
    runde = services.laas_runde(runde_id)
    services.flytt(aktor, runde, states.UTSETT)
    runde.save()
    ny = Utsettelse.objects.create(
        runde=runde,
        begrunnelse=begrunnelse.strip(),
        hendelse=hendelse.strip(),
        hendelse_dato=hendelse_dato if hendelse.strip() else None,
        hendelse_kilde=hendelse_kilde.strip() if hendelse.strip() else "",
        utsatt_av_id=aktor.bruker_id,
    )
    registrer(
        aktor=aktor,
        handling=states.UTSETT.kode,
        subjekt_id=runde.pk,
        data={"utsettelse": ny.pk},
        detaljer={"begrunnelse": ny.begrunnelse, "hendelse": ny.hendelse},
    )
    return ny


@transaction.atomic
def gjenoppta(*, aktor: Aktor, runde_id: int) -> Runde:
    """Take up a round that was held back: it is approved again, and its remaining letters can be sent."""
    runde = services.laas_runde(runde_id)
    services.flytt(aktor, runde, states.GJENOPPTA)
    runde.save()
    Utsettelse.objects.filter(runde=runde, til__isnull=True).update(
        til=naa(), gjenopptatt_av_id=aktor.bruker_id
    )
    registrer(aktor=aktor, handling=states.GJENOPPTA.kode, subjekt_id=runde.pk)
    return runde
