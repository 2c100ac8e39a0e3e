"""Finding a home: what a municipality needs, how far it has come, and the listings it has read in."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from bosett.bolig.models_bolig import FUNKSJONER, Bolig, Boomraade
from bosett.grunn.klokke import naa

STEG = ("behov", "kilde", "kontrakt", "klar")
"""The stages in their order. Beside them «avbrutt»."""


class Annonse(models.Model):
    """A listing of a home to let (Hjerterom). What its text did not say is empty. Seen by the own municipality only."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    organisasjon = models.ForeignKey("aktor.Organisasjon", models.PROTECT, related_name="+")
    nokkel = models.CharField(max_length=300)
    """The code on finn.no, or the link as it is compared: a listing is read in once (`rules.annonse.nokkel`)."""
    lenke = models.CharField(max_length=500)
    finnkode = models.CharField(max_length=12, blank=True)
    tittel = models.CharField(max_length=200, blank=True)
    adresse = models.CharField(max_length=200, blank=True)
    postnummer = models.CharField(max_length=4, blank=True)
    poststed = models.CharField(max_length=60, blank=True)
    husleie = models.PositiveIntegerField(null=True, blank=True)
    """Kroner a month."""
    rom = models.PositiveSmallIntegerField(null=True, blank=True)
    soverom = models.PositiveSmallIntegerField(null=True, blank=True)
    areal = models.PositiveSmallIntegerField(null=True, blank=True)
    etasje = models.SmallIntegerField(null=True, blank=True)
    ledig_fra = models.DateField(null=True, blank=True)
    ledig_til = models.DateField(null=True, blank=True)
    """The last day it can be let."""
    utleier = models.CharField(max_length=120, blank=True)
    telefon = models.CharField(max_length=20, blank=True)
    epost = models.CharField(max_length=200, blank=True)
    beskrivelse = models.TextField(blank=True)
    sist_sett = models.DateField()
    """The last day somebody read it in. Deleted when that is long ago (`rules.annonse.slettes_for`)."""
    bolig = models.ForeignKey(Bolig, models.PROTECT, null=True, blank=True, related_name="+")
    """The home it was registered as."""
    importert = models.DateTimeField(default=naa, editable=False)
    endret = models.DateTimeField(default=naa)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="annonse_en_per_kommune",
                fields=["organisasjon", "nokkel"],
                violation_error_message="Annonsen er allerede lest inn.",
            ),
            models.CheckConstraint(
                name="annonse_har_kilde",
                condition=~Q(lenke="") & ~Q(nokkel=""),
                violation_error_message="En annonse har lenken den ble funnet på.",
            ),
        ]
        indexes = [
            models.Index(fields=["organisasjon", "-importert"], name="annonse_kommune"),
            models.Index(fields=["sist_sett"], name="annonse_sist_sett"),
        ]

    @property
    def nummer(self) -> str:
        """What people say to each other. Never the address."""
        return f"A {self.pk}"


class Annonseimport(models.Model):
    """Listings were read in, one or a file: how many were new, changed and as before. The ledger points to its subject."""

    class Slag(models.TextChoices):
        TEKST = "tekst", "Tekst"
        FIL = "fil", "Fil"

    subjekt = models.OneToOneField("tilgang.Subjekt", models.PROTECT, primary_key=True, related_name="+")
    organisasjon = models.ForeignKey("aktor.Organisasjon", models.PROTECT, related_name="+")
    slag = models.CharField(max_length=10, choices=Slag)
    sha256 = models.CharField(max_length=64)
    """Of the file or the text."""
    nye = models.PositiveIntegerField()
    endrede = models.PositiveIntegerField()
    uendrede = models.PositiveIntegerField()
    tid = models.DateTimeField(default=naa, editable=False)
    av = models.ForeignKey("aktor.Bruker", models.PROTECT, null=True, related_name="+")


