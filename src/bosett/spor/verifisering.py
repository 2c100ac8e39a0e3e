"""`spor verifiser`: is every chain whole, does every seal hold, and do the exported seals agree with the database?"""

import json
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path

from django.conf import settings

from bosett.spor.models import Hendelse, Segl
from bosett.spor.services import avtrykk, kjede, seglavtrykk, seglfil, seglinnhold


@dataclass
class Rapport:
    hendelser: int = 0
    kjeder: int = 0
    segl: int = 0
    uten_detaljer: int = 0
    """Acts whose details have been deleted in due time; that is not a fault."""
    uforseglet: int = 0
    """Chains that have moved since the last seal."""
    feil: list[str] = field(default_factory=list)


def verifiser() -> Rapport:
    """Recompute everything. Reads the whole ledger in chunks; changes nothing."""
    rapport = Rapport()
    kjent: dict[tuple[int, int], str] = {}
    siste: dict[int, int] = {}
    alle = Hendelse.objects.select_related("detalj").order_by("subjekt_id", "nr").iterator(chunk_size=2000)
    for subjekt, gruppe in groupby(alle, key=lambda hendelse: hendelse.subjekt_id):
        rapport.kjeder += 1
        forrige, ventet = "", 1
        for hendelse in gruppe:
            rapport.hendelser += 1
            if hendelse.nr != ventet:
                rapport.feil.append(f"Sak {subjekt}: handling {ventet} mangler.")
            if hendelse.forrige != forrige or hendelse.avtrykk != kjede(hendelse):
                rapport.feil.append(
                    f"Sak {subjekt}: handling {hendelse.nr} er endret etter at den ble skrevet."
                )
            _detaljer(hendelse, rapport)
            kjent[subjekt, hendelse.nr] = forrige = hendelse.avtrykk
            ventet = hendelse.nr + 1
        siste[subjekt] = ventet - 1
    forseglet = _segl(rapport, kjent)
    rapport.uforseglet = sum(nr > forseglet.get(subjekt, 0) for subjekt, nr in siste.items())
    _filer(rapport)
    return rapport


def _detaljer(hendelse: Hendelse, rapport: Rapport) -> None:
    detalj = getattr(hendelse, "detalj", None)
    if detalj is None:
        rapport.uten_detaljer += bool(hendelse.detaljavtrykk)
    elif avtrykk([detalj.salt, detalj.innhold]) != hendelse.detaljavtrykk:
        rapport.feil.append(f"Sak {hendelse.subjekt_id}: detaljene til handling {hendelse.nr} er endret.")


def _segl(rapport: Rapport, kjent: dict[tuple[int, int], str]) -> dict[int, int]:
    """Check the seals in the database; returns the last sealed number of each chain."""
    forrige = ""
    forseglet: dict[int, int] = {}
    for segl in Segl.objects.order_by("pk").iterator(chunk_size=200):
        rapport.segl += 1
        if segl.forrige != forrige or segl.avtrykk != seglavtrykk(segl):
            rapport.feil.append(f"Segl {segl.pk} er endret.")
        for subjekt, (nr, hode) in segl.hoder.items():
            forseglet[int(subjekt)] = nr
            if kjent.get((int(subjekt), nr)) != hode:
                rapport.feil.append(f"Sak {subjekt}: handling {nr} er forseglet, men er borte eller endret.")
        forrige = segl.avtrykk
    return forseglet


def _filer(rapport: Rapport) -> None:
    """Check the exported seals against the database."""
    i_basen = {seglfil(segl).name: segl for segl in Segl.objects.iterator(chunk_size=200)}
    for fil in sorted(Path(settings.SEGLMAPPE).glob("*.json")):
        segl = i_basen.get(fil.name)
        if segl is None:
            rapport.feil.append(f"Seglet i filen {fil.name} finnes ikke i databasen.")
            continue
        try:
            likt = json.loads(fil.read_text()) == seglinnhold(segl)
        except ValueError:
            likt = False
        if not likt:
            rapport.feil.append(f"Seglet i filen {fil.name} er ikke det samme som i databasen.")
