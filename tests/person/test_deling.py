"""Need-to-know: shares follow from acts, and the database alone leaks nothing."""

import random
from collections.abc import Iterator
from datetime import date, timedelta

import pytest
from django.apps import apps
from django.db import models
from django.urls import reverse
from tests.person.test_hendelser import ta_imot

from aktorer import innlogget, som_bruker
from bosett.aktor.kontekst import som, system
from bosett.grunn.feil import Konflikt
from bosett.oppgave.models import Oppgave
from bosett.person.models import Husholdning, Nummer, Person
from bosett.person.services import ansvar
from bosett.spor.models import Hendelse
from bosett.tilgang.models import Deling
from meldinger import ankomst, duf, melding
from mottakene import lag_mottak

DAG = date(2026, 3, 1)


def _husholdningen(hvem: int) -> int:
    with som(system("prove")):
        return Nummer.objects.get(nummer=duf(hvem)).person.husholdning_id


def _ser(bruker: str) -> set[int]:
    with som_bruker(bruker):
        return set(Husholdning.objects.values_list("pk", flat=True))


@pytest.fixture
def fire(land: str) -> dict[str, int]:
    """One household at centre A, one at B, a minor in a care centre, one outside the centres."""
    lag_mottak()
    ta_imot(
        ankomst(1), ankomst(2), ankomst(3, fodt="2013-06-01", enslig_mindrearig=True), ankomst(4, slag="overforing"),
        melding("plassering", 1, DAG, mottak="A"), melding("plassering", 2, DAG, mottak="B"), melding("plassering", 3, DAG, mottak="OMS"),
    )  # fmt: skip
    return {navn: _husholdningen(nr) for nr, navn in enumerate(("A", "B", "em", "ute"), 1)}


@pytest.mark.krav("R012")
def test_a_consultant_sees_the_own_centre_only(fire: dict[str, int]) -> None:
    assert _ser("bosettingskonsulent") == {fire["A"]}
    assert _ser("bufetat_saksbehandler") == {fire["em"]}
    assert _ser("imdi_radgiver") == set(fire.values())


def test_the_share_ends_with_the_stay_and_the_row_tells_it(fire: dict[str, int]) -> None:
    ta_imot(
        melding("plassering", 1, DAG + timedelta(days=10), mottak="B"),
        melding("plassering", 2, DAG + timedelta(days=9), mottak="A"),
    )
    assert _ser("bosettingskonsulent") == {fire["B"]}
    with som(system("prove")):
        rader = Deling.objects.filter(subjekt=fire["A"]).order_by("fra")
        assert [(rad.hvorfor, rad.til is None) for rad in rader] == [
            ("person.plasser", False),
            ("person.plasser", True),
        ]


def _modeller() -> Iterator[type[models.Model]]:
    for rom in ("person", "integrasjon"):
        yield from apps.get_app_config(rom).get_models()


def test_with_every_filter_off_row_security_alone_leaks_nothing(fire: dict[str, int]) -> None:
    """Each role asks every table for everything, as code that forgets to filter would."""
    ser = {
        "imdi_radgiver": set(fire.values()), "imdi_godkjenner": set(fire.values()), "bosettingskonsulent": {fire["A"]},
        "bufetat_saksbehandler": {fire["em"]},
    }  # fmt: skip
    alle_roller = [
        "imdi_radgiver",
        "imdi_godkjenner",
        "imdi_leder",
        "imdi_admin",
        "kommune_admin",
        "bosetter_skriv",
        "bosetter_les",
        "ks_radgiver",
        "fylke_radgiver",
        "statsforvalter",
        "udi_saksbehandler",
        "bufetat_saksbehandler",
        "bosettingskonsulent",
    ]
    for rolle in alle_roller:
        with som_bruker(rolle):
            lov = ser.get(rolle, set())
            assert set(Person.objects.values_list("husholdning_id", flat=True)) == lov, rolle
            for modell in _modeller():
                felt = {f.name for f in modell._meta.get_fields()}
                alle = modell._base_manager.all()
                if "person" in felt:
                    sett = set(alle.values_list("person__husholdning_id", flat=True))
                elif "husholdning" in felt and modell is not Person:
                    sett = set(alle.values_list("husholdning_id", flat=True))
                elif modell.__name__ == "Melding":
                    sett = {1} if alle.exists() and not lov & {fire["ute"]} else set()
                else:
                    continue
                assert sett <= lov, f"{rolle} ser {modell.__name__}"


def test_nobody_without_an_actor_sees_a_person(fire: dict[str, int]) -> None:
    assert not Person.objects.exists() and not Husholdning.objects.exists()


@pytest.mark.krav("R100", "R015")
def test_responsibility_follows_the_age_at_application_and_the_care_offer(land: str) -> None:
    """Born so that 15 is reached the day before, the day of, and the day after the application."""
    lag_mottak()
    sokt = date(2026, 2, 10)
    for nr, fodt in enumerate((sokt - timedelta(days=1), sokt, sokt + timedelta(days=1)), 10):
        ta_imot(
            ankomst(nr, sokt, fodt=str(fodt.replace(year=2011)), enslig_mindrearig=True),
            melding("plassering", nr, sokt, mottak="OMS" if nr == 12 else "EM"),
        )
    with som(system("prove")):
        assert [Husholdning.objects.get(pk=_husholdningen(nr)).ansvar for nr in (10, 11, 12)] == [
            "imdi",
            "imdi",
            "bufetat",
        ]


