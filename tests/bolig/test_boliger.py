"""Homes: registered, judged, put right; the area to avoid; who sees them; whose they are day by day."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.db import IntegrityError, transaction
from tests.bolig.hjemmet import IMDI, STEINKJER, VOLDA, bolig, omraade, opplysninger

from aktorer import innlogget, som_bruker
from bosett.aktor.kontekst import som, system
from bosett.bolig import selectors
from bosett.bolig.models import Bolig, Boligperiode, Boomraade, Egnethet
from bosett.bolig.services import boliger, perioder
from bosett.grunn.feil import Avvist, FinnesIkke, Konflikt, Ugyldig
from bosett.grunn.klokke import i_dag
from bosett.spor.models import Hendelse
from samtidig import koder


@pytest.mark.krav("R044")
def test_imdi_sees_a_home_at_once_and_another_municipality_does_not_see_it_at_all(land: str) -> None:
    ny = bolig(adresse="Hemmeliggata 9")
    with som_bruker(IMDI) as aktor:
        assert [b.nummer for b in selectors.boliger(aktor) if b.adresse == "Hemmeliggata 9"] == [ny.nummer]
    with som_bruker(VOLDA) as aktor:
        assert not selectors.boliger(aktor).filter(pk=ny.pk).exists()
        assert not Bolig.objects.filter(pk=ny.pk).exists()  # the database itself says no
        assert not Boligperiode.objects.filter(bolig=ny.pk).exists()
        with pytest.raises(FinnesIkke):
            selectors.bolig(aktor, ny.subjekt.uuid)
    assert "Hemmeliggata" in innlogget(IMDI).get("/boliger/?sok=Hemmeliggata").content.decode()
    assert "Hemmeliggata 9" not in innlogget(VOLDA).get("/boliger/?sok=Hemmeliggata").content.decode()
    assert innlogget(VOLDA).get(f"/boliger/{ny.subjekt.uuid}/").status_code == 404


@pytest.mark.krav("R204")
def test_the_three_kinds_of_ownership_are_disjoint_and_add_up(land: str) -> None:
    for nr, eierform in enumerate(("privat", "kommunal", "fremleie", "fremleie")):
        bolig(eierform=eierform, bruksenhet=f"H010{nr + 1}")
    klient = innlogget()

    def numre(eierform: str) -> set[str]:
        svar = klient.get("/boliger/", {"eierform": eierform, "format": "json"})
        return {rad["nr"] for rad in svar.json()["rader"]}

    alle, delt = numre(""), [numre(e) for e in ("privat", "kommunal", "fremleie")]
    assert all(delt)
    assert set().union(*delt) == alle
    assert sum(len(del_) for del_ in delt) == len(alle)


@pytest.mark.krav("R098")
@pytest.mark.krav_delvis("R210")
@pytest.mark.parametrize(
    ("andel", "levekaar", "varsles"),
    [
        ("31.0", True, True),
        ("30.0", True, False),
        ("29.0", True, False),
        ("31.0", False, False),
        (None, True, False),
    ],
)
def test_an_area_to_avoid_needs_a_reason(land: str, andel: str | None, levekaar: bool, varsles: bool) -> None:
    sted = omraade(andel, levekaar)
    if not varsles:
        assert bolig(omraade=sted).tilstand == "registrert"
        return
    with pytest.raises(Ugyldig) as feil:
        bolig(omraade=sted)
    assert feil.value.kode == "BOLIG-OMRAADE" and feil.value.felt == "omraade_grunn"
    ny = bolig(omraade=sted, omraade_grunn="Ligger ved skolen.")
    side = innlogget(IMDI).get(f"/boliger/{ny.subjekt.uuid}/").content.decode()
    assert "31,0 prosent" in side and "Ligger ved skolen." in side


def test_newer_figures_of_an_area_take_over_and_the_old_are_kept(land: str) -> None:
    gammelt = omraade("29.0")
    nytt = omraade("31.0")
    assert gammelt.subjekt_id == nytt.subjekt_id
    with som_bruker(STEINKJER) as aktor:
        egne = [o for o in selectors.omraader(aktor) if o.navn == "Prøveåsen"]
        assert [str(o.andel) for o in egne] == ["31.0"]
        assert Boomraade.objects.filter(subjekt=nytt.subjekt_id).count() == 2


def test_a_judgement_has_day_name_and_reason_and_is_never_changed(land: str) -> None:
    ny = bolig(egnet=True)
    with som_bruker(STEINKJER) as aktor:
        (ett,) = Egnethet.objects.filter(bolig=ny)
        assert (ett.egnet, ett.dato, ett.navn, ett.begrunnelse) == (
            True,
            i_dag(),
            "Bente Demo",
            "Besøkt og funnet i orden.",
        )
        with pytest.raises(IntegrityError), transaction.atomic():
            Egnethet.objects.filter(pk=ett.pk).update(egnet=False)
        with pytest.raises(Ugyldig) as feil:
            boliger.vurder(aktor=aktor, bolig=ny.subjekt.uuid, egnet=False, begrunnelse=" ")
        assert feil.value.felt == "begrunnelse"
        with pytest.raises(Ugyldig):
            boliger.vurder(
                aktor=aktor,
                bolig=ny.subjekt.uuid,
                egnet=False,
                begrunnelse="Fukt.",
                dato=i_dag() + timedelta(1),
            )
        assert (
            boliger.vurder(aktor=aktor, bolig=ny.subjekt.uuid, egnet=False, begrunnelse="Fukt.").tilstand
            == "uegnet"
        )


def test_others_may_not(land: str) -> None:
    ny = bolig()
    for hvem, feil in (
        (VOLDA, FinnesIkke),
        (IMDI, Avvist),
        ("bosetter_les", Avvist),
        ("bosettingskonsulent", Avvist),
    ):
        with som_bruker(hvem) as aktor, pytest.raises(feil):
            boliger.ta_ut(aktor=aktor, bolig=ny.subjekt.uuid)
    for hvem in ("bosettingskonsulent", "ks_radgiver", "udi_saksbehandler"):
        assert innlogget(hvem).get("/boliger/").status_code == 404


def test_sent_twice_it_is_one_home_and_the_same_unit_is_refused(land: str) -> None:
    nokkel = uuid4()
    with som_bruker(STEINKJER) as aktor:
        forst, igjen = (
            boliger.registrer(aktor=aktor, opplysninger=opplysninger(), nokkel=nokkel) for _ in range(2)
        )
        assert forst.pk == igjen.pk and forst.subjekt.uuid == nokkel
        with pytest.raises(Konflikt) as feil:
            boliger.registrer(aktor=aktor, opplysninger=opplysninger())
        assert feil.value.felt == "bruksenhet"


def test_two_who_change_it_at_once_do_not_write_over_each_other(land: str) -> None:
    ny = bolig()

    def endre(plasser: int) -> object:
        with som_bruker(STEINKJER) as aktor:
            return boliger.endre(
                aktor=aktor, bolig=ny.subjekt.uuid, opplysninger=opplysninger(plasser=plasser), versjon=1
            )

    assert sorted(koder(lambda: endre(2), lambda: endre(3))) == ["BOLIG-ENDRET", "ok"]
    with som(system("prove")):
        assert Bolig.objects.get(pk=ny.pk).versjon == 2
        assert Hendelse.objects.filter(subjekt=ny.pk, handling="bolig.endre").count() == 1


def test_days_give_way_to_what_is_said_later_and_never_overlap(land: str) -> None:
    dag = i_dag()
    ny = bolig(ledig_fra=dag)
    with som_bruker(STEINKJER) as aktor:
        perioder.sett(
            aktor=aktor,
            bolig=ny.subjekt.uuid,
            slag="stengt",
            fra=dag + timedelta(10),
            til=dag + timedelta(20),
        )
        rader = list(Boligperiode.objects.filter(bolig=ny).order_by("fra").values_list("slag", "fra", "til"))
        assert rader == [
            ("ledig", dag, dag + timedelta(10)),
            ("stengt", dag + timedelta(10), dag + timedelta(20)),
            ("ledig", dag + timedelta(20), None),
        ]
        assert selectors.ledige(selectors.boliger(aktor), dag + timedelta(20)).filter(pk=ny.pk).exists()
        assert not selectors.ledige(selectors.boliger(aktor), dag + timedelta(19)).filter(pk=ny.pk).exists()
        with pytest.raises(IntegrityError), transaction.atomic():
            Boligperiode.objects.create(
                bolig=ny, slag="ledig", fra=dag + timedelta(5), til=dag + timedelta(6)
            )


def test_a_home_out_of_use_comes_back_unjudged(land: str) -> None:
    ny = bolig(egnet=True)
    with som_bruker(STEINKJER) as aktor:
        assert boliger.ta_ut(aktor=aktor, bolig=ny.subjekt.uuid).tilstand == "ute"
        with pytest.raises(Konflikt):
            perioder.sett(aktor=aktor, bolig=ny.subjekt.uuid, slag="ledig", fra=i_dag())
        assert not selectors.ledige(selectors.boliger(aktor), i_dag()).filter(pk=ny.pk).exists()
        assert boliger.sett_inn(aktor=aktor, bolig=ny.subjekt.uuid).tilstand == "registrert"


@pytest.mark.krav("R205")
def test_the_form_registers_judges_and_says_when_it_is_free_in_one_go(land: str) -> None:
    klient = innlogget()
    side = klient.get("/boliger/ny/")
    data = {
        "side": str(side.context["skjema"]["side"].value()), "eierform": "privat", "bygg": "enebolig", "slag": "vanlig",
        "adresse": "Prøvegata 7", "postnummer": "7713", "poststed": "Steinkjer", "rom": "5", "soverom": "4", "plasser": "6",
        "funksjoner": ["trinnfri"], "dyr": "ja", "ledig_fra": i_dag().strftime("%d.%m.%Y"), "egnet": "ja",
        "begrunnelse": "Besøkt.", "husleie": "12 500",
    }  # fmt: skip
    svar = klient.post("/boliger/ny/", data)
    assert svar.status_code == 302
    side_ = klient.get(svar["Location"]).content.decode()
    assert "Egnet" in side_ and "Ledig" in side_ and "Prøvegata 7" in side_
    assert klient.post("/boliger/ny/", data)["Location"] == svar["Location"]  # sent twice: one home
    imdi = innlogget(IMDI).get(svar["Location"])
    assert imdi.status_code == 200 and "Trinnfri adkomst" in imdi.content.decode()
    feil = klient.post("/boliger/ny/", data | {"side": str(uuid4()), "begrunnelse": "", "postnummer": "77"})
    assert feil.status_code == 422
    assert "Prøvegata 7" in feil.content.decode()  # nothing typed is lost
