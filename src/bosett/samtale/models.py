"""The one thread of a subject: what was said, to whom, who has read how far; and contacts with municipalities."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from bosett.aktor.organisasjonsslag import Slag
from bosett.grunn.klokke import naa
from bosett.samtale.rules import PARTER

_PART = [(slag, Slag(slag).label) for slag in PARTER]


class Innlegg(models.Model):
    """Something that was said in the thread of a subject. Never changed (a trigger sees to it); it may be withdrawn once."""

    class Trukket(models.TextChoices):
        FEIL_SAK = "feil_sak", "Skrevet i feil sak"
        FEIL_LESER = "feil_leser", "Synlig for feil part"
        FEIL_INNHOLD = "feil_innhold", "Innholdet var feil"
        DOBBELT = "dobbelt", "Sendt to ganger"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    subjekt = models.ForeignKey("tilgang.Subjekt", models.PROTECT, related_name="+")
    organisasjon = models.ForeignKey("aktor.Organisasjon", models.PROTECT, related_name="+")
    """Whose message it is. Its members always see it."""
    fra = models.CharField(max_length=20, choices=_PART)
    """The kind of that organisation."""
    av = models.ForeignKey("aktor.Bruker", models.PROTECT, null=True, related_name="+")
    tid = models.DateTimeField(default=naa, editable=False)
    synlig = ArrayField(models.CharField(max_length=20), default=list)
    """The kinds of party that may read it (`rules.PARTER`), the writer's own among them; empty: the own organisation only."""
    tekst = models.TextField()
    """Empty when it has been withdrawn: then it lies in `Trukkettekst`, which only the writer's organisation sees."""
    sporsmaal_til = models.CharField(max_length=20, choices=_PART, blank=True)
    frist = models.DateField(null=True, blank=True)
    """When the answer is expected; only with a question."""
    svar_paa = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="svar")
    trukket = models.DateTimeField(null=True, blank=True)
    trukket_av = models.ForeignKey("aktor.Bruker", models.PROTECT, null=True, related_name="+")
    trukket_grunn = models.CharField(max_length=20, choices=Trukket.choices, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="innlegg_kjente_parter",
                condition=Q(synlig__contained_by=list(PARTER)),
                violation_error_message="Et innlegg kan bare være synlig for parter i saken.",
            ),
            models.CheckConstraint(
                name="innlegg_egen_part_ser",
                condition=Q(synlig=[]) | Q(synlig__contains=[F("fra")]),
                violation_error_message="Den som skriver, ser alltid sitt eget innlegg.",
            ),
            models.CheckConstraint(
                name="innlegg_sporsmaal",
                condition=Q(sporsmaal_til="", frist=None)
                | ~Q(sporsmaal_til="")
                & Q(frist__isnull=False, synlig__contains=[F("sporsmaal_til")])
                & ~Q(sporsmaal_til=F("fra")),
                violation_error_message="Et spørsmål må ha en frist og være synlig for den som skal svare.",
            ),
            models.CheckConstraint(
                name="innlegg_trukket",
                condition=Q(trukket=None, trukket_grunn="", tekst__gt="")
                | Q(trukket__isnull=False, tekst="") & ~Q(trukket_grunn=""),
                violation_error_message="Et innlegg som er trukket, har en grunn og ingen tekst.",
            ),
        ]
        indexes = [
            models.Index(fields=["subjekt", "id"], name="innlegg_traad"),
            models.Index(fields=["tid"], name="innlegg_tid"),
            models.Index(
                fields=["sporsmaal_til", "frist"],
                condition=~Q(sporsmaal_til=""),
                name="innlegg_sporsmaal_til",
            ),
        ]


class Trukkettekst(models.Model):
    """What a withdrawn message said. Its readers see it no longer, in the database either."""

    innlegg = models.OneToOneField(Innlegg, models.PROTECT, primary_key=True, related_name="+")
    tekst = models.TextField()


