"""Tasks: what an organisation should do next about a subject, with a deadline."""

import uuid

from django.db import models

from bosett.grunn.klokke import naa


class Oppgave(models.Model):
    """One thing to do. `slag` names the kind (a text in both forms lies in `oppgave.slag`), `sti` leads to where it is done."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    subjekt = models.ForeignKey("tilgang.Subjekt", models.PROTECT, related_name="+")
    organisasjon = models.ForeignKey("aktor.Organisasjon", models.PROTECT, related_name="+")
    roller = models.JSONField(default=list)
    bruker = models.ForeignKey("aktor.Bruker", models.PROTECT, null=True, related_name="+")
    """For this user only; empty: for all with one of the roles."""
    slag = models.CharField(max_length=60)
    nokkel = models.CharField(max_length=36, blank=True)
    """Tells apart the tasks people write down themselves (`services.EGEN`), of which a case may have many."""
    gjelder = models.CharField(max_length=200)
    sti = models.CharField(max_length=200)
    frist = models.DateField(null=True)
    opprettet = models.DateTimeField(default=naa, editable=False)
    ferdig = models.DateTimeField(null=True)
    minnet = models.DateField(null=True)
    """The day Bosett reminded of a deadline that was over."""
    ferdig_av = models.ForeignKey("aktor.Bruker", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="oppgave_en_per_sak",
                fields=["subjekt", "organisasjon", "slag", "nokkel"],
                violation_error_message="Oppgaven finnes allerede.",
            )
        ]
        indexes = [models.Index(fields=["organisasjon", "ferdig", "frist"], name="oppgave_apne")]

    def __str__(self) -> str:
        return f"{self.slag}: {self.gjelder}"
