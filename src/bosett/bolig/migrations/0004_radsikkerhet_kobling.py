"""Whose home it is to be, IMDi's people see who work with persons; and the home's own municipality, while the household is shared with it."""

from django.db import migrations

from bosett.tilgang.rls import PERSONER, RadSikkerhet, delt_fullt, egen_organisasjon

_HVEM = (
    f"{PERSONER} OR ({delt_fullt('husholdning_id')} AND EXISTS (SELECT 1 FROM bolig_bolig b"
    f" WHERE b.subjekt_id = bolig_id AND {egen_organisasjon('b.organisasjon_id')}))"
)


class Migration(migrations.Migration):
    dependencies = [("bolig", "0003_kobling")]
    operations = [RadSikkerhet("bolig_boligkobling", _HVEM)]
