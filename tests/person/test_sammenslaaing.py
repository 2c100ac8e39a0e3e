"""Duplicates on the real database: found by the job, merged, undone, and decided once."""

from collections.abc import Callable
from typing import Any

import pytest

from aktorer import som_bruker
from bosett.aktor.kontekst import som, system
from bosett.grunn.feil import BosettFeil
from bosett.integrasjon import services as integrasjon
from bosett.integrasjon.models import Melding
from bosett.person.models import (
    Dublett,
    Husholdning,
    Lop,
    Medlem,
    Navn,
    Nummer,
    Opphold,
    Person,
    Relasjon,
    Sammenslaaing,
    Sokeord,
    Verge,
)  # fmt: skip
from bosett.person.querysets import synlige_personer
from bosett.person.services import dubletter, sammenslaaing
from bosett.spor.models import Hendelse
from bosett.spor.verifisering import verifiser
from bosett.tilgang.models import Deling
from meldinger import ankomst, duf, melding
from mottakene import lag_mottak
from samtidig import koder
from svar import arbeid

TABELLER = (Person, Navn, Nummer, Medlem, Opphold, Relasjon, Verge, Lop, Husholdning, Sokeord)
GRUNN = "Samme pass i begge sakene."


def ta_imot(*meldinger: dict[str, Any]) -> None:
    with som(system("prove")) as aktor:
        integrasjon.motta(aktor=aktor, meldinger=meldinger)
        while integrasjon.bruk_neste(aktor=aktor):
            pass
    arbeid()


def person(hvem: int) -> Person:
    """The one the DUF number belongs to now."""
    return Nummer.objects.kjent().get(slag="duf", nummer=duf(hvem)).person


def bilde() -> dict[str, list[dict[str, Any]]]:
    """Every row of the room, without what only counts upwards."""
    with som(system("prove")):
        return {
            m.__name__: sorted(
                ({f: v for f, v in rad.items() if not (m is Sokeord and f == "id")} for rad in m.objects.values()),
                key=str,
            )
            for m in TABELLER
        }  # fmt: skip


def to_like() -> Dublett:
    """A woman with a husband and a permit, and the same woman once more, alone in another case, with a guardian and a stay."""
    ta_imot(
        ankomst(1, fornavn="Amina", etternavn="Yusuf", sak="S1", slag="overforing"),
        ankomst(2, fornavn="Karim", etternavn="Haddad", sak="S1", rolle="ektefelle", fodt="1988-02-03"),
        melding("slektskap", 1, "2026-01-10", til_duf=duf(2), slag="ektefelle"),
        melding("tillatelse", 2, "2026-02-01", grunnlag="flyktning", vedtatt="2026-02-01"),
        ankomst(3, "2026-01-05", fornavn="Aminah", etternavn="Youssef", sak="S3", slag="overforing"),
        melding("tillatelse", 3, "2026-02-03", grunnlag="flyktning", vedtatt="2026-02-03"),
        melding("vergemaal", 3, "2026-02-04", navn="DEMO Verge"),
        ankomst(4, fornavn="Layla", etternavn="Darwish", sak="S4", slag="overforing"),
        melding("slektskap", 4, "2026-02-05", til_duf=duf(3), slag="sosken"),
    )
    with som(system("prove")):
        return Dublett.objects.get()


def slaa_sammen(par: Dublett, behold: int = 1) -> Sammenslaaing:
    with som_bruker("imdi_radgiver") as aktor:
        return sammenslaaing.slaa_sammen(
            aktor=aktor, dublett_id=par.pk, behold_id=person(behold).pk, hvorfor=GRUNN
        )


def opphev(denne: Sammenslaaing) -> Sammenslaaing:
    with som_bruker("imdi_radgiver") as aktor:
        return sammenslaaing.opphev(aktor=aktor, sammenslaaing_id=denne.pk, hvorfor="De er søstre.")


