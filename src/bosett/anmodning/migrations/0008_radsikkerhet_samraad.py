"""The dialogue: each party sees its own part, the numbers that are shared with it, and the version it was shown first."""

from django.db import migrations

from bosett.tilgang.rls import NASJONAL, RadSikkerhet, delt_subjekt

_I_RUNDEN = "IN (SELECT runde_id FROM anmodning_kommuneanmodning)"
_MIN_ANMODNING = "anmodning_id IN (SELECT subjekt_id FROM anmodning_kommuneanmodning)"
_LES_TALL = (
    f"{NASJONAL} OR ({_MIN_ANMODNING} AND revisjon_id IN (SELECT id FROM anmodning_revisjon WHERE framlagt))"
)
_DELT = (  # as delt_subjekt(), but one look for the whole table: KS sees 357 rows a round
    f"{NASJONAL} OR subjekt_id IN (SELECT d.subjekt_id FROM tilgang_deling d"
    " WHERE d.organisasjon_id = ANY ((SELECT bosett_organisasjoner())::bigint[])"
    " AND d.fra <= now() AND (d.til IS NULL OR now() < d.til))"
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
            "UPDATE anmodning_revisjon SET framlagt = true WHERE id IN (SELECT gjeldende_id FROM anmodning_runde"
            " WHERE tilstand NOT IN ('utkast', 'beregnet'))",
            migrations.RunSQL.noop,
        ),
        migrations.RunSQL(
            f"ALTER POLICY les ON anmodning_revisjon USING ({NASJONAL} OR (framlagt AND runde_id {_I_RUNDEN}))",
            f"ALTER POLICY les ON anmodning_revisjon USING ({NASJONAL} OR runde_id {_I_RUNDEN})",
        ),
        migrations.RunSQL(
            f"ALTER POLICY les ON anmodning_kommuneanmodning USING ({_DELT})",
            f"ALTER POLICY les ON anmodning_kommuneanmodning USING ({delt_subjekt()})",
        ),
        migrations.RunSQL(
            f"ALTER POLICY les ON anmodning_anmodningstall USING ({_LES_TALL})",
            f"ALTER POLICY les ON anmodning_anmodningstall USING ({_FOR})",
        ),
    ]
