"""A municipality nobody has access in: somebody asks, IMDi checks and decides, and what is about the person is deleted again."""

import logging
import re
from datetime import timedelta
from typing import Any

import pytest
from django.db import connection, transaction
from django.test import Client, override_settings
from django.urls import reverse
from tests.access.verden import Verden, lag_bruker, som, system

from bosett.aktor.models import Bruker, Medlemskap
from bosett.brukere import rules, services, tasks
from bosett.brukere.models import Soknadsteller, Tilgangssoknad
from bosett.grunn.feil import BosettFeil
from bosett.grunn.klokke import frys, i_dag, naa
from bosett.oppgave import selectors as oppgaver
from bosett.spor.models import Detalj, Hendelse
from bosett.spor.verifisering import verifiser

BE_OM = "/tilgang/be-om/"
SKJEMA = {
    "kommune": "4203",
    "navn": "Siri Søker",
    "epost": "Siri@Annenby.kommune.invalid",
    "stilling": "Flyktningleder",
    "bekrefter": "Rolf Rådmann, kommunedirektør",
    "bekrefter_telefon": "37 00 00 00",
    "avtale": "on",
}
PERSONLIG = ("Siri", "siri@", "Annenby.kommune", "Rolf", "37 00")
KONTROLL = {"kontroll": "sentralbord", "hvordan": "Ringte sentralbordet og snakket med kommunedirektøren"}


@pytest.fixture
def uten(verden: Verden) -> Verden:
    """The second municipality has nobody any more."""
    system()
    Medlemskap.objects.filter(organisasjon=verden.annen).update(til=i_dag())
    som(None)
    return verden


def _send(client: Client | None = None, **mer: str) -> Any:
    return (client or Client()).post(BE_OM, {**SKJEMA, **mer})


def _inn(bruker: Bruker) -> Client:
    client = Client()
    client.force_login(bruker, "django.contrib.auth.backends.ModelBackend")
    return client


def _soknad() -> Tilgangssoknad:
    system()
    return Tilgangssoknad.objects.select_related("organisasjon", "subjekt").get()


def _sok(verden: Verden, **mer: Any) -> Tilgangssoknad:
    valg = {navn: verdi for navn, verdi in SKJEMA.items() if navn not in ("kommune", "avtale")} | mer
    return services.sok(
        aktor=som(None), organisasjon=verden.annen, **{"avtale": True, "maskin": "10.0.0.1"} | valg
    )


@pytest.mark.krav("R048")
def test_a_request_is_approved_by_imdi_and_gives_a_role_and_a_log_entry(uten: Verden) -> None:
    svar = _send()
    assert svar.status_code == 302 and re.fullmatch(r"/tilgang/mottatt/T-[a-z0-9]{4}-[a-z0-9]{4}/", svar.url)
    kvittering = Client().get(svar.url).content.decode()
    soknad = _soknad()
    assert soknad.referanse in kvittering and "Dette skjer nå" in kvittering
    assert not any(ord_ in kvittering for ord_ in (*PERSONLIG, "Annenby"))
    assert (soknad.epost, soknad.organisasjon, soknad.sokt_av) == ("siri@annenby.kommune.invalid", uten.annen, None)  # fmt: skip

    client = _inn(uten.brukere["imdi_admin"])
    side = reverse("brukere:soknad", args=[soknad.subjekt.uuid])
    hjem = client.get(reverse("hjem")).content.decode()
    assert f'href="{side}"' in hjem and "Annenby kommune" in hjem and "Siri" not in hjem
    liste = client.get(reverse("brukere:soknader")).content.decode()
    assert side in liste and "annenby.kommune.invalid" in liste and "Siri" not in liste
    tekst = client.get(side).content.decode()
    assert all(ord_ in tekst for ord_ in ("Siri Søker", "Rolf Rådmann", "37 00 00 00", "Ikke registrert"))

    svar = client.post(reverse("brukere:godkjenn-soknad", args=[soknad.subjekt.uuid]), KONTROLL)
    passord = re.search(r"<code>([a-z0-9-]{19})</code>", svar.content.decode())
    assert svar.status_code == 200 and passord and "no-store" in svar["Cache-Control"]
    system()
    siri = Bruker.objects.get(navn="Siri Søker")
    assert som(siri).roller == {"kommune_admin"}
    assert (siri.brukernavn, siri.maa_bytte_passord) == ("siri.søker@4203".replace("ø", "o"), True)
    system()
    rader = list(Hendelse.objects.filter(subjekt_id=soknad.pk).order_by("nr"))
    assert [rad.handling for rad in rader] == ["brukere.sok_tilgang", "brukere.godkjenn_soknad"]
    assert (rader[0].jobb, rader[1].rolle) == ("brukere.tilgangssoknad", "imdi_admin")
    assert rader[1].data["bruker"] == siri.pk and rader[1].data["kontroll"] == "sentralbord"
    assert Hendelse.objects.filter(handling="brukere.opprett", data__bruker=siri.pk).count() == 1
    assert not oppgaver.apne(som(uten.brukere["imdi_admin"])).exists()

    ny = Client()
    assert ny.post("/logg-inn/", {"brukernavn": siri.brukernavn, "passord": passord[1]}).status_code == 302
    igjen = client.post(reverse("brukere:godkjenn-soknad", args=[soknad.subjekt.uuid]), KONTROLL, follow=True)
    assert passord[1] not in igjen.content.decode() and "har rollen" in igjen.content.decode()


