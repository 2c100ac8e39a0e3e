"""Homes: what they are, the area they stand in, the municipality's judgement, and whose they are day by day."""

import uuid
from datetime import date, timedelta

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import ArrayField, RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value

from bosett.grunn.klokke import naa

FUNKSJONER = ("trinnfri", "heis", "ett_plan", "rullestol", "bad", "horsel", "syn")
"""What a home has for those who need it: step-free entrance, lift, all on one floor, room for a wheelchair, an adapted bathroom,
aids for hearing, for sight."""


class Boomraade(models.Model):
    """A part of a municipality, with what is known of who lives there. Figures change: a new one is a new row."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    subjekt = models.ForeignKey("tilgang.Subjekt", models.PROTECT, related_name="+")
    """The area itself: its later figures have the same."""
    organisasjon = models.ForeignKey("aktor.Organisasjon", models.PROTECT, related_name="+")
    """The municipality's."""
    navn = models.CharField(max_length=120)
    andel = models.DecimalField(max_digits=4, decimal_places=1, null=True, blank=True)
    """Immigrants and Norwegian-born with immigrant parents, per cent of the inhabitants. Empty: not measured."""
    levekaar = models.BooleanField("levekårsutfordringer", null=True, blank=True)
    kilde = models.CharField(max_length=300)
    malt = models.DateField("målt")
    """The day the figures are of."""
    erstattet = models.DateTimeField(null=True, blank=True)
    """When newer figures came."""
    registrert = models.DateTimeField(default=naa, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="boomraade_ett_gjeldende",
                fields=["organisasjon", "navn"],
                condition=Q(erstattet=None),
                violation_error_message="Området er allerede registrert.",
            ),
            models.CheckConstraint(
                name="boomraade_andel",
                condition=Q(andel=None) | Q(andel__gte=0, andel__lte=100),
                violation_error_message="Andelen er et tall fra 0 til 100.",
            ),
        ]

    def __str__(self) -> str:
        return self.navn


