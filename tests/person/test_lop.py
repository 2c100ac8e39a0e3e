"""Tracks are entered and left by legal events only (R027), and permits decide who is ready (R184–R187)."""

from datetime import date, timedelta

import pytest
from django.urls import reverse
from tests.person.test_hendelser import ta_imot

from aktorer import innlogget, som_bruker
from bosett.aktor.kontekst import som, system
from bosett.aktor.models import Organisasjon
from bosett.grunn.feil import Avvist, Konflikt
from bosett.grunn.klokke import i_dag
from bosett.oppgave.models import Oppgave
from bosett.person import states
from bosett.person.models import Husholdning, Nummer, Relasjon
from bosett.person.rules import klar as klarregel
from bosett.person.rules.ansvar import ansvarlig
from bosett.person.rules.familie import slag
from bosett.person.rules.grunnlag import grunnlag, grunnlagene
from bosett.person.services import lop
from meldinger import ankomst, duf, melding
from mottakene import lag_mottak
from samtidig import koder


def husholdningen(hvem: int) -> Husholdning:
    with som(system("prove")):
        return Husholdning.objects.select_related("subjekt").get(
            pk=Nummer.objects.get(nummer=duf(hvem)).person.husholdning_id
        )


def tillat(
    hvem: int, kode: str = "flyktning", fra: date | str = "2026-02-01", til: date | None = None
) -> None:
    ta_imot(
        melding(
            "tillatelse", hvem, fra, grunnlag=kode, vedtatt=str(fra), **({"til": str(til)} if til else {})
        )
    )


def er_klar(hvem: int) -> bool:
    h, dag = husholdningen(hvem), i_dag()
    return h.klar_fra is not None and h.klar_fra <= dag and (h.klar_til is None or dag < h.klar_til)


@pytest.mark.krav("R158", "R014")
def test_the_case_opens_at_arrival_and_the_permit_makes_it_ready(land: str) -> None:
    lag_mottak()
    ta_imot(ankomst(1), melding("plassering", 1, "2026-01-10", mottak="A"))
    h = husholdningen(1)
    assert (h.apnet, h.lop, er_klar(1)) == (date(2026, 1, 10), "mottak", False), (
        "no distribution is possible before the permit"
    )
    tillat(1)
    assert er_klar(1)


@pytest.mark.krav("R184")
def test_a_permit_without_ground_never_reaches_the_queue(land: str) -> None:
    for nr, kode in enumerate(("familie", "arbeid", "begrenset"), 1):
        ta_imot(ankomst(nr, slag="overforing"))
        tillat(nr, kode)
        assert not er_klar(nr)
    assert [m["kode"] for m in husholdningen(3).mangler] == ["ukontrollert"], (
        "nobody has verified that ground: a person decides"
    )
    assert (
        "Amina"
        not in innlogget("imdi_radgiver").get(reverse("person:liste") + "?status=klar").content.decode()
    )


@pytest.mark.krav("R185")
def test_collective_protection_counts_while_it_is_valid(land: str) -> None:
    for nr, til in ((1, i_dag() + timedelta(days=30)), (2, i_dag())):
        ta_imot(ankomst(nr, slag="overforing"))
        tillat(nr, "kollektiv", til=til)
    assert er_klar(1) and not er_klar(2)
    assert [m["kode"] for m in husholdningen(2).mangler] == ["utlopt"]


@pytest.mark.krav("R186")
def test_resettlement_refugees_need_no_centre(land: str) -> None:
    ta_imot(ankomst(1, slag="overforing"))
    tillat(1, "overforing")
    assert husholdningen(1).lop == "overforing" and er_klar(1)


@pytest.mark.krav("R187")
def test_moving_out_of_the_centre_proposes_private_and_asks(land: str) -> None:
    lag_mottak()
    ta_imot(ankomst(1), melding("plassering", 1, "2026-01-10", mottak="A"))
    assert husholdningen(1).lop == "mottak"
    with som_bruker("imdi_radgiver") as aktor, pytest.raises(Konflikt):
        lop.bekreft_privat(aktor=aktor, husholdning_id=husholdningen(1).pk)
    ta_imot(melding("utflytting", 1, "2026-03-01"))
    assert husholdningen(1).lop == "mottak", "only proposed"
    with som(system("prove")):
        assert Oppgave.objects.filter(slag="bekreft_privat", ferdig=None).count() == 1
    klient, side = (
        innlogget("imdi_radgiver"),
        reverse("person:husholdning", args=[husholdningen(1).subjekt.uuid]),
    )
    assert "Bekreft at de bor privat" in klient.get(side).content.decode()
    klient.post(side + "bor-privat/")
    assert husholdningen(1).lop == "privat"
    with som(system("prove")):
        assert not Oppgave.objects.filter(slag="bekreft_privat", ferdig=None).exists()


