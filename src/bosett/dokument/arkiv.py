"""Archive package of one document: a ZIP with the PDF, the files that came with it, register metadata and a manifest, the
same bytes every time.

Metadata after arkivforskriften 2025 §§ 5, 14–15 (id, context, title, party, date, time), as JSON that can be read
without Bosett. Pure: no database, no clock.
"""

from __future__ import annotations

import hashlib
import io
import json
import zipfile
from dataclasses import dataclass
from datetime import date, datetime

from bosett.dokument.jsonform import til_data
from bosett.grunn.feil import Ugyldig

FORMAT = "bosett-arkivpakke/1"
MANIFEST = "manifest.json"
METADATA = "metadata.json"


@dataclass(frozen=True, slots=True)
class Godkjenningsspor:
    navn: str
    rolle: str
    tidspunkt: datetime


@dataclass(frozen=True, slots=True)
class Vedleggspor:
    """A file that came with the document. `fil` is its name in the package; empty when it was left out, and `utelatt` says why.

    `viruskontroll` is None when no scanner has looked at it.
    """

    fil: str
    navn: str
    medietype: str
    sha256: str
    lastet_opp: datetime
    viruskontroll: datetime | None
    utelatt: str = ""


@dataclass(frozen=True, slots=True)
class Registerdata:
    """What the journal needs. ``retning`` is «ut», «inn» or «internt»; ``kontekst`` says which matter it belongs to."""

    id: str
    kontekst: str
    dokumentnummer: str
    tittel: str
    slag: str
    part: str
    part_organisasjonsnummer: str
    retning: str
    dato: date
    tidspunkt: datetime
    spraak: str
    versjon: int
    erstatter: str
    godkjenninger: tuple[Godkjenningsspor, ...]
    vedlegg: tuple[Vedleggspor, ...] = ()


@dataclass(frozen=True, slots=True)
class Arkivfil:
    navn: str
    medietype: str
    innhold: bytes


def pakk(registerdata: Registerdata, filer: tuple[Arkivfil, ...]) -> bytes:
    """The package. The manifest lists every other file with size and SHA-256. Raises ``Ugyldig`` for a bad file name."""
    if not filer:
        raise _ugyldig("pakken har ingen filer")
    navn = [f.navn for f in filer]
    if len({*navn, MANIFEST, METADATA}) != len(navn) + 2 or any(not _trygt(n) for n in navn):
        raise _ugyldig("filnavnene er ikke entydige og enkle")
    metadata = _json(til_data(registerdata))
    innhold = [(METADATA, "application/json", metadata), *((f.navn, f.medietype, f.innhold) for f in filer)]
    manifest = {
        "format": FORMAT,
        "dokument": registerdata.id,
        "versjon": registerdata.versjon,
        "filer": [
            {"navn": n, "medietype": m, "bytes": len(b), "sha256": hashlib.sha256(b).hexdigest()}
            for n, m, b in sorted(innhold)
        ],
    }
    ut = io.BytesIO()
    with zipfile.ZipFile(ut, "w", zipfile.ZIP_STORED) as arkiv:
        for fil, data in [(MANIFEST, _json(manifest)), *((n, b) for n, _, b in sorted(innhold))]:
            # Fixed time and rights, stored uncompressed (a PDF is compressed already): the package's bytes follow from its content alone.
            oppforing = zipfile.ZipInfo(fil, (1980, 1, 1, 0, 0, 0))
            oppforing.compress_type = zipfile.ZIP_STORED
            oppforing.external_attr = 0o644 << 16
            arkiv.writestr(oppforing, data)
    return ut.getvalue()


def verifiser(pakke: bytes) -> dict[str, object]:
    """Check every digest, that nothing is missing and nothing is added. Returns the metadata; raises ``Ugyldig``."""
    try:
        with zipfile.ZipFile(io.BytesIO(pakke)) as arkiv:
            innhold = {navn: arkiv.read(navn) for navn in arkiv.namelist()}
            if len(innhold) != len(arkiv.namelist()):
                raise _ugyldig("samme filnavn finnes to ganger")
        manifest = json.loads(innhold.pop(MANIFEST))
        oppgitt = {f["navn"]: f for f in manifest["filer"]}
    except (zipfile.BadZipFile, KeyError, ValueError, TypeError, EOFError) as feil:
        raise _ugyldig("pakken kan ikke leses") from feil
    if manifest.get("format") != FORMAT:
        raise _ugyldig("ukjent format")
    if set(oppgitt) != set(innhold):
        raise _ugyldig(f"manifestet og filene er ulike: {sorted(set(oppgitt) ^ set(innhold))}")
    for navn, data in innhold.items():
        if hashlib.sha256(data).hexdigest() != oppgitt[navn]["sha256"]:
            raise _ugyldig(f"{navn} er endret")
    metadata: dict[str, object] = json.loads(innhold[METADATA])
    return metadata


def _json(data: object) -> bytes:
    return (json.dumps(data, ensure_ascii=False, sort_keys=True, indent=2) + "\n").encode()


def _trygt(navn: str) -> bool:
    return bool(navn) and "/" not in navn and "\\" not in navn and not navn.startswith(".")


def _ugyldig(hva: str) -> Ugyldig:
    return Ugyldig(
        kode="dokument.arkivpakke",
        hva=f"Arkivpakken er ikke gyldig: {hva}.",
        regel="En arkivpakke skal kunne kontrolleres fil for fil mot manifestet.",
        gjor="Lag pakken på nytt fra dokumentet.",
    )
