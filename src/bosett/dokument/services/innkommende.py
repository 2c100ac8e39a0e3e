"""Documents that come in: typeset from what a person has registered, copied to the others, and archived with the files that came."""

from collections.abc import Sequence
from dataclasses import replace

from django.db import transaction

from bosett.aktor.kontekst import Aktor
from bosett.aktor.models import Organisasjon
from bosett.dokument import brev as innhold
from bosett.dokument import sats
from bosett.dokument.brev import Brev
from bosett.dokument.models import Dokument, Dokumentvedlegg, Forsendelse, Innfil
from bosett.dokument.services.arkivering import ko_arkivering
from bosett.dokument.services.dokumenter import Godkjenner, innholdsfelt, ta_nummer
from bosett.dokument.services.filer import lagre_fil
from bosett.dokument.services.laas import feil_tilstand, laas_dokument, skriv_spor
from bosett.dokument.services.utsending import Mottaker, ko_inn, ny_forsendelse, sjekk_kanal
from bosett.dokument.states import ERSTATT, ERSTATTET, REGISTRER_INN, SENDT
from bosett.grunn.feil import Konflikt, Ugyldig
from bosett.grunn.feilpunkt import feilpunkt
from bosett.grunn.klokke import naa
from bosett.tilgang import services as tilgang
from bosett.tilgang.policy import krev


@transaction.atomic
def registrer_inn(
    *,
    aktor: Aktor,
    subjekt_id: int,
    slag: str,
    brev: Brev,
    saksreferanse: str,
    motpart: Organisasjon,
    mottakere: Sequence[Mottaker],
    registrert_av: Godkjenner,
    nokkel: str,
    vedlegg: Sequence[Innfil] = (),
    erstatter_id: int | None = None,
) -> Dokument:
    """A document from `motpart`, seen at once by it and by those the case is shared with; copies go to `mottakere` by jobs.

    A job of the system does it, for the person `registrert_av`, whose name, role and time are printed. The document number
    becomes the letter's reference. `erstatter_id` is the document this one takes over for: it then is its next version, with
    the same number. A repeat with the same `nokkel` gives the document that is there. Files still in quarantine follow to the
    archive when they are let through. Raises `Ugyldig` for a channel, a file of another case or a text that can't be typeset,
    and `Konflikt` when `erstatter_id` is no longer the one that holds.
    """
    if not nokkel:
        raise ValueError("et dokument som kommer inn, må ha en nøkkel")
    tilgang.laas(subjekt_id=subjekt_id)
    krev(aktor, REGISTRER_INN.kode, motpart)
    if finnes := Dokument.objects.filter(nokkel=nokkel).first():
        return finnes
    for mottaker in mottakere:
        sjekk_kanal(mottaker)
    if any(innfil.subjekt_id != subjekt_id for innfil in vedlegg):
        raise Ugyldig(
            kode="dokument.vedlegg_sak",
            hva="Filen hører til en annen sak.",
            regel="Et dokument kan bare ha vedlegg fra sin egen sak.",
            gjor="Last opp filen i saken.",
        )
    gammelt = _erstattes(erstatter_id, subjekt_id)
    dokument = _nytt(brev, registrert_av, gammelt)
    dokument.subjekt_id, dokument.nokkel = subjekt_id, nokkel
    dokument.slag, dokument.saksreferanse, dokument.motpart = slag, saksreferanse, motpart
    # Here and not before: the number is printed, and is held until commit anyway.
    pdf = sats.sett(innhold.fra_json(dokument.innhold), innkommet=True)
    dokument.fil = lagre_fil(innhold=pdf, medietype="application/pdf")
    feilpunkt("dokument.inn_etter_fil")
    if gammelt is not None:
        Dokument.objects.filter(pk=gammelt.pk).update(tilstand=ERSTATTET)
        skriv_spor(aktor, ERSTATT.kode, gammelt)
    dokument.save()
    Dokumentvedlegg.objects.bulk_create(
        Dokumentvedlegg(dokument=dokument, innfil=innfil, nr=nr) for nr, innfil in enumerate(vedlegg, 1)
    )
    # the same recipient twice is one
    forsendelser = Forsendelse.objects.bulk_create(
        ny_forsendelse(dokument, mottaker)
        for mottaker in {(ett.organisasjon.pk, ett.kanal): ett for ett in mottakere}.values()
    )
    feilpunkt("dokument.inn_etter_rad")
    skriv_spor(
        aktor,
        REGISTRER_INN.kode,
        dokument,
        fil=dokument.fil.sha256,
        registrert_av=registrert_av.bruker_id,
        vedlegg=[str(innfil.uuid) for innfil in vedlegg],
        forsendelser=[str(forsendelse.uuid) for forsendelse in forsendelser],
    )
    for forsendelse in forsendelser:
        ko_inn(forsendelse)
    ko_arkivering(dokument)
    feilpunkt("dokument.inn_for_innsending")
    return dokument


def _erstattes(erstatter_id: int | None, subjekt_id: int) -> Dokument | None:
    """The document that gives way, locked."""
    if erstatter_id is None:
        return None
    gammelt = laas_dokument(erstatter_id)
    if gammelt.subjekt_id != subjekt_id or gammelt.retning != "inn":
        raise Konflikt(
            kode="dokument.erstatter_annet",
            hva="Dokumentet som skal erstattes, hører ikke til her.",
            regel="En ny versjon tar over for et dokument som er kommet inn i samme sak.",
            gjor="Velg dokumentet i saken.",
        )
    if gammelt.tilstand != SENDT:
        raise feil_tilstand(gammelt, "erstattes")
    return gammelt


def _nytt(brev: Brev, hvem: Godkjenner, gammelt: Dokument | None) -> Dokument:
    """The row, not saved: number and version, and the letter with the one who registered it."""
    aar = gammelt.aar if gammelt else brev.dato.year
    dokument = Dokument(
        aar=aar,
        nummer=gammelt.nummer if gammelt else next(ta_nummer(aar, 1)),
        versjon=gammelt.versjon + 1 if gammelt else 1,
        erstatter=gammelt,
        retning="inn",
        tilstand=SENDT,
        sendt_tid=naa(),
        godkjent_av_id=hvem.bruker_id,
        godkjent_navn=hvem.navn,
        godkjent_rolle=hvem.rolle,
        godkjent_tid=hvem.tidspunkt,
    )
    if gammelt is not None:
        dokument.serie = gammelt.serie
    registrert = innhold.Godkjenning(hvem.navn, hvem.rolle, hvem.tidspunkt)
    felt = innholdsfelt(replace(brev, referanse=dokument.dokumentnummer).godkjent(registrert))
    for navn, verdi in felt.items():
        setattr(dokument, navn, verdi)
    return dokument
