"""A home they find themselves: with an agreement applied for, or without one. Never the same, never forgotten, and undone with a reason."""

import random
from datetime import date, timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.urls import reverse
from tests.integrasjon.test_simulator import bilde, slett, spill
from tests.person.test_hendelser import ta_imot
from tests.person.test_lop import er_klar, husholdningen, tillat
from tests.person.test_sammenslaaing import kode, opphev, person, slaa_sammen, to_like

from aktorer import innlogget, som_bruker
from bosett.aktor.kontekst import som, system
from bosett.geografi.models import Kommune, Kommuneversjon
from bosett.grunn.klokke import i_dag
from bosett.person.models import Husholdning, Selvbosetting
from bosett.person.services import lop, selvbosetting
from bosett.spor.models import Hendelse
from bosett.spor.verifisering import verifiser
from meldinger import ankomst, melding
from mottakene import lag_mottak
from samtidig import koder

FLYTTET = date(2026, 5, 1)
TEKST = {
    "avtalt": ("sok-avtalt", "Registrer søknad om avtalt selvbosetting", "avtalt_selvbosetting"),
    "uten_avtale": ("bosett-selv", "Registrer at de har bosatt seg selv uten avtale", "selvbosatt"),
}


def volda() -> Kommune:
    return Kommuneversjon.objects.filter(navn="Volda").latest("fra").kommune


def registrer(slag: str, dato: date = FLYTTET, hvem: int = 1) -> Selvbosetting:
    with som_bruker("imdi_radgiver") as aktor:
        return selvbosetting.registrer(
            aktor=aktor, husholdning_id=husholdningen(hvem).pk, slag=slag, dato=dato, kommune=volda()
        )


def ta_tilbake(denne: Selvbosetting, grunn: str = "Feil sak.") -> Selvbosetting:
    with som_bruker("imdi_radgiver") as aktor:
        return selvbosetting.ta_tilbake(aktor=aktor, selvbosetting=denne.uuid, grunn=grunn)


def klar_beboer() -> None:
    lag_mottak()
    ta_imot(ankomst(1), melding("plassering", 1, "2026-01-10", mottak="A"))
    tillat(1)
    assert er_klar(1)


@pytest.mark.krav_delvis("R196")
@pytest.mark.parametrize("slag", ["avtalt", "uten_avtale"])
def test_on_screen_the_two_are_registered_on_pages_of_their_own(land: str, slag: str) -> None:
    klar_beboer()
    h = husholdningen(1)
    side, klient = reverse("person:husholdning", args=[h.subjekt.uuid]), innlogget("imdi_radgiver")
    navn, tittel, blir = TEKST[slag]
    adresse = reverse(f"person:{navn}", args=[h.subjekt.uuid])
    assert adresse in klient.get(side).content.decode() and tittel in klient.get(adresse).content.decode()
    svar = klient.post(adresse, {"dato": str(i_dag() + timedelta(days=1)), "kommune": "Volda"})
    assert svar.status_code == 422 and "en dag som ikke har vært" in svar.content.decode()
    assert klient.post(adresse, {"dato": "1.5.2026", "kommune": "Atlantis"}).status_code == 422
    assert klient.post(adresse, {"dato": "1.5.2026", "kommune": "Volda"}).headers["Location"] == side
    assert husholdningen(1).lop == blir
    tekst = klient.get(side).content.decode()
    assert ("Derfor er de ikke i køen" in tekst) is (slag == "uten_avtale")
    assert ("Søknaden er ikke godkjent ennå" in tekst) is (slag == "avtalt")
    assert er_klar(1) is (slag == "avtalt"), "who has moved by herself is out of the queue"
    ko = klient.get(reverse("person:liste") + "?status=klar").content.decode()
    assert (h.saksnummer in ko) is (slag == "avtalt")
    with som(system("prove")):
        rad = Selvbosetting.objects.get()
        assert (rad.slag, rad.dato, rad.kommune, rad.registrert_av.brukernavn) == (slag, FLYTTET, volda(), "imdi_radgiver@demo.invalid")  # fmt: skip
    tilbake = reverse("person:ta-tilbake-selvbosetting", args=[rad.uuid])
    assert tilbake in tekst
    assert klient.post(tilbake, {"grunn": " "}).status_code == 422
    assert klient.post(tilbake, {"grunn": "Feil sak."}).headers["Location"] == side
    tekst = klient.get(side).content.decode()
    assert "Feil sak." in tekst and "Tatt tilbake" in tekst and tilbake not in tekst
    assert (husholdningen(1).lop, er_klar(1)) == ("mottak", True)
    assert klient.get(tilbake).status_code == 404


