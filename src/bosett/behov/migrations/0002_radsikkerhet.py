"""A need is seen by IMDi until a round that uses it is sent; then through the round (see `anmodning`)."""

from django.db import migrations

from bosett.tilgang.rls import RadSikkerhet, delt_subjekt


class Migration(migrations.Migration):
    dependencies = [("behov", "0001_initial"), ("tilgang", "0002_radsikkerhet")]
    operations = [RadSikkerhet("behov_behov", delt_subjekt(), "(SELECT bosett_nasjonal())")]
