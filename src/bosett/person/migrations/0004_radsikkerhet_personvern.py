"""Consents are seen with the person; deletions by those who work with all persons. What two have approved, the database lets go."""

from django.db import migrations

from bosett.tilgang.rls import PERSONER, RadSikkerhet

_SER = "EXISTS (SELECT 1 FROM person_person p WHERE p.id = person_id)"
_GODKJENT = """
CREATE OR REPLACE FUNCTION bosett_sletting_godkjent(emne bigint) RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE AS
  $$ {svar} $$;
"""


class Migration(migrations.Migration):
    dependencies = [
        ("person", "0003_personvern"),
        ("tilgang", "0004_sletting"),
        ("dokument", "0005_sletting"),
    ]
    operations = [
        RadSikkerhet("person_samtykke", f"{PERSONER} OR {_SER}"),
        RadSikkerhet("person_sletting", PERSONER),
        migrations.RunSQL(
            _GODKJENT.format(
                svar="SELECT EXISTS (SELECT 1 FROM person_sletting s WHERE s.husholdning_id = emne AND s.tilstand = 'godkjent')"
            ),
            _GODKJENT.format(svar="SELECT false"),
        ),
    ]
