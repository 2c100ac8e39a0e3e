"""Storing bytes."""

import hashlib
from uuid import uuid4

from django.db import connection

from bosett.dokument.models import MAKS_BYTES, Fil
from bosett.grunn.feil import Ugyldig
from bosett.grunn.klokke import naa


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
    fil = Fil(
        uuid=uuid4(),
        sha256=hashlib.sha256(innhold).hexdigest(),
        medietype=medietype,
        storrelse=len(innhold),
        innhold=innhold,
        opprettet=naa(),
    )
    # One statement instead of get_or_create's four: a batch of letters stores hundreds.
    with connection.cursor() as db:
        db.execute(
            "INSERT INTO dokument_fil (uuid, sha256, medietype, storrelse, innhold, opprettet)"
            " VALUES (%s, %s, %s, %s, %s, %s) ON CONFLICT (sha256) DO NOTHING RETURNING id",
            [fil.uuid, fil.sha256, medietype, len(innhold), innhold, fil.opprettet],
        )
        rad = db.fetchone()
    if rad is None:
        return Fil.objects.get(sha256=fil.sha256)
    fil.pk, fil._state.adding, fil._state.db = rad[0], False, "default"
    return fil
