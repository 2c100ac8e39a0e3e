"""Sign-in, sessions and sign-out."""

import time
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.hashers import get_hasher
from django.test import Client
from django.urls import reverse
from tests.access.verden import lag_bruker, lag_verden, som

from bosett.aktor.models import Bruker
from bosett.grunn.klokke import naa

PASSORD = "tog-fjell-eple-lampe"
INN = "/logg-inn/"


@pytest.fixture
def kari(ekte_database: str) -> Bruker:
    """With real commits: a refusal rolls its request back, and the count of failures must survive that."""
    from django.db import transaction  # noqa: PLC0415

    with transaction.atomic():
        verden = lag_verden(alle_roller=False)
        kari = lag_bruker("Kari Admin", ("kommune_admin", verden.egen))
        kari.set_password(PASSORD)
        kari.save()
        som(None)
    return kari


def _inn(client: Client, passord: str = PASSORD, **mer: str) -> Any:
    return client.post(INN, {"brukernavn": "kari.admin", "passord": passord, **mer})


def test_passwords_are_argon2(kari: Bruker) -> None:
    assert get_hasher().algorithm == "argon2" and kari.password.startswith("argon2$argon2id$")


def test_five_failures_lock_the_account_for_a_while_also_for_the_right_password(kari: Bruker) -> None:
    client = Client()
    svar = [_inn(client, "feil passord").status_code for _ in range(5)]
    assert svar[:4] == [200] * 4 or svar[:4] == [422] * 4
    assert svar[4] == 429
    etter = _inn(client)
    assert etter.status_code == 429 and "_auth_user_id" not in client.session
    assert Client().post(INN, {"brukernavn": "KARI.ADMIN ", "passord": PASSORD}).status_code == 429, (
        "same account"
    )
    assert (
        Client(REMOTE_ADDR="10.0.0.9").post(INN, {"brukernavn": "kari.admin", "passord": PASSORD}).status_code
        == 302
    )


def test_four_failures_then_right_is_in_and_forgotten(kari: Bruker) -> None:
    client = Client()
    for _ in range(2):
        for _ in range(4):
            _inn(client, "feil passord")
        assert _inn(client).status_code == 302
        client = Client()


def test_unknown_name_wrong_password_and_closed_account_answer_alike(kari: Bruker) -> None:
    lukket = Bruker(brukernavn="lukket", navn="L", opprettet=naa(), is_active=False)
    lukket.set_password(PASSORD)
    lukket.save()
    svar = []
    for navn, passord in (("finnes.ikke", PASSORD), ("kari.admin", "feil passord"), ("lukket", PASSORD)):
        tekst = Client().post(INN, {"brukernavn": navn, "passord": passord}).content.decode()
        svar.append([linje for linje in tekst.replace(navn, "").splitlines() if "csrf" not in linje])
    assert svar[0] == svar[1] == svar[2]


def test_a_role_taken_away_or_a_closed_account_works_at_the_next_request(kari: Bruker) -> None:
    client = Client()
    _inn(client)
    assert client.get(reverse("brukere:liste")).status_code == 200
    Bruker.objects.filter(pk=kari.pk).update(is_active=False)
    assert client.get(reverse("brukere:liste")).status_code == 302


def test_session_gets_a_new_key_at_sign_in_and_dies_at_sign_out(kari: Bruker) -> None:
    client = Client()
    client.get(INN)
    session = client.session
    session["x"] = 1
    session.save()
    client.cookies[settings.SESSION_COOKIE_NAME] = session.session_key
    for_ = session.session_key
    svar = _inn(client)
    kapsel = svar.cookies[settings.SESSION_COOKIE_NAME]
    assert kapsel.value != for_
    assert kapsel["httponly"] and kapsel["samesite"] == "Lax"
    gammel = client.session.session_key
    assert client.get("/logg-ut/").status_code == 405, "a link or a picture cannot sign anybody out"
    assert client.get(reverse("brukere:meg")).status_code == 200
    assert client.post("/logg-ut/").status_code == 302
    client.cookies[settings.SESSION_COOKIE_NAME] = gammel
    assert client.get(reverse("brukere:meg")).status_code == 302


def test_session_ends_after_an_hour_of_rest_and_after_a_working_day(kari: Bruker) -> None:
    for felt, alder in (("sist", settings.OKT_HVILE_S + 5), ("startet", settings.OKT_MAKS_S + 5)):
        client = Client()
        _inn(client)
        assert client.get(reverse("brukere:meg")).status_code == 200
        session = client.session
        session[felt] = int(time.time()) - alder
        session.save()
        svar = client.get(reverse("brukere:meg"))
        assert svar.status_code == 302 and svar.url.startswith(INN)
        assert not client.session.get("_auth_user_id")


UTENFOR = ("https://ond.no/", "//ond.no/", "/\\ond.no", "javascript:alert(1)", "http:ond.no", "/%0d%0aSet-Cookie:x", " //ond.no", "\t//ond.no", "///ond.no")  # fmt: skip


def test_sign_in_leads_only_inside_the_site(kari: Bruker) -> None:
    for neste in UTENFOR:
        for data, sporring in (({"neste": neste}, ""), ({}, f"?next={neste}"), ({}, f"?neste={neste}")):
            client = Client()
            svar = client.post(INN + sporring, {"brukernavn": "kari.admin", "passord": PASSORD, **data})
            assert svar.status_code == 302, neste
            assert (
                svar.url.startswith("/")
                and not svar.url.startswith(("//", "/\\"))
                and "ond.no" not in svar.url.split("?")[0].lstrip("/").split("/")[0]
            ), neste
            assert client.get(INN + f"?neste={neste}").url.startswith("/"), neste


def test_sign_in_leads_back_to_the_page_one_wanted(kari: Bruker) -> None:
    client = Client()
    svar = client.get(reverse("brukere:liste") + "?vis=varsler")
    assert svar.status_code == 302
    assert (
        client.post(svar.url, {"brukernavn": "kari.admin", "passord": PASSORD}).url == "/brukere/?vis=varsler"
    )


def test_forms_need_the_token(kari: Bruker) -> None:
    client = Client(enforce_csrf_checks=True)
    assert client.post(INN, {"brukernavn": "kari.admin", "passord": PASSORD}).status_code == 403
    client.force_login(kari, "django.contrib.auth.backends.ModelBackend")
    assert client.post("/logg-ut/").status_code == 403
    assert client.post(reverse("brukere:passord"), {}).status_code == 403


def test_pages_for_signed_in_users_are_not_kept_by_anybody(kari: Bruker) -> None:
    client = Client()
    _inn(client)
    for side in ("brukere:liste", "brukere:meg", "hjem"):
        hoder = client.get(reverse(side)).headers
        assert "public" not in hoder.get("Cache-Control", "") and "Cookie" in hoder.get("Vary", ""), side
    forside = client.get("/")
    assert "public" not in forside.headers.get("Cache-Control", "")
