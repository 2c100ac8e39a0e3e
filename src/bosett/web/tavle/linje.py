"""Who works with the case, as a line on its pages, with what the actor may do about it."""

from dataclasses import dataclass
from datetime import date

from bosett.aktor.kontekst import Aktor
from bosett.oppgave import selectors as oppgaver
from bosett.person.models import Husholdning
from bosett.tilgang.policy import kan


@dataclass(frozen=True)
class Linje:
    """`hvem` empty: nobody has taken it. `min`: the actor has."""

    hvem: str = ""
    siste_dag: date | None = None
    min: bool = False
    gitt_av: str = ""
    merknad: str = ""


def for_sak(aktor: Aktor, h: Husholdning) -> Linje | None:
    """None for those who do not work with the queue the case is in, and for a case that has ended."""
    i_koen = any(t.slag == h.ansvar for t in aktor.tilhorigheter)
    if h.avsluttet or not i_koen or not kan(aktor, "oppgave.reservasjoner"):
        return None
    r = oppgaver.reservasjoner(aktor).filter(subjekt=h.pk).first()
    if r is None:
        return Linje()
    egen = r.bruker_id == aktor.bruker_id
    return Linje(r.bruker.navn, r.siste_dag, egen, r.gitt_av.navn if r.gitt_av else "", r.merknad)
