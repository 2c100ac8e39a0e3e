"""When a household counts as mapped, and what that does to whose days it waits."""

from datetime import date, timedelta

import pytest
from tests.kartlegging.kart import beboer, personen
from tests.person.saker import ta_imot

from aktorer import som_bruker
from bosett.aktor.kontekst import som, system
from bosett.grunn.klokke import frys, i_dag, naa
from bosett.kartlegging.rules.ferdig import Medlem, ferdig
from bosett.kartlegging.services import kartlegging
from bosett.person.models import Nummer, Ventetid
from bosett.person.services.ventedager import kontroller
from meldinger import melding

A, B, C = date(2026, 3, 1), date(2026, 3, 10), date(2026, 4, 1)


@pytest.mark.parametrize(
    ("medlemmer", "dag"),
    [
        ([Medlem(A, None, None)], None),
        ([Medlem(A, None, B)], B),
        ([Medlem(A, None, B), Medlem(A, None, C)], C),
        ([Medlem(A, None, B), Medlem(A, None, None)], None),
        ([Medlem(A, None, B), Medlem(A, B, None)], B),  # left that day: not asked for
        ([Medlem(A, None, B), Medlem(C, None, None)], B),  # born later: does not undo it
        ([], None),
    ],
)
def test_the_first_day_everybody_there_was_mapped(medlemmer: list[Medlem], dag: date | None) -> None:
    assert ferdig(medlemmer) == ferdig(medlemmer[::-1]) == dag


@pytest.mark.krav_delvis("R179")
def test_the_centres_days_end_when_everybody_is_mapped_and_stay_ended(land: str) -> None:
    h = beboer(2)
    start = i_dag()
    with som(system("prove")):
        numre = list(
            Nummer.objects.filter(person__husholdning=h, slag="duf").values_list("nummer", flat=True)
        )
    for nr in numre:
        ta_imot(
            melding("tillatelse", 900, str(start), grunnlag="flyktning", vedtatt=str(start)) | {"duf": nr}
        )
    for dager, person in ((20, 0), (30, 1)):
        with frys(naa() + timedelta(days=dager)), som_bruker("bosettingskonsulent") as aktor:
            p = personen(h, person)
            kartlegging.apne(aktor=aktor, person=p.uuid)
            kartlegging.fullfor(aktor=aktor, person=p.uuid)
    ferdig_dag = start + timedelta(30)
    ventet = [("mottak", start, ferdig_dag), ("imdi", ferdig_dag, None)]
    assert _dager(h.pk) == ventet
    with frys(naa() + timedelta(days=40)), som_bruker("bosettingskonsulent") as aktor:
        kartlegging.gjenapne(aktor=aktor, person=personen(h, 0).uuid)
    assert _dager(h.pk) == ventet
    assert [k.avvik for k in kontroller(aktor=system("prove"))][-1] == []


def _dager(pk: int) -> list[tuple[str, date, date | None]]:
    with som(system("prove")):
        return list(Ventetid.objects.filter(husholdning=pk).order_by("fra").values_list("eier", "fra", "til"))
