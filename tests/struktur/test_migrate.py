"""Our `migrate` does less than Django's, and the database comes out the same."""

import os
import subprocess
import sys

import psycopg
import pytest
from django.contrib.contenttypes.models import ContentType
from django.db.migrations.state import ModelState, ProjectState

from bosett.aktor.management.commands.migrate import _bare_seg_selv
from bosett.aktor.models import Bruker
from bosett.config import roller
from maler import MIGRERT, sorg_for
from minne import admin

SKJEMA = (
    "SELECT table_name, column_name, data_type, is_nullable, column_default, character_maximum_length, is_identity"
    " FROM information_schema.columns WHERE table_schema = 'public'",
    "SELECT conrelid::regclass::text, conname, pg_get_constraintdef(oid) FROM pg_constraint WHERE connamespace = 'public'::regnamespace",
    "SELECT tablename, indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'",
    "SELECT tablename, policyname, cmd, qual, with_check FROM pg_policies",
    "SELECT proname, prosrc FROM pg_proc WHERE pronamespace = 'public'::regnamespace",
    "SELECT tgrelid::regclass::text, tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal",
)


def test_what_needs_every_model_gets_them_whole() -> None:
    """After a change that left related classes as they were, the classes a data migration gets are of one kind."""
    tilstand = ProjectState()
    for modell in (ContentType, Bruker):
        tilstand.add_model(ModelState.from_model(modell, exclude_rels=True))
    gammel = tilstand.apps.get_model("aktor", "Bruker")
    _bare_seg_selv(tilstand, "aktor", "bruker")
    assert tilstand.apps.get_model("aktor", "Bruker") is not gammel
    for_ = tilstand.apps
    tilstand.clear_delayed_apps_cache()  # as RunPython does
    assert tilstand.apps is not for_


@pytest.mark.skipif(os.environ.get("BOSETT_GRUNDIG") != "1", reason="Djangos egen tar et halvt minutt")
def test_the_schema_is_the_one_djangos_own_makes() -> None:
    navn = f"djangos_{os.getpid()}"
    try:
        roller.lag_database(roller.admin(), navn)
        skript = (
            "from bosett.config import oppstart; oppstart.django(); from django.core.management import call_command;"
            "from django.core.management.commands.migrate import Command; call_command(Command(), verbosity=0, skip_checks=True)"
        )
        miljo = os.environ | {"BOSETT_DB_ROLLE": "eier", "BOSETT_DB_NAVN": navn, "PYTHONPATH": os.pathsep.join(sys.path)}  # fmt: skip
        subprocess.run([sys.executable, "-c", skript], env=miljo, check=True)
        assert _skjema(navn) == _skjema(sorg_for(MIGRERT))
    finally:
        admin(f"DROP DATABASE IF EXISTS {navn} WITH (FORCE)")


def _skjema(database: str) -> list[list[str]]:
    with psycopg.connect(**roller.admin() | {"dbname": database}) as db:
        return [sorted(map(repr, db.execute(sql).fetchall())) for sql in SKJEMA]
