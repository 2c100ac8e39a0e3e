"""The boards: each role sees its own, every number leads to its rows, and no list asks once per row."""

import re
from datetime import date, timedelta
from typing import Any
from uuid import UUID

import pytest
from django.urls import reverse
from tests.kartlegging.kart import lagre, personen, svart
from tests.oppgave.test_reservasjon import hos, kollega, ta
from tests.person.saker import mottaket, sak, ta_imot

from aktorer import innlogget, som_bruker
from bosett.aktor.kontekst import som, system
from bosett.aktor.models import Organisasjon
from bosett.grunn.frister import legg_til_maaneder
from bosett.grunn.klokke import i_dag
from bosett.oppgave.models import Reservasjon
from bosett.oppgave.services import NyOppgave, opprett
from bosett.person import selectors_tavler
from bosett.person.models import Husholdning, Nummer
from bosett.person.rules.maal import maal
from bosett.tilgang.models import Innsyn
from bosett.tilgang.services import nytt_subjekt
from meldinger import melding


def klar(siden: date, *, lop: str = "mottak", **felt: Any) -> Husholdning:
    """A household that has been ready since a day."""
    h = sak(**felt)
    with som(system("prove")):
        Husholdning.objects.filter(pk=h.pk).update(
            klar_fra=siden, venter_fra=siden, maal=maal(siden, lop == "em").frist, mangler=[], lop=lop
        )
    return h


def tekst(svar: Any) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", svar.content.decode().split("<main")[1]))


def sakene(svar: Any, tabell: str = "koen") -> list[str]:
    """The case numbers of the rows, in order."""
    html = svar.content.decode().replace("\u00a0", " ").split(f'id="tabell-{tabell}-innhold"')[1]
    return re.findall(r'<th scope="row"><a[^>]*>(H \d+)', html)


@pytest.mark.krav("R180")
def test_the_queue_is_sorted_by_how_long_they_have_waited_and_shows_who_is_over_the_target(land: str) -> None:
    dag = i_dag()
    ny, gammel, em = (
        klar(dag - timedelta(10)),
        klar(legg_til_maaneder(dag, -7)),
        klar(legg_til_maaneder(dag, -4), lop="em"),
    )
    ikke_klar = sak()
    koen, radgiver = reverse("tavle:koen"), innlogget("imdi_radgiver")
    assert sakene(radgiver.get(koen)) == [h.saksnummer for h in (gammel, em, ny)]
    assert sakene(radgiver.get(koen, {"sorter": "-klar"})) == [h.saksnummer for h in (ny, em, gammel)]
    assert sakene(radgiver.get(koen, {"sorter": "maal"})) == [h.saksnummer for h in (gammel, em, ny)]
    assert sakene(radgiver.get(koen, {"alder": "over"})) == [h.saksnummer for h in (gammel, em)]
    assert sakene(radgiver.get(koen, {"alder": "3"})) == [em.saksnummer]
    assert sakene(radgiver.get(koen, {"lop": "em"})) == [em.saksnummer]
    assert sakene(radgiver.get(koen, {"fase": "tillatelse"})) == [ikke_klar.saksnummer]
    assert sakene(radgiver.get(koen, {"antall": "1", "fase": "alle"})) == [
        h.saksnummer for h in (gammel, em, ny, ikke_klar)
    ]
    side = tekst(radgiver.get(koen))
    assert "Hvem venter 3" in side and "2 er over målet" in side and "Over 6 måneder 1" in side
    with som(system("prove")):
        linje = Innsyn.objects.filter(utvalg="tavle=koen,lop=em").get()
        assert (linje.antall, linje.subjekt_id) == (1, None)
    csv = radgiver.get(koen, {"format": "csv"}).content.decode("utf-8-sig")
    assert csv.count("\n") == 4 and "Ventet, dager" in csv and "Reserver" in csv.split("\n")[0]


def test_the_number_of_each_age_leads_to_as_many_rows(land: str) -> None:
    dag = i_dag()
    for maaneder in (0, 1, 2, 3, 5, 6, 9):
        klar(legg_til_maaneder(dag, -maaneder))
    radgiver = innlogget("imdi_radgiver")
    html = radgiver.get(reverse("tavle:koen")).content.decode()
    lenker = re.findall(r'<a href="(\?alder=\d)#koen">.*?</span><span>(\d+)</span></li>', html)
    assert [antall for _lenke, antall in lenker] == ["1", "2", "2", "2"]
    for lenke, antall in lenker:
        assert len(sakene(radgiver.get(reverse("tavle:koen") + lenke))) == int(antall), lenke


