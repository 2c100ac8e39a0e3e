"""What other pieces show on the page of a home: each gives a template with its content, or None when there is nothing to show."""

from collections.abc import Callable, Mapping
from typing import Any

from bosett.aktor.kontekst import Aktor
from bosett.bolig.models import Bolig
from bosett.web.bolig.husbanken import paa_boligen

Del = tuple[str, Mapping[str, Any]]

DELER: tuple[Callable[[Aktor, Bolig], Del | None], ...] = (paa_boligen,)


def for_bolig(aktor: Aktor, bolig: Bolig) -> list[Del]:
    return [del_ for lag in DELER if (del_ := lag(aktor, bolig)) is not None]
