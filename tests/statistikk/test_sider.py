"""The public pages: open, without personal data or csrf token, and equal to what was published."""

import csv
import io
import json

import pytest

pytestmark = pytest.mark.django_db


@pytest.fixture
def tall(register_med_historie, importer):
    for kode in importer.filer:
        importer(kode, register_med_historie)


ADRESSER = ("/", "/tall/", "/tall/2026/", "/tall/2013/", "/tall/1995/", "/kommuner/", "/kommuner/5006-steinkjer/", "/kommuner/1702/",
            "/fylker/50/", "/fylker/16/?aar=2012", "/slik-beregner-vi/", "/apne-data/")  # fmt: skip


@pytest.mark.parametrize("adresse", ADRESSER)
def test_pages_answer_without_login_and_without_token(client, tall, adresse):
    svar = client.get(adresse)
    assert svar.status_code == 200
    html = svar.content.decode()
    assert "csrfmiddlewaretoken" not in html and not svar.cookies
    assert " style=" not in html and "<script>" not in html


def test_empty_installation_says_what_comes(client, db):
    svar = client.get("/tall/")
    assert svar.status_code == 200 and "ikke publisert tall ennå" in svar.content.decode()
