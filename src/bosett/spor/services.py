"""Writing the ledger: one row per act, in the act's own transaction, under the subject's lock."""

import hashlib
import json
import os
import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import connection, transaction
from django.db.models import Max

from bosett.aktor.kontekst import Aktor, Tilhorighet
from bosett.aktor.models import Organisasjon
from bosett.grunn.klokke import OSLO, naa
from bosett.spor.innhold import sjekk_uten_personopplysninger, som_lagret
from bosett.spor.models import Detalj, Hendelse, Segl
from bosett.tilgang import services as tilgang
from bosett.tilgang.policy import policy, tilhorighet_for

_SEGLLAAS = 720260020
OVERLAPP = 10_000
"""Ids are given before the commit: an act can become visible after later ids were sealed. So many ids back we look again."""


def avtrykk(innhold: object) -> str:
    """SHA-256 of the canonical JSON form."""
    kanonisk = json.dumps(innhold, ensure_ascii=False, sort_keys=True, separators=(",", ":"), default=str)
    return hashlib.sha256(kanonisk.encode()).hexdigest()


def kjede(hendelse: Hendelse) -> str:
    """The hash that binds an act to the one before it."""
    return avtrykk(
        [
            hendelse.subjekt_id,
            hendelse.nr,
            hendelse.tid.astimezone(OSLO).isoformat(),
            hendelse.handling,
            hendelse.bruker_id,
            hendelse.organisasjon_id,
            hendelse.rolle,
            hendelse.jobb,
            hendelse.data,
            hendelse.detaljavtrykk,
            hendelse.forrige,
        ]
    )


@dataclass(frozen=True)
class Innslag:
    """One act to be written. `data` holds ids and codes only; `detaljer` is what may be deleted later."""

    subjekt_id: int
    data: dict[str, Any] | None = None
    detaljer: dict[str, Any] | None = None
    organisasjon: Organisasjon | None = None
    handling: str = ""
    """When the acts of one batch differ; empty: the batch's."""


def registrer(
    *,
    aktor: Aktor,
    handling: str,
    subjekt_id: int,
    data: dict[str, Any] | None = None,
    detaljer: dict[str, Any] | None = None,
    organisasjon: Organisasjon | None = None,
) -> Hendelse:
    """Append one act to the subject's chain, in the caller's transaction and under the subject's lock.

    The row names the role that gave the right (for `organisasjon`, when the act concerns one), not just any role of the actor.
    """
    return registrer_mange(
        aktor=aktor, handling=handling, innslag=[Innslag(subjekt_id, data, detaljer, organisasjon)]
    )[0]


@transaction.atomic(savepoint=False)
def registrer_mange(*, aktor: Aktor, handling: str, innslag: Sequence[Innslag]) -> list[Hendelse]:
    """Append acts to many chains, in the order given, in a handful of statements."""
    if not innslag:
        return []
    for ett in innslag:
        sjekk_uten_personopplysninger(ett.data)
    ider = [ett.subjekt_id for ett in innslag]
    tilgang.laas_mange(subjekt_ider=ider)
    siste = {
        hendelse.subjekt_id: hendelse
        for hendelse in Hendelse.objects.filter(subjekt_id__in=ider)
        .order_by("subjekt_id", "-nr")
        .distinct("subjekt_id")
    }
    nye, detaljer = [], []
    for ett in innslag:
        hendelse, salt = _ny(aktor, ett.handling or handling, ett, siste.get(ett.subjekt_id))
        siste[ett.subjekt_id] = hendelse
        nye.append(hendelse)
        if salt:
            detaljer.append(Detalj(hendelse=hendelse, salt=salt, innhold=som_lagret(ett.detaljer)))
    Hendelse.objects.bulk_create(nye)
    for detalj in detaljer:
        detalj.hendelse_id = detalj.hendelse.pk
    if detaljer:
        Detalj.objects.bulk_create(detaljer)
    return nye


def _ny(aktor: Aktor, handling: str, ett: Innslag, siste: Hendelse | None) -> tuple[Hendelse, str]:
    tilhorighet = _tilhorighet(aktor, handling, ett.organisasjon)
    salt = secrets.token_hex(16) if ett.detaljer else ""
    hendelse = Hendelse(
        subjekt_id=ett.subjekt_id,
        nr=siste.nr + 1 if siste else 1,
        tid=naa(),
        handling=handling,
        bruker_id=aktor.bruker_id,
        organisasjon_id=tilhorighet.organisasjon_id if tilhorighet else None,
        rolle=tilhorighet.rolle if tilhorighet else "",
        jobb=aktor.jobb,
        data=som_lagret(ett.data),
        detaljavtrykk=avtrykk([salt, som_lagret(ett.detaljer)]) if ett.detaljer else "",
        forrige=siste.avtrykk if siste else "",
    )
    hendelse.avtrykk = kjede(hendelse)
    return hendelse, salt


