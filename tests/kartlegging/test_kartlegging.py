"""Mapping a person: field by field, in any order, by two at once, and never written over."""

from datetime import timedelta

import pytest
from django.db import IntegrityError, transaction
from tests.kartlegging.kart import beboer, lagre, personen, samtykk, svart
from tests.person.saker import ta_imot
from tests.person.test_kopi import felter, kopien
from tests.person.test_sammenslaaing import opphev, slaa_sammen, to_like

from aktorer import som_bruker
from bosett.aktor.kontekst import som, system
from bosett.aktor.models import Organisasjon
from bosett.grunn.feil import Avvist, FinnesIkke, Konflikt, Ugyldig
from bosett.grunn.klokke import frys, i_dag, naa
from bosett.kartlegging import selectors_kartlegging as selectors
from bosett.kartlegging.models import Kartlegging, Kartleggingssvar
from bosett.kartlegging.services import kartlegging
from bosett.kartlegging.services.kartlegging import Svar
from bosett.person.models import Husholdning, Person
from bosett.person.services import samtykker
from bosett.spor.models import Hendelse
from bosett.spor.verifisering import verifiser
from bosett.tilgang.services import del_subjekt
from meldinger import ankomst, melding
from mottakene import lag_mottak


def _staar(person: Person, bruker: str = "bosettingskonsulent") -> dict[str, object]:
    with som_bruker(bruker) as aktor:
        bilde = selectors.bilde(aktor, person)
        return {felt: rad.verdi if rad.status == "svar" else rad.status for felt, rad in bilde.svar.items()}


def test_a_section_is_saved_partly_at_any_time_and_the_rest_stays_unknown(land: str) -> None:
    p = personen(beboer())
    lagre(p.uuid, "kvalifikasjoner", svart(utdanning="4", skolegang=12))
    lagre(p.uuid, "kvalifikasjoner", svart(yrke="Snekker", papirer="?"))
    assert _staar(p) == {"utdanning": "4", "skolegang": 12, "yrke": "Snekker", "papirer": "vet_ikke"}
    with som_bruker("bosettingskonsulent") as aktor:
        bilde = selectors.bilde(aktor, p)
        tall = {t.seksjon: (t.avklart, t.av, t.prosent) for t in bilde.seksjoner}
        assert tall == {"behov": (0, 6, 0), "evner": (0, 5, 0), "kvalifikasjoner": (3, 10, 30), "onsker": (0, 5, 0)}  # fmt: skip
        sies = [u.paa("nb") for u in bilde.ukjent if u.felt in ("papirer", "yrkesgruppe")]
        assert sies == [
            "Vi har spurt, men vet ikke om personen har vitnemål.",
            "Vi vet ikke hvilken yrkesgruppe personen hører til.",
        ]


def test_the_same_again_changes_nothing_and_a_change_supersedes(land: str) -> None:
    p = personen(beboer())
    forste = lagre(p.uuid, "evner", svart(interesser="Fotball"))
    igjen = lagre(p.uuid, "evner", svart(interesser=" Fotball "), 0)  # sent again
    assert igjen.versjon == forste.versjon
    with frys(naa() + timedelta(days=3)):
        lagre(p.uuid, "evner", svart(interesser="Sjakk"), forste.versjon)
    with som(system("prove")):
        gammelt, nytt = Kartleggingssvar.objects.filter(felt="interesser").order_by("pk")
        assert (gammelt.verdi, nytt.verdi) == ("Fotball", "Sjakk")
        assert gammelt.kjent_til == nytt.kjent_fra and nytt.kjent_til is None
        kjent = Kartleggingssvar.objects.kjent(nytt.kjent_fra - timedelta(hours=1))
        assert [(r.verdi, str(r.fra)) for r in kjent.filter(felt="interesser")] == [("Fotball", str(i_dag()))]
        assert Kartlegging.objects.count() == 1
        handlinger = Hendelse.objects.filter(handling__startswith="kartlegging.").order_by("nr")
        assert [h.handling for h in handlinger] == ["kartlegging.apne", "kartlegging.lagre", "kartlegging.lagre"]  # fmt: skip
        assert "Fotball" not in str([h.data for h in handlinger]) and verifiser().feil == []


