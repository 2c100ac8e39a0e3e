"""The capacity plan: raised and lowered, every change kept, two at once; and the year reconciled with the council's number."""

from datetime import date, timedelta

import pytest
from tests.bolig.hjemmet import IMDI, STEINKJER, VOLDA, bolig
from tests.bolig.test_innmeldinger import meld_plasser

from aktorer import som_bruker
from bosett.aktor.kontekst import som, system
from bosett.aktor.models import Organisasjon
from bosett.anmodning import tidsplan
from bosett.anmodning.models import Kommuneanmodning
from bosett.bolig import selectors_avstemming, selectors_innmelding
from bosett.bolig.models import Boligperiode, Kapasitetsendring, Kapasitetsplan, Kapasitetsuke
from bosett.bolig.rules.avstemming import Avvik, Tall, avvik
from bosett.bolig.services import innmeldinger, innmeldingssvar, kapasitet
from bosett.grunn.feil import Avvist, FinnesIkke, Ugyldig
from bosett.grunn.klokke import i_dag
from bosett.grunn.uker import mandag
from bosett.spor.models import Hendelse
from samtidig import koder


def uke(nr: int) -> date:
    """The Monday so many weeks from this one."""
    return mandag(i_dag()) + timedelta(weeks=nr)


def sett(fra: int, til: int, versjon: int, hvem: str = STEINKJER, **hva: object) -> Kapasitetsplan:
    with som_bruker(hvem) as aktor:
        return kapasitet.sett(aktor=aktor, fra=uke(fra), til=uke(til), versjon=versjon, **hva)  # type: ignore[arg-type]


def plasser(antall: int = 6) -> list[int | None]:
    with som_bruker(STEINKJER) as aktor:
        kommune = selectors_innmelding.kommune(aktor)
        return [u.plasser for u in selectors_innmelding.planens_uker(aktor, kommune)[:antall]]


@pytest.mark.krav("R120")
def test_capacity_is_raised_and_lowered_and_every_change_is_logged(land: str) -> None:
    assert plasser() == [None] * 6
    plan = sett(0, 3, 0, plasser=4, grunn="To boliger blir ferdige")
    plan = sett(1, 2, plan.versjon, endring=2)
    plan = sett(2, 4, plan.versjon, endring=1)  # a week that is not planned is raised from zero
    plan = sett(0, 0, plan.versjon, endring=-4, grunn="Vannskade")
    assert plasser() == [0, 6, 7, 4 + 1, 1, None]
    with som_bruker(STEINKJER) as aktor:
        rader = list(selectors_innmelding.endringer(aktor, selectors_innmelding.kommune(aktor)))
    sist = rader[0]
    assert (sist.uke, sist.fra, sist.til, sist.grunn, str(sist.av and sist.av.navn)) == (
        uke(0),
        4,
        0,
        "Vannskade",
        "Bente Demo",
    )
    assert [rad.versjon for rad in rader] == [4, 3, 3, 3, 2, 2, 1, 1, 1, 1]
    assert [(rad.fra, rad.til) for rad in rader[-4:]] == [(None, 4)] * 4
    with som(system("prove")):
        skrevet = Hendelse.objects.filter(handling="bolig.sett_kapasitet").order_by("nr")
        assert [h.data["uker"] for h in skrevet] == [4, 2, 3, 1]
        with pytest.raises(Exception, match="kan ikke endres"):
            Kapasitetsendring.objects.update(til=99)


def test_the_same_numbers_again_are_no_new_version(land: str) -> None:
    assert sett(0, 5, 0, plasser=3).versjon == 1
    assert sett(0, 5, 0, plasser=3).versjon == 1  # the form sent twice
    assert sett(2, 3, 1, plasser=3).versjon == 1


