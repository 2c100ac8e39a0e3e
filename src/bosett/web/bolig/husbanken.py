"""The block about what Husbanken finances, and a need on the page of its home."""

from typing import Any

from bosett.aktor.kontekst import Aktor
from bosett.bolig import selectors_framskaffelse as selectors
from bosett.bolig.models import Bolig
from bosett.bolig.querysets import SE_FRAMSKAFFELSE
from bosett.bolig.rules.husbanken import ordninger
from bosett.grunn.klokke import i_dag
from bosett.tilgang.policy import kan
from bosett.web.bolig.framskaffelse_ord import stegmerke


def blokk() -> dict[str, Any]:
    """For `bolig/_husbanken.html`."""
    return {"husbanken": ordninger(i_dag())}


def paa_boligen(aktor: Aktor, bolig: Bolig) -> tuple[str, dict[str, Any]] | None:
    """The need the home is to cover."""
    if not kan(aktor, SE_FRAMSKAFFELSE) or (f := selectors.paa_bolig(aktor, bolig)) is None:
        return None
    return "bolig/_framskaffelse_del.html", {"f": f, "steg": stegmerke(f.tilstand)}