class Lest(models.Model):
    """How far a user has read in a thread."""

    intern = "how far a user has read; users see it as «uleste» and «lest av»"
    subjekt = models.ForeignKey("tilgang.Subjekt", models.PROTECT, related_name="+")
    bruker = models.ForeignKey("aktor.Bruker", models.PROTECT, related_name="+")
    organisasjon = models.ForeignKey("aktor.Organisasjon", models.PROTECT, related_name="+")
    sist = models.BigIntegerField()
    """Key of the last message that was shown."""
    tid = models.DateTimeField(default=naa)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="lest_en_per_bruker",
                fields=["subjekt", "bruker", "organisasjon"],
                violation_error_message="Brukeren har allerede et merke i samtalen.",
            )
        ]
        indexes = [models.Index(fields=["organisasjon", "subjekt"], name="lest_organisasjon")]


class Henvendelse(models.Model):
    """A municipality is asked whether it can settle a household. It is told what stands here, and not who they are."""

    class Svar(models.TextChoices):
        JA = "ja", "Ja"
        KANSKJE = "kanskje", "Kanskje"
        NEI = "nei", "Nei"

    class Trukket(models.TextChoices):
        FUNNET = "funnet", "En annen kommune bosetter dem"
        ENDRET = "endret", "Opplysningene stemmer ikke lenger"
        FEIL = "feil", "Sendt ved en feil"
        AVSLUTTET = "avsluttet", "Saken er avsluttet"
        """Not chosen by anybody: the case has ended (`sakskifte`)."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    subjekt = models.ForeignKey("tilgang.Subjekt", models.PROTECT, related_name="+")
    organisasjon = models.ForeignKey("aktor.Organisasjon", models.PROTECT, related_name="+")
    """Who asks."""
    av = models.ForeignKey("aktor.Bruker", models.PROTECT, null=True, related_name="+")
    til = models.ForeignKey("aktor.Organisasjon", models.PROTECT, related_name="+")
    sendt = models.DateTimeField(default=naa, editable=False)
    svarfrist = models.DateField()
    antall = models.PositiveSmallIntegerField()
    aldre = models.JSONField(default=list)
    """How many in each of `rules.ALDERSGRUPPER` the day it was sent."""
    spraak = models.JSONField(default=list)
    """ISO 639-3 codes."""
    behov = models.TextField()
    """In the sender's words: what they need of a home, school, health services. No name, no number."""
    tilstand = models.CharField(max_length=10, default="sendt")
    """A state of `states.HENVENDELSE`."""
    svar = models.CharField(max_length=10, choices=Svar.choices, blank=True)
    svartekst = models.TextField(blank=True)
    besvart = models.DateTimeField(null=True, blank=True)
    besvart_av = models.ForeignKey("aktor.Bruker", models.PROTECT, null=True, related_name="+")
    trukket = models.DateTimeField(null=True, blank=True)
    trukket_av = models.ForeignKey("aktor.Bruker", models.PROTECT, null=True, related_name="+")
    trukket_grunn = models.CharField(max_length=10, choices=Trukket.choices, blank=True)
    tross = ArrayField(models.UUIDField(), default=list)
    """Contacts about the same household that the sender was shown, and confirmed, before this one was sent."""

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="henvendelse_en_apen_per_kommune",
                fields=["subjekt", "til"],
                condition=Q(tilstand="sendt"),
                violation_error_message="Kommunen er allerede spurt, og har ikke svart.",
            ),
            models.CheckConstraint(
                name="henvendelse_tilstand",
                condition=Q(tilstand="sendt", besvart=None, svar="", trukket=None)
                | Q(tilstand="besvart", besvart__isnull=False, trukket=None) & ~Q(svar="")
                | Q(tilstand="trukket", trukket__isnull=False) & ~Q(trukket_grunn=""),
                violation_error_message="Svaret eller trekkingen av henvendelsen er ikke fullstendig.",
            ),
            models.CheckConstraint(
                name="henvendelse_til_en_annen",
                condition=~Q(til=F("organisasjon")),
                violation_error_message="En kommune kan ikke spørre seg selv.",
            ),
        ]
        indexes = [
            models.Index(fields=["subjekt", "-sendt"], name="henvendelse_sak"),
            models.Index(fields=["til", "tilstand", "svarfrist"], name="henvendelse_kommune"),
        ]

    @property
    def nummer(self) -> str:
        """What sender and municipality call it: the case's own number is not told."""
        return f"Henvendelse {self.pk}"
