"""The dialogue before approval: KS sees all and speaks, a county sees its own and recommends, IMDi adjusts with a reason."""

from datetime import timedelta
from uuid import UUID

import pytest
from django.db import IntegrityError, transaction
from django.urls import reverse

from aktorer import innlogget, som_bruker
from bosett.aktor.kontekst import som, system
from bosett.aktor.models import Organisasjon
from bosett.anmodning import samraad, selectors, services
from bosett.anmodning.models import (
    Anmodningstall,
    Innspill,
    Justering,
    Kommuneanmodning,
    Revisjon,
    Runde,
    Samraad,
)
from bosett.grunn.feil import Avvist, FinnesIkke, Konflikt, Ugyldig
from bosett.grunn.klokke import i_dag
from bosett.oppgave import selectors as oppgaver
from runder import lag_beregnet_runde

TRONDELAG, VESTLAND = "5006", "4601"


class Nr(int):
    """A round's id that knows its public identifier too."""

    uuid: UUID


def _nr(runde_id: int) -> Nr:
    nr = Nr(runde_id)
    with som(system("prove")):
        nr.uuid = Runde.objects.get(pk=nr).subjekt.uuid
    return nr


@pytest.fixture
def apen(i_samraad: int) -> Nr:
    return _nr(i_samraad)


def _tall(runde_id: int, nummer: str) -> int:
    with som(system("prove")):
        gjeldende = Runde.objects.get(pk=runde_id).gjeldende
        return Anmodningstall.objects.get(revisjon=gjeldende, anmodning__nummer=nummer).antall


@pytest.mark.krav("R131")
@pytest.mark.usefixtures("land")
def test_a_round_is_not_approved_before_ks_and_the_counties_had_access_and_what_they_said_is_kept() -> None:
    runde_id = _nr(lag_beregnet_runde())
    with (
        pytest.raises(Konflikt, match="kan du ikke legge tallene fram"),
        som_bruker("imdi_radgiver") as aktor,
    ):
        services.legg_fram(aktor=aktor, runde_id=runde_id)
    with pytest.raises(FinnesIkke), som_bruker("ks_radgiver") as aktor:
        selectors.samraad(aktor, runde_id.uuid)
    with pytest.raises(Ugyldig, match="ikke fram i tid"), som_bruker("imdi_radgiver") as aktor:
        samraad.apne(aktor=aktor, runde_id=runde_id, frist=i_dag())
    with som_bruker("imdi_radgiver") as aktor:
        samraad.apne(aktor=aktor, runde_id=runde_id, frist=i_dag() + timedelta(days=7))
    for bruker in ("ks_radgiver", "fylke_radgiver"):
        with som_bruker(bruker) as aktor:
            assert oppgaver.apne(aktor).get().slag == "uttal_samraad"
            assert aktor and selectors.samraadstall(aktor, selectors.samraad(aktor, runde_id.uuid)).exists()
    # Nobody is hurried past without a reason that is kept
    with pytest.raises(Ugyldig, match="har ikke uttalt seg"), som_bruker("imdi_radgiver") as aktor:
        services.legg_fram(aktor=aktor, runde_id=runde_id)
    with som_bruker("ks_radgiver") as aktor:
        samraad.uttal(aktor=aktor, runde_id=runde_id, tekst="Vi støtter fordelingen.")
        assert not oppgaver.apne(aktor).exists()
    with som_bruker("imdi_radgiver") as aktor:
        services.legg_fram(aktor=aktor, runde_id=runde_id, begrunnelse="Mange kommer denne uka.")
    side = innlogget("imdi_godkjenner").get(reverse("anmodning:runde", args=[runde_id.uuid])).content.decode()
    assert "15 parter hadde ikke uttalt seg. Grunn:" in side and "Mange kommer denne uka." in side
    with som_bruker("fylke_radgiver") as aktor:  # nobody is asked any more
        assert not oppgaver.apne(aktor).exists()
    with som_bruker("imdi_godkjenner") as aktor:
        services.godkjenn(aktor=aktor, runde_id=runde_id, revisjon=1)
        denne = selectors.samraad(aktor, runde_id.uuid)
        assert denne.begrunnelse == "Mange kommer denne uka."
        assert denne.parter.filter(uttalt=None).count() == 15
        assert [i.tekst for i in selectors.innspill(aktor, denne)] == ["Vi støtter fordelingen."]


