"""Duplicates on the screen: the list without names, the two side by side, both answers, the merge and its undo."""

import pytest
from django.test import Client
from tests.person.test_sammenslaaing import duf, person, to_like

from aktorer import innlogget, som_bruker
from bosett.aktor.kontekst import som, system
from bosett.person.models import Dublett, Sammenslaaing
from bosett.person.services.innsyn import velg_grunn
from bosett.tilgang.models import Innsyn
from sidetekst import tabell, tekst


def hent(klient: Client, adresse: str, status: int = 200) -> str:
    svar = klient.get(adresse)
    assert svar.status_code == status
    return svar.content.decode()


def send(klient: Client, adresse: str, status: int, **felt: object) -> str:
    svar = klient.post(adresse, felt, follow=status == 200)
    assert svar.status_code == status
    return tekst(svar.content.decode())


def test_from_the_list_to_a_merge_and_back(land: str) -> None:
    par = to_like()
    radgiver = innlogget("imdi_radgiver")
    side = hent(radgiver, "/personer/dubletter/")
    rad = tabell(side, "Mulige dubletter")["Navn som lyder likt, samme fødselsdato, samme statsborgerskap"]
    with som(system("prove")):
        saker = " og ".join(p.husholdning.saksnummer for p in (par.en, par.annen))
    assert rad[:4] == ["Like", saker, "0 dager", "Ikke vurdert"]
    assert not any(ord_ in tekst(side) for ord_ in ("Amina", "Yusuf", duf(1)))

    adresse = f"/personer/dubletter/{par.uuid}/"
    linjer = tabell(hent(radgiver, adresse), "De to personene side ved side")
    assert linjer["Navn"] == ["Amina Yusuf", "Aminah Youssef", "Ulikt"]
    assert linjer["Fødselsdato"] == ["01.05.1990", "01.05.1990", "Likt"]
    assert linjer["Verge"] == ["–", "DEMO Verge", "Ulikt"]

    assert "Velg hvem som skal stå igjen" in send(radgiver, f"{adresse}slaa-sammen/", 422, grunn="Samme pass")
    with som(system("prove")):
        behold = str(person(1).uuid)
    svar = send(radgiver, f"{adresse}slaa-sammen/", 200, behold=behold, grunn="Samme pass")
    assert "De to er slått sammen" in svar and "Samme pass" in svar and "Numre 1" in svar
    assert "Ingen par venter" in tekst(hent(radgiver, "/personer/dubletter/"))
    assert tabell(hent(radgiver, "/personer/dubletter/?vis=avgjort"), "Mulige dubletter")

    with som(system("prove")):
        gjort = f"/personer/sammenslaainger/{Sammenslaaing.objects.get().uuid}/"
    assert radgiver.get(adresse)["Location"] == gjort
    assert "Skriv hvorfor sammenslåingen skal oppheves" in send(radgiver, f"{gjort}opphev/", 422, grunn="")
    svar = send(radgiver, f"{gjort}opphev/", 200, grunn="De er søstre")
    assert "Alt er lagt tilbake" in svar and "Slått sammen og opphevet før" in svar
    assert "Sammenslåingen er opphevet" in tekst(hent(radgiver, gjort))

    svar = send(radgiver, f"{adresse}ikke-samme/", 200, ulike="To søstre med hvert sitt pass")
    assert "kommer ikke opp igjen" in svar
    assert "To søstre med hvert sitt pass" in tekst(hent(radgiver, adresse))
    with som(system("prove")):
        assert Dublett.objects.get().status == "ikke_samme"
        looks = Innsyn.objects.filter(lesning="person.dubletter")
        assert looks.filter(subjekt=None, antall=1).exists() and looks.exclude(subjekt=None).exists()


def test_a_protected_address_is_not_shown(land: str) -> None:
    par = to_like()
    with som(system("prove")):
        type(par.en).objects.filter(pk=par.en_id).update(adressesperre="strengt_fortrolig")
    radgiver, adresse = innlogget("imdi_radgiver"), f"/personer/dubletter/{par.uuid}/"
    assert "hvorfor" in radgiver.get(adresse)["Location"], "a look outside the ordinary: the gate is here too"
    with som_bruker("imdi_radgiver") as aktor:
        velg_grunn(aktor=aktor, husholdning=par.en.husholdning, grunn="kontroll")
    linjer = tabell(hent(radgiver, adresse), "De to personene side ved side")
    assert linjer["Bor"][:2] == ["Skjermet", "–"]


@pytest.mark.parametrize("rolle", ["imdi_godkjenner", "imdi_leder", "bosetter_skriv", "udi_saksbehandler"])
def test_others_find_nothing(land: str, rolle: str) -> None:
    par = to_like()
    klient = innlogget(rolle)
    for adresse in ("", f"{par.uuid}/"):
        assert "Amina" not in hent(klient, f"/personer/dubletter/{adresse}", 404)
    for handling in ("slaa-sammen", "ikke-samme"):
        send(klient, f"/personer/dubletter/{par.uuid}/{handling}/", 404, grunn="x", ulike="x")


def test_few_queries_whatever_the_length(land: str, django_assert_max_num_queries: object) -> None:
    par = to_like()
    radgiver = innlogget("imdi_radgiver")
    for adresse in ("", f"{par.uuid}/"):
        with django_assert_max_num_queries(30):  # type: ignore[operator]
            hent(radgiver, f"/personer/dubletter/{adresse}")
