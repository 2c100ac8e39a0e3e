"""Everything that hangs on a household, in the order it is deleted when the time is up. Read it to know what is deleted.

A table of a room above is named here as text; what is not a foreign key (messages) is emptied by whoever registers `ved_sletting`.
A test fails when a table points to a household, a person or something that does, and is neither here nor said to stay.
"""

from collections.abc import Callable
from dataclasses import dataclass

from django.apps import apps
from django.db.models import Model, Q, QuerySet


@dataclass(frozen=True, slots=True)
class Steg:
    """One table, and the ways from its rows to the subject of the household."""

    modell: str
    veier: tuple[str, ...]

    def rader(self, subjekt_id: int) -> "QuerySet[Model]":
        q = Q()
        for vei in self.veier:
            q |= Q(**{vei: subjekt_id})
        return apps.get_model(self.modell)._base_manager.filter(q)


def _veier(*felt: str) -> tuple[str, ...]:
    """To a person's household, also for one who is only a sign that points to her (merged, and merged again)."""
    samme = ("", "samme_som__", "samme_som__samme_som__")
    return tuple(f"{ett}__{opp}husholdning".removeprefix("__") for ett in felt for opp in samme)


_PERSON = _veier("person")
_HUSHOLDNING = ("husholdning",)
PLAN = (
    Steg("dokument.Dokumentvedlegg", ("dokument__subjekt", "innfil__subjekt")),
    Steg("dokument.Arkivpakke", ("dokument__subjekt",)),
    Steg("dokument.Forsendelse", ("dokument__subjekt",)),
    Steg("dokument.Dokument", ("subjekt",)),
    Steg("dokument.Innfil", ("subjekt",)),
    Steg("samtale.Trukkettekst", ("innlegg__subjekt",)),
    Steg("samtale.Innlegg", ("subjekt",)),
    Steg("samtale.Lest", ("subjekt",)),
    Steg("samtale.Henvendelse", ("subjekt",)),
    Steg("oppgave.Oppgave", ("subjekt",)),
    Steg("oppgave.Reservasjon", ("subjekt",)),
    Steg("tilgang.Deling", ("subjekt",)),
    Steg("tilgang.Innsyn", ("subjekt",)),
    Steg("kartlegging.Kartleggingssvar", _PERSON),
    Steg("kartlegging.Intervju", _PERSON),
    Steg("kartlegging.Kartlegging", _PERSON),
    Steg("kartlegging.Emtiltak", _veier("versjon__plan__person")),
    Steg("kartlegging.Emplanversjon", _veier("plan__person")),
    Steg("kartlegging.Vergeuenighet", _veier("plan__person")),
    Steg("kartlegging.Emplan", _PERSON),
    Steg("kartlegging.Kulturoppmote", ("okt__husholdning", *_PERSON)),
    Steg("kartlegging.Kulturokt", _HUSHOLDNING),
    Steg("kartlegging.Overforingsankomst", _HUSHOLDNING),
    Steg("bolig.Boligkobling", _HUSHOLDNING),
    Steg("bolig.Leiekontrakt", _HUSHOLDNING),
    Steg("bolig.Boligperiode", _HUSHOLDNING),
    Steg("bolig.Framskaffelsessteg", ("framskaffelse__husholdning",)),
    Steg("bolig.Framskaffelse", _HUSHOLDNING),
    Steg("person.Sokeord", _PERSON),
    Steg("person.Navn", _PERSON),
    Steg("person.Nummer", _PERSON),
    Steg("person.Medlem", (*_PERSON, *_HUSHOLDNING)),
    Steg("person.Relasjon", _veier("person", "til_person")),
    Steg("person.Verge", _PERSON),
    Steg("person.Emgrunnlag", _PERSON),
    Steg("person.Opphold", _PERSON),
    Steg("person.Mottaksopphold", _PERSON),
    Steg("person.Samtykke", _PERSON),
    Steg("person.Ventetid", _HUSHOLDNING),
    Steg("person.Ventedagretting", _HUSHOLDNING),
    Steg("person.Lop", _HUSHOLDNING),
    Steg("person.Privatsoknad", _HUSHOLDNING),
    Steg("person.Selvbosetting", _HUSHOLDNING),
    Steg("person.Sammenslaaing", (*_veier("beholdt", "borte"), "tomt")),
    Steg("person.Dublett", _veier("en", "annen")),
    Steg("person.Person", _veier("")),
    Steg("person.Sletting", _HUSHOLDNING),  # after what needs its word that two have approved
    Steg("person.Husholdning", ("subjekt",)),
)
BLIR = {
    "spor.Hendelse": "the ledger: ids and codes, so that it can be verified",
    "spor.Detalj": "deleted by `spor.services.slett_detaljer`",
    "tilgang.Subjekt": "the empty anchor of the ledger's chain",
}
ANDRE_SAKER = frozenset(
    {
        "anmodning",
        "behov",
        "bolig.Innmelding",
        "bolig.Kapasitetsplan",
        "bolig.Bolig",
        "bolig.Boligfil",
        "bolig.Boligprosjekt",
        "bolig.Boomraade",
        "bolig.Utleier",
        "bolig.Annonseimport",
        "brukere",
        "person.Mottak",
        "person.Mottakstillatelse",
        "statistikk",
        "vedtak",
    }
)
"""Models and rooms whose subjects, documents and files are never a household's."""

ved_sletting: list[Callable[[frozenset[str]], int]] = []
"""Called with the DUF numbers of those who are deleted, before they are; gives how many rows were emptied."""
