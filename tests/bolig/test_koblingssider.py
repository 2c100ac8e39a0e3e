"""The pages of which home a household is to have: the homes that suit, the choice, the warning, and what others do not see."""

import re
from datetime import date

import pytest
from django.urls import reverse
from tests.bolig.koblet import KOMMUNE, NABO, STED, bolig, husholdning, koble, omraade
from tests.kartlegging.kart import lagre, svart
from tests.person.saker import sak

from aktorer import innlogget
from bosett.aktor.kontekst import som, system
from bosett.bolig.models import Boligkobling
from bosett.grunn.klokke import i_dag
from bosett.person.models import Husholdning, Person


def side(navn: str, h: Husholdning, *mer: object) -> str:
    return reverse(navn, args=[h.subjekt.uuid, *mer])


def tekst(svar: object) -> str:
    return re.sub(r"\s+", " ", re.sub(r"<[^>]+>", " ", svar.content.decode()))  # type: ignore[attr-defined]


def test_the_homes_stand_in_the_order_of_how_they_suit_each_with_its_reasons(land: str) -> None:
    h = husholdning(3)
    liten, passer, uegnet, lang = bolig(plasser=2), bolig(plasser=3, soverom=3), bolig(egnet=None), bolig(plasser=4, soverom=1)  # fmt: skip
    svar = innlogget("imdi_radgiver").get(side("bolig:husholdning", h), {"sok": STED, "vis": "alle"})
    assert svar.status_code == 200
    plass = [svar.content.decode().find(f">{b.nummer}<") for b in (passer, lang, liten)]
    assert -1 not in plass and plass == sorted(plass)
    assert f">{uegnet.nummer}<" not in svar.content.decode()
    ord_ = tekst(svar)
    assert "Boligen har bare plass til 2. Det trengs plass til 3." in ord_
    assert "De bør ha 3 soverom. Boligen har 1." in ord_
    assert "Vi vet ikke om noen trenger en bolig som er tilrettelagt." in ord_
    kan_passe = innlogget("imdi_radgiver").get(side("bolig:husholdning", h), {"sok": STED}).content.decode()
    assert f">{liten.nummer}<" not in kan_passe and f">{lang.nummer}<" in kan_passe
    assert passer.adresse not in ord_  # not in the list: only on the home's own page and the choice


@pytest.mark.krav("R210")
def test_the_warning_stands_where_the_home_is_chosen_and_the_reason_is_kept(land: str) -> None:
    h, b = husholdning(), bolig(omraade=omraade("31"), omraade_grunn="Nær familien.")
    klient, velg = innlogget("imdi_radgiver"), side("bolig:velg", h, b.subjekt.uuid)
    assert "31,0 prosent innvandrere, levekårsutfordringer" in tekst(klient.get(velg))
    svar = klient.post(velg, {"fra": i_dag().isoformat(), "omraade_grunn": ""})
    assert svar.status_code == 422 and "Skriv hvorfor de likevel skal bo i området" in tekst(svar)
    assert klient.post(velg, {"fra": i_dag().isoformat(), "omraade_grunn": "Søsken i gata."}).status_code == 302  # fmt: skip
    siden = tekst(klient.get(side("bolig:husholdning", h)))
    assert "Søsken i gata." in siden and b.adresse in siden
    vanlig, annen = bolig(omraade=omraade("29")), husholdning()
    velg = side("bolig:velg", annen, vanlig.subjekt.uuid)
    assert "område en bør unngå" not in tekst(klient.get(velg))
    assert klient.post(velg, {"fra": i_dag().isoformat()}).status_code == 302


