"""A municipality sees its own reports and plan, IMDi sees all; whom a municipality asks for, only IMDi's who work with persons."""

from django.db import migrations

from bosett.tilgang.rls import JOBB, NASJONAL, PERSONER, RadSikkerhet, egen_organisasjon

_EGEN = f"{NASJONAL} OR {egen_organisasjon()}"
_ONSKE = (
    f"{PERSONER} OR EXISTS (SELECT 1 FROM bolig_innmelding i"
    f" WHERE i.subjekt_id = innmelding_id AND {egen_organisasjon('i.organisasjon_id')})"
)
_PLAN = (
    f"{NASJONAL} OR EXISTS (SELECT 1 FROM bolig_kapasitetsplan p"
    f" WHERE p.subjekt_id = plan_id AND {egen_organisasjon('p.organisasjon_id')})"
)


def _bare_jobb(tabell: str) -> migrations.RunSQL:
    return migrations.RunSQL(f"ALTER POLICY slett ON {tabell} USING ({JOBB})", migrations.RunSQL.noop)


class Migration(migrations.Migration):
    dependencies = [("bolig", "0005_innmelding")]
    operations = [
        RadSikkerhet("bolig_innmelding", _EGEN),
        RadSikkerhet("bolig_persononske", _ONSKE),
        RadSikkerhet("bolig_kapasitetsplan", _EGEN),
        RadSikkerhet("bolig_kapasitetsuke", _PLAN),
        RadSikkerhet("bolig_kapasitetsendring", _PLAN),
        _bare_jobb("bolig_innmelding"),
        _bare_jobb("bolig_kapasitetsplan"),
        _bare_jobb("bolig_kapasitetsendring"),
        migrations.RunSQL(
            "CREATE TRIGGER uendret BEFORE UPDATE ON bolig_kapasitetsendring FOR EACH ROW EXECUTE FUNCTION bolig_uendret();",
            "DROP TRIGGER uendret ON bolig_kapasitetsendring;",
        ),
    ]
