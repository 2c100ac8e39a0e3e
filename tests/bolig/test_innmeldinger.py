"""Reports: a receipt for each, who may do what, two at once, who sees them, and what a job does for those nobody opens."""

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from tests.bolig.hjemmet import IMDI, STEINKJER, VOLDA, bolig

from aktorer import som_bruker
from bosett.aktor.kontekst import som, system
from bosett.bolig import selectors_innmelding as selectors
from bosett.bolig import tasks
from bosett.bolig.models import Innmelding, Persononske
from bosett.bolig.services import boliger, innmeldinger, innmeldingssvar, perioder
from bosett.grunn.feil import Avvist, FinnesIkke, Konflikt, Ugyldig
from bosett.grunn.identnummer import lag_syntetisk_duf, lag_syntetisk_fnr
from bosett.grunn.klokke import frys, i_dag, naa
from bosett.grunn.uker import mandag
from bosett.oppgave.models import Oppgave
from bosett.person.sletteplan import ved_sletting
from bosett.spor.models import Hendelse
from samtidig import koder


def meld_bolig() -> tuple[UUID, UUID]:
    """(home, report)."""
    ny = bolig()
    with som_bruker(STEINKJER) as aktor:
        return ny.subjekt.uuid, innmeldinger.meld_bolig(aktor=aktor, bolig=ny.subjekt.uuid).subjekt.uuid


def meld_plasser(antall: int = 5, uker: int = 3, hvem: str = STEINKJER) -> UUID:
    with som_bruker(hvem) as aktor:
        return innmeldinger.meld_plasser(
            aktor=aktor, uke=i_dag() + timedelta(weeks=uker), antall=antall
        ).subjekt.uuid


def meld_personer(hvem: str = "DEMO Amina Prøve") -> UUID:
    with som_bruker(STEINKJER) as aktor:
        return innmeldinger.meld_personer(
            aktor=aktor, hvem=hvem, hvorfor="Broren bor her", antall=2
        ).subjekt.uuid


def innmeldingen(uuid: UUID) -> Innmelding:
    with som(system("prove")):
        return Innmelding.objects.select_related("subjekt").get(subjekt__uuid=uuid)


def handlinger(uuid: UUID) -> list[str]:
    with som(system("prove")):
        return list(
            Hendelse.objects.filter(subjekt__uuid=uuid).order_by("nr").values_list("handling", flat=True)
        )


@pytest.mark.krav("R044")
def test_a_home_is_reported_once_and_imdi_sees_it_at_once(land: str) -> None:
    hjem, uuid = meld_bolig()
    with som_bruker(STEINKJER) as aktor:  # pressed twice
        assert innmeldinger.meld_bolig(aktor=aktor, bolig=hjem).subjekt.uuid == uuid
    with som_bruker(IMDI) as aktor:
        assert [i.subjekt.uuid for i in selectors.innmeldinger(aktor)] == [uuid]
    with som_bruker(VOLDA) as aktor:
        assert not selectors.innmeldinger(aktor).exists()
        with pytest.raises(FinnesIkke):
            selectors.innmelding(aktor, uuid)
        with pytest.raises(FinnesIkke):
            innmeldinger.meld_bolig(aktor=aktor, bolig=hjem)
    assert handlinger(uuid) == ["bolig.meld_inn"]


@pytest.mark.krav("R217")
def test_the_offerer_reads_seen_used_and_not_used_because(land: str) -> None:
    brukt, nei = meld_plasser(), meld_plasser(4)
    with som_bruker(IMDI) as aktor:
        assert innmeldingssvar.se(aktor=aktor, innmelding=brukt)
        assert not innmeldingssvar.se(aktor=aktor, innmelding=brukt)  # once
    sett = innmeldingen(brukt)
    assert (sett.tilstand, sett.sett is not None, sett.avgjort) == ("sett", True, None)
    with som_bruker(IMDI) as aktor:
        innmeldingssvar.bruk(aktor=aktor, innmelding=brukt)
        innmeldingssvar.bruk(aktor=aktor, innmelding=brukt)
        for _ in range(2):
            innmeldingssvar.ikke_bruk(aktor=aktor, innmelding=nei, grunn="storrelse")
    with som_bruker(STEINKJER) as aktor:
        assert selectors.innmelding(aktor, brukt).tilstand == "brukt"
        svart = selectors.innmelding(aktor, nei)
        assert (svart.tilstand, svart.grunn) == ("ikke_brukt", "storrelse")
        assert svart.sett is not None and svart.avgjort is not None
    assert handlinger(nei) == ["bolig.meld_inn", "bolig.se_innmelding", "bolig.ikke_bruk_innmelding"]
    with som_bruker(IMDI) as aktor:  # a mistake is put right
        innmeldingssvar.apne(aktor=aktor, innmelding=nei)
        innmeldingssvar.apne(aktor=aktor, innmelding=nei)
    igjen = innmeldingen(nei)
    assert (igjen.tilstand, igjen.grunn, igjen.avgjort) == ("sett", "", None)


