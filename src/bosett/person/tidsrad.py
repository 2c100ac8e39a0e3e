"""Facts on two time axes: when they were true (`fra`–`til`), and when we knew it (`kjent_fra`–`kjent_til`).

A fact is never changed. What turns out wrong is closed on the known axis, and what is right is written beside it, so that any
page can be shown as it was true then, or as it was known then.
"""

from datetime import date, datetime
from typing import Any, Self

from django.db import models
from django.db.models import F, Q

from bosett.grunn.klokke import i_dag, naa


class TidsradSporring(models.QuerySet[Any]):
    def kjent(self, tidspunkt: datetime | None = None) -> Self:
        """As we knew it at a moment; without one, as we know it now."""
        if tidspunkt is None:
            return self.filter(kjent_til=None)
        return self.filter(Q(kjent_til=None) | Q(kjent_til__gt=tidspunkt), kjent_fra__lte=tidspunkt)

    def gjelder(self, dato: date | None = None) -> Self:
        """True on a day; without one, today."""
        dag = dato or i_dag()
        return self.filter(Q(til=None) | Q(til__gt=dag), fra__lte=dag)


class Tidsrad(models.Model):
    fra = models.DateField()
    til = models.DateField(null=True, blank=True)
    """The first day it no longer holds; empty while no end is known."""
    kjent_fra = models.DateTimeField(default=naa, editable=False)
    kjent_til = models.DateTimeField(null=True, blank=True)
    kilde = models.CharField(max_length=20)
    """Who says so: `udi`, `imdi`, `mottak`, `soknad` …"""
    kilde_nr = models.PositiveBigIntegerField(default=0)
    """The source's own order of what it says about one person: of two facts from the same day the higher one stands."""
    hvorfor = models.CharField(max_length=200, blank=True)
    registrert_av = models.ForeignKey("aktor.Bruker", models.PROTECT, null=True, related_name="+")

    objects = TidsradSporring.as_manager()

    class Meta:
        abstract = True
        constraints = [
            models.CheckConstraint(
                name="%(class)s_periode",
                condition=Q(til__isnull=True) | Q(til__gt=F("fra")),
                violation_error_message="Opplysningen kan ikke slutte før den begynner.",
            ),
            models.CheckConstraint(
                name="%(class)s_kjent",
                condition=Q(kjent_til__isnull=True) | Q(kjent_til__gte=F("kjent_fra")),
                violation_error_message="Opplysningen kan ikke være rettet før den ble kjent.",
            ),
        ]
