"""Households for tests of privacy, made by messages as in life; and the centre of the demonstration."""

from datetime import date
from itertools import count

from bosett.aktor.kontekst import som, system
from bosett.aktor.models import Medlemskap, Organisasjon
from bosett.integrasjon import services
from bosett.person.models import Husholdning, Mottak
from meldinger import ankomst, melding

_hvem = count(100)


def ta_imot(*meldinger: dict) -> None:
    with som(system("prove")) as aktor:
        services.motta(aktor=aktor, meldinger=meldinger)
        while services.bruk_neste(aktor=aktor):
            pass


def mottaket(kode: str = "M1") -> Mottak:
    """The centre whose consultant the demonstration has."""
    steinkjer = Organisasjon.objects.get(slag="kommune", navn__startswith="Steinkjer")
    egen = Medlemskap.objects.get(bruker__brukernavn="bosettingskonsulent@demo.invalid").organisasjon
    mottak: Mottak = Mottak.objects.get(organisasjon=egen)
    mottak.kode, mottak.kommune_id, mottak.apnet = kode, steinkjer.kommune_id, date(2000, 1, 1)
    mottak.save()
    return mottak


def sak(*, bor: bool = False, gjelder: str = "2026-01-10", antall: int = 1) -> Husholdning:
    """A household of `antall` persons; at the demonstration's centre when `bor`. Settled by nobody yet."""
    numre = [next(_hvem) for _ in range(antall)]
    meldinger = [
        ankomst(
            nr,
            gjelder,
            sak=f"S{numre[0]}",
            rolle="hoved" if nr == numre[0] else "barn",
            etternavn=f"Demo{nr}",
        )
        for nr in numre
    ]
    if bor:
        with som(system("prove")):
            mottaket()
        meldinger += [melding("plassering", nr, gjelder, mottak="M1") for nr in numre]
    ta_imot(*meldinger)
    with som(system("prove")):
        return Husholdning.objects.select_related("subjekt").get(udi_sak=f"S{numre[0]}")
