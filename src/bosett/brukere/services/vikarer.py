"""Deputies."""

from dataclasses import replace
from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Q

from bosett.aktor.kontekst import Aktor
from bosett.aktor.models import Bruker, Medlemskap, Organisasjon, Vikariat
from bosett.aktor.roller import ROLLER
from bosett.brukere import avslag, rules, states
from bosett.brukere.services.sak import begynn, spor
from bosett.grunn.handling import Handling
from bosett.grunn.klokke import i_dag
from bosett.tilgang.policy import kan


@transaction.atomic
def gi_vikar(
    *, aktor: Aktor, medlemskap: Medlemskap, vikar: Bruker, til: date, fra: date | None = None
) -> Vikariat:
    """`vikar` acts with the rights of this role in the period. Again changes nothing. Raises Avvist, FinnesIkke, Ugyldig, Konflikt."""
    organisasjon = medlemskap.organisasjon
    aktor, sak = begynn(aktor, states.GI_VIKAR, organisasjon)
    medlemskap = Medlemskap.objects.get(pk=medlemskap.pk)
    start = fra or i_dag()
    likt = Vikariat.objects.filter(medlemskap=medlemskap, vikar=vikar)
    if finnes := likt.filter(fra=start, til=til).first():
        return finnes
    rules.sjekk_vikarperiode(start, til, i_dag())
    sjekk_gir(aktor, states.GI_VIKAR, organisasjon, medlemskap.rolle)
    if vikar.pk == medlemskap.bruker_id or vikar.pk == aktor.bruker_id:
        raise avslag.EGEN_VIKAR()
    horer_til = Medlemskap.objects.filter(
        Q(til__isnull=True) | Q(til__gt=start), bruker=vikar, organisasjon=organisasjon, fra__lte=start
    )
    if not horer_til.exists() or not vikar.is_active:
        raise avslag.UKJENT_BRUKER()
    if medlemskap.fra > start or (medlemskap.til is not None and medlemskap.til < til):
        raise avslag.VIKAR_UTENFOR()
    if likt.filter(fra__lt=til, til__gt=start).exists():
        raise avslag.ER_VIKAR()
    vikariat = Vikariat.objects.create(
        medlemskap=medlemskap,
        organisasjon=organisasjon,
        vikar=vikar,
        fra=start,
        til=til,
        gitt_av_id=aktor.bruker_id,
    )
    spor(aktor, states.GI_VIKAR, sak, _vikardata(vikariat))
    return vikariat


@transaction.atomic
def fjern_vikar(*, aktor: Aktor, vikariat: Vikariat) -> None:
    """End a deputy's period now (or before it begins). Again changes nothing. Raises Avvist."""
    aktor, sak = begynn(aktor, states.FJERN_VIKAR, vikariat.organisasjon)
    if avslutt_vikariater(Q(pk=vikariat.pk), i_dag()):
        vikariat.refresh_from_db()
        spor(aktor, states.FJERN_VIKAR, sak, _vikardata(vikariat))


def sjekk_gir(aktor: Aktor, handling: Handling, organisasjon: Organisasjon, rolle: str) -> None:
    """The right must come from a role that may give (and take) this one."""
    gir = tuple(t for t in aktor.tilhorigheter if t.rolle in ROLLER[rolle].gis_av)
    if not kan(replace(aktor, tilhorigheter=gir), handling.kode, organisasjon):
        raise avslag.GIR_IKKE_ROLLEN()


def avslutt_vikariater(utvalg: Q, dag: date) -> list[int]:
    avsluttet = []
    for vikariat in Vikariat.objects.select_for_update().filter(utvalg, til__gt=dag).order_by("pk"):
        slutt = max(vikariat.fra, dag)
        if slutt < vikariat.til:
            vikariat.til = slutt
            vikariat.save(update_fields=["til"])
            avsluttet.append(vikariat.pk)
    return avsluttet


def _vikardata(vikariat: Vikariat) -> dict[str, Any]:
    return {
        "vikariat": vikariat.pk,
        "medlemskap": vikariat.medlemskap_id,
        "vikar": vikariat.vikar_id,
        "fra": vikariat.fra.isoformat(),
        "til": vikariat.til.isoformat(),
    }
