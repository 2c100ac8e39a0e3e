"""The ledger of acts. Append-only by trigger; one hash chain per subject; personal data only in `Detalj`, which may be deleted."""

from django.db import models


class Hendelse(models.Model):
    """One act. Holds ids, codes and a salted digest of the details, never personal data."""

    subjekt = models.ForeignKey("tilgang.Subjekt", models.PROTECT, related_name="+")
    nr = models.PositiveIntegerField()
    tid = models.DateTimeField()
    handling = models.CharField(max_length=60)
    bruker = models.ForeignKey("aktor.Bruker", models.PROTECT, null=True, related_name="+")
    organisasjon = models.ForeignKey("aktor.Organisasjon", models.PROTECT, null=True, related_name="+")
    rolle = models.CharField(max_length=40, blank=True)
    jobb = models.CharField(max_length=60, blank=True)
    data = models.JSONField()
    detaljavtrykk = models.CharField(max_length=64, blank=True)
    forrige = models.CharField(max_length=64, blank=True)
    avtrykk = models.CharField(max_length=64)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="hendelse_nr_per_subjekt",
                fields=["subjekt", "nr"],
                violation_error_message="To handlinger kan ikke ha samme nummer i sporet.",
            )
        ]


class Detalj(models.Model):
    """The details of an act (who, what words). May be deleted when its time is up; verification passes afterwards."""

    hendelse = models.OneToOneField(Hendelse, models.CASCADE, primary_key=True, related_name="detalj")
    salt = models.CharField(max_length=32)
    innhold = models.JSONField()


class Segl(models.Model):
    """The heads of the chains touched since the last seal, sealed together and exported outside the database."""

    tid = models.DateTimeField()
    siste_hendelse = models.BigIntegerField()
    hoder = models.JSONField()
    forrige = models.CharField(max_length=64, blank=True)
    avtrykk = models.CharField(max_length=64, unique=True)
