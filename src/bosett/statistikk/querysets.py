"""The two readings of published rows: now, and as they stood in a numbered edition."""

from typing import Self

from django.db import models
from django.db.models import Q


class Publisert(models.QuerySet):
    def gjeldende(self) -> Self:
        """The rows nobody has superseded."""
        return self.filter(erstattet_av__isnull=True)

    def per_utgave(self, utgave: int | None) -> Self:
        """The rows that were current right after publication number `utgave`; without it: those of now."""
        if utgave is None:
            return self.gjeldende()
        return self.filter(
            Q(publisering__lte=utgave), Q(erstattet_av__isnull=True) | Q(erstattet_av__gt=utgave)
        )
