"""The frame of every act: the organisation's anchor in the ledger, its lock, the right, the ledger row."""

from datetime import datetime
from typing import Any

from bosett.aktor import kontekst
from bosett.aktor.kontekst import Aktor
from bosett.aktor.models import Bruker, Organisasjon
from bosett.brukere.models import Organisasjonssak
from bosett.grunn.handling import Handling
from bosett.grunn.klokke import OSLO
from bosett.spor.services import registrer
from bosett.tilgang import services as tilgang
from bosett.tilgang.policy import krev

_ALLTID = datetime(2000, 1, 1, tzinfo=OSLO)


def begynn(aktor: Aktor, handling: Handling, organisasjon: Organisasjon) -> tuple[Aktor, Organisasjonssak]:
    """Lock the organisation's user administration, then ask what the actor may *now*: another administrator may just have
    taken the role away."""
    krev(aktor, handling.kode, organisasjon)
    sak = sikre_sak(aktor, organisasjon)
    tilgang.laas(subjekt_id=sak.pk)
    if aktor.bruker_id is not None:
        aktor = kontekst.hent(Bruker.objects.get(pk=aktor.bruker_id))
        kontekst.sett(aktor)
        krev(aktor, handling.kode, organisasjon)
    return aktor, sak


def sikre_sak(aktor: Aktor, organisasjon: Organisasjon) -> Organisasjonssak:
    """The organisation's anchor in the ledger, made and shared with itself at first use."""
    sak = Organisasjonssak.objects.filter(organisasjon=organisasjon).first()
    if sak is not None:
        return sak
    kontekst.sett(kontekst.system("brukere.sak"))  # only the system may share a subject
    try:
        # «no key»: the letters and requests that point to the organisation need not wait
        Organisasjon.objects.select_for_update(no_key=True).get(pk=organisasjon.pk)
        sak = Organisasjonssak.objects.filter(organisasjon=organisasjon).first()
        if sak is None:
            subjekt = tilgang.nytt_subjekt(slag="organisasjon")
            sak = Organisasjonssak.objects.create(subjekt=subjekt, organisasjon=organisasjon)
            tilgang.del_subjekt(
                subjekt_id=subjekt.pk, organisasjon=organisasjon, grad="full", hvorfor="egne brukere", fra=_ALLTID
            )  # fmt: skip
    finally:
        kontekst.sett(aktor)
    return sak


def spor(
    aktor: Aktor,
    handling: Handling,
    sak: Organisasjonssak,
    data: dict[str, Any],
    detaljer: dict[str, Any] | None = None,
) -> None:
    registrer(
        aktor=aktor,
        handling=handling.kode,
        subjekt_id=sak.pk,
        organisasjon=sak.organisasjon,
        data=data,
        detaljer=detaljer,
    )


def landsdekkende(aktor: Aktor) -> bool:
    return bool(aktor.jobb) or "imdi_admin" in aktor.roller
