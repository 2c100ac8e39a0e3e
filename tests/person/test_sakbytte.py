"""UDI gives somebody another case: she moves, the case she left ends when it is empty, and who sees what follows."""

import random
from datetime import date, timedelta
from typing import Any

import pytest
from django.urls import reverse
from tests.integrasjon.test_simulator import bilde, slett, spill
from tests.person.test_hendelser import ta_imot
from tests.person.test_sammenslaaing import delt, opphev, person, slaa_sammen, to_like

from aktorer import innlogget, som_bruker
from bosett.aktor.kontekst import som, system
from bosett.integrasjon import services as integrasjon
from bosett.integrasjon.models import Melding
from bosett.person import kopi
from bosett.person.models import Husholdning, Medlem, Samtykke
from bosett.person.services import lop, samtykker
from bosett.person.services.soknad import Soker, registrer_privat
from bosett.spor.models import Hendelse
from bosett.spor.verifisering import verifiser
from bosett.tilgang.models import Deling
from meldinger import ankomst, duf, melding
from mottakene import lag_mottak
from samtidig import koder


def sak(navn: str) -> Husholdning:
    with som(system("prove")):
        return Husholdning.objects.select_related("subjekt").get(udi_sak=navn)


def to_i_en_sak() -> None:
    lag_mottak({"EGET": "ordinaert", "NORD": "ordinaert", "SOR": "ordinaert"})
    ta_imot(
        ankomst(1, fornavn="Amina"),
        ankomst(2, sak="S1", rolle="ektefelle", fornavn="Bahar"),
        melding("plassering", 1, "2026-01-10", mottak="NORD"),
        melding("plassering", 2, "2026-01-10", mottak="SOR"),
    )


def test_she_moves_and_who_sees_the_cases_follows(land: str) -> None:
    to_i_en_sak()
    assert delt() == {("S1", "NORD"), ("S1", "SOR")}
    ta_imot(ankomst(2, "2026-03-01", sak="S2", fornavn="Bahar"))
    assert delt() == {("S1", "NORD"), ("S2", "SOR")}
    with som(system("prove")):
        forst, ny = sak("S1"), sak("S2")
        assert (forst.antall, ny.antall, ny.lop, str(ny.apnet)) == (1, 1, "mottak", "2026-03-01")
        bahar = person(2)
        assert [(m.husholdning.udi_sak, str(m.fra), str(m.til or "")) for m in bahar.medlemskap.kjent().order_by("fra")] == [
            ("S1", "2026-01-10", "2026-03-01"), ("S2", "2026-03-01", ""),
        ]  # fmt: skip
        rader = Hendelse.objects.filter(handling="person.bytt_sak", data__person=str(bahar.uuid))
        assert {(r.subjekt_id, r.data["retning"]) for r in rader} == {(forst.pk, "ut"), (ny.pk, "inn")}
        assert verifiser().feil == []
    ta_imot(ankomst(1, "2026-04-01", sak="S2", rolle="ektefelle"))
    forst = sak("S1")
    assert (forst.antall, str(forst.avsluttet), forst.slutt, forst.lop) == (
        0,
        "2026-04-01",
        "flyttet",
        "avsluttet",
    )
    assert delt() == {("S2", "NORD"), ("S2", "SOR")}
    klient, adresse = innlogget("imdi_radgiver"), reverse("person:husholdning", args=[forst.subjekt.uuid])
    klient.post(
        reverse("person:grunn", args=[forst.subjekt.uuid]), {"neste": adresse, "grunn": "henvendelse"}
    )
    side = klient.get(adresse).content.decode()
    assert "Alle har fått en annen sak" in side and "Bahar Prøve" in side and sak("S2").saksnummer in side
    ta_imot(ankomst(1, "2026-05-01", sak="S1"))
    assert (sak("S1").avsluttet, sak("S1").lop, str(sak("S1").apnet)) == (None, "mottak", "2026-01-10")


def test_what_was_known_before_shows_her_in_the_case_she_was_in(land: str) -> None:
    to_i_en_sak()
    ta_imot(ankomst(2, "2026-03-01", sak="S2", fornavn="Bahar"))
    with som(system("prove")):
        Medlem.objects.update(kjent_fra="2026-02-01T12:00Z")
    klient = innlogget("imdi_radgiver")
    for navn, der in (("S1", True), ("S2", True)):
        assert ("Bahar" in klient.get(f"/personer/{sak(navn).subjekt.uuid}/").content.decode()) is der
    forst = klient.get(f"/personer/{sak('S1').subjekt.uuid}/?kjent=5.2.2026").content.decode()
    assert "Amina" in forst and "Bahar" in forst
    assert "Bahar" not in klient.get(f"/personer/{sak('S2').subjekt.uuid}/?kjent=1.1.2026").content.decode()


