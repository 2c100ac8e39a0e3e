"""In a crisis IMDi asks for places per week (2022: a weekly time plan to August). Indicative, versioned, each its own."""

import csv
import io
from datetime import date, timedelta
from uuid import UUID

import pytest
from django.db import Error, IntegrityError, transaction
from django.test import Client
from django.urls import reverse

from aktorer import innlogget, som_bruker
from bosett.aktor.kontekst import som, system
from bosett.anmodning import services, tidsplan, ukeplaner, utsending
from bosett.anmodning.models import (
    Kommuneanmodning,
    Runde,
    Tidsplan,
    Tidsplankrav,
    Tidsplansvar,
    Ukeplasser,
)
from bosett.grunn.feil import Avvist, FinnesIkke, Konflikt, Ugyldig
from bosett.grunn.klokke import frys, i_dag
from bosett.grunn.uker import mandag, ukekode, uker
from bosett.oppgave import selectors as oppgaver
from bosett.oppgave.models import Oppgave
from bosett.spor.models import Hendelse
from bosett.spor.verifisering import verifiser
from bosett.tilgang.services import del_mange, nytt_subjekt
from runder import behold_bare
from samtidig import koder

STEINKJER, VOLDA, OSLO = "5006", "1577", "0301"
GRUNN = "Mange kommer på kort tid. Vi må vite når dere har plass."
_UKE = timedelta(weeks=1)
_FORSTE = mandag(i_dag()) + 2 * _UKE


@pytest.fixture
def sendt(godkjent: int) -> int:
    """A round whose letters have gone to Steinkjer, Volda and Oslo only."""
    behold_bare(godkjent, [STEINKJER, VOLDA, OSLO])
    with som_bruker("imdi_radgiver") as aktor:
        utsending.send(aktor=aktor, runde_id=godkjent)
    assert utsending.send_alle(aktor=system("prove"), runde_id=godkjent) == []
    return godkjent


def _ukene(antall: int = 4) -> list[date]:
    return uker(_FORSTE, _FORSTE + (antall - 1) * _UKE)


def _be(runde_id: int, **annet: object) -> Tidsplankrav:
    ukene = _ukene()
    valg = {"fra": ukene[0], "til": ukene[-1], "frist": i_dag() + timedelta(days=10), "begrunnelse": GRUNN}
    with som_bruker("imdi_radgiver") as aktor:
        return tidsplan.be_om(aktor=aktor, runde_id=runde_id, **(valg | annet))  # type: ignore[arg-type]


def _anmodning(runde_id: int, nummer: str) -> Kommuneanmodning:
    with som(system("prove")):
        return Kommuneanmodning.objects.select_related("organisasjon", "subjekt").get(
            runde=runde_id, nummer=nummer
        )


def _svar(
    runde_id: int, *tall: int | None, bruker: str = "bosetter_skriv", krav: int = 1, versjon: int = 0
) -> Tidsplansvar:
    nummer = VOLDA if bruker.endswith("volda") else STEINKJER
    anmodning = _anmodning(runde_id, nummer)
    plasser = {uke: antall for uke, antall in zip(_ukene(), tall, strict=False) if antall is not None}
    with som_bruker(bruker) as aktor:
        return tidsplan.svar(aktor=aktor, anmodning=anmodning, krav=krav, versjon=versjon, plasser=plasser)


def _uuid(runde_id: int) -> UUID:
    with som(system("prove")):
        return Runde.objects.get(pk=runde_id).subjekt.uuid


def _rad(svar: object) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(svar.content.decode("utf-8-sig")), delimiter=";"))  # type: ignore[attr-defined]


