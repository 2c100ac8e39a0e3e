"""What a reviewer found: ways past the gate, a look without a trace, and what one person was told of another."""

from datetime import date
from uuid import UUID

import pytest
from django.urls import reverse
from tests.person.saker import mottaket
from tests.person.test_hendelser import ta_imot
from tests.person.test_sammenslaaing import opphev, slaa_sammen, to_like

from aktorer import innlogget, som_bruker
from bosett.aktor.kontekst import som, system
from bosett.aktor.models import Bruker
from bosett.grunn.feil import Avvist, FinnesIkke
from bosett.grunn.klokke import naa
from bosett.integrasjon.models import Melding
from bosett.person import kopi
from bosett.person.models import Husholdning, Nummer, Person
from bosett.person.models_samtykke import Samtykke
from bosett.person.models_sletting import Sletting
from bosett.person.rules.skjerming import GRADER, strengeste
from bosett.person.selectors_dubletter import kort
from bosett.person.services import samtykker
from bosett.person.services.sletting import utfor_neste
from bosett.person.services.soknad import Soker, registrer_privat
from bosett.spor.models import Detalj
from bosett.tilgang.models import Innsyn
from bosett.web.person.kopitekst import deler, som_data
from meldinger import ankomst, duf, melding
from mottakene import lag_mottak


def hun(nr: int) -> Person:
    with som(system("prove")):
        return Nummer.objects.select_related("person__husholdning__subjekt").get(nummer=duf(nr)).person


def saken(nr: int) -> str:
    return reverse("person:husholdning", args=[hun(nr).husholdning.subjekt.uuid])


def godkjent(husholdning_id: int) -> None:
    """As if one had confirmed the hand-over and another approved."""
    en, annen = (
        Bruker.objects.get(brukernavn=f"{r}@demo.invalid").pk for r in ("imdi_radgiver", "imdi_godkjenner")
    )
    Sletting.objects.create(
        husholdning_id=husholdning_id, tilstand="godkjent", klasse="lagring_bosatt", frist=date(2016, 1, 1), avlevering="avlevert",
        bekreftet=naa(), bekreftet_av_id=en, godkjent=naa(), godkjent_av_id=annen,
    )  # fmt: skip


def kopien(person: UUID) -> str:
    with som_bruker("imdi_radgiver") as aktor:
        laget = kopi.lag(aktor=aktor, person=person, grunn="kontroll")
        return str(som_data(laget, deler(laget)))


def test_a_refused_form_leaves_the_look_in_the_log(land: str) -> None:
    ta_imot(ankomst(1))
    klient = innlogget("imdi_radgiver")
    assert klient.post(saken(1), {"kanal": "papir"}).status_code == 422
    with som(system("prove")):
        assert Innsyn.objects.filter(subjekt=hun(1).husholdning_id, lesning="person.husholdning").count() == 1


def test_a_refused_answer_about_a_pair_is_a_look_at_both(land: str) -> None:
    par = to_like()
    assert innlogget("imdi_radgiver").post(f"/personer/dubletter/{par.uuid}/ikke-samme/").status_code == 422
    with som(system("prove")):
        assert Innsyn.objects.filter(lesning="person.dubletter").values("subjekt").distinct().count() == 2


def test_nobody_is_told_of_another_after_an_undone_merge(land: str) -> None:
    par = to_like()
    with som(system("prove")):
        Person.objects.filter(pk=par.annen_id).update(adressesperre="klientadresse")
    opphev(slaa_sammen(par))
    with som(system("prove")):
        assert not Detalj.objects.filter(
            innhold__has_key="begrunnelse", hendelse__handling__contains="samm"
        ).exists()
    kopi_av_henne = kopien(hun(1).uuid)
    assert "klientadresse" not in kopi_av_henne and "De er søstre" not in kopi_av_henne
    side = innlogget("imdi_radgiver").get(saken(1)).content.decode()
    assert "De er søstre" not in side and "Samme pass" not in side


def test_where_a_protected_one_lives_is_not_told_to_the_others(land: str) -> None:
    lag_mottak()
    ta_imot(
        ankomst(1, sak="S"), ankomst(2, sak="S", rolle="ektefelle", fornavn="Karim"), melding("plassering", 1, "2026-01-10", mottak="B"),
        melding("plassering", 2, "2026-01-10", mottak="A"),
    )  # fmt: skip
    with som(system("prove")):
        Person.objects.filter(pk=hun(1).pk).update(adressesperre="strengt_fortrolig")
    konsulent = innlogget("bosettingskonsulent")
    konsulent.post(saken(1).replace("personer", "husholdninger") + "hvorfor/", {"grunn": "kontroll"})
    side = konsulent.get(saken(1)).content.decode()
    assert "Skjermet" in side and "DEMO B" not in side
    assert "DEMO B" not in kopien(hun(2).uuid) and "DEMO B" in kopien(hun(1).uuid)
    radgiver = innlogget("imdi_radgiver")
    assert "Karim" not in radgiver.get(reverse("person:liste")).content.decode(), (
        "a husband's name leads to her"
    )
    assert (
        f"H {hun(1).husholdning_id}"
        not in radgiver.post(reverse("person:liste"), {"q": "Karim"}).content.decode()
    )
    assert (
        f"H {hun(1).husholdning_id}" in radgiver.post(reverse("person:liste"), {"q": duf(2)}).content.decode()
    )


