"""Places per week: IMDi asks the municipalities of a round that has been sent, and each fills in its own weeks.

The numbers are indicative: they bind nobody, and change neither the request nor the municipality's decision.
"""

from datetime import date, timedelta

from django.db import models
from django.db.models import F, Q

from bosett.grunn.klokke import naa
from bosett.grunn.uker import sondag, uker

HOYST_UKER = 52


class Tidsplankrav(models.Model):
    """IMDi asks for places per week from the week of `fra` to the week of `til` (both Mondays), to be answered by `frist`."""

    runde = models.ForeignKey("anmodning.Runde", models.PROTECT, related_name="tidsplankrav")
    nr = models.PositiveSmallIntegerField()
    fra = models.DateField()
    til = models.DateField()
    frist = models.DateField()
    begrunnelse = models.TextField()
    stilt = models.DateTimeField(default=naa, editable=False)
    stilt_av = models.ForeignKey("aktor.Bruker", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="tidsplankrav_ett_nummer",
                fields=["runde", "nr"],
                violation_error_message="Noen andre ba om en tidsplan samtidig. Last siden på nytt.",
            ),
            models.CheckConstraint(
                name="tidsplankrav_begynner_paa_mandager",
                condition=Q(fra__iso_week_day=1, til__iso_week_day=1),
                violation_error_message="En uke lagres som mandagen i den.",
            ),
            models.CheckConstraint(
                name="tidsplankrav_hoyst_et_aar",
                condition=Q(til__gte=F("fra"), til__lt=F("fra") + timedelta(weeks=HOYST_UKER)),
                violation_error_message="Den siste uka kan ikke komme før den første, og det kan være høyst 52 uker.",
            ),
            models.CheckConstraint(
                name="tidsplankrav_har_begrunnelse",
                condition=~Q(begrunnelse=""),
                violation_error_message="Kommunene skal få vite hvorfor IMDi ber om tidsplanen.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.runde}, tidsplan {self.nr}"

    @property
    def uker(self) -> list[date]:
        return uker(self.fra, self.til)

    @property
    def antall_uker(self) -> int:
        return (self.til - self.fra).days // 7 + 1

    @property
    def slutt(self) -> date:
        """The Sunday the last week ends."""
        return sondag(self.til)


class Tidsplan(models.Model):
    """One municipality's part of an ask. Open while `erstattet` is empty: then no newer ask has come in its place."""

    krav = models.ForeignKey(Tidsplankrav, models.PROTECT, related_name="tidsplaner")
    anmodning = models.ForeignKey("anmodning.Kommuneanmodning", models.PROTECT, related_name="tidsplaner")
    erstattet = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="tidsplan_en_per_krav",
                fields=["krav", "anmodning"],
                violation_error_message="Kommunen er allerede spurt her.",
            ),
            models.UniqueConstraint(
                name="tidsplan_en_apen_per_kommune",
                fields=["anmodning"],
                condition=Q(erstattet__isnull=True),
                violation_error_message="Kommunen har allerede en åpen tidsplan. Last siden på nytt.",
            ),
        ]


class Tidsplansvar(models.Model):
    """One version of what a municipality filled in. Never changed: an edit is a new version, and the highest number is in force."""

    tidsplan = models.ForeignKey(Tidsplan, models.PROTECT, related_name="svar")
    nr = models.PositiveSmallIntegerField()
    lagret = models.DateTimeField(default=naa, editable=False)
    lagret_av = models.ForeignKey("aktor.Bruker", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="tidsplansvar_ett_nummer",
                fields=["tidsplan", "nr"],
                violation_error_message="Noen andre lagret samtidig. Se over tallene, og lagre igjen.",
            )
        ]


class Ukeplasser(models.Model):
    """Places (persons) in the week that begins on the Monday `uke`. 0 is none; a week without a row is not answered."""

    svar = models.ForeignKey(Tidsplansvar, models.PROTECT, related_name="uker")
    uke = models.DateField()
    plasser = models.PositiveIntegerField()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="ukeplasser_en_gang",
                fields=["svar", "uke"],
                violation_error_message="Uka har allerede et tall.",
            ),
            models.CheckConstraint(
                name="ukeplasser_begynner_paa_mandag",
                condition=Q(uke__iso_week_day=1),
                violation_error_message="En uke lagres som mandagen i den.",
            ),
        ]