def test_a_refusal_has_a_reason_and_gives_nothing(uten: Verden) -> None:
    _send()
    soknad = _soknad()
    client = _inn(uten.brukere["imdi_admin"])
    avsla = reverse("brukere:avsla-soknad", args=[soknad.subjekt.uuid])
    assert client.post(avsla, {"grunn": " "}).status_code == 422
    assert client.post(avsla, {"grunn": "Ingen i kommunen kjenner søkeren"}).status_code == 302
    assert client.post(avsla, {"grunn": "Igjen"}).status_code == 302
    svar = client.post(reverse("brukere:godkjenn-soknad", args=[soknad.subjekt.uuid]), KONTROLL)
    assert svar.status_code == 422 and "allerede behandlet" in svar.content.decode()
    system()
    assert _soknad().tilstand == "avslatt" and not Bruker.objects.filter(navn="Siri Søker").exists()
    assert Hendelse.objects.filter(handling="brukere.avsla_soknad").count() == 1
    assert _send().status_code == 302, "a new try after a refusal is a new request"
    system()
    assert Tilgangssoknad.objects.count() == 2


@pytest.mark.parametrize(
    "mangler", [{"kontroll": ""}, {"kontroll": "annet"}, {"hvordan": ""}, {"hvordan": "ringte bare dem"}]
)
def test_nobody_is_approved_without_a_check(uten: Verden, mangler: dict[str, str]) -> None:
    _send()
    adresse = reverse("brukere:godkjenn-soknad", args=[_soknad().subjekt.uuid])
    svar = _inn(uten.brukere["imdi_admin"]).post(adresse, {**KONTROLL, **mangler})
    assert svar.status_code == 422 and "ds-error-summary" in svar.content.decode()
    with pytest.raises(BosettFeil) as feil:
        services.godkjenn_soknad(
            aktor=som(uten.brukere["imdi_admin"]), soknad=_soknad(), **{**KONTROLL, **mangler}
        )
    assert feil.value.kode == "TILGANG-KONTROLL"
    assert _soknad().tilstand == "ny"


def test_the_same_person_again_gets_the_same_receipt(uten: Verden) -> None:
    forste = _send().url
    assert _send(navn="Siri S.", epost=" SIRI@annenby.kommune.invalid").url == forste
    assert _send(epost="kollega@annenby.kommune.invalid").url != forste
    system()
    assert Tilgangssoknad.objects.count() == 2


def test_a_municipality_with_an_administrator_answers_without_naming_anybody(verden: Verden) -> None:
    for svar in (_send(), _send(kommune="4204")):
        tekst = svar.content.decode()
        assert svar.status_code == 422 and "Kommunen har allerede en kommuneadministrator" in tekst
        assert not any(navn in tekst for navn in ("Kari Admin", "Annen Administrator"))
        assert "Rolf Rådmann" in tekst, "nothing typed is lost"
    tekst = Client().get(BE_OM + "?kommune=4203").content.decode()
    assert "allerede en kommuneadministrator" in tekst and "Annen Administrator" not in tekst
    assert "allerede en" not in Client().get(BE_OM + "?kommune=9999").content.decode()
    system()
    assert not Tilgangssoknad.objects.exists()


