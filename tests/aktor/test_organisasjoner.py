"""Organisations are made from geography, follow it, and are never made twice."""

import threading
from datetime import date

import pytest
from django.db import connection

from bosett.aktor.kontekst import som, system
from bosett.aktor.models import Organisasjon
from bosett.aktor.organisasjonsslag import Slag
from bosett.aktor.services import opprett_organisasjoner
from bosett.geografi.models import Fylke, Fylkesversjon, Imdiregion, Kommune, Kommuneversjon, Regionmedlemskap
from bosett.grunn.klokke import frys


def _fylke(nummer: str, navn: str) -> Fylke:
    fylke = Fylke.objects.create()
    Fylkesversjon.objects.create(
        fylke=fylke, nummer=nummer, navn=navn, sorteringsnavn=navn.lower(), kilde="prøve"
    )
    return fylke


def _kommune(
    nummer: str, navn: str, fylke: Fylke, fra: date | None = None, til: date | None = None
) -> Kommune:
    kommune = Kommune.objects.create()
    Kommuneversjon.objects.create(
        kommune=kommune, nummer=nummer, navn=navn, sorteringsnavn=navn.lower(), sokenavn=navn.lower(),
        fylke=fylke, fra=fra, til=til, kilde="prøve",
    )  # fmt: skip
    return kommune


@pytest.mark.usefixtures("som_system")
def test_one_per_national_body_county_and_municipality_and_again_changes_nothing() -> None:
    agder = _fylke("42", "Agder")
    _fylke("03", "Oslo")
    region = Imdiregion.objects.create(navn="Sør", sorteringsnavn="sør")
    by = _kommune("4204", "Kristiansand", agder)
    _kommune("4203", "Arendal", agder)
    Regionmedlemskap.objects.create(region=region, kommune=by, kilde="prøve")

    rapport = opprett_organisasjoner()

    assert (rapport.nye, rapport.endret) == (4 + 2 + 2, 0)
    byen = Organisasjon.objects.get(kommune=by)
    assert (byen.slag, byen.navn, byen.sorteringsnavn) == (
        Slag.KOMMUNE,
        "Kristiansand kommune",
        "kristiansand",
    )
    assert (byen.fylke_id, byen.region_id) == (agder.pk, region.pk)
    assert Organisasjon.objects.get(slag=Slag.FYLKESKOMMUNE, fylke=agder).navn == "Agder fylkeskommune"

    igjen = opprett_organisasjoner()
    assert (igjen.nye, igjen.endret, igjen.uendret) == (0, 0, 8)


@pytest.mark.usefixtures("som_system")
def test_organisations_follow_a_new_name_and_a_merger() -> None:
    fylke = _fylke("11", "Rogaland")
    gammel = _kommune("1141", "Finnøy", fylke, til=date(2020, 1, 1))
    by = _kommune("1103", "Stavanger", fylke)
    with frys(date(2019, 6, 1)):
        assert opprett_organisasjoner().uten_gyldig_kommune == 0
    fra_for = set(Organisasjon.objects.values_list("pk", flat=True))
    Kommuneversjon.objects.filter(kommune=by).update(navn="Stavanger og Finnøy")

    with frys(date(2020, 6, 1)):
        rapport = opprett_organisasjoner()

    assert (rapport.nye, rapport.endret, rapport.uten_gyldig_kommune) == (0, 1, 1)
    assert set(Organisasjon.objects.values_list("pk", flat=True)) == fra_for, "the old one is kept"
    assert Organisasjon.objects.get(kommune=by).navn == "Stavanger og Finnøy kommune"
    assert Organisasjon.objects.get(kommune=gammel).navn == "Finnøy kommune"


def test_two_runs_at_once_make_each_organisation_once(ekte_database: str) -> None:
    _fylke("42", "Agder")
    klar = threading.Barrier(2)

    def kjor() -> None:
        klar.wait()
        with som(system("prove")):
            opprett_organisasjoner()
        connection.close()

    traader = [threading.Thread(target=kjor) for _ in range(2)]
    for traad in traader:
        traad.start()
    for traad in traader:
        traad.join()
    assert Organisasjon.objects.count() == 5
