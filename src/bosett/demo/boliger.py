"""Invented homes in the two municipalities of the demonstration, all marked DEMO, so that the pages are not empty."""

import random
from datetime import timedelta
from decimal import Decimal

from bosett.bolig.models import Bolig, Boomraade
from bosett.bolig.services import boliger, omraader
from bosett.bolig.services.boliger import Opplysninger
from bosett.demo.brukere import som_demobruker
from bosett.grunn.klokke import i_dag

FRO = 7
ANTALL = 14
"""Homes in each municipality."""
_HVEM = {
    "bosetter_skriv": ("7713", "Steinkjer", ("DEMO Åsen", "31.4", True), ("DEMO Sentrum", "29.0", True)),
    "bosetter_skriv.volda": (
        "6100",
        "Volda",
        ("DEMO Fjellsida", "12.5", False),
        ("DEMO Sentrum", None, None),
    ),
}
_GATER = ("Oppdiktveien", "Eksempelgata", "Prøvestien", "Liksomgata")
_GRUNN = "DEMO: Boligen ligger ved skolen, og familien har slekt i området."


def lag_boliger() -> None:
    """Register the homes where there are none. The same ones every time."""
    for hvem, (postnummer, poststed, *steder) in _HVEM.items():
        with som_demobruker(hvem) as aktor:
            if Bolig.objects.filter(poststed=poststed).exists():
                continue
            dag = i_dag()
            omraadene = [
                omraader.sett(
                    aktor=aktor, navn=navn, andel=Decimal(andel) if andel else None, levekaar=levekaar,
                    kilde="DEMO: oppdiktede tall", malt=dag.replace(month=1, day=1),
                )
                for navn, andel, levekaar in steder
            ]  # fmt: skip
            tilfeldig = random.Random(FRO)  # noqa: S311 - invented homes, no secret
            for nr in range(ANTALL):
                b = boliger.registrer(
                    aktor=aktor, opplysninger=_bolig(tilfeldig, nr, postnummer, poststed, omraadene),
                    ledig_fra=dag + timedelta(tilfeldig.choice((0, 0, 14, 45))) if nr % 5 else None,
                )  # fmt: skip
                if nr % 4:
                    boliger.vurder(
                        aktor=aktor, bolig=b.subjekt.uuid, egnet=nr % 7 != 0,
                        begrunnelse="DEMO: Besøkt. " + ("I orden." if nr % 7 else "Fukt i badet må rettes først."),
                    )  # fmt: skip


def _bolig(
    tilfeldig: random.Random, nr: int, postnummer: str, poststed: str, omraadene: list[Boomraade]
) -> Opplysninger:
    soverom = tilfeldig.choice((0, 1, 1, 2, 2, 3, 3, 4, 5))
    eierform = ("privat", "kommunal", "kommunal", "fremleie")[nr % 4]
    omraade = (omraadene[0], omraadene[1], None)[nr % 3]
    return Opplysninger(
        eierform=eierform,
        slag="gjennomgang" if nr % 9 == 8 else "vanlig",
        bygg=("hybel", "leilighet", "leilighet", "rekkehus", "enebolig", "enebolig")[soverom],
        adresse=f"DEMO {_GATER[nr % len(_GATER)]} {nr + 1}",
        postnummer=postnummer,
        poststed=poststed,
        bruksenhet=f"H{nr % 4 + 1:02}01" if 0 < soverom < 3 else "",
        omraade=omraade,
        omraade_grunn=_GRUNN if omraade is omraadene[0] else "",
        areal=24 + 18 * soverom,
        soverom=soverom,
        rom=soverom + 1,
        plasser=max(1, 2 * soverom - nr % 2),
        etasje=nr % 4 + 1 if soverom < 3 else None,
        funksjoner=[["trinnfri", "ett_plan"], ["trinnfri", "heis", "rullestol", "bad"], []][nr % 3],
        tilgjengelig_kjent=nr % 2 == 0,
        dyr=(True, False, None)[nr % 3],
        moblert=(False, None)[nr % 2],
        husleie=5000 + 2500 * soverom,
        km_skole=Decimal(tilfeldig.randint(2, 60)) / 10,
        km_barnehage=Decimal(tilfeldig.randint(2, 40)) / 10,
        km_buss=Decimal(tilfeldig.randint(1, 20)) / 10,
        km_sentrum=Decimal(tilfeldig.randint(2, 120)) / 10,
        merknad="DEMO",
    )