def test_two_on_one_form_get_a_conflict_that_shows_both_and_loses_neither(land: str) -> None:
    p = personen(beboer())
    apnet = lagre(p.uuid, "onsker", svart(onske_sted="Oslo", fremtid="Vil studere")).versjon
    en = lagre(p.uuid, "onsker", svart(onske_sted="Bergen", fremtid="Vil studere"), apnet, side="en")
    assert not en.konflikter
    to = lagre(
        p.uuid, "onsker", svart(onske_sted="Tromsø", fremtid="Vil studere", onske_utdanning="Sykepleier"), apnet, side="to", bruker="imdi_radgiver"
    )  # fmt: skip
    (konflikt,) = to.konflikter
    assert (konflikt.felt.navn, konflikt.deres.verdi, konflikt.mitt.verdi) == ("onske_sted", "Bergen", "Tromsø")  # fmt: skip
    assert _staar(p) == {"onske_sted": "Bergen", "fremtid": "Vil studere", "onske_utdanning": "Sykepleier"}
    # Seen, and decided: the second writes over, and the first stands in the history.
    igjen = lagre(
        p.uuid, "onsker", svart(onske_sted="Tromsø"), apnet, side="to", bruker="imdi_radgiver", overstyr={"onske_sted": konflikt.deres.pk}
    )  # fmt: skip
    assert not igjen.konflikter and _staar(p)["onske_sted"] == "Tromsø"
    with som_bruker("imdi_radgiver") as aktor:
        steder = [r.verdi for r in selectors.historie(aktor, p) if r.felt == "onske_sted"]
        assert steder == ["Tromsø", "Bergen", "Oslo"]


def test_a_decision_on_a_conflict_holds_only_for_what_was_seen(land: str) -> None:
    p = personen(beboer())
    sett = lagre(p.uuid, "evner", svart(interesser="A"), side="en").konflikter
    assert sett == ()
    forste = lagre(p.uuid, "evner", svart(interesser="B"), 0, side="to").konflikter[0].deres.pk
    lagre(p.uuid, "evner", svart(interesser="C"), 0, side="en")  # changed once more meanwhile
    igjen = lagre(p.uuid, "evner", svart(interesser="B"), 0, side="to", overstyr={"interesser": forste})
    assert igjen.konflikter[0].deres.verdi == "C" and _staar(p)["interesser"] == "C"


def test_one_who_writes_on_is_not_in_conflict_with_oneself_and_does_not_undo_others(land: str) -> None:
    p = personen(beboer())
    apnet = lagre(p.uuid, "evner", svart(interesser="A", digitalt="hjelp")).versjon
    lagre(p.uuid, "evner", svart(interesser="AB", digitalt="hjelp"), apnet, side="min")  # the answer was lost
    assert not lagre(p.uuid, "evner", svart(interesser="ABC", digitalt="hjelp"), apnet, side="min").konflikter
    lagre(p.uuid, "evner", svart(digitalt="arbeid"), apnet, side="annen")
    # The page still shows the old value of what the other changed; it was not touched here, so it stands.
    assert not lagre(p.uuid, "evner", svart(interesser="A", digitalt="hjelp"), apnet, side="min").konflikter
    assert _staar(p) == {"interesser": "A", "digitalt": "arbeid"}


def test_one_bad_value_does_not_stop_the_others_and_unknown_fields_are_refused(land: str) -> None:
    p = personen(beboer())
    lagret = lagre(p.uuid, "kvalifikasjoner", svart(skolegang=99, yrke="Lærer"))
    assert [(f.navn, e.kode) for f, e in lagret.avslag] == [("skolegang", "KARTLEGGING-VERDI")]
    assert _staar(p) == {"yrke": "Lærer"}
    with pytest.raises(Ugyldig):
        lagre(p.uuid, "kvalifikasjoner", svart(skostorrelse=42))
    with pytest.raises(Ugyldig):
        lagre(p.uuid, "behov", svart(utdanning="4"))  # of another section


