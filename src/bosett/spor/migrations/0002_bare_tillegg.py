"""The ledger is append-only for everybody, the owner included; only details may be deleted."""

from django.db import migrations

from bosett.tilgang.rls import RadSikkerhet, delt_subjekt

_FUNKSJON = """
CREATE FUNCTION spor_bare_tillegg() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN RAISE EXCEPTION 'Sporet kan bare få nye rader (%)', TG_TABLE_NAME USING ERRCODE = 'restrict_violation'; END $$;
"""


def _utloser(tabell: str, hendelser: str) -> migrations.RunSQL:
    return migrations.RunSQL(
        f"CREATE TRIGGER bare_tillegg_{hendelser.split()[0].lower()} BEFORE {hendelser} ON {tabell}"
        " FOR EACH STATEMENT EXECUTE FUNCTION spor_bare_tillegg();",
        f"DROP TRIGGER bare_tillegg_{hendelser.split()[0].lower()} ON {tabell};",
    )


class Migration(migrations.Migration):
    dependencies = [("spor", "0001_initial"), ("tilgang", "0002_radsikkerhet")]
    operations = [
        migrations.RunSQL(_FUNKSJON, "DROP FUNCTION spor_bare_tillegg();"),
        _utloser("spor_hendelse", "UPDATE OR DELETE"),
        _utloser("spor_hendelse", "TRUNCATE"),
        _utloser("spor_segl", "UPDATE OR DELETE"),
        _utloser("spor_segl", "TRUNCATE"),
        _utloser("spor_detalj", "UPDATE"),
        RadSikkerhet("spor_hendelse", f"{delt_subjekt()} OR bruker_id = (SELECT bosett_bruker())"),
        RadSikkerhet("spor_detalj", "hendelse_id IN (SELECT id FROM spor_hendelse)"),
        RadSikkerhet("spor_segl", "(SELECT bosett_nasjonal())"),
    ]