def test_the_municipality_reserves_and_lets_go(land: str) -> None:
    h, b = husholdning(), bolig()
    klient = innlogget(KOMMUNE)
    velg = side("bolig:velg", h, b.subjekt.uuid)
    assert klient.get(velg).status_code == 200
    klient.post(velg, {"fra": i_dag().isoformat()})
    assert b.nummer in tekst(klient.get(side("person:husholdning", h)))
    assert h.saksnummer in tekst(klient.get(reverse("bolig:ett", args=[b.subjekt.uuid])))
    assert klient.post(side("bolig:losne", h), {"grunn": ""}).status_code == 422
    assert klient.post(side("bolig:losne", h), {"grunn": "De flyttet til familien."}).status_code == 302
    assert klient.get(side("bolig:losne", h)).status_code == 302  # nothing to let go
    with som(system("prove")):
        assert Boligkobling.objects.get(husholdning=h).tilstand == "losnet"


def test_the_centre_and_other_municipalities_see_nothing_of_it(land: str) -> None:
    h, b = sak(bor=True), bolig()
    koble(h, b)
    mottak = innlogget("bosettingskonsulent")
    assert mottak.get(side("bolig:husholdning", h)).status_code == 404
    saken = mottak.get(side("person:husholdning", h)).content.decode()
    assert f">{b.nummer}<" not in saken and b.adresse not in saken
    nabo = innlogget(NABO)
    assert nabo.get(side("bolig:husholdning", h)).status_code == 404
    assert nabo.get(side("bolig:velg", husholdning(), b.subjekt.uuid)).status_code == 404
    assert innlogget("bosetter_les").get(side("bolig:velg", husholdning(), b.subjekt.uuid)).status_code == 404


def test_who_a_home_could_be_for_is_cases_without_names(land: str) -> None:
    b, h, ikke_delt = bolig(), husholdning(), husholdning(delt=None)
    uklar = husholdning(klar=False)
    adresse = reverse("bolig:ett", args=[b.subjekt.uuid])
    imdi = tekst(innlogget("imdi_radgiver").get(adresse))
    assert h.saksnummer in imdi and ikke_delt.saksnummer in imdi and uklar.saksnummer not in imdi
    kommune = tekst(innlogget(KOMMUNE).get(adresse))
    assert h.saksnummer in kommune and ikke_delt.saksnummer not in kommune
    with som(system("prove")):
        navn = Person.objects.get(husholdning=h).navn
    assert navn not in imdi and navn not in kommune


def test_somebody_whose_address_is_protected_is_in_no_list(land: str) -> None:
    b, h = bolig(), husholdning()
    with som(system("prove")):
        Person.objects.filter(husholdning=h).update(adressesperre="fortrolig")
    adresse = reverse("bolig:ett", args=[b.subjekt.uuid])
    assert h.saksnummer not in tekst(innlogget("imdi_radgiver").get(adresse))
    koble(h, b)
    kommunen = tekst(innlogget(KOMMUNE).get(adresse))
    assert h.saksnummer not in kommunen and "husholdning med skjermet adresse" in kommunen
    assert h.saksnummer in tekst(innlogget("imdi_radgiver").get(adresse))
    svar = innlogget(KOMMUNE).get(side("bolig:husholdning", h))
    assert svar.status_code == 302 and "/hvorfor/" in svar["Location"]  # asks why first


def test_what_was_told_in_the_mapping_counts_and_what_was_not_is_unknown(land: str) -> None:
    h = husholdning(fodt=date(1990, 1, 1))
    trinn, kjent_uten = bolig(funksjoner=["trinnfri"]), bolig(tilgjengelig_kjent=True)
    with som(system("prove")):
        person = Person.objects.get(husholdning=h)
    lagre(person.uuid, "behov", svart(sted=["trinnfri", "kollektivt"]), bruker="imdi_radgiver")
    innhold = (
        innlogget("imdi_radgiver")
        .get(side("bolig:husholdning", h), {"sok": STED, "vis": "alle"})
        .content.decode()
    )
    assert innhold.find(f">{trinn.nummer}<") < innhold.find(f">{kjent_uten.nummer}<")
    assert "Noen trenger dette, og boligen har det ikke: trinnfri adkomst." in innhold
    assert "De må bo nær buss eller tog, og vi vet ikke hvor langt det er til holdeplassen." in innhold
