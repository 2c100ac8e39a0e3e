"""One household that the demonstration's centre, IMDi and the municipality of Steinkjer work with, and what they say."""

from datetime import timedelta
from typing import Any

from tests.person.saker import sak

from aktorer import som_bruker
from bosett.aktor.kontekst import som, system
from bosett.aktor.models import Organisasjon
from bosett.grunn.klokke import i_dag
from bosett.person.models import Husholdning
from bosett.samtale import henvendelser, services
from bosett.samtale.models import Henvendelse, Innlegg
from bosett.tilgang.services import del_subjekt

MOTTAK, IMDI, KOMMUNE, BUFETAT = (
    "bosettingskonsulent",
    "imdi_radgiver",
    "bosetter_skriv",
    "bufetat_saksbehandler",
)
ALLE = ("imdi", "mottak", "kommune")


def delt_sak(**mer: Any) -> Husholdning:
    """At the centre, and shared in full with the municipality, as when it is to settle them."""
    h = sak(bor=True, **mer)
    with som(system("prove")):
        del_subjekt(subjekt_id=h.pk, organisasjon=kommunen("Steinkjer"), grad="full", hvorfor="prøve")
    return h


def kommunen(navn: str) -> Organisasjon:
    return Organisasjon.objects.get(slag="kommune", navn__startswith=navn)


def si(hvem: str, h: Husholdning, tekst: str, til: tuple[str, ...] = ALLE, **mer: Any) -> Innlegg:
    with som_bruker(hvem) as aktor:
        return services.skriv(aktor=aktor, subjekt_id=h.pk, tekst=tekst, leses_av=til, **mer)


def spor_kommunen(hvem: str, h: Husholdning, navn: str, behov: str = "Trenger leilighet i første etasje.", **mer: Any) -> Henvendelse:  # fmt: skip
    with som_bruker(hvem) as aktor:
        return henvendelser.send(
            aktor=aktor, subjekt_id=h.pk, til=kommunen(navn), svarfrist=i_dag() + timedelta(14), behov=behov,
            fakta=henvendelser.Fakta(aldere=[34, 5], spraak=["ara"], navn=["Amina Demo"]), **mer,
        )  # fmt: skip