@pytest.mark.krav("R217")
def test_what_nobody_opened_in_fourteen_days_becomes_imdis_task_until_it_is_opened(land: str) -> None:
    _, gammel = meld_bolig()
    for dager, venter in ((14, 0), (15, 1)):
        with frys(naa() + timedelta(days=dager)):
            for _ in range(2):  # the job may run twice
                tasks.innmeldinger(0)
            with som(system("prove")):
                assert Oppgave.objects.filter(slag="se_innmelding", ferdig=None).count() == venter
    with frys(naa() + timedelta(days=15)):
        ny = meld_plasser()
        tasks.innmeldinger(0)
        with som(system("prove")):
            oppgave = Oppgave.objects.get(slag="se_innmelding")  # the new one is not old
            assert oppgave.roller == ["imdi_radgiver"] and str(gammel) in oppgave.sti
        with som_bruker(IMDI) as aktor:
            assert [i.subjekt.uuid for i in selectors.innmeldinger(aktor)] == [gammel, ny]  # the oldest first
            innmeldingssvar.se(aktor=aktor, innmelding=gammel)
        tasks.innmeldinger(0)
        with som(system("prove")):
            assert not Oppgave.objects.filter(slag="se_innmelding", ferdig=None).exists()


def test_a_municipality_that_withdraws_ends_imdis_task_and_deletes_whom_it_named(land: str) -> None:
    uuid = meld_personer()
    with frys(naa() + timedelta(days=20)):
        tasks.innmeldinger(0)
        with som_bruker(STEINKJER) as aktor:
            innmeldinger.trekk(aktor=aktor, innmelding=uuid)
            innmeldinger.trekk(aktor=aktor, innmelding=uuid)
        with som(system("prove")):
            assert not Oppgave.objects.filter(slag="se_innmelding", ferdig=None).exists()
            assert not Persononske.objects.exists()
        with som_bruker(IMDI) as aktor, pytest.raises(Konflikt):
            innmeldingssvar.bruk(aktor=aktor, innmelding=uuid)


def test_only_the_own_municipality_and_imdi_act_and_readers_never(land: str) -> None:
    hjem, uuid = meld_bolig()
    with som_bruker("bosetter_les") as aktor:
        assert selectors.innmelding(aktor, uuid).tilstand == "meldt"
        assert not innmeldingssvar.se(aktor=aktor, innmelding=uuid)  # their own look is not IMDi's
        for gjor in (
            lambda: innmeldinger.meld_bolig(aktor=aktor, bolig=hjem),
            lambda: innmeldinger.trekk(aktor=aktor, innmelding=uuid),
            lambda: innmeldinger.meld_plasser(aktor=aktor, uke=i_dag(), antall=1),
            lambda: innmeldingssvar.ikke_bruk(aktor=aktor, innmelding=uuid, grunn="storrelse"),
        ):
            with pytest.raises(Avvist):
                gjor()
    with som_bruker(VOLDA) as aktor, pytest.raises(FinnesIkke):
        innmeldinger.trekk(aktor=aktor, innmelding=uuid)
    with som_bruker("imdi_leder") as aktor:
        assert not innmeldingssvar.se(aktor=aktor, innmelding=uuid)
        with pytest.raises(Avvist):
            innmeldingssvar.apne(aktor=aktor, innmelding=uuid)
    with som_bruker("ks_radgiver") as aktor, pytest.raises(Avvist):
        selectors.innmeldinger(aktor)


def test_a_home_is_used_when_it_gets_a_household_and_open_again_when_it_does_not(land: str) -> None:
    hjem, uuid = meld_bolig()
    with som_bruker(IMDI) as aktor:
        with pytest.raises(Konflikt):
            innmeldingssvar.bruk(aktor=aktor, innmelding=uuid)  # by linking, not by hand
        denne = selectors.innmelding(aktor, uuid).bolig
        assert denne is not None
        assert innmeldingssvar.merk_ledig_igjen(aktor, denne) is None
        assert innmeldingssvar.merk_brukt(aktor, denne) is not None
        assert innmeldingssvar.merk_brukt(aktor, denne) is None
    assert innmeldingen(uuid).tilstand == "brukt"
    with som_bruker(STEINKJER) as aktor:  # a municipality's service may end the link too
        assert innmeldingssvar.merk_ledig_igjen(aktor, denne) is not None
    assert innmeldingen(uuid).tilstand == "sett"
    with som_bruker(IMDI) as aktor:
        innmeldingssvar.merk_brukt(aktor, denne)
    with som_bruker(STEINKJER) as aktor:
        ny = innmeldinger.meld_bolig(aktor=aktor, bolig=hjem)  # free again later
        assert ny.subjekt.uuid != uuid
    with som_bruker(IMDI) as aktor:
        assert innmeldingssvar.merk_ledig_igjen(aktor, denne) is None
        with pytest.raises(Konflikt, match="på nytt"):
            innmeldingssvar.apne(aktor=aktor, innmelding=uuid)