def _tilhorighet(aktor: Aktor, handling: str, organisasjon: Organisasjon | None) -> Tilhorighet | None:
    gir = tilhorighet_for(aktor, handling, organisasjon) if handling in policy().handlinger else None
    return gir or (aktor.tilhorigheter[0] if aktor.tilhorigheter else None)


def slett_detaljer(*, subjekt_id: int) -> None:
    """Delete what may be deleted of a chain: its acts stay, and verification passes without the details."""
    Detalj.objects.filter(hendelse__subjekt_id=subjekt_id).delete()


@transaction.atomic
def forsegl() -> Segl | None:
    """Seal the heads of all chains that moved since the last seal, and export the seal as a file outside the database.

    The file is written after commit; `spor verifiser` writes seals without a file again.
    """
    with connection.cursor() as db:  # one at a time, or two seals would follow the same one
        db.execute("SELECT pg_advisory_xact_lock(%s)", [_SEGLLAAS])
    forrige = Segl.objects.order_by("-pk").first()
    grense = forrige.siste_hendelse - OVERLAPP if forrige else 0
    forseglet: dict[str, int] = {}
    for hoder in (
        Segl.objects.filter(siste_hendelse__gte=grense).order_by("pk").values_list("hoder", flat=True)
    ):
        forseglet |= {sak: nr for sak, (nr, _) in hoder.items()}
    siste_i_kjeden = Hendelse.objects.filter(pk__gt=grense).values("subjekt").annotate(siste=Max("nr"))
    nye = {
        rad["subjekt"]: rad["siste"]
        for rad in siste_i_kjeden
        if rad["siste"] > forseglet.get(str(rad["subjekt"]), 0)
    }
    if not nye:
        return None
    hoder = {
        str(h.subjekt_id): [h.nr, h.avtrykk]
        for h in Hendelse.objects.filter(subjekt__in=nye, nr__in=set(nye.values())).order_by("subjekt_id")
        if nye[h.subjekt_id] == h.nr
    }
    siste = Hendelse.objects.filter(subjekt__in=nye).aggregate(Max("pk"))["pk__max"]
    segl = Segl(
        tid=naa(),
        siste_hendelse=max(siste, forrige.siste_hendelse if forrige else 0),
        hoder=hoder,
        forrige=forrige.avtrykk if forrige else "",
    )
    segl.avtrykk = seglavtrykk(segl)
    segl.save()
    transaction.on_commit(lambda: eksporter_segl(segl))
    return segl


def seglavtrykk(segl: Segl) -> str:
    """The hash that binds a seal to the one before it."""
    return avtrykk([segl.tid.astimezone(OSLO).isoformat(), segl.siste_hendelse, segl.hoder, segl.forrige])


def seglinnhold(segl: Segl) -> dict[str, Any]:
    """What the exported file holds."""
    return {
        "nr": segl.pk,
        "tid": segl.tid.astimezone(OSLO).isoformat(),
        "siste_hendelse": segl.siste_hendelse,
        "hoder": segl.hoder,
        "forrige": segl.forrige,
        "avtrykk": segl.avtrykk,
    }


def seglfil(segl: Segl) -> Path:
    return Path(settings.SEGLMAPPE) / f"{segl.pk:010d}-{segl.avtrykk[:16]}.json"


def eksporter_segl(segl: Segl) -> Path:
    """Write one seal to the seal folder (atomic; repeating it changes nothing)."""
    fil = seglfil(segl)
    fil.parent.mkdir(parents=True, exist_ok=True)
    if not fil.exists():
        midlertidig = fil.with_suffix(f".{os.getpid()}")
        midlertidig.write_text(json.dumps(seglinnhold(segl), sort_keys=True))
        midlertidig.rename(fil)
    return fil


def eksporter_manglende_segl() -> int:
    """Write again the files of seals that were made but never written (a crash after the commit). Returns how many."""
    mangler = [segl for segl in Segl.objects.order_by("pk") if not seglfil(segl).exists()]
    for segl in mangler:
        eksporter_segl(segl)
    return len(mangler)
