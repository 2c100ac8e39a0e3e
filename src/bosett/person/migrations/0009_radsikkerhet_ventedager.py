"""Waiting days are seen by those who see the household."""

from django.db import migrations

from bosett.tilgang.rls import PERSONER, RadSikkerhet

_HJEM = "EXISTS (SELECT 1 FROM person_husholdning h WHERE h.subjekt_id = husholdning_id)"


class Migration(migrations.Migration):
    dependencies = [("person", "0008_ventedager")]
    operations = [
        RadSikkerhet("person_ventetid", f"{PERSONER} OR {_HJEM}"),
        RadSikkerhet("person_ventedagretting", f"{PERSONER} OR {_HJEM}"),
    ]
