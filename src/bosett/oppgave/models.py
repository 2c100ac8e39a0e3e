"""Tasks: what an organisation should do next about a subject, with a deadline. And who has taken a case from a shared queue."""

import uuid
from datetime import date, timedelta
from typing import Any, Self

from django.contrib.postgres.constraints import ExclusionConstraint
from django.contrib.postgres.fields import RangeOperators
from django.db import models
from django.db.models import F, Func, Q, Value
from django.db.models.functions import Cast, Least

from bosett.grunn.klokke import OSLO, naa


class Oppgave(models.Model):
    """One thing to do. `slag` names the kind (a text in both forms lies in `oppgave.slag`), `sti` leads to where it is done."""

    uuid = models.UUIDField(default=uuid.uuid4, unique=True, editable=False)
    subjekt = models.ForeignKey("tilgang.Subjekt", models.PROTECT, related_name="+")
    organisasjon = models.ForeignKey("aktor.Organisasjon", models.PROTECT, related_name="+")
    roller = models.JSONField(default=list)
    bruker = models.ForeignKey("aktor.Bruker", models.PROTECT, null=True, related_name="+")
    """For this user only; empty: for all with one of the roles."""
    slag = models.CharField(max_length=60)
    nokkel = models.CharField(max_length=36, blank=True)
    """Tells apart the tasks people write down themselves (`services.EGEN`), of which a case may have many."""
    gjelder = models.CharField(max_length=200)
    sti = models.CharField(max_length=200)
    frist = models.DateField(null=True)
    opprettet = models.DateTimeField(default=naa, editable=False)
    ferdig = models.DateTimeField(null=True)
    minnet = models.DateField(null=True)
    """The day Bosett reminded of a deadline that was over."""
    ferdig_av = models.ForeignKey("aktor.Bruker", models.PROTECT, null=True, related_name="+")

    class Meta:
        constraints = [
            models.UniqueConstraint(
                name="oppgave_en_per_sak",
                fields=["subjekt", "organisasjon", "slag", "nokkel"],
                violation_error_message="Oppgaven finnes allerede.",
            )
        ]
        indexes = [models.Index(fields=["organisasjon", "ferdig", "frist"], name="oppgave_apne")]

    def __str__(self) -> str:
        return f"{self.slag}: {self.gjelder}"


class Reservasjoner(models.QuerySet[Any]):
    def gjelder(self) -> Self:
        """Those that hold now. One that has run out needs nobody to close it."""
        return self.filter(sluppet=None, til__gt=naa())


def _ett(felt: str) -> tuple[Any, str]:
    """A key as a range of one number: without btree_gist an exclusion compares ranges only."""
    nokkel = Cast(F(felt), models.BigIntegerField())
    return Func(nokkel, nokkel, Value("[]"), function="int8range"), RangeOperators.OVERLAPS


class Reservasjon(models.Model):
    """Somebody works with a case of a shared queue (`ko`), alone in the organisation, until it is let go (`sluppet`) or runs out (`til`).

    A case that is moved ends with the one and begins with the other: `gitt_av` moved it, and said so in `merknad`.
    """

    subjekt = models.ForeignKey("tilgang.Subjekt", models.PROTECT, related_name="+")
    bruker = models.ForeignKey("aktor.Bruker", models.PROTECT, related_name="+")
    organisasjon = models.ForeignKey("aktor.Organisasjon", models.PROTECT, related_name="+")
    ko = models.CharField("kø", max_length=20)
    fra = models.DateTimeField()
    til = models.DateTimeField()
    sluppet = models.DateTimeField(null=True, blank=True)
    gitt_av = models.ForeignKey("aktor.Bruker", models.PROTECT, null=True, related_name="+")
    merknad = models.CharField(max_length=300, blank=True)

    objects = Reservasjoner.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="reservasjon_periode",
                condition=Q(til__gt=F("fra")) & (Q(sluppet__isnull=True) | Q(sluppet__gte=F("fra"))),
                violation_error_message="Reservasjonen kan ikke slutte før den begynner.",
            ),
            ExclusionConstraint(
                name="reservasjon_en_om_gangen",
                expressions=[
                    _ett("subjekt"),
                    _ett("organisasjon"),
                    (Func(F("fra"), Least("til", "sluppet"), function="tstzrange"), RangeOperators.OVERLAPS),
                ],
                index_type="GIST",
                violation_error_message="Saken er allerede reservert.",
            ),
        ]
        indexes = [models.Index(fields=["bruker", "til"], condition=Q(sluppet=None), name="reservasjon_mine")]

    @property
    def siste_dag(self) -> date:
        """The last day it holds, as people write a period."""
        return self.til.astimezone(OSLO).date() - timedelta(days=1)
