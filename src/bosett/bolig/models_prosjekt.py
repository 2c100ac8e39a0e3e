"""Buildings a municipality shares with partners, each with a number of homes (R111, R213)."""

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import Q

from bosett.bolig.models_bolig import Bolig
from bosett.grunn.klokke import naa

GRUPPER = ("introduksjon", "videregaaende", "hoyere")
"""Who may live in a partner's homes: in the introduction programme, in upper secondary school, in higher education."""


class Boligprosjekt(models.Model):
    """A building, or several, with homes of more than one owner."""

    subjekt = models.OneToOneField("tilgang.Subjekt", models.PROTECT, primary_key=True, related_name="+")
    organisasjon = models.ForeignKey("aktor.Organisasjon", models.PROTECT, related_name="+")
    navn = models.CharField(max_length=120)
    beskrivelse = models.TextField(blank=True)
    registrert = models.DateTimeField(default=naa, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="boligprosjekt_navn",
                fields=["organisasjon", "navn"],
                violation_error_message="Prosjektet er allerede registrert.",
            )
        ]

    def __str__(self) -> str:
        return self.navn


class Prosjektpartner(models.Model):
    """One who has a part of the homes, and whether somebody may be settled in them."""

    prosjekt = models.ForeignKey(Boligprosjekt, models.PROTECT, related_name="partnere")
    navn = models.CharField(max_length=120)
    antall = models.PositiveSmallIntegerField()
    """How many of the homes are theirs."""
    kan_bosette = models.BooleanField()
    grupper = ArrayField(models.CharField(max_length=15), default=list, blank=True)
    """Of `GRUPPER`; none: everybody."""

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="prosjektpartner_en_gang",
                fields=["prosjekt", "navn"],
                violation_error_message="Partneren er allerede med i prosjektet.",
            ),
            models.CheckConstraint(
                name="prosjektpartner_antall",
                condition=Q(antall__gte=1, antall__lte=2000),
                violation_error_message="En partner har minst én bolig.",
            ),
            models.CheckConstraint(
                name="prosjektpartner_grupper",
                condition=Q(grupper__contained_by=list(GRUPPER)),
                violation_error_message="En av gruppene er ikke kjent.",
            ),
        ]


class Prosjektbolig(models.Model):
    """A home is one of a partner's. Never more than the partner has: the database counts (migration 0004)."""

    bolig = models.OneToOneField(Bolig, models.PROTECT, primary_key=True, related_name="prosjektplass")
    partner = models.ForeignKey(Prosjektpartner, models.PROTECT, related_name="boliger")
