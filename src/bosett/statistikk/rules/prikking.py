"""Disclosure control: hide small figures of settled persons before they are published.

A figure of 1–4 settled (or agreed) persons in one municipality may point at a family, so it is not stored in the published
tables at all. Requests and decisions are public decisions about a number of places, not about persons, and are never hidden.
Zero is shown: it points at nobody.

Known gap, said openly on the method page: only the small cells themselves are hidden (primary suppression). Where a sum holds a
single hidden cell, the cell can be found by subtraction. Bosett does not yet hide a second cell to prevent that.
"""

from bosett.kilder.tall import Tilstand
from bosett.statistikk.rules.maal import PERSONMAAL

MINST, MEST = 1, 4


def skal_skjules(maal: str, verdi: int | None) -> bool:
    return maal in PERSONMAAL and verdi is not None and MINST <= verdi <= MEST


def prikk(maal: str, verdi: int | None, tilstand: Tilstand) -> tuple[int | None, Tilstand, bool]:
    """What may be published of a cell, and whether we were the ones who hid it."""
    if skal_skjules(maal, verdi):
        return None, Tilstand.SKJULT, True
    return verdi, tilstand, False
