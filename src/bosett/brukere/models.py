"""The subject under which an organisation's users are kept in the ledger, and requests for a municipality's first role."""

from django.db import models
from django.db.models import Q


class Organisasjonssak(models.Model):
    intern = "anchors an organisation's user administration in the ledger"
    subjekt = models.OneToOneField("tilgang.Subjekt", models.PROTECT, primary_key=True, related_name="+")
    organisasjon = models.OneToOneField("aktor.Organisasjon", models.PROTECT, related_name="+")


class Tilgangssoknad(models.Model):
    """Somebody asks to be the first administrator of a municipality (R048). What is about the person is emptied when its time
    is up (`slettet`); that there was a request, and what became of it, stays.

    `sokt_av` is the account of an applicant who was signed in; `bruker` the account that got the role.
    """

    subjekt = models.OneToOneField("tilgang.Subjekt", models.PROTECT, primary_key=True, related_name="+")
    referanse = models.CharField(max_length=12, unique=True)
    organisasjon = models.ForeignKey("aktor.Organisasjon", models.PROTECT, related_name="+")
    tilstand = models.CharField(max_length=10, default="ny")
    sendt = models.DateTimeField()
    sokt_av = models.ForeignKey("aktor.Bruker", models.PROTECT, null=True, related_name="+")
    navn = models.CharField(max_length=200, blank=True)
    epost = models.EmailField(blank=True)
    stilling = models.CharField(max_length=120, blank=True)
    bekrefter = models.CharField(max_length=200, blank=True)
    """Who in the municipality's leadership can confirm it, by name and position."""
    bekrefter_telefon = models.CharField(max_length=20, blank=True)
    behandlet = models.DateTimeField(null=True)
    behandlet_av = models.ForeignKey("aktor.Bruker", models.PROTECT, null=True, related_name="+")
    bruker = models.ForeignKey("aktor.Bruker", models.PROTECT, null=True, related_name="+")
    slettet = models.DateTimeField(null=True)

    OM_PERSONER = ("navn", "epost", "stilling", "bekrefter", "bekrefter_telefon")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="tilgangssoknad_en_apen",
                fields=["organisasjon", "epost"],
                condition=Q(tilstand="ny"),
                violation_error_message="Søknaden er allerede sendt.",
            ),
            models.CheckConstraint(
                name="tilgangssoknad_behandlet",
                condition=Q(tilstand="ny", behandlet__isnull=True)
                | ~Q(tilstand="ny") & Q(behandlet__isnull=False),
                violation_error_message="En søknad er behandlet fra et tidspunkt, ellers venter den.",
            ),
            models.CheckConstraint(
                name="tilgangssoknad_godkjent_har_bruker",
                condition=Q(tilstand="godkjent", bruker__isnull=False)
                | ~Q(tilstand="godkjent") & Q(bruker__isnull=True),
                violation_error_message="Bare en søknad som er godkjent, har gitt noen en bruker.",
            ),
            models.CheckConstraint(
                name="tilgangssoknad_slettet_er_tom",
                condition=Q(slettet__isnull=True)
                | Q(navn="", epost="", stilling="", bekrefter="", bekrefter_telefon="") & ~Q(tilstand="ny"),
                violation_error_message="Når opplysningene om søkeren er slettet, er feltene tomme.",
            ),
        ]

    def __str__(self) -> str:
        return self.referanse


class Soknadsteller(models.Model):
    intern = "counts the requests of a day per sender, by a salted digest that changes every day, so that nobody floods IMDi"
    dag = models.DateField()
    avtrykk = models.CharField(max_length=64)
    antall = models.PositiveIntegerField(default=1)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="soknadsteller_en_per_dag",
                fields=["dag", "avtrykk"],
                violation_error_message="Avsenderen er allerede telt i dag.",
            )
        ]
