"""Forecasts are IMDi's; what a need was calculated from is seen by those who see the need."""

from django.db import migrations

from bosett.tilgang.rls import RadSikkerhet, delt_subjekt


class Migration(migrations.Migration):
    dependencies = [("behov", "0003_prognoser")]
    operations = [
        RadSikkerhet("behov_prognose", delt_subjekt(), "(SELECT bosett_nasjonal())"),
        RadSikkerhet(
            "behov_behovsgrunnlag",
            "EXISTS (SELECT 1 FROM behov_behov b WHERE b.subjekt_id = behov_id)",
            "(SELECT bosett_nasjonal())",
        ),
    ]
