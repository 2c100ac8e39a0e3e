"""Channels a letter can leave by: a small port with two ways, a folder and e-mail. No database here.

A channel is called outside every transaction and may be called twice for the same dispatch: the file gets the same name
and bytes, the e-mail the same Message-ID.
"""

import os
import smtplib
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Protocol
from uuid import UUID

from django.conf import settings
from django.core.mail import EmailMessage, get_connection

from bosett.dokument.brev import Maalform
from bosett.grunn.klokke import naa


@dataclass(frozen=True, slots=True)
class Leveranse:
    uuid: UUID
    message_id: str
    adresse: str
    spraak: Maalform
    lenke: str
    filnavn: str
    innhold: bytes


@dataclass(frozen=True, slots=True)
class Kvittering:
    tid: datetime
    data: dict[str, str]


class Leveringsfeil(Exception):
    """The channel did not take it. `varig`: a new attempt will not help. Carries a code, never an address."""

    def __init__(self, kode: str, *, varig: bool) -> None:
        super().__init__(kode)
        self.kode = kode
        self.varig = varig


class Kanal(Protocol):
    def lever(self, leveranse: Leveranse) -> Kvittering: ...


class Filkanal:
    """Writes the PDF to the outbox folder; a reader of the folder sees the whole file or none."""

    def lever(self, leveranse: Leveranse) -> Kvittering:
        mappe = Path(settings.UTBOKS)
        mappe.mkdir(parents=True, exist_ok=True)
        maal = mappe / leveranse.filnavn
        midlertidig = mappe / f".{leveranse.filnavn}.tmp"
        try:
            with midlertidig.open("wb") as fil:
                fil.write(leveranse.innhold)
                fil.flush()
                os.fsync(fil.fileno())
            midlertidig.rename(maal)
            _fsync_mappe(mappe)  # else a power cut may forget the name
        except OSError as feil:
            raise Leveringsfeil(f"OSError {feil.errno}", varig=False) from feil
        return Kvittering(naa(), {"fil": leveranse.filnavn, "bytes": str(len(leveranse.innhold))})


def _fsync_mappe(mappe: Path) -> None:
    beskrivelse = os.open(mappe, os.O_RDONLY)
    try:
        os.fsync(beskrivelse)
    finally:
        os.close(beskrivelse)


EPOST = {
    Maalform.NB: (
        "Nytt brev i Bosett",
        "Hei\n\nDet ligger et nytt brev til dere i Bosett. Logg inn for å lese det:\n{lenke}\n\n"
        "Denne e-posten kan ikke besvares.\n",
    ),
    Maalform.NN: (
        "Nytt brev i Bosett",
        "Hei\n\nDet ligg eit nytt brev til dykk i Bosett. Logg inn for å lese det:\n{lenke}\n\n"
        "Du kan ikkje svare på denne e-posten.\n",
    ),
}
"""What a notice says: a link and nothing else (R251)."""


@dataclass(frozen=True, slots=True)
class Epost:
    """A notice. Its words carry a link and nothing personal (R251)."""

    adresse: str
    emne: str
    tekst: str
    message_id: str


def send_epost(epost: Epost) -> Kvittering:
    """Hand a notice to the mail server. Raises `Leveringsfeil` when it did not take it."""
    melding = EmailMessage(
        subject=epost.emne,
        body=epost.tekst,
        to=[epost.adresse],
        headers={"Message-ID": epost.message_id, "Auto-Submitted": "auto-generated"},
        connection=get_connection(fail_silently=False),
    )
    try:
        antall = melding.send()
    except smtplib.SMTPRecipientsRefused as feil:
        koder = [svar[0] for svar in feil.recipients.values()]
        raise Leveringsfeil(f"SMTP {koder[0]}", varig=all(kode >= 500 for kode in koder)) from feil
    except smtplib.SMTPResponseException as feil:
        raise Leveringsfeil(f"SMTP {feil.smtp_code}", varig=feil.smtp_code >= 500) from feil
    except (smtplib.SMTPException, OSError) as feil:
        raise Leveringsfeil(type(feil).__name__, varig=False) from feil
    if antall != 1:
        raise Leveringsfeil("ikke sendt", varig=False)
    return Kvittering(naa(), {"message_id": epost.message_id, "tjener": str(settings.EMAIL_HOST)})


class Epostkanal:
    """Sends a notice with a link. No name, no title, no attachment: nothing personal leaves by e-mail (R251)."""

    def lever(self, leveranse: Leveranse) -> Kvittering:
        emne, tekst = EPOST[leveranse.spraak]
        return send_epost(
            Epost(leveranse.adresse, emne, tekst.format(lenke=leveranse.lenke), leveranse.message_id)
        )


KANALER: dict[str, Kanal] = {"fil": Filkanal(), "epost": Epostkanal()}
