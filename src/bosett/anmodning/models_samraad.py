"""The dialogue before approval: who is shown the numbers, what they say and are answered, and what IMDi adjusts after it."""

from django.db import models
from django.db.models import F, Q

from bosett.grunn.klokke import naa


class Samraad(models.Model):
    """KS and the county municipalities see the numbers before approval, and say what they think within `frist` (R131).

    `revisjon` is the version they were shown first. Open while `avsluttet` is empty.
    """

    runde = models.ForeignKey("anmodning.Runde", models.PROTECT, related_name="samraad")
    revisjon = models.ForeignKey("anmodning.Revisjon", models.PROTECT, related_name="+")
    frist = models.DateField()
    apnet = models.DateTimeField(default=naa, editable=False)
    apnet_av = models.ForeignKey("aktor.Bruker", models.PROTECT, null=True, related_name="+")
    avsluttet = models.DateTimeField(null=True, blank=True)
    begrunnelse = models.TextField(blank=True)
    """Why it was ended before the time limit, while somebody had not answered."""

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="samraad_ett_om_gangen",
                fields=["runde"],
                condition=Q(avsluttet__isnull=True),
                violation_error_message="Runden er allerede i samråd.",
            )
        ]


class Samraadspart(models.Model):
    """KS or one county municipality in a dialogue. A subject of its own: what it says is seen by itself and IMDi."""

    subjekt = models.OneToOneField("tilgang.Subjekt", models.PROTECT, primary_key=True, related_name="+")
    samraad = models.ForeignKey(Samraad, models.PROTECT, related_name="parter")
    organisasjon = models.ForeignKey("aktor.Organisasjon", models.PROTECT, related_name="+")
    uttalt = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="samraadspart_en_gang",
                fields=["samraad", "organisasjon"],
                violation_error_message="Organisasjonen er allerede med i samrådet.",
            )
        ]


class Innspill(models.Model):
    """What a party said: about all the numbers, or about one (`anmodning`), with the number it recommends (persons).

    `revisjon` is the version they looked at. Never changed; a new one is added.
    """

    part = models.ForeignKey(Samraadspart, models.PROTECT, related_name="innspill")
    revisjon = models.ForeignKey("anmodning.Revisjon", models.PROTECT, related_name="+")
    anmodning = models.ForeignKey(
        "anmodning.Kommuneanmodning", models.PROTECT, null=True, blank=True, related_name="innspill"
    )
    antall = models.PositiveIntegerField(null=True, blank=True)
    tekst = models.TextField()
    skrevet = models.DateTimeField(default=naa, editable=False)
    skrevet_av = models.ForeignKey("aktor.Bruker", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="innspill_har_tekst",
                condition=~Q(tekst=""),
                violation_error_message="Et innspill må ha en tekst.",
            ),
            models.CheckConstraint(
                name="innspill_tall_gjelder_en_kommune",
                condition=Q(antall__isnull=True) | Q(anmodning__isnull=False),
                violation_error_message="Et anbefalt tall må gjelde én kommune.",
            ),
        ]


class Innspillsvar(models.Model):
    """IMDi's answer to what a party said: one, never changed, and seen by those who see what it answers."""

    innspill = models.ForeignKey(Innspill, models.PROTECT, related_name="svar")
    tekst = models.TextField()
    skrevet = models.DateTimeField(default=naa, editable=False)
    skrevet_av = models.ForeignKey("aktor.Bruker", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="innspillsvar_ett_per_innspill",
                fields=["innspill"],
                violation_error_message="Noen andre har allerede svart på innspillet.",
            ),
            models.CheckConstraint(
                name="innspillsvar_har_tekst",
                condition=~Q(tekst=""),
                violation_error_message="Et svar må ha en tekst.",
            ),
        ]


class Justering(models.Model):
    """A number a person set after dialogue: how many, why, on whose word. In force while `trukket` is empty.

    `em`: how many of them are unaccompanied minors; empty when the key decides. Minors always add up to the need's.

    `fylke` moves places inside the county only; `land` divides the rest of the country anew; with `ingen` nobody takes the
    difference, and the sum of the numbers is another than the need.
    """

    class Omfang(models.TextChoices):
        FYLKE = "fylke", "Bare i fylket"
        LAND = "land", "Hele landet"
        INGEN = "ingen", "Ingen"

    anmodning = models.ForeignKey("anmodning.Kommuneanmodning", models.PROTECT, related_name="justeringer")
    antall = models.PositiveIntegerField()
    em = models.PositiveIntegerField(null=True, blank=True)
    omfang = models.CharField(max_length=10, choices=Omfang)
    begrunnelse = models.TextField()
    etter = models.CharField(max_length=200)
    """Whose word it follows: KS, the county municipality, or IMDi's own judgement."""
    gjort = models.DateTimeField(default=naa, editable=False)
    gjort_av = models.ForeignKey("aktor.Bruker", models.PROTECT, null=True, related_name="+")
    trukket = models.DateTimeField(null=True, blank=True)
    trukket_av = models.ForeignKey("aktor.Bruker", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="justering_en_per_kommune",
                fields=["anmodning"],
                condition=Q(trukket__isnull=True),
                violation_error_message="Tallet til kommunen er allerede justert. Trekk den justeringen først.",
            ),
            models.CheckConstraint(
                name="justering_har_begrunnelse",
                condition=~Q(begrunnelse="") & ~Q(etter=""),
                violation_error_message="En justering må ha en begrunnelse, og si hvem den følger.",
            ),
            models.CheckConstraint(
                name="justering_em_i_antall",
                condition=Q(em__isnull=True) | Q(em__lte=F("antall")),
                violation_error_message="Enslige mindreårige kan ikke være flere enn alle kommunen blir bedt om.",
            ),
            models.CheckConstraint(
                name="justering_kjent_omfang",
                condition=Q(omfang__in=["fylke", "land", "ingen"]),
                violation_error_message="En justering må si hvem som tar differansen.",
            ),
        ]
