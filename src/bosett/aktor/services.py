"""Organisations follow geography. Reference data like the municipalities themselves: no ledger here."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from django.db import connection, transaction

from bosett.aktor.models import Organisasjon
from bosett.aktor.organisasjonsslag import Slag
from bosett.geografi.models import Fylkesversjon, Kommuneversjon, Regionmedlemskap
from bosett.geografi.rules.navn import sorteringsnavn
from bosett.grunn.klokke import i_dag

_LAAS = 720260010
_NASJONALE = ((Slag.IMDI, "IMDi"), (Slag.KS, "KS"), (Slag.UDI, "UDI"), (Slag.BUFETAT, "Bufetat"))
_FELT = ("navn", "sorteringsnavn", "fylke_id", "region_id")


@dataclass(frozen=True)
class Organisasjonsrapport:
    nye: int
    endret: int
    uendret: int
    uten_gyldig_kommune: int
    """Organisations of municipalities that no longer exist. They are kept: letters, users and ledger point to them."""


@transaction.atomic
def opprett_organisasjoner() -> Organisasjonsrapport:
    """One organisation each for IMDi, KS, UDI, Bufetat, every county and every municipality that is valid today.

    Idempotent; run it again whenever geography has changed: new municipalities get their organisation, names, counties and
    regions follow. Nothing is removed.
    """
    with connection.cursor() as db:
        db.execute("SELECT pg_advisory_xact_lock(%s)", [_LAAS])
    finnes = {_nokkel(organisasjon): organisasjon for organisasjon in Organisasjon.objects.all()}
    nye, endret, uendret, sett = [], [], 0, set()
    for skal in (*_nasjonale(), *_fylkeskommuner(), *_kommuner()):
        nokkel = _nokkel(skal)
        sett.add(nokkel)
        er = finnes.get(nokkel)
        if er is None:
            nye.append(skal)
        elif any(getattr(er, felt) != getattr(skal, felt) for felt in _FELT):
            for felt in _FELT:
                setattr(er, felt, getattr(skal, felt))
            endret.append(er)
        else:
            uendret += 1
    Organisasjon.objects.bulk_create(nye)
    Organisasjon.objects.bulk_update(endret, _FELT)
    borte = sum(nokkel[0] == Slag.KOMMUNE for nokkel in finnes.keys() - sett)
    return Organisasjonsrapport(len(nye), len(endret), uendret, borte)


def ny_organisasjon(*, slag: Slag, navn: str) -> Organisasjon:
    """An organisation that does not follow from geography, such as a reception centre. The caller writes the act in the ledger."""
    return Organisasjon.objects.create(slag=slag, navn=navn, sorteringsnavn=sorteringsnavn(navn))


def _nokkel(organisasjon: Organisasjon) -> tuple[object, ...]:
    """What an organisation is one of: its municipality, its county, or its kind."""
    if organisasjon.slag == Slag.KOMMUNE:
        return Slag.KOMMUNE, organisasjon.kommune_id
    if organisasjon.slag == Slag.FYLKESKOMMUNE:
        return Slag.FYLKESKOMMUNE, organisasjon.fylke_id
    if organisasjon.slag in dict(_NASJONALE):
        return (organisasjon.slag,)
    return organisasjon.slag, organisasjon.pk


def _nasjonale() -> Iterator[Organisasjon]:
    for slag, navn in _NASJONALE:
        yield Organisasjon(slag=slag, navn=navn, sorteringsnavn=navn)


def _fylkeskommuner() -> Iterator[Organisasjon]:
    for versjon in Fylkesversjon.objects.gjelder(i_dag()):
        # Oslo is a municipality that also has a county's tasks; it has two organisations, since the roles differ.
        navn = "Oslo kommune (fylkesoppgaver)" if versjon.navn == "Oslo" else f"{versjon.navn} fylkeskommune"
        yield Organisasjon(
            slag=Slag.FYLKESKOMMUNE,
            navn=navn,
            sorteringsnavn=versjon.sorteringsnavn,
            fylke_id=versjon.fylke_id,
        )


def _kommuner() -> Iterator[Organisasjon]:
    dag = i_dag()
    regioner = dict(Regionmedlemskap.objects.gjelder(dag).values_list("kommune_id", "region_id"))
    versjoner: Iterable[Kommuneversjon] = Kommuneversjon.objects.gjelder(dag)
    for versjon in versjoner:
        yield Organisasjon(
            slag=Slag.KOMMUNE,
            navn=f"{versjon.navn} kommune",
            sorteringsnavn=versjon.sorteringsnavn,
            kommune_id=versjon.kommune_id,
            fylke_id=versjon.fylke_id,
            region_id=regioner.get(versjon.kommune_id),
        )