def test_an_application_followed_by_a_move_without_agreement_and_the_way_back(land: str) -> None:
    klar_beboer()
    sokt, flyttet = registrer("avtalt", date(2026, 4, 1)), registrer("uten_avtale")
    assert husholdningen(1).lop == "selvbosatt"
    assert kode(lambda: ta_tilbake(sokt)) == "SELVBOSETTING-SENERE"
    assert kode(lambda: ta_tilbake(flyttet, " ")) == "SELVBOSETTING-GRUNN"
    for _gang in range(2):
        ta_tilbake(flyttet)
    assert husholdningen(1).lop == "avtalt_selvbosetting"
    ta_tilbake(sokt)
    with som(system("prove")):
        h = Husholdning.objects.get()
        assert [(ett.slag, str(ett.fra), ett.til is None) for ett in h.lopene.order_by("pk")] == [
            ("mottak", "2026-01-10", True), ("avtalt_selvbosetting", "2026-04-01", False), ("selvbosatt", "2026-05-01", False),
        ]  # fmt: skip
        rader = Hendelse.objects.filter(handling="person.ta_tilbake_selvbosetting").order_by("nr")
        assert [r.data["slag"] for r in rader] == ["uten_avtale", "avtalt"]
        assert rader[0].detalj.innhold == {"begrunnelse": "Feil sak."} and "Feil" not in str(rader[0].data)
        assert verifiser().feil == []
    registrer("uten_avtale")
    assert husholdningen(1).lop == "selvbosatt", "rightly registered after all"


def test_who_lived_privately_does_again_when_it_is_taken_back(land: str) -> None:
    ta_imot(ankomst(1))
    with som_bruker("imdi_radgiver") as aktor:
        lop.sok_privat(aktor=aktor, husholdning_id=husholdningen(1).pk, sokt=date(2026, 2, 1), kanal="papir")
    ta_tilbake(registrer("uten_avtale"))
    h = husholdningen(1)
    with som(system("prove")):
        assert (h.lop, h.lopene.get(til=None).fra) == ("privat", date(2026, 2, 1))


def test_refusals(land: str) -> None:
    ta_imot(ankomst(1), ankomst(2, slag="overforing"), ankomst(3))
    assert kode(lambda: registrer("avtalt")) == "PERSON-LOP", "neither at a centre nor privately"
    assert kode(lambda: registrer("uten_avtale", hvem=2)) == "PERSON-LOP"
    assert kode(lambda: registrer("uten_avtale", i_dag() + timedelta(days=1))) == "SELVBOSETTING-DATO"
    ta_imot(melding("utgang", 3, "2026-04-01", grunn="utreist"))
    assert kode(lambda: registrer("uten_avtale", hvem=3)) == "PERSON-LOP"
    ta_imot(melding("tillatelse", 3, "2026-06-01", grunnlag="flyktning", vedtatt="2026-06-01"))
    assert kode(lambda: registrer("uten_avtale", date(2026, 3, 1), hvem=3)) == "PERSON-LOP-DATO"
    with som_bruker("imdi_radgiver") as aktor:
        assert kode(lambda: selvbosetting.ta_tilbake(aktor=aktor, selvbosetting=uuid4(), grunn="x")) == "SELVBOSETTING-FINNES-IKKE"  # fmt: skip
    with som(system("prove")):
        assert not Selvbosetting.objects.exists()


@pytest.mark.parametrize("rolle", ["imdi_godkjenner", "imdi_leder", "bosettingskonsulent", "bufetat_saksbehandler", "udi_saksbehandler", "bosetter_skriv"])  # fmt: skip
def test_only_advisers_register_and_take_back(land: str, rolle: str) -> None:
    klar_beboer()
    denne, h = registrer("avtalt"), husholdningen(1)
    kommune = volda()
    with som_bruker(rolle) as aktor:
        for slag in ("avtalt", "uten_avtale"):
            assert kode(lambda slag=slag: selvbosetting.registrer(aktor=aktor, husholdning_id=h.pk, slag=slag, dato=FLYTTET, kommune=kommune)) == "TILGANG"  # type: ignore[misc]  # fmt: skip
        assert kode(lambda: selvbosetting.ta_tilbake(aktor=aktor, selvbosetting=denne.uuid, grunn="x")) == "TILGANG"  # fmt: skip
    klient = innlogget(rolle)
    for adresse in (*(reverse(f"person:{navn}", args=[h.subjekt.uuid]) for navn, _, _ in TEKST.values()),
                    reverse("person:ta-tilbake-selvbosetting", args=[denne.uuid])):  # fmt: skip
        assert klient.post(adresse, {"dato": "1.5.2026", "kommune": "Volda", "grunn": "x"}).status_code in (403, 404)  # fmt: skip


