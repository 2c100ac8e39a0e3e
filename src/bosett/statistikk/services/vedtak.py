"""The municipalities' answers to the sent round of a year, as a new edition each time a decision has come."""

from collections.abc import Sequence

from django.db import transaction

from bosett.aktor.kontekst import Aktor
from bosett.anmodning.models import Anmodningstall, Runde
from bosett.grunn.klokke import OSLO, i_dag
from bosett.kilder.tall import Tilstand
from bosett.spor.services import avtrykk, registrer
from bosett.statistikk.models import Publisering, Publisertvedtak
from bosett.statistikk.selectors import last_register
from bosett.statistikk.services.lagring import (
    kommunerader,
    laas,
    lag_kontrollsummer,
    ny_publisering,
    skriv,
)
from bosett.tilgang.policy import krev
from bosett.vedtak.models import FERDIG, Vedtak

_SPURT = ("anmodet", "revidert")
"""As in `vedtak.selectors.svar`: the public sums are the internal ones."""


@transaction.atomic
def publiser_vedtak(*, aktor: Aktor, aar: int) -> Publisering | None:
    """Publish what every asked municipality has decided. Persons; zero is a no, no answer is «avventer», never zero.

    None while no round of the year is sent, or nobody has answered (the round itself says who is asked). The same answers
    again give the edition that is there, so a job per answer is cheap; two at once wait for each other.
    """
    krev(aktor, "statistikk.publiser_vedtak")
    laas()
    runde = (
        Runde.objects.filter(aar=aar, tilstand__in=("sendt", "lukket"), gjeldende__isnull=False)
        .select_related("gjeldende", "subjekt")
        .order_by("-nr")
        .first()
    )
    alle = list(
        Vedtak.objects.filter(aar=aar, tilstand__in=FERDIG)
        .select_related("anmodning__runde")
        .defer("tekst", "kontroll", "raad")
        .order_by("anmodning__nummer", "nr")
    )
    if runde is None or runde.gjeldende is None or not alle:
        return None
    digest = avtrykk([str(runde.subjekt.uuid), runde.gjeldende.nr, [[str(v.uuid), v.tilstand] for v in alle]])
    for_ = Publisering.objects.filter(serie=f"vedtak-{aar}", erstattet_av__isnull=True).first()
    if for_ is not None and for_.avtrykk == digest:
        return for_
    dag, demo = i_dag(), runde.gjeldende.demo
    ny = ny_publisering(
        for_,
        slag=Publisering.Slag.VEDTAK,
        serie=f"vedtak-{aar}",
        tittel=f"Kommunenes vedtak {aar}",
        kilde="Bosett, kommunenes vedtak" + (" (DEMO: oppdiktede tall)" if demo else ""),
        lisens="NLOD 2.0",
        avtrykk=digest,
        statusdato=dag,
        demo=demo,
        subjekt_id=runde.pk,
        opplysninger={"nr": runde.nr, "frist": runde.frist.isoformat()},
    )
    gjelder = {v.kommune_id: v for v in alle if v.tilstand == "registrert"}
    tall = runde.gjeldende.tall.select_related("anmodning").order_by("anmodning__nummer")
    register = last_register()
    rader = [
        rad
        for t in tall
        for rad in kommunerader(
            register, t.anmodning, aar, dag, _verdier(t, gjelder.get(t.anmodning.kommune_id))
        )
    ]
    lag_kontrollsummer(ny, rader, skriv(ny, for_, rader), {}, "")
    _skriv_vedtak(ny, alle)
    registrer(
        aktor=aktor,
        handling="statistikk.publiser_vedtak",
        subjekt_id=runde.pk,
        data={"utgave": ny.pk, "avtrykk": digest, "svar": len(gjelder)},
    )
    return ny


def _verdier(t: Anmodningstall, vedtak: Vedtak | None) -> list[tuple[str, int | None, Tilstand]]:
    if t.anmodning.tilstand not in _SPURT:
        return [("vedtak", None, Tilstand.IKKE_ANMODET), ("vedtak_em", None, Tilstand.IKKE_ANMODET)]
    if vedtak is None:
        return [("vedtak", None, Tilstand.AVVENTER), ("vedtak_em", None, Tilstand.AVVENTER)]
    return [("vedtak", vedtak.antall, Tilstand.TALL), ("vedtak_em", vedtak.em_antall or 0, Tilstand.TALL)]


def _skriv_vedtak(ny: Publisering, alle: Sequence[Vedtak]) -> None:
    """Every decision of the year with its days, so that the public can follow a council that decides again."""
    rader = []
    for v in alle:
        assert v.nr is not None and v.antall is not None and v.motedato and v.innsendt
        rader.append(
            Publisertvedtak(
                publisering=ny,
                kommune_id=v.kommune_id,
                nummer=v.anmodning.nummer,
                aar=v.aar,
                nr=v.nr,
                runde=v.anmodning.runde.nr,
                antall=v.antall,
                em=v.em_antall or 0,
                organ=v.organ,
                organ_navn=v.organ_navn,
                motedato=v.motedato,
                innsendt=v.innsendt.astimezone(OSLO).date(),
                etter_frist=bool(v.etter_frist),
                erstattet=v.erstattet.astimezone(OSLO).date() if v.erstattet else None,
            )
        )
    Publisertvedtak.objects.bulk_create(rader, batch_size=1000)
