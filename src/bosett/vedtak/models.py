"""A municipality's answer to a request: the council's decision, IMDi's judgement of its words, and word of a late answer."""

import uuid

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from bosett.grunn.klokke import naa

PAABEGYNT = ("utkast", "til_vurdering")
BESVART = ("registrert", "til_vurdering")
"""Sent by the municipality: registered, or waiting for IMDi. Nobody is reminded."""
FERDIG = ("registrert", "erstattet")
STEMMER = (11, 85)
"""A council has from 11 to 85 members (R110)."""


class Vedtak(models.Model):
    """One decision on how many persons the municipality settles in a year, and the draft it grew from.

    `anmodning` is the request it answers; a later decision, of the same request or of an adjusted one, replaces it. Zero is a
    no; an empty number is not an answer. `em` says yes or no to unaccompanied minors, who are part of `antall`. A decision
    that is registered never changes (a trigger holds it).
    """

    class Organ(models.TextChoices):
        KOMMUNESTYRE = "kommunestyre", "Kommunestyret"
        FORMANNSKAP = "formannskap", "Formannskapet"
        ANNET = "annet", "Et annet organ"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    anmodning = models.ForeignKey("anmodning.Kommuneanmodning", models.PROTECT, related_name="+")
    organisasjon = models.ForeignKey("aktor.Organisasjon", models.PROTECT, related_name="+")
    kommune = models.ForeignKey("geografi.Kommune", models.PROTECT, related_name="+")
    aar = models.PositiveSmallIntegerField("år")
    nr = models.PositiveSmallIntegerField(null=True)
    """The number of the decision among the municipality's of that year; given when it is registered."""
    tilstand = models.CharField(max_length=20)
    versjon = models.PositiveIntegerField(default=1)
    """Grows each time the draft is saved, so that two people do not write over each other."""
    side = models.CharField(max_length=36, blank=True)
    """The opened page that saved it last: its own later saves never stand in each other's way."""

    antall = models.PositiveIntegerField(null=True, blank=True)
    em = models.BooleanField(null=True, blank=True)
    em_antall = models.PositiveIntegerField(null=True, blank=True)
    organ = models.CharField(max_length=20, choices=Organ, blank=True)
    organ_navn = models.CharField(max_length=100, blank=True)
    motedato = models.DateField("møtedato", null=True, blank=True)
    saksnummer = models.CharField(max_length=30, blank=True)
    stemmer_for = models.PositiveSmallIntegerField(null=True, blank=True)
    stemmer_mot = models.PositiveSmallIntegerField(null=True, blank=True)
    protokoll = models.URLField(max_length=500, blank=True)
    tekst = models.TextField(blank=True)
    # What IMDi asks besides, as in 2024 (domain.md 4.2). Persons; never part of the decided number.
    ekstra = models.PositiveIntegerField(null=True, blank=True)
    ekstra_em = models.PositiveIntegerField(null=True, blank=True)
    kapasitet = models.TextField(blank=True)
    """What would keep the municipality's capacity high."""

    paa_vegne = models.BooleanField("registrert av IMDi på vegne av kommunen", default=False)
    """IMDi wrote it in, because the answer came on paper or by e-mail and nobody in the municipality has access."""
    mottatt = models.DateField("kom til IMDi", null=True, blank=True)
    """The day IMDi got it, which decides whether it came in time. Only when it is on the municipality's behalf."""
    grunn = models.TextField("hvorfor IMDi registrerte det", blank=True)

    raad = models.JSONField(default=dict)
    """What was typed where it could not be read as a number or a date, so that a draft loses nothing."""
    kontroll = models.JSONField(default=dict)
    """What the check of reservations answered when the decision was sent."""
    sporsmaal = models.TextField(blank=True)
    """Why the municipality thinks the text is without reservations, when IMDi is asked to judge."""
    bekreftet = models.DateTimeField(null=True, blank=True)
    bekreftet_av = models.ForeignKey("aktor.Bruker", models.PROTECT, null=True, related_name="+")
    innsendt = models.DateTimeField(null=True, blank=True)
    innsendt_av = models.ForeignKey("aktor.Bruker", models.PROTECT, null=True, related_name="+")
    etter_frist = models.BooleanField(null=True, blank=True)
    registrert = models.DateTimeField(null=True, blank=True)
    erstattet = models.DateTimeField(null=True, blank=True)
    laget = models.DateTimeField(default=naa, editable=False)
    laget_av = models.ForeignKey("aktor.Bruker", models.PROTECT, null=True, related_name="+")
    endret = models.DateTimeField(default=naa)
    endret_av = models.ForeignKey("aktor.Bruker", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="vedtak_ett_utkast",
                fields=["anmodning"],
                condition=Q(tilstand__in=PAABEGYNT),
                violation_error_message="Noen andre i kommunen har allerede begynt på svaret.",
            ),
            models.UniqueConstraint(
                name="vedtak_ett_gjeldende",
                fields=["kommune", "aar"],
                condition=Q(tilstand="registrert"),
                violation_error_message="Kommunen har allerede et vedtak som gjelder for året.",
            ),
            models.UniqueConstraint(
                name="vedtak_ett_nummer",
                fields=["kommune", "aar", "nr"],
                violation_error_message="To vedtak kan ikke ha samme nummer.",
            ),
            models.CheckConstraint(
                name="vedtak_registrert_er_helt",
                condition=~Q(tilstand__in=FERDIG)
                | Q(
                    antall__isnull=False,
                    nr__isnull=False,
                    motedato__isnull=False,
                    bekreftet__isnull=False,
                    innsendt__isnull=False,
                    registrert__isnull=False,
                    etter_frist__isnull=False,
                )
                & (Q(em__isnull=False) | Q(antall=0))
                & ~Q(organ="")
                & ~Q(saksnummer="")
                & ~Q(tekst=""),
                violation_error_message="Et registrert vedtak må ha tall, organ, møtedato, saksnummer, tekst og bekreftede forpliktelser.",
            ),
            models.CheckConstraint(
                name="vedtak_em_i_antall",
                condition=~Q(tilstand__in=FERDIG)
                | Q(em__isnull=True)
                | Q(em=False, em_antall__isnull=True)
                | Q(em=True, em_antall__isnull=False, em_antall__lte=F("antall")),
                violation_error_message="Enslige mindreårige må være en del av tallet, og bare når kommunen sier ja til dem.",
            ),
            models.CheckConstraint(
                name="vedtak_stemmer",
                condition=~Q(tilstand__in=FERDIG)
                | Q(stemmer_for__isnull=True, stemmer_mot__isnull=True)
                | Q(
                    stemmer_for__isnull=False,
                    stemmer_mot__isnull=False,
                    stemmer_for__lte=STEMMER[1] - F("stemmer_mot"),
                )
                & (~Q(organ="kommunestyre") | Q(stemmer_for__gte=STEMMER[0] - F("stemmer_mot"))),
                violation_error_message="Et kommunestyre har fra 11 til 85 medlemmer.",
            ),
            models.CheckConstraint(
                name="vedtak_annet_organ_har_navn",
                condition=~Q(tilstand__in=FERDIG, organ="annet") | ~Q(organ_navn=""),
                violation_error_message="Skriv hvilket organ som gjorde vedtaket.",
            ),
            models.CheckConstraint(
                name="vedtak_paa_vegne_er_begrunnet",
                condition=~Q(tilstand__in=FERDIG)
                | Q(paa_vegne=False, mottatt__isnull=True, grunn="")
                | Q(paa_vegne=True, mottatt__isnull=False) & ~Q(grunn=""),
                violation_error_message="Når IMDi registrerer på vegne av kommunen, skal det stå hvorfor, og når svaret kom.",
            ),
        ]
        indexes = [models.Index(fields=["aar", "tilstand"], name="vedtak_per_aar")]

    def __str__(self) -> str:
        return f"Vedtak {self.aar}" + (f" ({self.nr})" if self.nr and self.nr > 1 else "")