def kode(gjor: Callable[[], object]) -> str:
    with pytest.raises(BosettFeil) as feil:
        gjor()
    return feil.value.kode


def test_the_job_finds_the_pair_and_says_why(land: str) -> None:
    par = to_like()
    assert (par.grunner, par.poeng, par.status) == (["lydlikt_navn", "samme_fodt", "samme_land"], 85, "apen")
    with som(system("prove")) as aktor:
        assert (par.en, par.annen) == (person(1), person(3))
        assert dubletter.finn(aktor=aktor, person_ider=Person.objects.values_list("pk", flat=True)) == 0
        assert Dublett.objects.count() == 1


def test_a_number_that_is_somebodys_is_kept_off_and_asked_about(land: str) -> None:
    fnr = {"slag": "dnr", "nummer": "41905012345"}
    ta_imot(ankomst(1, numre=[fnr], sak="S1"), ankomst(2, fornavn="Bahar", fodt="1971-01-01", numre=[fnr]))
    ta_imot(ankomst(3, fornavn="Celine", fodt="1972-02-02", numre=[fnr]))
    with som(system("prove")):
        assert not Melding.objects.exclude(status="brukt").exists()
        assert Nummer.objects.get(slag="dnr").person == person(1)
        assert [(d.en, d.annen, d.grunner[0]) for d in Dublett.objects.order_by("annen")] == [
            (person(1), person(2), "samme_nummer"), (person(1), person(3), "samme_nummer"),
        ]  # fmt: skip


def test_merged_everything_hangs_on_one_and_what_is_derived_follows(land: str) -> None:
    par = to_like()
    denne = slaa_sammen(par)
    with som(system("prove")) as aktor:
        amina, h = person(1), Husholdning.objects.get(udi_sak="S1")
        assert person(3) == amina
        borte = Person.objects.get(pk=par.annen_id)
        assert borte.samme_som == amina and borte not in synlige_personer(aktor)
        assert amina.opphold.count() == 1 and amina.verger.count() == 1 and amina.relasjoner_til.count() == 1
        assert Sokeord.objects.filter(person=amina, ord="aminah").exists()
        assert not Sokeord.objects.filter(person=borte).exists()
        assert (h.antall, str(h.klar_fra), h.mangler, str(h.apnet)) == (2, "2026-02-03", [], "2026-01-05")
        tomt = Husholdning.objects.get(udi_sak="S3")
        assert (tomt.slutt, tomt.lop, tomt.antall, tomt.klar_fra) == ("slaatt_sammen", "avsluttet", 0, None)
        assert Medlem.objects.kjent().filter(person=amina).count() == 1
        rader = Hendelse.objects.filter(handling="person.slaa_sammen")
        assert {r.subjekt_id for r in rader} == {h.pk, tomt.pk}
        assert all(r.bruker_id and GRUNN not in str(r.data) and duf(3) not in str(r.data) for r in rader)
        assert rader[0].detalj.innhold == {"om_paret": GRUNN}
        assert verifiser().feil == []
        assert denne.tomt == tomt


def test_undo_puts_back_every_link(land: str) -> None:
    par = to_like()
    for_ = bilde()
    denne = slaa_sammen(par)
    assert bilde() != for_
    opphev(denne)
    assert bilde() == for_
    with som(system("prove")):
        par.refresh_from_db()
        assert (par.status, par.avgjort) == ("apen", None)
        assert Hendelse.objects.filter(handling="person.opphev_sammenslaaing").count() == 2
    slaa_sammen(par, behold=3)  # the other way, when the first was wrong
    with som(system("prove")):
        assert person(1) == par.annen and Husholdning.objects.get(udi_sak="S1").antall == 1