def test_imdi_asks_three_municipalities_they_answer_and_every_total_agrees(sendt: int) -> None:
    """The whole walk on the pages."""
    uuid, radgiver = _uuid(sendt), innlogget("imdi_radgiver")
    ukene = _ukene()
    skjema = {
        "fra": ukene[0].isoformat(), "til": ukene[-1].isoformat(), "frist": f"{i_dag() + timedelta(days=10):%d.%m.%Y}",
        "begrunnelse": GRUNN, "hvem": "alle",
    }  # fmt: skip
    assert "Be om plasser per uke" in radgiver.get(reverse("anmodning:runde", args=[uuid])).content.decode()
    svar = radgiver.post(reverse("anmodning:be_om_tidsplan", args=[uuid]), skjema)
    assert svar.status_code == 302 and svar["Location"] == reverse("anmodning:tidsplan", args=[uuid])

    bente = innlogget("bosetter_skriv")
    egen = reverse("anmodning:kommunens_tidsplan", args=[_anmodning(sendt, STEINKJER).subjekt.uuid])
    with som_bruker("bosetter_skriv") as aktor:
        oppgave = oppgaver.apne(aktor).get(slag="svar_tidsplan")
        assert (oppgave.sti, oppgave.frist) == (egen, i_dag() + timedelta(days=10))
    hjem = bente.get("/hjem/").content.decode()
    assert "Meld inn plasser per uke" in hjem and egen in hjem
    side = bente.get(reverse("anmodning:egen", args=[_anmodning(sendt, STEINKJER).subjekt.uuid]))
    assert GRUNN in side.content.decode()
    side = bente.get(egen).content.decode()
    assert "Tallene er veiledende." in side and GRUNN in side
    # one number in all weeks, by a link, without saving
    assert bente.get(egen + "?alle=7").content.decode().count('value="7"') == len(ukene) + 1
    with som(system("prove")):
        assert not Tidsplansvar.objects.exists()
    felt = {f"uke_{ukekode(uke)}": tall for uke, tall in zip(ukene, ("7", "0", "12", ""), strict=True)}
    svar = bente.post(egen, felt | {"krav": "1", "versjon": "0"}, follow=True)
    assert "1 uke mangler tall" in svar.content.decode()
    assert "Bente Demo" in svar.content.decode()

    oversikt = reverse("anmodning:tidsplan", args=[uuid])
    side = radgiver.get(oversikt).content.decode()
    assert "0 av 3 kommuner har svart for alle ukene. 1 kommune har svart for noen av dem." in side
    assert "Ikke svart" in side and "Noen uker mangler" in side
    assert [(rad["Uke"], rad["Plasser"], rad["Kommuner som har svart"]) for rad in _rad(radgiver.get(oversikt + "?uke-format=csv"))] == [
        (ukekode(ukene[0]), "7", "1"), (ukekode(ukene[1]), "0", "1"), (ukekode(ukene[2]), "12", "1"), (ukekode(ukene[3]), "", "0"),
    ]  # fmt: skip
    kommuner = _rad(radgiver.get(oversikt + "?format=csv"))
    assert [rad["Kommune"] for rad in kommuner] == ["Oslo", "Steinkjer", "Volda"]
    assert [kommuner[1][ukekode(uke)] for uke in ukene] == ["7", "0", "12", ""]
    assert kommuner[1]["Plasser"] == "19" and kommuner[0]["Plasser"] == ""
    assert radgiver.get(oversikt + "?format=xlsx").content[:2] == b"PK"
    ikke = _rad(radgiver.get(oversikt + "?hvem=ikke&format=csv"))
    assert [rad["Nummer"] for rad in ikke] == [OSLO, VOLDA]
    runden = radgiver.get(reverse("anmodning:runde", args=[uuid])).content.decode()
    assert "Plasser meldt inn i alt: 19." in runden
    assert "IMDi ba om en tidsplan med plasser per uke" in runden
    with som(system("prove")):
        assert verifiser().feil == []


