"""A line of the read-log may go only with the person it is about, when two have approved that everything about her is deleted.

Who has approved what is told by `person`, which replaces the function; until then nothing is approved.
"""

from django.db import migrations

from bosett.tilgang.rls import NASJONAL

LAG = """
CREATE FUNCTION bosett_sletting_godkjent(emne bigint) RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE AS
  $$ SELECT false $$;
"""


class Migration(migrations.Migration):
    dependencies = [("tilgang", "0003_innsyn_indekser")]
    operations = [
        migrations.RunSQL(LAG, "DROP FUNCTION bosett_sletting_godkjent(bigint)"),
        migrations.RunSQL(
            "GRANT DELETE ON tilgang_innsyn TO bosett_app;"
            f" ALTER POLICY slett ON tilgang_innsyn USING ({NASJONAL} AND bosett_sletting_godkjent(subjekt_id))",
            f"REVOKE DELETE ON tilgang_innsyn FROM bosett_app; ALTER POLICY slett ON tilgang_innsyn USING ({NASJONAL})",
        ),
    ]
