"""Tasks are seen by the organisation they are for, and by IMDi."""

from django.db import migrations

from bosett.tilgang.rls import NASJONAL, RadSikkerhet, egen_organisasjon


class Migration(migrations.Migration):
    dependencies = [("oppgave", "0001_initial"), ("tilgang", "0002_radsikkerhet")]
    operations = [RadSikkerhet("oppgave_oppgave", f"{NASJONAL} OR {egen_organisasjon()}")]