@pytest.mark.parametrize("grad", GRADER)
def test_every_degree_hides_the_same(land: str, grad: str) -> None:
    """In lists, searches, pairs and before the page; the client address too."""
    par = to_like()
    ta_imot(melding("skjerming", 1, "2026-02-01", grad=grad))
    assert hun(1).skjermet and not hun(2).skjermet
    klient, liste = innlogget("imdi_radgiver"), reverse("person:liste")
    sak, navn = f"H {hun(1).husholdning_id}", hun(1).navn
    rad = next(h for h in klient.get(liste).context["tabell"].rader if sak in str(h.celler[0]))
    assert "Skjermet" in str(rad.celler[1]) and navn not in str(rad.celler[1])
    assert sak not in klient.post(liste, {"q": navn.split()[0]}).content.decode()
    assert sak in klient.post(liste, {"q": duf(1)}).content.decode()
    assert (
        klient.get(saken(1))
        .headers["Location"]
        .startswith(f"/husholdninger/{hun(1).husholdning.subjekt.uuid}/hvorfor/")
    )
    with som_bruker("imdi_radgiver") as aktor:
        en, annen = kort(aktor, par)
    assert [k.bosteder for k in (en, annen) if k.person.skjermet] == [()]


def test_every_degree_is_known_to_the_one_definition() -> None:
    assert {*GRADER, ""} == set(Person.Sperre.values)
    assert strengeste("fortrolig", "klientadresse") == "fortrolig"
    assert strengeste("", "klientadresse") == "klientadresse"


def test_an_address_is_protected_and_no_longer_by_what_is_told(land: str) -> None:
    ta_imot(ankomst(1), melding("skjerming", 1, "2026-02-01", grad="fortrolig"), ankomst(2, fornavn="Bahar"))
    eldre = melding("skjerming", 2, "2026-02-01", grad="strengt_fortrolig")
    ta_imot(melding("skjerming", 2, "2026-03-01", grad=""))
    ta_imot(eldre, melding("skjerming", 1, "2026-02-01", grad="hemmelig"))
    assert (hun(1).adressesperre, hun(2).adressesperre) == ("fortrolig", "")
    liste = innlogget("imdi_radgiver").get(reverse("person:liste")).content.decode()
    assert "Amina" not in liste and "Skjermet" in liste and "Bahar" in liste
    with som(system("prove")):
        assert Melding.objects.get(status="parkert").feilkode == "PERSON-SKJERMING"


def test_a_centre_registers_no_consent_for_one_who_has_moved_out(land: str) -> None:
    with som(system("prove")):
        mottaket()
    ta_imot(
        ankomst(1, sak="S"), ankomst(2, sak="S", rolle="ektefelle"), melding("plassering", 1, "2026-01-10", mottak="M1"),
        melding("plassering", 2, "2026-01-10", mottak="M1"), melding("utflytting", 2, "2026-02-10"),
    )  # fmt: skip
    felt = {"formaal": "helse", "gitt": date(2026, 3, 1), "maate": "tolk", "spraak": "ara"}
    with som_bruker("bosettingskonsulent") as aktor:
        samtykker.gi(aktor=aktor, person=hun(1).uuid, **felt)  # type: ignore[arg-type]
        with pytest.raises(FinnesIkke):
            samtykker.gi(aktor=aktor, person=hun(2).uuid, **felt)  # type: ignore[arg-type]
    with som_bruker("bosetter_skriv") as aktor, pytest.raises((Avvist, FinnesIkke)):
        samtykker.gi(aktor=aktor, person=hun(2).uuid, **felt)  # type: ignore[arg-type]


def test_a_permit_that_waited_is_used_when_the_person_applies_on_paper(land: str) -> None:
    ta_imot(melding("tillatelse", 1, "2026-02-01", grunnlag="flyktning", vedtatt="2026-02-01"))
    with som_bruker("imdi_radgiver") as aktor:
        h = registrer_privat(
            aktor=aktor, sokere=[Soker(duf(1), "Samir", "Prøve", date(1990, 1, 1))], sokt=date(2026, 3, 2), kanal="papir"
        )  # fmt: skip
    ta_imot()
    with som(system("prove")):
        assert Melding.objects.get().status == "brukt"
        assert Husholdning.objects.get(pk=h.pk).klar_fra == date(2026, 2, 1)


def test_the_household_a_merge_emptied_goes_with_the_one_that_stands(land: str) -> None:
    """Also its read-log, the row of the one who was registered twice, and a yes that both had said."""
    par = to_like()
    with som(system("prove")) as aktor:
        tomt = par.annen.husholdning_id
        Innsyn.objects.create(
            bruker=Bruker.objects.get(brukernavn="imdi_radgiver@demo.invalid"),
            lesning="person.husholdning",
            subjekt_id=tomt,
        )
        for p in (par.en, par.annen):
            samtykker.gi(
                aktor=aktor, person=p.uuid, formaal="helse", gitt=date(2026, 3, 1), maate="tolk", spraak="ara"
            )
    denne = slaa_sammen(par)
    with som(system("prove")) as aktor:
        assert denne.tomt_id == tomt
        assert Samtykke.objects.count() == 2
        pk = par.en.husholdning_id
        Husholdning.objects.filter(pk=pk).update(
            avsluttet=date(2001, 1, 1), slutt="bosatt", mangler=[], klar_fra=None, klar_til=None
        )
        godkjent(pk)
        assert utfor_neste(aktor=aktor)
    with som(system("prove")):
        assert not Person.objects.filter(pk__in=(par.en_id, par.annen_id)).exists()
        assert not Husholdning.objects.filter(pk__in=(pk, tomt)).exists()
        assert not Innsyn.objects.filter(subjekt__in=(pk, tomt)).exists() and not Samtykke.objects.exists()


def test_a_case_that_has_come_to_life_is_not_deleted(land: str) -> None:
    ta_imot(ankomst(1))
    with som(system("prove")) as aktor:
        h = Husholdning.objects.get()
        godkjent(h.pk)
        assert utfor_neste(aktor=aktor)
        assert Husholdning.objects.filter(pk=h.pk).exists() and not Sletting.objects.exists()