def test_when_all_have_spoken_or_the_time_is_out_no_reason_is_needed(apen: Nr) -> None:
    with som(system("prove")):
        Samraad.objects.update(frist=i_dag() - timedelta(days=1))
    with pytest.raises(Konflikt, match="avsluttet"), som_bruker("ks_radgiver") as aktor:
        samraad.uttal(aktor=aktor, runde_id=apen, tekst="For sent")
    with som_bruker("imdi_radgiver") as aktor:
        assert services.legg_fram(aktor=aktor, runde_id=apen).tilstand == "til_godkjenning"


@pytest.mark.krav_delvis("R016")  # the row's decision copy comes with the council's decision
def test_ks_comments_on_a_number_and_cannot_edit_it(apen: Nr) -> None:
    for_ = _tall(apen, TRONDELAG)
    svar = innlogget("ks_radgiver").post(
        reverse("anmodning:samraad_kommune", args=[apen.uuid, TRONDELAG]),
        {"tekst": "Kommunen mangler boliger.", "antall": for_ - 1},
    )
    assert svar.status_code == 302
    assert _tall(apen, TRONDELAG) == for_
    with som_bruker("ks_radgiver") as aktor:
        ett = selectors.ett_samraadstall(aktor, selectors.samraad(aktor, apen.uuid), TRONDELAG)
        assert (ett.antall, ett.tilraadd) == (for_, for_ - 1)
    with pytest.raises(Avvist), som_bruker("ks_radgiver") as aktor:
        samraad.juster(
            aktor=aktor,
            runde_id=apen,
            nummer=TRONDELAG,
            antall=1,
            omfang="fylke",
            begrunnelse="x",
            etter="KS",
        )
    with som_bruker("ks_radgiver"), transaction.atomic():
        assert Anmodningstall.objects.update(antall=1) == 0  # the database itself refuses


def test_a_county_sees_and_recommends_for_its_own_only(apen: Nr) -> None:
    with som_bruker("fylke_radgiver") as aktor:
        denne = selectors.samraad(aktor, apen.uuid)
        fylker = {rad.anmodning.fylke for rad in selectors.samraadstall(aktor, denne)}
        assert fylker == {"Trøndelag"}
        assert set(Kommuneanmodning.objects.values_list("fylke", flat=True)) == {"Trøndelag"}
        samraad.uttal(aktor=aktor, runde_id=apen, nummer=TRONDELAG, antall=12, tekst="Ledige skoleplasser.")
    with pytest.raises(FinnesIkke), som_bruker("fylke_radgiver") as aktor:
        samraad.uttal(aktor=aktor, runde_id=apen, nummer=VESTLAND, antall=12, tekst="Ikke vårt fylke.")
    klient = innlogget("fylke_radgiver")
    fremmed = klient.get(reverse("anmodning:samraad_kommune", args=[apen.uuid, VESTLAND]))
    ukjent = klient.get(reverse("anmodning:samraad_kommune", args=[apen.uuid, "9999"]))
    assert fremmed.status_code == ukjent.status_code == 404
    with som_bruker("ks_radgiver"):  # what a county said is between it and IMDi
        assert not Innspill.objects.exists()


