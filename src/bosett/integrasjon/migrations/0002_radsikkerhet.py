"""A message holds personal data: those who work with all persons see it, and the jobs that use it."""

from django.db import migrations

from bosett.tilgang.rls import PERSONER, RadSikkerhet


class Migration(migrations.Migration):
    dependencies = [("integrasjon", "0001_initial"), ("aktor", "0004_personer")]
    operations = [RadSikkerhet("integrasjon_melding", PERSONER)]
