"""Shared buildings: 29 student homes and 13 of the municipality's in one building, and never more than a partner has."""

import pytest
from django.db import IntegrityError, transaction

from aktorer import innlogget, som_bruker
from bosett.aktor.kontekst import som, system
from bosett.bolig import selectors_prosjekt as selectors
from bosett.bolig.models import Boligprosjekt, Prosjektbolig, Prosjektpartner
from bosett.bolig.services import prosjekter
from bosett.grunn.feil import Avvist, BosettFeil, FinnesIkke
from samtidig import koder

from .leier import bolig, leier, skriv


def solheimslien(
    kommunens: int = 13, studenters: int = 29
) -> tuple[Boligprosjekt, Prosjektpartner, Prosjektpartner]:
    with som_bruker("bosetter_skriv") as aktor:
        p = prosjekter.opprett(aktor=aktor, navn="Solheimslien 68")
        sti = p.subjekt.uuid
        egen = prosjekter.sett_partner(
            aktor=aktor, prosjekt=sti, navn="Bergen kommune", antall=kommunens, kan_bosette=True, grupper=["introduksjon", "videregaaende"]
        )  # fmt: skip
        sib = prosjekter.sett_partner(
            aktor=aktor, prosjekt=sti, navn="SiB", antall=studenters, kan_bosette=False, grupper=["hoyere"]
        )
    return p, egen, sib


def _sett(p: Boligprosjekt, b: object, partner: int | None) -> None:
    with som_bruker("bosetter_skriv") as aktor:
        prosjekter.sett_bolig(aktor=aktor, prosjekt=p.subjekt.uuid, bolig=b.subjekt.uuid, partner=partner)  # type: ignore[attr-defined]


@pytest.mark.krav("R111")
def test_42_homes_of_which_13_can_be_linked_to_a_settlement(land: str) -> None:
    p, egen, sib = solheimslien()
    with som_bruker("imdi_radgiver") as aktor:
        linje = selectors.prosjekt(aktor, p.subjekt.uuid)
    assert (linje.antall, linje.til_bosetting) == (42, 13)
    side = innlogget().get(f"/boliger/prosjekter/{p.subjekt.uuid}/").content.decode()
    assert (
        "42 boliger, 13 kan knyttes til en bosetting." in side
        and "Introduksjonsprogram, Videregående skole" in side
    )
    studentens, kommunens = bolig(slag="student"), bolig(slag="student")
    _sett(p, studentens, sib.pk)
    _sett(p, kommunens, egen.pk)
    with som_bruker("bosetter_skriv"):
        assert prosjekter.kan_knyttes(kommunens) is None and prosjekter.kan_knyttes(bolig()) is None
        assert prosjekter.kan_knyttes(studentens) is not None


@pytest.mark.krav("R213")
def test_the_student_partners_home_is_refused_with_the_rule(land: str) -> None:
    p, egen, sib = solheimslien()
    b = bolig(slag="student")
    _sett(p, b, sib.pk)
    with som_bruker("bosetter_skriv"):
        avvist = prosjekter.kan_knyttes(b)
    assert avvist is not None and avvist.kode == "BOLIG-PARTNER" and "til bosetting" in avvist.regel
    with pytest.raises(BosettFeil) as feil:
        skriv(b, "kommunal", husholdning=leier())
    assert (feil.value.kode, feil.value.felt) == ("BOLIG-PARTNER", "bolig")
    assert (
        "ikke knyttes til en husholdning" in innlogget().get(f"/boliger/{b.subjekt.uuid}/").content.decode()
    )
    _sett(p, b, egen.pk)
    assert skriv(b, "kommunal", husholdning=leier()).tilstand == "utkast"


def test_never_more_homes_than_the_partner_has_not_even_two_at_once(land: str) -> None:
    p, egen, sib = solheimslien(kommunens=2, studenters=1)
    boliger = [bolig() for _ in range(3)]
    _sett(p, boliger[0], egen.pk)
    utfall = koder(*[lambda b=b: _sett(p, b, egen.pk) for b in boliger[1:]])
    assert sorted(utfall) == ["PROSJEKT-FULLT", "ok"]
    uten = next(b for b, kode in zip(boliger[1:], utfall, strict=True) if kode != "ok")
    with som(system("prove")):  # behind the back of the service the database counts
        with pytest.raises(IntegrityError, match="bolig_partner_fullt"), transaction.atomic():
            Prosjektbolig.objects.create(bolig=uten, partner=egen)
        with pytest.raises(IntegrityError, match="bolig_partner_fullt"), transaction.atomic():
            Prosjektpartner.objects.filter(pk=egen.pk).update(antall=1)
    with som_bruker("bosetter_skriv") as aktor, pytest.raises(BosettFeil) as feil:
        prosjekter.sett_partner(
            aktor=aktor, prosjekt=p.subjekt.uuid, navn="bergen kommune", antall=1, kan_bosette=True
        )
    assert feil.value.kode == "PROSJEKT-PARTNER-HAR"
    _sett(p, boliger[0], sib.pk)  # moved: there is room again
    _sett(p, uten, egen.pk)
    _sett(p, uten, None)
    with som(system("prove")):
        assert Prosjektbolig.objects.filter(partner__prosjekt=p).count() == 2


def test_others_neither_see_nor_write(land: str) -> None:
    p, egen, _sib = solheimslien()
    andres = bolig("bosetter_skriv.volda")
    with som_bruker("bosetter_skriv.volda") as aktor:
        assert not Boligprosjekt.objects.exists() and not Prosjektpartner.objects.exists()
        with pytest.raises(FinnesIkke):
            selectors.prosjekt(aktor, p.subjekt.uuid)
        with pytest.raises(FinnesIkke):
            prosjekter.sett_bolig(
                aktor=aktor, prosjekt=p.subjekt.uuid, bolig=andres.subjekt.uuid, partner=egen.pk
            )
    with som(system("prove")), pytest.raises(IntegrityError), transaction.atomic():
        Prosjektbolig.objects.create(bolig=andres, partner=egen)
    for leser in ("bosetter_les", "imdi_radgiver"):
        with som_bruker(leser) as aktor, pytest.raises(Avvist):
            prosjekter.opprett(aktor=aktor, navn="X")