def nokkel(vedtak: Vedtak) -> str:
    """The key under which the decision sheet lies among the documents; its later versions have more behind it."""
    return f"vedtak:{vedtak.uuid}"


class Vedtaksfil(models.Model):
    """The written copy of a decision, as the municipality brought it."""

    vedtak = models.ForeignKey(Vedtak, models.PROTECT, related_name="filer")
    innfil = models.ForeignKey("dokument.Innfil", models.PROTECT, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="vedtaksfil_en_gang",
                fields=["vedtak", "innfil"],
                violation_error_message="Filen ligger allerede ved vedtaket.",
            )
        ]


class Vurdering(models.Model):
    """A person in IMDi judged whether a decision's words hold a reservation. Kept with the words, and cited by its number."""

    vedtak = models.ForeignKey(Vedtak, models.PROTECT, related_name="vurderinger")
    aar = models.PositiveSmallIntegerField("år")
    nr = models.PositiveIntegerField()
    godtatt = models.BooleanField()
    tekst = models.TextField()
    funn = models.JSONField(default=list)
    begrunnelse = models.TextField()
    vurdert = models.DateTimeField(default=naa, editable=False)
    vurdert_av = models.ForeignKey("aktor.Bruker", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="vurdering_ett_nummer",
                fields=["aar", "nr"],
                violation_error_message="Noen andre gjorde en vurdering samtidig. Prøv igjen.",
            ),
            models.CheckConstraint(
                name="vurdering_har_begrunnelse",
                condition=~Q(begrunnelse=""),
                violation_error_message="En vurdering må ha en begrunnelse.",
            ),
        ]

    def __str__(self) -> str:
        return f"Vurdering {self.aar}/{self.nr}"


class Svarvarsel(models.Model):
    """The municipality says when its answer comes, when it cannot make the deadline, and whether it settles people meanwhile."""

    anmodning = models.ForeignKey("anmodning.Kommuneanmodning", models.PROTECT, related_name="+")
    organisasjon = models.ForeignKey("aktor.Organisasjon", models.PROTECT, related_name="+")
    ventes = models.DateField()
    bosetter_imens = models.BooleanField()
    begrunnelse = models.TextField(blank=True)
    meldt = models.DateTimeField(default=naa, editable=False)
    meldt_av = models.ForeignKey("aktor.Bruker", models.PROTECT, null=True, related_name="+")


class Paaminnelse(models.Model):
    """One reminder to a municipality that has not answered. `slag` is the number of days before the deadline, or «manuell»."""

    anmodning = models.ForeignKey("anmodning.Kommuneanmodning", models.PROTECT, related_name="+")
    organisasjon = models.ForeignKey("aktor.Organisasjon", models.PROTECT, related_name="+")
    slag = models.CharField(max_length=20)
    dag = models.DateField()
    tekst = models.TextField(blank=True)
    sendt = models.DateTimeField(default=naa, editable=False)
    sendt_av = models.ForeignKey("aktor.Bruker", models.PROTECT, null=True, related_name="+")
    kanaler = ArrayField(models.CharField(max_length=10), default=list)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="paaminnelse_en_per_dag",
                fields=["anmodning", "slag", "dag"],
                violation_error_message="Kommunen er allerede minnet på dette.",
            )
        ]
