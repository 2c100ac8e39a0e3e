"""The archive package of a sent letter."""

from django.db import transaction

from bosett.aktor.kontekst import Aktor
from bosett.dokument.arkiv import Arkivfil, Godkjenningsspor, Registerdata, pakk
from bosett.dokument.models import Arkivpakke, Dokument
from bosett.dokument.services.filer import lagre_fil
from bosett.dokument.services.laas import laas_dokument, skriv_spor
from bosett.dokument.states import ARKIVER
from bosett.grunn.feil import Konflikt
from bosett.tilgang.policy import krev


@transaction.atomic
def arkiver(*, aktor: Aktor, dokument_id: int) -> Arkivpakke:
    """Make and store the package (once). Raises `Konflikt` when the letter has not been sent."""
    dokument = laas_dokument(dokument_id)
    krev(aktor, ARKIVER.kode, dokument.motpart)
    if finnes := Arkivpakke.objects.filter(dokument=dokument).first():
        return finnes
    if dokument.sendt_tid is None or dokument.fil is None:
        raise Konflikt(
            kode="dokument.ikke_sendt",
            hva="Brevet er ikke sendt.",
            regel="Bare sendte brev arkiveres.",
            gjor="Send brevet først.",
        )
    fil = lagre_fil(
        innhold=pakk(
            registerdata(dokument), (Arkivfil("brev.pdf", "application/pdf", bytes(dokument.fil.innhold)),)
        ),
        medietype="application/zip",
    )
    pakke = Arkivpakke.objects.create(dokument=dokument, fil=fil)
    skriv_spor(aktor, ARKIVER.kode, dokument, fil=fil.sha256)
    return pakke


def registerdata(dokument: Dokument) -> Registerdata:
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
    )
