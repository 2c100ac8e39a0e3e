"""What a person has said yes to, how and in which language, until when, and that she took it back."""

import uuid

from django.db import models
from django.db.models import F, Q

from bosett.grunn.klokke import naa


class Samtykke(models.Model):
    """One consent for one purpose (a code of `satser/samtykker.yaml`). Never changed but for its end."""

    class Maate(models.TextChoices):
        SKRIFTLIG = "skriftlig", "Skriftlig"
        MUNTLIG = "muntlig", "Muntlig"
        TOLK = "tolk", "Muntlig med tolk"

    class GittAv(models.TextChoices):
        SELV = "selv", "Personen selv"
        FORELDER = "forelder", "En forelder"
        VERGE = "verge", "Vergen"

    class Slutt(models.TextChoices):
        TRUKKET = "trukket", "Trukket tilbake"
        FORNYET = "fornyet", "Fornyet"
        UTLOPT = "utlopt", "Gikk ut"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey("person.Person", models.CASCADE, related_name="samtykker")
    formaal = models.CharField("formål", max_length=30)
    gitt = models.DateField()
    til = models.DateField()
    """The first day it no longer holds, if nobody ends it before."""
    maate = models.CharField("måte", max_length=10, choices=Maate.choices)
    spraak = models.CharField("språk", max_length=3)
    """The language it was given in, ISO 639-3."""
    gitt_av = models.CharField(max_length=10, choices=GittAv.choices, default=GittAv.SELV)
    registrert = models.DateTimeField(default=naa, editable=False)
    registrert_av = models.ForeignKey("aktor.Bruker", models.PROTECT, null=True, related_name="+")
    avsluttet = models.DateField(null=True, blank=True)
    """The day it ended; from that day it does not hold."""
    slutt = models.CharField(max_length=10, choices=Slutt.choices, blank=True)
    avsluttet_av = models.ForeignKey("aktor.Bruker", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="samtykke_periode",
                condition=Q(til__gt=F("gitt")),
                violation_error_message="Et samtykke kan ikke gå ut før det er gitt.",
            ),
            models.CheckConstraint(
                name="samtykke_slutt",
                condition=Q(avsluttet__isnull=True, slutt="") | Q(avsluttet__gte=F("gitt")) & ~Q(slutt=""),
                violation_error_message="Et samtykke som er avsluttet, må ha en grunn og en dag etter at det ble gitt.",
            ),
            models.UniqueConstraint(
                name="samtykke_ett_apent",
                fields=["person", "formaal"],
                condition=Q(avsluttet__isnull=True),
                violation_error_message="Personen har allerede gitt dette samtykket.",
            ),
        ]
        indexes = [models.Index(fields=["til"], condition=Q(avsluttet=None), name="samtykke_utloper")]
