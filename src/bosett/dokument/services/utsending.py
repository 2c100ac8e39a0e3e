"""Sending: dispatch rows in the act's own transaction, delivery afterwards by a job, outside every transaction."""

from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlsplit
from uuid import uuid4

from django.conf import settings
from django.db import transaction
from procrastinate.contrib.django import app as jobber

from bosett.aktor.kontekst import Aktor, som
from bosett.aktor.models import Organisasjon
from bosett.dokument.brev import Maalform
from bosett.dokument.kanaler import KANALER, Kvittering, Leveranse, Leveringsfeil
from bosett.dokument.models import Dokument, Forsendelse
from bosett.dokument.services.arkivering import ko_arkivering
from bosett.dokument.services.laas import feil_tilstand, laas_dokument, skriv_mange_spor, skriv_spor
from bosett.dokument.states import EKSPEDER, FEILET, GI_OPP, LEVERT, SEND, SEND_IGJEN, SENDT, VENTER
from bosett.grunn.feil import Konflikt, Ugyldig
from bosett.grunn.feilpunkt import feilpunkt
from bosett.grunn.klokke import naa
from bosett.tilgang.policy import krev


@dataclass(frozen=True)
class Mottaker:
    organisasjon: Organisasjon
    kanal: str


def standardkanaler(organisasjon: Organisasjon) -> list[Mottaker]:
    """The outbox folder always; a notice by e-mail when a mail server is named and the organisation has an address."""
    mottakere = [Mottaker(organisasjon, "fil")]
    if settings.EPOST_PA and organisasjon.epost:
        mottakere.append(Mottaker(organisasjon, "epost"))
    return mottakere


@transaction.atomic
def send(*, aktor: Aktor, dokument_id: int, mottakere: Sequence[Mottaker]) -> list[Forsendelse]:
    """Send an approved letter: from now on its recipients see it, and a job delivers it in each channel.

    Repeating it changes nothing; new recipients are added. Raises `Konflikt` when the letter is not approved, and `Ugyldig`
    for an e-mail that can't be sent.
    """
    return send_laaste(aktor=aktor, brev=[(laas_dokument(dokument_id), mottakere)])[0]


@transaction.atomic
def send_laaste(
    *, aktor: Aktor, brev: Sequence[tuple[Dokument, Sequence[Mottaker]]]
) -> list[list[Forsendelse]]:
    """As `send`, for documents this transaction has locked already (as in `godkjenn_mange`): all or none."""
    for dokument, mottakere in brev:
        krev(aktor, SEND.kode, dokument.motpart)
        if dokument.tilstand not in SEND.fra:
            raise feil_tilstand(dokument, "sendes")
        for mottaker in mottakere:
            sjekk_kanal(mottaker)
    finnes = {
        (f.dokument_id, f.mottaker_id, f.kanal): f
        for f in Forsendelse.objects.filter(dokument__in=[d for d, _ in brev if d.sendt_tid is not None])
    }
    svar = [
        [
            finnes.get((dokument.pk, mottaker.organisasjon.pk, mottaker.kanal))
            or ny_forsendelse(dokument, mottaker)
            for mottaker in mottakere
        ]
        for dokument, mottakere in brev
    ]
    nye = {
        dokument.pk: [f for f in forsendelser if f.pk is None]
        for (dokument, _), forsendelser in zip(brev, svar, strict=True)
    }
    Forsendelse.objects.bulk_create([f for forsendelser in nye.values() for f in forsendelser])
    usendte = [d for d, _ in brev if d.tilstand != SENDT]
    endret = [d for d, _ in brev if d.tilstand != SENDT or nye[d.pk]]
    tid = naa()
    Dokument.objects.filter(pk__in=[d.pk for d in usendte]).update(tilstand=SENDT, sendt_tid=tid)
    for dokument in usendte:
        dokument.tilstand, dokument.sendt_tid = SENDT, tid
    skriv_mange_spor(
        aktor, SEND.kode, [(d, {"forsendelser": [str(f.uuid) for f in nye[d.pk]]}) for d in endret]
    )
    for forsendelse in (f for forsendelser in nye.values() for f in forsendelser):
        ko_inn(forsendelse)
    feilpunkt("dokument.for_innsending")
    return svar


@transaction.atomic
def send_igjen(*, aktor: Aktor, forsendelse_id: int) -> Forsendelse:
    """Try a failed delivery once more, with the same Message-ID. The address is read anew."""
    forsendelse, dokument = _laas_forsendelse(forsendelse_id)
    krev(aktor, SEND_IGJEN.kode, dokument.motpart)
    if forsendelse.tilstand not in SEND_IGJEN.fra:
        raise Konflikt(
            kode="dokument.forsendelse_tilstand",
            hva="Leveringen har ikke feilet.",
            regel="Bare en levering som har feilet, kan prøves på nytt.",
            gjor="Vent til leveringen er ferdig.",
        )
    forsendelse.tilstand = VENTER
    forsendelse.adresse = forsendelse.mottaker.epost if forsendelse.kanal == "epost" else ""
    forsendelse.save(update_fields=["tilstand", "adresse"])
    skriv_spor(aktor, SEND_IGJEN.kode, dokument, forsendelse=str(forsendelse.uuid))
    ko_inn(forsendelse)
    return forsendelse


