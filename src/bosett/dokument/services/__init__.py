"""The only writers of documents: make, edit, approve (`dokumenter`), send and deliver (`utsending`), archive (`arkivering`),
take files in (`innfiler`), register what comes in (`innkommende`)."""

from bosett.dokument.services.arkivering import arkiver
from bosett.dokument.services.dokumenter import (
    Godkjenner,
    Utkast,
    godkjenn,
    godkjenn_mange,
    opprett_mange_utkast,
    opprett_utkast,
    rediger,
)
from bosett.dokument.services.filer import lagre_fil
from bosett.dokument.services.innfiler import ko_ventende, kontroller_fil, ta_imot
from bosett.dokument.services.innkommende import registrer_inn
from bosett.dokument.services.utsending import (
    Mottaker,
    ekspeder,
    send,
    send_igjen,
    send_laaste,
    standardkanaler,
)

__all__ = [
    "Godkjenner",
    "Mottaker",
    "Utkast",
    "arkiver",
    "ekspeder",
    "godkjenn",
    "godkjenn_mange",
    "ko_ventende",
    "kontroller_fil",
    "lagre_fil",
    "opprett_mange_utkast",
    "opprett_utkast",
    "rediger",
    "registrer_inn",
    "send",
    "send_igjen",
    "send_laaste",
    "standardkanaler",
    "ta_imot",
]
