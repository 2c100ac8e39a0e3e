"""The subject under which an organisation's users and roles are kept in the ledger."""

from django.db import models


class Organisasjonssak(models.Model):
    intern = "anchors an organisation's user administration in the ledger"
    subjekt = models.OneToOneField("tilgang.Subjekt", models.PROTECT, primary_key=True, related_name="+")
    organisasjon = models.OneToOneField("aktor.Organisasjon", models.PROTECT, related_name="+")
