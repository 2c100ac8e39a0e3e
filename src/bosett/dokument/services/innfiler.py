"""Files in: taken into quarantine by the one who brings them, let through or refused by a job that has looked inside."""

import logging

from django.db import transaction
from procrastinate.contrib.django import app as jobber
from procrastinate.contrib.django.models import ProcrastinateJob

from bosett.aktor.kontekst import Aktor, som
from bosett.aktor.models import Organisasjon
from bosett.dokument import isolert
from bosett.dokument.models import Dokument, Fil, Innfil
from bosett.dokument.rules.filtype import finn_type, rens_navn
from bosett.dokument.services.arkivering import ko_arkivering
from bosett.dokument.services.filer import lagre_for
from bosett.dokument.states import AVVIS_FIL, AVVIST, FRIGI_FIL, KARANTENE, TA_IMOT
from bosett.dokument.viruskontroll import viruskontroll
from bosett.grunn.feil import Avvist, Ugyldig
from bosett.grunn.feilpunkt import feilpunkt
from bosett.grunn.klokke import naa
from bosett.spor.services import registrer
from bosett.tilgang import services as tilgang
from bosett.tilgang.models import Deling
from bosett.tilgang.policy import krev

MAKS_FILER = 40
"""Per case and organisation, refused ones too: room for what is needed, and not for filling the database."""

_logg = logging.getLogger("bosett.innfil")


@transaction.atomic
def ta_imot(
    *, aktor: Aktor, subjekt_id: int, organisasjon: Organisasjon, navn: str, innhold: bytes
) -> Innfil:
    """Take a file into quarantine, on behalf of `organisasjon`; a job controls it and lets it through.

    The type is decided by the content, and the name gets its ending. Bringing the same bytes again gives the same row, unless
    they were refused. Raises `Ugyldig` (codes `dokument.fil_…`, see `rules.filavslag`) for what is refused at once, and
    `Avvist` when the case isn't shared with the organisation.
    """
    tilgang.laas(subjekt_id=subjekt_id)
    krev(aktor, TA_IMOT.kode, organisasjon)
    if not aktor.nasjonal and not _delt(subjekt_id, organisasjon):
        raise Avvist(kode="TILGANG", hva="Saken finnes ikke, eller du har ikke tilgang til den.")
    filtype = finn_type(innhold)
    mine = Innfil.objects.filter(subjekt_id=subjekt_id, organisasjon=organisasjon)
    fil = lagre_for(aktor=aktor, innhold=innhold, medietype=filtype.medietype)
    if finnes := mine.filter(fil_id=fil.pk).exclude(tilstand=AVVIST).first():
        return finnes
    if mine.count() >= MAKS_FILER:
        raise Ugyldig(
            kode="dokument.fil_mange",
            hva="Det er allerede lastet opp mange filer i saken.",
            regel="En organisasjon kan laste opp 40 filer i en sak.",
            gjor="Samle resten i én PDF, eller ta kontakt med IMDi.",
        )
    innfil = Innfil.objects.create(
        subjekt_id=subjekt_id,
        organisasjon=organisasjon,
        fil=fil,
        navn=rens_navn(navn, filtype),
        medietype=filtype.medietype,
        tilstand=KARANTENE,
        lastet_opp_av_id=aktor.bruker_id,
    )
    feilpunkt("dokument.etter_innfil")
    registrer(
        aktor=aktor,
        handling=TA_IMOT.kode,
        subjekt_id=subjekt_id,
        organisasjon=organisasjon,
        data={"innfil": str(innfil.uuid), "fil": fil.sha256, "medietype": filtype.medietype},
    )
    _ko_kontroll(innfil.pk)
    return innfil


def kontroller_fil(*, aktor: Aktor, innfil_id: int, siste_forsok: bool = True) -> None:
    """Look inside a file in quarantine, scan it when there is a scanner, and let it through or refuse it.

    Not in a transaction while it looks. May be repeated. Raises `Kontrollfeil` or `Viruskontrollfeil` when another attempt
    should be made; until a scanner that is set up has answered, the file stays in quarantine.
    """
    with som(aktor):
        krev(aktor, FRIGI_FIL.kode)
        innfil = Innfil.objects.filter(pk=innfil_id, tilstand=KARANTENE).first()
        if innfil is None:
            return
        innhold = bytes(Fil.objects.values_list("innhold", flat=True).get(pk=innfil.fil_id))
    feilpunkt("dokument.for_filkontroll")
    try:
        grunn = isolert.kontroller(innhold, innfil.medietype)
    except isolert.Kontrollfeil:
        if not siste_forsok:
            raise
        grunn = "uleselig"
    skanner = viruskontroll()
    skannet = False
    if not grunn and skanner is not None:
        skannet = True
        grunn = "virus" if skanner.finn(innhold) else ""
    feilpunkt("dokument.etter_filkontroll")
    _avgjor(aktor, innfil, grunn, skannet=skannet)


def _avgjor(aktor: Aktor, sett: Innfil, grunn: str, *, skannet: bool) -> None:
    with som(aktor):
        tilgang.laas(subjekt_id=sett.subjekt_id)
        innfil = Innfil.objects.select_for_update(of=("self",)).get(pk=sett.pk)
        if innfil.tilstand != KARANTENE:
            return  # the same job, come before
        overgang = AVVIS_FIL if grunn else FRIGI_FIL
        innfil.tilstand, innfil.grunn, innfil.kontrollert = overgang.til, grunn, naa()
        innfil.viruskontroll = innfil.kontrollert if skannet and not grunn else None
        innfil.save(update_fields=["tilstand", "grunn", "kontrollert", "viruskontroll"])
        registrer(
            aktor=aktor,
            handling=overgang.kode,
            subjekt_id=innfil.subjekt_id,
            data={"innfil": str(innfil.uuid), "skannet": skannet} | ({"grunn": grunn} if grunn else {}),
        )
        # A document that waited for this file can be archived, or archived anew.
        for dokument in Dokument.objects.filter(vedlegg__innfil=innfil).order_by("pk"):
            ko_arkivering(dokument)
        feilpunkt("dokument.etter_avgjorelse")


def ko_ventende(*, aktor: Aktor) -> int:
    """Queue the files in quarantine that no job is going to look at any more (the scanner was down too long). Returns how many."""
    krev(aktor, FRIGI_FIL.kode)
    i_ko = {
        args["innfil_id"]
        for args in ProcrastinateJob.objects.filter(
            task_name="dokument.kontroller_fil", status__in=("todo", "doing")
        ).values_list("args", flat=True)
    }
    venter = [
        pk
        for pk in Innfil.objects.filter(tilstand=KARANTENE).order_by("pk").values_list("pk", flat=True)
        if pk not in i_ko
    ]
    for pk in venter:
        _ko_kontroll(pk)
    if venter:
        _logg.warning("%s filer sto i karantene uten jobb og er satt i kø igjen", len(venter))
    return len(venter)


def _delt(subjekt_id: int, organisasjon: Organisasjon) -> bool:
    return Deling.objects.filter(
        subjekt_id=subjekt_id, organisasjon=organisasjon, fra__lte=naa(), til__isnull=True
    ).exists()


def _ko_kontroll(innfil_id: int) -> None:
    """In the same transaction: the job exists if and only if the file does."""
    jobber.configure_task("dokument.kontroller_fil", lock=f"innfil-{innfil_id}").defer(innfil_id=innfil_id)
