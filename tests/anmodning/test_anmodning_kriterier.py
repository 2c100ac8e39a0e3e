"""Criteria sets: what is published, what is assumed, and what is refused."""

from dataclasses import replace

import pytest

from bosett.anmodning.rules import hent, kontroller_vekter, med_vekter
from bosett.anmodning.rules.kriteriesett import kjente_aar
from bosett.grunn.feil import Mangler, Ugyldig

ANTATT = dict(hent(2022).standardvariant.vekter)


@pytest.mark.krav_delvis("R123", "R125")
def test_the_set_of_2022_has_three_tiers_in_the_ministrys_order() -> None:
    sett = hent(2022)
    assert [t.id for t in sett.trinn] == ["A", "B", "C"]
    assert [k.id for k in sett.trinn[0].kriterier] == ["introduksjon", "arbeid", "videregaaende"]
    assert sett.departement == "Kunnskapsdepartementet" and sett.kilde_id == "S3" and sett.verifisert
    assert sett.minimum == 10 and sett.minstevekt_forste_trinn == 0.60
    assert not sett.standardvariant.publisert and sett.standardvariant.navn.nb == "Antatt"


@pytest.mark.krav_delvis("R123")
def test_each_criterion_is_worded_as_in_the_source(delt) -> None:  # type: ignore[no-untyped-def]
    kilde = " ".join(next((delt / "sources").glob("003_*.txt")).read_text(encoding="utf-8").split())
    for ord_ in (
        "moglegheiter for arbeid",
        "kapasitet til å gi vidaregåande opplæring i regionen",
        "minimum 60 prosent",
    ):
        assert ord_ in kilde
    for kriterium in hent(2022).kriterier:
        for bit in kriterium.ordlyd.split(" […] "):
            assert bit in kilde


def test_room_for_many_is_listed_beside_the_capacity_without_weight_and_older_weights_still_stand() -> None:
    sett = hent(2022)
    assert [k.id for k in sett.trinn[1].kriterier] == ["spredning", "kapasitet", "rom_for_mange"]
    assert ANTATT["rom_for_mange"] == 0
    eldre = {id_: vekt for id_, vekt in ANTATT.items() if id_ != "rom_for_mange"}
    assert med_vekter(sett, sett.standardvariant, eldre).vekter == ANTATT


@pytest.mark.parametrize(
    "aar", [2015, 2016, 2017, 2018, 2019, 2020, 2021, 2023, 2024, 2025, 2026, 1999, 2040]
)
def test_years_with_unknown_criteria_refuse_and_say_why(aar: int) -> None:
    with pytest.raises(Mangler) as feil:
        hent(aar)
    assert str(aar) in feil.value.hva and "2022" in feil.value.gjor
    assert kjente_aar() == (2022,)


@pytest.mark.krav_delvis("R097")
@pytest.mark.parametrize(
    ("forste", "slipper_inn"), [(0.59, False), (0.5999, False), (0.60, True), (0.61, True)]
)
def test_sixty_per_cent_on_the_first_tier(forste: float, slipper_inn: bool) -> None:
    vekter = dict.fromkeys(ANTATT, 0.0) | {
        "introduksjon": round(forste - 0.4, 6),
        "arbeid": 0.2,
        "videregaaende": 0.2,
        "kapasitet": round(1 - forste, 6),
    }
    if slipper_inn:
        assert med_vekter(hent(2022), hent(2022).standardvariant, vekter).vekter == vekter
        return
    with pytest.raises(Ugyldig) as feil:
        kontroller_vekter(hent(2022), vekter)
    assert "0,5" in feil.value.hva and "60 prosent" in feil.value.regel and feil.value.gjor


@pytest.mark.parametrize(
    ("endring", "ord_"),
    [
        ({"arbeid": 0.30}, "1,05"),
        ({"arbeid": -0.1}, "-0.1"),
        ({"arbeid": float("nan")}, "nan"),
        ({"haarfarge": 0.1}, "haarfarge"),
        ({"arbeid": None}, "arbeid"),
    ],
)
def test_weights_that_break_the_rules_are_refused(endring: dict[str, float | None], ord_: str) -> None:
    vekter = {k: v for k, v in (ANTATT | endring).items() if v is not None}
    with pytest.raises(Ugyldig) as feil:
        kontroller_vekter(hent(2022), vekter)
    assert ord_ in feil.value.hva


def test_own_weights_keep_the_other_assumptions_and_stay_unpublished() -> None:
    sett = hent(2022)
    egen = med_vekter(sett, replace(sett.standardvariant, kappa=0.5), ANTATT, navn="Forslag fra KS")
    assert egen.kappa == 0.5 and not egen.publisert and egen.navn.nb == "Forslag fra KS"
