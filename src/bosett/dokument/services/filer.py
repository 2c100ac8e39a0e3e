"""Storing bytes."""

import hashlib

from bosett.dokument.models import MAKS_BYTES, Fil
from bosett.grunn.feil import Ugyldig


def lagre_fil(*, innhold: bytes, medietype: str) -> Fil:
    """Store the bytes once; the same bytes give the same row, also when two store them at the same time.

    Raises `Ugyldig` when the file is empty or over 25 MB.
    """
    if not 0 < len(innhold) <= MAKS_BYTES:
        raise Ugyldig(
            kode="dokument.filstorrelse",
            hva="Filen er tom." if not innhold else "Filen er for stor.",
            regel="En fil kan være opptil 25 MB.",
            gjor="Velg en annen fil, eller del den opp.",
        )
    fil, _ = Fil.objects.get_or_create(
        sha256=hashlib.sha256(innhold).hexdigest(),
        defaults={"medietype": medietype, "storrelse": len(innhold), "innhold": innhold},
    )
    return fil