def test_the_task_is_done_when_every_week_has_a_number_and_comes_back_when_one_is_emptied(sendt: int) -> None:
    _be(sendt)
    _svar(sendt, 5, 5, 5)
    with som_bruker("bosetter_skriv") as aktor:
        assert oppgaver.apne(aktor).filter(slag="svar_tidsplan").exists()
    _svar(sendt, 5, 5, 5, 0, versjon=1)
    with som_bruker("bosetter_skriv") as aktor:
        assert not oppgaver.apne(aktor).filter(slag="svar_tidsplan").exists()
    _svar(sendt, 5, 5, 5, versjon=2)
    steinkjer = _anmodning(sendt, STEINKJER)
    with som_bruker("bosetter_skriv") as aktor:
        assert oppgaver.apne(aktor).filter(slag="svar_tidsplan").exists()
        egen = ukeplaner.egne(aktor, steinkjer)[0]
        assert (egen.stand, egen.i_alt, egen.versjon) == ("delvis", 15, 3)
        versjoner = [(v.nr, v.lagret_av.navn, v.uker.count()) for v in ukeplaner.versjoner(egen)]
        assert versjoner == [(3, "Bente Demo", 3), (2, "Bente Demo", 4), (1, "Bente Demo", 3)]


def test_asking_the_same_again_makes_nothing_new_and_the_same_numbers_no_version(sendt: int) -> None:
    assert koder(*[lambda: _be(sendt)] * 3) == ["ok"] * 3  # the button pressed three times
    forste = _be(sendt)
    _svar(sendt, 3, 3, 3, 3)
    assert _be(sendt).pk == forste.pk  # also after an answer: it is the same ask
    assert _svar(sendt, 3, 3, 3, 3).nr == 1  # the button pressed twice, with the version the page had
    with som(system("prove")):
        assert (Tidsplankrav.objects.count(), Tidsplan.objects.count(), Tidsplansvar.objects.count()) == (
            1,
            3,
            1,
        )
        assert Oppgave.objects.filter(slag="svar_tidsplan").count() == 3
        assert Oppgave.objects.filter(slag="svar_tidsplan", ferdig=None).count() == 2
        assert Hendelse.objects.filter(handling="anmodning.be_om_tidsplan").count() == 4
        assert Hendelse.objects.filter(handling="anmodning.svar_tidsplan").count() == 1


def test_a_newer_ask_replaces_the_open_one_for_those_it_asks_and_the_old_is_kept(sendt: int) -> None:
    _be(sendt)
    _svar(sendt, 1, 2, 3, 4)
    _svar(sendt, 9, 9, 9, 9, bruker="bosetter_skriv.volda")
    ny = _be(sendt, til=_ukene()[1], numre=[STEINKJER], begrunnelse="Bare de to første ukene nå.")
    assert ny.nr == 2
    with som(system("prove")):
        apne = dict(
            Tidsplan.objects.filter(erstattet=None)
            .values_list("anmodning__nummer", "krav__nr")
            .order_by("pk")
        )
        assert apne == {STEINKJER: 2, VOLDA: 1, OSLO: 1}
        assert Ukeplasser.objects.filter(svar__tidsplan__anmodning__nummer=STEINKJER).count() == 4
    uuid = _uuid(sendt)
    with som_bruker("imdi_radgiver") as aktor:
        runde = ukeplaner.runde_med_tidsplan(aktor, uuid)
        planer = ukeplaner.planer(aktor, runde)
        summer = ukeplaner.per_uke(planer)
        assert [(rad.plasser, rad.svart, rad.spurt) for rad in summer] == [(9, 1, 3), (9, 1, 3), (9, 1, 2), (9, 1, 2)]  # fmt: skip
        assert ukeplaner.samlet(planer).plasser == sum(rad.plasser or 0 for rad in summer) == 36
        assert [(krav.nr, krav.kommuner, krav.apne) for krav in ukeplaner.krav(aktor, runde)] == [(2, 1, 1), (1, 3, 2)]  # fmt: skip
    with som_bruker(
        "bosetter_skriv"
    ) as aktor:  # a new task, and what was said last time is suggested, not saved
        assert oppgaver.apne(aktor).get(slag="svar_tidsplan").frist == i_dag() + timedelta(days=10)
    egen = reverse("anmodning:kommunens_tidsplan", args=[_anmodning(sendt, STEINKJER).subjekt.uuid])
    side = innlogget("bosetter_skriv").get(egen).content.decode()
    assert "Tallene dere meldte inn sist, er satt inn." in side and "Dere meldte inn 10 plasser i alt" in side
    with pytest.raises(Konflikt, match="ny tidsplan"):
        _svar(sendt, 5, 5, 5, 5, krav=1, versjon=1)
    assert _svar(sendt, 5, 5, krav=2).nr == 1


