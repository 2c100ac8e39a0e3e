"""Culture orientation before arrival, and the arrival itself, for resettlement refugees (R087, R165, domain.md 5.4)."""

import uuid
from decimal import Decimal

from django.db import models
from django.db.models import Q

from bosett.grunn.klokke import naa


class Kulturokt(models.Model):
    """One session of the course for the members of a household."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    husholdning = models.ForeignKey("person.Husholdning", models.CASCADE, related_name="+")
    dag = models.DateField()
    timer = models.DecimalField(max_digits=3, decimal_places=1)
    spraak = models.CharField(max_length=3)
    """The language of the course, ISO 639-3."""
    arrangor = models.CharField("arrangør", max_length=200)
    registrert = models.DateTimeField(default=naa, editable=False)
    registrert_av = models.ForeignKey("aktor.Bruker", models.PROTECT, null=True, related_name="+")
    strokt = models.DateTimeField(null=True, blank=True)
    """Was registered by mistake, and counts no longer; the row stays."""
    strokt_av = models.ForeignKey("aktor.Bruker", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="kulturokt_timer",
                condition=Q(timer__gt=0, timer__lte=Decimal(24)),
                violation_error_message="En økt varer mer enn null timer, og ikke mer enn ett døgn.",
            )
        ]
        indexes = [models.Index(fields=["husholdning", "dag"], name="kulturokt_sak")]


class Kulturoppmote(models.Model):
    """Whether one member attended one session."""

    class Oppmote(models.TextChoices):
        MOTT = "mott", "Møtte"
        IKKE_MOTT = "ikke_mott", "Møtte ikke"
        GJELDER_IKKE = "gjelder_ikke", "Skal ikke være med"

    okt = models.ForeignKey(Kulturokt, models.CASCADE, related_name="oppmoter")
    person = models.ForeignKey("person.Person", models.CASCADE, related_name="+")
    oppmote = models.CharField(max_length=20, choices=Oppmote.choices)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="kulturoppmote_en_gang",
                fields=["okt", "person"],
                violation_error_message="Oppmøtet er allerede registrert.",
            )
        ]


class Overforingsankomst(models.Model):
    """When and how a household of resettlement refugees comes, and that it has come."""

    husholdning = models.OneToOneField(
        "person.Husholdning", models.CASCADE, primary_key=True, related_name="+"
    )
    innreisefrist = models.DateField(null=True, blank=True)
    """The last day the entry permit lets them come."""
    planlagt = models.DateField(null=True, blank=True)
    flyplass = models.CharField(max_length=120, blank=True)
    moter = models.CharField("møter", max_length=200, blank=True)
    """Who meets them there."""
    ankommet = models.DateField(null=True, blank=True)
    lagringer = models.PositiveIntegerField(default=0)
    """How many times it has been saved, as for `Emplanversjon`."""
    lagret = models.DateTimeField(null=True, blank=True)
    lagret_av = models.ForeignKey("aktor.Bruker", models.PROTECT, null=True, related_name="+")
