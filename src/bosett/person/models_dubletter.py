"""Two persons that may be one, and two that were made one."""

import uuid

from django.db import models
from django.db.models import F, Q

from bosett.grunn.klokke import naa


class Dublett(models.Model):
    """A pair of persons that may be the same. What was decided stands: the pair does not come back."""

    class Status(models.TextChoices):
        APEN = "apen", "Ikke vurdert"
        IKKE_SAMME = "ikke_samme", "Ikke samme person"
        SLAATT_SAMMEN = "slaatt_sammen", "Slått sammen"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    en = models.ForeignKey("person.Person", models.CASCADE, related_name="+")
    """The one that was registered first; `annen` the other."""
    annen = models.ForeignKey("person.Person", models.CASCADE, related_name="+")
    grunner = models.JSONField(default=list)
    """Codes of `rules.dubletter.POENG`."""
    poeng = models.PositiveSmallIntegerField()
    oppdaget = models.DateTimeField(default=naa, editable=False)
    status = models.CharField(max_length=20, choices=Status.choices, default=Status.APEN)
    avgjort = models.DateTimeField(null=True, blank=True)
    avgjort_av = models.ForeignKey("aktor.Bruker", models.PROTECT, null=True, related_name="+")
    hvorfor = models.TextField(blank=True)
    """Why they are not the same. Why they are lies in `Sammenslaaing`."""

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="dublett_ett_par",
                fields=["en", "annen"],
                violation_error_message="Paret er allerede registrert.",
            ),
            models.CheckConstraint(
                name="dublett_rekkefolge",
                condition=Q(en__lt=F("annen")),
                violation_error_message="Et par står bare én vei.",
            ),
            models.CheckConstraint(
                name="dublett_avgjort",
                condition=Q(status="apen", avgjort=None) | ~Q(status="apen") & Q(avgjort__isnull=False),
                violation_error_message="Et par som er avgjort, må ha en dato.",
            ),
            models.CheckConstraint(
                name="dublett_ikke_samme_har_grunn",
                condition=~Q(status="ikke_samme") | ~Q(hvorfor=""),
                violation_error_message="Skriv hvorfor de ikke er samme person.",
            ),
        ]
        indexes = [
            models.Index(fields=["-poeng", "oppdaget"], condition=Q(status="apen"), name="dublett_apen")
        ]


class Sammenslaaing(models.Model):
    """Everything that hung on `borte` hangs on `beholdt`; `flyttet` is what an undo needs to put it back."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    dublett = models.ForeignKey(Dublett, models.CASCADE, related_name="sammenslaainger")
    beholdt = models.ForeignKey("person.Person", models.CASCADE, related_name="+")
    borte = models.ForeignKey("person.Person", models.CASCADE, related_name="+")
    tomt = models.ForeignKey("person.Husholdning", models.PROTECT, null=True, related_name="+")
    """The household that was left empty and closed."""
    hvorfor = models.TextField()
    tid = models.DateTimeField(default=naa, editable=False)
    av = models.ForeignKey("aktor.Bruker", models.PROTECT, null=True, related_name="+")
    flyttet = models.JSONField(default=dict)
    """Kind of row → ids of the rows that are moved, those included that came later and named the number of `borte`."""
    skrevet_over = models.JSONField(default=dict)
    """What was written over on `beholdt` and the households: name of the field → [before, after]."""
    opphevet = models.DateTimeField(null=True, blank=True)
    opphevet_hvorfor = models.TextField(blank=True)
    opphevet_av = models.ForeignKey("aktor.Bruker", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="sammenslaaing_en_apen",
                fields=["borte"],
                condition=Q(opphevet=None),
                violation_error_message="Personen er allerede slått sammen med en annen.",
            ),
            models.CheckConstraint(
                name="sammenslaaing_av_to",
                condition=~Q(beholdt=F("borte")),
                violation_error_message="En person kan ikke slås sammen med seg selv.",
            ),
            models.CheckConstraint(
                name="sammenslaaing_har_grunn",
                condition=~Q(hvorfor="") & (Q(opphevet=None) | ~Q(opphevet_hvorfor="")),
                violation_error_message="Skriv hvorfor.",
            ),
        ]
        indexes = [
            models.Index(fields=["beholdt"], condition=Q(opphevet=None), name="sammenslaaing_apen"),
            models.Index(fields=["tomt"], condition=Q(opphevet=None), name="sammenslaaing_tomt"),
        ]
