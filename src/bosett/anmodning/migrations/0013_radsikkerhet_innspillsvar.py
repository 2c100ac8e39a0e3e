"""An answer is seen by those who see what it answers, and only IMDi writes one."""

from django.db import migrations

from bosett.tilgang.rls import NASJONAL, RadSikkerhet


class Migration(migrations.Migration):
    dependencies = [("anmodning", "0012_innspillsvar")]
    operations = [
        RadSikkerhet(
            "anmodning_innspillsvar",
            f"{NASJONAL} OR innspill_id IN (SELECT id FROM anmodning_innspill)",
            NASJONAL,
        ),
    ]