def test_an_administrator_who_came_first_closes_the_way(uten: Verden) -> None:
    _send()
    system()
    lag_bruker("Rask Administrator", ("kommune_admin", uten.annen))
    with pytest.raises(BosettFeil) as feil:
        services.godkjenn_soknad(aktor=som(uten.brukere["imdi_admin"]), soknad=_soknad(), **KONTROLL)
    assert feil.value.kode == "TILGANG-HAR-ADMIN"


def test_machines_are_stopped_and_people_are_not_sent_away(uten: Verden) -> None:
    svar = _send(nettside="https://kjop.example")
    tekst = svar.content.decode()
    assert svar.status_code == 422 and "skjult for mennesker" in tekst and "kjop.example" not in tekst
    felle = re.search(r"<div hidden>.*?</div>", tekst)
    assert felle and 'name="nettside"' in felle[0] and 'tabindex="-1"' in felle[0]
    for galt in ({"epost": "ikke"}, {"bekrefter_telefon": "x"}, {"kommune": "9999"}, {"avtale": ""}):
        assert _send(**galt).status_code == 422
    with pytest.raises(BosettFeil):
        _sok(uten, avtale=False)
    system()
    assert not Tilgangssoknad.objects.exists()


def test_too_many_in_a_day_are_stopped_and_no_address_is_kept(uten: Verden) -> None:
    grense = rules.sats("tilgangssoknad_per_maskin", i_dag())
    for nr in range(grense):
        assert _send(epost=f"en{nr}@x.invalid").status_code == 302
    svar = _send(epost="en-til@x.invalid")
    assert svar.status_code == 429 and "i morgen" in svar.content.decode()
    assert _send(epost="en0@x.invalid").status_code == 302, "the same request again is no new one"
    annen_maskin = Client(REMOTE_ADDR="10.0.0.7")
    assert _send(annen_maskin, epost="en-til@x.invalid").status_code == 302
    with override_settings(BAK_PROXY=True):
        bak = {"headers": {"X-Forwarded-For": "1.1.1.1, 10.9.9.9"}}
        assert Client().post(BE_OM, {**SKJEMA, "epost": "bak@x.invalid"}, **bak).status_code == 302
    system()
    avtrykk = set(Soknadsteller.objects.values_list("avtrykk", flat=True))
    assert all(re.fullmatch(r"[0-9a-f]{64}", ett) for ett in avtrykk)
    with frys(naa() + timedelta(days=1)):
        assert _send(epost="i-morgen@x.invalid").status_code == 302
        system()
        services.rydd_soknader(aktor=system())
        igjen = set(Soknadsteller.objects.values_list("avtrykk", flat=True))
        assert igjen and not igjen & avtrykk, "other digests every day, and yesterday's are gone"


def test_one_address_cannot_ask_for_every_municipality(uten: Verden) -> None:
    grense = rules.sats("tilgangssoknad_per_epost", i_dag())
    for nr in range(grense):
        soknad = _sok(uten, maskin=f"10.0.0.{nr}")
        system()
        services.avsla_soknad(aktor=som(uten.brukere["imdi_admin"]), soknad=soknad, grunn="Ukjent")
    with pytest.raises(BosettFeil) as feil:
        _sok(uten, maskin="10.0.1.1")
    assert feil.value.kode == "TILGANG-FOR-MANGE"


def test_only_imdi_reads_and_only_its_user_administrators_decide(uten: Verden) -> None:
    _send()
    soknad = _soknad()
    radgiver = lag_bruker("Inger Imdi", ("imdi_radgiver", uten.organisasjoner["imdi"]))
    kari, ingen = uten.brukere["kommune_admin"], lag_bruker("Uten Rolle")
    for bruker in (kari, ingen, None):
        som(bruker)
        assert not Tilgangssoknad.objects.exists() and not Soknadsteller.objects.exists()
        with pytest.raises(Exception, match="row-level security"), transaction.atomic():
            Soknadsteller.objects.create(dag=i_dag(), avtrykk="x")
        with connection.cursor() as db:
            db.execute("UPDATE brukere_tilgangssoknad SET navn = 'x'")
            assert db.rowcount == 0
    for bruker in (kari, ingen, radgiver):
        with pytest.raises(BosettFeil) as feil:
            services.godkjenn_soknad(aktor=som(bruker), soknad=soknad, **KONTROLL)
        assert feil.value.kode == "TILGANG"
        with pytest.raises(BosettFeil):
            services.avsla_soknad(aktor=som(bruker), soknad=soknad, grunn="nei")
    som(None)
    side = reverse("brukere:soknad", args=[soknad.subjekt.uuid])
    assert _inn(radgiver).get(side).status_code == _inn(kari).get(side).status_code == 404


