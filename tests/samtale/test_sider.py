"""The thread and the contacts as people meet them."""

from datetime import timedelta
from uuid import uuid4

import pytest
from django.test import Client
from django.urls import reverse
from tests.person.saker import sak
from tests.samtale.saken import ALLE, IMDI, KOMMUNE, MOTTAK, delt_sak, si, spor_kommunen

from aktorer import innlogget, som_bruker
from bosett.aktor.kontekst import som, system
from bosett.grunn.klokke import i_dag
from bosett.oppgave.models import Oppgave
from bosett.person.models import Husholdning, Person
from bosett.samtale.models import Henvendelse, Innlegg
from bosett.tilgang.models import Innsyn
from sidetekst import tekst

VOLDA = "bosetter_skriv.volda"


def side(h: Husholdning, navn: str = "samtale") -> str:
    return reverse(f"samtale:{navn}", args=[h.subjekt.uuid])


def les(klient: Client, adresse: str) -> str:
    svar = klient.get(adresse)
    assert svar.status_code == 200, svar.status_code
    return tekst(svar.content.decode())


@pytest.mark.krav("R168")
def test_each_message_says_who_may_read_it_and_the_municipality_reads_its_own_only(land: str) -> None:
    h = delt_sak()
    mottak, imdi, kommune = (innlogget(hvem) for hvem in (MOTTAK, IMDI, KOMMUNE))
    for ord_, til in (
        ("Trenger rullestol.", ["imdi"]),
        ("De gleder seg.", ["imdi", "kommune"]),
        ("Ring lege.", ["intern"]),
    ):
        svar = mottak.post(
            side(h), {"tekst": ord_, "leses_av": til, "sporsmaal_til": "", "side": str(uuid4())}
        )
        assert svar.status_code == 302, svar.content.decode()
    sett = les(mottak, side(h))
    assert "Synlig for: IMDi og mottaket" in sett and "Synlig for: IMDi, mottaket og kommunen" in sett
    assert "Internt notat: bare dere kan lese det" in sett
    assert sett.index("Trenger rullestol.") < sett.index("De gleder seg.") < sett.index("Ring lege.")
    hos_imdi, hos_kommunen = les(imdi, side(h)), les(kommune, side(h))
    assert "Trenger rullestol." in hos_imdi and "Ring lege." not in hos_imdi
    assert "De gleder seg." in hos_kommunen
    assert "Trenger rullestol." not in hos_kommunen and "Ring lege." not in hos_kommunen
    assert "Trenger rullestol." not in les(kommune, reverse("person:husholdning", args=[h.subjekt.uuid]))
    # That something was said between others does not stand on the case's own time line either.
    assert "Noe ble skrevet" not in les(kommune, reverse("person:husholdning", args=[h.subjekt.uuid]))
    assert "Lest av: IMDi og kommunen" in les(mottak, side(h)) and "Lest av: IMDi" in les(mottak, side(h))


def test_a_form_that_is_refused_keeps_what_was_typed_and_the_same_form_twice_is_one(land: str) -> None:
    h, klient = delt_sak(), innlogget(MOTTAK)
    svar = klient.post(
        side(h), {"tekst": "Hei på dere", "sporsmaal_til": "imdi", "frist": "i morgen", "side": str(uuid4())}
    )
    assert svar.status_code == 422
    assert all(
        ord_ in svar.content.decode()
        for ord_ in ("Hei på dere", "i morgen", "Velg hvem som skal kunne lese det")
    )
    felt = {"tekst": "Hei", "leses_av": ["imdi"], "sporsmaal_til": "imdi", "side": str(uuid4())}
    assert "Spørsmålet mangler en frist" in klient.post(side(h), felt).content.decode()
    felt["frist"] = (i_dag() + timedelta(3)).strftime("%d.%m.%Y")
    for _ in range(2):
        assert klient.post(side(h), felt).status_code == 302
    with som(system("prove")):
        assert Innlegg.objects.count() == 1


def test_a_question_is_asked_found_and_answered(land: str) -> None:
    h = delt_sak()
    spurt = si(IMDI, h, "Hvor mange rom?", ALLE, sporsmaal_til="mottak", frist=i_dag() + timedelta(7))
    klient = innlogget(MOTTAK)
    assert "Svar på et spørsmål" in les(klient, "/hjem/")
    boksen = les(klient, reverse("samtale:liste"))
    assert h.saksnummer in boksen
    siden = reverse("samtale:svar", args=[spurt.uuid])
    assert siden in klient.get(side(h)).content.decode() and "Hvor mange rom?" in les(klient, siden)
    assert innlogget(KOMMUNE).get(siden).status_code == 404  # sees it, and is not asked
    felt = {"tekst": "Tre rom.", "side": str(uuid4())}
    assert klient.post(siden, felt | {"leses_av": ["kommune"]}).status_code == 422
    assert klient.post(siden, felt | {"leses_av": ["imdi", "kommune"]}).status_code == 302
    assert "Spørsmål til mottaket: besvart" in les(klient, side(h))
    assert "Svar på et spørsmål" not in les(klient, "/hjem/")
    assert (
        klient.post(siden, felt | {"side": str(uuid4()), "leses_av": ["imdi"]}).status_code == 422
    )  # answered already


