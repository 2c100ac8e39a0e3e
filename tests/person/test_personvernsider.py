"""The pages of privacy as people meet them."""

import io
import json
import zipfile
from datetime import date, datetime

from django.urls import reverse
from tests.person.saker import sak
from tests.person.test_sletting import bosatt, denne, foreslaa, slett_alle

from aktorer import innlogget, som_bruker
from bosett.aktor.kontekst import som, system
from bosett.grunn.klokke import OSLO, frys
from bosett.person.models import Husholdning, Person
from bosett.person.models_samtykke import Samtykke
from bosett.tilgang.models import Innsyn

TIRSDAG = datetime(2026, 11, 24, 10, 0, tzinfo=OSLO)


def test_outside_the_ordinary_the_page_asks_why_and_then_opens(land: str) -> None:
    h = sak()
    with som(system("prove")):
        Person.objects.filter(husholdning=h).update(adressesperre="strengt_fortrolig")
    with frys(TIRSDAG):
        klient = innlogget("imdi_radgiver")
        siden, hvorfor = (
            reverse(f"person:{navn}", args=[h.subjekt.uuid]) for navn in ("personvern", "grunn")
        )
        svar = klient.get(siden)
        assert (svar.status_code, svar.headers["Location"]) == (302, f"{hvorfor}?neste={siden}")
        svar = klient.get(svar.headers["Location"])
        assert "skjermet adresse" in svar.content.decode() and "Demo" not in svar.context["sak"].saksnummer
        svar = klient.post(hvorfor, {"neste": siden})
        assert svar.status_code == 422 and "Velg hvorfor du åpner saken" in svar.content.decode()
        svar = klient.post(hvorfor, {"neste": siden, "grunn": "henvendelse"})
        assert svar.headers["Location"] == siden and klient.get(siden).status_code == 200
        svar = klient.get(reverse("person:sett_av", args=[h.subjekt.uuid]))
        assert "Personen eller en samarbeidspart har tatt kontakt" in svar.content.decode()
    with som(system("prove")):
        assert [i.grunn for i in Innsyn.objects.filter(subjekt=h.pk, lesning="person.husholdning")] == [
            "henvendelse"
        ]


def test_a_consent_is_registered_and_taken_back_on_the_page(land: str) -> None:
    h = sak(bor=True)
    with frys(TIRSDAG):
        klient = innlogget("bosettingskonsulent")
        with som(system("prove")):
            person = Person.objects.get(husholdning=h)
        felt = {"formaal": "helse", "gitt": "24.11.2026", "maate": "tolk", "spraak": "ara", "gitt_av": "selv"}
        svar = klient.post(reverse("person:nytt_samtykke", args=[person.uuid]), felt | {"gitt": "25.11.2026"})
        assert svar.status_code == 422 and "Rett datoene" in svar.content.decode()
        svar = klient.post(reverse("person:nytt_samtykke", args=[person.uuid]), felt)
        siden = reverse("person:personvern", args=[h.subjekt.uuid])
        assert svar.headers["Location"] == siden
        assert "Opplysninger om helse til kommunen" in klient.get(siden).content.decode()
        with som(system("prove")):
            ett = Samtykke.objects.get()
        for _ in range(2):  # the second time says that it is done
            assert klient.post(reverse("person:trekk_samtykke", args=[ett.uuid])).headers["Location"] == siden
        assert "Samtykket er allerede avsluttet" in klient.get(siden).content.decode()


def test_the_copy_is_one_file_to_read_and_as_data(land: str) -> None:
    h = sak()
    with frys(TIRSDAG):
        with som(system("prove")):
            person = Person.objects.get(husholdning=h)
        svar = innlogget("imdi_radgiver").post(reverse("person:kopi", args=[person.uuid]))
        assert svar.status_code == 200 and svar.headers["Content-Type"] == "application/zip"
        with zipfile.ZipFile(io.BytesIO(svar.content)) as pakke:
            html, data = sorted(pakke.namelist())
            assert person.navn in pakke.read(html).decode()
            assert json.loads(pakke.read(data))["saksnummer"] == h.saksnummer
        assert innlogget("bosetter_skriv").post(reverse("person:kopi", args=[person.uuid])).status_code == 404


def test_two_people_delete_a_household_on_the_page(land: str) -> None:
    with frys(TIRSDAG):
        h = bosatt(avsluttet=date(2011, 11, 24))
        foreslaa()
        rad = denne(h)
        radgiver, godkjenner = innlogget("imdi_radgiver"), innlogget("imdi_godkjenner")
        siden = reverse("person:sletting", args=[rad.uuid])
        assert "Bekreft og send til godkjenning" in radgiver.get(siden).content.decode()
        avlever = reverse("person:bekreft_avlevering", args=[rad.uuid])
        assert radgiver.post(avlever).status_code == 422
        assert radgiver.post(avlever, {"avlevering": "avlevert"}).status_code == 302
        assert "kan ikke hentes tilbake" in godkjenner.get(siden).content.decode()
        godkjenn = reverse("person:godkjenn_slettinger")
        assert radgiver.post(godkjenn, {"valgt": str(rad.uuid)}).status_code == 404
        godkjenner.post(godkjenn)
        assert denne(h).tilstand == "avlevert"  # nothing was chosen
        godkjenner.post(godkjenn, {"valgt": str(rad.uuid)})
        assert denne(h).tilstand == "godkjent" and slett_alle() == 1
        svar = godkjenner.get(reverse("person:slettinger"))
        assert h.saksnummer in svar.content.decode() and svar.context["tabell"].antall == 0
        with som_bruker("imdi_radgiver"):
            assert not Husholdning.objects.exists()


def test_everybody_may_read_what_is_stored(client, land: str) -> None:
    svar = client.get(reverse("person:lagres"))
    assert svar.status_code == 200
    assert "Fødselsdato" in svar.content.decode() and "IF § 60" in svar.content.decode()


def test_the_leader_sees_the_thresholds(land: str) -> None:
    svar = innlogget("imdi_leder").get(reverse("person:uvanlige"))
    assert "60 saker per dag eller flere" in svar.content.decode()
    assert innlogget("imdi_radgiver").get(reverse("person:uvanlige")).status_code == 404