def test_filtered_by_region_and_by_who_has_taken_it(land: str) -> None:
    her, privat = klar(date(2026, 2, 1), bor=True), klar(date(2026, 2, 1), lop="privat")
    from bosett.geografi.selectors import regioner_for_alle  # noqa: PLC0415 - needs the database

    with som(system("prove")):
        region = regioner_for_alle()[mottaket().kommune_id]
        annen = next(r for r in regioner_for_alle().values() if r != region)
    koen, radgiver = reverse("tavle:koen"), innlogget("imdi_radgiver")
    svar = radgiver.get(koen, {"region": region.pk})
    assert sakene(svar) == [her.saksnummer] and region.navn in tekst(svar)
    assert sakene(radgiver.get(koen, {"region": annen.pk})) == []
    uuid = kollega()
    ta(her)
    ta(privat, "kollega")
    for hos_, ventet in (("meg", her), ("andre", privat), (str(uuid), privat)):
        assert sakene(radgiver.get(koen, {"hos": hos_})) == [ventet.saksnummer], hos_
    assert sakene(radgiver.get(koen, {"hos": "ingen"})) == []
    assert "Kollega Demo til og med" in tekst(radgiver.get(koen))


def test_a_case_is_taken_with_one_click_and_seen_on_the_home_page_of_the_one_who_gets_it(land: str) -> None:
    h, uuid = klar(date(2026, 2, 1)), kollega()
    radgiver, annen = innlogget("imdi_radgiver"), innlogget("kollega")
    fra = "http://testserver" + reverse("tavle:koen") + "?lop=mottak"
    svar = radgiver.post(reverse("tavle:reserver"), {"sak": h.subjekt.uuid}, headers={"referer": fra})
    assert svar["Location"] == reverse("tavle:koen") + "?lop=mottak"
    assert f"{h.saksnummer} er reservert til deg" in tekst(radgiver.get(svar["Location"]))
    assert f"Fortsett med {h.saksnummer}" in tekst(radgiver.get(reverse("hjem")))
    svar = annen.post(reverse("tavle:reserver"), {"sak": h.subjekt.uuid}, follow=True)
    assert "En kollega har reservert saken" in tekst(svar) and hos() == ["Ingrid Demo"]
    radgiver.post(reverse("tavle:forleng"), {"sak": h.subjekt.uuid})
    _gi_grunn(radgiver, h)
    gi = reverse("tavle:gi", args=[h.subjekt.uuid])
    assert radgiver.post(gi, {"til": "", "merknad": "Ring mottaket."}).status_code == 422
    svar = radgiver.post(gi, {"til": str(uuid), "merknad": "Ring mottaket."}, follow=True)
    assert f"{h.saksnummer} er gitt til Kollega Demo" in tekst(svar)
    side = tekst(annen.get(reverse("hjem")))
    assert "Ingrid Demo har gitt deg saken." in side and "Ring mottaket." in side
    assert h.saksnummer not in tekst(radgiver.get(reverse("hjem")))
    _gi_grunn(radgiver, h)
    assert "Reservert av Kollega Demo" in tekst(
        radgiver.get(reverse("person:husholdning", args=[h.subjekt.uuid]))
    )
    annen.post(reverse("tavle:slipp"), {"sak": h.subjekt.uuid})
    assert hos() == []


def _gi_grunn(klient: Any, h: Husholdning) -> None:
    """The test may run at night."""
    klient.post(reverse("person:grunn", args=[h.subjekt.uuid]), {"grunn": "kontroll"})


def test_the_next_in_the_queue_is_the_first_free_one_of_the_filter(land: str) -> None:
    saker = [klar(date(2026, maaned, 1), lop=lop) for maaned, lop in ((1, "mottak"), (2, "em"), (3, "em"))]
    ta(saker[1], "imdi_godkjenner")
    radgiver = innlogget("imdi_radgiver")
    fra = "http://testserver" + reverse("tavle:koen") + "?lop=em"
    for h in (saker[2], None):
        svar = radgiver.post(reverse("tavle:neste"), headers={"referer": fra})
        ventet = reverse("person:husholdning", args=[h.subjekt.uuid]) if h else reverse("tavle:koen")
        assert svar["Location"] == ventet
    assert radgiver.post(reverse("tavle:neste"))["Location"].endswith(f"{saker[0].subjekt.uuid}/")
    for ondt in ("http://ond.example/koen/?lop=em", "//ond", "http://testserver//ond.example"):
        assert radgiver.post(reverse("tavle:slipp"), {"sak": saker[0].subjekt.uuid}, headers={"referer": ondt})["Location"] == reverse("tavle:koen")  # fmt: skip


