"""Drafts are IMDi's. A municipality sees its own request, and the round around it, from the day it is shared with it."""

from django.db import migrations

from bosett.tilgang.rls import NASJONAL, RadSikkerhet, delt_subjekt

_I_RUNDEN = (
    "IN (SELECT runde_id FROM anmodning_kommuneanmodning)"  # itself guarded: only what the actor may see
)


class Migration(migrations.Migration):
    dependencies = [("anmodning", "0001_initial"), ("tilgang", "0002_radsikkerhet")]
    operations = [
        RadSikkerhet("anmodning_kommuneanmodning", delt_subjekt(), delt_subjekt()),
        RadSikkerhet("anmodning_runde", f"{NASJONAL} OR subjekt_id {_I_RUNDEN}", NASJONAL),
        RadSikkerhet("anmodning_revisjon", f"{NASJONAL} OR runde_id {_I_RUNDEN}", NASJONAL),
        RadSikkerhet(
            "anmodning_anmodningstall",
            f"{NASJONAL} OR (anmodning_id IN (SELECT subjekt_id FROM anmodning_kommuneanmodning)"
            " AND revisjon_id IN (SELECT gjeldende_id FROM anmodning_runde))",
            NASJONAL,
        ),
    ]