def ekspeder(*, aktor: Aktor, forsendelse_id: int, siste_forsok: bool = True) -> None:
    """Deliver one dispatch. Not in a transaction: what is delivered can't be rolled back.

    Between delivery and receipt a crash may come; the repeat then gives the same file, or a second e-mail with the same
    Message-ID. Raises `Leveringsfeil` when another attempt should be made; the last one ends as «feilet».
    """
    with som(aktor):
        forsendelse, dokument = _laas_forsendelse(forsendelse_id)
        krev(aktor, EKSPEDER.kode, dokument.motpart)
        if forsendelse.tilstand == LEVERT:
            return
        forsendelse.forsok += 1
        forsendelse.save(update_fields=["forsok"])
        leveranse = _leveranse(forsendelse, dokument)
    feilpunkt("dokument.for_levering")
    try:
        kvittering = KANALER[forsendelse.kanal].lever(leveranse)
    except Leveringsfeil as feil:
        if not (siste_forsok or feil.varig):
            raise
        _gi_opp(aktor, forsendelse_id, feil)
        return
    feilpunkt("dokument.etter_levering")
    _kvitter(aktor, forsendelse_id, kvittering)


def _kvitter(aktor: Aktor, forsendelse_id: int, kvittering: Kvittering) -> None:
    with som(aktor):
        forsendelse, dokument = _laas_forsendelse(forsendelse_id)
        if forsendelse.tilstand == LEVERT:
            return
        forsendelse.tilstand, forsendelse.levert_tid = LEVERT, kvittering.tid
        forsendelse.kvittering = kvittering.data
        forsendelse.save()
        skriv_spor(aktor, EKSPEDER.kode, dokument, forsendelse=str(forsendelse.uuid), kanal=forsendelse.kanal)
        if dokument.retning == "ut":  # what comes in is archived whether its copies arrive or not
            ko_arkivering(dokument)


def _gi_opp(aktor: Aktor, forsendelse_id: int, feil: Leveringsfeil) -> None:
    with som(aktor):
        forsendelse, dokument = _laas_forsendelse(forsendelse_id)
        if forsendelse.tilstand == LEVERT:
            return
        forsendelse.tilstand, forsendelse.kvittering = FEILET, {"feil": feil.kode}
        forsendelse.save()
        skriv_spor(aktor, GI_OPP.kode, dokument, forsendelse=str(forsendelse.uuid), feil=feil.kode)


def sjekk_kanal(mottaker: Mottaker) -> None:
    """Raises `Ugyldig` when the document can't be sent that way."""
    uten_adresse = mottaker.kanal == "epost" and not (settings.EPOST_PA and mottaker.organisasjon.epost)
    if mottaker.kanal not in KANALER or uten_adresse:
        raise Ugyldig(
            kode="dokument.kanal",
            hva=f"Brevet kan ikke sendes i kanalen «{mottaker.kanal}» til {mottaker.organisasjon.navn}.",
            regel="E-post krever at en e-posttjener er satt opp, og at mottakeren har en adresse.",
            gjor="Registrer adressen, eller velg en annen kanal.",
        )


def ny_forsendelse(dokument: Dokument, mottaker: Mottaker) -> Forsendelse:
    """A dispatch that is not saved yet."""
    ny_id = uuid4()
    vert = urlsplit(settings.ADRESSE).hostname or "bosett.invalid"
    return Forsendelse(
        dokument=dokument,
        mottaker=mottaker.organisasjon,
        kanal=mottaker.kanal,
        uuid=ny_id,
        tilstand=VENTER,
        message_id=f"<{ny_id}@{vert}>",
        adresse=mottaker.organisasjon.epost if mottaker.kanal == "epost" else "",
    )


def _leveranse(forsendelse: Forsendelse, dokument: Dokument) -> Leveranse:
    assert dokument.fil is not None  # the constraint dokument_godkjent_har_fil_og_godkjenner
    return Leveranse(
        uuid=forsendelse.uuid,
        message_id=forsendelse.message_id,
        adresse=forsendelse.adresse,
        spraak=Maalform(dokument.spraak),
        lenke=f"{settings.ADRESSE}/dokument/{dokument.uuid}/",
        filnavn=f"{forsendelse.uuid}.pdf",
        innhold=bytes(dokument.fil.innhold) if forsendelse.kanal == "fil" else b"",
    )


def _laas_forsendelse(forsendelse_id: int) -> tuple[Forsendelse, Dokument]:
    dokument_id = Forsendelse.objects.values_list("dokument_id", flat=True).get(pk=forsendelse_id)
    dokument = laas_dokument(dokument_id)
    forsendelse = (
        Forsendelse.objects.select_for_update(of=("self",)).select_related("mottaker").get(pk=forsendelse_id)
    )
    return forsendelse, dokument


def ko_inn(forsendelse: Forsendelse) -> None:
    """In the same transaction: the job exists if and only if the dispatch does."""
    jobber.configure_task("dokument.ekspeder", lock=f"forsendelse-{forsendelse.pk}").defer(
        forsendelse_id=forsendelse.pk
    )