def test_who_must_answer_is_what_others_have_to_do_in_the_cases(land: str) -> None:
    h = klar(date(2026, 2, 1))
    with som(system("prove")):
        andre, egen = Organisasjon.objects.get(slag="bufetat"), Organisasjon.objects.get(slag="imdi")
        opprett(
            oppgaver=[
                NyOppgave(
                    h.pk, andre, ["bufetat_saksbehandler"], "byttet_ansvar", "x", "/", i_dag() - timedelta(1)
                ),
                NyOppgave(h.pk, egen, ["imdi_radgiver"], "byttet_ansvar", "x", "/"),
                NyOppgave(
                    nytt_subjekt(slag="annet").pk, andre, ["bufetat_saksbehandler"], "byttet_ansvar", "x", "/"
                ),
            ]
        )
    radgiver = innlogget("imdi_radgiver")
    assert "Hvem må svare 1" in tekst(radgiver.get(reverse("tavle:koen")))
    side = tekst(radgiver.get(reverse("tavle:maa-svare")))
    assert h.saksnummer in side and "1 dag over" in side and side.count(h.saksnummer) == 1


def test_what_is_free_is_empty_where_nobody_knows(sendt: int) -> None:
    """The round is next year's, and no settlement of this year is published in the demonstration."""
    radgiver = innlogget("imdi_radgiver")
    side = tekst(radgiver.get(reverse("tavle:koen")))
    assert "Ingen kommune har et vedtak for" in side
    assert "Ingen kommune har et vedtak for i år" in tekst(radgiver.get(reverse("tavle:ledig")))


@pytest.mark.parametrize(
    ("rolle", "ser"),
    [
        ("imdi_radgiver", {"koen", "maa-svare", "ledig"}),
        ("imdi_godkjenner", {"koen", "maa-svare", "ledig", "oversikt"}),
        ("bufetat_saksbehandler", {"koen"}),
        ("bosettingskonsulent", {"beboere"}),
        ("imdi_leder", set()),
        ("bosetter_skriv", set()),
        ("udi_saksbehandler", set()),
    ],
)
def test_each_role_has_its_boards(land: str, rolle: str, ser: set[str]) -> None:
    klient = innlogget(rolle)
    for tavle in ("beboere", "koen", "maa-svare", "ledig", "oversikt"):
        svar = klient.get(reverse(f"tavle:{tavle}"))
        assert svar.status_code == (200 if tavle in ser else 404), tavle
    assert klient.post(reverse("tavle:reserver"), {"sak": "tull"}).status_code == 404


def test_bufetat_has_its_own_queue_and_imdi_does_not_see_who_works_with_what_there(land: str) -> None:
    h = klar(date(2026, 2, 1), lop="em")
    with som(system("prove")) as aktor:
        from bosett.tilgang.services import del_subjekt  # noqa: PLC0415 - only here

        Husholdning.objects.filter(pk=h.pk).update(ansvar="bufetat")
        del_subjekt(
            subjekt_id=h.pk,
            organisasjon=Organisasjon.objects.get(slag="bufetat"),
            grad="full",
            hvorfor="person.ansvar",
        )
        assert aktor.jobb
    assert sakene(innlogget("imdi_radgiver").get(reverse("tavle:koen"))) == []
    bufetat = innlogget("bufetat_saksbehandler")
    assert sakene(bufetat.get(reverse("tavle:koen"))) == [h.saksnummer]
    bufetat.post(reverse("tavle:reserver"), {"sak": h.subjekt.uuid})
    assert hos() == ["Berit Demo"]
    with som_bruker("imdi_godkjenner"):
        assert not Reservasjon.objects.exists()