def test_what_is_said_needs_words(apen: Nr) -> None:
    with pytest.raises(Ugyldig, match="Teksten mangler"), som_bruker("ks_radgiver") as aktor:
        samraad.uttal(aktor=aktor, runde_id=apen, tekst="  ")
    svar = innlogget("ks_radgiver").post(reverse("anmodning:samraad", args=[apen.uuid]), {"tekst": ""})
    assert svar.status_code == 422


def test_an_adjustment_moves_places_inside_the_county_and_keeps_both_versions(apen: Nr) -> None:
    for_ = _tall(apen, TRONDELAG)
    with som_bruker("imdi_radgiver") as aktor:
        revisjon = samraad.juster(
            aktor=aktor, runde_id=apen, nummer=TRONDELAG, antall=for_ + 5, omfang="fylke",
            begrunnelse="Nytt bygg står klart.", etter="Trøndelag fylkeskommune",
        )  # fmt: skip
        assert revisjon.nr == 2
        denne = selectors.samraad(aktor, apen.uuid)
        endret = selectors.samraadstall(aktor, denne).exclude(endring=0)
        assert {rad.anmodning.fylke for rad in endret} == {"Trøndelag"}
        assert sum(rad.endring for rad in endret) == 0
        assert endret.get(anmodning__nummer=TRONDELAG).begrunnelse == "Nytt bygg står klart."
        justering = selectors.justeringer(aktor, denne).get()
        assert (justering.etter, justering.gjort_av_id) == ("Trøndelag fylkeskommune", aktor.bruker_id)
        for nr, antall in ((1, for_), (2, for_ + 5)):
            tall = Anmodningstall.objects.get(
                revisjon__runde=apen, revisjon__nr=nr, anmodning__nummer=TRONDELAG
            )
            assert tall.antall == antall
        assert Runde.objects.get(pk=apen).gjeldende.kontroll["sum_antall"] == 5500
    # KS and the county get the same list of differences, each what it may see
    for bruker in ("ks_radgiver", "fylke_radgiver"):
        fil = innlogget(bruker).get(
            reverse("anmodning:samraad", args=[apen.uuid]) + "?hvem=endret&format=csv"
        )
        assert fil["Content-Type"].startswith("text/csv")
        assert "Nytt bygg står klart." in fil.content.decode("utf-8-sig")
    with som_bruker("imdi_radgiver") as aktor:
        samraad.trekk_justering(aktor=aktor, runde_id=apen, nummer=TRONDELAG)
    assert _tall(apen, TRONDELAG) == for_
    with pytest.raises(Konflikt, match="er ikke justert"), som_bruker("imdi_radgiver") as aktor:
        samraad.trekk_justering(aktor=aktor, runde_id=apen, nummer=TRONDELAG)
    with som(system("prove")):
        assert Justering.objects.exclude(trukket=None).count() == 1


def test_an_adjustment_can_divide_the_rest_of_the_country_again(apen: Nr) -> None:
    with som_bruker("imdi_radgiver") as aktor:
        samraad.juster(
            aktor=aktor,
            runde_id=apen,
            nummer="0301",
            antall=100,
            omfang="land",
            begrunnelse="Boligmangel",
            etter="KS",
        )
        denne = selectors.samraad(aktor, apen.uuid)
        endret = list(selectors.samraadstall(aktor, denne).exclude(endring=0))
        assert len({rad.anmodning.fylke for rad in endret}) > 5
        assert sum(rad.endring for rad in endret) == 0


