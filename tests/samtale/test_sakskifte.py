"""A case changes hands, turns out to be another one, or ends: the thread, the contacts and whoever works with it follow."""

from datetime import date, timedelta
from typing import Any

import pytest
from django.db import DatabaseError
from tests.oppgave.test_reservasjon import hos, kollega, ta
from tests.person.test_sammenslaaing import ta_imot
from tests.samtale.saken import IMDI, MOTTAK, si, spor_kommunen
from tests.samtale.test_henvendelser import besvar
from tests.samtale.test_traad import leser

from aktorer import som_bruker
from bosett.aktor.kontekst import som, system
from bosett.grunn.klokke import i_dag
from bosett.oppgave import reservasjoner
from bosett.oppgave.models import Oppgave, Reservasjon
from bosett.person.models import Dublett, Husholdning, Sammenslaaing
from bosett.person.models_venting import Ventedagretting, Ventetid
from bosett.person.services import sammenslaaing, venteretting
from bosett.samtale import henvendelser, selectors, services
from bosett.samtale.models import Henvendelse, Innlegg, Lest
from bosett.spor.models import Hendelse
from bosett.spor.verifisering import verifiser
from bosett.tilgang.models import Deling
from meldinger import ankomst, melding
from mottakene import lag_mottak
from samtidig import samtidig


def saken(sak: str) -> Husholdning:
    with som(system("prove")):
        return Husholdning.objects.select_related("subjekt").get(udi_sak=sak)


def oppgaver(h: Husholdning) -> set[tuple[str, str]]:
    """Open tasks: the kind, and who has it."""
    with som(system("prove")):
        rader = Oppgave.objects.filter(subjekt=h.pk, ferdig=None, slag__contains="svar")
        return {(o.slag, o.organisasjon.navn) for o in rader.select_related("organisasjon")}


def anonyme(h: Husholdning) -> set[str]:
    with som(system("prove")):
        apne = Deling.objects.filter(subjekt=h.pk, grad="anonym", til=None)
        return {d.organisasjon.navn for d in apne.select_related("organisasjon")}


@pytest.fixture
def to(land: str) -> tuple[Husholdning, Husholdning]:
    """The same woman twice, alone in each of two cases, at the same centre and with a permit."""
    lag_mottak()
    ta_imot(
        *(ankomst(nr, sak=f"S{nr}", fornavn="Amina", etternavn="Yusuf") for nr in (1, 2)),
        *(melding("plassering", nr, "2026-01-10", mottak="A") for nr in (1, 2)),
        *(melding("tillatelse", nr, "2026-02-01", grunnlag="flyktning", vedtatt="2026-02-01") for nr in (1, 2)),
    )  # fmt: skip
    return saken("S1"), saken("S2")


def slaa_sammen() -> Sammenslaaing:
    with som(system("prove")):
        par = Dublett.objects.get()
    with som_bruker(IMDI) as aktor:
        return sammenslaaing.slaa_sammen(
            aktor=aktor, dublett_id=par.pk, behold_id=par.en_id, hvorfor="Samme pass."
        )


def opphev(denne: Sammenslaaing) -> None:
    with som_bruker(IMDI) as aktor:
        sammenslaaing.opphev(aktor=aktor, sammenslaaing_id=denne.pk, hvorfor="De er søstre.")


def sagt(h: Husholdning) -> list[str]:
    with som(system("prove")):
        return list(Innlegg.objects.filter(subjekt=h.pk).order_by("pk").values_list("tekst", flat=True))


def spor(hvem: str, h: Husholdning, tekst: str, part: str) -> Innlegg:
    return si(hvem, h, tekst, (part,), sporsmaal_til=part, frist=i_dag() + timedelta(7))


