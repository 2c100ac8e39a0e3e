"""The wait-day ledger as kept and shown: step by step the same as all at once, corrected by an act, and seen by those who see the case."""

from collections.abc import Collection, Iterator, Mapping, Sequence
from datetime import date, timedelta
from unittest.mock import patch

import pytest
import yaml
from django.urls import reverse
from tests.person.test_hendelser import ta_imot
from tests.person.test_lop import husholdningen, tillat

from aktorer import innlogget, som_bruker
from bosett.aktor.kontekst import som, system
from bosett.cli.__main__ import main
from bosett.grunn.feil import Avvist, FinnesIkke, Konflikt, Ugyldig
from bosett.grunn.klokke import frys, i_dag
from bosett.person import selectors, selectors_venting
from bosett.person.models import Husholdning, Opphold
from bosett.person.models_venting import Ventedagretting, Ventetid
from bosett.person.rules.koder import MAPPE
from bosett.person.rules.ventedager import Hendelse
from bosett.person.rules.venting import KARTLAGT
from bosett.person.services import kroker, lop, venteretting
from bosett.person.services.em import plan_ferdig
from bosett.person.services.ventedager import kontroller, oppdater
from bosett.spor.models import Hendelse as Sporrad
from bosett.tilgang.services import laas
from bosett.web.person.ventedager import FARGER
from meldinger import ankomst, melding
from mottakene import lag_mottak

DAG = date(2026, 11, 20)


@pytest.fixture(autouse=True)
def _rommet_alene() -> Iterator[None]:
    """No room above tells of mappings here; `tests/kartlegging/test_ferdig.py` is about the days when one does."""
    with patch.dict(kroker.ventekilder, clear=True):
        yield


def dagene(hvem: int) -> list[tuple[str, str, str, str]]:
    with som(system("prove")):
        rader = Ventetid.objects.filter(husholdning=husholdningen(hvem)).order_by("fra")
        return [(str(r.fra), str(r.til or ""), r.eier, r.grunn) for r in rader]


def familie() -> Husholdning:
    """Two at a centre; the first permit on 3 July 2026, the second on 15 July."""
    lag_mottak()
    ta_imot(
        ankomst(1, sak="S1"), ankomst(2, sak="S1", rolle="ektefelle", fornavn="Dawit"),
        melding("plassering", 1, "2026-01-10", mottak="A"), melding("plassering", 2, "2026-01-10", mottak="A"),
        melding("tillatelse", 1, "2026-07-03", grunnlag="flyktning", vedtatt="2026-07-03"),
        melding("tillatelse", 2, "2026-07-15", grunnlag="flyktning", vedtatt="2026-07-15"),
    )  # fmt: skip
    return husholdningen(1)


def rett(h: Husholdning, fra: str, siste: str, eier: str = "kommune", grunn: str = "annet", hvorfor: str = "Avtalt i møte.") -> Ventedagretting:  # fmt: skip
    with som_bruker("imdi_radgiver") as aktor:
        return venteretting.rett(
            aktor=aktor, husholdning_id=h.pk, fra=date.fromisoformat(fra), siste=date.fromisoformat(siste),
            eier=eier, grunn=grunn, begrunnelse=hvorfor,
        )  # fmt: skip


def test_the_days_follow_the_messages_and_the_page_agrees_with_them(land: str) -> None:
    with frys(DAG):
        h = familie()
        assert dagene(1) == [
            ("2026-07-03", "2026-07-15", "udi", "tillatelse"),
            ("2026-07-15", "", "imdi", "finner_kommune"),
        ]
        assert (h.venter_fra, h.venter_til, h.tillatt, h.maal) == (
            date(2026, 7, 3), None, date(2026, 7, 15), date(2027, 1, 15),
        )  # fmt: skip
        for rolle in ("imdi_radgiver", "bosettingskonsulent"):
            side = innlogget(rolle).get(reverse("person:ventedager", args=[h.subjekt.uuid])).content.decode()
            assert "har ventet i 140 dager" in side, "from 3 July to 20 November"
            assert "Noen i husholdningen har ikke fått tillatelse" in side and "IMDi finner kommune" in side
            assert ("person:rett" in side or "/ventedager/rett/" in side) == (rolle == "imdi_radgiver")
        with som_bruker("imdi_radgiver") as aktor:
            vente = selectors_venting.ventedager(aktor, selectors.husholdning(aktor, h.subjekt.uuid))
        assert vente.per_eier == (("imdi", 128), ("udi", 12)) and vente.totalt == 140