def test_an_ask_in_an_adjusted_request_replaces_the_one_in_the_request_it_adjusts(sendt: int) -> None:
    _be(sendt)
    with som(system("prove")):
        ny, egen = Runde.objects.get(pk=sendt), _anmodning(sendt, STEINKJER)
        ny.subjekt, ny.nr, ny.erstatter_id = nytt_subjekt(slag="runde"), 2, sendt
        ny.save(force_insert=True)
        egen.subjekt, egen.runde = nytt_subjekt(slag="anmodning"), ny
        egen.save(force_insert=True)
        del_mange(delinger=[(egen.pk, egen.organisasjon)], grad="full", hvorfor="prøve")
    _be(ny.pk)
    with som_bruker("bosetter_skriv") as aktor:
        assert oppgaver.apne(aktor).get(slag="svar_tidsplan").subjekt_id == egen.pk
    with pytest.raises(Konflikt, match="ny tidsplan"):
        _svar(sendt, 1, 1, 1, 1)
    with som_bruker("imdi_radgiver") as aktor:
        for runde_id, numre in ((sendt, [OSLO, VOLDA]), (ny.pk, [STEINKJER])):
            planer = ukeplaner.planer(aktor, Runde.objects.get(pk=runde_id))
            assert [plan.anmodning.nummer for plan in planer] == numre


def test_an_answer_after_the_time_limit_is_taken_and_marked_and_a_later_change_is_not_late(
    sendt: int,
) -> None:
    krav = _be(sendt)
    _svar(sendt, 4, 4, 4, 4)
    with frys(krav.frist + timedelta(days=1)):
        _svar(sendt, 2, 2, 2, 2, bruker="bosetter_skriv.volda")
        _svar(sendt, 6, 6, 6, 6, versjon=1)
    with som_bruker("imdi_radgiver") as aktor:
        planer = ukeplaner.planer(aktor, Runde.objects.get(pk=sendt))
        assert {plan.anmodning.nummer: (plan.sen, plan.i_alt) for plan in planer} == {
            OSLO: (False, None),
            STEINKJER: (False, 24),
            VOLDA: (True, 8),
        }
    radgiver = innlogget("imdi_radgiver")
    sene = _rad(radgiver.get(reverse("anmodning:tidsplan", args=[_uuid(sendt)]) + "?hvem=sen&format=csv"))
    assert [(rad["Kommune"], rad["Status"]) for rad in sene] == [("Volda", "Svart (etter fristen)")]


def test_two_who_save_at_once_do_not_overwrite_each_other(sendt: int) -> None:
    _be(sendt)
    _svar(sendt, 1, 1, 1, 1)
    utfall = koder(*(lambda n=n: _svar(sendt, n, n, n, n, versjon=1) for n in (2, 3, 4)))  # type: ignore[misc]
    assert sorted(utfall) == ["TIDSPLAN-VERSJON", "TIDSPLAN-VERSJON", "ok"]
    with som(system("prove")):
        assert list(Tidsplansvar.objects.order_by("nr").values_list("nr", flat=True)) == [1, 2]


