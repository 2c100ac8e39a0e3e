"""Invented mappings, so that the pages are not empty: the first who came to the centres, some half done, all marked DEMO."""

import random
from datetime import timedelta
from itertools import cycle

from bosett.aktor.kontekst import Aktor, som, system
from bosett.demo.mottak import KONSULENTENS
from bosett.grunn.klokke import i_dag
from bosett.integrasjon import services as meldinger
from bosett.kartlegging.models import Kartlegging
from bosett.kartlegging.rules.skjema import Felt, Skjema, gjeldende
from bosett.kartlegging.services import kartlegging, samtaler
from bosett.kartlegging.services.hvem import er_hoved
from bosett.kartlegging.services.kartlegging import Svar
from bosett.kartlegging.services.samtaler import Samtale
from bosett.person.models import Mottaksopphold, Person
from bosett.person.rules.ansvar import alder
from bosett.person.rules.koder import koder

FRO = 1
PORSJONER = 5
"""Portions of messages that are used at once, so that there is somebody to map; the job takes the rest."""
_TEKST = {
    "yrke": ("DEMO snekker", "DEMO hjelpepleier", "DEMO lærer", "DEMO bonde", "DEMO syerske"),
    "fag": ("DEMO byggfag", "DEMO allmennfag", "DEMO helsefag"),
    "interesser": ("DEMO fotball", "DEMO matlaging", "DEMO sjakk"),
    "onske_sted": ("DEMO nær broren", "DEMO en by med arbeid", "DEMO et stille sted"),
    "onske_utdanning": ("DEMO sykepleier", "DEMO elektriker", "DEMO grunnskole"),
    "fremtid": ("DEMO vil arbeide så fort som mulig", "DEMO vil ta fagbrev"),
}


def kartlegg(antall: int) -> int:
    """Map so many of those who live at centres, the consultant's own first. Gives how many; once, and none when there are some."""
    aktor = system("demo")
    with som(aktor):
        if Kartlegging.objects.exists():
            return 0
    for _ in range(PORSJONER):
        with som(aktor):
            if not meldinger.bruk_neste(aktor=aktor):
                break
    tilfeldig = random.Random(FRO)  # noqa: S311 - invented answers, no secret
    skjema = gjeldende(i_dag())
    with som(aktor):
        bor = (
            Mottaksopphold.objects.kjent()
            .gjelder()
            .filter(mottak__isnull=False, person__ute=None, person__dod=None)
        )
        rekke = sorted(
            bor.values_list("person", "mottak__kode"), key=lambda rad: (rad[1] != KONSULENTENS, rad[0])
        )[:antall]  # fmt: skip
        personer = Person.objects.select_related("husholdning").in_bulk([pk for pk, _ in rekke])
    for (pk, _), ferdig in zip(rekke, cycle((True, False, False)), strict=False):
        with som(aktor):
            _kartlegg(aktor, personer[pk], skjema, tilfeldig, ferdig=ferdig)
    return len(rekke)


def _kartlegg(
    aktor: Aktor, person: Person, skjema: Skjema, tilfeldig: random.Random, *, ferdig: bool
) -> None:
    spraak = next((kode for kode in (person.tolkespraak, *person.spraak) if kode in koder("spraak")), "eng")
    kartlegging.apne(aktor=aktor, person=person.uuid, spraak=spraak)
    seksjoner = list(skjema.seksjoner)[: None if ferdig else tilfeldig.randint(1, 3)]
    for seksjon in seksjoner:
        felter = skjema.i_seksjon(seksjon, alder=alder(person.fodt, i_dag()), hoved=er_hoved(person))
        svar = {
            f.navn: _svar(f, spraak, tilfeldig) for f in felter if not f.saerlig and tilfeldig.random() < 0.8
        }
        kartlegging.lagre(aktor=aktor, person=person.uuid, seksjon=seksjon, svar=svar, versjon=0, side="demo")
    if ferdig:
        kartlegging.fullfor(aktor=aktor, person=person.uuid)
    if alder(person.fodt, i_dag()) >= 16:
        samtaler.lagre(aktor=aktor, person=person.uuid, samtale=_samtale(spraak, tilfeldig), side="demo")


def _svar(felt: Felt, spraak: str, tilfeldig: random.Random) -> Svar:
    if tilfeldig.random() < 0.1:
        return Svar(tilfeldig.choice(("vil_ikke", "vet_ikke")))
    if felt.slag == "spraak":
        egne = [
            {"spraak": spraak, "nivaa": "C2"},
            {"spraak": "nor", "nivaa": tilfeldig.choice(("A0", "A1", "A2"))},
        ]
        return Svar("svar", egne if spraak != "nor" else egne[:1])
    if felt.slag == "flere":
        return Svar("svar", [tilfeldig.choice(list(felt.valg))])
    if felt.valg:
        return Svar("svar", tilfeldig.choice(list(felt.valg)))
    if felt.slag == "tall":
        return Svar("svar", tilfeldig.randint(felt.minst, min(felt.hoyst, 16)))
    if felt.slag == "dato":
        return Svar("svar", i_dag() - timedelta(days=tilfeldig.randint(200, 2000)))
    return Svar("svar", tilfeldig.choice(_TEKST.get(felt.navn, ("DEMO",))))


def _samtale(spraak: str, tilfeldig: random.Random) -> Samtale:
    mott = tilfeldig.random() < 0.85
    return Samtale(
        i_dag() - timedelta(days=tilfeldig.randint(5, 40)), tilfeldig.choice(("oppmote", "video", "telefon")), "ja", spraak, tolk_bestilt=True,
        tolk_mott=mott, tolk_kvalitet=tilfeldig.randint(2, 5) if mott else None, tolkesjekk=["bestilt_registeret"],
        egne_ord="DEMO: «Jeg vil ha et trygt sted, og arbeid.»", fortalt="DEMO: IMDi velger kommunen, og personen får ett tilbud.", fortalt_spraak=spraak,
    )  # fmt: skip
