"""The national need for settlement places, as fixed for a year, with its versions, and what stands beside it:
agreed places, scenarios, and the countries that resettlement refugees are selected from."""

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
    kilde = models.CharField(
        max_length=800
    )  # a closed country's forecast says why, and where that is written
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
    `formulering` is how letters word the exact `totalt` («om lag 5 100» for 5 120); empty: the letter rounds it.
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


class Avtale(models.Model):
    """One version of an agreement on places in a year (persons), between `parter`: in 2015 the government and KS, 10 000 (S0).

    What was agreed is not what was calculated, so it is no part of `Behov`. `dato` is empty where no source says it.
    """

    subjekt = models.OneToOneField("tilgang.Subjekt", models.PROTECT, primary_key=True, related_name="+")
    aar = models.PositiveSmallIntegerField("år")
    parter = models.CharField(max_length=200)
    versjon = models.PositiveSmallIntegerField(default=1)
    plasser = models.PositiveIntegerField()
    dato = models.DateField(null=True, blank=True)
    kilde = models.CharField(max_length=300)
    merknad = models.TextField(blank=True)
    registrert = models.DateTimeField(default=naa, editable=False)
    registrert_av = models.ForeignKey("aktor.Bruker", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="avtale_en_versjon",
                fields=["aar", "parter", "versjon"],
                violation_error_message="Noen andre registrerte avtalen samtidig. Se på den først.",
            ),
            models.CheckConstraint(
                name="avtale_har_parter_og_kilde",
                condition=~Q(parter="") & ~Q(kilde=""),
                violation_error_message="En avtale må ha parter og kilde.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.parter} {self.aar}"


class Scenario(models.Model):
    """A named alternative to a year's need (persons): what if. No round can use it. Never changed; a new one gets a new name."""

    subjekt = models.OneToOneField("tilgang.Subjekt", models.PROTECT, primary_key=True, related_name="+")
    aar = models.PositiveSmallIntegerField("år")
    navn = models.CharField(max_length=80)
    totalt = models.PositiveIntegerField()
    em = models.PositiveIntegerField()
    em_under_15 = models.PositiveIntegerField(null=True, blank=True)
    beskrivelse = models.TextField()
    kilde = models.CharField(max_length=300)
    registrert = models.DateTimeField(default=naa, editable=False)
    registrert_av = models.ForeignKey("aktor.Bruker", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="scenario_ett_navn",
                fields=["aar", "navn"],
                violation_error_message="Året har allerede et scenario med dette navnet.",
            ),
            models.CheckConstraint(
                name="scenario_delmengder",
                condition=Q(em__lte=F("totalt"))
                & (Q(em_under_15__isnull=True) | Q(em_under_15__lte=F("em"))),
                violation_error_message="De under 15 år er en del av de enslige mindreårige, som er en del av hele behovet.",
            ),
        ]

    def __str__(self) -> str:
        return self.navn


class Uttaksland(models.Model):
    """A country that resettlement refugees of a year's quota are selected from, with the places planned from it (persons)."""

    subjekt = models.OneToOneField("tilgang.Subjekt", models.PROTECT, primary_key=True, related_name="+")
    aar = models.PositiveSmallIntegerField("år")
    land = models.CharField(max_length=80)
    plasser = models.PositiveIntegerField()
    kilde = models.CharField(max_length=300)
    registrert = models.DateTimeField(default=naa, editable=False)
    registrert_av = models.ForeignKey("aktor.Bruker", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="uttaksland_ett_per_aar",
                fields=["aar", "land"],
                violation_error_message="Landet er allerede registrert for året.",
            ),
            models.CheckConstraint(
                name="uttaksland_har_plasser",
                condition=Q(plasser__gte=1),
                violation_error_message="Det må være planlagt minst én plass fra landet.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.land} {self.aar}"


class Uttaksstatus(models.Model):
    """From which day a country was open or closed, and why. `prognose` is the version of the forecast that followed.

    The latest (`nr`) holds until the next one; nothing is changed.
    """

    uttaksland = models.ForeignKey(Uttaksland, models.PROTECT, related_name="statuser")
    nr = models.PositiveSmallIntegerField()
    tilstand = models.CharField(max_length=10)
    fra = models.DateField()
    grunn = models.CharField(max_length=300, blank=True)
    kilde = models.CharField(max_length=300)
    prognose = models.ForeignKey(Prognose, models.PROTECT, null=True, related_name="+")
    registrert = models.DateTimeField(default=naa, editable=False)
    registrert_av = models.ForeignKey("aktor.Bruker", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="uttaksstatus_ett_nummer",
                fields=["uttaksland", "nr"],
                violation_error_message="Noen andre endret landet samtidig. Se på det først.",
            ),
            models.CheckConstraint(
                name="uttaksstatus_endring_har_grunn_og_prognose",
                condition=Q(nr=1) | ~Q(grunn="") & Q(prognose__isnull=False),
                violation_error_message="Når et land stenges eller åpnes, må det ha en grunn og endre prognosen.",
            ),
        ]
