"""What hangs on a minor goes with her when she was registered twice, is in her copy, and is deleted with the case."""

from datetime import timedelta
from decimal import Decimal

from django.urls import reverse
from tests.kartlegging.mindrearige import alt, gjor_ferdig, kom, personen, planen, saken, skriv, ta_imot
from tests.person.test_sletting import BOSATT, DAGEN, fram_til, slett_alle

from aktorer import innlogget, som_bruker
from bosett.aktor.kontekst import som, system
from bosett.grunn.klokke import frys, i_dag
from bosett.kartlegging.models import (
    Emplan,
    Emplanversjon,
    Emtiltak,
    Kulturokt,
    Kulturoppmote,
    Overforingsankomst,
    Vergeuenighet,
)
from bosett.kartlegging.services import iktp, kultur
from bosett.person import kopi
from bosett.person.models import Dublett, Emgrunnlag, Husholdning
from bosett.person.services import sammenslaaing
from bosett.spor.verifisering import verifiser
from bosett.web.person.kopitekst import deler, som_data
from meldinger import ankomst
from mottakene import lag_mottak


def test_a_plan_follows_who_was_registered_twice_and_goes_back(land: str) -> None:
    lag_mottak()
    kom(1, etternavn="Yusuf")
    gjor_ferdig(1)
    ta_imot(ankomst(2, fodt="2010-06-01", enslig_mindrearig=True, fornavn="Samir1", etternavn="Youssef"))
    with som(system("prove")):
        par = Dublett.objects.get()
        assert Emplan.objects.count() == 1  # the other lives nowhere, and has none yet
    behold, borte = personen(2), personen(1)
    with som_bruker("imdi_radgiver") as aktor:
        denne = sammenslaaing.slaa_sammen(
            aktor=aktor, dublett_id=par.pk, behold_id=behold.pk, hvorfor="Samme pass."
        )
    with som(system("prove")):
        assert (Emplan.objects.get().person, Emgrunnlag.objects.get().person) == (behold, behold)
    with som_bruker("imdi_radgiver") as aktor:
        sammenslaaing.opphev(aktor=aktor, sammenslaaing_id=denne.pk, hvorfor="De er brødre.")
    with som(system("prove")):
        assert (Emplan.objects.get().person, Emgrunnlag.objects.get().person) == (borte, borte)


def test_when_both_had_a_plan_imdi_sees_both(land: str) -> None:
    lag_mottak()
    for nr, navn in ((1, "Yusuf"), (2, "Youssef")):
        kom(nr, etternavn=navn)
    with som(system("prove")):
        Dublett.objects.all().delete()
        par = Dublett.objects.create(en=personen(1), annen=personen(2), grunner=["samme_fodt"], poeng=80)
    gjor_ferdig(2)
    with som_bruker("imdi_radgiver") as aktor:
        sammenslaaing.slaa_sammen(aktor=aktor, dublett_id=par.pk, behold_id=par.en_id, hvorfor="Samme pass.")
    with som(system("prove")):
        assert set(Emplan.objects.values_list("person", flat=True)) == {par.en_id, par.annen_id}
        assert Emgrunnlag.objects.get().person_id == par.en_id  # finished is finished
    side = innlogget("imdi_radgiver").get(reverse("kartlegging:iktp", args=[saken(1).subjekt.uuid]))
    assert "DEMO omsorg" in side.content.decode() and "Ikke skrevet" in side.content.decode()


def test_the_copy_holds_it_and_the_deletion_takes_it(land: str) -> None:
    lag_mottak()
    plan = kom(1).uuid
    kom(2)
    gjor_ferdig(1)
    gjor_ferdig(2)
    with som_bruker("bosettingskonsulent") as aktor:
        skriv(aktor, plan, alt() | {"onsker": "Bo nær onkel"})
    with som_bruker("bosettingskonsulent") as aktor:
        iktp.meld_uenighet(aktor=aktor, plan=plan, dag=i_dag(), verge="Vera Verge", ordlyd="Nei takk.")
    h, andre = saken(1), saken(2)
    with som(system("prove")) as aktor:
        Husholdning.objects.filter(pk=h.pk).update(lop="overforing")
        kultur.registrer_okt(
            aktor=aktor, husholdning=h.subjekt.uuid, dag=i_dag() - timedelta(9), timer=Decimal(6), spraak="ara",
            arrangor="DEMO IOM", oppmote={personen(1).uuid: "mott"},
        )  # fmt: skip
        kultur.sett_ankomst(aktor=aktor, husholdning=h.subjekt.uuid, lagringer=0, flyplass="Værnes")
    with som_bruker("imdi_radgiver") as aktor:
        laget = kopi.lag(aktor=aktor, person=personen(1).uuid, grunn="kontroll")
        svar = som_data(laget, deler(laget))
    bolker = svar["opplysninger"]
    assert [len(bolker[t]["rader"]) for t in ("Emplan", "Emplanversjon", "Emtiltak", "Vergeuenighet", "Kulturokt", "Kulturoppmote", "Overforingsankomst", "Emgrunnlag")] == [1, 2, 2, 1, 1, 1, 1, 1]  # fmt: skip
    assert "Bo nær onkel" in str(bolker) and "Nei takk." in str(bolker) and "Samir2" not in str(svar)
    with frys(DAGEN):
        with som(system("prove")):
            Husholdning.objects.filter(pk=h.pk).update(avsluttet=BOSATT, slutt="bosatt", klar_fra=None)

        fram_til(h, "godkjent")
        assert slett_alle() == 1
    with som(system("prove")):
        for modell in (Emplan, Emplanversjon, Emtiltak, Emgrunnlag):
            assert modell.objects.count() == 1, modell  # the other one's
        for modell in (Vergeuenighet, Kulturokt, Kulturoppmote, Overforingsankomst):
            assert not modell.objects.exists()
        assert planen(2).person.husholdning == andre and verifiser().feil == []