def test_undo_after_later_messages_gives_each_her_own(land: str) -> None:
    par = to_like()
    alene = bilde()
    denne = slaa_sammen(par)
    senere = (
        melding("tillatelse", 3, "2026-03-01", grunnlag="humanitart", vedtatt="2026-03-01"),
        melding("aldersretting", 3, "2026-03-02", fodt="1991-05-01"),
        melding("tillatelse", 1, "2026-03-03", grunnlag="flyktning", vedtatt="2026-03-03"),
        melding("slektskap", 4, "2026-03-04", til_duf=duf(3), slag="annen"),
        melding("slektskap", 3, "2026-03-04", til_duf=duf(4), slag="sosken"),
        ankomst(
            3,
            "2026-01-05",
            fodt="1991-05-01",
            fornavn="Amineh",
            etternavn="Youssef",
            sak="S3",
            slag="overforing",
        ),
        ankomst(5, fornavn="Yara", etternavn="Youssef", sak="S3", rolle="barn", fodt="2020-06-01"),
    )
    ta_imot(*senere)
    with som(system("prove")):
        assert not Melding.objects.exclude(status="brukt").exists()
        amina = person(1)
        assert str(amina.fodt) == "1991-05-01" and amina.navn == "Amina Yusuf"
        assert sorted(str(o.fra) for o in amina.opphold.filter(kjent_til=None)) == ["2026-02-03", "2026-03-01", "2026-03-03"]  # fmt: skip
        assert person(5).husholdning == amina.husholdning, (
            "who comes later with the closed case belongs with the one that stands"
        )
    opphev(denne)
    with som(system("prove")):
        en, annen = person(1), person(3)
        assert (en.pk, annen.pk) == (par.en_id, par.annen_id)
        assert (str(en.fodt), str(annen.fodt), annen.navn) == ("1990-05-01", "1991-05-01", "Amineh Youssef")
        assert [(str(o.fra), o.til) for o in en.opphold.filter(kjent_til=None)] == [("2026-03-03", None)]
        gjelder = annen.opphold.filter(kjent_til=None).order_by("fra")
        assert [(str(o.fra), str(o.til)) for o in gjelder] == [("2026-02-03", "2026-03-01"), ("2026-03-01", "None")]  # fmt: skip
        assert sorted(r.slag for r in annen.relasjoner_til.all()) == ["annen", "sosken"]
        assert [r.slag for r in annen.relasjoner.all()] == ["sosken"]
        assert person(5).husholdning == en.husholdning
        assert [m["husholdning_id"] for m in alene["Medlem"] if m["person_id"] == annen.pk] == [
            annen.medlemskap.get(kjent_til=None).husholdning_id
        ]


def test_a_chain_of_merges_is_undone_from_the_last(land: str) -> None:
    ta_imot(*(ankomst(n, fornavn="Amina", etternavn="Yusuf", slag="overforing") for n in (1, 2, 3)))
    for_ = bilde()
    with som(system("prove")):
        par = {(d.en_id, d.annen_id): d for d in Dublett.objects.all()}
        p1, p2, p3 = (person(n).pk for n in (1, 2, 3))
    forste = slaa_sammen(par[p2, p3], behold=2)
    andre = slaa_sammen(par[p1, p2], behold=1)
    assert kode(lambda: slaa_sammen(par[p1, p3])) == "DUBLETT-ALLEREDE"
    assert kode(lambda: opphev(forste)) == "DUBLETT-SENERE"
    ta_imot(melding("tillatelse", 3, "2026-04-01", grunnlag="flyktning", vedtatt="2026-04-01"))
    with som(system("prove")):
        assert person(3).pk == p1 and Opphold.objects.get().person_id == p1
    opphev(andre)
    with som(system("prove")):
        assert Opphold.objects.get().person_id == p2
    opphev(forste)
    with som(system("prove")):
        assert Opphold.objects.get().person_id == p3
        Opphold.objects.all().delete()
        Husholdning.objects.filter(pk=Person.objects.get(pk=p3).husholdning_id)
    etter = bilde()
    assert {m: r for m, r in etter.items() if m != "Husholdning"} == {m: r for m, r in for_.items() if m != "Husholdning"}  # fmt: skip


