"""What the authorities have decided about a person, and the way of the household through the chain."""

import uuid

from django.db import models
from django.db.models import Q

from bosett.grunn.klokke import naa
from bosett.person.tidsrad import Tidsrad


class Opphold(Tidsrad):
    """A residence permit: `fra`–`til` is its validity, `grunnlag` a code of `satser/grunnlag.yaml`.

    `grunnlag` empty: no permit from that day, it was withdrawn (also when the permit itself comes to be known later).
    """

    person = models.ForeignKey("person.Person", models.CASCADE, related_name="opphold")
    grunnlag = models.CharField(max_length=20, blank=True)
    vedtatt = models.DateField()

    class Meta(Tidsrad.Meta):
        pass


class Lop(models.Model):
    """The track of a household from a day, and the legal event that put it there (`states.LOP`)."""

    husholdning = models.ForeignKey("person.Husholdning", models.CASCADE, related_name="lopene")
    slag = models.CharField(max_length=30)
    fra = models.DateField()
    til = models.DateField(null=True, blank=True)
    hendelse = models.CharField(max_length=40)
    registrert = models.DateTimeField(default=naa, editable=False)
    registrert_av = models.ForeignKey("aktor.Bruker", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="lop_ett_apent",
                fields=["husholdning"],
                condition=Q(til__isnull=True),
                violation_error_message="Husholdningen er allerede i et løp.",
            )
        ]


class Privatsoknad(models.Model):
    """Somebody who lives outside the centres asks to be settled with public help (R077). May come before the permit, and on paper."""

    class Kanal(models.TextChoices):
        PAPIR = "papir", "På papir"
        TELEFON = "telefon", "På telefon"
        SKJEMA = "skjema", "I skjema"

    husholdning = models.ForeignKey("person.Husholdning", models.CASCADE, related_name="privatsoknader")
    sokt = models.DateField("søkt")
    kanal = models.CharField(max_length=10, choices=Kanal.choices)
    bor_i = models.ForeignKey("geografi.Kommune", models.PROTECT, null=True, related_name="+")
    registrert = models.DateTimeField(default=naa, editable=False)
    registrert_av = models.ForeignKey("aktor.Bruker", models.PROTECT, null=True, related_name="+")


class Selvbosetting(models.Model):
    """A home they find themselves: an application for an agreement, or a move without one (R196). One taken back stays, with the reason."""

    class Slag(models.TextChoices):
        AVTALT = "avtalt", "Søknad om avtalt selvbosetting"
        UTEN_AVTALE = "uten_avtale", "Bosatt seg selv uten avtale"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    husholdning = models.ForeignKey("person.Husholdning", models.CASCADE, related_name="selvbosettinger")
    slag = models.CharField(max_length=20, choices=Slag.choices)
    dato = models.DateField()
    """The day they applied, or the day they moved."""
    kommune = models.ForeignKey("geografi.Kommune", models.PROTECT, related_name="+")
    """Where they want to live, or moved to."""
    registrert = models.DateTimeField(default=naa, editable=False)
    registrert_av = models.ForeignKey("aktor.Bruker", models.PROTECT, null=True, related_name="+")
    trukket = models.DateTimeField(null=True, blank=True)
    trukket_av = models.ForeignKey("aktor.Bruker", models.PROTECT, null=True, related_name="+")
    trukket_grunn = models.TextField(blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="selvbosetting_en_per_dag",
                fields=["husholdning", "slag", "dato"],
                condition=Q(trukket=None),
                violation_error_message="Det samme er allerede registrert den dagen.",
            ),
            models.CheckConstraint(
                name="selvbosetting_trukket_har_grunn",
                condition=Q(trukket=None, trukket_grunn="") | Q(trukket__isnull=False) & ~Q(trukket_grunn=""),
                violation_error_message="Skriv hvorfor registreringen er tatt tilbake.",
            ),
        ]