def test_it_may_be_completed_with_gaps_that_are_named_and_opened_again(land: str) -> None:
    p = personen(beboer())
    with som_bruker("bosettingskonsulent") as aktor, pytest.raises(Konflikt):
        kartlegging.fullfor(aktor=aktor, person=p.uuid)
    lagre(p.uuid, "evner", svart(digitalt="arbeid"))
    for _ in range(2):
        with som_bruker("bosettingskonsulent") as aktor:
            assert kartlegging.fullfor(aktor=aktor, person=p.uuid).tilstand == "fullfort"
    with som(system("prove")):
        (rad,) = Hendelse.objects.filter(handling="kartlegging.fullfor")
        assert "utdanning" in rad.data["mangler"] and "digitalt" not in rad.data["mangler"]
    with pytest.raises(Konflikt) as feil:
        lagre(p.uuid, "evner", svart(digitalt="hjelp"))
    assert feil.value.gjor == "Åpne kartleggingen igjen."
    for _ in range(2):
        with som_bruker("imdi_radgiver") as aktor:
            assert kartlegging.gjenapne(aktor=aktor, person=p.uuid).tilstand == "utkast"
    lagre(p.uuid, "evner", svart(digitalt="hjelp"), 10**9)
    assert _staar(p) == {"digitalt": "hjelp"}


def test_only_one_answers_for_the_household(land: str) -> None:
    h = beboer(2)
    hoved, barn = personen(h), personen(h, 1)
    lagre(hoved.uuid, "onsker", svart(onske_sted="Tromsø", onske_arbeid="7"))
    with pytest.raises(Ugyldig):
        lagre(barn.uuid, "onsker", svart(onske_sted="Oslo"))
    with som_bruker("imdi_radgiver") as aktor:
        assert selectors.onsker(aktor, barn).sted == "Tromsø" and selectors.onsker(aktor, barn).arbeid is None
        assert selectors.onsker(aktor, hoved).arbeid == "7"


@pytest.mark.krav_delvis("R161", "R164")
def test_competence_and_wishes_are_there_for_the_other_rooms(land: str) -> None:
    p = personen(beboer())
    lagre(p.uuid, "kvalifikasjoner", svart(utdanning="6", yrkesgruppe="2", yrkesaar=7, papirer="-"))
    lagre(p.uuid, "evner", svart(spraak=[{"spraak": "tir", "nivaa": "C2"}, {"spraak": "nor", "nivaa": "A1"}], forerkort=["B"]))  # fmt: skip
    lagre(p.uuid, "onsker", svart(onske_arbeid="2", onske_sted="Bodø", onske_sted_hvorfor=["familie"]))
    with som_bruker("imdi_radgiver") as aktor:
        k, o = selectors.kompetanse(aktor, p), selectors.onsker(aktor, p)
        assert (k.utdanning, k.yrkesgruppe, k.yrkesaar, k.papirer, k.fag) == ("6", "2", 7, None, None)
        assert k.spraak == (("tir", "C2"), ("nor", "A1")) and k.forerkort == ("B",)
        assert (o.arbeid, o.sted, o.sted_hvorfor, o.utdanning) == ("2", "Bodø", ("familie",), None)


def test_the_boards_get_state_percent_gaps_and_last_change_per_household(land: str) -> None:
    ferdig, begynt, ingen = beboer(), beboer(2), beboer()
    lagre(personen(ferdig).uuid, "evner", svart(digitalt="arbeid", interesser="-"))
    lagre(personen(begynt).uuid, "evner", svart(digitalt="arbeid"))
    with som_bruker("imdi_radgiver") as aktor:
        kartlegging.fullfor(aktor=aktor, person=personen(ferdig).uuid)
        tall = selectors.fullfort(aktor, [ferdig.pk, begynt.pk, ingen.pk])
    assert [tall[h.pk].tilstand for h in (ferdig, begynt, ingen)] == ["fullfort", "utkast", ""]
    assert tall[ferdig.pk].prosent == {"behov": 0, "evner": 40, "kvalifikasjoner": 0, "onsker": 0}
    assert tall[begynt.pk].prosent["evner"] == 10  # of two persons
    assert tall[ingen.pk].sist_endret is None and len(tall[ingen.pk].ukjent) == 26
    with som_bruker("bosettingskonsulent") as aktor:
        del_av = selectors.fullfort(aktor, [ferdig.pk, beboer(bor=False).pk])
    assert set(del_av) == {ferdig.pk}


