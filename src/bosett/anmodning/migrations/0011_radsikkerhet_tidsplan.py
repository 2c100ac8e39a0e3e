"""Places per week: who sees a municipality's request, sees its plan; only the municipality itself writes its numbers."""

from django.db import migrations

from bosett.tilgang.rls import NASJONAL, RadSikkerhet, egen_organisasjon

_MIN_ANMODNING = "anmodning_id IN (SELECT subjekt_id FROM anmodning_kommuneanmodning)"
_MIN_PLAN = "tidsplan_id IN (SELECT id FROM anmodning_tidsplan)"
_EGEN_PLAN = (  # not IMDi, not KS, not the county: nobody fills in for a municipality
    "tidsplan_id IN (SELECT t.id FROM anmodning_tidsplan t"
    " JOIN anmodning_kommuneanmodning k ON k.subjekt_id = t.anmodning_id"
    f" WHERE {egen_organisasjon('k.organisasjon_id')})"
)
_MITT_SVAR = "svar_id IN (SELECT id FROM anmodning_tidsplansvar)"
_EGET_SVAR = f"svar_id IN (SELECT id FROM anmodning_tidsplansvar WHERE {_EGEN_PLAN})"


class Migration(migrations.Migration):
    dependencies = [("anmodning", "0010_tidsplan")]
    operations = [
        RadSikkerhet(
            "anmodning_tidsplankrav",
            f"{NASJONAL} OR id IN (SELECT krav_id FROM anmodning_tidsplan)",
            NASJONAL,
        ),
        RadSikkerhet("anmodning_tidsplan", f"{NASJONAL} OR {_MIN_ANMODNING}", NASJONAL),
        RadSikkerhet("anmodning_tidsplansvar", f"{NASJONAL} OR {_MIN_PLAN}", _EGEN_PLAN),
        RadSikkerhet("anmodning_ukeplasser", f"{NASJONAL} OR {_MITT_SVAR}", _EGET_SVAR),
    ]