def test_in_one_household_nobody_is_left_twice(land: str) -> None:
    ta_imot(*(ankomst(n, fornavn="Amina", etternavn="Yusuf", sak="S1", slag="overforing") for n in (1, 2)))
    for_ = bilde()
    with som(system("prove")):
        par = Dublett.objects.get()
    denne = slaa_sammen(par)
    with som(system("prove")):
        h = Husholdning.objects.get()
        assert (h.antall, h.avsluttet, denne.tomt) == (1, None, None)
        assert Hendelse.objects.filter(handling="person.slaa_sammen").count() == 1
    opphev(denne)
    assert bilde() == for_


def test_the_strictest_protection_holds_and_is_given_back(land: str) -> None:
    par = to_like()
    with som(system("prove")):
        Person.objects.filter(pk=par.annen_id).update(adressesperre="strengt_fortrolig", tolkespraak="ara")
        Person.objects.filter(pk=par.en_id).update(adressesperre="fortrolig")
    denne = slaa_sammen(par)
    with som(system("prove")):
        assert (person(1).adressesperre, person(1).tolkespraak) == ("strengt_fortrolig", "ara")
    opphev(denne)
    with som(system("prove")):
        assert (person(1).adressesperre, person(1).tolkespraak) == ("fortrolig", "")


def delt() -> set[tuple[str, str]]:
    """Which case is seen at which centre now."""
    with som(system("prove")):
        saker = dict(Husholdning.objects.values_list("pk", "udi_sak"))
        apne = Deling.objects.filter(til=None, hvorfor="person.plasser").select_related("organisasjon")
        return {(saker[d.subjekt_id], d.organisasjon.navn[5:]) for d in apne}


def test_who_sees_the_case_follows_and_is_put_back(land: str) -> None:
    par = to_like()
    lag_mottak({"EGET": "ordinaert", "NORD": "ordinaert", "SOR": "ordinaert"})
    ta_imot(
        melding("plassering", 1, "2026-01-10", mottak="NORD"),
        melding("plassering", 3, "2026-03-01", mottak="SOR"),
    )
    assert delt() == {("S1", "NORD"), ("S3", "SOR")}
    denne = slaa_sammen(par)
    assert delt() == {("S1", "SOR")}, "one person lives at one centre: the last she was told to live at"
    opphev(denne)
    assert delt() == {("S1", "NORD"), ("S3", "SOR")}


def test_not_the_same_keeps_the_pair_away(land: str) -> None:
    par = to_like()
    with som_bruker("imdi_radgiver") as aktor:
        for _gang in range(2):
            dubletter.ikke_samme(aktor=aktor, dublett_id=par.pk, hvorfor="To søstre.")
    with som(system("prove")) as aktor:
        dubletter.finn(aktor=aktor, person_ider=[par.en_id, par.annen_id])
        par.refresh_from_db()
        assert (par.status, par.hvorfor, Dublett.objects.count()) == ("ikke_samme", "To søstre.", 1)
        assert Hendelse.objects.filter(handling="person.ikke_samme").count() == 2
    assert kode(lambda: slaa_sammen(par)) == "DUBLETT-AVGJORT"


def test_again_gives_the_same_answer_and_refusals_help(land: str) -> None:
    par = to_like()
    with som_bruker("imdi_radgiver") as aktor:
        valg: dict[str, Any] = {
            "aktor": aktor,
            "dublett_id": par.pk,
            "behold_id": par.en_id,
            "hvorfor": GRUNN,
        }
        gjor = sammenslaaing.slaa_sammen
        assert kode(lambda: gjor(**(valg | {"hvorfor": " "}))) == "DUBLETT-GRUNN"
        assert kode(lambda: gjor(**(valg | {"behold_id": 0}))) == "DUBLETT-VALG"
        assert kode(lambda: gjor(**(valg | {"dublett_id": 0}))) == "DUBLETT-FINNES-IKKE"
    denne = slaa_sammen(par)
    assert slaa_sammen(par) == denne
    with som_bruker("imdi_radgiver") as aktor:
        assert kode(lambda: gjor(**(valg | {"aktor": aktor, "behold_id": par.annen_id}))) == "DUBLETT-AVGJORT"
        assert kode(lambda: dubletter.ikke_samme(aktor=aktor, dublett_id=par.pk, hvorfor="x")) == "DUBLETT-AVGJORT"  # fmt: skip
    opphev(denne)
    assert opphev(denne).opphevet is not None
    with som(system("prove")):
        assert Hendelse.objects.filter(handling="person.opphev_sammenslaaing").count() == 2