@pytest.mark.parametrize("slag", ["avtalt", "uten_avtale"])
def test_it_stands_in_any_order_of_what_the_source_tells(land: str, slag: str) -> None:
    """The act is made when the first is told; everything else comes before or after, in any order."""
    lag_mottak()
    forst = [ankomst(1), melding("plassering", 1, "2026-01-10", mottak="A")]
    ellers = [
        melding("plassering", 1, "2026-06-01", mottak="B"), melding("tillatelse", 1, "2026-02-01", grunnlag="flyktning", vedtatt="2026-02-01"),
        melding("utgang", 1, "2026-02-20", grunn="trukket"), ankomst(1, "2026-03-01"), melding("plassering", 1, "2026-03-01", mottak="A"),
        melding("utflytting", 1, "2026-05-02"), ankomst(1, "2026-04-01", sak="S9"),
    ]  # fmt: skip
    fasit: dict[str, Any] = {}
    for fro in range(4):
        slett()
        stokket = random.Random(fro).sample(ellers, len(ellers))
        spill(forst)
        assert husholdningen(1).lop == "mottak"
        registrer(slag)
        for ett in stokket:
            spill([ett])
        spill([])
        h = husholdningen(1)
        assert (h.lop, h.udi_sak) == (TEKST[slag][2], "S9"), [m["type"] for m in stokket]
        fasit = fasit or bilde()
        assert bilde() == fasit


def test_who_leaves_and_comes_back_begins_anew(land: str) -> None:
    klar_beboer()
    registrer("uten_avtale")
    ta_imot(
        melding("utgang", 1, "2026-06-01", grunn="utreist"),
        melding("plassering", 1, "2026-07-01", mottak="A"),
    )
    assert husholdningen(1).lop == "mottak"
    side = reverse("person:husholdning", args=[husholdningen(1).subjekt.uuid])
    assert "Gjelder ikke nå" in innlogget("imdi_radgiver").get(side).content.decode()


def test_it_goes_with_a_merge_and_comes_back_with_the_undo(land: str) -> None:
    par = to_like()
    with som(system("prove")):
        Husholdning.objects.filter(lop="overforing").update(lop="")
        for h in Husholdning.objects.all():
            h.lopene.all().delete()
        for p in (person(1), person(2), person(3)):
            p.meldt |= {"slag": "asyl"}
            p.save()
    registrer("uten_avtale", hvem=3)
    denne = slaa_sammen(par)
    with som(system("prove")):
        assert (Selvbosetting.objects.get().husholdning.udi_sak, husholdningen(1).lop) == ("S1", "selvbosatt")
    opphev(denne)
    with som(system("prove")):
        assert Selvbosetting.objects.get().husholdning.udi_sak == "S3"
    assert (husholdningen(1).lop, husholdningen(3).lop) == ("", "selvbosatt")


def test_two_who_register_the_same_and_two_different_at_once(land: str) -> None:
    klar_beboer()
    assert koder(*[lambda: registrer("avtalt")] * 3) == ["ok"] * 3
    with som(system("prove")):
        denne = Selvbosetting.objects.get()
    assert koder(lambda: ta_tilbake(denne), lambda: ta_tilbake(denne)) == ["ok"] * 2
    assert husholdningen(1).lop == "mottak"
    utfall = koder(lambda: registrer("avtalt"), lambda: registrer("uten_avtale"))
    assert utfall[1] == "ok" and utfall[0] in ("ok", "PERSON-LOP"), (
        "moved without agreement stands, whoever came first"
    )
    assert husholdningen(1).lop == "selvbosatt"
    with som(system("prove")):
        assert husholdningen(1).lopene.filter(til=None).count() == 1
        assert verifiser().feil == []
