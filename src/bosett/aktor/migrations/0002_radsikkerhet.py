"""The database learns who acts; memberships and deputies are seen by their organisation, their user and IMDi."""

from django.db import migrations

from bosett.aktor.radsikkerhet import FUNKSJONER, FUNKSJONER_BORT, NASJONAL, RadSikkerhet, egen_organisasjon

_EGEN = f"{NASJONAL} OR {egen_organisasjon()}"
_MEG = "(SELECT bosett_bruker())"


class Migration(migrations.Migration):
    dependencies = [("aktor", "0001_initial")]
    operations = [
        migrations.RunSQL(FUNKSJONER, FUNKSJONER_BORT),
        RadSikkerhet("aktor_vikariat", f"{_EGEN} OR vikar_id = {_MEG}", _EGEN),
        RadSikkerhet(
            "aktor_medlemskap",
            f"{_EGEN} OR bruker_id = {_MEG} OR id IN (SELECT medlemskap_id FROM aktor_vikariat WHERE vikar_id = {_MEG})",
            _EGEN,
        ),
        RadSikkerhet("aktor_lagretvisning", f"bruker_id = {_MEG}"),
    ]
