"""«Hvem må svare»: what others have to do before the cases can move on. One source is one line in `KILDER`."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime

from django.db.models import Q
from django.urls import reverse

from bosett.aktor.kontekst import Aktor
from bosett.grunn.klokke import i_dag
from bosett.oppgave import selectors as oppgaver
from bosett.web.oppgave.slag import oppgavenavn

HOYST = 500
"""So many rows of each source are shown, the most urgent first; the counts are of all of them."""


@dataclass(frozen=True)
class Ventes:
    """Somebody else must do something. `sak` and `adresse` lead to the household."""

    nokkel: str
    hvem: str
    hva: str
    sak: str
    adresse: str
    frist: date | None
    siden: datetime

    @property
    def over(self) -> bool:
        return self.frist is not None and self.frist < i_dag()


@dataclass(frozen=True)
class Svar:
    rader: list[Ventes]
    antall: int
    over: int


def _oppgaver(aktor: Aktor) -> Svar:
    """Open tasks that other organisations have on households."""
    alle = oppgaver.hos_andre(aktor, "husholdning")
    rader = [
        Ventes(
            f"oppgave-{o.pk}", o.organisasjon.navn, oppgavenavn(o.slag), f"H {o.subjekt_id}",
            reverse("person:husholdning", args=[o.subjekt.uuid]), o.frist, o.opprettet,
        )
        for o in alle[:HOYST]
    ]  # fmt: skip
    antall = len(rader) if len(rader) < HOYST else alle.count()
    over = (
        sum(rad.over for rad in rader) if antall == len(rader) else alle.filter(Q(frist__lt=i_dag())).count()
    )
    return Svar(rader, antall, over)


KILDER: tuple[Callable[[Aktor], Svar], ...] = (_oppgaver,)


def hvem_maa_svare(aktor: Aktor) -> Svar:
    """All sources together, the shortest deadline first, those without one last."""
    svar = [kilde(aktor) for kilde in KILDER]
    rader = sorted(
        (rad for ett in svar for rad in ett.rader), key=lambda rad: (rad.frist or date.max, rad.siden)
    )
    return Svar(rader, sum(ett.antall for ett in svar), sum(ett.over for ett in svar))
