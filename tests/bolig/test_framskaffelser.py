"""The pipeline: stages with dates, who sees it, what belongs in it; listings read in once, attached, registered and deleted."""

import re
from datetime import timedelta
from typing import Any
from uuid import UUID, uuid4

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.db.models import F
from tests.bolig.hjemmet import IMDI, STEINKJER, VOLDA, bolig, opplysninger
from tests.bolig.test_annonseregler import LENKE, TEKST, csv_fil
from tests.person.saker import sak

from aktorer import innlogget, som_bruker
from bosett.aktor.kontekst import som, system
from bosett.aktor.models import Organisasjon
from bosett.bolig import selectors_framskaffelse as selectors
from bosett.bolig.models import Annonse, Annonseimport, Framskaffelse, Framskaffelsessteg
from bosett.bolig.rules.annonse import les_tekst
from bosett.bolig.services import annonser, boliger
from bosett.bolig.services import framskaffelser as services
from bosett.bolig.services.framskaffelser import Behov
from bosett.grunn.feil import Avvist, FinnesIkke, Konflikt, Ugyldig
from bosett.grunn.klokke import i_dag
from bosett.oppgave.models import Oppgave
from bosett.person.models import Husholdning
from bosett.person.services.innsyn import GRUNN
from bosett.spor.models import Hendelse
from bosett.tilgang.services import del_subjekt, logg_innsyn
from samtidig import koder

KONTRAKT, KLAR, TIL_KILDE, TIL_BEHOV = (
    "bolig.inngaa_kontrakt", "bolig.gjor_klar", "bolig.tilbake_til_kilde", "bolig.tilbake_til_behov",
)  # fmt: skip


def behov(hvem: str = STEINKJER, **endret: Any) -> UUID:
    with som_bruker(hvem) as aktor:
        ny = services.meld(aktor=aktor, behov=Behov(**{"soverom": 2, "plasser": 3} | endret), nokkel=uuid4())
        return ny.subjekt.uuid


def annonse(lenke: str = LENKE, tekst: str = TEKST, hvem: str = STEINKJER) -> Annonse:
    with som_bruker(hvem) as aktor:
        lest = les_tekst(lenke, tekst, i_dag())
        rapport = annonser.importer(aktor=aktor, annonser=[lest], slag="tekst", sha256="0" * 64)
        return Annonse.objects.get(uuid=rapport.annonser[0])


def flytt(f: UUID, *handlinger: str, hvem: str = STEINKJER) -> None:
    for handling in handlinger:
        with som_bruker(hvem) as aktor:
            services.flytt(aktor=aktor, framskaffelse=f, handling=handling)


def knytt(f: UUID, hjem: UUID) -> None:
    with som_bruker(STEINKJER) as aktor:
        services.knytt_bolig(aktor=aktor, framskaffelse=f, bolig=hjem)


def delt(grad: str, hvem: str = "Steinkjer") -> Husholdning:
    h = sak()
    with som(system("prove")):
        org = Organisasjon.objects.get(slag="kommune", navn__startswith=hvem)
        del_subjekt(subjekt_id=h.pk, organisasjon=org, grad=grad, hvorfor="prøve")
    return h


@pytest.mark.krav("R206")
def test_back_from_contract_to_source_keeps_the_dates_and_the_board_counts_as_the_list(land: str) -> None:
    f = behov()
    knytt(f, bolig(eierform="fremleie").subjekt.uuid)
    with som(system("prove")):  # as if it had been done some days ago
        Framskaffelsessteg.objects.filter(framskaffelse__subjekt__uuid=f).update(
            fra=F("fra") - timedelta(9), til=F("til") - timedelta(9)
        )
    flytt(f, KONTRAKT, TIL_KILDE)
    with som_bruker(STEINKJER) as aktor:
        rader = selectors.stegene(aktor, selectors.framskaffelse(aktor, f))
        dag = i_dag()
        assert [(r.steg, r.fra, r.til) for r in rader] == [
            ("behov", dag - timedelta(9), dag - timedelta(9)),
            ("kilde", dag - timedelta(9), dag),
            ("kontrakt", dag, dag),
            ("kilde", dag, None),
        ]
    klient = innlogget()
    tavle = klient.get("/boligframskaffelse/")
    for kolonne in tavle.context["kolonner"]:
        liste = klient.get("/boligframskaffelse/liste/", {"steg": kolonne["kode"], "format": "json"}).json()[
            "rader"
        ]
        assert kolonne["antall"] == len(liste)
    assert sum(k["antall"] for k in tavle.context["kolonner"]) == len(
        klient.get("/boligframskaffelse/liste/", {"format": "json"}).json()["rader"]
    )
    side = klient.get(f"/boligframskaffelse/{f}/").content.decode()
    assert (
        side.count((i_dag() - timedelta(9)).strftime("%d.%m.%Y")) >= 3
    )  # the days it was at need and source


