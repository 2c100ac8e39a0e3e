"""The database knows who works with the persons of the whole country; all others see those shared with their organisation."""

from django.db import migrations


class Migration(migrations.Migration):
    dependencies = [("aktor", "0003_passord_og_nokler")]
    operations = [
        migrations.RunSQL(
            """CREATE FUNCTION bosett_personer() RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE AS
            $$ SELECT coalesce(nullif(current_setting('bosett.personer', true), '') = 'ja', false) $$;""",
            "DROP FUNCTION bosett_personer();",
        )
    ]