@pytest.mark.krav("R096")
def test_a_number_under_ten_without_a_reason_is_refused_and_with_one_accepted_and_logged(apen: Nr) -> None:
    with pytest.raises(Ugyldig, match="færre enn 10 personer"), som_bruker("imdi_radgiver") as aktor:
        samraad.juster(
            aktor=aktor,
            runde_id=apen,
            nummer=TRONDELAG,
            antall=9,
            omfang="fylke",
            begrunnelse=" ",
            etter="IMDi",
        )
    with som_bruker("imdi_radgiver") as aktor:
        samraad.juster(
            aktor=aktor, runde_id=apen, nummer=TRONDELAG, antall=9, omfang="fylke",
            begrunnelse="Skolen er stengt etter flommen.", etter="IMDi",
        )  # fmt: skip
        denne = selectors.samraad(aktor, apen.uuid)
        assert selectors.justeringer(aktor, denne).get().begrunnelse == "Skolen er stengt etter flommen."
        logg = list(selectors.runde(aktor, apen.uuid).revisjoner.values_list("nr", flat=True))
        assert sorted(logg) == [1, 2]
    assert _tall(apen, TRONDELAG) == 9
    side = innlogget("imdi_radgiver").get(reverse("anmodning:runde", args=[apen.uuid]))
    assert "Tallet ble justert etter samråd" in side.content.decode()


def test_who_is_alone_in_the_county_can_only_be_changed_with_the_country(apen: Nr) -> None:
    with pytest.raises(Ugyldig, match="alene i fylket"), som_bruker("imdi_radgiver") as aktor:
        samraad.juster(
            aktor=aktor, runde_id=apen, nummer="0301", antall=100, omfang="fylke", begrunnelse="x", etter="KS"
        )
    side = innlogget("imdi_radgiver").get(reverse("anmodning:samraad_kommune", args=[apen.uuid, "0301"]))
    assert "De andre kommunene i fylket" not in side.content.decode()


def test_what_cannot_be_given_is_refused_and_nothing_is_changed(apen: Nr) -> None:
    with pytest.raises(Konflikt), som_bruker("imdi_radgiver") as aktor:
        samraad.juster(
            aktor=aktor,
            runde_id=apen,
            nummer=TRONDELAG,
            antall=5500,
            omfang="fylke",
            begrunnelse="x",
            etter="KS",
        )
    with som(system("prove")):
        assert not Justering.objects.exists()
        assert Runde.objects.get(pk=apen).gjeldende.nr == 1


def test_new_numbers_must_be_shown_again_and_are_nobodys_until_then(apen: Nr) -> None:
    with som_bruker("imdi_radgiver") as aktor:
        services.beregn(aktor=aktor, runde_id=apen)
        assert Runde.objects.get(pk=apen).tilstand == "beregnet"
    with som_bruker("ks_radgiver") as aktor:
        assert not oppgaver.apne(aktor).exists()
        assert set(Anmodningstall.objects.values_list("revisjon__nr", flat=True)) == {
            1
        }  # the database holds it
        sett = selectors.samraadstall(aktor, selectors.samraad(aktor, apen.uuid))
        assert {rad.revisjon_id for rad in sett} == set(
            Revisjon.objects.filter(nr=1).values_list("pk", flat=True)
        )
    with pytest.raises(Konflikt, match="avsluttet"), som_bruker("ks_radgiver") as aktor:
        samraad.uttal(aktor=aktor, runde_id=apen, tekst="For sent")
    with som_bruker("imdi_radgiver") as aktor:
        samraad.apne(aktor=aktor, runde_id=apen, frist=i_dag() + timedelta(days=7))
        assert Samraad.objects.filter(avsluttet=None).count() == 1


def test_the_database_keeps_one_dialogue_and_one_adjustment(apen: Nr) -> None:
    with som(system("prove")):
        runde = Runde.objects.get(pk=apen)
        with pytest.raises(IntegrityError, match="samraad_ett_om_gangen"), transaction.atomic():
            Samraad.objects.create(runde=runde, revisjon=runde.gjeldende, frist=i_dag())
        anmodning = Kommuneanmodning.objects.filter(runde=runde).first()
        with pytest.raises(IntegrityError, match="justering_har_begrunnelse"), transaction.atomic():
            Justering.objects.create(
                anmodning=anmodning, antall=10, omfang="land", begrunnelse="", etter="KS"
            )
        assert Organisasjon.objects.filter(slag="fylkeskommune").count() == 15
