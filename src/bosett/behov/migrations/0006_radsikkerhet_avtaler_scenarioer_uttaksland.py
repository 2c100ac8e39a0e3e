"""Agreements, scenarios and countries of selection are IMDi's."""

from django.db import migrations

from bosett.tilgang.rls import RadSikkerhet, delt_subjekt


class Migration(migrations.Migration):
    dependencies = [("behov", "0005_avtaler_scenarioer_uttaksland")]
    operations = [
        RadSikkerhet("behov_avtale", delt_subjekt(), "(SELECT bosett_nasjonal())"),
        RadSikkerhet("behov_scenario", delt_subjekt(), "(SELECT bosett_nasjonal())"),
        RadSikkerhet("behov_uttaksland", delt_subjekt(), "(SELECT bosett_nasjonal())"),
        RadSikkerhet(
            "behov_uttaksstatus",
            "EXISTS (SELECT 1 FROM behov_uttaksland u WHERE u.subjekt_id = uttaksland_id)",
            "(SELECT bosett_nasjonal())",
        ),
    ]