def test_one_withdraws_ones_own_only(land: str) -> None:
    h = delt_sak()
    ett = si(MOTTAK, h, "Feil person", ALLE)
    siden = reverse("samtale:trekk", args=[ett.uuid])
    for hvem in (IMDI, KOMMUNE, VOLDA, "imdi_leder"):
        assert innlogget(hvem).get(siden).status_code == 404
        assert innlogget(hvem).post(siden, {"grunn": "feil_sak"}).status_code == 404
    klient = innlogget(MOTTAK)
    assert klient.post(siden, {"grunn": ""}).status_code == 422
    assert klient.post(siden, {"grunn": "feil_sak"}).status_code == 302
    for hvem in (MOTTAK, IMDI, KOMMUNE):
        sett = les(innlogget(hvem), side(h))
        assert "Feil person" not in sett and "Skrevet i feil sak" in sett


def test_those_who_only_read_get_no_form_and_strangers_find_nothing(land: str) -> None:
    h = delt_sak()
    for hvem in ("imdi_godkjenner", "bosetter_les"):
        klient = innlogget(hvem)
        assert "Skriv til de andre" not in les(klient, side(h))
        assert (
            klient.post(side(h), {"tekst": "x", "leses_av": ["imdi"], "side": str(uuid4())}).status_code
            == 404
        )
    for hvem in (VOLDA, "bufetat_saksbehandler", "imdi_leder", "kommune_admin", "ks_radgiver"):
        assert innlogget(hvem).get(side(h)).status_code == 404
        assert innlogget(hvem).get(side(h, "ny_henvendelse")).status_code == 404


def test_where_somebody_protected_lives_is_not_told_by_who_wrote(land: str) -> None:
    h = delt_sak()
    si(MOTTAK, h, "Hei", ALLE)
    assert "Magnus Demo, DEMO Uglevika mottak" in les(innlogget(KOMMUNE), side(h))
    with som(system("prove")):
        Person.objects.filter(husholdning=h).update(adressesperre="fortrolig")
    kommune = innlogget(KOMMUNE)
    svar = kommune.get(side(h))
    assert svar.status_code == 302 and "/hvorfor/" in svar.headers["Location"]  # and it asks why first
    grunnen = reverse("person:grunn", args=[h.subjekt.uuid])
    kommune.post(f"{grunnen}?neste={side(h)}", {"grunn": "henvendelse"})
    sett = les(kommune, side(h))
    assert "Uglevika" not in sett and "Magnus" not in sett and "Mottaket" in sett
    with som(system("prove")):
        assert Innsyn.objects.filter(subjekt=h.pk, lesning="samtale.les", grunn="henvendelse").exists()


@pytest.mark.krav("R169")
def test_the_second_contact_is_warned_shown_the_first_and_sent_when_confirmed(land: str) -> None:
    h = sak(bor=True, antall=2)
    mottak, imdi = innlogget(MOTTAK), innlogget(IMDI)
    felt = {
        "svarfrist": (i_dag() + timedelta(14)).strftime("%d.%m.%Y"),
        "behov": "Leilighet i første etasje.",
    }
    sett = les(mottak, side(h, "ny_henvendelse"))
    assert ("er allerede spurt" not in sett and "1 på 30–54 år" in sett) or "2 på" in sett
    assert (
        mottak.post(side(h, "ny_henvendelse"), felt | {"kommune": "Volda", "side": str(uuid4())}).status_code
        == 302
    )
    # The adviser opened the form before that: nothing to confirm stood on it.
    svar = imdi.post(side(h, "ny_henvendelse"), felt | {"kommune": "Steinkjer", "side": str(uuid4())})
    assert svar.status_code == 422
    vist = tekst(svar.content.decode())
    assert (
        "En kommune er allerede spurt" in vist
        and "Volda kommune" in vist
        and "Magnus Demo, DEMO Uglevika mottak" in vist
    )
    assert "venter på svar" in vist and "Leilighet i første etasje." in vist
    with som(system("prove")):
        forst = Henvendelse.objects.get()
    nokkel = str(uuid4())
    uten = imdi.post(
        side(h, "ny_henvendelse"), felt | {"kommune": "Steinkjer", "side": nokkel, "sett": str(forst.uuid)}
    )
    assert uten.status_code == 422 and "Bekreft at du har sett hvem som er spurt" in uten.content.decode()
    med = {"kommune": "Steinkjer", "side": nokkel, "sett": str(forst.uuid), "bekreft": "on"}
    assert imdi.post(side(h, "ny_henvendelse"), felt | med).status_code == 302
    sett = les(mottak, side(h))
    assert "Volda kommune" in sett and "Steinkjer kommune" in sett
    with som(system("prove")):
        assert Henvendelse.objects.count() == 2


