"""The snapshot of a sent round: the numbers and their explanations as they were when the letters went out."""

from typing import Any

from django.db import transaction
from django.db.models import JSONField, Value

from bosett.aktor.kontekst import Aktor
from bosett.anmodning.models import Anmodningstall, Revisjon, Runde
from bosett.grunn.feil import Konflikt
from bosett.grunn.klokke import i_dag
from bosett.kilder.tall import Tilstand
from bosett.spor.services import avtrykk, registrer
from bosett.statistikk.models import Publisering, Publisertforklaring, Publisertgrunnlag, Publiserttall
from bosett.statistikk.rules.register import Register
from bosett.statistikk.selectors import last_register
from bosett.statistikk.services.lagring import (
    Tallrad,
    kommunerader,
    laas,
    lag_kontrollsummer,
    ny_publisering,
    skriv,
)
from bosett.statistikk.services.vedtak import publiser_vedtak
from bosett.tilgang.policy import krev

FORM = 1
"""The form of the stored explanation, so that a page of today can show a snapshot of years ago."""


@transaction.atomic
def publiser_runde(*, aktor: Aktor, runde_id: int) -> Publisering:
    """Publish the numbers of a round whose letters are sent. A round already published with the same numbers changes nothing.

    A second round of the same year supersedes the first one. Raises Konflikt when the letters are not sent.
    """
    krev(aktor, "statistikk.publiser")
    laas()
    runde = Runde.objects.select_related("gjeldende", "behov", "variant", "subjekt").get(pk=runde_id)
    if runde.tilstand not in ("sendt", "lukket") or runde.gjeldende is None:
        raise Konflikt(
            kode="STATISTIKK-IKKE-SENDT",
            hva="Tallene kan ikke publiseres før alle brev i runden er sendt",
            regel="Kommunene skal få tallet sitt før alle andre",
            gjor="Send brevene først",
        )
    tall = list(runde.gjeldende.tall.select_related("anmodning").order_by("anmodning__nummer"))
    digest = avtrykk(
        [str(runde.subjekt.uuid), runde.gjeldende.nr, [[t.anmodning.nummer, t.antall, t.em] for t in tall]]
    )
    serie = f"runde-{runde.aar}"
    for_ = Publisering.objects.filter(serie=serie, erstattet_av__isnull=True).first()
    if for_ is not None and for_.avtrykk == digest:
        return for_
    # First, so that this edition also says who has not answered the new request.
    publiser_vedtak(aktor=aktor, aar=runde.aar)
    demo = runde.gjeldende.demo
    ny = ny_publisering(
        for_,
        slag=Publisering.Slag.RUNDE,
        serie=serie,
        tittel=f"Anmodning om bosetting {runde.aar}",
        kilde="Bosett, sendt runde" + (" (DEMO: oppdiktede tall)" if demo else ""),
        lisens="NLOD 2.0",
        avtrykk=digest,
        statusdato=runde.sendt.date() if runde.sendt else i_dag(),
        demo=demo,
        subjekt_id=runde.pk,
        opplysninger=_om_runden(runde, runde.gjeldende),
    )
    har_vedtak = (
        Publiserttall.objects.gjeldende()
        .filter(aar=runde.aar, maal="vedtak")
        .exclude(publisering=for_)
        .exists()
    )
    rader = _rader(last_register(), ny, runde.aar, tall, med_vedtak=not har_vedtak)
    gjeldende = skriv(ny, for_, rader)
    kontroll = runde.gjeldende.kontroll
    trykte = {
        (runde.aar, "anmodning", ""): kontroll["sum_antall"],
        (runde.aar, "anmodning_em", ""): kontroll["sum_em"],
    }
    lag_kontrollsummer(ny, rader, gjeldende, trykte, "Summen av tallene som ble godkjent")
    Publisertforklaring.objects.bulk_create(
        Publisertforklaring(
            publisering=ny,
            kommune_id=t.anmodning.kommune_id,
            nummer=t.anmodning.nummer,
            aar=runde.aar,
            runde_uuid=runde.subjekt.uuid,
            antall=t.antall,
            em=t.em,
            innhold=Value(
                t.forklaring, JSONField()
            ),  # not one array of all: its escapes cost more than the rest
        )
        for t in tall
    )
    if runde.gjeldende.grunnlag:
        Publisertgrunnlag.objects.create(
            publisering=ny,
            aar=runde.aar,
            **runde.gjeldende.grunnlag,
            parametre=runde.gjeldende.parametre,
        )
    registrer(
        aktor=aktor,
        handling="statistikk.publiser",
        subjekt_id=runde.pk,
        data={"utgave": ny.pk, "revisjon": runde.gjeldende.nr, "avtrykk": digest, "kommuner": len(tall)},
    )
    return ny


def _om_runden(runde: Runde, revisjon: Revisjon) -> dict[str, Any]:
    """What is the same for every municipality of the round; the pages put it together with the municipality's own part."""
    return {
        "form": FORM,
        "runde": revisjon.kontroll,
        "differanse_grunn": runde.differanse_grunn,
        "revisjon": revisjon.nr,
        "beregnet": revisjon.laget.isoformat(),
        "nr": runde.nr,
        "frist": runde.frist.isoformat(),
        "variant": {"navn": runde.variant.navn, "antatt": runde.variant.antatt},
    }


def _rader(
    register: Register, ny: Publisering, aar: int, tall: list[Anmodningstall], *, med_vedtak: bool
) -> list[Tallrad]:
    dag = ny.statusdato or i_dag()
    rader = []
    for t in tall:
        verdier: list[tuple[str, int | None, Tilstand]] = [
            ("anmodning", t.antall, Tilstand.TALL),
            ("anmodning_em", t.em, Tilstand.TALL),
        ]
        if med_vedtak:  # asked, and the council has not answered
            verdier.append(("vedtak", None, Tilstand.AVVENTER if t.antall else Tilstand.IKKE_ANMODET))
        rader += kommunerader(register, t.anmodning, aar, dag, verdier)
    return rader