@pytest.mark.krav("R086")
def test_the_target_is_six_months_and_three_for_minors_and_over_the_day_after(land: str) -> None:
    lag_mottak()
    with frys(date(2026, 1, 2)):
        ta_imot(
            ankomst(1, "2025-12-01", slag="overforing", fornavn="Voksen"),
            melding("tillatelse", 1, "2026-01-01", grunnlag="overforing", vedtatt="2026-01-01"),
            ankomst(2, "2025-12-01", fornavn="Barn", fodt="2012-05-01", enslig_mindrearig=True),
            melding("plassering", 2, "2025-12-01", mottak="EM"), melding("vergemaal", 2, "2025-12-02", navn="DEMO verge"),
            melding("tillatelse", 2, "2026-01-01", grunnlag="flyktning", vedtatt="2026-01-01"),
        )  # fmt: skip
    assert [husholdningen(nr).maal for nr in (1, 2)] == [date(2026, 7, 1), date(2026, 4, 1)]

    def over(dag: date) -> set[str]:
        with frys(dag):
            liste = innlogget("imdi_radgiver").get(reverse("person:liste") + "?maal=over").content.decode()
        return {navn for navn in ("Voksen", "Barn") if f"{navn} Prøve" in liste}

    assert over(date(2026, 4, 1)) == set()
    assert over(date(2026, 4, 2)) == {"Barn"}
    assert over(date(2026, 7, 1)) == {"Barn"}
    assert over(date(2026, 7, 2)) == {"Voksen", "Barn"}
    with frys(date(2026, 4, 2)):
        klient = innlogget("imdi_radgiver")
        for nr in (1, 2):  # the day is Maundy Thursday: one says why
            hvorfor = reverse("person:grunn", args=[husholdningen(nr).subjekt.uuid])
            klient.post(hvorfor, {"grunn": "turnus"})
        side = klient.get(
            reverse("person:husholdning", args=[husholdningen(2).subjekt.uuid])
        ).content.decode()
        assert (
            "1 dag over" in side
            and "3 måneder fra alle hadde tillatelse" in side
            and 'data-stand="over"' in side
        )
        side = klient.get(
            reverse("person:husholdning", args=[husholdningen(1).subjekt.uuid])
        ).content.decode()
        assert "90 dager igjen" in side and "6 måneder fra alle hadde tillatelse" in side


@pytest.mark.krav("R180")
def test_the_queue_of_those_ready_by_waiting_and_by_target(land: str) -> None:
    """The minor came last and is due first."""
    lag_mottak()
    with frys(DAG):
        ta_imot(
            ankomst(1, slag="overforing", fornavn="Lenge"), melding("tillatelse", 1, "2026-02-01", grunnlag="flyktning", vedtatt="2026-02-01"),
            ankomst(2, slag="overforing", fornavn="Kort"), melding("tillatelse", 2, "2026-10-01", grunnlag="flyktning", vedtatt="2026-10-01"),
            ankomst(3, fodt="2012-05-01", enslig_mindrearig=True, fornavn="Barn"), melding("plassering", 3, "2026-01-10", mottak="EM"),
            melding("vergemaal", 3, "2026-02-01", navn="DEMO verge"), melding("tillatelse", 3, "2026-05-01", grunnlag="flyktning", vedtatt="2026-05-01"),
            ankomst(4, slag="overforing", fornavn="Uklar"),
        )  # fmt: skip
        with som(system("prove")) as aktor:
            barnet = husholdningen(3)
            laas(subjekt_id=barnet.pk)
            plan_ferdig(aktor=aktor, person=barnet.personer.get(), slag="iktp", dag=date(2026, 4, 1))
        klient = innlogget("imdi_radgiver")

        def rekke(sporring: str) -> list[str]:
            side = klient.get(reverse("person:liste") + sporring).content.decode()
            navn = [n for n in ("Lenge", "Kort", "Barn", "Uklar") if f"{n} Prøve" in side]
            return sorted(navn, key=lambda n: side.index(f"{n} Prøve"))

        assert rekke("?status=klar&sorter=ventet") == ["Lenge", "Barn", "Kort"]
        assert rekke("?status=klar&sorter=-ventet") == ["Kort", "Barn", "Lenge"]
        ta_imot(melding("tillatelse", 1, "2026-06-01", grunnlag="flyktning", vedtatt="2026-06-01"))
        assert rekke("?status=klar&sorter=maal") == ["Lenge", "Barn", "Kort"]
        assert husholdningen(1).venter_fra == date(2026, 2, 1), "renewed without a break"
        csv = klient.get(reverse("person:liste") + "?status=klar&sorter=ventet&format=csv").content.decode()
        assert "292" in csv.splitlines()[1], "waiting days on 20 November"
        assert "som har ventet lengst først" in klient.get(reverse("person:liste")).content.decode()


