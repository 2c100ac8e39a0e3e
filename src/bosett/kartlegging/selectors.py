"""The reads of the room: one file per theme."""

from bosett.kartlegging import selectors_em as selectors_em
from bosett.kartlegging import selectors_kultur as selectors_kultur
