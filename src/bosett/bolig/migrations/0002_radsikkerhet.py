"""A municipality sees its own homes, IMDi sees all; whose a home is day by day, IMDi's people see who work with persons."""

from django.db import migrations

from bosett.tilgang.rls import JOBB, NASJONAL, PERSONER, RadSikkerhet, egen_organisasjon

_EGEN = f"{NASJONAL} OR {egen_organisasjon()}"


def _boligens(hvem: str) -> str:
    """The row belongs to a home of the actor's own municipality, or the actor is `hvem`."""
    return (
        f"{hvem} OR EXISTS (SELECT 1 FROM bolig_bolig b"
        f" WHERE b.subjekt_id = bolig_id AND {egen_organisasjon('b.organisasjon_id')})"
    )


_PERIODE = f"({_boligens(PERSONER)}) OR (husholdning_id IS NULL AND {NASJONAL})"

_UENDRET = """
CREATE FUNCTION bolig_uendret() RETURNS trigger LANGUAGE plpgsql AS $$
  BEGIN
    RAISE EXCEPTION 'Det som er vurdert eller undertegnet, kan ikke endres (%)', TG_TABLE_NAME
      USING ERRCODE = 'restrict_violation';
  END $$;
"""


class Migration(migrations.Migration):
    dependencies = [("bolig", "0001_initial"), ("tilgang", "0005_anonym_deling"), ("aktor", "0004_personer")]
    operations = [
        RadSikkerhet("bolig_boomraade", _EGEN),
        RadSikkerhet("bolig_bolig", _EGEN),
        RadSikkerhet("bolig_egnethet", _boligens(NASJONAL)),
        RadSikkerhet("bolig_boligperiode", _PERIODE),
        RadSikkerhet("bolig_boligfil", _boligens(NASJONAL)),
        migrations.RunSQL(f"ALTER POLICY slett ON bolig_bolig USING ({JOBB})", migrations.RunSQL.noop),
        migrations.RunSQL(_UENDRET, "DROP FUNCTION bolig_uendret();"),
        migrations.RunSQL(
            "CREATE TRIGGER uendret BEFORE UPDATE ON bolig_egnethet FOR EACH ROW EXECUTE FUNCTION bolig_uendret();",
            "DROP TRIGGER uendret ON bolig_egnethet;",
        ),
    ]