def test_the_copy_holds_what_was_done_and_seen_in_the_case_she_was_in(land: str) -> None:
    to_i_en_sak()
    bahar, klient, side = person_uuid(2), innlogget("imdi_radgiver"), f"/personer/{sak('S1').subjekt.uuid}/"
    for _gang in range(2):
        klient.get(side)
    ta_imot(ankomst(2, "2026-03-01", sak="S2", fornavn="Bahar"))
    klient.get(side)
    with som_bruker("imdi_radgiver") as aktor:
        hennes, hans = kopi.lag(aktor=aktor, person=bahar), kopi.lag(aktor=aktor, person=person_uuid(1))
    assert [rad["handling"] for rad in hennes.lister["gjort"]].count("person.plasser") == 1
    assert {rad["organisasjon"] for rad in hennes.lister["delt_med"]} == {"DEMO SOR"}, (
        "where the other one lives is not hers to know"
    )
    assert sum(ett["antall"] for ett in hennes.lister["sett_av"]) == 3, (
        "two looks before she left, and the copy"
    )
    assert sum(ett["antall"] for ett in hans.lister["sett_av"]) == 4
    assert [rad["handling"] for rad in hans.lister["gjort"]].count("person.plasser") == 1


def person_uuid(hvem: int) -> Any:
    with som(system("prove")):
        return person(hvem).uuid


def test_an_application_goes_with_the_last_one(land: str) -> None:
    """The spouse's case was made by UDI before UDI told of the applicant: the two are one household, and the application is theirs."""
    with som_bruker("imdi_radgiver") as aktor:
        registrer_privat(
            aktor=aktor, sokere=[Soker(duf(1), "Amina", "Prøve", date(1990, 5, 1))], sokt=date(2026, 2, 1), kanal="papir"
        )  # fmt: skip
    ta_imot(ankomst(2, sak="S1", rolle="ektefelle"))
    ta_imot(ankomst(1, sak="S1"))
    with som(system("prove")):
        felles, tomt = sak("S1"), Husholdning.objects.get(udi_sak="")
        assert (felles.lop, felles.antall, felles.privatsoknader.count()) == ("privat", 2, 1)
        assert (tomt.slutt, tomt.antall, tomt.privatsoknader.count()) == ("flyttet", 0, 0)
        assert [(ett.slag, str(ett.fra)) for ett in felles.lopene.filter(til=None)] == [
            ("privat", "2026-02-01")
        ]


def test_an_act_of_imdi_stands_in_any_order(land: str) -> None:
    for stokk in range(4):
        slett()
        forst, sist = [ankomst(1, sak="S1")], [ankomst(1, "2026-03-01", sak="S2")]
        forst, sist = (sist, forst) if stokk % 2 else (forst, sist)
        spill(forst)
        with som(system("prove")):
            h = person(1).husholdning
        with som_bruker("imdi_radgiver") as aktor:
            lop.sok_privat(aktor=aktor, husholdning_id=h.pk, sokt=date(2026, 2, 1), kanal="papir")
        spill(sist)
        assert (sak("S2").lop, sak("S1").slutt) == ("privat", "flyttet")


def test_health_is_shared_no_longer_when_who_consented_has_another_case(land: str) -> None:
    to_i_en_sak()
    with som(system("prove")) as aktor:
        h = sak("S1")
        samtykker.gi(aktor=aktor, person=person(2).uuid, formaal="helse", gitt=date(2026, 2, 1), maate="tolk", spraak="ara")  # fmt: skip
        Deling.objects.filter(subjekt=h.pk, til=None).update(grad="helse")
        assert Samtykke.objects.count() == 1
    ta_imot(ankomst(2, "2026-03-01", sak="S2"))
    with som(system("prove")):
        assert set(Deling.objects.filter(subjekt=h.pk, til=None).values_list("grad", flat=True)) == {"full"}