def test_a_case_that_is_over_does_not_swallow_an_open_one(land: str) -> None:
    par = to_like()
    ta_imot(melding("utgang", 1, "2026-05-01", grunn="utreist"))
    assert kode(lambda: slaa_sammen(par, behold=1)) == "DUBLETT-AVSLUTTET"
    slaa_sammen(par, behold=3)


@pytest.mark.parametrize(
    "rolle", ["imdi_godkjenner", "imdi_leder", "udi_saksbehandler", "bosetter_skriv", "ks_radgiver"]
)
def test_only_advisers_decide(land: str, rolle: str) -> None:
    par = to_like()
    with som_bruker(rolle) as aktor:
        assert kode(lambda: dubletter.ikke_samme(aktor=aktor, dublett_id=par.pk, hvorfor="x")) == "TILGANG"
        assert kode(lambda: sammenslaaing.slaa_sammen(aktor=aktor, dublett_id=par.pk, behold_id=par.en_id, hvorfor="x")) == "TILGANG"  # fmt: skip
        assert kode(lambda: sammenslaaing.opphev(aktor=aktor, sammenslaaing_id=1, hvorfor="x")) == "TILGANG"
        assert rolle == "imdi_godkjenner" or not Dublett.objects.exists()


def test_two_at_once_decide_once(land: str) -> None:
    par = to_like()

    def ulik() -> object:
        with som_bruker("imdi_radgiver") as aktor:
            return dubletter.ikke_samme(aktor=aktor, dublett_id=par.pk, hvorfor="To søstre.")

    svar = koder(lambda: slaa_sammen(par), lambda: slaa_sammen(par), ulik, ulik)
    assert svar in (["ok", "ok", "DUBLETT-AVGJORT", "DUBLETT-AVGJORT"], ["DUBLETT-AVGJORT"] * 2 + ["ok"] * 2)
    with som(system("prove")):
        assert Sammenslaaing.objects.count() == svar.count("ok") // 2 * (svar[0] == "ok")


def test_messages_and_a_merge_at_once_lose_nothing(land: str) -> None:
    par = to_like()
    with som(system("prove")) as aktor:
        integrasjon.motta(aktor=aktor, meldinger=[
            melding("tillatelse", 3, "2026-03-01", grunnlag="humanitart", vedtatt="2026-03-01"),
            ankomst(3, "2026-01-05", fornavn="Amineh", etternavn="Youssef", sak="S3", slag="overforing"),
        ])  # fmt: skip

    def bruk() -> object:
        with som(system("prove")) as aktor:
            return integrasjon.bruk_neste(aktor=aktor)

    assert koder(lambda: slaa_sammen(par), bruk) == ["ok", "ok"]
    with som(system("prove")):
        assert not Melding.objects.exclude(status="brukt").exists()
        assert person(3) == person(1)
        assert person(1).opphold.filter(kjent_til=None, fra="2026-03-01").exists()
        denne = Sammenslaaing.objects.get()
    opphev(denne)
    with som(system("prove")):
        assert person(3).pk == par.annen_id and person(3).navn == "Amineh Youssef"
        assert person(3).opphold.filter(kjent_til=None).count() == 2 and not person(1).opphold.exists()
