"""Sending the letters of an approved round: one act by a person, then a job that can be killed anywhere and started again."""

from functools import partial

from django.db import transaction
from django.db.models import QuerySet
from procrastinate.contrib.django import app as jobber

from bosett.aktor.kontekst import Aktor, som
from bosett.anmodning import services, states
from bosett.anmodning.brev import hent_brevgrunnlag, kontakt_for, lag_brev
from bosett.anmodning.models import Anmodningstall, Kommuneanmodning, Runde
from bosett.dokument import services as dokumenter
from bosett.dokument.models import Dokument
from bosett.dokument.services import Godkjenner, Utkast
from bosett.grunn.feil import BosettFeil
from bosett.grunn.feilpunkt import feilpunkt
from bosett.grunn.klokke import OSLO, naa
from bosett.oppgave import services as oppgaver
from bosett.spor.services import registrer
from bosett.tilgang.services import del_subjekt

_PORSJON = 60
_ROLLE = {"nb": "godkjenner i IMDi", "nn": "godkjennar i IMDi"}


@transaction.atomic
def send(*, aktor: Aktor, runde_id: int) -> Runde:
    """Start sending the letters of an approved round. The job makes, locks and dispatches one letter at a time.

    Raises `Mangler` at once, before anything is sent, when a register that the letters need is empty.
    """
    runde = services.laas_runde(runde_id)
    services.flytt(aktor, runde, states.SEND)
    grunnlag = hent_brevgrunnlag(runde, naa().astimezone(OSLO).date())
    for tall in _tall(runde):
        kontakt_for(grunnlag, tall.anmodning)
    runde.save()
    registrer(aktor=aktor, handling=states.SEND.kode, subjekt_id=runde.pk)
    jobber.configure_task("anmodning.send_brev", queueing_lock=f"send_brev-{runde.pk}").defer(
        runde_id=runde.pk
    )
    return runde


def send_alle(*, aktor: Aktor, runde_id: int) -> list[tuple[str, BosettFeil]]:
    """The job: drafts, then approval, dispatch and the municipality's own state, each letter in one transaction.

    What is done is passed over, so it may be killed at any point and run again. Returns the letters that were refused.
    """
    with som(aktor):
        runde = Runde.objects.select_related("behov", "gjeldende", "godkjent_av", "subjekt").get(pk=runde_id)
        ider = [tall.anmodning_id for tall in _tall(runde, ("klar",))]
    if runde.tilstand != "sendes":
        return []
    navn: dict[int, str] = {}
    spraak: dict[str, list[int]] = {}
    for start in range(0, len(ider), _PORSJON):
        with som(aktor):
            grunnlag = hent_brevgrunnlag(runde, naa().astimezone(OSLO).date())
            utkast = [
                Utkast(
                    subjekt_id=tall.anmodning_id,
                    slag="anmodningsbrev",
                    brev=lag_brev(grunnlag, tall),
                    saksreferanse=str(runde),
                    motpart=tall.anmodning.organisasjon,
                    nokkel=f"anmodningsbrev:{tall.anmodning_id}:{tall.revisjon_id}",
                )
                for tall in _tall(runde).filter(anmodning_id__in=ider[start : start + _PORSJON])
            ]
            for ett, dokument in zip(
                utkast, dokumenter.opprett_mange_utkast(aktor=aktor, utkast=utkast), strict=True
            ):
                navn[dokument.pk] = ett.motpart.navn if ett.motpart else ""
                spraak.setdefault(dokument.spraak, []).append(dokument.pk)
    feilpunkt("anmodning.etter_utkast")
    etterpaa = partial(_send_ett, aktor, runde)
    feil = [
        (navn[pk], avslag)
        for maalform, dokument_ider in spraak.items()
        for pk, avslag in dokumenter.godkjenn_mange(
            aktor=aktor,
            dokument_ider=dokument_ider,
            godkjenner=_godkjenner(runde, maalform),
            etterpaa=etterpaa,
        )
        if avslag is not None
    ]
    if not feil:
        _fullfor(aktor, runde_id)
    return feil


def _send_ett(aktor: Aktor, runde: Runde, dokument: Dokument) -> None:
    """Dispatch one approved letter, and let the municipality see its request from now on."""
    anmodning = Kommuneanmodning.objects.select_related("organisasjon", "subjekt").get(pk=dokument.subjekt_id)
    if anmodning.tilstand not in states.SEND_BREV.fra:
        return
    dokumenter.send(
        aktor=aktor,
        dokument_id=dokument.pk,
        mottakere=dokumenter.standardkanaler(anmodning.organisasjon),
        laast=dokument,
    )
    anmodning.tilstand, anmodning.sendt = states.SEND_BREV.til, naa()
    anmodning.save(update_fields=["tilstand", "sendt"])
    del_subjekt(
        subjekt_id=anmodning.pk,
        organisasjon=anmodning.organisasjon,
        grad="full",
        hvorfor=states.SEND_BREV.kode,
    )
    registrer(
        aktor=aktor,
        handling=states.SEND_BREV.kode,
        subjekt_id=anmodning.pk,
        data={"runde": runde.pk, "dokument": str(dokument.uuid)},
    )
    oppgaver.opprett(
        subjekt_id=anmodning.pk,
        organisasjon=anmodning.organisasjon,
        roller=["bosetter_skriv", "kommune_admin"],
        slag="les_anmodning",
        gjelder=str(runde),
        sti=f"/kommunens-anmodninger/{anmodning.subjekt.uuid}/",
        frist=runde.frist,
    )
    feilpunkt("anmodning.etter_brev")


def _fullfor(aktor: Aktor, runde_id: int) -> None:
    with som(aktor):
        runde = services.laas_runde(runde_id)
        if runde.tilstand not in states.FULLFOR.fra or runde.anmodninger.filter(tilstand="klar").exists():
            return
        services.flytt(aktor, runde, states.FULLFOR)
        runde.sendt = naa()
        runde.save()
        antall = runde.anmodninger.filter(tilstand="anmodet").count()
        registrer(aktor=aktor, handling=states.FULLFOR.kode, subjekt_id=runde.pk, data={"brev": antall})
        jobber.configure_task("statistikk.publiser_runde", priority=10).defer(runde_id=runde.pk)


def _tall(runde: Runde, tilstander: tuple[str, ...] = ("klar", "anmodet")) -> QuerySet[Anmodningstall]:
    return (
        Anmodningstall.objects.filter(
            revisjon=runde.gjeldende, antall__gt=0, anmodning__tilstand__in=tilstander
        )
        .select_related("anmodning__organisasjon")
        .defer("forklaring")
        .order_by("anmodning__nummer")
    )


def _godkjenner(runde: Runde, maalform: str) -> Godkjenner:
    assert (
        runde.godkjent_av is not None and runde.godkjent is not None
    )  # the constraint runde_godkjent_for_utsending
    return Godkjenner(runde.godkjent_av.pk, runde.godkjent_av.navn, _ROLLE[maalform], runde.godkjent)
