"""Pictures and documents of a home."""

from uuid import UUID

from django.db import transaction

from bosett.aktor.kontekst import Aktor
from bosett.bolig.models import Boligfil
from bosett.bolig.services.laas import finn_og_laas
from bosett.bolig.states import LEGG_VED
from bosett.dokument.services import ta_imot
from bosett.grunn.feil import Ugyldig
from bosett.spor.services import registrer


@transaction.atomic
def legg_ved(*, aktor: Aktor, bolig: UUID, tekst: str, filnavn: str, innhold: bytes) -> Boligfil:
    """Keep a file with a home; it is shown when it has been controlled. The same file again changes nothing.

    `tekst` says what it shows. Raises `Ugyldig` without it, and what `dokument.services.ta_imot` raises.
    """
    denne = finn_og_laas(aktor, LEGG_VED.kode, bolig)
    tekst = " ".join(tekst.split())
    if not tekst:
        raise Ugyldig(
            kode="BOLIG-FILTEKST", hva="Det mangler hva filen viser.", regel="Alle skal kunne vite hva et bilde viser.",
            gjor="Skriv det med noen ord.", felt="tekst",
        )  # fmt: skip
    innfil = ta_imot(
        aktor=aktor, subjekt_id=denne.pk, organisasjon=denne.organisasjon, navn=filnavn, innhold=innhold
    )
    slag = Boligfil.Slag.BILDE if innfil.medietype.startswith("image/") else Boligfil.Slag.DOKUMENT
    fil, ny = Boligfil.objects.get_or_create(
        bolig=denne, innfil=innfil, defaults={"slag": slag, "tekst": tekst}
    )
    if ny:
        registrer(
            aktor=aktor, handling=LEGG_VED.kode, subjekt_id=denne.pk, organisasjon=denne.organisasjon,
            data={"innfil": str(innfil.uuid), "slag": slag},
        )  # fmt: skip
    return fil
