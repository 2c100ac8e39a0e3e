"""Invented needs for homes and listings in the two municipalities of the demonstration, all marked DEMO."""

import hashlib
from datetime import timedelta
from uuid import uuid4

from bosett.aktor.kontekst import Aktor
from bosett.bolig import selectors_framskaffelse as selectors
from bosett.bolig.models import Framskaffelse
from bosett.bolig.rules.annonse import Annonsedata, les_tekst
from bosett.bolig.services import annonser, framskaffelser
from bosett.bolig.services.framskaffelser import Behov
from bosett.demo.brukere import som_demobruker
from bosett.grunn.klokke import i_dag

_HVEM = {"bosetter_skriv": ("7713 Steinkjer", 100), "bosetter_skriv.volda": ("6100 Volda", 200)}
_BEHOV = ((1, 1, 180), (2, 3, 210), (3, 5, 160), (1, 2, None), (4, 7, 240))
"""Bedrooms, places, days until it is needed."""


def lag_framskaffelse() -> None:
    """Needs at each stage and listings where there are none. The same ones every time."""
    for hvem, (sted, nr) in _HVEM.items():
        with som_demobruker(hvem) as aktor:
            if selectors.framskaffelser(aktor).exists():
                continue
            lest = [_annonse(sted, nr + n) for n in range(6)]
            annonser.importer(
                aktor=aktor, annonser=lest, slag="fil", sha256=hashlib.sha256(f"DEMO {sted}".encode()).hexdigest()
            )  # fmt: skip
            behov = [
                framskaffelser.meld(
                    aktor=aktor, nokkel=uuid4(),
                    behov=Behov(
                        soverom=soverom, plasser=plasser, onske="DEMO: nær barneskolen", merknad="DEMO",
                        onsket_fra=i_dag() + timedelta(dager) if dager else None,
                    ),
                )
                for soverom, plasser, dager in _BEHOV
            ]  # fmt: skip
            for f in behov[1:4]:
                annonse = selectors.annonser_som_passer(aktor, f).first()
                bolig = selectors.boliger_som_passer(aktor, f).first()
                if f is behov[1] and annonse is not None:
                    framskaffelser.knytt_annonse(
                        aktor=aktor, framskaffelse=f.subjekt.uuid, annonse=annonse.uuid
                    )
                elif bolig is not None:
                    framskaffelser.knytt_bolig(
                        aktor=aktor, framskaffelse=f.subjekt.uuid, bolig=bolig.subjekt.uuid
                    )
                    _videre(aktor, f, 1 if f is behov[2] else 2)


def _videre(aktor: Aktor, f: Framskaffelse, steg: int) -> None:
    for handling in ("bolig.inngaa_kontrakt", "bolig.gjor_klar")[:steg]:
        framskaffelser.flytt(aktor=aktor, framskaffelse=f.subjekt.uuid, handling=handling)


def _annonse(sted: str, nr: int) -> Annonsedata:
    soverom = nr % 4 + 1
    ledig = i_dag() + timedelta(7 * (nr % 5))
    return les_tekst(
        f"https://hjerterom.demo.invalid/annonse/{nr}",
        f"DEMO: {soverom + 1}-roms til leie\nAdresse: DEMO Oppdiktveien {nr}, {sted}\nMånedsleie: {7000 + 2000 * soverom},-\n"
        f"Soverom: {soverom}\nPrimærrom: {30 + 15 * soverom} m²\nLedig fra: {ledig:%d.%m.%Y}\nUtleier: DEMO Utleier {nr}\n"
        "Beskrivelse: DEMO. Oppdiktet annonse.",
        i_dag(),
    )
