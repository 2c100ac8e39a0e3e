"""Why letters are held back is IMDi's until the letters say it."""

from django.db import migrations

from bosett.tilgang.rls import NASJONAL, RadSikkerhet


class Migration(migrations.Migration):
    dependencies = [("anmodning", "0005_utsettelse")]
    operations = [RadSikkerhet("anmodning_utsettelse", NASJONAL, NASJONAL)]
