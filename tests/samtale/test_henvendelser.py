"""Contacts with municipalities: nothing of who they are, and nobody asks twice without knowing it."""

from datetime import timedelta
from uuid import uuid4

import pytest
from tests.person.saker import sak
from tests.samtale.saken import BUFETAT, IMDI, KOMMUNE, MOTTAK, delt_sak, kommunen, spor_kommunen

from aktorer import som_bruker
from bosett.aktor.kontekst import som, system
from bosett.aktor.models import Organisasjon
from bosett.dokument.models import Innfil
from bosett.grunn.feil import Avvist, FinnesIkke, Konflikt, Ugyldig
from bosett.grunn.klokke import i_dag
from bosett.oppgave.models import Oppgave
from bosett.person.models import Husholdning, Person
from bosett.samtale import henvendelser, rules, selectors, services
from bosett.samtale.henvendelser import Dobbeltkontakt, Fakta
from bosett.samtale.models import Henvendelse, Innlegg
from bosett.spor.models import Detalj, Hendelse
from bosett.spor.verifisering import verifiser
from bosett.tilgang.models import Deling
from samtidig import koder

VOLDA = "bosetter_skriv.volda"


def besvar(hvem: str, h: Henvendelse, svar: str = "nei", tekst: str = "Ingen ledig bolig.") -> None:
    with som_bruker(hvem) as aktor:
        henvendelser.besvar(aktor=aktor, henvendelse=h.uuid, svar=svar, tekst=tekst)


def oppgaver(slag: str) -> list[tuple[str, bool]]:
    with som(system("prove")):
        return [
            (o.organisasjon.slag, o.ferdig is None)
            for o in Oppgave.objects.filter(slag=slag).select_related("organisasjon").order_by("pk")
        ]


@pytest.mark.krav("R169")
def test_centre_and_imdi_may_ask_and_the_second_is_warned_and_shown_the_first(land: str) -> None:
    h = sak(bor=True)
    forst = spor_kommunen(MOTTAK, h, "Volda")
    with pytest.raises(Dobbeltkontakt) as feil:
        spor_kommunen(IMDI, h, "Steinkjer")
    (vist,) = feil.value.tidligere
    assert (vist.uuid, vist.til.navn, vist.organisasjon.slag, vist.tilstand) == (
        forst.uuid, "Volda kommune", "mottak", "sendt",
    )  # fmt: skip
    assert vist.av is not None and vist.av.navn == "Magnus Demo"
    with som(system("prove")):
        assert Henvendelse.objects.count() == 1
    andre = spor_kommunen(IMDI, h, "Steinkjer", sett=[forst.uuid])
    assert andre.tross == [forst.uuid]
    with som(system("prove")):
        rad = Hendelse.objects.filter(subjekt=h.pk, handling="samtale.send_henvendelse").latest("nr")
        assert rad.data["tross"] == [str(forst.uuid)]
    besvar(VOLDA, forst)
    with pytest.raises(Dobbeltkontakt) as feil:  # an answered one warns too, with its answer
        spor_kommunen(MOTTAK, h, "Oslo", sett=[andre.uuid])
    assert [ett.svar for ett in feil.value.tidligere] == ["nei"]
    with som_bruker(IMDI) as aktor:
        for ett in (forst, andre):
            henvendelser.trekk(aktor=aktor, henvendelse=ett.uuid, grunn="endret")
    assert spor_kommunen(MOTTAK, h, "Oslo").tross == []  # one that is withdrawn does not


def test_two_at_once_give_one_contact_and_one_warning(land: str) -> None:
    h = sak(bor=True)
    utfall = koder(*(lambda hvem=hvem, til=til: spor_kommunen(hvem, h, til) for hvem, til in ((MOTTAK, "Volda"), (IMDI, "Steinkjer"))))  # type: ignore[misc]  # fmt: skip
    assert sorted(utfall) == ["SAMTALE-DOBBELTKONTAKT", "ok"]
    with som(system("prove")):
        assert Henvendelse.objects.count() == 1
    assert verifiser().feil == []


def test_the_form_sent_twice_is_one_contact(land: str) -> None:
    h, nokkel = sak(bor=True), uuid4()
    assert (
        spor_kommunen(MOTTAK, h, "Volda", nokkel=nokkel).pk
        == spor_kommunen(MOTTAK, h, "Volda", nokkel=nokkel).pk
    )
    with pytest.raises(Konflikt) as feil:
        spor_kommunen(MOTTAK, h, "Volda", sett=[nokkel])
    assert feil.value.kode == "SAMTALE-SAMME-KOMMUNE"


def test_the_municipality_sees_the_contact_and_nothing_else(land: str) -> None:
    h = sak(bor=True, antall=2)
    with som(system("prove")):
        from bosett.spor.services import registrer  # noqa: PLC0415

        registrer(
            aktor=system("prove"),
            handling="person.utled",
            subjekt_id=h.pk,
            detaljer={"begrunnelse": "hemmelig"},
        )
    sendt = spor_kommunen(MOTTAK, h, "Volda")
    with som(system("prove")):
        deling = Deling.objects.get(subjekt=h.pk, hvorfor="samtale.send_henvendelse")
        assert (deling.grad, deling.til, deling.organisasjon.navn) == ("anonym", None, "Volda kommune")
    with som_bruker(VOLDA) as aktor:
        (ett,) = selectors.mine_henvendelser(aktor)
        assert (ett.antall, ett.aldre, ett.spraak) == (2, [1, 0, 0, 0, 1, 0], ["ara"])
        assert (
            not Husholdning.objects.exists() and not Person.objects.exists() and not Innfil.objects.exists()
        )
        assert not Hendelse.objects.filter(subjekt=h.pk).exists() and not Detalj.objects.exists()
        assert not Innlegg.objects.exists()
    for hvem in (KOMMUNE, "imdi_leder", "imdi_admin", "ks_radgiver", BUFETAT):
        with som_bruker(hvem):
            assert not Henvendelse._base_manager.exists(), hvem
    with som_bruker(KOMMUNE) as aktor, pytest.raises(FinnesIkke):
        selectors.henvendelsen(aktor, sendt.uuid)


