"""What a person has told about needs, abilities, qualifications and wishes, and the talks it was told in."""

import uuid

from django.db import models
from django.db.models import F, Q

from bosett.grunn.klokke import naa
from bosett.person.tidsrad import Tidsrad


class Kartlegging(models.Model):
    """One person's mapping by one version of the form. The answers hang on the person, so a new version asks nothing twice."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey("person.Person", models.CASCADE, related_name="+")
    skjemaversjon = models.PositiveSmallIntegerField()
    """Of `satser/skjema_*.yaml`."""
    tilstand = models.CharField(max_length=10, default="utkast")
    spraak = models.CharField("språk", max_length=3, blank=True)
    """The language of the talk, ISO 639-3; empty while nobody has said."""
    registrert = models.DateTimeField(default=naa, editable=False)
    registrert_av = models.ForeignKey("aktor.Bruker", models.PROTECT, null=True, related_name="+")
    fullfort = models.DateTimeField("fullført", null=True, blank=True)
    fullfort_forst = models.DateTimeField("fullført første gang", null=True, blank=True)
    """Stays when the mapping is opened again: the centre's waiting days ended then."""
    fullfort_av = models.ForeignKey("aktor.Bruker", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="kartlegging_en_per_versjon",
                fields=["person", "skjemaversjon"],
                violation_error_message="Personen er allerede kartlagt med dette skjemaet.",
            ),
            models.UniqueConstraint(
                name="kartlegging_en_gjeldende",
                fields=["person"],
                condition=~Q(tilstand="foreldet"),
                violation_error_message="Personen har allerede en kartlegging som gjelder.",
            ),
            models.CheckConstraint(
                name="kartlegging_fullfort_har_tid",
                condition=Q(fullfort__isnull=False) | ~Q(tilstand="fullfort"),
                violation_error_message="En fullført kartlegging må ha en tid.",
            ),
        ]


class Kartleggingssvar(Tidsrad):
    """An answer to one field. Never changed: a new answer closes the old one on the known axis. `fra` is the day it was said.

    A row also tells that somebody does not want to say, or does not know; and that an answer was taken away (`tom`).
    """

    class Status(models.TextChoices):
        SVAR = "svar", "Svart"
        VIL_IKKE = "vil_ikke", "Vil ikke svare"
        VET_IKKE = "vet_ikke", "Vet ikke"
        TOM = "tom", "Ikke svart"

    kartlegging = models.ForeignKey(Kartlegging, models.CASCADE, related_name="svarene")
    person = models.ForeignKey("person.Person", models.CASCADE, related_name="+")
    felt = models.CharField(max_length=40)
    """A field of the form."""
    status = models.CharField(max_length=10, choices=Status.choices)
    verdi = models.JSONField(null=True)
    """As `rules.verdier.les` gives it; empty unless the status is `svar`."""
    kategori = models.CharField(max_length=20, blank=True)
    """`helse`, `religion` or `etnisitet`: stored only when necessary, with `hvorfor` and a consent; empty for the rest."""
    samtykke = models.ForeignKey("person.Samtykke", models.PROTECT, null=True, related_name="+")
    side = models.CharField(max_length=36, blank=True)
    """The opened page it was saved from: one who writes on is not in conflict with oneself."""

    class Meta(Tidsrad.Meta):
        constraints = [
            *Tidsrad.Meta.constraints,
            models.UniqueConstraint(
                name="kartleggingssvar_ett_gjeldende",
                fields=["person", "felt"],
                condition=Q(kjent_til__isnull=True),
                violation_error_message="Feltet har allerede et svar som gjelder.",
            ),
            models.CheckConstraint(
                name="kartleggingssvar_verdi",
                condition=Q(status="svar", verdi__isnull=False) | ~Q(status="svar") & Q(verdi__isnull=True),
                violation_error_message="Et svar må ha en verdi, og bare et svar har det.",
            ),
            models.CheckConstraint(
                name="kartleggingssvar_saerlig",
                condition=Q(kategori="") | ~Q(status="svar") | Q(samtykke__isnull=False) & ~Q(hvorfor=""),
                violation_error_message="Svar om helse, religion og etnisk bakgrunn må ha samtykke og en grunn.",
            ),
        ]


