"""The screens of users and roles, walked as a person does: few clicks, no password anywhere but on the page that shows it."""

import re
from datetime import timedelta
from typing import Any

from django.test import Client
from django.urls import reverse
from tests.access.verden import Verden, lag_bruker, som, system

from bosett.aktor.models import Bruker
from bosett.grunn.klokke import i_dag
from bosett.spor.models import Hendelse


def _inn(bruker: Bruker) -> Client:
    client = Client()
    client.force_login(bruker, "django.contrib.auth.backends.ModelBackend")
    return client


def _nokkel(svar: Any) -> str:
    treff = re.search(r'name="nokkel" value="([0-9a-f-]{36})"', svar.content.decode())
    assert treff
    return treff[1]


def test_a_new_colleague_gets_a_role_in_three_clicks_and_logs_in(verden: Verden) -> None:
    client = _inn(verden.brukere["kommune_admin"])
    liste = client.get(reverse("brukere:liste"))
    assert liste.status_code == 200 and "Kari Admin" in liste.content.decode()
    ny = reverse("brukere:ny", args=[verden.egen.uuid])
    assert f'href="{ny}"' in liste.content.decode()  # click 1: «Ny bruker»
    data = {
        "navn": "Per Olsen",
        "epost": "per@egenby.no",
        "rolle": "bosetter_skriv",
        "nokkel": _nokkel(client.get(ny)),
    }
    svar = client.post(ny, data)  # click 2: the role; click 3: «Opprett bruker»
    tekst = svar.content.decode()
    assert svar.status_code == 200 and "no-store" in svar["Cache-Control"]
    passord = re.search(r"<code>([a-z0-9-]{19})</code>", tekst)
    assert passord and "per.olsen@4204" in tekst
    igjen = client.post(ny, data)  # the page is sent again
    assert igjen.status_code == 302 and passord[1] not in client.get(igjen.url).content.decode()
    system()
    assert Bruker.objects.filter(navn="Per Olsen").count() == 1
    som(None)

    per = Client()
    svar = per.post(reverse("logg-inn"), {"brukernavn": "Per.Olsen@4204", "passord": passord[1]})
    assert svar.status_code == 302
    bytt = reverse("brukere:passord")
    for side in (reverse("hjem"), reverse("brukere:meg")):
        svar = per.get(side)
        assert svar.status_code == 302 and svar.url == bytt, "nothing is open before the password is changed"
    assert "engangspassord" in per.get(bytt).content.decode()
    nytt = {"gammelt": passord[1], "nytt": "tog-fjell-eple-lampe", "igjen": "tog-fjell-eple-lampe"}
    assert per.post(bytt, nytt | {"igjen": "noe annet"}).status_code == 422
    for_okt = per.session.session_key
    assert per.post(bytt, nytt).status_code == 302
    assert per.session.session_key != for_okt
    assert per.get(reverse("brukere:meg")).status_code == 200


def test_a_role_is_removed_and_a_deputy_set_in_two_clicks(verden: Verden) -> None:
    kari, lars = verden.brukere["kommune_admin"], verden.brukere["bosetter_les"]
    client = _inn(kari)
    system()
    tredje = lag_bruker("Tone Tre", ("bosetter_skriv", verden.egen))
    rolle = lars.medlemskap.get()
    som(None)
    side = reverse("brukere:bruker", args=[verden.egen.uuid, lars.uuid])
    assert f'href="{side}"' in client.get(reverse("brukere:liste")).content.decode()  # click 1: the name
    gi = reverse("brukere:gi-vikar", args=[verden.egen.uuid, rolle.uuid])
    fjern = reverse("brukere:fjern-rolle", args=[verden.egen.uuid, rolle.uuid])
    tekst = client.get(side).content.decode()
    assert gi in tekst and fjern in tekst
    dag = i_dag()
    data = {"vikar": str(tredje.uuid), "fra": dag.isoformat(), "til": (dag + timedelta(3)).isoformat()}
    svar = client.post(gi, data, follow=True)  # click 2
    assert "Tone Tre er satt inn som vikar" in svar.content.decode()
    system()
    assert tredje.vikariater.get().til == dag + timedelta(4), "the last day written is included"
    vikariat = tredje.vikariater.get()
    som(None)
    assert client.post(gi, {**data, "vikar": str(kari.uuid)}).status_code == 422
    assert (
        client.post(reverse("brukere:fjern-vikar", args=[verden.egen.uuid, vikariat.uuid])).status_code == 302
    )
    svar = client.post(fjern, follow=True)  # or click 2
    assert "Rollen er fjernet" in svar.content.decode() and "Ingen rolle nå" in svar.content.decode()
    egen = system() and kari.medlemskap.get()
    som(None)
    svar = client.post(reverse("brukere:fjern-rolle", args=[verden.egen.uuid, egen.uuid]))
    assert svar.status_code == 409 and "siste kommuneadministrative" in svar.content.decode()


