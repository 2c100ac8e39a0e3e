"""The dialogue: each party sees its own part, the numbers that are shared with it, and the version it was shown first."""

from django.db import migrations

from bosett.tilgang.rls import NASJONAL, RadSikkerhet, delt_subjekt

_I_RUNDEN = "IN (SELECT runde_id FROM anmodning_kommuneanmodning)"
_MIN_ANMODNING = "anmodning_id IN (SELECT subjekt_id FROM anmodning_kommuneanmodning)"
_LES_TALL = (
    f"{NASJONAL} OR ({_MIN_ANMODNING}"
    " AND revisjon_id IN (SELECT gjeldende_id FROM anmodning_runde UNION ALL SELECT revisjon_id FROM anmodning_samraad))"
)
_FOR = f"{NASJONAL} OR ({_MIN_ANMODNING} AND revisjon_id IN (SELECT gjeldende_id FROM anmodning_runde))"
_MIN_PART = "part_id IN (SELECT subjekt_id FROM anmodning_samraadspart)"


class Migration(migrations.Migration):
    dependencies = [("anmodning", "0007_samraad")]
    operations = [
        RadSikkerhet("anmodning_samraad", f"{NASJONAL} OR runde_id {_I_RUNDEN}", NASJONAL),
        RadSikkerhet("anmodning_samraadspart", delt_subjekt(), delt_subjekt()),
        RadSikkerhet("anmodning_innspill", f"{NASJONAL} OR {_MIN_PART}"),
        RadSikkerhet("anmodning_justering", f"{NASJONAL} OR {_MIN_ANMODNING}", NASJONAL),
        RadSikkerhet("anmodning_justeringsvarsel", f"{NASJONAL} OR runde_id {_I_RUNDEN}", NASJONAL),
        migrations.RunSQL(
            f"ALTER POLICY les ON anmodning_anmodningstall USING ({_LES_TALL})",
            f"ALTER POLICY les ON anmodning_anmodningstall USING ({_FOR})",
        ),
    ]
