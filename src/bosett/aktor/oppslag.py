"""Looking a row up."""

from typing import TypeVar

from django.db.models import Model, QuerySet

M = TypeVar("M", bound=Model)


def eneste(rader: QuerySet[M]) -> M | None:
    """The one row that a unique key leaves, or None.

    Not `.first()`: that sorts, and Django spends more on writing the order of a wide row than the database on finding it.
    """
    return next(iter(rader.order_by()[:1]), None)
