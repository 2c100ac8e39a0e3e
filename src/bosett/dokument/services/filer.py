"""Storing bytes."""

import hashlib
from collections.abc import Sequence

from bosett.aktor import kontekst
from bosett.aktor.kontekst import Aktor
from bosett.dokument.models import MAKS_PAKKE, Fil
from bosett.dokument.rules.filavslag import MAKS_BYTES, avslag


def lagre_fil(*, innhold: bytes, medietype: str) -> Fil:
    """Store one file; see `lagre_filer`."""
    return lagre_filer(innhold=[innhold], medietype=medietype)[0]


def lagre_for(*, aktor: Aktor, innhold: bytes, medietype: str) -> Fil:
    """Store a file that `aktor` brings. The system does it: the same bytes may be here already, for somebody else, and the
    row can't be seen by the actor before something of the actor's points to it."""
    kontekst.sett(kontekst.system("dokument.lagre_fil"))
    try:
        return lagre_fil(innhold=innhold, medietype=medietype)
    finally:
        kontekst.sett(aktor)


def lagre_filer(*, innhold: Sequence[bytes], medietype: str) -> list[Fil]:
    """Store each content once; the same bytes give the same row, also when two store them at the same time.

    Raises `Ugyldig` when a file is empty or over 25 MB (an archive package: 200 MB).
    """
    maks = MAKS_PAKKE if medietype == "application/zip" else MAKS_BYTES
    for ett in innhold:
        if not 0 < len(ett) <= maks:
            raise avslag("for_stor" if ett else "tom")
    avtrykk = [hashlib.sha256(ett).hexdigest() for ett in innhold]
    nye = {
        sha256: Fil(sha256=sha256, medietype=medietype, storrelse=len(ett), innhold=ett)
        for sha256, ett in zip(avtrykk, innhold, strict=True)
    }
    Fil.objects.bulk_create(nye.values(), ignore_conflicts=True)  # the constraint fil_ett_innhold decides
    lagret = {fil.sha256: fil for fil in Fil.objects.defer("innhold").filter(sha256__in=nye)}
    return [lagret[sha256] for sha256 in avtrykk]