def test_the_residents_by_phase_with_what_is_missing_in_words(land: str) -> None:
    venter, ferdig = sak(bor=True, antall=2), sak(bor=True)
    andres = sak()
    flytter, uten_verge = sak(bor=True), sak(bor=True)
    with som(system("prove")):
        duf = Nummer.objects.get(person__husholdning=flytter).nummer
    ta_imot(melding("utflytting", 1, i_dag() + timedelta(9)) | {"duf": duf})
    with som(system("prove")):
        Husholdning.objects.filter(pk__in=(ferdig.pk, flytter.pk)).update(
            klar_fra=date(2026, 2, 1), mangler=[]
        )
        Husholdning.objects.filter(pk=uten_verge.pk).update(mangler=[{"kode": "verge", "person": "x"}])
    konsulent = innlogget("bosettingskonsulent")
    svar = konsulent.get(reverse("tavle:beboere"))
    assert set(sakene(svar, "beboere")) == {h.saksnummer for h in (venter, ferdig, flytter, uten_verge)}
    side = tekst(svar)
    assert andres.saksnummer not in side
    assert "Mangler: tillatelse" in side and "Mangler: verge" in side
    for fase, h, antall in (("tillatelse", venter, 1), ("klar", ferdig, 1), ("mangler", uten_verge, 1), ("flytter", flytter, 1)):  # fmt: skip
        assert f'href="{reverse("tavle:beboere")}?fase={fase}#beboere"' in svar.content.decode()
        rader = sakene(konsulent.get(reverse("tavle:beboere"), {"fase": fase}), "beboere")
        assert rader == [h.saksnummer] and len(rader) == antall
    assert konsulent.get(reverse("person:husholdning", args=[venter.subjekt.uuid])).status_code in (200, 302)
    with som(system("prove")):
        assert Innsyn.objects.filter(utvalg="tavle=beboere,fase=klar", antall=1).count() == 1


def test_the_leader_sees_phases_and_what_each_caseworker_holds(land: str) -> None:
    gammel, ny = klar(date(2025, 1, 1), antall=2), klar(i_dag())
    sak()
    ta(gammel)
    ta(ny, "imdi_godkjenner")
    leder = innlogget("imdi_godkjenner")
    svar = leder.get(reverse("tavle:oversikt"))
    side = tekst(svar)
    assert "2 husholdninger er klare og venter." in side and "1 er over målet" in side
    assert sakene(svar, "eldst") == [gammel.saksnummer, ny.saksnummer]
    for navn, h in (("Ingrid Demo", gammel), ("Gunnar Demo", ny)):
        lenke = re.search(rf'<a href="([^"]*hos=[^"]*)">{navn}', svar.content.decode())
        assert lenke is not None
        assert sakene(leder.get(lenke[1].replace("&amp;", "&"))) == [h.saksnummer]
    assert "Tillatelse" not in leder.get(reverse("tavle:oversikt"), {"format": "csv"}).content.decode()[:40]


def test_few_queries_however_many_rows(land: str, django_assert_max_num_queries: Any) -> None:
    for nr in range(6):
        ta(klar(date(2026, 2, 1) + timedelta(nr), bor=True, antall=2))
    for rolle, tavle, hoyst in (("imdi_radgiver", "koen", 30), ("bosettingskonsulent", "beboere", 20), ("imdi_godkjenner", "oversikt", 25), ("imdi_radgiver", "maa-svare", 15)):  # fmt: skip
        klient = innlogget(rolle)
        klient.get(reverse(f"tavle:{tavle}"))
        with django_assert_max_num_queries(hoyst):
            assert klient.get(reverse(f"tavle:{tavle}")).status_code == 200


def test_protected_persons_have_neither_name_nor_place_on_the_boards(land: str) -> None:
    h = klar(date(2026, 2, 1), bor=True)
    with som(system("prove")):
        h.personer.update(adressesperre="fortrolig")
        navn = h.personer.get().navn
    side = tekst(innlogget("imdi_radgiver").get(reverse("tavle:koen")))
    assert h.saksnummer in side and navn not in side and "Skjermet" in side
    with som_bruker("imdi_radgiver"):
        assert selectors_tavler.bosteder([h.pk]) == {}
    assert UUID(str(h.subjekt.uuid))


def test_the_gaps_of_the_mapping_stand_on_both_boards(land: str) -> None:
    begynt, ikke = sak(bor=True), sak(bor=True)
    with som(system("prove")):
        Husholdning.objects.filter(pk__in=(begynt.pk, ikke.pk)).update(klar_fra=i_dag(), mangler=[])
    lagre(personen(begynt).uuid, "kvalifikasjoner", svart(utdanning="4", papirer="?"))
    for bruker, tavle in (("bosettingskonsulent", "beboere"), ("imdi_radgiver", "koen")):
        html = innlogget(bruker).get(reverse(f"tavle:{tavle}")).content.decode().replace("\u00a0", " ")
        rader = {rad.split("</a>")[0].split(">")[-1]: rad for rad in html.split("<tr>")}
        assert "Ikke begynt" in rader[ikke.saksnummer]
        assert " prosent" in rader[begynt.saksnummer] and "ting vi ikke vet" in rader[begynt.saksnummer]
