"""Storing bytes."""

import hashlib
from collections.abc import Sequence

from bosett.dokument.models import MAKS_BYTES, Fil
from bosett.grunn.feil import Ugyldig


def lagre_fil(*, innhold: bytes, medietype: str) -> Fil:
    """Store one file; see `lagre_filer`."""
    return lagre_filer(innhold=[innhold], medietype=medietype)[0]


def lagre_filer(*, innhold: Sequence[bytes], medietype: str) -> list[Fil]:
    """Store each content once; the same bytes give the same row, also when two store them at the same time.

    Raises `Ugyldig` when a file is empty or over 25 MB.
    """
    for ett in innhold:
        if not 0 < len(ett) <= MAKS_BYTES:
            raise Ugyldig(
                kode="dokument.filstorrelse",
                hva="Filen er tom." if not ett else "Filen er for stor.",
                regel="En fil kan være opptil 25 MB.",
                gjor="Velg en annen fil, eller del den opp.",
            )
    avtrykk = [hashlib.sha256(ett).hexdigest() for ett in innhold]
    nye = {
        sha256: Fil(sha256=sha256, medietype=medietype, storrelse=len(ett), innhold=ett)
        for sha256, ett in zip(avtrykk, innhold, strict=True)
    }
    Fil.objects.bulk_create(nye.values(), ignore_conflicts=True)  # the constraint fil_ett_innhold decides
    lagret = {fil.sha256: fil for fil in Fil.objects.defer("innhold").filter(sha256__in=nye)}
    return [lagret[sha256] for sha256 in avtrykk]
