"""The plan of an unaccompanied minor opens by itself, follows her, keeps its versions, and must be there before she is ready."""

from datetime import date, timedelta
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse
from tests.kartlegging.mindrearige import (
    TILTAK,
    alt,
    ferdig,
    gjor_ferdig,
    kom,
    personen,
    planen,
    saken,
    skriv,
    stand,
    ta_imot,
)

from aktorer import innlogget, som_bruker
from bosett.aktor.kontekst import som, system
from bosett.grunn.feil import Avvist, FinnesIkke, Konflikt, Ugyldig
from bosett.grunn.klokke import frys, i_dag
from bosett.kartlegging.models import Emplan, Emplanversjon, Emtiltak, Vergeuenighet
from bosett.kartlegging.rules.emplan import mal
from bosett.kartlegging.services import emplaner, iktp
from bosett.kartlegging.services.iktp import Stand, Tiltak
from bosett.kartlegging.tasks_em import uten_plan
from bosett.oppgave import selectors as oppgaver
from bosett.person.models import Emgrunnlag, Husholdning
from bosett.spor.models import Hendelse
from meldinger import ankomst, melding
from mottakene import lag_mottak
from samtidig import samtidig


def mangler(hvem: int = 1) -> list[str]:
    return [m["kode"] for m in saken(hvem).mangler]


def mine(rolle: str) -> list[tuple[str, str]]:
    with som_bruker(rolle) as aktor:
        return [(o.slag, o.gjelder) for o in oppgaver.apne(aktor)]


@pytest.mark.krav("R166")
def test_a_minor_at_the_centre_is_in_the_consultants_task_list_the_same_day(land: str) -> None:
    lag_mottak()
    plan = kom()
    assert (plan.slag, plan.tilstand, plan.apnet, plan.eier) == ("iktp", "apen", i_dag(), plan.eier)
    with som(system("prove")):
        (versjon,) = plan.versjoner.all()
        assert (versjon.nr, versjon.svar, versjon.tiltak.count(), versjon.mal) == (1, {}, 0, "iktp_1")
    assert mine("bosettingskonsulent") == [("skriv_iktp", saken().saksnummer)]
    hjem = innlogget("bosettingskonsulent").get(reverse("hjem")).content.decode()
    side = reverse("kartlegging:iktp", args=[saken().subjekt.uuid])
    assert "Skriv IKTP" in hjem and side in hjem
    svar = innlogget("bosettingskonsulent").get(side).content.decode()
    assert plan.eier.navn in svar and "Ikke ferdig" in svar and "Skriv i planen" in svar
    with som(system("prove")) as aktor:  # again changes nothing
        emplaner.folg(aktor=aktor, husholdninger=[saken().pk])
        assert (
            Emplan.objects.count() == 1
            and Hendelse.objects.filter(handling="kartlegging.apne_emplan").count() == 1
        )


@pytest.mark.krav("R068")
def test_nobody_is_ready_without_the_plan(land: str) -> None:
    lag_mottak()
    kom()
    ta_imot(
        melding("vergemaal", 1, "2026-01-11", navn="DEMO Verge"),
        melding("tillatelse", 1, "2026-02-01", grunnlag="flyktning", vedtatt="2026-02-01"),
    )
    assert (saken().klar_fra, mangler()) == (None, ["iktp"])
    sak = innlogget("imdi_radgiver").get(reverse("person:husholdning", args=[saken().subjekt.uuid]))
    assert "IKTP mangler for Samir1 Prøve. Mottaket skriver planen" in sak.content.decode()
    plan = planen().uuid
    skjema = (
        innlogget("bosettingskonsulent").get(reverse("kartlegging:skriv-iktp", args=[plan])).content.decode()
    )
    for felt in mal("iktp_1").felter:  # the whole form is there
        assert f'name="{felt.kode}"' in skjema and felt.tekst.nb in skjema
    with som_bruker("bosettingskonsulent") as aktor:  # half a plan is no plan
        skriv(aktor, plan, alt() | {"omsorg": ""})
    with som_bruker("bosettingskonsulent") as aktor, pytest.raises(Ugyldig):
        ferdig(aktor, plan)
    assert mangler() == ["iktp"]
    side = innlogget("bosettingskonsulent").get(reverse("kartlegging:iktp", args=[saken().subjekt.uuid]))
    assert "Hva slags omsorg og oppfølging trenger barnet?" in side.content.decode()  # as what is missing
    gjor_ferdig()
    assert (saken().klar_fra, mangler(), planen().tilstand) == (i_dag(), [], "ferdig")
    assert mine("bosettingskonsulent") == []