def test_a_conflict_keeps_what_was_typed_and_shows_what_is_saved(sendt: int) -> None:
    _be(sendt)
    egen = reverse("anmodning:kommunens_tidsplan", args=[_anmodning(sendt, STEINKJER).subjekt.uuid])
    klient, felt = innlogget("bosetter_skriv"), [f"uke_{ukekode(uke)}" for uke in _ukene()]
    _svar(sendt, 1, 2, 3, 4)  # a colleague, after this page was opened
    skrevet = dict(zip(felt, ("11", "12", "3", ""), strict=True))
    svar = klient.post(egen, skrevet | {"krav": "1", "versjon": "0"})
    side = svar.content.decode()
    assert svar.status_code == 422 and "En annen hos dere lagret tall mens du skrev." in side
    assert all(f'value="{tall}"' in side for tall in ("11", "12", "3"))
    assert [tall for tall in (1, 2, 3, 4) if f"Lagret nå: {tall}" in side] == [1, 2, 4]  # 3 is the same
    assert 'name="versjon" value="1"' in side
    with som(system("prove")):
        assert Tidsplansvar.objects.count() == 1
    assert klient.post(egen, skrevet | {"krav": "1", "versjon": "1"}).status_code == 302  # knowingly
    with som(system("prove")):
        assert sorted(Ukeplasser.objects.filter(svar__nr=2).values_list("plasser", flat=True)) == [3, 11, 12]
    # wrong numbers are refused and kept too
    svar = klient.post(egen, dict.fromkeys(felt, "-3") | {"krav": "1", "versjon": "2"})
    assert svar.status_code == 422 and svar.content.decode().count('value="-3"') == 4
    svar = klient.post(egen, dict.fromkeys(felt, "") | {"krav": "1", "versjon": "2"})
    assert svar.status_code == 422 and "minst én uke" in svar.content.decode()
    svar = klient.get(egen + "?alle=-1")
    assert svar.status_code == 422


def test_each_municipality_sees_and_writes_its_own_only_and_the_database_itself_refuses(sendt: int) -> None:
    _be(sendt)
    _svar(sendt, 1, 2, 3, 4)
    steinkjer, volda = _anmodning(sendt, STEINKJER), _anmodning(sendt, VOLDA)
    with som_bruker("bosetter_skriv.volda") as aktor:
        assert {plan.anmodning_id for plan in Tidsplan.objects.all()} == {volda.pk}
        assert not Tidsplansvar.objects.exists() and not Ukeplasser.objects.exists()
        assert Tidsplankrav.objects.count() == 1
        with pytest.raises(Avvist):
            tidsplan.svar(aktor=aktor, anmodning=steinkjer, krav=1, versjon=1, plasser={_ukene()[0]: 1})
    for bruker in ("bosetter_les", "kommune_admin"):  # they see it, and can't save
        with som_bruker(bruker) as aktor:
            assert ukeplaner.egne(aktor, steinkjer)[0].i_alt == 10
            with pytest.raises(Avvist):
                tidsplan.svar(aktor=aktor, anmodning=steinkjer, krav=1, versjon=1, plasser={_ukene()[0]: 1})
    with som(system("prove")):
        egen, svaret = Tidsplan.objects.get(anmodning=steinkjer), Tidsplansvar.objects.get()
    for bruker in ("imdi_radgiver", "ks_radgiver", "fylke_radgiver", "bosetter_skriv.volda"):
        with som_bruker(bruker):  # nobody fills in for a municipality
            assert Ukeplasser.objects.update(plasser=99) == 0
            with pytest.raises(Error, match="row-level security"), transaction.atomic():
                Tidsplansvar.objects.create(tidsplan=egen, nr=9)
            with pytest.raises(Error, match="row-level security"), transaction.atomic():
                Ukeplasser.objects.create(svar=svaret, uke=_ukene()[0] + 8 * _UKE, plasser=9)
    with som_bruker("bosetter_skriv"):  # and a municipality doesn't ask itself, or end what it is asked
        assert Tidsplan.objects.update(erstattet=None) == 0
        assert Tidsplankrav.objects.update(frist=i_dag()) == 0
    klient = innlogget("bosetter_skriv.volda")
    fremmed = klient.get(reverse("anmodning:kommunens_tidsplan", args=[steinkjer.subjekt.uuid]))
    assert fremmed.status_code == 404
    assert klient.get(reverse("anmodning:tidsplan", args=[_uuid(sendt)])).status_code == 404
    leser = innlogget("bosetter_les").get(
        reverse("anmodning:kommunens_tidsplan", args=[steinkjer.subjekt.uuid])
    )
    assert (
        leser.status_code == 200
        and '<form method="post" action' not in leser.content.decode().split("<main")[1]
    )
    assert Client().get(reverse("anmodning:tidsplan", args=[_uuid(sendt)])).status_code == 302