def test_answered_with_no_the_share_ends_and_with_yes_it_stays(land: str) -> None:
    h = sak(bor=True)

    def apen() -> bool:
        with som(system("prove")):
            return Deling.objects.filter(subjekt=h.pk, grad="anonym", til=None).exists()

    forst = spor_kommunen(MOTTAK, h, "Volda")
    assert apen() and oppgaver("svar_henvendelse") == [("kommune", True)]
    for hvem, avslag in (
        (KOMMUNE, FinnesIkke),
        ("bosetter_les", FinnesIkke),
        (MOTTAK, Avvist),
        (IMDI, Avvist),
    ):
        with pytest.raises(avslag):
            besvar(hvem, forst)
    for svar, tekst in (("", "x"), ("nei", " "), ("kanskje", ""), ("ja", "x" * 2001)):
        with pytest.raises(Ugyldig):
            besvar(VOLDA, forst, svar, tekst)
    besvar(VOLDA, forst, "nei")
    with pytest.raises(Konflikt):
        besvar(VOLDA, forst, "ja")
    assert not apen() and oppgaver("svar_henvendelse") == [("kommune", False)]
    assert oppgaver("les_henvendelsessvar") == [("mottak", True)]
    with som_bruker(MOTTAK) as aktor:
        services.merk_lest(aktor=aktor, subjekt_id=h.pk, sist=0)
    assert oppgaver("les_henvendelsessvar") == [("mottak", False)]
    igjen = spor_kommunen(MOTTAK, h, "Volda", sett=[forst.uuid])
    besvar(VOLDA, igjen, "ja", "")
    assert apen()
    with som_bruker(MOTTAK) as aktor:
        henvendelser.trekk(aktor=aktor, henvendelse=igjen.uuid, grunn="funnet")
        with pytest.raises(Konflikt):
            henvendelser.trekk(aktor=aktor, henvendelse=igjen.uuid, grunn="funnet")
    assert not apen() and verifiser().feil == []
    with som(system("prove")):
        rad = Hendelse.objects.filter(subjekt=h.pk, handling="samtale.besvar_henvendelse").latest("nr")
        assert (rad.data["svar"], rad.organisasjon.navn, rad.rolle) == ("ja", "Volda kommune", "bosetter_skriv")  # type: ignore[union-attr]  # fmt: skip


def test_what_was_sent_by_mistake_the_municipality_no_longer_sees(land: str) -> None:
    h = sak(bor=True)
    sendt = spor_kommunen(IMDI, h, "Volda")
    with som_bruker(MOTTAK) as aktor:  # the centre has the case, and may take back what IMDi sent
        henvendelser.trekk(aktor=aktor, henvendelse=sendt.uuid, grunn="feil")
    with som_bruker(VOLDA) as aktor:
        assert not Henvendelse._base_manager.exists() and not selectors.mine_henvendelser(aktor).exists()
    assert oppgaver("svar_henvendelse") == [("kommune", False)]


def test_a_text_that_tells_who_they_are_is_refused(land: str) -> None:
    h = sak(bor=True)
    for behov in (
        "Amina trenger skole.",
        "Mor, DEMO, er syk.",
        "Fnr 010190 12345",
        "DUF 202612345678.",
        "2026 123456 78",
    ):
        with pytest.raises(Ugyldig) as feil:
            spor_kommunen(MOTTAK, h, "Volda", behov=behov)
        assert feil.value.kode == "SAMTALE-ANONYM", behov
    for behov in ("", "x" * 2001):
        with pytest.raises(Ugyldig):
            spor_kommunen(MOTTAK, h, "Volda", behov=behov)
    assert rules.roper("Trenger 3 rom fra 01.02.2027, tlf. 74 00 00 00", ["Ali Li"]) == ""


def test_who_may_ask_whom(land: str) -> None:
    h, fremmed = delt_sak(), sak()
    with som(system("prove")):
        volda, udi = kommunen("Volda"), Organisasjon.objects.get(slag="udi")
    fakta = Fakta([30], ["ara"], [])
    for hvem, hvor, avslag in (
        (KOMMUNE, h, Avvist), ("imdi_godkjenner", h, Avvist), ("imdi_leder", h, Avvist), (MOTTAK, fremmed, FinnesIkke), (BUFETAT, h, FinnesIkke),
    ):  # fmt: skip
        with som_bruker(hvem) as aktor, pytest.raises(avslag):
            henvendelser.send(
                aktor=aktor, subjekt_id=hvor.pk, til=volda, svarfrist=i_dag(), behov="Bolig.", fakta=fakta
            )
    for til, frist in ((udi, i_dag()), (volda, i_dag() - timedelta(1)), (volda, i_dag() + timedelta(400))):
        with som_bruker(IMDI) as aktor, pytest.raises(Ugyldig):
            henvendelser.send(
                aktor=aktor, subjekt_id=h.pk, til=til, svarfrist=frist, behov="Bolig.", fakta=fakta
            )