def test_a_correction_moves_days_survives_new_facts_and_is_taken_back(land: str) -> None:
    with frys(DAG):
        h = familie()
        ny = rett(h, "2026-10-08", "2026-10-30")
        assert rett(h, "2026-10-08", "2026-10-30").pk == ny.pk, "the same once more is no act"
        assert dagene(1)[1:] == [
            ("2026-07-15", "2026-10-08", "imdi", "finner_kommune"),
            ("2026-10-08", "2026-10-31", "kommune", "annet"),
            ("2026-10-31", "", "imdi", "finner_kommune"),
        ]
        ta_imot(melding("tilbakekall", 2, "2026-10-20"))
        assert dagene(1)[2:] == [
            ("2026-10-08", "2026-10-31", "kommune", "annet"),
            ("2026-10-31", "", "udi", "trukket"),
        ]
        siden = reverse("person:ventedager", args=[h.subjekt.uuid])
        side = innlogget("imdi_radgiver").get(siden).content.decode()
        assert "har ventet i 140 dager" in side and "Avtalt i møte." in side
        with som_bruker("imdi_radgiver") as aktor:
            venteretting.trekk(aktor=aktor, retting=ny.uuid, hvorfor="Det var en annen sak.")
        with som_bruker("imdi_radgiver") as aktor, pytest.raises(Konflikt):
            venteretting.trekk(aktor=aktor, retting=ny.uuid, hvorfor="Det var en annen sak.")
        assert dagene(1)[1:] == [
            ("2026-07-15", "2026-10-20", "imdi", "finner_kommune"),
            ("2026-10-20", "", "udi", "trukket"),
        ]
        with som(system("prove")):
            handlinger = Sporrad.objects.filter(subjekt=h.pk, handling__contains="rett").order_by("nr")
            assert [rad.handling for rad in handlinger] == [
                "person.rett_ventedager",
                "person.trekk_venteretting",
            ]
            assert handlinger[0].data["eier"] == "kommune" and "møte" not in str(handlinger[0].data)
            assert Ventedagretting.objects.get().trukket is not None, "kept"
            (stemmer,) = kontroller(aktor=system("prove"))
            assert stemmer.avvik == []


@pytest.mark.parametrize(
    ("fra", "siste", "mer"),
    [
        ("2026-07-02", "2026-07-10", {}), ("2026-11-18", "2026-11-21", {}), ("2026-10-10", "2026-10-09", {}),
        ("2026-10-10", "2026-10-11", {"eier": "ingen"}), ("2026-10-10", "2026-10-11", {"grunn": "ingen"}), ("2026-10-10", "2026-10-11", {"hvorfor": " "}),
    ],
)  # fmt: skip
def test_what_cannot_be_corrected_is_refused(land: str, fra: str, siste: str, mer: dict[str, str]) -> None:
    with frys(DAG):
        h = familie()
        with pytest.raises(Ugyldig):
            rett(h, fra, siste, **mer)
        assert len(dagene(1)) == 2


def test_others_may_not_correct(land: str) -> None:
    with frys(DAG):
        h = familie()
        ny = rett(h, "2026-10-08", "2026-10-30")
        for rolle in ("imdi_godkjenner", "bosettingskonsulent", "bosetter_skriv"):
            with som_bruker(rolle) as aktor, pytest.raises(Avvist):
                venteretting.rett(
                    aktor=aktor, husholdning_id=h.pk, fra=date(2026, 10, 1), siste=date(2026, 10, 2), eier="imdi",
                    grunn="annet", begrunnelse="Prøve",
                )  # fmt: skip
            with som_bruker(rolle) as aktor, pytest.raises(Avvist):
                venteretting.trekk(aktor=aktor, retting=ny.uuid, hvorfor="Prøve")
            klient = innlogget(rolle)
            assert klient.get(reverse("person:rett_ventedager", args=[h.subjekt.uuid])).status_code == 404
            assert klient.get(reverse("person:trekk_venteretting", args=[ny.uuid])).status_code == 404
        assert (
            innlogget("bosetter_skriv").get(reverse("person:ventedager", args=[h.subjekt.uuid])).status_code
            == 404
        )
        with som_bruker("imdi_radgiver") as aktor, pytest.raises(FinnesIkke):
            venteretting.trekk(aktor=aktor, retting=h.subjekt.uuid, hvorfor="Prøve")
        with som_bruker("bosetter_skriv"):
            assert not Ventetid.objects.exists() and not Ventedagretting.objects.exists(), "row security"