@pytest.mark.parametrize(
    ("fra", "til", "hva", "kode"),
    [
        (-1, 2, {"plasser": 3}, "KAPASITET-UKER"),
        (3, 2, {"plasser": 3}, "KAPASITET-UKER"),
        (0, 120, {"plasser": 3}, "KAPASITET-UKER"),
        (0, 2, {}, "KAPASITET-TALL"),
        (0, 2, {"plasser": 3, "endring": 1}, "KAPASITET-TALL"),
        (0, 2, {"endring": 0}, "KAPASITET-TALL"),
        (0, 2, {"plasser": 10_001}, "KAPASITET-TALL"),
        (0, 2, {"endring": -1}, "KAPASITET-UNDER-NULL"),
    ],
)
def test_what_cannot_be_is_refused_and_nothing_is_saved(
    land: str, fra: int, til: int, hva: dict[str, int], kode: str
) -> None:
    with pytest.raises(Ugyldig) as feil:
        sett(fra, til, 0, **hva)
    assert feil.value.kode == kode and plasser() == [None] * 6


def test_two_at_once_do_not_write_over_each_other(land: str) -> None:
    """Also the first time, when neither finds a plan."""
    assert sorted(koder(lambda: sett(0, 1, 0, plasser=3), lambda: sett(0, 1, 0, plasser=5))) == [
        "KAPASITET-ENDRET",
        "ok",
    ]
    assert sorted(koder(lambda: sett(0, 1, 1, endring=2), lambda: sett(0, 1, 1, endring=2))) == [
        "KAPASITET-ENDRET",
        "ok",
    ]
    assert plasser(3) in ([5, 5, None], [7, 7, None])


def test_a_plan_is_its_municipalitys_and_readers_change_nothing(land: str) -> None:
    sett(0, 3, 0, plasser=4)
    with som_bruker("bosetter_les") as aktor:
        with pytest.raises(Avvist):
            kapasitet.sett(aktor=aktor, fra=uke(0), til=uke(1), versjon=1, plasser=9)
        steinkjer = selectors_innmelding.kommune(aktor)
        assert selectors_innmelding.planens_uker(aktor, steinkjer)[0].plasser == 4
    with som_bruker(VOLDA) as aktor:
        assert not Kapasitetsplan.objects.exists() and not Kapasitetsuke.objects.exists()
        assert not Kapasitetsendring.objects.exists() and not Kapasitetsuke.objects.update(plasser=9)
        with pytest.raises(FinnesIkke):
            selectors_innmelding.kommune(aktor, steinkjer.uuid)
        with pytest.raises(Avvist):
            selectors_innmelding.planens_uker(aktor, steinkjer)
        with pytest.raises(Avvist):
            selectors_avstemming.avstem(aktor, i_dag().year, steinkjer)


def test_imdi_reads_the_sum_of_each_week_and_of_each_municipality_and_they_agree(land: str) -> None:
    sett(0, 9, 0, plasser=4)
    sett(5, 5, 0, hvem=VOLDA, plasser=10)
    with som_bruker(IMDI) as aktor:
        per_uke, per_kommune = selectors_innmelding.alle_planer(aktor)
    assert [(u.plasser, u.kommuner) for u in per_uke[4:6]] == [(4, 1), (14, 2)]
    assert [(k.organisasjon.navn.split()[0], k.plasser, k.uker) for k in per_kommune] == [
        ("Steinkjer", 40, 10),
        ("Volda", 10, 1),
    ]
    assert sum(u.plasser or 0 for u in per_uke) == sum(k.plasser for k in per_kommune)