@pytest.mark.krav("R190")
def test_a_corrected_age_moves_the_case_and_both_are_told(fire: dict[str, int]) -> None:
    ta_imot(melding("aldersretting", 3, DAG + timedelta(days=5), fodt="2009-06-01"))
    with som(system("prove")):
        assert Husholdning.objects.get(pk=fire["em"]).ansvar == "imdi"
        varslet = Oppgave.objects.filter(subjekt=fire["em"], slag="byttet_ansvar").values_list(
            "organisasjon__slag", flat=True
        )
        assert set(varslet) == {"bufetat", "imdi"}


def _varsler(h: int) -> dict[str, bool]:
    """Organisation → whether its task that the responsibility has moved is open."""
    with som(system("prove")):
        rader = Oppgave.objects.filter(subjekt=h, slag="byttet_ansvar").select_related("organisasjon")
        return {o.organisasjon.slag: o.ferdig is None for o in rader}


def test_the_one_who_has_the_case_now_says_so_and_both_are_done(fire: dict[str, int]) -> None:
    em = fire["em"]
    ta_imot(melding("aldersretting", 3, DAG + timedelta(days=5), fodt="2009-06-01"))
    assert _varsler(em) == {"bufetat": True, "imdi": True}
    with som(system("prove")):
        uuid = Husholdning.objects.select_related("subjekt").get(pk=em).subjekt.uuid
    side, ta_over = (reverse(f"person:{navn}", args=[uuid]) for navn in ("husholdning", "ta-over"))
    for rolle in (
        "bufetat_saksbehandler",
        "imdi_godkjenner",
        "bosetter_skriv",
    ):  # gave it away; reads; a stranger
        assert innlogget(rolle).post(ta_over).status_code == 404
    klient = innlogget("imdi_radgiver")
    klient.post(reverse("person:grunn", args=[uuid]), {"grunn": "kontroll"})
    assert "Vi har tatt over" in klient.get(side).content.decode()
    for _ in range(2):
        assert klient.post(ta_over).headers["Location"] == side
    assert "Vi har tatt over" not in klient.get(side).content.decode()
    assert _varsler(em) == {"bufetat": False, "imdi": False}
    with som(system("prove")):
        assert [r.data for r in Hendelse.objects.filter(subjekt=em, handling="person.ta_over")] == [
            {"ansvar": "imdi"}
        ]
    ta_imot(melding("aldersretting", 3, DAG + timedelta(days=6), fodt="2014-06-01"))
    assert _varsler(em) == {"bufetat": True, "imdi": True}, "it moves again, and is told again"
    with som_bruker("imdi_radgiver") as aktor, pytest.raises(Konflikt):
        ansvar.ta_over(aktor=aktor, husholdning_id=em)
    with som_bruker("bufetat_saksbehandler") as aktor:
        ansvar.ta_over(aktor=aktor, husholdning_id=em)
    assert _varsler(em) == {"bufetat": False, "imdi": False}


def test_what_moves_back_before_anybody_took_over_has_not_moved(fire: dict[str, int]) -> None:
    ta_imot(melding("aldersretting", 3, DAG + timedelta(days=5), fodt="2009-06-01"))
    ta_imot(melding("aldersretting", 3, DAG + timedelta(days=6), fodt="2014-06-01"))
    with som(system("prove")):
        assert Husholdning.objects.get(pk=fire["em"]).ansvar == "bufetat"
    assert _varsler(fire["em"]) == {"bufetat": False, "imdi": False}


def test_the_order_of_the_messages_does_not_matter(land: str) -> None:
    lag_mottak()
    alle = [
        ankomst(1), melding("plassering", 1, "2026-01-10", mottak="A"), melding("plassering", 1, "2026-02-10", mottak="B"),
        melding("tillatelse", 1, "2026-03-01", grunnlag="flyktning", vedtatt="2026-02-25"), melding("utflytting", 1, "2026-04-01"),
        ankomst(2, sak="S1", rolle="barn", fornavn="Barn", fodt="2020-01-01"),
        melding("slektskap", 1, "2026-01-10", til_duf=duf(2), slag="forelder"),
    ]  # fmt: skip
    random.Random(4).shuffle(alle)
    for ett in (*alle, *alle):  # and everything twice
        ta_imot(ett)
    with som(system("prove")):
        h = Husholdning.objects.get()
        hun = Person.objects.get(numre__nummer=duf(1))
        steder = [
            (str(r.fra), r.mottak.kode if r.mottak else "")
            for r in hun.mottaksopphold.kjent().order_by("fra")
        ]
        assert steder == [("2026-01-10", "A"), ("2026-02-10", "B"), ("2026-04-01", "")]
        assert (h.antall, [m["kode"] for m in h.mangler]) == (2, ["tillatelse"])
        assert hun.relasjoner.count() == 1
