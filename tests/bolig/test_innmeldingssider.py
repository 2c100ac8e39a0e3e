"""The pages of reports, of the capacity plan and of the reconciled year."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from django.urls import reverse
from tests.bolig.hjemmet import IMDI, STEINKJER, VOLDA, bolig
from tests.bolig.test_innmeldinger import innmeldingen, meld_bolig, meld_personer, meld_plasser

from aktorer import innlogget, som_bruker
from bosett.aktor.kontekst import som, system
from bosett.bolig import selectors_innmelding as selectors
from bosett.bolig.models import Bolig, Innmelding
from bosett.bolig.rules.avstemming import Tall, avvik
from bosett.grunn.klokke import frys, i_dag, naa
from bosett.grunn.uker import mandag
from bosett.web.bolig import innmeldingsord


def les(hvem: str, navn: str, *args: object, sporring: str = "") -> str:
    svar = innlogget(hvem).get(reverse(navn, args=args) + sporring)
    assert svar.status_code == 200, (hvem, navn, svar.status_code)
    return svar.content.decode()


def send(rolle: str, adresse: str, /, *args: object, **felt: object) -> str:
    svar = innlogget(rolle).post(reverse(adresse, args=args), felt, follow=True)
    assert svar.status_code == 200, (adresse, svar.content.decode()[-3000:])
    return svar.content.decode()


@pytest.mark.krav("R205")
def test_one_form_registers_a_home_and_reports_it_and_imdi_sees_it(land: str) -> None:
    """Rooms, access, dates, pets and kind in one form; the tick that reports it is on from the start."""
    assert 'name="meld_inn"' in (skjema := les(STEINKJER, "bolig:ny")) and "checked" in skjema
    side = uuid4()
    felt = {
        "side": side, "versjon": 0, "eierform": "kommunal", "bygg": "leilighet", "slag": "vanlig", "adresse": "Prøvegata 7",
        "postnummer": "7713", "poststed": "Steinkjer", "rom": 3, "soverom": 2, "plasser": 4, "funksjoner": ["trinnfri"],
        "dyr": "ja", "ledig_fra": i_dag().strftime("%d.%m.%Y"), "meld_inn": "on",
    }  # fmt: skip
    for _ in range(2):  # sent twice
        assert "Innmelding til IMDi" in send(STEINKJER, "bolig:ny", **felt)
    with som(system("prove")):
        uuid = Innmelding.objects.get().subjekt.uuid
    assert "3 rom, 2 soverom" in les(IMDI, "innmelding:liste")
    for tekst in ("Trinnfri adkomst", "Prøvegata 7"):
        assert tekst in les(IMDI, "bolig:ett", side)
    assert innmeldingen(uuid).tilstand == "sett"  # the page of the home is a look at the report too
    assert "Sett av IMDi" in les(STEINKJER, "bolig:ett", side)


@pytest.mark.parametrize("endret", [{"meld_inn": ""}, {"ledig_fra": ""}])
def test_a_home_that_is_not_free_or_without_the_tick_is_registered_only(
    land: str, endret: dict[str, str]
) -> None:
    felt = {
        "side": uuid4(), "eierform": "kommunal", "bygg": "leilighet", "slag": "vanlig", "adresse": "Prøvegata 8",
        "postnummer": "7713", "poststed": "Steinkjer", "rom": 3, "soverom": 2, "plasser": 4,
        "ledig_fra": i_dag().strftime("%d.%m.%Y"), "meld_inn": "on",
    }  # fmt: skip
    assert "Boligen er ikke meldt inn" in send(
        STEINKJER, "bolig:ny", **{k: v for k, v in (felt | endret).items() if v}
    )
    with som(system("prove")):
        assert Bolig.objects.filter(adresse="Prøvegata 8").exists() and not Innmelding.objects.exists()


def test_one_click_on_the_homes_page_and_the_form_report_it(land: str) -> None:
    en, to = bolig(bruksenhet="H0101"), bolig(bruksenhet="H0102")
    assert "Meld inn til IMDi" in les(STEINKJER, "bolig:ett", en.subjekt.uuid)
    assert "Meld inn til IMDi" not in les("bosetter_les", "bolig:ett", en.subjekt.uuid)
    assert "Ikke sett ennå" in send(STEINKJER, "innmelding:meld_denne", en.subjekt.uuid)
    skjema = les(STEINKJER, "innmelding:bolig")
    assert str(to.subjekt.uuid) in skjema and str(en.subjekt.uuid) not in skjema
    send(STEINKJER, "innmelding:bolig", bolig=to.subjekt.uuid, merknad="Nøkkel hos vaktmester.")
    assert "Nøkkel hos vaktmester." in les(IMDI, "innmelding:ett", _siste())
    with som(system("prove")):
        assert Innmelding.objects.count() == 2


def _siste() -> UUID:
    with som(system("prove")):
        return Innmelding.objects.order_by("-pk")[0].subjekt.uuid


@pytest.mark.krav("R217")
def test_the_receipt_says_received_seen_and_not_used_because(land: str) -> None:
    send(STEINKJER, "innmelding:plasser", side=uuid4(), uke=mandag(i_dag()).isoformat(), antall=3)
    uuid = _siste()
    side = les(STEINKJER, "innmelding:ett", uuid)
    assert "Mottatt" in side and "Ikke ennå" in side and "0 dager" in side
    assert innmeldingen(uuid).tilstand == "meldt"  # their own look is not IMDi's
    les(IMDI, "innmelding:ett", uuid)
    assert (
        "IMDi har ikke svart ennå" in (side := les(STEINKJER, "innmelding:ett", uuid))
        and "Ikke ennå" not in side
    )
    feil = innlogget(IMDI).post(reverse("innmelding:svar", args=[uuid]), {"utfall": "ikke_brukt"})
    assert feil.status_code == 422 and "Velg hvorfor" in feil.content.decode()
    send(IMDI, "innmelding:svar", uuid, utfall="ikke_brukt", grunn="storrelse")
    for side in (les(STEINKJER, "innmelding:ett", uuid), les("bosetter_les", "innmelding:liste")):
        assert "Ingen husholdning passer i størrelse" in side
    assert "Åpne innmeldingen igjen" in les(IMDI, "innmelding:ett", uuid)
    assert "Svar kommunen" in send(IMDI, "innmelding:apne", uuid)
    send(IMDI, "innmelding:svar", uuid, utfall="brukt")
    assert innmeldingen(uuid).tilstand == "brukt"


@pytest.mark.krav("R217")
def test_imdis_list_has_the_oldest_unseen_first_and_flags_those_that_are_too_old(land: str) -> None:
    gammel = meld_plasser(3)
    with frys(naa() + timedelta(days=15)):
        meld_plasser(7, hvem=VOLDA)
        side = les(IMDI, "innmelding:liste")
        assert "Ikke åpnet på 15 dager" in side
        assert side.index("3 plasser") < side.index("7 plasser")
        bare = les(IMDI, "innmelding:liste", sporring="?status=gamle")
        assert "3 plasser" in bare and "7 plasser" not in bare
        les(IMDI, "innmelding:ett", gammel)
        assert "Ikke åpnet på" not in les(IMDI, "innmelding:liste")
    assert "7 plasser" not in les(STEINKJER, "innmelding:liste")
    csv = innlogget(IMDI).get(reverse("innmelding:liste") + "?eksport=csv")
    assert csv.status_code == 200


def test_another_municipalitys_pages_are_not_found(land: str) -> None:
    hjem, uuid = meld_bolig()
    with som_bruker(STEINKJER) as aktor:
        steinkjer = selectors.kommune(aktor).uuid
    klient = innlogget(VOLDA)
    for navn, arg in (
        ("innmelding:ett", uuid),
        ("innmelding:kommunens_kapasitet", steinkjer),
        ("innmelding:kommunens_avstemming", steinkjer),
    ):
        assert klient.get(reverse(navn, args=[arg])).status_code == 404
    for navn, arg in (
        ("innmelding:trekk", uuid),
        ("innmelding:slett_onske", uuid),
        ("innmelding:meld_denne", hjem),
    ):
        assert klient.post(reverse(navn, args=[arg])).status_code == 404
    assert innmeldingen(uuid).tilstand == "meldt"


def test_who_is_asked_for_is_on_the_page_of_few_and_in_no_list(land: str) -> None:
    send(
        STEINKJER,
        "innmelding:personer",
        side=uuid4(),
        hvem="DEMO Amina Prøve",
        antall=2,
        hvorfor="Broren bor her",
    )
    uuid = _siste()
    assert "DEMO Amina Prøve" in les(IMDI, "innmelding:ett", uuid)
    for hvem in ("imdi_leder", "kommune_admin"):
        assert "Amina" not in les(hvem, "innmelding:ett", uuid)
    assert "Amina" not in les(STEINKJER, "innmelding:liste")
    assert "Det er slettet" in send(STEINKJER, "innmelding:slett_onske", uuid)
    assert "Amina" not in les(STEINKJER, "innmelding:ett", uuid)
    annen = meld_personer()
    assert "Trukket" in send(STEINKJER, "innmelding:trekk", annen)


@pytest.mark.krav("R120")
def test_the_plan_is_changed_by_one_form_and_the_log_is_read_by_imdi(land: str) -> None:
    uke, senere = mandag(i_dag()), mandag(i_dag()) + timedelta(weeks=5)
    felt = {
        "versjon": 0,
        "fra": uke.isoformat(),
        "til": senere.isoformat(),
        "hva": "sett",
        "antall": 4,
        "grunn": "Nye boliger",
    }
    assert "Kapasiteten er lagret" in send(STEINKJER, "innmelding:endre_kapasitet", **felt)
    gammel = innlogget(STEINKJER).post(
        reverse("innmelding:endre_kapasitet"), felt | {"hva": "opp", "antall": 1}
    )
    assert gammel.status_code == 422 and "Noen andre har endret planen" in gammel.content.decode()
    assert 'name="versjon" value="1"' in gammel.content.decode()  # and the next try is made on what stands
    send(
        STEINKJER,
        "innmelding:endre_kapasitet",
        **felt | {"versjon": 1, "til": uke.isoformat(), "hva": "ned", "antall": 3},
    )
    with som_bruker(STEINKJER) as aktor:
        kommune = selectors.kommune(aktor)
        assert [u.plasser for u in selectors.planens_uker(aktor, kommune)[:2]] == [1, 4]
    side = les(IMDI, "innmelding:kommunens_kapasitet", kommune.uuid)
    assert "Nye boliger" in side and "Bente Demo" in side and "Endre kapasiteten" not in side
    assert "Steinkjer" in (alle := les(IMDI, "innmelding:kapasitet")) and ">21<" in alle.replace("\u00a0", "")
    assert "Nye boliger" in les("bosetter_les", "innmelding:kapasitet")


def test_the_differences_of_a_year_are_sentences(land: str) -> None:
    t = Tall(vedtak=20, plan=18, plasser=12)
    assert [innmeldingsord.setning(t, a) for a in avvik(t)] == [
        "Vedtaket er 20. Det er meldt 12 plasser. 8 er ikke meldt.",
        "Kapasitetsplanen er til sammen 18, og det er 2 færre enn vedtaket.",
        "12 av plassene er meldt uten at boligen er registrert.",
    ]
    for tall in (
        Tall(),
        Tall(vedtak=1, boligplasser=4, boliger=1, plan=9, klare_umeldte=1, ventende=1, ikke_brukt=1),
        Tall(vedtak=2, plasser=2),
    ):
        assert all("%" not in innmeldingsord.setning(tall, a) for a in avvik(tall))
    meld_plasser(5, uker=0)
    assert "Det er ikke registrert noe vedtak" in les(STEINKJER, "innmelding:avstemming")
    assert "Steinkjer" in les(
        IMDI, "innmelding:avstemming", sporring=f"?aar={mandag(i_dag()).isocalendar().year}"
    )
    assert les(IMDI, "innmelding:avstemming", sporring="?aar=tull")
