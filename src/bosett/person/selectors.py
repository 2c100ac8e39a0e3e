"""Reads of the room."""

from bosett.person import selectors_dubletter as selectors_dubletter
