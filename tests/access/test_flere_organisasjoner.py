"""Somebody with roles in two organisations: a role gives its rights where it was given, and nowhere else."""

import pytest
from tests.access.verden import lag_bruker, lag_verden, som, system

from bosett.tilgang.policy import kan, organisasjoner_for, tilhorighet_for


@pytest.mark.django_db
def test_a_right_in_one_organisation_does_not_reach_the_other() -> None:
    verden = lag_verden(alle_roller=False)
    begge = lag_bruker("To Steder", ("bosetter_les", verden.egen), ("kommunenorskbruker", verden.annen))
    aktor = som(begge)
    assert aktor.organisasjoner == {verden.egen.pk, verden.annen.pk}
    assert organisasjoner_for(aktor, "anmodning.egne") == {verden.egen.pk}
    assert kan(aktor, "anmodning.egne", verden.egen) and not kan(aktor, "anmodning.egne", verden.annen)
    assert tilhorighet_for(aktor, "anmodning.egne", verden.annen) is None


@pytest.mark.django_db
def test_the_ledger_names_the_role_that_gave_the_right() -> None:
    from bosett.brukere import services  # noqa: PLC0415 - beside its use
    from bosett.spor.models import Hendelse  # noqa: PLC0415

    verden = lag_verden(alle_roller=False)
    begge = lag_bruker("To Steder", ("bosetter_les", verden.egen), ("kommune_admin", verden.annen))
    aktor = som(begge)
    assert aktor.tilhorigheter[0].rolle == "bosetter_les"
    services.opprett(aktor=aktor, organisasjon=verden.annen, navn="Ny Her", rolle="bosetter_les")
    system()
    rad = Hendelse.objects.get(handling="brukere.opprett")
    assert (rad.rolle, rad.organisasjon_id) == ("kommune_admin", verden.annen.pk)


@pytest.mark.django_db
def test_tasks_are_for_a_role_in_its_own_organisation() -> None:
    from bosett.oppgave import selectors  # noqa: PLC0415
    from bosett.oppgave.models import Oppgave  # noqa: PLC0415
    from bosett.tilgang.services import nytt_subjekt  # noqa: PLC0415

    verden = lag_verden(alle_roller=False)
    begge = lag_bruker("To Steder", ("bosetter_les", verden.egen), ("kommunenorskbruker", verden.annen))
    for org in (verden.egen, verden.annen):
        Oppgave.objects.create(subjekt=nytt_subjekt(slag="prove"), organisasjon=org, roller=["bosetter_les"])
    assert [o.organisasjon_id for o in selectors.apne(som(begge))] == [verden.egen.pk]