def test_corrected_and_taken_back_on_the_page(land: str) -> None:
    with frys(DAG):
        h = familie()
        klient = innlogget("imdi_radgiver")
        siden, adresse = (
            reverse(f"person:{navn}", args=[h.subjekt.uuid]) for navn in ("ventedager", "rett_ventedager")
        )
        assert (
            'value="15.07.2026"' in klient.get(adresse + "?fra=15.07.2026&siste=20.11.2026").content.decode()
        )
        felt = {
            "fra": "1.7.2026",
            "siste": "20.7.2026",
            "eier": "imdi",
            "grunn": "annet",
            "begrunnelse": "Vi glemte saken.",
        }
        svar = klient.post(adresse, felt)
        assert svar.status_code == 422 and "Dagene er ikke ventedager i denne saken" in svar.content.decode()
        assert klient.post(adresse, {"fra": ""}).status_code == 422
        assert klient.post(adresse, felt | {"fra": "3.7.2026"}).headers["Location"] == siden
        side = klient.get(siden).content.decode()
        assert "Vi glemte saken." in side and "har ventet i 140 dager" in side
        with som(system("prove")):
            trekk = reverse("person:trekk_venteretting", args=[Ventedagretting.objects.get().uuid])
        assert "03.07.2026" in klient.get(trekk).content.decode()
        assert klient.post(trekk, {"hvorfor": ""}).status_code == 422
        assert klient.post(trekk, {"hvorfor": "Feil sak."}).headers["Location"] == siden
        assert "Trukket" in klient.get(siden).content.decode()


def test_who_lives_privately_and_has_not_applied(land: str) -> None:
    with frys(DAG):
        h = familie()
        ta_imot(melding("utflytting", 1, "2026-08-01"), melding("utflytting", 2, "2026-08-01"))
    with frys(date(2026, 8, 10)), som_bruker("imdi_radgiver") as aktor:
        lop.bekreft_privat(aktor=aktor, husholdning_id=h.pk)
    assert dagene(1)[-1] == ("2026-08-10", "", "person", "soknad")
    with frys(DAG), som_bruker("imdi_radgiver") as aktor:
        lop.sok_privat(aktor=aktor, husholdning_id=h.pk, sokt=date(2026, 9, 1), kanal="papir")
    assert dagene(1)[-2:] == [
        ("2026-08-10", "2026-09-01", "person", "soknad"),
        ("2026-09-01", "", "imdi", "finner_kommune"),
    ]


@pytest.fixture
def kartlagt() -> Iterator[dict[int, date]]:
    """A room above that knows when mappings were finished."""
    ferdig: dict[int, date] = {}

    def kilde(ider: Collection[int]) -> Mapping[int, Sequence[Hendelse]]:
        return {pk: [Hendelse(dag, 0, KARTLAGT)] for pk, dag in ferdig.items() if pk in ider}

    kroker.gi_ventehendelser(kilde, [KARTLAGT])
    yield ferdig
    del kroker.ventekilder[kilde]


def test_a_room_above_tells_when_the_mapping_is_finished(land: str, kartlagt: dict[int, date]) -> None:
    with frys(DAG):
        h = familie()
        assert dagene(1)[1:] == [("2026-07-15", "", "mottak", "kartlegging")]
        with som(system("prove")):
            laas(subjekt_id=h.pk)
            kartlagt[h.pk] = date(2026, 9, 2)
            oppdater([h.pk])
        assert dagene(1)[1:] == [
            ("2026-07-15", "2026-09-02", "mottak", "kartlegging"),
            ("2026-09-02", "", "imdi", "finner_kommune"),
        ]
        ta_imot(
            melding("plassering", 1, "2026-10-01", mottak="B"),
            melding("plassering", 2, "2026-10-01", mottak="B"),
        )
        assert dagene(1)[-1] == ("2026-09-02", "", "imdi", "finner_kommune"), "nobody is mapped twice"
    with pytest.raises(KeyError):
        kroker.gi_ventehendelser(lambda ider: {}, ["finnes_ikke"])