@pytest.mark.krav_delvis("R160")
def test_a_plan_is_not_finished_without_a_goal_or_a_reason(land: str) -> None:
    lag_mottak()
    plan = kom().uuid
    uten = {kode: v for kode, v in alt().items() if kode != "maal"}
    with som_bruker("bosettingskonsulent") as aktor:
        skriv(aktor, plan, uten)
    with som_bruker("bosettingskonsulent") as aktor, pytest.raises(Ugyldig) as feil:
        ferdig(aktor, plan)
    assert feil.value.kode == "IKTP-MANGLER"
    with som_bruker("bosettingskonsulent") as aktor:
        skriv(aktor, plan, uten | {"uten_maal": "Hun er syk, og det er for tidlig."})
    with som_bruker("bosettingskonsulent") as aktor:
        ferdig(aktor, plan)
    side = innlogget("imdi_radgiver").get(reverse("kartlegging:iktp", args=[saken().subjekt.uuid]))
    assert "Hva er målet for å klare seg selv?" in side.content.decode()
    with som_bruker("bosettingskonsulent") as aktor:  # nor without a measure
        skriv(aktor, plan, alt(), ())
    with som_bruker("bosettingskonsulent") as aktor, pytest.raises(Ugyldig):
        ferdig(aktor, plan)


def test_every_finished_version_is_kept_and_two_are_compared(land: str) -> None:
    lag_mottak()
    plan = kom().uuid
    gjor_ferdig()
    with som_bruker("bosettingskonsulent") as aktor:
        ny = skriv(aktor, plan, alt() | {"onsker": "Bo nær onkel"}, (Tiltak(1, "Begynne på skole", "Mottaket", None, "gjort"), Tiltak(None, "Finne lege", "Vergen", i_dag() + timedelta(9))))  # fmt: skip
        assert ny.nr == 2
    assert (planen().tilstand, mangler()) == ("revideres", ["tillatelse", "verge"])  # the finished one counts
    with som(system("prove")):
        for gjor in (
            lambda: Emplanversjon.objects.filter(nr=1).update(svar={}),
            lambda: Emplanversjon.objects.filter(nr=1).delete(),
            lambda: Emtiltak.objects.filter(versjon__nr=1).update(hva="Noe annet"),
            lambda: Emtiltak.objects.filter(versjon__nr=1).delete(),
        ):
            with pytest.raises(IntegrityError), transaction.atomic():
                gjor()
        assert [(v.nr, v.svar["onsker"], v.ferdig is None) for v in Emplanversjon.objects.order_by("nr")] == [
            (1, "DEMO onsker", False), (2, "Bo nær onkel", True),
        ]  # fmt: skip
    svar = innlogget("bosettingskonsulent").get(
        reverse("kartlegging:iktp-versjoner", args=[plan]) + "?fra=1&til=2&vis=1"
    )
    side = svar.content.decode()
    for tekst in ("DEMO onsker", "Bo nær onkel", "Tiltak 1", "Begynne på skole, Mottaket, Gjort", "Finne lege, Vergen", "Bosettingskonsulent"):  # fmt: skip
        assert tekst in side, tekst
    assert "DEMO skole" not in side.partition('id="vist"')[0], "the same in both"
    with som_bruker("bosettingskonsulent") as aktor:
        ferdig(aktor, plan)
    with som(system("prove")):
        assert Emgrunnlag.objects.count() == 1 and Emplanversjon.objects.filter(ferdig=None).count() == 0