def test_another_municipality_s_ids_answer_as_unknown_ones(verden: Verden) -> None:
    client = _inn(verden.brukere["kommune_admin"])
    annen, ukjent = str(verden.annen_bruker.uuid), "11111111-2222-4333-8444-555555555555"

    def svar(org: object, bruker: str) -> tuple[int, str]:
        adresse = reverse("brukere:bruker", args=[org, bruker])
        s = client.get(adresse)
        tekst = s.content.decode().replace(adresse, "").replace(adresse.replace("/", "%2F"), "")
        return s.status_code, re.sub(r'csrfmiddlewaretoken" value="[^"]+"', "", tekst)

    assert svar(verden.egen.uuid, annen) == svar(verden.egen.uuid, ukjent) == svar(verden.annen.uuid, annen)
    assert svar(verden.egen.uuid, annen)[0] == 404


def test_refusals_speak_the_language_of_the_reader(verden: Verden) -> None:
    client = _inn(verden.brukere["kommune_admin"])
    ny = reverse("brukere:ny", args=[verden.egen.uuid])
    data = {"navn": "En", "epost": "lik@x.no", "rolle": "bosetter_les"}
    client.post(ny, data | {"nokkel": _nokkel(client.get(ny))})
    for spraak, tekst in (
        ("nb", "har allerede denne"),
        ("nn", "har allereie denne"),
        ("en", "already has this e-mail"),
    ):
        svar = client.post(
            ny, data | {"nokkel": _nokkel(client.get(ny))}, headers={"accept-language": spraak}
        )
        assert svar.status_code == 422 and tekst in svar.content.decode()


def test_imdi_sees_municipalities_without_administrator_and_gives_the_first(verden: Verden) -> None:
    client = _inn(verden.brukere["imdi_admin"])
    tekst = client.get(reverse("brukere:organisasjoner")).content.decode()
    assert "Egenby kommune" in tekst and "Annenby kommune" in tekst
    hent = reverse("brukere:hent", args=[verden.annen.uuid])
    data = {"brukernavn": "lars.leser", "rolle": "kommune_admin"}
    assert client.post(hent, data | {"brukernavn": "finnes.ikke"}).status_code == 422
    assert client.post(hent, data).status_code == 302
    assert som(verden.brukere["bosetter_les"]).roller == {"bosetter_les", "kommune_admin"}
    som(None)
    assert _inn(verden.brukere["kommune_admin"]).get(hent).status_code == 404


def test_min_side_shows_roles_helpers_and_own_look_ups(verden: Verden) -> None:
    kari = _inn(verden.brukere["kommune_admin"])
    kari.get(reverse("brukere:liste"))
    tekst = kari.get(reverse("brukere:meg")).content.decode()
    assert "Kommuneadministrativ bruker" in tekst and "Se brukerne, rollene og vikarene" in tekst
    lars = _inn(verden.brukere["bosetter_les"]).get(reverse("brukere:meg")).content.decode()
    assert "Kari Admin" in lars and "Se brukerne, rollene og vikarene" not in lars


def test_new_password_ends_sessions_and_is_in_no_ledger_row(verden: Verden) -> None:
    lars = verden.brukere["bosetter_les"]
    hos_lars = _inn(lars)
    assert hos_lars.get(reverse("brukere:meg")).status_code == 200
    svar = _inn(verden.brukere["kommune_admin"]).post(
        reverse("brukere:nytt-passord", args=[verden.egen.uuid, lars.uuid])
    )
    passord = re.search(r"<code>([a-z0-9-]{19})</code>", svar.content.decode())
    assert passord and "no-store" in svar["Cache-Control"]
    assert hos_lars.get(reverse("brukere:meg")).url.startswith(reverse("logg-inn"))
    system()
    assert all(passord[1] not in str(h.data) for h in Hendelse.objects.all())
