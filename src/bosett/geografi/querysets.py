"""Two time axes as two filters: `gjelder` (valid then) and `kjent` (known then)."""

from datetime import date, datetime
from typing import Self

from django.db import models
from django.db.models import Q


class Datert(models.QuerySet):
    """Rows with a half-open period `fra`–`til`; an empty end on either side is open."""

    def gjelder(self, dato: date) -> Self:
        """The rows valid on `dato`."""
        return self.filter(Q(fra__isnull=True) | Q(fra__lte=dato), Q(til__isnull=True) | Q(til__gt=dato))


class Kjent(models.QuerySet):
    """Rows that are replaced and never overwritten."""

    def kjent(self, tidspunkt: datetime | None = None) -> Self:
        """The rows Bosett believed at `tidspunkt` (an aware moment); without it: those it believes now."""
        if tidspunkt is None:
            return self.filter(erstattet__isnull=True)
        return self.filter(
            Q(kjent_fra__lte=tidspunkt), Q(erstattet__isnull=True) | Q(erstattet__gt=tidspunkt)
        )