def test_the_guardians_dissent_stands_with_every_version(land: str) -> None:
    lag_mottak()
    plan = kom().uuid
    ta_imot(melding("vergemaal", 1, "2026-01-11", navn="Vera Verge"))
    side = reverse("kartlegging:iktp-uenighet", args=[plan])
    klient = innlogget("bosettingskonsulent")
    assert 'value="Vera Verge"' in klient.get(side).content.decode()
    felt = {"verge": "Vera Verge", "dag": i_dag().strftime("%d.%m.%Y"), "ordlyd": ""}
    assert klient.post(side, felt).status_code == 422
    assert (
        klient.post(side, felt | {"ordlyd": "Han bør bo nær onkelen sin.", "dag": "1.1.2099"}).status_code
        == 422
    )
    assert klient.post(side, felt | {"ordlyd": "Han bør bo nær onkelen sin."}).status_code == 302
    gjor_ferdig()
    with som_bruker("bosettingskonsulent") as aktor:
        skriv(aktor, plan, alt() | {"onsker": "Noe nytt"})
    for rolle in ("bosettingskonsulent", "imdi_radgiver"):
        lest = innlogget(rolle).get(reverse("kartlegging:iktp", args=[saken().subjekt.uuid])).content.decode()
        assert "Han bør bo nær onkelen sin." in lest and "om versjon 1" in lest
        assert "Tatt imot av " in lest
    with som(system("prove")):
        for gjor in (
            lambda: Vergeuenighet.objects.update(ordlyd="Enig"),
            lambda: Vergeuenighet.objects.all().delete(),
            lambda: Emplan.objects.all().delete(),
        ):
            with pytest.raises(IntegrityError), transaction.atomic():
                gjor()
        assert "onkel" not in str(Hendelse.objects.filter(handling="kartlegging.meld_uenighet").values())


def test_the_owner_moves_with_the_minor(land: str) -> None:
    mottak = lag_mottak()
    kom(mottak="B")
    assert mine("bosettingskonsulent") == [] and planen().eier_id == mottak["B"].pk
    ta_imot(melding("plassering", 1, "2026-02-10", mottak="A"))
    assert planen().eier_id == mottak["A"].pk and mine("bosettingskonsulent") == [
        ("skriv_iktp", saken().saksnummer)
    ]
    gjor_ferdig()
    ta_imot(melding("plassering", 1, "2026-03-10", mottak="B"))
    assert (planen().eier_id, planen().tilstand, mine("bosettingskonsulent")) == (
        mottak["B"].pk,
        "ferdig",
        [],
    )
    plan = planen().uuid
    with som_bruker("bosettingskonsulent") as aktor, pytest.raises(FinnesIkke):  # it is shared with B now
        skriv(aktor, plan)
    ta_imot(melding("plassering", 1, "2026-04-10", mottak="A"))
    assert mine("bosettingskonsulent") == [("ta_over_emplan", saken().saksnummer)]
    svar = innlogget("bosettingskonsulent").post(reverse("kartlegging:iktp-ta-over", args=[planen().uuid]))
    assert svar.status_code == 302 and mine("bosettingskonsulent") == [] and planen().overtatt is not None


def test_a_child_in_a_care_centre_gets_a_report_with_a_date(land: str) -> None:
    lag_mottak()
    kom(fodt="2013-06-01", mottak="OMS")
    plan = planen()
    assert (plan.slag, plan.eier.slag, mangler()) == (
        "overgangsrapport",
        "bufetat",
        ["tillatelse", "verge", "overgangsrapport"],
    )
    assert mine("bufetat_saksbehandler") == [("skriv_overgangsrapport", saken().saksnummer)]
    ta_imot(
        melding("tillatelse", 1, "2026-02-01", grunnlag="flyktning", vedtatt="2026-02-01"),
        melding("vergemaal", 1, "2026-01-11", navn="DEMO Verge"),
    )
    with som_bruker("bufetat_saksbehandler") as aktor:
        assert [o.frist for o in oppgaver.apne(aktor)] == [date(2026, 2, 22)]  # three weeks after the permit
    side = innlogget("bufetat_saksbehandler").get(reverse("kartlegging:iktp", args=[saken().subjekt.uuid]))
    assert "Hvordan bør barnet bo?" in side.content.decode() and "Overgangsrapport" in side.content.decode()
    gjor_ferdig(rolle="bufetat_saksbehandler", slag="overgangsrapport")
    assert (mangler(), mine("bufetat_saksbehandler")) == ([], [])
    ta_imot(melding("plassering", 1, "2026-05-01", mottak="EM"))  # another place, another plan
    assert mangler() == ["iktp"] and planen(slag="iktp").eier.navn == "DEMO EM"