def test_ready_needs_a_home_and_repeating_changes_nothing(land: str) -> None:
    f, a = behov(), annonse()
    with som_bruker(STEINKJER) as aktor:
        services.knytt_annonse(aktor=aktor, framskaffelse=f, annonse=a.uuid)
    flytt(f, KONTRAKT, KONTRAKT)
    with pytest.raises(Ugyldig) as feil:
        flytt(f, KLAR)
    assert feil.value.kode == "FRAMSKAFFELSE-UTEN-BOLIG"
    with som_bruker(STEINKJER) as aktor:
        annonser.registrer_bolig(
            aktor=aktor, annonse=a.uuid, opplysninger=opplysninger(eierform="fremleie"), ledig_fra=None, ledig_til=None, nokkel=uuid4()
        )  # fmt: skip
    flytt(f, KLAR)
    with som_bruker(STEINKJER) as aktor:
        denne = selectors.framskaffelse(aktor, f)
        assert denne.tilstand == "klar" and denne.bolig is not None and denne.bolig.kilde == "hjerterom"
        assert Framskaffelsessteg.objects.filter(framskaffelse=denne).count() == 4
        with pytest.raises(Konflikt):
            services.flytt(aktor=aktor, framskaffelse=f, handling=TIL_KILDE)


@pytest.mark.krav("R323")
def test_a_home_a_refugee_found_herself_never_comes_into_the_pipeline(land: str) -> None:
    f, privat, leid = (
        behov(),
        bolig(eierform="privat", bruksenhet="H0102"),
        bolig(eierform="fremleie", bruksenhet="H0103"),
    )
    with pytest.raises(Ugyldig) as feil:
        knytt(f, privat.subjekt.uuid)
    assert feil.value.kode == "FRAMSKAFFELSE-PRIVAT" and "leier inn" in feil.value.regel
    klient = innlogget()
    side = klient.get(f"/boligframskaffelse/{f}/").content.decode()
    assert str(privat.subjekt.uuid) not in side and str(leid.subjekt.uuid) in side
    assert re.search(r'class="b-ord"[^>]*title="[^"]*funnet selv', side)
    knytt(f, leid.subjekt.uuid)
    with som_bruker(STEINKJER) as aktor, pytest.raises(Konflikt):  # nor by a change afterwards
        boliger.endre(
            aktor=aktor, bolig=leid.subjekt.uuid, versjon=1, opplysninger=opplysninger(eierform="privat", bruksenhet="H0103")
        )  # fmt: skip
    a = annonse()
    with som_bruker(STEINKJER) as aktor:
        b = annonser.registrer_bolig(
            aktor=aktor, annonse=a.uuid, opplysninger=opplysninger(eierform="privat", bruksenhet="H0104"), ledig_fra=None, ledig_til=None,
            nokkel=uuid4(),
        )  # fmt: skip
        assert not Framskaffelse.objects.filter(bolig=b).exists()
        assert not Framskaffelse.objects.filter(bolig__eierform="privat").exists()


def test_one_home_covers_one_need_also_when_two_choose_it_at_once(land: str) -> None:
    en, to, hjem = behov(), behov(), bolig(eierform="kommunal").subjekt.uuid
    assert sorted(koder(lambda: knytt(en, hjem), lambda: knytt(to, hjem))) == ["FRAMSKAFFELSE-OPPTATT", "ok"]


def test_two_who_move_it_at_once_move_it_once(land: str) -> None:
    f = behov()
    knytt(f, bolig().subjekt.uuid)
    utfall = koder(lambda: flytt(f, KONTRAKT), lambda: flytt(f, KONTRAKT), lambda: flytt(f, TIL_BEHOV))
    assert "ok" in utfall and set(utfall) <= {"ok", "FRAMSKAFFELSE-TILSTAND", "FRAMSKAFFELSE-UTEN-KILDE"}
    with som(system("prove")):
        rader = Framskaffelsessteg.objects.filter(framskaffelse__subjekt__uuid=f)
        assert rader.filter(til=None).count() == 1
        assert (
            Hendelse.objects.filter(handling__in=(KONTRAKT, TIL_BEHOV), subjekt__uuid=f).count()
            == rader.count() - 2
        )


