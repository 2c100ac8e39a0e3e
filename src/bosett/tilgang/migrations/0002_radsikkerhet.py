"""Shares are seen by those they are for; the read-log by the user it is about and by IMDi, and is never changed."""

from django.db import migrations

from bosett.tilgang.rls import DELT_FUNKSJON, DELT_FUNKSJON_BORT, NASJONAL, RadSikkerhet, egen_organisasjon


class Migration(migrations.Migration):
    dependencies = [("tilgang", "0001_initial"), ("aktor", "0002_radsikkerhet")]
    operations = [
        RadSikkerhet("tilgang_deling", f"{NASJONAL} OR {egen_organisasjon()}", NASJONAL),
        migrations.RunSQL(DELT_FUNKSJON, DELT_FUNKSJON_BORT),
        RadSikkerhet("tilgang_innsyn", f"{NASJONAL} OR bruker_id = (SELECT bosett_bruker())"),
        migrations.RunSQL(
            "REVOKE UPDATE, DELETE ON tilgang_innsyn FROM bosett_app",
            "GRANT UPDATE, DELETE ON tilgang_innsyn TO bosett_app",
        ),
    ]