class Intervju(models.Model):
    """One talk: whether an interpreter was needed, came and was good; what was said, what was told, in which language."""

    class Tolkebehov(models.TextChoices):
        JA = "ja", "Ja"
        NEI = "nei", "Nei"

    class Maate(models.TextChoices):
        OPPMOTE = "oppmote", "I samme rom"
        VIDEO = "video", "På video"
        TELEFON = "telefon", "På telefon"

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    person = models.ForeignKey("person.Person", models.CASCADE, related_name="+")
    holdt = models.DateField()
    """The day of the talk, past or planned."""
    maate = models.CharField("måte", max_length=10, choices=Maate.choices)
    konsulent = models.ForeignKey("aktor.Bruker", models.PROTECT, null=True, related_name="+")
    tolkebehov = models.CharField(max_length=3, choices=Tolkebehov.choices)
    spraak = models.CharField("språk", max_length=3, blank=True)
    """Of the talk, ISO 639-3: the interpreter's when one was needed."""
    tolk_bestilt = models.BooleanField(null=True)
    tolk_mott = models.BooleanField("tolken møtte", null=True)
    tolk_kvalitet = models.PositiveSmallIntegerField(null=True)
    """1 (could not be used) to 5 (very good), as the consultant saw it."""
    tolkesjekk = models.JSONField(default=list)
    """Codes of `satser/tolkesjekk.yaml` that were ticked."""
    egne_ord = models.TextField(blank=True)
    """The person's own words."""
    fortalt = models.TextField(blank=True)
    """What the person was told."""
    fortalt_spraak = models.CharField(max_length=3, blank=True)
    versjon = models.PositiveIntegerField(default=1)
    side = models.CharField(max_length=36)
    """The opened page it was first saved from: sent twice, it is one talk."""
    registrert = models.DateTimeField(default=naa, editable=False)
    registrert_av = models.ForeignKey("aktor.Bruker", models.PROTECT, null=True, related_name="+")
    endret = models.DateTimeField(default=naa)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="intervju_tolk_er_besvart",
                condition=Q(tolkebehov__in=("ja", "nei")),
                violation_error_message="Svar på om personen trenger tolk.",
            ),
            models.CheckConstraint(
                name="intervju_tolk_har_spraak",
                condition=Q(tolkebehov="nei") | Q(tolk_bestilt__isnull=False) & ~Q(spraak=""),
                violation_error_message="Når personen trenger tolk, må språket og bestillingen være besvart.",
            ),
            models.CheckConstraint(
                name="intervju_uten_tolk",
                condition=Q(tolkebehov="ja")
                | Q(tolk_bestilt__isnull=True, tolk_mott__isnull=True, tolk_kvalitet__isnull=True),
                violation_error_message="Uten tolk er det ingen tolk å vurdere.",
            ),
            models.CheckConstraint(
                name="intervju_kvalitet",
                condition=Q(tolk_kvalitet__isnull=True) | Q(tolk_mott=True, tolk_kvalitet__range=(1, 5)),
                violation_error_message="Bare en tolk som møtte, kan vurderes, fra 1 til 5.",
            ),
            models.CheckConstraint(
                name="intervju_fortalt_spraak",
                condition=Q(fortalt="") | ~Q(fortalt_spraak=""),
                violation_error_message="Skriv hvilket språk personen fikk det fortalt på.",
            ),
            models.UniqueConstraint(name="intervju_en_per_side", fields=["person", "side"]),
        ]
        indexes = [models.Index(F("person"), F("holdt").desc(), name="intervju_per_person")]
