"""The pages that belong to no room: they render in three languages, hold nothing inline, and never send one elsewhere."""

import re

import pytest
from django.conf import settings
from django.contrib.auth import get_user_model
from django.template.loader import render_to_string
from django.test import Client, RequestFactory, override_settings

from bosett.grunn.klokke import naa
from bosett.tilgang.selectors import rolleoversikt
from bosett.web import mellomvare
from bosett.web.felles import hjelp
from bosett.web.neste import trygg

SIDER = (
    "/om/", "/tilgjengelighet/", "/personvern/", "/roller/", "/hurtigtaster/", "/hjelp/", "/ordliste/", "/farger/velg/",
    "/komponenter/", "/logg-inn/", "/finnes-ikke-her/",
)  # fmt: skip
pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("spraak", ["nb", "nn", "en"])
@pytest.mark.parametrize("side", SIDER)
def test_siden_finnes_paa_spraaket_uten_noe_innebygd(client: Client, side: str, spraak: str) -> None:
    client.cookies[settings.LANGUAGE_COOKIE_NAME] = spraak
    svar = client.get(side)
    html = svar.content.decode()
    assert svar.status_code == (404 if "finnes" in side else 200)
    assert f'<html lang="{spraak}"' in html and html.count("<h1") == 1
    assert "<title>" in html and "<title> " not in html
    for skript in re.findall(r"<script\b[^>]*>", html):
        assert " src=" in skript
    assert not re.search(r"<style\b|\sstyle=|\son[a-z]+=\"|javascript:", html)
    assert "'unsafe" not in svar["Content-Security-Policy"]
    assert svar["Content-Security-Policy"].startswith(
        "default-src 'none'; script-src 'self'; style-src 'self'"
    )
    assert 'class="ds-skip-link"' in html and 'id="innhold"' in html


def test_aapne_sider_har_ingen_csrf_saa_de_kan_huskes(client: Client) -> None:
    for side in set(SIDER) - {"/logg-inn/", "/komponenter/"}:
        svar = client.get(side)
        assert b"csrfmiddlewaretoken" not in svar.content and "csrftoken" not in svar.cookies


@pytest.mark.parametrize(
    "neste",
    [
        "https://ond.example/",
        "//ond.example",
        "/\\ond.example",
        "\\\\ond",
        "javascript:alert(1)",
        "/\t/ond",
        "",
        "/%0a/x\n",
    ],
)
def test_neste_gaar_aldri_ut_av_huset(client: Client, neste: str) -> None:
    svar = client.get("/sprak/nn/", {"neste": neste})
    assert svar.status_code == 302 and re.fullmatch(r"/(?!/).*", svar["Location"])
    assert "ond" not in svar["Location"] or svar["Location"].startswith("/%")
    assert trygg(neste) == "/" or trygg(neste).startswith("/%")


def test_spraak_og_farger_huskes(client: Client) -> None:
    svar = client.get("/sprak/nn/?neste=/om/%3Fa%3D1")
    assert svar["Location"] == "/om/?a=1" and svar.cookies[settings.LANGUAGE_COOKIE_NAME].value == "nn"
    assert 'lang="nn"' in client.get("/om/").content.decode()
    client.get("/farger/dark/?neste=/om/")
    assert 'data-color-scheme="dark"' in client.get("/om/").content.decode()
    assert client.get("/sprak/xx/").status_code == client.get("/farger/rosa/").status_code == 404


def test_siden_om_roller_er_laget_av_tabellen_som_gjelder(client: Client) -> None:
    html = client.get("/roller/").content.decode()
    for kort in rolleoversikt():
        assert kort.rolle.navn in html
        for tekst, _omfang in (*kort.ser, *kort.gjor):
            assert tekst[1:] in html


def test_hjelpen_finner_ord_og_hver_lenke_har_en_del(client: Client) -> None:
    assert (
        "Lagre"
        not in client.get("/hjelp/?sok=målformen").content.decode().split("<main")[1].split("<form")[0]
    )
    assert [d.anker for d in hjelp.finn("målformen brev")] == ["dokument"] and hjelp.finn("qqqq") == []
    assert 'id="anmodning"' in client.get("/hjelp/").content.decode()