def test_a_confirmation_holds_for_those_that_were_shown_only(land: str) -> None:
    h = sak(bor=True)
    forst = spor_kommunen(MOTTAK, h, "Volda")
    spor_kommunen(IMDI, h, "Oslo", sett=[forst.uuid])
    felt = {
        "svarfrist": (i_dag() + timedelta(14)).strftime("%d.%m.%Y"), "behov": "Bolig.", "kommune": "Steinkjer", "side": str(uuid4()),
        "bekreft": "on", "sett": [str(forst.uuid), "tull"],
    }  # fmt: skip
    svar = innlogget(MOTTAK).post(side(h, "ny_henvendelse"), felt)
    assert svar.status_code == 422
    vist = svar.content.decode()
    assert "2 kommuner er allerede spurt" in vist and "Oslo kommune" in vist and "checked" not in vist
    assert vist.count('name="sett"') == 2


def test_the_municipality_finds_the_contact_in_its_list_and_answers(land: str) -> None:
    h = sak(bor=True)
    sendt = spor_kommunen(MOTTAK, h, "Volda")
    siden = reverse("samtale:henvendelse", args=[sendt.uuid])
    klient = innlogget(VOLDA)
    assert "Svar på en henvendelse om en husholdning" in les(klient, "/hjem/")
    assert sendt.nummer in les(klient, reverse("samtale:liste"))
    sett = les(klient, siden)
    assert (
        "Leilighet" not in sett and "Trenger leilighet i første etasje." in sett and "arabisk" in sett.lower()
    )
    assert h.saksnummer not in sett and "Uglevika" not in sett and "Amina" not in sett
    for hvem in (KOMMUNE, "imdi_leder", "ks_radgiver", "kommune_admin.volda"):
        assert innlogget(hvem).get(siden).status_code == 404
    for hvem in (IMDI, MOTTAK):
        assert h.saksnummer in les(innlogget(hvem), siden)
        assert innlogget(hvem).post(siden, {"svar": "ja", "tekst": ""}).status_code == 404
    assert klient.post(siden, {"svar": "kanskje", "tekst": ""}).status_code == 422
    assert klient.post(siden, {"svar": "kanskje", "tekst": "Fra mai."}).status_code == 302
    assert klient.post(siden, {"svar": "ja", "tekst": ""}).status_code == 422  # once
    assert "Kommunen svarte: Kanskje" in les(klient, siden)
    assert "Les svaret fra kommunen" in les(innlogget(MOTTAK), "/hjem/")
    assert "Kanskje" in les(innlogget(MOTTAK), side(h))
    assert "Les svaret fra kommunen" not in les(innlogget(MOTTAK), "/hjem/")
    trekk = reverse("samtale:trekk_henvendelse", args=[sendt.uuid])
    assert klient.get(trekk).status_code == 404
    assert innlogget(MOTTAK).post(trekk, {"grunn": "funnet"}).status_code == 302
    assert "En annen kommune bosetter dem" in les(klient, siden)
    with som(system("prove")):
        assert Innsyn.objects.filter(subjekt=h.pk, lesning="samtale.henvendelser").exists()
        assert not Oppgave.objects.filter(subjekt=h.pk, slag="svar_henvendelse", ferdig=None).exists()


def test_the_name_of_somebody_in_the_household_is_refused_on_the_page(land: str) -> None:
    h = sak(bor=True)
    with som_bruker(IMDI):
        navn = Person.objects.get(husholdning=h).navn
    felt = {
        "svarfrist": i_dag().strftime("%d.%m.%Y"),
        "behov": f"{navn.split()[0]} trenger skole.",
        "kommune": "Volda",
        "side": str(uuid4()),
    }
    svar = innlogget(MOTTAK).post(side(h, "ny_henvendelse"), felt)
    assert svar.status_code == 422 and "Teksten har navnet på en i husholdningen" in svar.content.decode()