def test_the_thread_follows_to_the_case_that_stands_and_back(to: tuple[Husholdning, Husholdning]) -> None:
    hjem, tomt = to
    si(MOTTAK, hjem, "hjemme", ("imdi",))
    spurt = spor(IMDI, tomt, "hva med skole?", "mottak")
    trukket = si(IMDI, tomt, "feil sak", ("mottak",))
    with som_bruker(IMDI) as aktor:
        services.trekk(aktor=aktor, innlegg=trukket.uuid, grunn="feil_sak")
    eier = oppgaver(tomt)
    denne = slaa_sammen()
    assert sagt(tomt) == [] and sagt(hjem) == ["hjemme", "hva med skole?", ""]
    assert oppgaver(tomt) == set() and oppgaver(hjem) == eier
    assert leser(MOTTAK, hjem) == ["hjemme", "hva med skole?", ""]
    si(MOTTAK, hjem, "den er i orden", ("imdi",), svar_paa=spurt.uuid)
    si(MOTTAK, hjem, "senere", ("imdi",))
    assert oppgaver(hjem) == set()
    opphev(denne)
    assert sagt(tomt) == ["hva med skole?", "", "den er i orden"], "an answer goes with its question"
    assert sagt(hjem) == ["hjemme", "senere"]
    assert oppgaver(tomt) == oppgaver(hjem) == set()
    with som(system("prove")):
        rader = Hendelse.objects.filter(handling="person.slaa_sammen", subjekt=tomt.pk)
        assert [rad.data["fulgte"] for rad in rader] == [{"innlegg": 2}]
        assert verifiser().feil == []


def test_an_open_question_comes_back_with_its_task(to: tuple[Husholdning, Husholdning]) -> None:
    hjem, tomt = to
    spor(IMDI, tomt, "hva med skole?", "mottak")
    eier = oppgaver(tomt)
    denne = slaa_sammen()
    assert (oppgaver(hjem), oppgaver(tomt)) == (eier, set())
    with som(system("prove")):
        assert Oppgave.objects.get(subjekt=hjem.pk, slag="svar_sporsmaal").sti == services.sti(hjem.subjekt)
    opphev(denne)
    assert (oppgaver(hjem), oppgaver(tomt)) == (set(), eier)


def test_nobody_is_told_to_have_read_what_they_have_not(to: tuple[Husholdning, Husholdning]) -> None:
    hjem, tomt = to
    si(IMDI, tomt, "ulest", ("mottak",))
    sist = si(IMDI, hjem, "lest", ("mottak",))
    with som_bruker(MOTTAK) as aktor:
        services.merk_lest(aktor=aktor, subjekt_id=hjem.pk, sist=sist.pk)
    for_ = lest(tomt)
    denne = slaa_sammen()
    with som_bruker(IMDI) as aktor:
        assert [y.lest_av for y in selectors.samtalen(aktor, hjem.pk)] == [(), ()]
    with som_bruker(MOTTAK) as aktor:
        assert [y.ny for y in selectors.samtalen(aktor, hjem.pk)] == [True, True]
        services.merk_lest(aktor=aktor, subjekt_id=hjem.pk, sist=sist.pk)
    with som_bruker(IMDI) as aktor:
        assert [y.lest_av for y in selectors.samtalen(aktor, hjem.pk)] == [("mottak",)] * 2
    opphev(denne)
    assert lest(tomt) == for_


def lest(h: Husholdning) -> list[tuple[int, int]]:
    with som(system("prove")):
        return list(Lest.objects.filter(subjekt=h.pk).order_by("pk").values_list("bruker_id", "sist"))


def test_contacts_with_municipalities_follow_with_their_tasks_and_shares(to: tuple[Husholdning, Husholdning]) -> None:  # fmt: skip
    hjem, tomt = to
    venter = spor_kommunen(IMDI, tomt, "Volda")
    svart = spor_kommunen(IMDI, tomt, "Oslo", sett=[venter.uuid])
    besvar_systemet(svart)
    dobbel = spor_kommunen(IMDI, tomt, "Steinkjer", sett=[venter.uuid, svart.uuid])
    forst = spor_kommunen(IMDI, hjem, "Steinkjer")
    alle = oppgaver(tomt)
    assert anonyme(tomt) == {"Volda kommune", "Oslo kommune", "Steinkjer kommune"}
    denne = slaa_sammen()
    with som(system("prove")):
        assert set(Henvendelse.objects.filter(subjekt=hjem.pk)) == {venter, svart, forst}
        dobbel.refresh_from_db()
        assert (dobbel.subjekt_id, dobbel.tilstand, dobbel.trukket_grunn) == (tomt.pk, "trukket", "avsluttet")
    assert oppgaver(tomt) == set() and oppgaver(hjem) == alle
    assert anonyme(tomt) == set() and anonyme(hjem) == {"Volda kommune", "Oslo kommune", "Steinkjer kommune"}
    with som_bruker("bosetter_skriv.volda") as aktor:
        assert selectors.mine_henvendelser(aktor).get() == venter
    opphev(denne)
    with som(system("prove")):
        assert set(Henvendelse.objects.filter(subjekt=tomt.pk)) == {venter, svart, dobbel}
    assert anonyme(tomt) == {"Volda kommune", "Oslo kommune"} and anonyme(hjem) == {"Steinkjer kommune"}
    assert ("svar_henvendelse", "Volda kommune") in oppgaver(tomt) and len(oppgaver(hjem)) == 1
    besvar("bosetter_skriv.volda", venter)
    assert anonyme(tomt) == {"Oslo kommune"}
    assert verifiser().feil == []