def test_who_turns_out_to_be_grown_up_or_leaves_needs_no_plan(land: str) -> None:
    lag_mottak()
    kom(1)
    kom(2)
    ta_imot(
        melding("aldersretting", 1, "2026-03-01", fodt="2000-01-01"),
        melding("utgang", 2, "2026-03-01", grunn="trukket"),
    )
    assert (planen(1).tilstand, planen(2).tilstand, mine("bosettingskonsulent")) == ("lukket", "lukket", [])
    plan = planen(1).uuid
    with som_bruker("imdi_radgiver") as aktor, pytest.raises(Avvist):  # not the owner
        skriv(aktor, plan)
    with som_bruker("bosettingskonsulent") as aktor, pytest.raises(Konflikt):
        skriv(aktor, plan)
    ta_imot(melding("aldersretting", 1, "2026-04-01", fodt="2010-06-02"))  # and back again
    assert planen(1).tilstand == "apen" and ("skriv_iktp", saken(1).saksnummer) in mine("bosettingskonsulent")


def test_minors_from_before_plans_were_asked_for(land: str) -> None:
    """The night's job opens what is missing, and takes back a readiness that lacked the plan."""
    lag_mottak()
    kom()
    with som(system("prove")):
        Emplanversjon.objects.all().delete()
        Emplan.objects.all().delete()
        Husholdning.objects.filter(pk=saken().pk).update(klar_fra=date(2026, 2, 1), mangler=[])
    uten_plan(0)
    assert planen().tilstand == "apen" and (saken().klar_fra, "iktp" in mangler()) == (None, True)


def test_a_minor_who_lives_at_no_centre_is_imdis(land: str) -> None:
    ta_imot(ankomst(1, fodt="2010-06-01", enslig_mindrearig=True, slag="overforing"))
    assert planen().eier.slag == "imdi"
    gjor_ferdig(rolle="imdi_radgiver")
    assert "iktp" not in mangler()


def test_two_who_save_at_once_and_the_second_sees_it(land: str) -> None:
    lag_mottak()
    plan = kom().uuid
    forst = stand(plan)

    def lagre(hva: str) -> int:
        with som_bruker("bosettingskonsulent") as aktor:
            return iktp.skriv(aktor=aktor, plan=plan, svar={"onsker": hva}, tiltak=TILTAK, stand=forst).nr

    assert sorted(map(str, samtidig(lambda: lagre("en"), lambda: lagre("to"), lambda: lagre("tre")))) == [
        "1", "IKTP-SAMTIDIG", "IKTP-SAMTIDIG",
    ]  # fmt: skip
    gjor_ferdig()

    def revider(hva: str) -> int:
        with som_bruker("bosettingskonsulent") as aktor:
            return iktp.skriv(aktor=aktor, plan=plan, svar={"onsker": hva}, tiltak=TILTAK, stand=naa).nr

    naa = stand(plan)
    assert sorted(map(str, samtidig(lambda: revider("en"), lambda: revider("to")))) == ["2", "IKTP-SAMTIDIG"]


def test_nothing_typed_is_lost_when_another_saved_meanwhile(land: str) -> None:
    lag_mottak()
    plan = kom().uuid
    klient, side = innlogget("bosettingskonsulent"), reverse("kartlegging:skriv-iktp", args=[plan])
    with som_bruker("bosettingskonsulent") as aktor:
        skriv(aktor, plan, {"onsker": "Det den andre skrev"}, ())
    felt = {
        "versjon": "1",
        "lagringer": "0",
        "onsker": "Det jeg skrev",
        "t1_hva": "Ringe vergen",
        "t1_ansvarlig": "Mottaket",
    }
    svar = klient.post(side, felt)
    tekst = svar.content.decode()
    assert svar.status_code == 409
    for ett in ("Det jeg skrev", "Det den andre skrev", "Ringe vergen", 'name="lagringer" value="1"'):
        assert ett in tekst, ett
    assert klient.post(side, felt | {"lagringer": "1"}).status_code == 302
    with som(system("prove")):
        assert Emplanversjon.objects.get().svar == {"onsker": "Det jeg skrev"}
        assert list(Emtiltak.objects.values_list("nr", "hva")) == [(1, "Ringe vergen")]
    assert klient.post(side, felt | {"versjon": "x"}).status_code == 409
    assert klient.post(side, felt | {"lagringer": "2", "t1_ansvarlig": ""}).status_code == 422


