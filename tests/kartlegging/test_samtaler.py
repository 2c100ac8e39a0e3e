"""Talks: the question of interpreter is always answered, and what became of the interpreter is stored."""

from dataclasses import replace
from datetime import date, timedelta

import pytest
from django.db import IntegrityError, transaction
from tests.kartlegging.kart import beboer, personen

from aktorer import som_bruker
from bosett.aktor.kontekst import som, system
from bosett.grunn.feil import Avvist, BosettFeil, FinnesIkke, Konflikt
from bosett.grunn.klokke import i_dag
from bosett.kartlegging import selectors_kartlegging as selectors
from bosett.kartlegging.models import Intervju
from bosett.kartlegging.rules.tolk import NAAR, tolkesjekk
from bosett.kartlegging.services import samtaler
from bosett.kartlegging.services.samtaler import Samtale
from bosett.person.models import Person
from bosett.spor.models import Hendelse

DAG = date(2026, 11, 3)
TOLKET = Samtale(
    DAG, "oppmote", "ja", "tir", tolk_bestilt=True, tolk_mott=True, tolk_kvalitet=4, tolkesjekk=["taushetsplikt"],
    egne_ord="«Jeg vil bygge hus.»", fortalt="IMDi velger kommunen.", fortalt_spraak="tir",
)  # fmt: skip


def lagre(p: Person, s: Samtale, bruker: str = "bosettingskonsulent", **mer: object) -> Intervju:
    with som_bruker(bruker) as aktor:
        return samtaler.lagre(aktor=aktor, person=p.uuid, samtale=s, **{"side": "s1"} | mer)


@pytest.mark.krav_delvis("R222")
def test_a_talk_without_an_answered_question_of_interpreter_is_not_saved(land: str) -> None:
    p = personen(beboer())
    with pytest.raises(BosettFeil) as feil:
        lagre(p, replace(TOLKET, tolkebehov=""))
    assert feil.value.kode == "SAMTALE-TOLK"
    for galt in ("", "?", None):
        with som(system("prove")), pytest.raises(IntegrityError), transaction.atomic():
            Intervju.objects.create(person=p, holdt=DAG, maate="video", tolkebehov=galt, side=str(galt))
    with som(system("prove")):
        assert not Intervju.objects.exists()


def test_the_interpreter_and_the_words_are_stored_and_a_repeat_is_one_talk(land: str) -> None:
    p = personen(beboer())
    assert lagre(p, TOLKET).pk == lagre(p, TOLKET).pk
    lagre(p, Samtale(DAG, "telefon", "nei"), side="s2")
    with som_bruker("bosettingskonsulent") as aktor:
        siste, forste = selectors.samtaler(aktor, p)
        assert (forste.tolk_bestilt, forste.tolk_mott, forste.tolk_kvalitet) == (True, True, 4)
        assert forste.egne_ord == "«Jeg vil bygge hus.»" and forste.fortalt_spraak == "tir"
        assert siste.tolk_mott is None and siste.konsulent is not None
        assert Hendelse.objects.filter(handling="kartlegging.lagre_samtale").count() == 2


def test_a_talk_is_corrected_and_not_by_two_at_once(land: str) -> None:
    p = personen(beboer())
    planlagt = replace(TOLKET, tolk_mott=None, tolk_kvalitet=None)
    rad = lagre(p, planlagt)
    ny = lagre(p, TOLKET, intervju=rad.uuid, versjon=rad.versjon)
    assert (ny.pk, ny.versjon, ny.tolk_mott) == (rad.pk, 2, True)
    with pytest.raises(Konflikt):
        lagre(p, replace(TOLKET, tolk_kvalitet=1), "imdi_radgiver", intervju=rad.uuid, versjon=1)
    with pytest.raises(FinnesIkke):
        lagre(personen(beboer()), TOLKET, intervju=rad.uuid, versjon=2)


@pytest.mark.parametrize(
    ("endret", "kode"),
    [
        ({"maate": ""}, "SAMTALE-MAATE"), ({"spraak": ""}, "SAMTALE-TOLK-BESTILT"), ({"tolk_bestilt": None}, "SAMTALE-TOLK-BESTILT"),
        ({"spraak": "xyz"}, "SAMTALE-SPRAAK"), ({"tolkebehov": "nei"}, "SAMTALE-UTEN-TOLK"), ({"tolk_mott": False}, "SAMTALE-KVALITET"),
        ({"tolk_kvalitet": 6}, "SAMTALE-KVALITET"), ({"fortalt_spraak": ""}, "SAMTALE-FORTALT"), ({"tolkesjekk": ["x"]}, "SAMTALE-SJEKK"),
    ],
)  # fmt: skip
def test_answers_that_do_not_hang_together_are_refused(land: str, endret: dict, kode: str) -> None:
    with pytest.raises(BosettFeil) as feil:
        lagre(personen(beboer()), replace(TOLKET, **endret))
    assert feil.value.kode == kode


def test_an_interpreter_has_not_met_before_the_day(land: str) -> None:
    with pytest.raises(BosettFeil) as feil:
        lagre(personen(beboer()), replace(TOLKET, holdt=i_dag() + timedelta(days=1)))
    assert feil.value.kode == "SAMTALE-FRAM"


def test_only_those_who_map_the_person_register_talks(land: str) -> None:
    p = personen(beboer(bor=False))
    with pytest.raises(FinnesIkke):
        lagre(p, TOLKET)
    for rolle in ("bosetter_skriv", "imdi_leder", "imdi_godkjenner"):
        with pytest.raises(Avvist):
            lagre(p, TOLKET, rolle)
    lagre(p, TOLKET, "imdi_radgiver")


def test_the_card_has_something_for_before_during_and_after() -> None:
    assert {punkt.naar for punkt in tolkesjekk().values()} == set(NAAR)
    assert all(p.kilde and all(p.tekst.paa(s) for s in ("nb", "nn", "en")) for p in tolkesjekk().values())
