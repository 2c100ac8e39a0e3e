"""Columns of the boards that come from different rooms. One column is one line in `TILLEGG`: it is asked once for all rows of a page.

A room that knows something about households (how complete the mapping is, unread messages, wait days) writes a function that takes
the actor and the rows and gives a dict «household → what to show», and adds its line. Nothing else is changed.
"""

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext, ngettext
from django.utils.translation import gettext_lazy as _

from bosett.aktor.kontekst import Aktor
from bosett.geografi import selectors as geografi
from bosett.kartlegging import selectors_kartlegging as kartlegging
from bosett.oppgave import selectors as oppgaver
from bosett.person.models import Husholdning
from bosett.person.selectors_tavler import bosteder
from bosett.tilgang.policy import kan
from bosett.web import visning
from bosett.web.tabell import Kolonne

KOEN, BEBOERE = "koen", "beboere"


@dataclass(frozen=True)
class Innhold:
    """What stands in a cell: a text, and a smaller one below. `kode` says the same to other columns."""

    tekst: str
    under: str = ""
    kode: str = ""


@dataclass(frozen=True)
class Tillegg:
    """`rett`: the read that is needed to see the column; empty: whoever sees the board."""

    kode: str
    overskrift: Any
    tavler: tuple[str, ...]
    hent: Callable[[Aktor, Sequence[Husholdning]], Mapping[int, Innhold]]
    rett: str = ""

    @property
    def kolonne(self) -> Kolonne:
        def verdi(rad: Any) -> Innhold | None:
            funnet: Innhold | None = rad.tillegg[self.kode].get(rad.pk)
            return funnet

        return Kolonne(
            self.kode, self.overskrift, sorter=False,
            felt=lambda rad: (ett := verdi(rad)) and ett.tekst,
            undertekst=lambda rad: (ett := verdi(rad)) and ett.under,
        )  # fmt: skip


def _bor(aktor: Aktor, rader: Sequence[Husholdning]) -> dict[int, Innhold]:
    regioner = geografi.regioner_for_alle()
    return {
        pk: Innhold(
            bosted.mottak or gettext("Privat adresse"),
            regioner[bosted.kommune_id].navn if bosted.kommune_id in regioner else "",
        )
        for pk, bosted in bosteder(rad.pk for rad in rader).items()
    }


def _flytter(aktor: Aktor, rader: Sequence[Husholdning]) -> dict[int, Innhold]:
    kjent = ((pk, bosted.til) for pk, bosted in bosteder(rad.pk for rad in rader).items())
    return {pk: Innhold(visning.dato_ukedag(til)) for pk, til in kjent if til}


def _reservert(aktor: Aktor, rader: Sequence[Husholdning]) -> dict[int, Innhold]:
    alle = oppgaver.reservasjoner(aktor).filter(subjekt__in=[rad.pk for rad in rader])
    return {
        r.subjekt_id: Innhold(
            gettext("Deg") if r.bruker_id == aktor.bruker_id else r.bruker.navn,
            gettext("til og med %(dag)s") % {"dag": visning.dato_ukedag(r.siste_dag)},
            "meg" if r.bruker_id == aktor.bruker_id else "andre",
        )
        for r in alle
    }


def _kartlagt(aktor: Aktor, rader: Sequence[Husholdning]) -> dict[int, Innhold]:
    """How much of the mapping is clarified, and how much nobody knows: a gap the next hand must see."""
    return {
        pk: Innhold(
            {"": gettext("Ikke begynt"), "fullfort": gettext("Fullført")}.get(tall.tilstand) or _prosent(tall.prosent.values()),
            "" if not tall.tilstand or not tall.ukjent else ngettext("%(n)s ting vi ikke vet", "%(n)s ting vi ikke vet", len(tall.ukjent)) % {"n": visning.tall(len(tall.ukjent))},
        )
        for pk, tall in kartlegging.fullfort(aktor, (rad.pk for rad in rader)).items()
    }  # fmt: skip


def _prosent(alle: Iterable[int]) -> str:
    prosent = list(alle)
    return gettext("%(n)s prosent") % {"n": visning.tall(round(sum(prosent) / max(len(prosent), 1)))}


TILLEGG = (
    Tillegg("bor", _("Bor"), (KOEN,), _bor),
    Tillegg("flytter", _("Flytter"), (BEBOERE,), _flytter),
    Tillegg("kartlegging", _("Kartlegging"), (KOEN, BEBOERE), _kartlagt, "kartlegging.se"),
    Tillegg("reservert", _("Reservert av"), (KOEN,), _reservert, "oppgave.reservasjoner"),
)


def for_tavle(aktor: Aktor, tavle: str) -> tuple[Tillegg, ...]:
    return tuple(t for t in TILLEGG if tavle in t.tavler and (not t.rett or kan(aktor, t.rett)))


def berik(aktor: Aktor, tillegg: Iterable[Tillegg]) -> Callable[[Sequence[Any]], None]:
    """For `Tabell.berik`: gives each row `tillegg`, what the columns show."""

    def gjor(rader: Sequence[Any]) -> None:
        svar = {ett.kode: ett.hent(aktor, rader) for ett in tillegg} if rader else {}
        for rad in rader:
            rad.tillegg = svar

    return gjor
