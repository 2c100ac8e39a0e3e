"""Reads of the room."""

from bosett.person import kopi as kopi
from bosett.person import selectors_personvern as selectors_personvern