@pytest.mark.krav("R248")
def test_somebody_from_a_municipality_without_access_is_led_to_the_form(uten: Verden) -> None:
    """At the log-in, on the municipality's own pages, on the home page and where a page is not found: the form, filled in."""
    egne = reverse("anmodning:egne")
    innlogging = Client().get(egne)
    assert innlogging.status_code == 302
    assert f'href="{BE_OM}"' in Client().get(innlogging.url).content.decode()
    assert f'href="{BE_OM}"' in Client().get("/finnes-ikke-her/").content.decode()
    assert Client().get(BE_OM).status_code == 200

    system()
    tidligere = uten.annen_bruker
    assert tidligere is not None
    Bruker.objects.filter(pk=tidligere.pk).update(epost="annen@annenby.invalid")
    som(None)
    client = _inn(tidligere)
    svar = client.get(egne, follow=True)
    tekst = svar.content.decode()
    assert svar.redirect_chain == [(BE_OM, 302)] and svar.status_code == 200, "the form, not an error"
    assert '<option value="4203" selected>' in tekst and "annen@annenby.invalid" in tekst
    assert "har ingen rolle" in tekst and "Annen Administrator" in tekst
    hjem = client.get(reverse("hjem")).content.decode()
    assert f'href="{BE_OM}"' in hjem and "Be om tilgang" in hjem
    assert f'href="{BE_OM}"' in client.get(reverse("brukere:meg")).content.decode()
    borte = client.get(reverse("anmodning:runder"))
    assert borte.status_code == 404 and f'href="{BE_OM}"' in borte.content.decode()
    ukjent = reverse("anmodning:egen", args=["11111111-2222-4333-8444-555555555555"])
    assert client.get(ukjent).url == BE_OM == client.get(egne).url, "known and unknown answer alike"

    assert client.post(BE_OM, {**SKJEMA, "navn": "Et annet navn"}).status_code == 302
    soknad = _soknad()
    assert (soknad.navn, soknad.sokt_av) == ("Annen Administrator", tidligere)
    svar = _inn(uten.brukere["imdi_admin"]).post(
        reverse("brukere:godkjenn-soknad", args=[soknad.subjekt.uuid]), KONTROLL, follow=True
    )
    assert "har rollen" in svar.content.decode() and "<code>" not in svar.content.decode()
    assert som(tidligere).roller == {"kommune_admin"}
    som(None)
    assert client.get(egne).status_code == 200


def test_a_colleague_who_has_a_user_gets_the_role_there(uten: Verden) -> None:
    system()
    leser = lag_bruker("Lea Leser", ("bosetter_les", uten.annen))
    Bruker.objects.filter(pk=leser.pk).update(epost="siri@annenby.kommune.invalid")
    som(None)
    assert _send().status_code == 302
    svar = services.godkjenn_soknad(aktor=som(uten.brukere["imdi_admin"]), soknad=_soknad(), **KONTROLL)
    assert (svar.bruker, svar.passord) == (leser, "")
    assert som(leser).roller == {"bosetter_les", "kommune_admin"}


def test_somebody_from_elsewhere_who_is_signed_in_asks_for_another(uten: Verden) -> None:
    assert _send(_inn(uten.brukere["imdi_admin"])).status_code == 302
    soknad = _soknad()
    assert soknad.sokt_av is None and soknad.navn == "Siri Søker"