def test_a_home_nobody_can_use_is_not_reported_and_one_that_becomes_so_says_it(land: str) -> None:
    hjem, uuid = meld_bolig()
    with som_bruker(IMDI) as aktor:
        assert selectors.innmelding(aktor, uuid).fri  # type: ignore[attr-defined]
    with som_bruker(STEINKJER) as aktor:
        perioder.sett(aktor=aktor, bolig=hjem, slag="stengt", fra=i_dag())
        assert not selectors.innmelding(aktor, uuid).fri  # type: ignore[attr-defined]
        innmeldinger.trekk(aktor=aktor, innmelding=uuid)
        with pytest.raises(Konflikt, match="ikke meldt ledig"):
            innmeldinger.meld_bolig(aktor=aktor, bolig=hjem)
        perioder.sett(aktor=aktor, bolig=hjem, slag="ledig", fra=i_dag() + timedelta(9))
        assert innmeldinger.meld_bolig(aktor=aktor, bolig=hjem).tilstand == "meldt"
    with som_bruker(STEINKJER) as aktor:
        boliger.vurder(aktor=aktor, bolig=hjem, egnet=False, begrunnelse="Fukt i kjelleren.")
        assert not selectors.siste_for_bolig(aktor, boliger.Bolig.objects.get(subjekt__uuid=hjem)).fri  # type: ignore[union-attr]


@pytest.mark.parametrize(
    ("endret", "kode"),
    [
        ({"uke": -1}, "INNMELDING-UKE"),
        ({"uke": 110}, "INNMELDING-UKE"),
        ({"antall": 0}, "INNMELDING-ANTALL"),
        ({"antall": 501}, "INNMELDING-ANTALL"),
    ],
)
def test_places_that_cannot_be_are_refused(land: str, endret: dict[str, int], kode: str) -> None:
    valg = {"uke": 0, "antall": 3} | endret
    with som_bruker(STEINKJER) as aktor, pytest.raises(Ugyldig) as feil:
        innmeldinger.meld_plasser(
            aktor=aktor, uke=i_dag() + timedelta(weeks=valg["uke"]), antall=valg["antall"]
        )
    assert feil.value.kode == kode


def test_a_form_sent_twice_is_one_report_and_the_week_is_kept_as_its_monday(land: str) -> None:
    nokkel = uuid4()
    with som_bruker(STEINKJER) as aktor:
        for _ in range(2):
            ny = innmeldinger.meld_plasser(aktor=aktor, uke=i_dag(), antall=3, nokkel=nokkel)
        assert (ny.subjekt.uuid, ny.uke) == (nokkel, mandag(i_dag()))
        assert Innmelding.objects.count() == 1


def test_who_is_asked_for_is_read_by_few_and_can_be_deleted(land: str) -> None:
    duf = lag_syntetisk_duf(2024, 7)
    uuid = meld_personer(f"DEMO Amina Prøve\n{duf}")
    for rolle, ser in (
        (STEINKJER, True),
        ("bosetter_les", True),
        (IMDI, True),
        ("kommune_admin", False),
        ("imdi_leder", False),
    ):
        with som_bruker(rolle) as aktor:
            assert (selectors.onske(aktor, selectors.innmelding(aktor, uuid)) is not None) is ser, rolle
    with som_bruker("imdi_leder"):
        assert not Persononske.objects.exists()  # the database itself says no
    with som(system("prove")):
        assert duf not in str([h.data for h in Hendelse.objects.filter(subjekt__uuid=uuid)])
    with som_bruker(STEINKJER) as aktor:
        for _ in range(2):
            innmeldinger.slett_onske(aktor=aktor, innmelding=uuid)
        assert selectors.innmelding(aktor, uuid).antall == 2
    assert handlinger(uuid) == ["bolig.meld_inn", "bolig.slett_onske"]


def test_a_wish_for_somebody_who_is_deleted_from_the_register_goes_too(land: str) -> None:
    duf = lag_syntetisk_duf(2024, 7)
    for hvem in (f"DEMO Amina Prøve, {duf[:4]} {duf[4:]}", "DEMO Bilal Prøve"):
        meld_personer(hvem)
    with som(system("prove")):
        assert innmeldingssvar.slett_onsker_om in ved_sletting
        assert innmeldingssvar.slett_onsker_om(frozenset({duf})) == 1
        assert Persononske.objects.get().hvem == "DEMO Bilal Prøve"


