"""An anonymous share opens no documents and no ledger: what they hold tells who it is about. No share was anonymous before this."""

from django.db import migrations

from bosett.tilgang.rls import DELT_FULLT_FUNKSJON, DELT_FUNKSJON


class Migration(migrations.Migration):
    dependencies = [("tilgang", "0004_sletting")]
    operations = [
        migrations.RunSQL(
            DELT_FULLT_FUNKSJON, DELT_FUNKSJON.replace("CREATE FUNCTION", "CREATE OR REPLACE FUNCTION")
        )
    ]
