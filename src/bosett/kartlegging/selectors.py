"""Who may read what in the room, one file for each part."""

from bosett.kartlegging import selectors_em as selectors_em
from bosett.kartlegging import selectors_kartlegging as selectors_kartlegging
from bosett.kartlegging import selectors_kultur as selectors_kultur
