"""What a municipality reports to IMDi: a home, places in a week, or persons it asks for; and its capacity week by week.

Two weekly numbers live side by side, and answer two questions. `Kapasitetsuke` is the municipality's own plan: how many it can take
each week, for as long ahead as it likes, raised and lowered when it wants. `anmodning.Ukeplasser` is an answer: IMDi has asked for a
time plan for some weeks of one round with a time limit, and each answer is a version that is never changed. Neither is copied to the
other. `Innmelding` is a third thing: an offer that IMDi opens, and then uses or says why not.
"""

from django.db import models
from django.db.models import Q

from bosett.grunn.klokke import naa

APNE = ("meldt", "sett")
"""Nobody has said yet what became of it."""


class Innmelding(models.Model):
    """One thing a municipality has reported. What may happen to it stands in `states_innmelding.INNMELDING`.

    `antall` is persons, and empty for a home, which has its own number of places. `uke` is the Monday of the week of the places.
    """

    class Slag(models.TextChoices):
        BOLIG = "bolig", "Bolig"
        PLASSER = "plasser", "Plasser i en uke"
        PERSON = "person", "Navngitte personer"

    subjekt = models.OneToOneField("tilgang.Subjekt", models.PROTECT, primary_key=True, related_name="+")
    organisasjon = models.ForeignKey("aktor.Organisasjon", models.PROTECT, related_name="+")
    slag = models.CharField(max_length=10, choices=Slag)
    tilstand = models.CharField(max_length=12, default="meldt")
    bolig = models.ForeignKey("bolig.Bolig", models.PROTECT, null=True, blank=True, related_name="+")
    uke = models.DateField(null=True, blank=True)
    antall = models.PositiveSmallIntegerField(null=True, blank=True)
    merknad = models.CharField(max_length=500, blank=True)
    """What IMDi should know. Never about a person."""
    meldt = models.DateTimeField(default=naa)
    meldt_av = models.ForeignKey("aktor.Bruker", models.PROTECT, null=True, related_name="+")
    sett = models.DateTimeField(null=True, blank=True)
    """When IMDi opened it the first time."""
    flagget = models.DateTimeField(null=True, blank=True)
    """When IMDi got a task because nobody had opened it."""
    avgjort = models.DateTimeField(null=True, blank=True)
    """When it was used, not used, or withdrawn."""
    avgjort_av = models.ForeignKey("aktor.Bruker", models.PROTECT, null=True, related_name="+")
    grunn = models.CharField(max_length=20, blank=True)
    """Why it was not used: a code of `satser/ikke_brukt.yaml`."""
    grunn_tekst = models.CharField(max_length=500, blank=True)

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="innmelding_innhold",
                condition=Q(slag="bolig", bolig__isnull=False, uke=None, antall=None)
                | Q(slag="plasser", bolig=None, uke__isnull=False, antall__gte=1)
                | Q(slag="person", bolig=None, uke=None, antall__gte=1),
                violation_error_message="En innmelding er en bolig, plasser i en uke eller personer.",
            ),
            models.CheckConstraint(
                name="innmelding_uke_begynner_mandag",
                condition=Q(uke=None) | Q(uke__iso_week_day=1),
                violation_error_message="En uke lagres som mandagen i den.",
            ),
            models.CheckConstraint(
                name="innmelding_sett_naar",
                condition=~Q(tilstand="sett") | Q(sett__isnull=False),
                violation_error_message="En innmelding som er sett, har en dag den ble sett.",
            ),
            models.CheckConstraint(
                name="innmelding_avgjort_naar",
                condition=Q(tilstand__in=APNE, avgjort=None)
                | (~Q(tilstand__in=APNE) & Q(avgjort__isnull=False)),
                violation_error_message="En innmelding som er avgjort, har en dag den ble avgjort.",
            ),
            models.CheckConstraint(
                name="innmelding_grunn",
                condition=Q(tilstand="ikke_brukt") & ~Q(grunn="") | ~Q(tilstand="ikke_brukt") & Q(grunn=""),
                violation_error_message="Kommunen skal få vite hvorfor innmeldingen ikke ble brukt.",
            ),
            models.CheckConstraint(
                name="innmelding_annen_grunn",
                condition=~Q(grunn="annet") | ~Q(grunn_tekst=""),
                violation_error_message="En annen grunn har en tekst.",
            ),
            models.UniqueConstraint(
                name="innmelding_en_apen_per_bolig",
                fields=["bolig"],
                condition=Q(tilstand__in=APNE),
                violation_error_message="Boligen er allerede meldt inn.",
            ),
        ]
        indexes = [
            models.Index(fields=["organisasjon", "tilstand"], name="innmelding_kommune"),
            models.Index(fields=["meldt"], condition=Q(tilstand="meldt"), name="innmelding_usett"),
        ]

    def __str__(self) -> str:
        return self.nummer

    @property
    def nummer(self) -> str:
        """What people say to each other: «I 17»."""
        return f"I {self.pk}"

    @property
    def apen(self) -> bool:
        return self.tilstand in APNE


class Persononske(models.Model):
    """Whom a municipality asks for, as it knows them. Its own people and IMDi's who work with persons see it; it can be deleted."""

    innmelding = models.OneToOneField(Innmelding, models.CASCADE, primary_key=True, related_name="personer")
    hvem = models.TextField()
    """A name or a DUF number on each line."""
    hvorfor = models.CharField(max_length=300)
    """Their tie to the municipality, as «bror bor her»."""

    class Meta:
        verbose_name = "personønske"
        constraints = [
            models.CheckConstraint(
                name="persononske_helt",
                condition=~Q(hvem="") & ~Q(hvorfor=""),
                violation_error_message="Skriv hvem dere ønsker, og hvorfor.",
            )
        ]


class Kapasitetsplan(models.Model):
    """How many a municipality can take, week by week. `versjon` grows with each change, so that nobody writes over another's."""

    subjekt = models.OneToOneField("tilgang.Subjekt", models.PROTECT, primary_key=True, related_name="+")
    organisasjon = models.OneToOneField("aktor.Organisasjon", models.PROTECT, related_name="+")
    versjon = models.PositiveIntegerField(default=0)


class Kapasitetsuke(models.Model):
    """Persons in the week that begins on the Monday `uke`. 0 is none; a week without a row is not planned."""

    plan = models.ForeignKey(Kapasitetsplan, models.PROTECT, related_name="uker")
    uke = models.DateField()
    plasser = models.PositiveSmallIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="kapasitetsuke_en_gang",
                fields=["plan", "uke"],
                violation_error_message="Uka har allerede et tall.",
            ),
            models.CheckConstraint(
                name="kapasitetsuke_begynner_mandag",
                condition=Q(uke__iso_week_day=1),
                violation_error_message="En uke lagres som mandagen i den.",
            ),
        ]


class Kapasitetsendring(models.Model):
    """One week of one change: from what (empty: nothing was planned) to what, who, when and why. Never changed."""

    plan = models.ForeignKey(Kapasitetsplan, models.PROTECT, related_name="endringer")
    versjon = models.PositiveIntegerField()
    uke = models.DateField()
    fra = models.PositiveSmallIntegerField(null=True)
    til = models.PositiveSmallIntegerField()
    grunn = models.CharField(max_length=300, blank=True)
    tid = models.DateTimeField(default=naa, editable=False)
    av = models.ForeignKey("aktor.Bruker", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="kapasitetsendring_en_gang",
                fields=["plan", "versjon", "uke"],
                violation_error_message="Endringen er allerede lagret.",
            )
        ]
