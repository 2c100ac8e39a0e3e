"""The archive package of a document that has been sent or has come in."""

from collections.abc import Iterable

from django.db import transaction
from procrastinate.contrib.django import app as jobber
from procrastinate.contrib.django.models import ProcrastinateJob

from bosett.aktor.kontekst import Aktor
from bosett.dokument.arkiv import Arkivfil, Godkjenningsspor, Registerdata, Vedleggspor, pakk
from bosett.dokument.models import MAKS_PAKKE, Arkivpakke, Dokument, Innfil
from bosett.dokument.rules.filavslag import avslag
from bosett.dokument.services.filer import lagre_fil
from bosett.dokument.services.laas import laas_dokument, skriv_spor
from bosett.dokument.states import ARKIVER, FRIGITT, KARANTENE, LEVERT
from bosett.grunn.feil import Konflikt
from bosett.tilgang.policy import krev

_PLASS_TIL_FILER = MAKS_PAKKE - 30 * 1024 * 1024
"""The rest is for the PDF, the metadata and the ZIP's own lists."""


def ko_arkivering(dokument: Dokument) -> None:
    """Queue the archiving when all is there: a letter out is delivered everywhere, and no file that came with the document is
    in quarantine. Call it under the subject's lock."""
    if dokument.retning == "ut" and dokument.forsendelser.exclude(tilstand=LEVERT).exists():
        return
    if dokument.vedlegg.filter(innfil__tilstand=KARANTENE).exists():
        return
    laas = f"arkiver-{dokument.pk}"
    if not ProcrastinateJob.objects.filter(queueing_lock=laas, status="todo").exists():
        jobber.configure_task("dokument.arkiver", queueing_lock=laas).defer(dokument_id=dokument.pk)


@transaction.atomic
def arkiver(*, aktor: Aktor, dokument_id: int) -> Arkivpakke:
    """Make and store the package. A repeat gives the same one, unless a file has been let through since: then a new package
    holds it too. Raises `Konflikt` when the letter has not been sent."""
    dokument = laas_dokument(dokument_id)
    krev(aktor, ARKIVER.kode, dokument.motpart)
    siste = Arkivpakke.objects.filter(dokument=dokument).order_by("-nr").first()
    rader = dokument.vedlegg.select_related("innfil__fil").defer("innfil__fil__innhold").order_by("nr")
    vedlegg = [rad.innfil for rad in rader]
    if siste is not None and not vedlegg:
        return siste
    if dokument.sendt_tid is None or dokument.fil is None:
        raise Konflikt(
            kode="dokument.ikke_sendt",
            hva="Brevet er ikke sendt.",
            regel="Bare sendte brev arkiveres.",
            gjor="Send brevet først.",
        )
    spor, filer = _vedlegg(vedlegg)
    hoved = "hoveddokument.pdf" if dokument.retning == "inn" else "brev.pdf"
    innhold = pakk(
        registerdata(dokument, spor),
        (Arkivfil(hoved, "application/pdf", bytes(dokument.fil.innhold)), *filer),
    )
    fil = lagre_fil(innhold=innhold, medietype="application/zip")
    if siste is not None and siste.fil_id == fil.pk:
        return siste
    pakke = Arkivpakke.objects.create(dokument=dokument, fil=fil, nr=siste.nr + 1 if siste else 1)
    skriv_spor(aktor, ARKIVER.kode, dokument, fil=fil.sha256)
    return pakke


def _vedlegg(innfiler: Iterable[Innfil]) -> tuple[tuple[Vedleggspor, ...], list[Arkivfil]]:
    """The files that came with the document: what the metadata says of each, and those that go into the package."""
    spor, filer, plass = [], [], _PLASS_TIL_FILER
    for nr, innfil in enumerate(innfiler, 1):
        utelatt = _utelatt(innfil, plass)
        navn = "" if utelatt else f"vedlegg-{nr}-{innfil.navn}"
        if not utelatt:
            filer.append(Arkivfil(navn, innfil.medietype, bytes(innfil.fil.innhold)))
            plass -= innfil.fil.storrelse
        spor.append(
            Vedleggspor(
                fil=navn,
                navn=innfil.navn,
                medietype=innfil.medietype,
                sha256=innfil.fil.sha256,
                lastet_opp=innfil.lastet_opp,
                viruskontroll=innfil.viruskontroll,
                utelatt=utelatt,
            )
        )
    return tuple(spor), filer


def _utelatt(innfil: Innfil, plass: int) -> str:
    if innfil.tilstand == KARANTENE:
        return "Filen er ikke kontrollert ennå."
    if innfil.tilstand != FRIGITT:
        return f"Filen ble avvist. {avslag(innfil.grunn).hva}"
    return "Det er ikke plass til filen i pakken." if innfil.fil.storrelse > plass else ""


def registerdata(dokument: Dokument, vedlegg: tuple[Vedleggspor, ...] = ()) -> Registerdata:
    """The journal's metadata of one approved version: id, context, title, party, date, time."""
    assert dokument.godkjent_tid is not None
    return Registerdata(
        id=str(dokument.uuid),
        kontekst=dokument.saksreferanse,
        dokumentnummer=dokument.dokumentnummer,
        tittel=dokument.tittel,
        slag=dokument.slag,
        part=dokument.motpart.navn if dokument.motpart else "",
        part_organisasjonsnummer="",
        retning=dokument.retning,
        dato=dokument.dato,
        tidspunkt=dokument.sendt_tid or dokument.godkjent_tid,
        spraak=dokument.spraak,
        versjon=dokument.versjon,
        erstatter=str(dokument.erstatter.uuid) if dokument.erstatter else "",
        godkjenninger=(
            Godkjenningsspor(dokument.godkjent_navn, dokument.godkjent_rolle, dokument.godkjent_tid),
        ),
        vedlegg=vedlegg,
    )
