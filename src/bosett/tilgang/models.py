"""Subjects, shares (need-to-know) and the read-log."""

import uuid

from django.db import models
from django.db.models import F, Q

from bosett.grunn.klokke import naa


class Subjekt(models.Model):
    """An empty anchor row that a round, a request to a municipality, later a household or a grant case extends.

    Shares, ledger, documents, tasks and threads point to it, so the ground rooms know no person.
    """

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    slag = models.CharField(max_length=40)
    opprettet = models.DateTimeField(default=naa, editable=False)


class Deling(models.Model):
    """This organisation may see this subject, at this grade, from, to, because. Written only by services, as part of acts."""

    class Grad(models.TextChoices):
        ANONYM = "anonym", "Anonymt"
        FULL = "full", "Fullt"
        HELSE = "helse", "Helse, med samtykke"

    subjekt = models.ForeignKey(Subjekt, models.CASCADE, related_name="delinger")
    organisasjon = models.ForeignKey("aktor.Organisasjon", models.PROTECT, related_name="+")
    grad = models.CharField(max_length=10, choices=Grad.choices)
    fra = models.DateTimeField()
    til = models.DateTimeField(null=True, blank=True)
    hvorfor = models.CharField(max_length=60)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="deling_periode",
                condition=Q(til__isnull=True) | Q(til__gt=F("fra")),
                violation_error_message="Delingen kan ikke slutte før den begynner.",
            ),
            models.UniqueConstraint(
                name="deling_en_apen",
                fields=["subjekt", "organisasjon", "grad"],
                condition=Q(til__isnull=True),
                violation_error_message="Saken er allerede delt med organisasjonen.",
            ),
        ]


class Innsyn(models.Model):
    """The read-log: one look at a subject, or one line for a list (filter and count). Never what was read.

    `grunn` is the code chosen by somebody who looked outside the ordinary; `utvalg` then holds what was outside it.
    """

    intern = "the log of reads; users see it through «Hvem har sett saken»"
    tid = models.DateTimeField(default=naa)
    bruker = models.ForeignKey("aktor.Bruker", models.PROTECT, related_name="+")
    lesning = models.CharField(max_length=60)
    subjekt = models.ForeignKey(Subjekt, models.CASCADE, null=True, related_name="+")
    antall = models.PositiveIntegerField(default=1)
    utvalg = models.CharField(max_length=300, blank=True)
    grunn = models.CharField(max_length=60, blank=True)

    class Meta:
        indexes = [
            models.Index(fields=["subjekt", "-tid"], name="innsyn_per_subjekt"),
            models.Index(fields=["bruker", "-tid"], name="innsyn_per_bruker"),
        ]