@pytest.mark.krav("R012")
def test_a_consultant_maps_those_at_the_own_centre_only(land: str) -> None:
    lag_mottak()
    ta_imot(
        ankomst(1), ankomst(2), ankomst(3, fodt="2013-06-01", enslig_mindrearig=True),
        melding("plassering", 1, "2026-03-01", mottak="A"), melding("plassering", 2, "2026-03-01", mottak="B"), melding("plassering", 3, "2026-03-01", mottak="OMS"),
    )  # fmt: skip
    with som(system("prove")):
        her, der, em = (Person.objects.get(husholdning__udi_sak=f"S{nr}") for nr in (1, 2, 3))
    lagre(her.uuid, "evner", svart(interesser="Fotball"))
    for fremmed in (der, em):
        with pytest.raises(FinnesIkke) as feil:
            lagre(fremmed.uuid, "evner", svart(interesser="Fotball"))
        assert feil.value.http_status == 404
    lagre(em.uuid, "evner", svart(interesser="Fotball"), bruker="bufetat_saksbehandler")
    lagre(der.uuid, "evner", svart(interesser="Fotball"), bruker="imdi_radgiver")
    with pytest.raises(FinnesIkke):
        lagre(der.uuid, "evner", svart(interesser="Sjakk"), bruker="bufetat_saksbehandler")
    with som_bruker("bosettingskonsulent"):  # row security, with every filter off
        assert set(Kartleggingssvar.objects.values_list("person", flat=True)) == {her.pk}
        assert Kartlegging.objects.get().person_id == her.pk
    for rolle in ("imdi_leder", "imdi_admin", "ks_radgiver", "udi_saksbehandler", "bosetter_skriv"):
        with som_bruker(rolle):
            assert not Kartlegging.objects.exists() and not Kartleggingssvar.objects.exists(), rolle
        with pytest.raises(Avvist):
            lagre(her.uuid, "evner", svart(interesser="Sjakk"), bruker=rolle)


def _del(h: Husholdning, grad: str) -> None:
    with som(system("prove")):
        kommune = Organisasjon.objects.get(slag="kommune", navn__startswith="Steinkjer")
        del_subjekt(subjekt_id=h.pk, organisasjon=kommune, grad=grad, hvorfor="prøve")


def test_health_needs_a_consent_and_a_reason_and_goes_when_the_consent_goes(land: str) -> None:
    h = beboer()
    p = personen(h)
    helse = {"helse": Svar("svar", "Bruker rullestol", "Må ha bolig uten trapper")}
    assert lagre(p.uuid, "behov", helse).avslag[0][1].kode == "KARTLEGGING-SAMTYKKE"
    ja = samtykk(p, "kartlegging_helse")
    uten = {"helse": Svar("svar", "Bruker rullestol", " ")}
    assert lagre(p.uuid, "behov", uten).avslag[0][1].kode == "KARTLEGGING-GRUNN"
    assert not lagre(p.uuid, "behov", helse).avslag
    assert _staar(p)["helse"] == "Bruker rullestol"
    with som(system("prove")), pytest.raises(IntegrityError), transaction.atomic():
        Kartleggingssvar.objects.filter(felt="helse").update(hvorfor="")
    # A municipality with the full share sees the rest; health it sees with the grade and a consent to that.
    lagre(p.uuid, "evner", svart(interesser="Fotball"))
    _del(h, "full")
    assert _staar(p, "bosetter_les") == {"interesser": "Fotball"}
    with som_bruker("bosetter_les"):
        assert not Kartleggingssvar.objects.exclude(kategori="").exists()  # row security alone
    _del(h, "helse")
    assert "helse" not in _staar(p, "bosetter_les")
    samtykk(p, "helse")
    assert _staar(p, "bosetter_les")["helse"] == "Bruker rullestol"
    with som_bruker("imdi_radgiver") as aktor:
        samtykker.trekk(aktor=aktor, samtykke=ja)
    with som(system("prove")):
        assert not Kartleggingssvar.objects.filter(felt="helse").exists()
        assert Kartleggingssvar.objects.filter(felt="interesser").exists()
        assert Hendelse.objects.get(handling="kartlegging.slett_saerlig").data["antall"] == 1


