"""Households on their pages: who sees which, what is missing, and how one finds them."""

import json
import re

import pytest
from django.test import Client
from django.urls import reverse
from tests.person.test_hendelser import ta_imot

from aktorer import innlogget
from bosett.aktor.kontekst import som, system
from bosett.grunn.klokke import naa
from bosett.person.models import Husholdning
from bosett.web.person.udi import HODE, signatur
from meldinger import ankomst, duf, melding


def _adresse(hvem: int) -> str:
    with som(system("prove")):
        h = Husholdning.objects.select_related("subjekt").get(personer__numre__nummer=duf(hvem))
    return reverse("person:husholdning", args=[h.subjekt.uuid])


def test_ready_or_what_is_missing(land: str) -> None:
    ta_imot(ankomst(1, slag="overforing"))
    radgiver = innlogget("imdi_radgiver")
    side = radgiver.get(_adresse(1)).content.decode()
    assert "Amina Prøve har ikke fått oppholdstillatelse." in side
    ta_imot(melding("tillatelse", 1, "2026-02-01", grunnlag="flyktning", vedtatt="2026-02-01"))
    side = radgiver.get(_adresse(1)).content.decode()
    assert "Klar" in side and "Hva som mangler" not in side
    liste = radgiver.get(reverse("person:liste") + "?status=klar").content.decode()
    assert "Amina Prøve" in liste


@pytest.mark.parametrize("sok", ["amina", "Prøv", "prove", "emina", duf(1), "أمينة"])
def test_found_by_number_and_by_name_in_any_script(land: str, sok: str) -> None:
    ta_imot(
        ankomst(
            1,
            navn=[
                {"skrift": "Latn", "fornavn": "Amina", "etternavn": "Prøve"},
                {"skrift": "Arab", "fornavn": "أمينة"},
            ],
        ),
        ankomst(2, fornavn="Oksana", etternavn="Test"),
    )
    side = innlogget("imdi_radgiver").post(reverse("person:liste"), {"q": sok}).content.decode()
    assert "Amina Prøve" in side and "Oksana" not in side


def test_those_nothing_is_shared_with_find_nothing(land: str) -> None:
    ta_imot(ankomst(1))
    for rolle in ("bosetter_skriv", "bosettingskonsulent", "bufetat_saksbehandler"):
        klient = innlogget(rolle)
        assert "Amina" not in klient.get(reverse("person:liste")).content.decode()
        assert "Amina" not in klient.post(reverse("person:liste"), {"q": duf(1)}).content.decode()
        assert klient.get(_adresse(1)).status_code == 404
    for rolle in ("ks_radgiver", "imdi_leder", "imdi_admin", "udi_saksbehandler"):
        assert innlogget(rolle).get(reverse("person:liste")).status_code == 404


def test_the_door_wants_a_signature_and_answers_message_by_message(land: str) -> None:
    klient = Client()
    kropp = json.dumps({"hendelser": [ankomst(1), {"type": "ankomst"}]}).encode()
    sti = reverse("person:udi")
    tid = int(naa().timestamp())
    assert klient.post(sti, kropp, content_type="application/json").status_code == 401
    gammel = {f"HTTP_{HODE.upper().replace('-', '_')}": signatur(kropp, tid - 3600)}
    assert klient.post(sti, kropp, content_type="application/json", **gammel).status_code == 401
    riktig = {f"HTTP_{HODE.upper().replace('-', '_')}": signatur(kropp, tid)}
    for ventet in ("mottatt", "kjent"):
        svar = klient.post(sti, kropp, content_type="application/json", **riktig)
        assert svar.status_code == 202
        assert [s["status"] for s in svar.json()["svar"]] == [ventet, "avvist"]


def test_a_name_or_number_that_is_searched_for_stands_in_no_address(land: str) -> None:
    ta_imot(ankomst(1))
    side = innlogget("imdi_radgiver").post(reverse("person:liste"), {"q": "amina"}).content.decode()
    assert "Amina Prøve" in side
    assert not [
        lenke for lenke in re.findall(r'(?:href|action)="([^"]*)"', side) if "amina" in lenke.casefold()
    ]
