"""The plan of an unaccompanied minor (IKTP), or the report from the care centre: versions, measures, and the guardian's dissent."""

import uuid

from django.db import models
from django.db.models import F, Q

from bosett.grunn.klokke import naa


class Emplan(models.Model):
    """One plan or report about one minor; what stands in it are its versions. `slag`: `person.rules.em`."""

    class Slag(models.TextChoices):
        IKTP = "iktp", "Individuell kartleggings- og tiltaksplan"
        OVERGANGSRAPPORT = "overgangsrapport", "Overgangsrapport"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey("person.Person", models.CASCADE, related_name="+")
    slag = models.CharField(max_length=20, choices=Slag.choices)
    tilstand = models.CharField(max_length=20, default="apen")
    """Of the table `states_em.EMPLAN`."""
    apnet = models.DateField()
    eier = models.ForeignKey("aktor.Organisasjon", models.PROTECT, related_name="+")
    """Who must see that it is written: the centre where the minor lives; Bufetat for those it is responsible for."""
    overtatt = models.DateTimeField(null=True, blank=True)
    """When the owner said that it has read a plan that others finished; empty while it has not, and for a plan that is not finished."""

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="emplan_en_av_hvert_slag",
                fields=["person", "slag"],
                violation_error_message="Personen har allerede en slik plan.",
            )
        ]


class Emplanversjon(models.Model):
    """What the plan said. The newest one may be written on until it is finished; a finished one is never changed (by trigger)."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    plan = models.ForeignKey(Emplan, models.CASCADE, related_name="versjoner")
    nr = models.PositiveSmallIntegerField()
    mal = models.CharField(max_length=40)
    """The form it was written on: a file of `satser`, with its own version («iktp_1»)."""
    svar = models.JSONField(default=dict)
    """Field of the form → what was written."""
    lagringer = models.PositiveIntegerField(default=0)
    """How many times it has been saved: who saves on an older count is told that somebody else has saved since."""
    opprettet = models.DateTimeField(default=naa, editable=False)
    lagret = models.DateTimeField(null=True, blank=True)
    lagret_av = models.ForeignKey("aktor.Bruker", models.PROTECT, null=True, related_name="+")
    ferdig = models.DateTimeField(null=True, blank=True)
    ferdig_av = models.ForeignKey("aktor.Bruker", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="emplanversjon_nr",
                fields=["plan", "nr"],
                violation_error_message="Versjonen finnes allerede.",
            ),
            models.UniqueConstraint(
                name="emplanversjon_ett_utkast",
                fields=["plan"],
                condition=Q(ferdig__isnull=True),
                violation_error_message="Det finnes allerede en versjon som ikke er ferdig.",
            ),
            models.CheckConstraint(
                name="emplanversjon_ferdig_etter_lagret",
                condition=Q(ferdig__isnull=True) | Q(lagret__isnull=False, ferdig__gte=F("lagret")),
                violation_error_message="En versjon må være lagret før den er ferdig.",
            ),
        ]


class Emtiltak(models.Model):
    """One measure of one version: what is to be done, by whom, when, and how far it is."""

    class Status(models.TextChoices):
        PLANLAGT = "planlagt", "Planlagt"
        I_GANG = "i_gang", "I gang"
        GJORT = "gjort", "Gjort"
        AVLYST = "avlyst", "Blir ikke gjort"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    versjon = models.ForeignKey(Emplanversjon, models.CASCADE, related_name="tiltak")
    nr = models.PositiveSmallIntegerField()
    """The same measure has the same number in every version."""
    hva = models.CharField("hva", max_length=500)
    ansvarlig = models.CharField("ansvarlig", max_length=200)
    frist = models.DateField(null=True, blank=True)
    status = models.CharField(max_length=10, choices=Status.choices, default=Status.PLANLAGT)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="emtiltak_nr",
                fields=["versjon", "nr"],
                violation_error_message="Tiltaket finnes allerede i versjonen.",
            )
        ]


class Vergeuenighet(models.Model):
    """The guardian disagrees with the plan, in the guardian's own words (domain.md 5.3). Never changed or taken away (by trigger)."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    plan = models.ForeignKey(Emplan, models.CASCADE, related_name="uenigheter")
    versjon = models.PositiveSmallIntegerField()
    """The number of the version the guardian had seen."""
    dag = models.DateField()
    verge = models.CharField(max_length=200)
    ordlyd = models.TextField(max_length=5000)
    registrert = models.DateTimeField(default=naa, editable=False)
    mottatt_av = models.ForeignKey("aktor.Bruker", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="vergeuenighet_har_ord",
                condition=~Q(ordlyd="") & ~Q(verge=""),
                violation_error_message="Skriv hva vergen er uenig i, og hvem vergen er.",
            )
        ]
