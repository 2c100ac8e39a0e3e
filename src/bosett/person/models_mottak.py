"""Reception centres and care centres, and who lives there."""

from django.db import models
from django.db.models import F, Q

from bosett.person.tidsrad import Tidsrad

ETTER_TILBAKE = Q(person__tilbake=None) | Q(fra__gte=F("person__tilbake"))
"""Of stays: not those that ended because the person left the chain, though she has come back since."""
BOR_DER = ETTER_TILBAKE & Q(person__dod=None, person__ute=None)


class Mottak(models.Model):
    """A centre. Its type is a code of `satser/mottakstyper.yaml`; no political approval is asked for (R322, R337)."""

    class Drift(models.TextChoices):
        ORGANISASJON = "organisasjon", "Organisasjon"
        KOMMUNE = "kommune", "Kommune"
        KOMMERSIELL = "kommersiell", "Kommersiell aktør"

    organisasjon = models.OneToOneField(
        "aktor.Organisasjon", models.PROTECT, primary_key=True, related_name="+"
    )
    subjekt = models.OneToOneField("tilgang.Subjekt", models.PROTECT, related_name="+")
    kode = models.CharField(max_length=20, unique=True)
    """UDI's code of the centre, used in its messages."""
    type = models.CharField(max_length=30)
    drift = models.CharField(max_length=20, choices=Drift.choices)
    operator = models.CharField(max_length=200)
    kommune = models.ForeignKey("geografi.Kommune", models.PROTECT, related_name="+")
    plasser = models.PositiveIntegerField()
    apnet = models.DateField("åpnet")
    stengt = models.DateField(null=True, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="mottak_periode",
                condition=Q(stengt__isnull=True) | Q(stengt__gt=F("apnet")),
                violation_error_message="Mottaket kan ikke stenge før det åpner.",
            )
        ]


class Mottakstillatelse(models.Model):
    """A permit for building or area of a centre, kept as a document (R337)."""

    mottak = models.ForeignKey(Mottak, models.PROTECT, related_name="tillatelser")
    hva = models.CharField(max_length=200)
    gitt = models.DateField()
    gjelder_til = models.DateField(null=True, blank=True)
    innfil = models.ForeignKey("dokument.Innfil", models.PROTECT, null=True, related_name="+")


class Mottaksopphold(Tidsrad):
    """A person lives at a centre, or (`mottak` empty) at a private address after one."""

    person = models.ForeignKey("person.Person", models.CASCADE, related_name="mottaksopphold")
    mottak = models.ForeignKey(Mottak, models.PROTECT, null=True, related_name="+")

    class Meta(Tidsrad.Meta):
        pass