@pytest.mark.parametrize(
    ("tiltak", "svar", "kode"),
    [
        ((Tiltak(None, "", "Mottaket"),), {}, "IKTP-TILTAK"),
        ((Tiltak(None, "Skole", " "),), {}, "IKTP-TILTAK"),
        ((Tiltak(None, "Skole", "Mottaket", None, "kanskje"),), {}, "IKTP-TILTAK"),
        ((Tiltak(7, "Skole", "Mottaket"),), {}, "IKTP-TILTAK-NR"),
        ((), {"religion": "spør vi ikke om"}, "IKTP-FELT"),
        ((), {"onsker": "x" * 5001}, "IKTP-FELT"),
    ],
)
def test_what_cannot_be_is_refused(
    land: str, tiltak: tuple[Tiltak, ...], svar: dict[str, str], kode: str
) -> None:
    lag_mottak()
    plan = kom().uuid
    with som_bruker("bosettingskonsulent") as aktor, pytest.raises(Ugyldig) as feil:
        skriv(aktor, plan, svar, tiltak)
    assert feil.value.kode == kode


def test_others_neither_write_nor_see(land: str) -> None:
    lag_mottak()
    plan = kom(mottak="EM").uuid

    def gjor(rolle: str, hva: int) -> None:
        with som_bruker(rolle) as aktor:
            if hva == 0:
                skriv(aktor, plan)
            elif hva == 1:
                iktp.meld_uenighet(aktor=aktor, plan=plan, dag=i_dag(), verge="V", ordlyd="Nei")
            elif hva == 2:
                iktp.gjor_ferdig(aktor=aktor, plan=plan, stand=Stand(1, 0))
            else:
                iktp.ta_over(aktor=aktor, plan=plan)

    for hva in range(4):
        for rolle in (
            "bosettingskonsulent",
            "bufetat_saksbehandler",
            "bosetter_skriv",
            "udi_saksbehandler",
            "imdi_leder",
        ):
            with pytest.raises(FinnesIkke):
                gjor(rolle, hva)
        for rolle in ("imdi_radgiver", "imdi_godkjenner"):  # they see it
            with pytest.raises(Avvist):
                gjor(rolle, hva)
    with som_bruker("bosettingskonsulent"):  # row-level security says the same
        assert not Emplan.objects.exists() and not Emplanversjon.objects.exists()
    for adresse in ("kartlegging:skriv-iktp", "kartlegging:iktp-versjoner", "kartlegging:iktp-uenighet"):
        assert innlogget("bosettingskonsulent").get(reverse(adresse, args=[plan])).status_code == 404
        assert innlogget("bosettingskonsulent").get(reverse(adresse, args=[UUID(int=1)])).status_code == 404


def test_a_household_without_minors_says_that_none_is_needed(land: str) -> None:
    ta_imot(ankomst(1))
    side = innlogget("imdi_radgiver").get(reverse("kartlegging:iktp", args=[saken().subjekt.uuid]))
    assert "da trengs ingen plan" in side.content.decode()
    with som(system("prove")):
        assert not Emplan.objects.exists()
    assert personen().emgrunnlag.count() == 0


def test_at_eighteen_the_plan_is_asked_for_no_longer(land: str) -> None:
    lag_mottak()
    kom(fodt="2008-12-01")
    with frys(date(2026, 12, 2)), som(system("prove")) as aktor:
        emplaner.folg(aktor=aktor, husholdninger=[saken().pk])
    assert planen().tilstand == "lukket"