class Bolig(models.Model):
    """A home somebody may be settled in. Shares, ledger, files and threads point to its subject.

    Address and landlord are for the own municipality and IMDi. What may happen to it stands in `states_bolig.BOLIG`.
    """

    class Eierform(models.TextChoices):
        PRIVAT = "privat", "Privat"
        KOMMUNAL = "kommunal", "Kommunal"
        FREMLEIE = "fremleie", "Fremleie"

    class Slag(models.TextChoices):
        VANLIG = "vanlig", "Vanlig bolig"
        BOFELLESSKAP = "bofellesskap", "Bofellesskap"
        STUDENT = "student", "Studentbolig"
        GJENNOMGANG = "gjennomgang", "Gjennomgangsbolig"
        TRENING = "trening", "Treningsbolig"

    class Bygg(models.TextChoices):
        LEILIGHET = "leilighet", "Leilighet"
        REKKEHUS = "rekkehus", "Rekkehus eller tomannsbolig"
        ENEBOLIG = "enebolig", "Enebolig"
        SOKKEL = "sokkel", "Sokkelleilighet"
        HYBEL = "hybel", "Hybel"

    class Kilde(models.TextChoices):
        KOMMUNE = "kommune", "Registrert av kommunen"
        HJERTEROM = "hjerterom", "Hjerterom"

    subjekt = models.OneToOneField("tilgang.Subjekt", models.PROTECT, primary_key=True, related_name="+")
    organisasjon = models.ForeignKey("aktor.Organisasjon", models.PROTECT, related_name="+")
    """The municipality that offers it."""
    tilstand = models.CharField(max_length=12, default="registrert")
    eierform = models.CharField(max_length=10, choices=Eierform)
    slag = models.CharField(max_length=15, choices=Slag, default=Slag.VANLIG)
    bygg = models.CharField(max_length=12, choices=Bygg)
    adresse = models.CharField(max_length=200)
    postnummer = models.CharField(max_length=4)
    poststed = models.CharField(max_length=60)
    bruksenhet = models.CharField(max_length=5, blank=True)
    """The unit of a building with several, as «H0203»."""
    omraade = models.ForeignKey(Boomraade, models.PROTECT, null=True, blank=True, related_name="+")
    omraade_grunn = models.TextField(blank=True)
    """Why the municipality offers it though the area is one to avoid (R210)."""
    areal = models.PositiveSmallIntegerField(null=True, blank=True)
    """Square metres."""
    soverom = models.PositiveSmallIntegerField()
    rom = models.PositiveSmallIntegerField()
    """Rooms to stay in: bedrooms and living rooms, not kitchen and bath."""
    plasser = models.PositiveSmallIntegerField()
    """How many persons can live there."""
    etasje = models.SmallIntegerField(null=True, blank=True)
    funksjoner = ArrayField(models.CharField(max_length=12), default=list, blank=True)
    """Of `FUNKSJONER`. One that is not there is not said to be missing unless `tilgjengelig_kjent`."""
    tilgjengelig_kjent = models.BooleanField(default=False)
    """Somebody has looked: what `funksjoner` does not name, the home does not have."""
    dyr = models.BooleanField("kjæledyr tillatt", null=True, blank=True)
    moblert = models.BooleanField("møblert", null=True, blank=True)
    husleie = models.PositiveIntegerField(null=True, blank=True)
    """Kroner a month."""
    leies_til = models.DateField(null=True, blank=True)
    """The last day it can be let, when that is known."""
    km_skole = models.DecimalField(max_digits=4, decimal_places=1, null=True, blank=True)
    km_barnehage = models.DecimalField(max_digits=4, decimal_places=1, null=True, blank=True)
    km_buss = models.DecimalField(max_digits=4, decimal_places=1, null=True, blank=True)
    km_sentrum = models.DecimalField(max_digits=4, decimal_places=1, null=True, blank=True)
    merknad = models.TextField(blank=True)
    kilde = models.CharField(max_length=10, choices=Kilde, default=Kilde.KOMMUNE)
    versjon = models.PositiveIntegerField(default=1)
    """Grows each time it is changed, so that two people do not write over each other."""
    registrert = models.DateTimeField(default=naa, editable=False)
    registrert_av = models.ForeignKey("aktor.Bruker", models.PROTECT, null=True, related_name="+")
    endret = models.DateTimeField(default=naa)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="bolig_funksjoner",
                condition=Q(funksjoner__contained_by=list(FUNKSJONER)),
                violation_error_message="En tilpasning er ikke kjent.",
            ),
            models.CheckConstraint(
                name="bolig_soverom_og_rom",
                condition=Q(rom__gte=1, rom__lte=30, soverom__lte=F("rom")),
                violation_error_message="En bolig har minst ett rom, og ikke flere soverom enn rom.",
            ),
            models.CheckConstraint(
                name="bolig_plasser",
                condition=Q(plasser__gte=1, plasser__lte=40),
                violation_error_message="En bolig har plass til minst én person.",
            ),
            models.CheckConstraint(
                name="bolig_postnummer",
                condition=Q(postnummer__regex=r"^[0-9]{4}$"),
                violation_error_message="Postnummeret har fire siffer.",
            ),
            models.UniqueConstraint(
                name="bolig_en_per_adresse",
                fields=["organisasjon", "adresse", "postnummer", "bruksenhet"],
                condition=~Q(tilstand="ute") & ~Q(bruksenhet=""),
                violation_error_message="Boligen er allerede registrert.",
            ),
        ]
        indexes = [
            models.Index(fields=["organisasjon", "tilstand"], name="bolig_kommune"),
            models.Index(fields=["soverom", "plasser"], condition=~Q(tilstand="ute"), name="bolig_storrelse"),
        ]

    def __str__(self) -> str:
        return self.nummer

    @property
    def nummer(self) -> str:
        """What people say to each other: «B 17». Never the address."""
        return f"B {self.pk}"