def test_another_municipality_sees_nothing_of_it_not_even_with_its_own_filters_off(land: str) -> None:
    f, a = behov(), annonse()
    with som_bruker(VOLDA) as aktor:
        assert not Framskaffelse.objects.filter(subjekt__uuid=f).exists()
        assert not Framskaffelsessteg.objects.filter(framskaffelse__subjekt__uuid=f).exists()
        assert not Annonse.objects.filter(pk=a.pk).exists()
        assert not Annonseimport.objects.filter(organisasjon=a.organisasjon_id).exists()
        for gjor in (
            lambda: services.flytt(aktor=aktor, framskaffelse=f, handling="bolig.avbryt_framskaffelse"),
            lambda: services.knytt_annonse(aktor=aktor, framskaffelse=f, annonse=a.uuid),
            lambda: selectors.annonse(aktor, a.uuid),
        ):
            with pytest.raises(FinnesIkke):
                gjor()
    with som_bruker(IMDI) as aktor:
        assert Framskaffelse.objects.filter(subjekt__uuid=f).exists()
        assert not Annonse.objects.filter(pk=a.pk).exists()  # the landlord's name and number
        with pytest.raises(Avvist):
            services.flytt(aktor=aktor, framskaffelse=f, handling="bolig.avbryt_framskaffelse")
    assert innlogget(VOLDA).get(f"/boligframskaffelse/{f}/").status_code == 404
    assert innlogget(VOLDA).get(f"/annonser/{a.uuid}/").status_code == 404
    assert innlogget(IMDI).get("/annonser/").status_code == 404
    assert innlogget(IMDI).get(f"/boligframskaffelse/{f}/").status_code == 200


def test_for_whom_in_full_anonymously_or_not_shared(land: str) -> None:
    full, anonym, andres = delt("full"), delt("anonym"), delt("full", "Volda")
    f, g = behov(husholdning=full.pk, onsket_fra=i_dag() + timedelta(20)), behov(husholdning=anonym.pk)
    with pytest.raises(FinnesIkke):
        behov(husholdning=andres.pk)
    with pytest.raises(Konflikt):
        behov(husholdning=full.pk)
    klient = innlogget()
    assert f"H {full.pk}" in klient.get(f"/boligframskaffelse/{f}/").content.decode()
    side = klient.get(f"/boligframskaffelse/{g}/").content.decode()
    assert "Anonym husholdning" in side and f"H {anonym.pk}" not in side
    skjema = klient.get("/boligframskaffelse/nytt/").content.decode()
    assert str(full.subjekt.uuid) in skjema and str(andres.subjekt.uuid) not in skjema


@pytest.mark.krav("R023")
def test_a_need_with_a_date_is_a_task_and_its_pages_say_what_husbanken_offers(land: str) -> None:
    h = delt("full")
    f = behov(husholdning=h.pk, onsket_fra=i_dag() + timedelta(20))
    klient = innlogget()
    with som_bruker(STEINKJER) as aktor:
        logg_innsyn(
            aktor=aktor, lesning=GRUNN, subjekt_id=h.pk, grunn="kontroll"
        )  # said why: the test may run at night
        oppgave = Oppgave.objects.get(slag="finn_bolig", subjekt=h.pk)
        assert oppgave.ferdig is None and oppgave.frist == i_dag() + timedelta(20)
    for sti in (oppgave.sti, f"/husholdninger/{h.subjekt.uuid}/oppgaver/"):
        side = klient.get(sti).content.decode()
        assert "Husbankens boligfinansieringsordninger" in side, sti
    knytt(f, bolig().subjekt.uuid)
    flytt(f, KONTRAKT, KLAR)
    with som_bruker(STEINKJER):
        assert Oppgave.objects.get(pk=oppgave.pk).ferdig is not None
    flytt(f, "bolig.tilbake_til_kontrakt")
    with som_bruker(STEINKJER):
        assert Oppgave.objects.get(pk=oppgave.pk).ferdig is None


@pytest.mark.krav("R214")
def test_the_procurement_page_shows_the_block_with_its_owner_and_link(land: str) -> None:
    side = innlogget().get("/boligframskaffelse/").content.decode()
    assert ">Husbanken</h2>" in side and "Husbanken eier ordningene" in side
    assert 'href="https://www.husbanken.no"' in side


