"""What is held for a household goes with it when it is left empty, is in its copy, and is deleted with the case."""

from uuid import uuid4

from tests.bolig.koblet import bolig, koble
from tests.bolig.leier import avslutt, kjede, leier, om
from tests.kartlegging.kart import personen
from tests.person.saker import sak
from tests.person.test_sletting import BOSATT, DAGEN, fram_til, slett_alle

from aktorer import som_bruker
from bosett.aktor.kontekst import som, system
from bosett.bolig.models import Bolig, Boligkobling, Boligperiode, Framskaffelse, Leiekontrakt
from bosett.bolig.services import framskaffelser
from bosett.bolig.services.framskaffelser import Behov
from bosett.grunn.klokke import frys
from bosett.person import kopi
from bosett.person.models import Dublett, Husholdning, Sammenslaaing
from bosett.person.services import sammenslaaing
from bosett.spor.verifisering import verifiser
from bosett.web.person.kopitekst import deler, som_data


def slaa_sammen(staar: Husholdning, tom: Husholdning) -> Sammenslaaing:
    with som(system("prove")):
        par = Dublett.objects.filter(en__husholdning__in=(staar, tom)).first() or Dublett.objects.create(
            en=personen(staar), annen=personen(tom), grunner=["samme_fodt"], poeng=80
        )
    with som_bruker("imdi_radgiver") as aktor:
        return sammenslaaing.slaa_sammen(
            aktor=aktor, dublett_id=par.pk, behold_id=personen(staar).pk, hvorfor="Samme pass."
        )


def opphev(denne: Sammenslaaing) -> None:
    with som_bruker("imdi_radgiver") as aktor:
        sammenslaaing.opphev(aktor=aktor, sammenslaaing_id=denne.pk, hvorfor="De er søsken.")


def test_the_home_follows_when_the_other_household_is_left_empty_and_goes_back(land: str) -> None:
    staar, tom = sak(), sak()
    koble(tom, bolig())
    denne = slaa_sammen(staar, tom)
    with som(system("prove")):
        assert Boligkobling.objects.get().husholdning_id == staar.pk
        assert Boligperiode.objects.get(slag="reservert").husholdning_id == staar.pk
    opphev(denne)
    with som(system("prove")):
        assert Boligkobling.objects.get().husholdning_id == tom.pk
        assert Boligperiode.objects.get(slag="reservert").husholdning_id == tom.pk


def test_a_lease_and_a_need_follow_too_and_the_lease_still_ends_the_days(land: str) -> None:
    staar, tom = sak(), leier()
    _hoved, leie = kjede(husholdning=tom)
    with som_bruker("bosetter_skriv") as aktor:
        behov = framskaffelser.meld(
            aktor=aktor, behov=Behov(soverom=1, plasser=2, husholdning=tom.pk), nokkel=uuid4()
        )
    denne = slaa_sammen(staar, tom)

    def hvem() -> set[int | None]:
        with som(system("prove")):
            rader = (Leiekontrakt.objects.get(pk=leie.pk), Framskaffelse.objects.get(pk=behov.pk))
            dager = Boligperiode.objects.get(slag="bebodd")
            return {rad.husholdning_id for rad in (*rader, dager)}

    assert hvem() == {staar.pk}
    opphev(denne)
    assert hvem() == {tom.pk}
    slaa_sammen(staar, tom)
    avslutt(leie, 10)
    with som(system("prove")):
        assert Boligperiode.objects.get(slag="bebodd").siste_dag == om(10)


def test_when_both_have_a_home_somebody_must_choose(land: str) -> None:
    staar, tom = sak(), sak()
    koble(staar, bolig())
    koble(tom, bolig())
    slaa_sammen(staar, tom)
    with som(system("prove")):
        assert set(Boligkobling.objects.values_list("husholdning", flat=True)) == {staar.pk, tom.pk}


def test_it_is_in_the_copy_and_goes_with_the_case(land: str) -> None:
    with frys(DAGEN):
        h, b = sak(), bolig()
        koble(h, b)
        with som_bruker("imdi_radgiver") as aktor:
            laget = kopi.lag(aktor=aktor, person=personen(h).uuid)
            assert {"Boligkobling", "Boligperiode"} <= set(som_data(laget, deler(laget))["opplysninger"])
        with som(system("prove")):
            Husholdning.objects.filter(pk=h.pk).update(avsluttet=BOSATT, slutt="bosatt", klar_fra=None)
        fram_til(h, "godkjent")
        assert slett_alle() == 1
    with som(system("prove")):
        assert not Boligkobling.objects.exists()
        assert not Boligperiode.objects.filter(husholdning=h.pk).exists()
        assert Bolig.objects.filter(pk=b.pk).exists()
        assert verifiser().feil == []
