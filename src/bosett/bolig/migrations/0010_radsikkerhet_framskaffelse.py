"""Listings hold landlords' names: the own municipality's only. A need for a household is seen by those who work with persons."""

from django.db import migrations

from bosett.tilgang.rls import JOBB, NASJONAL, PERSONER, RadSikkerhet, egen_organisasjon

_EGEN = f"{JOBB} OR {egen_organisasjon()}"
_BEHOV = f"{PERSONER} OR {egen_organisasjon()} OR (husholdning_id IS NULL AND {NASJONAL})"


class Migration(migrations.Migration):
    dependencies = [("bolig", "0009_framskaffelse")]
    operations = [
        RadSikkerhet("bolig_annonse", _EGEN),
        RadSikkerhet("bolig_annonseimport", _EGEN),
        RadSikkerhet("bolig_framskaffelse", _BEHOV),
        # The row of a stage is seen by whoever sees the need: its own guard decides inside the sub-query.
        RadSikkerhet(
            "bolig_framskaffelsessteg",
            "EXISTS (SELECT 1 FROM bolig_framskaffelse f WHERE f.subjekt_id = framskaffelse_id)",
        ),
    ]