def test_religion_is_never_shown_to_a_municipality(land: str) -> None:
    h = beboer()
    p = personen(h)
    samtykk(p, "kartlegging_religion")
    samtykk(p, "helse")
    assert not lagre(p.uuid, "behov", {"religion": Svar("svar", "Fortalt", "Trusler der")}).avslag
    _del(h, "helse")
    assert "religion" not in _staar(p, "bosetter_skriv") and _staar(p)["religion"] == "Fortalt"
    with som_bruker("bosetter_skriv") as aktor:
        assert not Kartleggingssvar.objects.filter(felt="religion").exists()
        assert selectors.historie(aktor, p) == []


def test_a_consent_that_ran_out_hides_and_then_deletes(land: str) -> None:
    p = personen(beboer())
    samtykk(p, "kartlegging_etnisitet")
    lagre(p.uuid, "behov", {"etnisitet": Svar("svar", "Fortalt", "Trusler der")})
    with frys(naa() + timedelta(days=800)):
        assert _staar(p) == {}
        with som(system("prove")) as aktor:
            samtykker.utlop(aktor=aktor)
            assert not Kartleggingssvar.objects.exists()


def test_what_is_told_goes_with_a_person_who_was_registered_twice_and_comes_back(land: str) -> None:
    par = to_like()
    with som(system("prove")):
        en, to = par.en, par.annen
    lagre(en.uuid, "evner", svart(interesser="Sjakk"), bruker="imdi_radgiver")
    lagre(to.uuid, "evner", svart(interesser="Fotball", digitalt="arbeid"), bruker="imdi_radgiver")
    gjort = slaa_sammen(par)
    assert _staar(en, "imdi_radgiver") == {"interesser": "Sjakk", "digitalt": "arbeid"}
    opphev(gjort)
    assert _staar(en, "imdi_radgiver") == {"interesser": "Sjakk"}
    assert _staar(to, "imdi_radgiver") == {"interesser": "Fotball", "digitalt": "arbeid"}


def test_the_persons_copy_has_the_answers_in_the_words_of_the_form(land: str) -> None:
    p = personen(beboer())
    lagre(
        p.uuid,
        "behov",
        svart(sivilstatus="enke", sted=["trinnfri", "rolig"], trygghet="DEMO: bror i Moss", kontakt="-"),
    )
    lagre(p.uuid, "evner", svart(spraak=[{"spraak": "tir", "nivaa": "C2"}]))
    for spraak, ventet in (
        ("nb", {"Enke eller enkemann", "Bolig uten trapper, Rolig sted", "DEMO: bror i Moss", "tigrinja C2"}),
        (
            "nn",
            {"Enkje eller enkjemann", "Bustad utan trapper, Roleg stad", "DEMO: bror i Moss", "tigrinja C2"},
        ),
        ("en", {"Widowed", "Home without stairs, Quiet place", "DEMO: bror i Moss", "Tigrinya C2"}),
    ):
        alle, data = kopien(p, spraak)
        sagt = {
            ord_
            for kode, f in felter(alle)
            if (kode, f.kode) == ("Kartleggingssvar", "verdi")
            for ord_ in f.ord
        }
        assert sagt == ventet
        lagret = [rad["verdi"]["verdi"] for rad in data["opplysninger"]["Kartleggingssvar"]["rader"]]
        assert "enke" in lagret and ["trinnfri", "rolig"] in lagret and None in lagret
