"""Sending the letters of an approved round: one act by a person, then a job that can be killed anywhere and started again."""

from collections.abc import Sequence
from functools import partial

from django.db import transaction
from django.db.models import QuerySet
from procrastinate.contrib.django import app as jobber

from bosett.aktor.kontekst import Aktor, som
from bosett.anmodning import oppgaver, services, states
from bosett.anmodning.brev import hent_brevgrunnlag, kontakt_for, lag_brev
from bosett.anmodning.models import Anmodningstall, Kommuneanmodning, Runde
from bosett.anmodning.selectors import er_i_gang
from bosett.dokument import services as dokumenttjenester
from bosett.dokument.models import Dokument
from bosett.dokument.services import Godkjenner, Utkast
from bosett.grunn.feil import BosettFeil, Konflikt
from bosett.grunn.feilpunkt import feilpunkt
from bosett.grunn.klokke import OSLO, naa
from bosett.spor.services import Innslag, registrer, registrer_mange
from bosett.tilgang.services import del_mange

_PORSJON = 60
_ROLLE = {"nb": "godkjenner i IMDi", "nn": "godkjennar i IMDi"}


@transaction.atomic
def send(*, aktor: Aktor, runde_id: int) -> Runde:
    """Start sending the letters of an approved round, or the rest of them when the job has stopped.

    Raises `Mangler` at once, before anything is sent, when a register that the letters need is empty, `Konflikt` when a job is
    sending them already, and `Ugyldig` when the sum of the numbers is another than the need and it does not say why.
    """
    runde = services.laas_runde(runde_id)
    resten = runde.tilstand == states.SEND.til
    services.flytt(aktor, runde, states.SEND)
    services.krev_grunn(runde)
    i_gang = er_i_gang(runde)
    if resten and i_gang:
        raise Konflikt(
            kode="ANMODNING-SENDES",
            hva="Brevene er allerede på vei.",
            regel="De sendes én gang.",
            gjor="Følg med på siden til runden.",
        )
    grunnlag = hent_brevgrunnlag(runde, naa().astimezone(OSLO).date())
    for tall in _tall(runde):
        kontakt_for(grunnlag, tall.anmodning)
    runde.save()
    registrer(aktor=aktor, handling=states.SEND.kode, subjekt_id=runde.pk)
    if not i_gang:  # a job from before the round was held back does it
        jobber.configure_task("anmodning.send_brev", queueing_lock=f"send_brev-{runde.pk}").defer(
            runde_id=runde.pk
        )
    return runde


def send_alle(*, aktor: Aktor, runde_id: int) -> list[tuple[str, BosettFeil]]:
    """The job: drafts, then approval, dispatch and the municipality's own state, each portion of letters in one transaction.

    What is done is passed over, so it may be killed at any point and run again; a draft left from before gets the registers
    of the day. Returns the letters that were refused, whose municipalities keep the reason in `avslag`.
    """
    with som(aktor):
        runde = Runde.objects.select_related(
            "behov", "gjeldende", "godkjent_av", "subjekt", "erstatter__behov"
        ).get(pk=runde_id)
        ider = [tall.anmodning_id for tall in _tall(runde, ("klar",))]
    if runde.tilstand != "sendes":
        return []
    anmodninger: dict[int, Kommuneanmodning] = {}
    for start in range(0, len(ider), _PORSJON):
        with som(aktor):
            grunnlag = hent_brevgrunnlag(runde, naa().astimezone(OSLO).date())
            alle_tall = list(_tall(runde).filter(anmodning_id__in=ider[start : start + _PORSJON]))
            utkast = [
                Utkast(
                    subjekt_id=tall.anmodning_id,
                    slag="anmodningsbrev",
                    brev=lag_brev(grunnlag, tall),
                    saksreferanse=str(runde),
                    motpart=tall.anmodning.organisasjon,
                    nokkel=f"anmodningsbrev:{tall.anmodning_id}:{tall.revisjon_id}",
                )
                for tall in alle_tall
            ]
            fra_for = set(
                Dokument.objects.filter(
                    tilstand="utkast", nokkel__in=[ett.nokkel for ett in utkast]
                ).values_list("nokkel", flat=True)
            )
            dokumenter = dokumenttjenester.opprett_mange_utkast(aktor=aktor, utkast=utkast)
            for tall, ett, dokument in zip(alle_tall, utkast, dokumenter, strict=True):
                anmodninger[dokument.pk] = tall.anmodning
                if ett.nokkel in fra_for:
                    dokumenttjenester.rediger(aktor=aktor, dokument_id=dokument.pk, brev=ett.brev)
    feilpunkt("anmodning.etter_utkast")
    svar = dokumenttjenester.godkjenn_mange(
        aktor=aktor,
        dokument_ider=list(anmodninger),
        godkjenner=partial(_godkjenner, runde),
        etterpaa=partial(_send_porsjon, aktor, runde),
    )
    try:
        feil = [(anmodninger[pk], avslag) for pk, avslag in svar if avslag is not None]
    except _ErUtsattError:
        return []
    with som(aktor):
        for anmodning, avslag in feil:
            Kommuneanmodning.objects.filter(pk=anmodning.pk).update(avslag=str(avslag)[:500])
    if not feil:
        _fullfor(aktor, runde_id)
    return [(anmodning.navn, avslag) for anmodning, avslag in feil]


