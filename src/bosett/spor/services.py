"""Writing the ledger: one row per act, in the act's own transaction, under the subject's lock."""

import hashlib
import json
import secrets
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db import transaction

from bosett.aktor.kontekst import Aktor, Tilhorighet
from bosett.aktor.models import Organisasjon
from bosett.grunn.klokke import OSLO, naa
from bosett.spor.models import Detalj, Hendelse, Segl
from bosett.tilgang import services as tilgang
from bosett.tilgang.policy import policy, tilhorighet_for


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


@transaction.atomic
def registrer(
    *,
    aktor: Aktor,
    handling: str,
    subjekt_id: int,
    data: dict[str, Any] | None = None,
    detaljer: dict[str, Any] | None = None,
    organisasjon: Organisasjon | None = None,
) -> Hendelse:
    """Append one act to the subject's chain. `data` holds ids and codes only; `detaljer` is what may be deleted later.

    The row names the role that gave the right (for `organisasjon`, when the act concerns one), not just any role of the actor.
    """
    tilgang.laas(subjekt_id=subjekt_id)
    siste = Hendelse.objects.filter(subjekt_id=subjekt_id).order_by("-nr").first()
    tilhorighet = _tilhorighet(aktor, handling, organisasjon)
    salt = secrets.token_hex(16) if detaljer else ""
    hendelse = Hendelse(
        subjekt_id=subjekt_id,
        nr=siste.nr + 1 if siste else 1,
        tid=naa(),
        handling=handling,
        bruker_id=aktor.bruker_id,
        organisasjon_id=tilhorighet.organisasjon_id if tilhorighet else None,
        rolle=tilhorighet.rolle if tilhorighet else "",
        jobb=aktor.jobb,
        data=data or {},
        detaljavtrykk=avtrykk([salt, detaljer]) if detaljer else "",
        forrige=siste.avtrykk if siste else "",
    )
    hendelse.avtrykk = kjede(hendelse)
    hendelse.save(force_insert=True)
    if detaljer:
        Detalj.objects.create(hendelse=hendelse, salt=salt, innhold=detaljer)
    return hendelse


def _tilhorighet(aktor: Aktor, handling: str, organisasjon: Organisasjon | None) -> Tilhorighet | None:
    gir = tilhorighet_for(aktor, handling, organisasjon) if handling in policy().handlinger else None
    return gir or (aktor.tilhorigheter[0] if aktor.tilhorigheter else None)


@transaction.atomic
def forsegl() -> Segl | None:
    """Seal the heads of all chains that moved since the last seal, and export the seal as a file outside the database.

    The file is written after commit; `spor verifiser` reports seals without a file, and `eksporter_segl` writes them again.
    """
    forrige = Segl.objects.select_for_update().order_by("-pk").first()
    etter = forrige.siste_hendelse if forrige else 0
    nye = Hendelse.objects.filter(pk__gt=etter).order_by("subjekt_id", "nr")
    hoder = {str(hendelse.subjekt_id): [hendelse.nr, hendelse.avtrykk] for hendelse in nye}
    if not hoder:
        return None
    siste = max(hendelse.pk for hendelse in nye)
    segl = Segl(tid=naa(), siste_hendelse=siste, hoder=hoder, forrige=forrige.avtrykk if forrige else "")
    segl.avtrykk = avtrykk([segl.siste_hendelse, segl.hoder, segl.forrige])
    segl.save()
    transaction.on_commit(lambda: eksporter_segl(segl))
    return segl


def eksporter_segl(segl: Segl) -> Path:
    """Write one seal to the seal folder (atomic; repeating it changes nothing)."""
    mappe = Path(settings.SEGLMAPPE)
    mappe.mkdir(parents=True, exist_ok=True)
    fil = mappe / f"{segl.pk:010d}-{segl.avtrykk[:16]}.json"
    if not fil.exists():
        midlertidig = fil.with_suffix(".tmp")
        midlertidig.write_text(
            json.dumps({"nr": segl.pk, "siste_hendelse": segl.siste_hendelse, "hoder": segl.hoder,
                        "forrige": segl.forrige, "avtrykk": segl.avtrykk}, sort_keys=True)
        )  # fmt: skip
        midlertidig.rename(fil)
    return fil