def besvar_systemet(ett: Henvendelse) -> None:
    """Oslo has no user in the demonstration."""
    with som(system("prove")):
        Henvendelse.objects.filter(pk=ett.pk).update(tilstand="besvart", svar="kanskje", svartekst="Kanskje til våren.", besvart=ett.sendt)  # fmt: skip
        Oppgave.objects.filter(slag="svar_henvendelse", organisasjon=ett.til).update(ferdig=ett.sendt)


def test_corrected_days_follow_and_come_back(to: tuple[Husholdning, Husholdning]) -> None:
    hjem, tomt = to

    def rettet(h: Husholdning) -> list[tuple[str, str]]:
        with som(system("prove")):
            rader = Ventetid.objects.filter(husholdning=h.pk, retting__isnull=False)
            return [(str(r.fra), r.eier) for r in rader.order_by("fra")]

    with som_bruker(IMDI) as aktor:
        retting = venteretting.rett(
            aktor=aktor, husholdning_id=tomt.pk, fra=date(2026, 3, 1), siste=date(2026, 3, 10), eier="kommune",
            grunn="annet", begrunnelse="Avtalt i møte.",
        )  # fmt: skip
    assert rettet(tomt) == [("2026-03-01", "kommune")]
    denne = slaa_sammen()
    assert rettet(hjem) == [("2026-03-01", "kommune")] and rettet(tomt) == []
    opphev(denne)
    assert rettet(tomt) == [("2026-03-01", "kommune")] and rettet(hjem) == []
    slaa_sammen()
    with som_bruker(IMDI) as aktor:
        venteretting.trekk(aktor=aktor, retting=retting.uuid, hvorfor="Feil sak.")
    assert rettet(hjem) == []
    with som(system("prove")):
        assert Ventedagretting.objects.get().husholdning_id == hjem.pk
        assert Hendelse.objects.filter(subjekt=hjem.pk, handling="person.trekk_venteretting").exists()


def test_whoever_works_with_the_case_works_with_the_one_that_stands(to: tuple[Husholdning, Husholdning]) -> None:  # fmt: skip
    hjem, tomt = to
    ta(tomt)
    denne = slaa_sammen()
    assert holdt() == {(hjem.pk, "Ingrid Demo")}
    opphev(denne)
    assert holdt() == {(tomt.pk, "Ingrid Demo")}
    kollega()
    ta(hjem, "kollega")
    denne = slaa_sammen()
    assert holdt() == {(hjem.pk, "Kollega Demo")}, "ended, not doubled"
    opphev(denne)
    assert holdt() == {(hjem.pk, "Kollega Demo"), (tomt.pk, "Ingrid Demo")}


def test_a_case_that_was_let_go_of_meanwhile_is_not_taken_again(to: tuple[Husholdning, Husholdning]) -> None:
    hjem, tomt = to
    ta(tomt)
    denne = slaa_sammen()
    with som_bruker(IMDI) as aktor:
        reservasjoner.slipp(aktor=aktor, subjekt_id=hjem.pk)
    opphev(denne)
    assert hos() == []


def holdt() -> set[tuple[int, str]]:
    with som(system("prove")):
        return set(Reservasjon.objects.gjelder().values_list("subjekt_id", "bruker__navn"))