def test_changing_what_another_has_changed_is_refused_and_stopping_frees_the_home(land: str) -> None:
    f, hjem = behov(), bolig().subjekt.uuid
    with som_bruker(STEINKJER) as aktor:
        services.endre(aktor=aktor, framskaffelse=f, behov=Behov(soverom=1, plasser=3), versjon=1)
        with pytest.raises(Konflikt):
            services.endre(aktor=aktor, framskaffelse=f, behov=Behov(soverom=0, plasser=3), versjon=1)
    knytt(f, hjem)
    flytt(f, "bolig.avbryt_framskaffelse")
    g = behov()
    knytt(g, hjem)
    flytt(f, "bolig.gjenoppta_framskaffelse")
    with som_bruker(STEINKJER) as aktor:
        assert selectors.framskaffelse(aktor, f).bolig is None
        assert selectors.framskaffelse(aktor, g).bolig is not None


# -- listings ---------------------------------------------------------------------------------------------------------


@pytest.mark.krav("R209")
@pytest.mark.krav("R025")
def test_a_pasted_listing_fills_the_fields_and_again_it_is_updated_not_doubled(land: str) -> None:
    klient = innlogget()
    for tekst, leie in (
        (TEKST, 12000),
        (TEKST.replace("12 000", "11 500"), 11500),
        (TEKST.replace("12 000", "11 500"), 11500),
    ):
        vist = klient.post("/annonser/les-inn/", {"lenke": LENKE, "tekst": tekst})
        assert vist.status_code == 200 and "Prøveveien 12 B" in vist.content.decode()
        svar = klient.post("/annonser/les-inn/", {"kladd": vist.context["kladd"]})
        with som_bruker(STEINKJER):
            (a,) = Annonse.objects.filter(nokkel="finn:123456789")
            assert a.husleie == leie
        assert svar["Location"] == f"/annonser/{a.uuid}/"
    fylt = [a.adresse, a.husleie, a.rom, a.soverom, a.areal, a.ledig_fra, a.utleier, a.telefon]
    assert all(fylt) and len(fylt) >= 6
    side = klient.get(f"/annonser/{a.uuid}/").content.decode()
    assert f'href="{LENKE}"' in side and ">Hjerterom<" in side
    with som_bruker(STEINKJER):
        mine = Annonseimport.objects.filter(organisasjon=a.organisasjon_id).order_by("pk")
        assert [(i.nye, i.endrede, i.uendrede) for i in mine][-2:] == [
            (1, 0, 0),
            (0, 1, 0),
        ]  # the third left no trace
    with som(system("prove")):
        spor = Hendelse.objects.filter(
            handling="bolig.importer_annonser", subjekt=mine[len(mine) - 1].pk
        ).get()
    assert spor.data["endrede"] == 1 and len(spor.data["sha256"]) == 64 and "Prøveveien" not in str(spor.data)


def test_a_file_with_faults_saves_nothing_and_one_without_is_read_in_one_act(land: str) -> None:
    klient = innlogget()
    rader = [
        {"lenke": f"https://hybel.demo.invalid/{n}", "soverom": str(n % 4), "husleie": "9 000"}
        for n in range(30)
    ]
    feil = csv_fil([*rader, {"lenke": "https://hybel.demo.invalid/x", "soverom": "mange", "husleie": "9000"}])
    svar = klient.post("/annonser/les-inn/", {"fil": SimpleUploadedFile("a.csv", feil)})
    assert svar.status_code == 422 and "rad 32, kolonne «soverom»" in svar.content.decode()
    vist = klient.post("/annonser/les-inn/", {"fil": SimpleUploadedFile("a.csv", csv_fil(rader))})
    with som_bruker(STEINKJER):
        assert not Annonse.objects.filter(lenke__contains="hybel.demo").exists()
    for _ in range(2):
        assert klient.post("/annonser/les-inn/", {"kladd": vist.context["kladd"]}).status_code == 302
    with som_bruker(STEINKJER):
        assert Annonse.objects.filter(lenke__contains="hybel.demo").count() == 30
        assert Annonseimport.objects.filter(nye=30).count() == 1
    # The signed draft of another, or one that is made up, is not read.
    assert innlogget(VOLDA).post("/annonser/les-inn/", {"kladd": vist.context["kladd"]}).status_code == 422
    assert klient.post("/annonser/les-inn/", {"kladd": "tull"}).status_code == 422


def test_two_imports_at_once_make_one_listing(land: str) -> None:
    assert koder(*[lambda: annonse()] * 3) == ["ok"] * 3
    with som(system("prove")):
        assert Annonse.objects.filter(nokkel="finn:123456789").count() == 1


def test_two_municipalities_have_each_their_own_of_the_same_listing(land: str) -> None:
    assert annonse().pk != annonse(hvem=VOLDA).pk


