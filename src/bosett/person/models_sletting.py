"""Households whose time is up, until they are deleted. The row goes with the household: the ledger tells that it was done."""

import uuid

from django.db import models
from django.db.models import F, Q

from bosett.grunn.klokke import naa


class Sletting(models.Model):
    """Proposed by the job, looked at by one, approved by another, done by the job (IF §§ 60–61)."""

    class Avlevering(models.TextChoices):
        AVLEVERT = "avlevert", "Avlevert til utlendingsmyndighetene"
        INGENTING = "ingenting", "Utlendingsmyndighetene trenger ingenting"

    husholdning = models.OneToOneField(
        "person.Husholdning", models.CASCADE, primary_key=True, related_name="+"
    )
    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    tilstand = models.CharField(max_length=12)
    """A state of `states_personvern.SLETTING`."""
    klasse = models.CharField(max_length=30)
    """The period that is over: a name in `satser/lagring.yaml`."""
    frist = models.DateField()
    """The first day it was to be deleted."""
    foreslaatt = models.DateTimeField(default=naa, editable=False)
    avlevering = models.CharField(max_length=10, choices=Avlevering.choices, blank=True)
    bekreftet = models.DateTimeField(null=True, blank=True)
    bekreftet_av = models.ForeignKey("aktor.Bruker", models.PROTECT, null=True, related_name="+")
    godkjent = models.DateTimeField(null=True, blank=True)
    godkjent_av = models.ForeignKey("aktor.Bruker", models.PROTECT, null=True, related_name="+")
    vent_til = models.DateField(null=True, blank=True)
    """Put off until this day."""
    vent_grunn = models.CharField(max_length=20, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="sletting_fire_oyne",
                condition=Q(godkjent_av__isnull=True)
                | Q(bekreftet_av__isnull=False) & ~Q(godkjent_av=F("bekreftet_av")),
                violation_error_message="En annen enn den som bekreftet avleveringen, må godkjenne slettingen.",
            ),
            models.CheckConstraint(
                name="sletting_godkjent_er_avlevert",
                condition=~Q(tilstand="godkjent")
                | Q(godkjent__isnull=False, godkjent_av__isnull=False, bekreftet__isnull=False)
                & ~Q(avlevering=""),
                violation_error_message="Ingenting slettes før avleveringen er bekreftet og slettingen er godkjent.",
            ),
            models.CheckConstraint(
                name="sletting_utsatt_har_grunn",
                condition=~Q(tilstand="utsatt") | Q(vent_til__isnull=False) & ~Q(vent_grunn=""),
                violation_error_message="En utsatt sletting må ha en dag og en grunn.",
            ),
        ]
        indexes = [models.Index(fields=["tilstand", "frist"], name="sletting_tilstand")]