@pytest.mark.parametrize("gang", range(3))
def test_withdrawn_and_answered_while_two_are_merged(to: tuple[Husholdning, Husholdning], gang: int) -> None:
    hjem, tomt = to
    innlegg = si(IMDI, tomt, "feil", ("mottak",))
    spurt = spor_kommunen(IMDI, tomt, "Volda")
    with som_bruker(IMDI) as aktor:
        retting = venteretting.rett(
            aktor=aktor, husholdning_id=tomt.pk, fra=date(2026, 3, 1), siste=date(2026, 3, 10), eier="kommune",
            grunn="annet", begrunnelse="Avtalt i møte.",
        )  # fmt: skip

    def som_imdi(gjor: Any, **mer: Any) -> Any:
        def kjor() -> object:
            with som_bruker(IMDI) as aktor:
                gjor(aktor=aktor, **mer)
            return "ok"

        return kjor

    ut = samtidig(
        slaa_sammen,
        som_imdi(services.trekk, innlegg=innlegg.uuid, grunn="feil_innhold"),
        lambda: besvar("bosetter_skriv.volda", spurt) or "ok",
        som_imdi(venteretting.trekk, retting=retting.uuid, hvorfor="Feil."),
    )
    assert isinstance(ut[0], Sammenslaaing) and ut[1:] == ["ok"] * 3
    with som(system("prove")):
        for rad in (innlegg, spurt):
            rad.refresh_from_db()
            assert rad.subjekt_id == hjem.pk
        assert (innlegg.trukket is not None, spurt.tilstand) == (True, "besvart")
        assert not Ventetid.objects.filter(retting__isnull=False).exists()
    assert anonyme(hjem) == anonyme(tomt) == set() and oppgaver(tomt) == set()
    assert verifiser().feil == []


def test_only_the_system_may_move_what_was_said(to: tuple[Husholdning, Husholdning]) -> None:
    hjem, tomt = to
    si(IMDI, tomt, "sagt", ("mottak",))
    with som_bruker(IMDI), pytest.raises(DatabaseError):
        Innlegg.objects.update(subjekt=hjem.pk)
    with som(system("prove")), pytest.raises(DatabaseError):
        Innlegg.objects.update(subjekt=hjem.pk, tekst="endret")


def test_a_case_that_ends_asks_nobody_any_longer(to: tuple[Husholdning, Husholdning]) -> None:
    h, andre = to
    venter = spor_kommunen(IMDI, h, "Volda")
    svart = spor_kommunen(IMDI, h, "Oslo", sett=[venter.uuid])
    besvar_systemet(svart)
    spor_kommunen(IMDI, andre, "Steinkjer")
    ta_imot(melding("utgang", 1, "2026-05-01", grunn="utreist"))
    assert anonyme(h) == set() and anonyme(andre) == {"Steinkjer kommune"}
    assert not {slag for slag, _ in oppgaver(h)} & {"svar_henvendelse"}
    with som(system("prove")):
        venter.refresh_from_db()
        svart.refresh_from_db()
        assert (venter.tilstand, venter.trukket_grunn, svart.tilstand) == ("trukket", "avsluttet", "besvart")
        rader = Hendelse.objects.filter(subjekt=h.pk, handling="samtale.trekk_henvendelse")
        assert [rad.data for rad in rader] == [{"henvendelse": str(venter.uuid), "grunn": "avsluttet"}]
    with som_bruker("bosetter_skriv.volda") as aktor:
        assert selectors.mine_henvendelser(aktor).get().get_trukket_grunn_display() == "Saken er avsluttet"
    ta_imot(melding("utgang", 1, "2026-05-01", grunn="utreist"))
    with som(system("prove")):
        assert rader.count() == 1
    assert "avsluttet" not in henvendelser.GRUNNER and verifiser().feil == []


def test_a_question_follows_the_resident_to_another_centre(to: tuple[Husholdning, Husholdning]) -> None:
    h, _ = to
    spor(IMDI, h, "hva med skole?", "mottak")
    ((_slag, forste),) = oppgaver(h)
    ta_imot(melding("plassering", 1, "2026-06-01", mottak="B"))
    assert oppgaver(h) == {("svar_sporsmaal", "DEMO B")} and forste != "DEMO B"
    ta_imot(melding("plassering", 1, "2026-07-01", mottak="A"))
    assert oppgaver(h) == {("svar_sporsmaal", forste)}
    with som(system("prove")):
        assert Oppgave.objects.filter(subjekt=h.pk, slag="svar_sporsmaal").count() == 2