def test_only_what_is_different_is_written(land: str) -> None:
    with frys(DAG):
        familie()
        with som(system("prove")):
            for_ = set(Ventetid.objects.values_list("pk", flat=True))
        ta_imot(melding("utflytting", 1, "2026-08-01"))  # changes nothing in the wait
        with som(system("prove")):
            assert set(Ventetid.objects.values_list("pk", flat=True)) == for_
        ta_imot(melding("tilbakekall", 2, "2026-10-20"))
        with som(system("prove")):
            assert len(set(Ventetid.objects.values_list("pk", flat=True)) & for_) == 1, (
                "the first stretch stands"
            )


def test_a_permit_that_will_run_out_is_ahead_and_not_counted(land: str) -> None:
    om_to, etter = i_dag() + timedelta(2), i_dag() + timedelta(5)
    ta_imot(ankomst(1, slag="overforing"))
    tillat(1, "kollektiv", fra=i_dag() - timedelta(10), til=om_to)
    assert [(eier, til) for _fra, til, eier, _grunn in dagene(1)] == [("imdi", str(om_to)), ("udi", "")]
    for dag, ventet in ((i_dag(), 10), (etter, 15)):
        with frys(dag), som_bruker("imdi_radgiver") as aktor:
            vente = selectors_venting.ventedager(aktor, Husholdning.objects.get())
            assert vente.totalt == ventet and sum(s.dager for s in vente.strekk) == ventet
            assert vente.strekk[-1].siste is None


def test_the_wait_ends_with_the_case_and_goes_with_the_members(land: str) -> None:
    with frys(DAG):
        familie()
        ta_imot(
            melding("utgang", 1, "2026-09-01", grunn="utreist"),
            melding("utgang", 2, "2026-09-05", grunn="utreist"),
        )
        assert dagene(1)[-1] == ("2026-07-15", "2026-09-05", "imdi", "finner_kommune")
        assert husholdningen(1).venter_til == date(2026, 9, 5)


@pytest.fixture
def uten_server(land: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """The command uses the test's own database, which is up already."""
    from contextlib import nullcontext  # noqa: PLC0415 - beside its use

    from bosett.config import oppstart  # noqa: PLC0415

    monkeypatch.setattr(oppstart, "server", nullcontext)
    monkeypatch.setattr(oppstart, "django", lambda: None)


def test_the_command_finds_what_is_not_as_the_facts_say_and_mends_it(
    uten_server: None, capsys: pytest.CaptureFixture[str]
) -> None:
    with frys(DAG):
        h = familie()
        riktig = dagene(1)
        assert main(["person", "ventedager", "--kontroller"]) == 0
        assert "Alt stemmer" in capsys.readouterr().out
        with som(system("prove")):
            Ventetid.objects.filter(eier="udi").update(eier="imdi")
            Husholdning.objects.filter(pk=h.pk).update(maal=None)
        assert main(["person", "ventedager", "--kontroller"]) == 1
        assert h.saksnummer in capsys.readouterr().out
        assert main(["person", "ventedager", "--skriv"]) == 0
        assert dagene(1) == riktig and main(["person", "ventedager"]) == 0
        with som(system("prove")):
            Opphold.objects.filter(fra="2026-07-03").update(fra="2026-07-05")  # past the services
        assert main(["person", "ventedager"]) == 1


def test_every_owner_reason_and_event_is_named_in_three_languages_and_says_where_it_is_from() -> None:
    alt = yaml.safe_load((MAPPE / "ventedager.yaml").read_text("utf-8"))
    navn = {"nb", "nn", "en"}
    for del_, kan_ha in (
        ("eiere", set()), ("grunner", {"eier", "kilde", "verifisert", "standard", "bare_retting"}),
        ("hendelser", {"apner", "lukker", "for_godt", "bare_retting"}),
    ):  # fmt: skip
        for kode, felt in alt[del_].items():
            assert navn <= set(felt) <= navn | kan_ha, f"{kode}: a text with a comma wants quotes"
            assert all(felt[spraak] for spraak in navn), kode
    assert {felt["eier"] for felt in alt["grunner"].values()} | {"kommune"} == set(alt["eiere"])
    assert all(felt["kilde"] and felt["verifisert"] in (True, False) for felt in alt["grunner"].values())
    assert set(FARGER) == set(alt["eiere"])
