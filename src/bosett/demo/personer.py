"""The demonstration's centres and persons: a year of arrivals up to today, played through the same door as UDI's messages."""

from datetime import timedelta
from itertools import islice

from procrastinate.contrib.django import app as jobber

from bosett.aktor.kontekst import som, system
from bosett.demo.mottak import apnet, rader, sentre
from bosett.geografi.models import Kommuneversjon
from bosett.grunn.klokke import i_dag
from bosett.integrasjon import services, udi
from bosett.integrasjon.models import Melding
from bosett.integrasjon.simulator import simuler
from bosett.person.models_mottak import Mottak
from bosett.person.services.mottak import apne_mottak

FRO = 1


def lag_mottak() -> None:
    """Register the centres that are not there."""
    aktor = system("demo")
    finnes = set(Mottak.objects.values_list("kode", flat=True))
    kommuner = {
        v.nummer: v.kommune for v in Kommuneversjon.objects.gjelder(i_dag()).select_related("kommune")
    }
    for rad in rader():
        if rad["kode"] not in finnes:
            apne_mottak(
                aktor=aktor,
                navn=rad["navn"],
                kode=rad["kode"],
                type=rad["type"],
                drift=rad["drift"],
                operator=rad["operator"],
                kommune=kommuner[rad["kommunenummer"]],
                plasser=int(rad["plasser"]),
                apnet=apnet(rad),
            )


def spill_av(personer: int) -> int:
    """Keep the messages about so many persons; the job uses them in the background. Gives how many messages there are.

    Once: what has been played is left alone, since the days of another year of arrivals would be others.
    """
    aktor = system("demo")
    with som(aktor):
        if not personer or Melding.objects.exists():
            return 0
    meldinger = simuler(
        fra=i_dag() - timedelta(365), til=i_dag() + timedelta(1), personer=personer, fro=FRO, sentre=sentre()
    )
    antall = 0
    with som(aktor):  # all of them or none, so that one that was cut off begins again
        while porsjon := list(islice(meldinger, udi.STORST)):
            services.motta(aktor=aktor, meldinger=porsjon, ko=False)
            antall += len(porsjon)
        jobber.configure_task("integrasjon.bruk").defer()
        jobber.configure_task("demo.fyll_kartlegging").defer()
    return antall