class _ErUtsattError(Exception):
    """Somebody has held the round back: the portion is rolled back, and the job stops."""


def _send_porsjon(aktor: Aktor, runde: Runde, dokumenter: Sequence[Dokument]) -> None:
    """Dispatch approved letters, and let each municipality see its request from now on."""
    if services.laas_runde(runde.pk).tilstand != "sendes":
        raise _ErUtsattError
    anmodninger = (
        Kommuneanmodning.objects.select_related("organisasjon", "subjekt")
        .filter(tilstand__in=states.SEND_BREV.fra)
        .in_bulk([dokument.subjekt_id for dokument in dokumenter])
    )
    brev = {d.subjekt_id: d for d in dokumenter if d.subjekt_id in anmodninger}
    if not brev:
        return
    dokumenttjenester.send_laaste(
        aktor=aktor,
        brev=[(d, dokumenttjenester.standardkanaler(anmodninger[pk].organisasjon)) for pk, d in brev.items()],
    )
    bortfalt = set(
        runde.gjeldende.tall.filter(anmodning_id__in=brev, antall=0).values_list("anmodning_id", flat=True)
        if runde.gjeldende
        else ()
    )
    sendt = naa()
    for overgang, ider in ((states.SEND_BREV, brev.keys() - bortfalt), (states.FALL_BORT, bortfalt)):
        Kommuneanmodning.objects.filter(pk__in=ider).update(tilstand=overgang.til, sendt=sendt, avslag="")
        registrer_mange(
            aktor=aktor,
            handling=overgang.kode,
            innslag=[
                Innslag(pk, {"runde": runde.pk, "dokument": str(d.uuid)})
                for pk, d in brev.items()
                if pk in ider
            ],
        )
    _erstatt(aktor, runde, [anmodninger[pk].kommune_id for pk in brev])
    del_mange(
        delinger=[(pk, anmodninger[pk].organisasjon) for pk in brev],
        grad="full",
        hvorfor=states.SEND_BREV.kode,
    )
    oppgaver.gi(runde, [anmodninger[pk] for pk in brev], bortfalt)
    feilpunkt("anmodning.etter_brev")


def _erstatt(aktor: Aktor, runde: Runde, kommuner: Sequence[int]) -> None:
    """The requests these letters come in the place of stand as replaced from now on; their letters are as they were."""
    gamle = list(
        Kommuneanmodning.objects.filter(
            runde=runde.erstatter_id, kommune_id__in=kommuner, tilstand__in=states.ERSTATT.fra
        ).values_list("pk", flat=True)
    )
    if not gamle:
        return
    Kommuneanmodning.objects.filter(pk__in=gamle).update(tilstand=states.ERSTATT.til)
    registrer_mange(
        aktor=aktor, handling=states.ERSTATT.kode, innslag=[Innslag(pk, {"runde": runde.pk}) for pk in gamle]
    )
    oppgaver.lukk(aktor, gamle)


def _fullfor(aktor: Aktor, runde_id: int) -> None:
    with som(aktor):
        runde = services.laas_runde(runde_id)
        if runde.tilstand not in states.FULLFOR.fra or runde.anmodninger.filter(tilstand="klar").exists():
            return
        services.flytt(aktor, runde, states.FULLFOR)
        runde.sendt = naa()
        runde.save()
        antall = runde.anmodninger.exclude(sendt=None).count()
        registrer(aktor=aktor, handling=states.FULLFOR.kode, subjekt_id=runde.pk, data={"brev": antall})
        jobber.configure_task("statistikk.publiser_runde", priority=10).defer(runde_id=runde.pk)


def _tall(
    runde: Runde, tilstander: tuple[str, ...] = ("klar", "anmodet", "bortfalt")
) -> QuerySet[Anmodningstall]:
    return (
        Anmodningstall.objects.filter(revisjon=runde.gjeldende, anmodning__tilstand__in=tilstander)
        .select_related("anmodning__organisasjon")
        .defer("forklaring")
        .order_by("anmodning__nummer")
    )


def _godkjenner(runde: Runde, maalform: str) -> Godkjenner:
    assert (
        runde.godkjent_av is not None and runde.godkjent is not None
    )  # the constraint runde_godkjent_for_utsending
    return Godkjenner(runde.godkjent_av.pk, runde.godkjent_av.navn, _ROLLE[maalform], runde.godkjent)