def test_reported_places_and_the_answer_to_a_time_plan_stand_beside_the_plan(verden: str) -> None:
    """Three weekly numbers, none copied from another."""
    with som_bruker(STEINKJER) as aktor:
        kommune = selectors_innmelding.kommune(aktor)
        anmodning = Kommuneanmodning.objects.get(organisasjon=kommune, tidsplaner__isnull=False)
        tidsplan.svar(aktor=aktor, anmodning=anmodning, krav=1, versjon=0, plasser={uke(3): 7})
        tidsplan.svar(aktor=aktor, anmodning=anmodning, krav=1, versjon=1, plasser={uke(3): 8})
    meld_plasser(5, uker=3)
    sett(3, 3, 0, plasser=9)
    with som_bruker(STEINKJER) as aktor:
        ukene = selectors_innmelding.planens_uker(aktor, kommune)
    assert (len(ukene), ukene[3].plasser, ukene[3].tidsplan, ukene[3].meldt) == (26, 9, 8, 5)
    assert (ukene[4].plasser, ukene[4].tidsplan, ukene[4].meldt) == (None, None, 0)


AAR = Tall(
    vedtak=20,
    plan=18,
    plasser=5,
    boliger=2,
    boligplasser=7,
    klare=1,
    klare_umeldte=1,
    ventende=1,
    ikke_brukt=3,
)


@pytest.mark.parametrize(
    ("tall", "ventet"),
    [
        (AAR, [("ikke_meldt", 8, 12), ("plan_under", 2, 18), ("uten_bolig", 5, 12), ("ventende", 1, 2), ("klare_umeldte", 1, 1), ("ikke_brukt", 3, 0)]),
        (Tall(vedtak=5, plan=5, plasser=5), [("alt_meldt", 0, 5), ("uten_bolig", 5, 5)]),
        (Tall(vedtak=5, plan=9, boliger=2, boligplasser=7), [("meldt_over", 2, 7), ("plan_over", 4, 9)]),
        (Tall(), [("uten_vedtak", 0, 0), ("uten_plan", 0, 0)]),
    ],
)  # fmt: skip
def test_each_difference_is_said_and_figures_that_agree_say_nothing(
    tall: Tall, ventet: list[tuple[str, int, int]]
) -> None:
    assert avvik(tall) == [Avvik(*rad) for rad in ventet]
    assert tall.rest == (None if tall.vedtak is None else tall.vedtak - tall.meldt)


def test_the_year_is_counted_from_what_is_reported_ready_and_held(land: str) -> None:
    aar = i_dag().year

    def steinkjers(hvem: str = IMDI) -> Tall:
        with som_bruker(hvem) as aktor:
            kommune = Organisasjon.objects.get(slag="kommune", navn__startswith="Steinkjer")
            return selectors_avstemming.avstem(aktor, aar, kommune)[0].tall

    for_ = steinkjers()  # the homes of the demonstration
    klar, vanlig, umeldt = (bolig(egnet=e, bruksenhet=f"H010{nr}") for nr, e in enumerate((True, None, True)))
    for b in (klar, vanlig):
        with som_bruker(STEINKJER) as aktor:
            innmeldinger.meld_bolig(aktor=aktor, bolig=b.subjekt.uuid)
    meld_plasser(5, uker=0)
    nei = meld_plasser(3, uker=0)
    with som_bruker(IMDI) as aktor:
        innmeldingssvar.ikke_bruk(aktor=aktor, innmelding=nei, grunn="tidspunkt")
    naa = steinkjers()
    i_aar = mandag(i_dag()).isocalendar().year == aar
    assert naa == steinkjers(STEINKJER) == Tall(
        plasser=5 if i_aar else 0, boliger=2, boligplasser=8, klare=(for_.klare or 0) + 2,
        klare_umeldte=(for_.klare_umeldte or 0) + 1, ventende=1, ikke_brukt=3 if i_aar else 0,
    )  # fmt: skip
    with som(system("prove")):
        Boligperiode.objects.filter(bolig=umeldt).update(slag="stengt")
    assert steinkjers().klare_umeldte == for_.klare_umeldte
    with som_bruker(IMDI) as aktor:
        assert selectors_avstemming.avstem(aktor, aar - 1) == []
    with som_bruker(VOLDA) as aktor:
        assert {rad.organisasjon.navn.split()[0] for rad in selectors_avstemming.avstem(aktor, aar)} == {
            "Volda"
        }
