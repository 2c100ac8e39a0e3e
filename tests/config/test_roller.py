"""The database roles and row-level security hold on the real server, whatever the code above them does."""

import threading
from collections.abc import Callable

import psycopg
import pytest
from django.db import DatabaseError, connection, transaction

from bosett.aktor.kontekst import Aktor, Tilhorighet, som, system
from bosett.config import roller
from bosett.tilgang.models import Deling
from bosett.tilgang.services import nytt_subjekt

APNE = {
    # Tables the app role may read without an actor, each with the reason.
    "aktor_bruker": "sign-in must find the row before anybody is known; work contact data only",
    "aktor_organisasjon": "public facts",
    "anmodning_kostnadsrapport": "published reports",
    "anmodning_vektvariant": "published weights",
    "brukere_organisasjonssak": "ids only",
    "tilgang_subjekt": "an empty anchor: id, kind, time",
}
APNE_ROM = ("geografi_", "statistikk_", "django_", "auth_", "axes_", "procrastinate_")


def test_every_table_is_guarded_or_named_as_open(
    ekte_database: str, eier: Callable[[str], list[tuple]]
) -> None:
    tabeller = eier(
        "SELECT relname, relrowsecurity, relforcerowsecurity FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace WHERE relkind IN ('r', 'p') AND nspname = 'public'"
    )
    ubeskyttet = {navn for navn, slatt_paa, tvunget in tabeller if not (slatt_paa and tvunget)}
    assert {navn for navn in ubeskyttet if not navn.startswith(APNE_ROM)} == set(APNE)
    assert len(tabeller) > len(ubeskyttet) > 0


def test_app_role_has_no_way_around(ekte_database: str, eier: Callable[[str], list[tuple]]) -> None:
    assert eier(
        "SELECT rolsuper, rolbypassrls, rolcreaterole FROM pg_roles WHERE rolname = 'bosett_app'"
    ) == [(False, False, False)]
    assert eier(
        "SELECT count(*) FROM pg_class WHERE relkind = 'r' AND relowner = (SELECT oid FROM pg_roles WHERE rolname = 'bosett_app')"
    ) == [(0,)]
    forsok = [
        "ALTER TABLE spor_hendelse DISABLE ROW LEVEL SECURITY",
        "DROP POLICY les ON tilgang_deling",
        "DROP TRIGGER bare_tillegg_update ON spor_hendelse",
        "SET ROLE bosett_eier",
        "SET session_replication_role = replica",
        "CREATE TABLE public.lekkasje (x int)",
        "TRUNCATE spor_hendelse",
        "ALTER ROLE bosett_app BYPASSRLS",
    ]
    for setning in forsok:
        with pytest.raises(DatabaseError), transaction.atomic(), connection.cursor() as db:
            db.execute(setning)


def test_nothing_is_seen_without_an_actor_and_the_pool_remembers_nobody(ekte_database: str) -> None:
    with som(system("prove")):
        emne = nytt_subjekt(slag="prove")
        org = _organisasjon()
        Deling.objects.create(
            subjekt=emne, organisasjon=org, grad="full", fra="2020-01-01T00:00:00Z", hvorfor="prove"
        )
        assert Deling.objects.count() == 1
    with som(_aktor(org.pk)):
        assert Deling.objects.count() == 1
    with som(_aktor(org.pk + 1)):
        assert Deling.objects.count() == 0
    assert Deling.objects.count() == 0

    sett_av_andre: list[int] = []

    def les() -> None:
        with transaction.atomic():
            sett_av_andre.append(Deling.objects.count())
        connection.close()

    for _ in range(4):
        traad = threading.Thread(target=les)
        traad.start()
        traad.join()
    assert sett_av_andre == [0, 0, 0, 0]


def test_insert_without_an_actor_is_refused(ekte_database: str) -> None:
    with som(system("prove")):
        emne, org = nytt_subjekt(slag="prove"), _organisasjon()
    with pytest.raises(DatabaseError, match="row-level security"):
        Deling.objects.create(
            subjekt=emne, organisasjon=org, grad="full", fra="2020-01-01T00:00:00Z", hvorfor="prove"
        )


def test_the_public_role_reads_published_figures_only(
    ekte_database: str, eier: Callable[[str], list[tuple]]
) -> None:
    lesbare = eier(
        "SELECT relname FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace WHERE relkind IN ('r', 'p', 'v') AND nspname = 'public' AND has_table_privilege('bosett_offentlig', c.oid, 'SELECT')"
    )
    assert all(navn.startswith(("statistikk_", "geografi_")) for (navn,) in lesbare), lesbare
    skrivbare = eier(
        "SELECT relname FROM pg_class c JOIN pg_namespace n ON n.oid = relnamespace WHERE relkind IN ('r', 'p') AND nspname = 'public' AND has_table_privilege('bosett_offentlig', c.oid, 'INSERT, UPDATE, DELETE, TRUNCATE')"
    )
    assert skrivbare == []


def test_the_superuser_login_is_closed_to_other_accounts() -> None:
    konto = roller.admin() | {"user": "postgres", "password": "gjettet"}
    del konto["host"]
    with pytest.raises(psycopg.OperationalError):
        psycopg.connect(
            **konto, host="127.0.0.1", connect_timeout=2
        )  # the server listens on its own socket only


def _organisasjon() -> "object":
    from bosett.aktor.models import Organisasjon  # noqa: PLC0415 - needs the app registry

    return Organisasjon.objects.create(slag="ks", navn="Prøve", sorteringsnavn="prove")


def _aktor(organisasjon_id: int) -> Aktor:
    rolle = Tilhorighet("ks_radgiver", organisasjon_id, "Prøve", "ks", None, None, None)
    return Aktor(bruker_id=None, navn="Prøve", tilhorigheter=(rolle,))