def test_what_is_about_the_person_is_deleted_and_the_fact_stays(uten: Verden) -> None:
    imdi = uten.brukere["imdi_admin"]
    avslatt, gammel = _sok(uten), _sok(uten, epost="to@x.invalid")
    services.avsla_soknad(aktor=som(imdi), soknad=avslatt, grunn="Rolf kjenner ikke Siri")
    dag = timedelta(days=1)
    lagring, uten_svar = (rules.sats(f"tilgangssoknad_{navn}", i_dag()) for navn in ("lagring", "uten_svar"))
    with frys(naa() + lagring * dag - dag):
        assert services.rydd_soknader(aktor=system()) == (0, 0)
    with frys(naa() + lagring * dag + dag):
        assert services.rydd_soknader(aktor=system()) == (0, 1)
        assert services.rydd_soknader(aktor=system()) == (0, 0)
    with frys(naa() + uten_svar * dag + dag):
        assert services.rydd_soknader(aktor=system()) == (1, 1), "nobody answered: closed and emptied"
    for soknad, tilstand in ((avslatt, "avslatt"), (gammel, "utlopt")):
        soknad.refresh_from_db()
        assert soknad.tilstand == tilstand and soknad.slettet and soknad.organisasjon == uten.annen
        assert [getattr(soknad, felt) for felt in Tilgangssoknad.OM_PERSONER] == [""] * 5
        assert not Detalj.objects.filter(hendelse__subjekt_id=soknad.pk).exists()
    assert not oppgaver.apne(som(imdi)).exists()
    system()
    assert Hendelse.objects.filter(handling="brukere.slett_soker").count() == 2
    assert verifiser().feil == []
    som(None)
    side = _inn(imdi).get(reverse("brukere:soknad", args=[avslatt.subjekt.uuid])).content.decode()
    assert "ble slettet" in side and "Siri" not in side


def test_the_job_does_it_every_night(uten: Verden) -> None:
    _sok(uten)
    with frys(naa() + timedelta(days=1000)):
        tasks.rydd_soknader.func(timestamp=0)
    assert _soknad().tilstand == "utlopt"
    assert tasks.rydd_soknader.name == "brukere.rydd_soknader"


def test_no_name_or_address_is_in_the_ledger_the_tasks_or_the_logs(
    uten: Verden, caplog: pytest.LogCaptureFixture
) -> None:
    with caplog.at_level(logging.DEBUG):
        _send()
        _send(epost="ikke en adresse")
        soknad = _soknad()
        services.avsla_soknad(aktor=som(uten.brukere["imdi_admin"]), soknad=soknad, grunn="Ukjent person")
    som_det_er = [rad for rad in caplog.messages if not rad.startswith("(")]  # the database's own statements
    system()
    for tekst in (
        *som_det_er,
        *(str((h.data, h.jobb)) for h in Hendelse.objects.all()),
        *(str((o.gjelder, o.sti)) for o in oppgaver.Oppgave.objects.all()),
        str(soknad),
    ):
        assert not any(ord_ in tekst for ord_ in (*PERSONLIG, "127.0.0.1")), tekst


@pytest.mark.parametrize(
    ("epost", "kommunens", "svar"),
    [
        ("siri@volda.kommune.no", "post@volda.kommune.no", "likt"),
        ("siri@VOLDA.kommune.no", "post@volda.kommune.no", "likt"),
        ("siri@volda-kommune.no", "post@volda.kommune.no", "ulikt"),
        ("siri@volda.kommune.no.ond.example", "post@volda.kommune.no", "ulikt"),
        ('"a@volda.kommune.no"@ond.example', "post@volda.kommune.no", "ulikt"),
        ("siri@volda.kommune.no", "", "ukjent"),
    ],
)
def test_the_domain_is_compared_with_the_register_and_never_guessed(
    epost: str, kommunens: str, svar: str
) -> None:
    assert rules.sammenlign_domener(epost, kommunens) == svar


@pytest.mark.parametrize(("adresse", "ord_"), [("post@annenby.kommune.invalid", "Likt"), ("post@annet.invalid", "Ulikt")])  # fmt: skip
def test_imdi_sees_whether_the_address_is_the_municipality_s(uten: Verden, adresse: str, ord_: str) -> None:
    system()
    type(uten.annen).objects.filter(pk=uten.annen.pk).update(epost=adresse)
    som(None)
    _send()
    side = reverse("brukere:soknad", args=[_soknad().subjekt.uuid])
    assert f"{ord_} kommunens" in _inn(uten.brukere["imdi_admin"]).get(side).content.decode()