def test_a_private_application_before_the_permit_and_on_paper(land: str) -> None:
    ta_imot(ankomst(1))
    side = reverse("person:husholdning", args=[husholdningen(1).subjekt.uuid])
    klient = innlogget("imdi_radgiver")
    assert klient.post(side, {"sokt": "1.1.2099", "kanal": "papir"}).status_code == 422
    ukjent = klient.post(side, {"sokt": "10.2.2026", "kanal": "papir", "bor_i": "Atlantis"})
    assert ukjent.status_code == 422 and 'href="#id_bor_i"' in ukjent.content.decode()
    for _ in range(2):
        svar = klient.post(side, {"sokt": "10.2.2026", "kanal": "papir", "bor_i": "Volda"})
        assert svar.status_code == 302
    assert husholdningen(1).lop == "privat" and not er_klar(1)
    with som(system("prove")):
        volda = Organisasjon.objects.get(slag="kommune", navn__startswith="Volda").kommune_id
        assert husholdningen(1).privatsoknader.get().bor_i_id == volda
    tillat(1)
    assert er_klar(1)
    assert (
        innlogget("imdi_godkjenner").post(side, {"sokt": "10.2.2026", "kanal": "papir"}).status_code == 200
    ), "only reads"


@pytest.mark.krav("R027")
def test_no_role_moves_a_household_between_tracks_but_by_its_event() -> None:
    """Every way into a track is an act in the table, and only the authorities' messages or IMDi's adviser can make it."""
    assert {o.til for o in states.LOP.overganger} == {t.kode for t in states.LOP.tilstander if t.kode}
    assert all(set(o.roller) <= {"imdi_radgiver"} for o in states.LOP.overganger)


@pytest.mark.krav("R028")
def test_a_minor_with_an_aunt_is_a_minor_with_a_companion(land: str) -> None:
    lag_mottak()
    ta_imot(
        ankomst(1, fodt="2010-06-01", enslig_mindrearig=True, fornavn="Samir"),
        ankomst(2, sak="S1", rolle="folgeperson", fornavn="Tante"),
        melding("slektskap", 2, "2026-01-10", til_duf=duf(1), slag="tante_onkel", folgeperson=True),
        melding("plassering", 1, "2026-01-10", mottak="EM"),
    )  # fmt: skip
    assert husholdningen(1).lop == "em"
    with som(system("prove")):
        assert Relasjon.objects.get().folgeperson
    side = (
        innlogget("imdi_radgiver")
        .get(reverse("person:husholdning", args=[husholdningen(1).subjekt.uuid]))
        .content.decode()
    )
    assert "Tante eller onkel til Samir" in side and "følgeperson" in side and "enslig mindreårig" in side


@pytest.mark.krav("R036")
def test_reunification_or_establishment() -> None:
    kom = date(2020, 5, 1)
    assert slag(barn=False, levde_sammen_fra=date(2018, 1, 1), referanse_kom=kom) == "gjenforening"
    assert slag(barn=False, levde_sammen_fra=date(2022, 1, 1), referanse_kom=kom) == "etablering"
    assert slag(barn=True, levde_sammen_fra=None, referanse_kom=kom) == "gjenforening"


def test_a_family_waits_for_the_last_permit(land: str) -> None:
    ta_imot(ankomst(1, slag="overforing"), ankomst(2, sak="S1", rolle="ektefelle", slag="overforing"))
    tillat(1)
    assert [m["kode"] for m in husholdningen(1).mangler] == ["tillatelse"]
    tillat(2, fra="2026-03-01")
    assert husholdningen(1).klar_fra == date(2026, 3, 1)
    ta_imot(melding("tilbakekall", 2, "2026-04-01"))
    assert [m["kode"] for m in husholdningen(1).mangler] == ["utlopt"]
    ta_imot(melding("utgang", 2, "2026-04-02", grunn="utreist"))
    assert er_klar(1) and husholdningen(1).antall == 1
    ta_imot(melding("utgang", 1, "2026-05-02", grunn="trukket"))
    assert (husholdningen(1).slutt, husholdningen(1).lop) == ("trukket", "avsluttet")


def test_two_who_register_the_same_application_at_once(land: str) -> None:
    ta_imot(ankomst(1))
    h = husholdningen(1)

    def sok() -> None:
        with som_bruker("imdi_radgiver") as aktor:
            lop.sok_privat(aktor=aktor, husholdning_id=h.pk, sokt=date(2026, 2, 1), kanal="papir")

    assert koder(sok, sok, sok) == ["ok"] * 3
    with som(system("prove")):
        assert h.privatsoknader.count() == 1 and h.lopene.count() == 1


def test_others_may_not(land: str) -> None:
    ta_imot(ankomst(1))
    with som_bruker("bosettingskonsulent") as aktor, pytest.raises(Avvist):
        lop.sok_privat(aktor=aktor, husholdning_id=husholdningen(1).pk, sokt=date(2026, 2, 1), kanal="papir")


def test_every_ground_says_where_it_is_from_and_what_nobody_verified_stays_open() -> None:
    for kode, ett in grunnlagene().items():
        assert ett.kilde(i_dag()), kode
    assert grunnlag("begrenset").bosettes(i_dag()) is None
    assert grunnlag("flyktning").bosettes(date(1990, 1, 1)) is None, "before the table begins"


def test_the_rule_set_by_age_alone() -> None:
    """Turning 15 in a care centre changes nothing; by the other rule set it would."""
    sokt, dag = date(2025, 1, 1), date(2026, 6, 1)
    assert ansvarlig(fodt=date(2010, 6, 1), sokt=sokt, dag=dag, omsorgstilbud="omsorgssenter") == "bufetat"
    assert ansvarlig(fodt=date(2010, 6, 1), sokt=sokt, dag=dag, omsorgstilbud="em") == "imdi"


def test_nobody_is_ready_in_an_empty_household() -> None:
    assert klarregel.klar([], lop="mottak", dag=i_dag()).fra is None