def test_who_was_not_asked_does_not_see_the_ask_and_other_roles_may_not_ask(sendt: int) -> None:
    _be(sendt, numre=[VOLDA])
    uuid, steinkjer = _uuid(sendt), _anmodning(sendt, STEINKJER)
    with som_bruker("bosetter_skriv") as aktor:
        assert not Tidsplankrav.objects.exists()
        assert ukeplaner.egne(aktor, steinkjer) == []
    egen = reverse("anmodning:kommunens_tidsplan", args=[steinkjer.subjekt.uuid])
    assert innlogget("bosetter_skriv").get(egen).status_code == 404
    assert innlogget("bosetter_skriv").post(egen, {}).status_code == 404
    with som_bruker("fylke_radgiver") as aktor, pytest.raises(FinnesIkke):  # Volda is in another county
        ukeplaner.runde_med_tidsplan(aktor, uuid)
    for bruker in ("imdi_godkjenner", "imdi_leder", "ks_radgiver", "fylke_radgiver", "bosetter_skriv"):
        with som_bruker(bruker) as aktor, pytest.raises(Avvist):
            tidsplan.be_om(
                aktor=aktor, runde_id=sendt, fra=_ukene()[0], til=_ukene()[0], frist=_ukene()[0], begrunnelse=GRUNN
            )  # fmt: skip


def test_ks_sees_the_totals_and_a_county_those_of_its_own(sendt: int) -> None:
    _be(sendt)
    _svar(sendt, 1, 2, 3, 4)
    _svar(sendt, 10, 10, 10, 10, bruker="bosetter_skriv.volda")
    adresse = reverse("anmodning:tidsplan", args=[_uuid(sendt)])
    for bruker, plasser, spurt in (
        ("imdi_leder", ["11", "12", "13", "14"], "3"),
        ("ks_radgiver", ["11", "12", "13", "14"], "3"),
        ("fylke_radgiver", ["1", "2", "3", "4"], "1"),
    ):
        klient = innlogget(bruker)
        rader = _rad(klient.get(adresse + "?uke-format=csv"))
        assert [rad["Plasser"] for rad in rader] == plasser
        assert {rad["Kommuner som er spurt"] for rad in rader} == {spurt}
        side = klient.get(adresse).content.decode()
        assert ("Steinkjer" in side.split("<main")[1]) == (bruker == "imdi_leder")
    samraad = innlogget("ks_radgiver").get(reverse("anmodning:samraad", args=[_uuid(sendt)]))
    assert adresse in samraad.content.decode()


