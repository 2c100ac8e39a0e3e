"""The national need for settlement places, as fixed for a year, with its versions."""

from django.db import models
from django.db.models import F, Q
from django.utils.functional import Promise

from bosett.behov.prognoser import PROGNOSER
from bosett.grunn.klokke import naa


class Prognose(models.Model):
    """One version of one forecast for a year (persons), with where and when it was made. A new figure is a new version."""

    subjekt = models.OneToOneField("tilgang.Subjekt", models.PROTECT, primary_key=True, related_name="+")
    aar = models.PositiveSmallIntegerField("år")
    kode = models.CharField(max_length=20, choices=[(kode, p.nb) for kode, p in PROGNOSER.items()])
    versjon = models.PositiveSmallIntegerField(default=1)
    antall = models.PositiveIntegerField()
    kilde = models.CharField(max_length=300)
    dato = models.DateField()
    registrert = models.DateTimeField(default=naa, editable=False)
    registrert_av = models.ForeignKey("aktor.Bruker", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="prognose_en_versjon",
                fields=["aar", "kode", "versjon"],
                violation_error_message="Noen andre registrerte en ny versjon av prognosen samtidig. Se på den først.",
            ),
            models.CheckConstraint(
                name="prognose_har_kilde",
                condition=~Q(kilde=""),
                violation_error_message="En prognose må ha en kilde.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.kode} {self.aar}, versjon {self.versjon}"

    @property
    def navn(self) -> str | Promise:
        """What the screens call it."""
        return PROGNOSER[self.kode].navn


class Behov(models.Model):
    """One version of a year's need. A new figure is a new version with its reason; nothing is changed.

    Persons. `em` are unaccompanied minors within `totalt`, `em_under_15` are within `em`. `prognoser` are the codes of the
    forecasts it is calculated from, and `drivere` those of what drove a change; the forecasts' figures are in `Behovsgrunnlag`.
    """

    subjekt = models.OneToOneField("tilgang.Subjekt", models.PROTECT, primary_key=True, related_name="+")
    aar = models.PositiveSmallIntegerField("år")
    versjon = models.PositiveSmallIntegerField(default=1)
    totalt = models.PositiveIntegerField()
    em = models.PositiveIntegerField()
    em_under_15 = models.PositiveIntegerField(null=True, blank=True)
    formulering = models.CharField(max_length=60, blank=True)
    fastsatt_av = models.CharField(max_length=200)
    fastsatt = models.DateField()
    kilde = models.CharField(max_length=300)
    prognoser = models.JSONField(default=list)
    begrunnelse = models.TextField(blank=True)
    drivere = models.JSONField(default=list)
    registrert = models.DateTimeField(default=naa, editable=False)
    registrert_av = models.ForeignKey("aktor.Bruker", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="behov_en_versjon",
                fields=["aar", "versjon"],
                violation_error_message="Noen andre registrerte en ny versjon av behovet samtidig. Se på den først.",
            ),
            models.CheckConstraint(
                name="behov_em_i_totalt",
                condition=Q(em__lte=F("totalt")),
                violation_error_message="Enslige mindreårige kan ikke være flere enn hele behovet.",
            ),
            models.CheckConstraint(
                name="behov_under_15_i_em",
                condition=Q(em_under_15__isnull=True) | Q(em_under_15__lte=F("em")),
                violation_error_message="De under 15 år kan ikke være flere enn alle enslige mindreårige.",
            ),
        ]

    def __str__(self) -> str:
        return f"Behov {self.aar}, versjon {self.versjon}"


class Behovsgrunnlag(models.Model):
    """Which version of a forecast a version of the need was calculated from."""

    behov = models.ForeignKey(Behov, models.PROTECT, related_name="grunnlag")
    prognose = models.ForeignKey(Prognose, models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="behovsgrunnlag_en_gang",
                fields=["behov", "prognose"],
                violation_error_message="Prognosen er allerede en del av grunnlaget.",
            )
        ]