def test_names_are_deleted_a_month_after_it_was_decided(land: str) -> None:
    uuid, apen = meld_personer(), meld_personer("DEMO Bilal Prøve")
    with som_bruker(IMDI) as aktor:
        innmeldingssvar.bruk(aktor=aktor, innmelding=uuid)
    for dager, igjen in ((30, 2), (31, 1)):
        with frys(naa() + timedelta(days=dager)):
            tasks.innmeldinger(0)
        with som(system("prove")):
            assert Persononske.objects.count() == igjen
    assert handlinger(uuid)[-1] == "bolig.slett_onske" and "bolig.slett_onske" not in handlinger(apen)


@pytest.mark.parametrize(
    ("hvem", "hvorfor", "kode"),
    [
        (" \n ", "Broren bor her", "INNMELDING-HVEM"),
        ("DEMO Amina", " ", "INNMELDING-HVEM"),
        ("A\nB\nC", "Broren bor her", "INNMELDING-ANTALL"),
        ("DEMO Amina 1234 56 123456", "Broren bor her", "INNMELDING-DUF"),
    ],
)
def test_persons_need_who_and_why(land: str, hvem: str, hvorfor: str, kode: str) -> None:
    with som_bruker(STEINKJER) as aktor, pytest.raises(Ugyldig) as feil:
        innmeldinger.meld_personer(aktor=aktor, hvem=hvem, hvorfor=hvorfor, antall=2)
    assert feil.value.kode == kode


def test_a_national_identity_number_is_not_kept(land: str) -> None:
    fnr = lag_syntetisk_fnr(i_dag() - timedelta(9000))
    with som_bruker(STEINKJER) as aktor:
        for skrevet in (fnr, f"DEMO Amina, {fnr[:6]} {fnr[6:]}"):
            with pytest.raises(Ugyldig) as feil:
                innmeldinger.meld_personer(aktor=aktor, hvem=skrevet, hvorfor="Broren bor her", antall=1)
            assert feil.value.kode == "INNMELDING-FNR" and fnr not in str(feil.value)
        assert not Innmelding.objects.exists()


def test_not_used_has_a_reason_and_another_reason_has_words(land: str) -> None:
    uuid = meld_plasser()
    with som_bruker(IMDI) as aktor:
        for grunn, tekst, kode in (
            ("tull", "", "INNMELDING-GRUNN"),
            ("annet", " ", "INNMELDING-GRUNN-TEKST"),
        ):
            with pytest.raises(Ugyldig) as feil:
                innmeldingssvar.ikke_bruk(aktor=aktor, innmelding=uuid, grunn=grunn, tekst=tekst)
            assert feil.value.kode == kode
        denne = innmeldingssvar.ikke_bruk(
            aktor=aktor, innmelding=uuid, grunn="annet", tekst="De valgte en annen kommune."
        )
        assert denne.grunn_tekst == "De valgte en annen kommune."


def test_two_at_once_report_one_home_and_give_one_answer(land: str) -> None:
    hjem = bolig().subjekt.uuid

    def meld() -> None:
        with som_bruker(STEINKJER) as aktor:
            innmeldinger.meld_bolig(aktor=aktor, bolig=hjem)

    assert koder(meld, meld, meld) == ["ok"] * 3
    with som(system("prove")):
        uuid = Innmelding.objects.get().subjekt.uuid

    def trekk() -> None:
        with som_bruker(STEINKJER) as aktor:
            innmeldinger.trekk(aktor=aktor, innmelding=uuid)

    def nei() -> None:
        with som_bruker(IMDI) as aktor:
            innmeldingssvar.ikke_bruk(aktor=aktor, innmelding=uuid, grunn="tidspunkt")

    assert sorted(koder(trekk, nei)) == ["INNMELDING-TILSTAND", "ok"]
    assert innmeldingen(uuid).tilstand in ("trukket", "ikke_brukt")
    assert len(handlinger(uuid)) in (2, 3)


def test_row_security_hides_it_from_another_municipality_without_any_filter(land: str) -> None:
    _, hus = meld_bolig()
    meld_personer()
    with som_bruker(VOLDA):
        assert not Innmelding.objects.exists() and not Persononske.objects.exists()
        assert not Innmelding.objects.filter(subjekt__uuid=hus).update(tilstand="trukket", avgjort=naa())
        assert not Persononske.objects.all().delete()[0]
    with som_bruker(STEINKJER):
        assert (Innmelding.objects.count(), Persononske.objects.count()) == (2, 1)
        assert not Innmelding.objects.all()._raw_delete("default")  # only a job deletes a report