def _lag(navn: str) -> object:
    modell = get_user_model()
    bruker = modell(brukernavn=navn, navn="Ola Demo", opprettet=naa())
    bruker.set_password("riktig-hest-batteri")
    bruker.save()
    return bruker


def test_innlogging_bytter_nokkel_og_sender_bare_innenfor(client: Client) -> None:
    _lag("ola")
    client.get("/logg-inn/")
    svar = client.post(
        "/logg-inn/?neste=//ond.example", {"brukernavn": " OLA ", "passord": "riktig-hest-batteri"}
    )
    assert (svar.status_code == 302 and svar["Location"] == "/hjem/") or svar["Location"].startswith("/")
    assert settings.SESSION_COOKIE_NAME in client.cookies
    forste = client.session.session_key
    client.post("/logg-ut/")
    assert client.get("/logg-inn/").status_code == 200 and client.session.session_key != forste


def test_feil_passord_sier_ikke_hva_som_er_feil(client: Client) -> None:
    _lag("ola")
    en = client.post("/logg-inn/", {"brukernavn": "ola", "passord": "x"}).content.decode()
    to = client.post("/logg-inn/", {"brukernavn": "finnesikke", "passord": "x"}).content.decode()
    assert "Rett én ting før du sender" in en and "Brukernavnet eller passordet er feil" in en
    uten = re.compile(r'value="[^"]*"')
    assert uten.sub("", en) == uten.sub("", to)


def test_fem_feil_sperrer(client: Client) -> None:
    _lag("kari")
    for _ in range(5):
        svar = client.post("/logg-inn/", {"brukernavn": "kari", "passord": "feil"})
    assert svar.status_code in (403, 429) and "sperret" in svar.content.decode()
    svar = client.post("/logg-inn/", {"brukernavn": "kari", "passord": "riktig-hest-batteri"})
    assert svar.status_code in (403, 429)


def test_demobrukere_bare_i_en_demonstrasjon(client: Client) -> None:
    _lag("ola@demo.invalid")
    _lag("ekte")
    assert "ola@demo.invalid" in client.get("/logg-inn/").content.decode()
    assert client.post("/logg-inn/demo/", {"brukernavn": "ekte"}).status_code == 404
    with override_settings(DEMO=False):
        assert "ola@demo.invalid" not in client.get("/logg-inn/").content.decode()
        assert client.post("/logg-inn/demo/", {"brukernavn": "ola@demo.invalid"}).status_code == 404
    assert (
        client.post("/logg-inn/demo/", {"brukernavn": "ola@demo.invalid", "neste": "/om/"})["Location"]
        == "/om/"
    )
    side = client.get("/om/").content.decode()
    assert "Ola Demo" in side and "Logg ut" in side


def test_lagrede_visninger_er_ens_egne(client: Client) -> None:
    _lag("a@demo.invalid")
    assert client.post("/visninger/", {}).status_code == 302  # to sign-in
    client.post("/logg-inn/demo/", {"brukernavn": "a@demo.invalid", "neste": "/om/"})
    data = {"tabell": "prove", "navn": "Min", "sporring": "sok=a", "neste": "/om/"}
    assert client.post("/visninger/", data)["Location"] == "/om/"
    assert "Visningen er lagret" in client.get("/om/").content.decode()
    client.post("/visninger/", {**data, "navn": ""})
    assert "mangler et navn" in client.get("/om/").content.decode()


def test_avslag_sier_hva_regel_og_gjor(rf: RequestFactory) -> None:
    feil = {"hva": "Alt godkjent", "regel": "Låst", "gjor": "Lag ny", "kode": "K-1"}
    html = render_to_string(
        "feil/avslag.html", {"feil": feil, "request": rf.get("/x/"), "LANGUAGE_CODE": "nb"}
    )
    assert all(tekst in html for tekst in feil.values())


def test_feilsiden_for_500_trenger_ingenting() -> None:
    html = render_to_string("500.html")
    assert "Noe gikk galt" in html and "<script" not in html and "style=" not in html


def test_csp_er_streng() -> None:
    assert "unsafe" not in mellomvare.CSP and "default-src 'none'" in mellomvare.CSP
