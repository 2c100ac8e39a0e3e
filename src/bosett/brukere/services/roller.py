"""Giving and taking roles."""

from datetime import date
from typing import Any

from django.db import transaction
from django.db.models import Q

from bosett.aktor.kontekst import Aktor
from bosett.aktor.models import Bruker, Medlemskap, Organisasjon
from bosett.aktor.organisasjonsslag import Slag
from bosett.aktor.roller import ROLLER
from bosett.brukere import avslag, rules, states
from bosett.brukere.services.sak import begynn, landsdekkende, spor
from bosett.brukere.services.vikarer import avslutt_vikariater, sjekk_gir
from bosett.grunn.handling import Handling
from bosett.grunn.klokke import i_dag
from bosett.tilgang.policy import tilhorighet_for


@transaction.atomic
def gi_rolle(
    *,
    aktor: Aktor,
    organisasjon: Organisasjon,
    bruker: Bruker,
    rolle: str,
    fra: date | None = None,
    til: date | None = None,
) -> Medlemskap:
    """Give a user a role, or let it last longer. Again changes nothing. Raises Avvist, FinnesIkke, Ugyldig.

    A municipality gives roles to its own users only; IMDi may bring in somebody from elsewhere.
    """
    aktor, sak = begynn(aktor, states.GI_ROLLE, organisasjon)
    kjent = Medlemskap.objects.filter(bruker=bruker, organisasjon=organisasjon)
    if not landsdekkende(aktor) and not kjent.exists():
        raise avslag.UKJENT_BRUKER()
    _sjekk_gir_ikke_seg_selv(aktor, organisasjon, bruker)
    bruker = Bruker.objects.select_for_update().get(pk=bruker.pk)
    flere = bruker.styres_av_id not in (None, organisasjon.pk)
    if flere and bruker.maa_bytte_passord:
        raise avslag.ENGANGSPASSORD()
    start = fra or i_dag()
    aapne = Q(til__isnull=True) | Q(til__gt=start)
    har = kjent.filter(aapne, rolle=rolle).order_by("fra").first()
    if har is None:
        medlemskap = nytt_medlemskap(aktor, states.GI_ROLLE, organisasjon, bruker, rolle, fra, til)
    else:
        sjekk_rolle(aktor, states.GI_ROLLE, organisasjon, rolle)
        medlemskap = har
        if har.til == til and har.fra <= start:
            return har
        if har.fra > start or har.til is None or (til is not None and til < har.til):
            raise avslag.HAR_ROLLEN()
        har.til = til
        har.save(update_fields=["til"])
    if flere:
        bruker.styres_av = None  # reaches two organisations from now on: neither may take the account over
        bruker.save(update_fields=["styres_av"])
    spor(aktor, states.GI_ROLLE, sak, rolledata(medlemskap))
    return medlemskap


@transaction.atomic
def fjern_rolle(*, aktor: Aktor, medlemskap: Medlemskap, fra: date | None = None) -> None:
    """End a role from a day (default: now), with its deputies. Again changes nothing. Raises Avvist, Konflikt, Ugyldig."""
    aktor, sak = begynn(aktor, states.FJERN_ROLLE, medlemskap.organisasjon)
    medlemskap = Medlemskap.objects.get(pk=medlemskap.pk)
    dag = fra or i_dag()
    if medlemskap.til is not None and medlemskap.til <= dag:
        return
    if dag < i_dag():
        raise avslag.FJERN_FOR_I_DAG()
    sjekk_gir(aktor, states.FJERN_ROLLE, medlemskap.organisasjon, medlemskap.rolle)
    _sjekk_siste_admin(aktor, medlemskap, dag)
    medlemskap.til = max(dag, medlemskap.fra)
    medlemskap.save(update_fields=["til"])
    avsluttet = avslutt_vikariater(Q(medlemskap=medlemskap), medlemskap.til)
    andre = Medlemskap.objects.filter(
        Q(til__isnull=True) | Q(til__gt=medlemskap.til),
        bruker_id=medlemskap.bruker_id,
        organisasjon_id=medlemskap.organisasjon_id,
    )
    if not andre.exists():  # nobody acts for an organisation without belonging to it
        vikar_her = Q(vikar_id=medlemskap.bruker_id, organisasjon_id=medlemskap.organisasjon_id)
        avsluttet += avslutt_vikariater(vikar_her, medlemskap.til)
    spor(aktor, states.FJERN_ROLLE, sak, rolledata(medlemskap) | {"vikariater": avsluttet})


def nytt_medlemskap(
    aktor: Aktor,
    handling: Handling,
    organisasjon: Organisasjon,
    bruker: Bruker,
    rolle: str,
    fra: date | None,
    til: date | None,
) -> Medlemskap:
    sjekk_rolle(aktor, handling, organisasjon, rolle)
    start = fra or i_dag()
    if not aktor.jobb:  # the demonstration gives roles back in time
        rules.sjekk_periode(start, til, i_dag())
    return Medlemskap.objects.create(
        bruker=bruker,
        organisasjon=organisasjon,
        rolle=rolle,
        fra=start,
        til=til,
        gitt_av_id=aktor.bruker_id,
    )


def sjekk_rolle(aktor: Aktor, handling: Handling, organisasjon: Organisasjon, rolle: str) -> None:
    if rolle not in ROLLER or ROLLER[rolle].slag != organisasjon.slag:
        raise avslag.ROLLE_PASSER_IKKE()
    sjekk_gir(aktor, handling, organisasjon, rolle)


def _sjekk_gir_ikke_seg_selv(aktor: Aktor, organisasjon: Organisasjon, bruker: Bruker) -> None:
    if bruker.pk != aktor.bruker_id:
        return
    som = tilhorighet_for(aktor, states.GI_ROLLE.kode, organisasjon)
    if organisasjon.slag != Slag.KOMMUNE or som is None or som.vikar or som.slag == Slag.IMDI:
        raise avslag.SEG_SELV()


def _sjekk_siste_admin(aktor: Aktor, medlemskap: Medlemskap, dag: date) -> None:
    if medlemskap.rolle not in rules.ADMINROLLER or aktor.jobb:
        return
    igjen = Medlemskap.objects.filter(
        Q(til__isnull=True) | Q(til__gt=dag),
        organisasjon_id=medlemskap.organisasjon_id,
        rolle=medlemskap.rolle,
        fra__lte=dag,
        bruker__is_active=True,
    ).exclude(bruker_id=medlemskap.bruker_id)
    if igjen.exists():
        return
    if medlemskap.rolle == "imdi_admin":
        raise avslag.SISTE_IMDI()
    if not landsdekkende(aktor):
        raise avslag.SISTE_I_KOMMUNEN()


def rolledata(medlemskap: Medlemskap) -> dict[str, Any]:
    return {
        "bruker": medlemskap.bruker_id,
        "medlemskap": medlemskap.pk,
        "rolle": medlemskap.rolle,
        "fra": medlemskap.fra.isoformat(),
        "til": medlemskap.til.isoformat() if medlemskap.til else None,
    }
