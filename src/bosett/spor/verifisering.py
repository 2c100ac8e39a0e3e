"""`spor verifiser`: is every chain whole, does every seal hold, and do the exported seals agree with the database?"""

import json
from dataclasses import dataclass, field
from itertools import groupby
from pathlib import Path

from django.conf import settings

from bosett.spor.models import Hendelse, Segl
from bosett.spor.services import avtrykk, kjede


@dataclass
class Rapport:
    hendelser: int = 0
    kjeder: int = 0
    segl: int = 0
    uten_detaljer: int = 0
    """Acts whose details have been deleted in due time; that is not a fault."""
    feil: list[str] = field(default_factory=list)


def verifiser() -> Rapport:
    """Recompute everything. Reads the whole ledger in chunks; changes nothing."""
    rapport = Rapport()
    kjent: dict[tuple[int, int], str] = {}
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
    _segl(rapport, kjent)
    return rapport


def _detaljer(hendelse: Hendelse, rapport: Rapport) -> None:
    if not hendelse.detaljavtrykk:
        return
    detalj = getattr(hendelse, "detalj", None)
    if detalj is None:
        rapport.uten_detaljer += 1
    elif avtrykk([detalj.salt, detalj.innhold]) != hendelse.detaljavtrykk:
        rapport.feil.append(f"Sak {hendelse.subjekt_id}: detaljene til handling {hendelse.nr} er endret.")


def _segl(rapport: Rapport, kjent: dict[tuple[int, int], str]) -> None:
    forrige = ""
    i_basen: set[str] = set()
    for segl in Segl.objects.order_by("pk"):
        rapport.segl += 1
        i_basen.add(segl.avtrykk)
        if segl.forrige != forrige or segl.avtrykk != avtrykk(
            [segl.siste_hendelse, segl.hoder, segl.forrige]
        ):
            rapport.feil.append(f"Segl {segl.pk} er endret.")
        for subjekt, (nr, hode) in segl.hoder.items():
            if kjent.get((int(subjekt), nr)) != hode:
                rapport.feil.append(f"Sak {subjekt}: handling {nr} er forseglet, men er borte eller endret.")
        forrige = segl.avtrykk
    for fil in sorted(Path(settings.SEGLMAPPE).glob("*.json")):
        if json.loads(fil.read_text())["avtrykk"] not in i_basen:
            rapport.feil.append(f"Seglet i filen {fil.name} finnes ikke i databasen.")