def test_what_imdi_must_say_to_ask(sendt: int) -> None:
    ukene = _ukene()
    for galt, kode in (
        ({"begrunnelse": " "}, "TIDSPLAN-GRUNN"),
        ({"frist": i_dag()}, "TIDSPLAN-FRIST"),
        ({"fra": i_dag() - _UKE}, "TIDSPLAN-FORTID"),
        ({"til": ukene[0] - _UKE}, "TIDSPLAN-UKER"),
        ({"til": ukene[0] + 52 * _UKE}, "TIDSPLAN-UKER"),
        ({"numre": ["1103"]}, "TIDSPLAN-KOMMUNER"),
        ({"numre": []}, "TIDSPLAN-KOMMUNER"),
    ):
        with pytest.raises(Ugyldig) as feil:
            _be(sendt, **galt)
        assert feil.value.kode == kode, galt
    assert len(_be(sendt, fra=i_dag(), til=i_dag() + 51 * _UKE).uker) == 52
    steinkjer = _anmodning(sendt, STEINKJER)
    with som_bruker("bosetter_skriv") as aktor, pytest.raises(Ugyldig, match="ikke har spurt om"):
        tidsplan.svar(
            aktor=aktor, anmodning=steinkjer, krav=1, versjon=0,
            plasser={i_dag() + 60 * _UKE: 1},
        )  # fmt: skip
    with som(system("prove")):
        runde = Runde.objects.get(pk=sendt)
        for navn, feil_ in (
            ("tidsplankrav_begynner_paa_mandager", {"fra": ukene[0] + timedelta(days=1)}),
            ("tidsplankrav_hoyst_et_aar", {"til": ukene[0] + 52 * _UKE}),
            ("tidsplankrav_har_begrunnelse", {"begrunnelse": ""}),
            ("tidsplankrav_ett_nummer", {"nr": 1}),
        ):
            rad = {"nr": 7, "fra": ukene[0], "til": ukene[1], "frist": ukene[0], "begrunnelse": GRUNN}
            with pytest.raises(IntegrityError, match=navn), transaction.atomic():
                Tidsplankrav.objects.create(runde=runde, **(rad | feil_))


def test_the_form_asks_a_county_or_some_municipalities_by_name(sendt: int) -> None:
    radgiver, adresse = innlogget("imdi_radgiver"), reverse("anmodning:be_om_tidsplan", args=[_uuid(sendt)])
    felles = {
        "fra": _ukene()[0].isoformat(), "til": _ukene()[1].isoformat(), "frist": f"{i_dag() + _UKE:%d.%m.%Y}", "begrunnelse": GRUNN,
    }  # fmt: skip
    assert radgiver.post(adresse, felles | {"hvem": "fylke", "fylke": "Trøndelag"}).status_code == 302
    assert radgiver.post(adresse, felles | {"hvem": "kommuner", "kommuner": "volda\n0301"}).status_code == 302
    with som(system("prove")):
        assert [set(krav.tidsplaner.values_list("anmodning__nummer", flat=True)) for krav in Tidsplankrav.objects.order_by("nr")] == [
            {STEINKJER}, {VOLDA, OSLO},
        ]  # fmt: skip
    for galt, melding in (
        ({"hvem": "fylke"}, "Velg et fylke."),
        ({"hvem": "kommuner"}, "Skriv hvilke kommuner som skal svare."),
        ({"hvem": "kommuner", "kommuner": "Stavanger"}, "Vi kjenner ingen kommune som heter «Stavanger»."),
        ({"hvem": "alle", "frist": f"{i_dag():%d.%m.%Y}"}, "Fristen er ikke fram i tid."),
    ):
        svar = radgiver.post(adresse, felles | galt)
        assert svar.status_code == 422 and melding in svar.content.decode(), galt


@pytest.mark.parametrize("tilstand", ["godkjent", "lukket"])
def test_only_a_round_that_has_been_sent_and_is_not_closed(sendt: int, tilstand: str) -> None:
    _be(sendt)
    if tilstand == "lukket":
        with som_bruker("imdi_radgiver") as aktor:
            services.lukk(aktor=aktor, runde_id=sendt)
        with som_bruker("bosetter_skriv") as aktor:
            assert not oppgaver.apne(aktor).filter(slag="svar_tidsplan").exists()
        with pytest.raises(Konflikt, match="Runden er lukket"):
            _svar(sendt, 1)
        egen = reverse("anmodning:kommunens_tidsplan", args=[_anmodning(sendt, STEINKJER).subjekt.uuid])
        assert 'name="versjon"' not in innlogget("bosetter_skriv").get(egen).content.decode()
    else:
        with som(system("prove")):
            Runde.objects.filter(pk=sendt).update(tilstand=tilstand)
    with pytest.raises(Konflikt):
        _be(sendt, begrunnelse="En gang til")
