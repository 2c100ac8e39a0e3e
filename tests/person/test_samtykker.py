"""A consent is given, runs out and is taken back; the share with health lasts as long as it does (IF § 51)."""

from datetime import date, timedelta
from typing import Any

import pytest
from tests.person.saker import sak

from aktorer import som_bruker
from bosett.aktor.kontekst import Aktor, som, system
from bosett.aktor.models import Organisasjon
from bosett.grunn.feil import Avvist, FinnesIkke, Konflikt, Ugyldig
from bosett.grunn.klokke import frys, i_dag
from bosett.person.models import Husholdning, Person
from bosett.person.models_samtykke import Samtykke
from bosett.person.services import samtykker
from bosett.spor.models import Hendelse
from bosett.tilgang.models import Deling
from bosett.tilgang.services import avslutt_delinger

DAG = date(2026, 11, 24)


def personen(h: Husholdning, nr: int = 0) -> Person:
    with som(system("prove")):
        return Person.objects.filter(husholdning=h).order_by("pk")[nr]


def gi(aktor: Aktor, person: Person, **endret: Any) -> Samtykke:
    felt: dict[str, Any] = {
        "formaal": "helse", "gitt": i_dag(), "maate": "tolk", "spraak": "ara",
    }  # fmt: skip
    return samtykker.gi(aktor=aktor, person=person.uuid, **(felt | endret))


def test_a_consent_holds_from_the_day_until_it_runs_out_or_is_taken_back(land: str) -> None:
    person = personen(sak())
    with frys(DAG):
        with som_bruker("imdi_radgiver") as aktor:
            ett = gi(aktor, person, siste_dag=date(2027, 1, 31))
            assert ett.til == date(2027, 2, 1)
            for dag, svar in (
                (DAG - timedelta(1), False),
                (DAG, True),
                (date(2027, 1, 31), True),
                (ett.til, False),
            ):
                assert samtykker.har_samtykke(person, "helse", dag) is svar
            assert not samtykker.har_samtykke(person, "forskning", DAG)
        with som_bruker("imdi_radgiver") as aktor:
            nytt = gi(aktor, person, maate="skriftlig")  # renewed: at most as long as the purpose says
            assert nytt.til == date(2028, 11, 24)
            ett.refresh_from_db()
            assert (ett.slutt, ett.avsluttet) == ("fornyet", DAG)
    with frys(DAG + timedelta(10)):
        with som_bruker("imdi_radgiver") as aktor:
            samtykker.trekk(aktor=aktor, samtykke=nytt.uuid)
            assert not samtykker.har_samtykke(person, "helse")
            assert samtykker.har_samtykke(person, "helse", DAG + timedelta(9))
        with som_bruker("imdi_radgiver") as aktor, pytest.raises(Konflikt):
            samtykker.trekk(aktor=aktor, samtykke=nytt.uuid)
    with som(system("prove")):
        handlinger = Hendelse.objects.filter(subjekt=person.husholdning_id).order_by("nr")
        assert list(handlinger.values_list("handling", flat=True))[-3:] == [
            "person.gi_samtykke", "person.gi_samtykke", "person.trekk_samtykke",
        ]  # fmt: skip


@pytest.mark.parametrize(
    ("galt", "kode"),
    [
        ({"formaal": "alt"}, "SAMTYKKE-FORMAAL"),
        ({"spraak": "xxx"}, "SAMTYKKE-SPRAAK"),
        ({"maate": "telepati"}, "SAMTYKKE-MAATE"),
        ({"gitt": date(2026, 11, 25)}, "SAMTYKKE-DAGER"),
        ({"siste_dag": date(2026, 11, 23)}, "SAMTYKKE-DAGER"),
        ({"gitt": date(2020, 1, 1)}, "SAMTYKKE-DAGER"),
    ],
)
def test_what_cannot_be_is_refused(land: str, galt: dict, kode: str) -> None:
    person = personen(sak())
    with frys(DAG), som_bruker("imdi_radgiver") as aktor, pytest.raises(Ugyldig) as feil:
        gi(aktor, person, **galt)
    assert feil.value.kode == kode


def test_the_consultant_registers_at_the_own_centre_only(land: str) -> None:
    her, andre = personen(sak(bor=True)), personen(sak())
    with som_bruker("bosettingskonsulent") as aktor:
        ett = gi(aktor, her)
    with som_bruker("bosettingskonsulent") as aktor, pytest.raises(FinnesIkke):
        gi(aktor, andre)
    with som_bruker("imdi_radgiver") as aktor:
        annet = gi(aktor, andre)
    with som_bruker("bosettingskonsulent") as aktor, pytest.raises(FinnesIkke):
        samtykker.trekk(aktor=aktor, samtykke=annet.uuid)
    with som_bruker("bosettingskonsulent") as aktor:
        assert Samtykke.objects.get() == ett  # row-level security: only those of the own centre
        samtykker.trekk(aktor=aktor, samtykke=ett.uuid)


@pytest.mark.parametrize(
    "rolle", ["imdi_leder", "imdi_admin", "bosetter_skriv", "udi_saksbehandler", "ks_radgiver"]
)
def test_other_roles_are_refused(land: str, rolle: str) -> None:
    person = personen(sak())
    with som_bruker(rolle) as aktor, pytest.raises((Avvist, FinnesIkke)):
        gi(aktor, person)
    with som_bruker("imdi_godkjenner") as aktor, pytest.raises(Avvist):
        gi(aktor, person)


def test_health_is_shared_only_while_a_consent_holds(land: str) -> None:
    h = sak(antall=2)
    en, to = personen(h), personen(h, 1)
    with som(system("prove")):
        kommune = Organisasjon.objects.get(slag="kommune", navn__startswith="Steinkjer")

    def grader() -> set[str]:
        with som(system("prove")):
            return set(
                Deling.objects.filter(subjekt=h.pk, organisasjon=kommune, til=None).values_list(
                    "grad", flat=True
                )
            )

    with som_bruker("imdi_radgiver") as aktor, pytest.raises(Konflikt) as feil:
        samtykker.del_helse(aktor=aktor, husholdning=h, organisasjon=kommune, hvorfor="prove")
    assert feil.value.kode == "SAMTYKKE-MANGLER" and grader() == set()
    with som_bruker("imdi_radgiver") as aktor:
        forste, andre = gi(aktor, en), gi(aktor, to)
        samtykker.del_helse(aktor=aktor, husholdning=h, organisasjon=kommune, hvorfor="prove")
    assert grader() == {"helse"}
    with som_bruker("imdi_radgiver") as aktor:
        samtykker.trekk(aktor=aktor, samtykke=forste.uuid)
    assert grader() == {"helse"}  # of the other one
    with frys(andre.til), som(system("prove")) as aktor:
        assert samtykker.utlop(aktor=aktor) == 1 and samtykker.utlop(aktor=aktor) == 0
    assert grader() == {"full"}
    with som(system("prove")):
        avslutt_delinger(delinger=Deling.objects.filter(subjekt=h.pk))
        andre.refresh_from_db()
        assert (andre.slutt, andre.avsluttet) == ("utlopt", andre.til)