class Egnethet(models.Model):
    """The municipality judged whether the home is fit to settle somebody in (R203). A later judgement is a new row."""

    bolig = models.ForeignKey(Bolig, models.PROTECT, related_name="vurderinger")
    egnet = models.BooleanField()
    dato = models.DateField()
    navn = models.CharField(max_length=200)
    """Who judged, as they were called then."""
    av = models.ForeignKey("aktor.Bruker", models.PROTECT, null=True, related_name="+")
    begrunnelse = models.TextField()
    registrert = models.DateTimeField(default=naa, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="egnethet_hel",
                condition=~Q(navn="") & ~Q(begrunnelse=""),
                violation_error_message="En vurdering av en bolig har dato, navn og begrunnelse.",
            )
        ]
        indexes = [models.Index(fields=["bolig", "-dato", "-id"], name="egnethet_siste")]


class Boligperiode(models.Model):
    """Whose the home is, day by day: free, held for a household, lived in, or closed. Two never overlap. `til` is the first day not in it."""

    class Slag(models.TextChoices):
        LEDIG = "ledig", "Ledig"
        RESERVERT = "reservert", "Reservert"
        BEBODD = "bebodd", "Bebodd"
        STENGT = "stengt", "Kan ikke brukes"

    bolig = models.ForeignKey(Bolig, models.PROTECT, related_name="perioder")
    slag = models.CharField(max_length=10, choices=Slag)
    fra = models.DateField()
    til = models.DateField(null=True, blank=True)
    husholdning = models.ForeignKey(
        "person.Husholdning", models.PROTECT, null=True, blank=True, related_name="+"
    )
    registrert = models.DateTimeField(default=naa, editable=False)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="boligperiode_fra_for_til",
                condition=Q(til=None) | Q(til__gt=F("fra")),
                violation_error_message="En periode slutter etter at den begynner.",
            ),
            models.CheckConstraint(
                name="boligperiode_hvem",
                condition=Q(husholdning=None) | Q(slag__in=["reservert", "bebodd"]),
                violation_error_message="Bare en bolig som er reservert eller bebodd, har en husholdning.",
            ),
            ExclusionConstraint(
                name="boligperiode_en_om_gangen",
                expressions=[
                    (
                        Func(F("bolig"), F("bolig"), Value("[]"), function="int8range"),
                        RangeOperators.OVERLAPS,
                    ),
                    (Func(F("fra"), F("til"), function="daterange"), RangeOperators.OVERLAPS),
                ],
                index_type="GIST",
                violation_error_message="Boligen er allerede i bruk eller meldt ledig i en del av tidsrommet.",
            ),
        ]
        indexes = [
            models.Index(fields=["slag", "fra", "til"], name="boligperiode_ledig"),
            models.Index(
                fields=["husholdning"], condition=~Q(husholdning=None), name="boligperiode_hvem_idx"
            ),
        ]

    @property
    def siste_dag(self) -> date | None:
        return self.til - timedelta(days=1) if self.til else None


class Boligfil(models.Model):
    """A picture or a document of a home."""

    class Slag(models.TextChoices):
        BILDE = "bilde", "Bilde"
        DOKUMENT = "dokument", "Dokument"

    bolig = models.ForeignKey(Bolig, models.PROTECT, related_name="filer")
    innfil = models.ForeignKey("dokument.Innfil", models.PROTECT, related_name="+")
    slag = models.CharField(max_length=10, choices=Slag)
    tekst = models.CharField(max_length=200)
    """What it shows, for those who don't see it."""

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="boligfil_en_gang",
                fields=["bolig", "innfil"],
                violation_error_message="Filen ligger allerede ved boligen.",
            ),
            models.CheckConstraint(
                name="boligfil_tekst",
                condition=~Q(tekst=""),
                violation_error_message="En fil har en tekst om hva den viser.",
            ),
        ]