def test_who_is_merged_with_another_is_not_moved_by_a_message(land: str) -> None:
    denne = slaa_sammen(to_like())
    ta_imot(ankomst(1, "2026-04-01", sak="S9", fornavn="Amina", etternavn="Yusuf", slag="overforing"))
    ta_imot(ankomst(3, "2026-04-01", sak="S9", fornavn="Aminah", etternavn="Youssef", slag="overforing"))
    with som(system("prove")):
        assert (
            list(Melding.objects.filter(status="parkert").values_list("feilkode", flat=True))
            == ["PERSON-SAK"] * 2
        )
        assert not Husholdning.objects.filter(udi_sak="S9").exists()
        assert person(1).husholdning.udi_sak == "S1"
    opphev(denne)
    with som_bruker("imdi_radgiver") as aktor:
        integrasjon.prov_igjen(aktor=aktor, melding_ider=list(Melding.objects.values_list("pk", flat=True)))
    ta_imot()
    with som(system("prove")):
        assert not Melding.objects.filter(status="parkert").exists()
        assert {person(1).husholdning.udi_sak, person(3).husholdning.udi_sak} == {"S9"}


def _historie(r: random.Random) -> list[dict[str, Any]]:
    """Three persons, three cases, and anything that may be told of them, on few days."""

    def dag() -> str:
        return str(date(2026, 1, 1) + timedelta(r.randrange(12) * 10))

    alle = [ankomst(n, "2026-01-01", sak=r.choice("AB"), fodt="1990-05-01", slag=r.choice(["asyl", "asyl", "overforing"])) for n in (1, 2, 3)]  # fmt: skip
    for _ in range(12):
        n = r.choice((1, 1, 2, 3))
        slag = r.choices(("ankomst", "plassering", "utflytting", "tillatelse", "tilbakekall", "utgang", "dod"), (5, 4, 1, 2, 1, 5, 0.4))[0]  # fmt: skip
        if slag == "ankomst":
            alle.append(ankomst(n, dag(), sak=r.choice("ABC"), fodt="1990-05-01", slag=r.choice(["asyl", "overforing"])))  # fmt: skip
        elif slag == "plassering":
            alle.append(melding(slag, n, dag(), mottak=r.choice("AB")))
        elif slag == "tillatelse":
            alle.append(melding(slag, n, dag(), grunnlag="flyktning", vedtatt="2026-01-01"))
        elif slag in ("utgang", "dod"):
            grunn = "dod" if slag == "dod" else r.choice(["trukket", "utreist"])
            alle.append(melding("utgang", n, dag(), grunn=grunn))
        else:
            alle.append(melding(slag, n, dag()))
    return alle


@pytest.mark.parametrize("fro", range(3))
def test_any_story_comes_out_the_same_in_any_order(land: str, fro: int) -> None:
    lag_mottak()
    r = random.Random(fro)
    for _ in range(6):
        slett()
        historie = _historie(r)
        assert spill(historie) == 0
        forst = bilde()
        for _gang in range(3):
            slett()
            stokket = r.sample(historie, len(historie))
            for nr in range(0, len(stokket), 5):
                spill(stokket[nr : nr + 5])
            spill([])
            assert bilde() == forst, [
                (m["type"], m["duf"][-4:], m["nr"], m["gjelder"], m["data"]) for m in stokket
            ]


def test_moves_and_an_application_at_once(land: str) -> None:
    """Both cases are locked in one order: nobody waits for ever, nobody is in two cases, the application is with its household."""
    ta_imot(*(ankomst(n, sak="S1", rolle="hoved" if n == 1 else "annen") for n in (1, 2)))
    ta_imot(*(ankomst(n, sak="S2", rolle="hoved" if n == 3 else "annen") for n in (3, 4)))
    h1, h2 = sak("S1").pk, sak("S2").pk
    bytter = [ankomst(n, "2026-03-01", sak="S2" if n < 3 else "S1") for n in (1, 2, 3, 4)]
    with som(system("prove")) as aktor:
        integrasjon.motta(aktor=aktor, meldinger=bytter)

    def bruk() -> None:
        antall = 1
        while antall:
            with som(system("prove")) as aktor:
                antall = integrasjon.bruk_neste(aktor=aktor, antall=1)

    def sok(pk: int) -> Any:
        def gjor() -> None:
            with som_bruker("imdi_radgiver") as aktor:
                lop.sok_privat(aktor=aktor, husholdning_id=pk, sokt=date(2026, 2, 1), kanal="papir")

        return gjor

    assert koder(bruk, bruk, sok(h1), sok(h2)) == ["ok"] * 4
    with som(system("prove")):
        assert not Melding.objects.exclude(status="brukt").exists()
        assert [person(n).husholdning_id for n in (1, 2, 3, 4)] == [h2, h2, h1, h1]
        for n in (1, 2, 3, 4):
            assert Medlem.objects.kjent().filter(person=person(n), til=None).count() == 1
        assert set(Husholdning.objects.values_list("lop", "antall")) == {("privat", 2)}
        assert verifiser().feil == []