@pytest.mark.krav("R056")
def test_a_listing_is_attached_to_the_need_of_a_household_in_two_clicks(land: str) -> None:
    h, a = delt("full"), annonse()
    f = behov(husholdning=h.pk)
    klient = innlogget()
    side = klient.get(
        klient.get("/annonser/").context["tabell"].radene and f"/annonser/{a.uuid}/"
    )  # click 1: the listing
    assert f'name="behov" value="{f}"' in side.content.decode()
    svar = klient.post(f"/annonser/{a.uuid}/bruk/", {"behov": str(f)})  # click 2: «Bruk til F …»
    assert svar["Location"] == f"/boligframskaffelse/{f}/"
    with som_bruker(STEINKJER) as aktor:
        denne = selectors.framskaffelse(aktor, f)
        assert (denne.tilstand, denne.annonse_id, denne.husholdning_id) == ("kilde", a.pk, h.pk)
    g = behov()  # and from the need: one click on a listing that fits
    b = annonse("https://hybel.demo.invalid/7", "Soverom: 3")
    assert f'name="annonse" value="{b.uuid}"' in klient.get(f"/boligframskaffelse/{g}/").content.decode()
    assert klient.post(f"/boligframskaffelse/{g}/knytt/", {"annonse": str(b.uuid)}).status_code == 302


def test_a_home_is_registered_from_a_listing_with_what_it_says_filled_in(land: str) -> None:
    a, f = annonse(), behov()
    klient = innlogget()
    klient.post(f"/annonser/{a.uuid}/bruk/", {"behov": str(f)})
    skjema = klient.get(f"/annonser/{a.uuid}/bolig/").context["skjema"]
    assert skjema["adresse"].value() == "Prøveveien 12 B" and skjema["husleie"].value() == 12000
    data = {
        felt.html_name: v for felt in skjema if (v := felt.value()) not in (None, "", False)
    } | {"eierform": "fremleie", "bygg": "leilighet", "slag": "vanlig", "plasser": "4", "versjon": "0"}  # fmt: skip
    data |= {n: v.strftime("%d.%m.%Y") for n, v in data.items() if hasattr(v, "strftime")}
    svar = klient.post(f"/annonser/{a.uuid}/bolig/", data)
    assert svar.status_code == 302, svar.context["skjema"].errors
    assert klient.post(f"/annonser/{a.uuid}/bolig/", data)["Location"] == svar["Location"]
    assert klient.get(svar["Location"]).content.decode().count("Hjerterom") >= 2
    with som_bruker(STEINKJER) as aktor:
        denne = selectors.framskaffelse(aktor, f)
        assert denne.bolig is not None and denne.annonse_id == a.pk
        assert Annonse.objects.get(pk=a.pk).bolig_id == denne.bolig_id


def test_a_listing_nobody_has_seen_for_long_is_deleted_unless_somebody_works_with_it(land: str) -> None:
    gammel, brukt, ny = (
        annonse(),
        annonse("https://hybel.demo.invalid/1"),
        annonse("https://hybel.demo.invalid/2"),
    )
    f = behov()
    with som_bruker(STEINKJER) as aktor:
        services.knytt_annonse(aktor=aktor, framskaffelse=f, annonse=brukt.uuid)
    with som(system("prove")) as aktor:
        Annonse.objects.filter(pk__in=[gammel.pk, brukt.pk]).update(sist_sett=i_dag() - timedelta(181))
        assert annonser.slett_gamle(aktor=aktor) == 1
        assert annonser.slett_gamle(aktor=aktor) == 0
        assert set(Annonse.objects.filter(pk__in=[gammel.pk, brukt.pk, ny.pk])) == {brukt, ny}
    with som_bruker(STEINKJER) as aktor, pytest.raises(Avvist):
        annonser.slett_gamle(aktor=aktor)


def test_many_listings_take_few_statements_and_again_none_is_written(
    land: str, django_assert_max_num_queries: Any
) -> None:
    lest = [les_tekst(f"https://hybel.demo.invalid/{n}", f"Soverom: {n % 4}", i_dag()) for n in range(500)]
    with som_bruker(STEINKJER) as aktor:
        with django_assert_max_num_queries(40):
            forst = annonser.importer(aktor=aktor, annonser=lest, slag="fil", sha256="1" * 64)
        with django_assert_max_num_queries(8, connection=connection):
            igjen = annonser.importer(aktor=aktor, annonser=lest, slag="fil", sha256="1" * 64)
    assert (forst.nye, igjen.nye, igjen.endrede, igjen.uendrede) == (500, 0, 0, 500)
