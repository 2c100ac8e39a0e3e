"""Messages as they came, until they are taken into the register or parked with the reason."""

import uuid

from django.db import models
from django.db.models import Q

from bosett.grunn.klokke import naa


class Melding(models.Model):
    """One message. Its content is personal data: it is emptied when the message has been used, and kept while it is parked."""

    class Status(models.TextChoices):
        MOTTATT = "mottatt", "Mottatt"
        BRUKT = "brukt", "Brukt"
        PARKERT = "parkert", "Parkert"
        FORKASTET = "forkastet", "Forkastet"

    class Forkastet(models.TextChoices):
        """Why somebody gave a message up. Stands in the ledger."""

        MELDT = "meldt", "Det samme er meldt på en annen måte"
        RETTET = "rettet", "UDI har sendt en riktig melding i stedet"
        FEIL_PERSON = "feil_person", "Den gjelder feil person"
        UAKTUELL = "uaktuell", "Den gjelder ikke lenger"
        ANNET = "annet", "Noe annet"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    kilde = models.CharField(max_length=20)
    ekstern_id = models.CharField(max_length=80)
    """The sender's key of the message: the same key again is the same message."""
    avtrykk = models.CharField(max_length=64)
    """SHA-256 of the content: another content under a used key is refused."""
    type = models.CharField(max_length=40)
    innhold = models.JSONField(default=dict)
    mottatt = models.DateTimeField(default=naa, editable=False)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.MOTTATT)
    behandlet = models.DateTimeField(null=True, blank=True)
    forsok = models.PositiveSmallIntegerField(default=0)
    feilkode = models.CharField(max_length=60, blank=True)
    feil = models.TextField(blank=True)
    """What is wrong, without personal data."""
    venter_paa = models.CharField(max_length=64, blank=True)
    """Digest of the number of the person it waits for: when she arrives, it is tried again."""

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="melding_en_per_nokkel",
                fields=["kilde", "ekstern_id"],
                violation_error_message="Meldingen er mottatt før.",
            ),
            models.CheckConstraint(
                name="melding_parkert_har_grunn",
                condition=~Q(status="parkert") | ~Q(feilkode=""),
                violation_error_message="En parkert melding må ha en grunn.",
            ),
        ]
        indexes = [
            models.Index(fields=["id"], condition=Q(status="mottatt"), name="melding_ubehandlet"),
            models.Index(fields=["venter_paa"], condition=Q(status="parkert"), name="melding_venter"),
        ]
