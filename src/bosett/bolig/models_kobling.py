"""Which home a household is to have, and how well it suits them when it was chosen."""

import uuid

from django.db import models
from django.db.models import F, Q

from bosett.bolig.models_bolig import Bolig, Boomraade
from bosett.grunn.klokke import naa


class Boligkobling(models.Model):
    """A home is held for a household. What may happen to it stands in `states_kobling.KOBLING`; the days stand in `Boligperiode`."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    bolig = models.ForeignKey(Bolig, models.PROTECT, related_name="koblinger")
    husholdning = models.ForeignKey("person.Husholdning", models.PROTECT, related_name="+")
    tilstand = models.CharField(max_length=10, default="reservert")
    fra = models.DateField()
    til = models.DateField(null=True, blank=True)
    """The first day it is not held; empty has no end."""
    omraade = models.ForeignKey(Boomraade, models.PROTECT, null=True, related_name="+")
    """The figures that were warned of; empty when there was nothing to warn of."""
    omraade_grunn = models.TextField(blank=True)
    """Why the home was chosen though the area is one to avoid (R210)."""
    avvik_grunn = models.TextField(blank=True)
    """Why it was chosen though it lacks something they need."""
    passform = models.JSONField(default=list)
    """How it suited them then: [code, outcome, hard] for each reason."""
    registrert = models.DateTimeField(default=naa, editable=False)
    registrert_av = models.ForeignKey("aktor.Bruker", models.PROTECT, null=True, related_name="+")
    losnet = models.DateTimeField("løsnet", null=True, blank=True)
    losnet_av = models.ForeignKey("aktor.Bruker", models.PROTECT, null=True, related_name="+")
    losnet_grunn = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="boligkobling_en_om_gangen",
                fields=["husholdning"],
                condition=Q(tilstand="reservert"),
                violation_error_message="Husholdningen har allerede en bolig.",
            ),
            models.CheckConstraint(
                name="boligkobling_fra_for_til",
                condition=Q(til=None) | Q(til__gte=F("fra")),
                violation_error_message="En reservasjon slutter etter at den begynner.",
            ),
            models.CheckConstraint(
                name="boligkobling_omraade_har_grunn",
                condition=Q(omraade=None) | ~Q(omraade_grunn=""),
                violation_error_message="Når området er ett en bør unngå, står det hvorfor boligen likevel er valgt.",
            ),
            models.CheckConstraint(
                name="boligkobling_losnet",
                condition=Q(tilstand="reservert", losnet=None)
                | Q(tilstand="losnet", losnet__isnull=False) & ~Q(losnet_grunn=""),
                violation_error_message="En reservasjon som er løsnet, har en tid og en grunn.",
            ),
        ]
        indexes = [models.Index(fields=["bolig"], name="boligkobling_bolig")]
