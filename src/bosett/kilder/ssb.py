"""Asking Statistics Norway's open APIs (KLASS and PxWeb). Standard library only; time-outs and errors a person can act on.

Licence of the data: CC BY 4.0. The address is `BOSETT_SSB_URL` (default https://data.ssb.no/api).
"""

import hashlib
import json
import os
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from http.client import HTTPException
from urllib.error import HTTPError, URLError
from urllib.parse import urlencode, urlsplit
from urllib.request import Request, urlopen

from bosett.kilder.feil import Hentefeil
from bosett.kilder.lesere.jsonstat import Kube, les_jsonstat
from bosett.kilder.lesere.klass import Endring, Kode, endringer_fra_json, koder_fra_json

STANDARDADRESSE = "https://data.ssb.no/api"
LISENS = "CC BY 4.0"
KLASS_KOMMUNER = 131
FOLKETALLSTABELL = "07459"
TIDSFRIST_S = 30.0
STORSTE_BYTES = 100 * 1024 * 1024


def adresse() -> str:
    """`BOSETT_SSB_URL`, else SSB's own."""
    return os.environ.get("BOSETT_SSB_URL", STANDARDADRESSE)


@dataclass(frozen=True, slots=True)
class Svar:
    innhold: bytes
    adresse: str

    @property
    def sha256(self) -> str:
        return hashlib.sha256(self.innhold).hexdigest()


def hent(url: str, sporring: object = None, *, frist: float = TIDSFRIST_S) -> Svar:
    """GET, or POST when there is a `sporring` (sent as JSON). Raises Hentefeil: no answer, refused, too large, not http(s)."""
    if urlsplit(url).scheme not in ("http", "https"):
        raise Hentefeil(
            kode="KILDE-ADRESSE",
            hva=f"{url} er ikke en nettadresse",
            gjor="Bruk en adresse som begynner med https://",
        )
    data = None if sporring is None else json.dumps(sporring).encode()
    hoder = {"Accept": "application/json", "User-Agent": "bosett"}
    if data is not None:
        hoder["Content-Type"] = "application/json"
    try:
        with urlopen(Request(url, data, hoder), timeout=frist) as svar:  # noqa: S310 - the scheme is checked above
            innhold = svar.read(STORSTE_BYTES + 1)
    except HTTPError as grunn:
        with grunn:
            raise _nektet(url, grunn) from grunn
    except (URLError, HTTPException, OSError) as grunn:
        hvorfor = getattr(grunn, "reason", None) or str(grunn) or type(grunn).__name__
        raise Hentefeil(
            kode="KILDE-UTEN-SVAR",
            hva=f"Fikk ikke svar fra {url} innen {frist:g} sekunder ({hvorfor})",
            gjor="Se at maskinen har nett, eller last ned filen et annet sted og bruk «importer … FIL»",
        ) from grunn
    if len(innhold) > STORSTE_BYTES:
        raise Hentefeil(
            kode="KILDE-FOR-STOR", hva=f"Svaret fra {url} er større enn 100 MB", gjor="Avgrens spørringen"
        )
    return Svar(innhold, url)


def hent_endringer(
    fra: date, til: date | None = None, *, base: str = "", frist: float = TIDSFRIST_S
) -> tuple[list[Endring], Svar]:
    """The change list of the municipal codes from `fra` (KLASS 131). Raises Hentefeil, Lesefeil."""
    periode = {"from": fra.isoformat()} | ({"to": til.isoformat()} if til else {})
    svar = hent(_klass(base, "changes.json", periode), frist=frist)
    return endringer_fra_json(svar.innhold, svar.adresse), svar


def hent_koder(dato: date, *, base: str = "", frist: float = TIDSFRIST_S) -> tuple[list[Kode], Svar]:
    """The municipal codes valid on a date (KLASS 131). Raises Hentefeil, Lesefeil."""
    svar = hent(_klass(base, "codesAt.json", {"date": dato.isoformat()}), frist=frist)
    return koder_fra_json(svar.innhold, svar.adresse), svar


def hent_tabell(
    tabell: str, valg: Mapping[str, Sequence[str]], *, base: str = "", frist: float = TIDSFRIST_S
) -> tuple[Kube, Svar]:
    """A PxWeb table as JSON-stat 2. `valg`: dimension → codes, or `["*"]` for all. Raises Hentefeil, Lesefeil."""
    sporring = {
        "query": [
            {
                "code": d,
                "selection": {"filter": "all" if list(koder) == ["*"] else "item", "values": list(koder)},
            }
            for d, koder in valg.items()
        ],
        "response": {"format": "json-stat2"},
    }
    svar = hent(f"{(base or adresse()).rstrip('/')}/v0/no/table/{tabell}", sporring, frist=frist)
    return les_jsonstat(svar.innhold, f"SSB-tabell {tabell}"), svar


def _klass(base: str, hva: str, parametre: dict[str, str]) -> str:
    rot = (base or adresse()).rstrip("/")
    return f"{rot}/klass/v1/classifications/{KLASS_KOMMUNER}/{hva}?{urlencode(parametre)}"


def _nektet(url: str, grunn: HTTPError) -> Hentefeil:
    tekst = grunn.read(400).decode("utf-8", "replace").strip()
    rad = {
        403: "Spørringen ber kanskje om flere celler enn SSB tillater; del den opp",
        404: "Se at adressen og tabellnummeret er riktige",
        429: "For mange spørringer; vent et minutt og prøv igjen",
    }.get(grunn.code, "Prøv igjen senere, eller last ned filen og bruk «importer … FIL»")
    return Hentefeil(
        kode="KILDE-NEKTET",
        hva=f"{url} svarte {grunn.code} {grunn.reason}" + (f": {tekst}" if tekst else ""),
        gjor=rad,
    )