class Framskaffelse(models.Model):
    """A need for a home the municipality lets, from the need to a home that is ready (boligframskaffelse, R206).

    Only homes the municipality has at its disposal (its own, or rented in) belong here (R323). What may happen stands in
    `states_framskaffelse.FRAMSKAFFELSE`.
    """

    subjekt = models.OneToOneField("tilgang.Subjekt", models.PROTECT, primary_key=True, related_name="+")
    organisasjon = models.ForeignKey("aktor.Organisasjon", models.PROTECT, related_name="+")
    tilstand = models.CharField(max_length=12, default="behov")
    husholdning = models.ForeignKey(
        "person.Husholdning", models.PROTECT, null=True, blank=True, related_name="+"
    )
    """For whom, when that is known."""
    soverom = models.PositiveSmallIntegerField()
    plasser = models.PositiveSmallIntegerField()
    funksjoner = ArrayField(models.CharField(max_length=12), default=list, blank=True)
    onsket_fra = models.DateField("ønsket fra", null=True, blank=True)
    omraade = models.ForeignKey(Boomraade, models.PROTECT, null=True, blank=True, related_name="+")
    onske = models.CharField("ønske", max_length=200, blank=True)
    """Where they wish it, in words."""
    maks_leie = models.PositiveIntegerField(null=True, blank=True)
    """Kroner a month."""
    merknad = models.TextField(blank=True)
    bolig = models.ForeignKey(Bolig, models.PROTECT, null=True, blank=True, related_name="+")
    annonse = models.ForeignKey(Annonse, models.SET_NULL, null=True, blank=True, related_name="+")
    registrert = models.DateTimeField(default=naa, editable=False)
    registrert_av = models.ForeignKey("aktor.Bruker", models.PROTECT, null=True, related_name="+")
    endret = models.DateTimeField(default=naa)
    versjon = models.PositiveIntegerField(default=1)
    """Grows each time it is changed, so that two people do not write over each other."""

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="framskaffelse_storrelse",
                condition=Q(plasser__gte=1, plasser__lte=40, soverom__lte=30),
                violation_error_message="Et boligbehov gjelder 1–40 personer og høyst 30 soverom.",
            ),
            models.CheckConstraint(
                name="framskaffelse_funksjoner",
                condition=Q(funksjoner__contained_by=list(FUNKSJONER)),
                violation_error_message="En tilpasning er ikke kjent.",
            ),
            models.CheckConstraint(
                name="framskaffelse_har_kilde",
                condition=~Q(tilstand__in=["kilde", "kontrakt"]) | ~Q(bolig=None) | ~Q(annonse=None),
                violation_error_message="Fra og med «Kilde» er en bolig eller en annonse knyttet til behovet.",
            ),
            models.CheckConstraint(
                name="framskaffelse_klar_har_bolig",
                condition=~Q(tilstand="klar") | ~Q(bolig=None),
                violation_error_message="Et behov er dekket når boligen er registrert.",
            ),
            models.UniqueConstraint(
                name="framskaffelse_en_per_bolig",
                fields=["bolig"],
                condition=~Q(tilstand="avbrutt"),
                violation_error_message="Boligen er allerede knyttet til et annet behov.",
            ),
            models.UniqueConstraint(
                name="framskaffelse_en_per_annonse",
                fields=["annonse"],
                condition=~Q(tilstand="avbrutt"),
                violation_error_message="Annonsen er allerede knyttet til et annet behov.",
            ),
            models.UniqueConstraint(
                name="framskaffelse_en_per_husholdning",
                fields=["organisasjon", "husholdning"],
                condition=~Q(tilstand="avbrutt"),
                violation_error_message="Det er allerede registrert et boligbehov for husholdningen.",
            ),
        ]
        indexes = [
            models.Index(fields=["organisasjon", "tilstand"], name="framskaffelse_tavle"),
        ]

    def __str__(self) -> str:
        return self.nummer

    @property
    def nummer(self) -> str:
        """What people say to each other."""
        return f"F {self.pk}"


class Framskaffelsessteg(models.Model):
    """The days a need was at a stage. Moving back opens a new row: the dates before stay (R206)."""

    framskaffelse = models.ForeignKey(Framskaffelse, models.PROTECT, related_name="steg")
    steg = models.CharField(max_length=12)
    fra = models.DateField()
    til = models.DateField(null=True, blank=True)
    """The day it was moved on, or back."""

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="framskaffelsessteg_fra_for_til",
                condition=Q(til=None) | Q(til__gte=F("fra")),
                violation_error_message="Et steg slutter ikke før det begynner.",
            ),
            models.UniqueConstraint(
                name="framskaffelsessteg_ett_apent",
                fields=["framskaffelse"],
                condition=Q(til=None),
                violation_error_message="Et boligbehov er på ett steg om gangen.",
            ),
        ]
