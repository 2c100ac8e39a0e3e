"""What other parts of the room want to be told when a home is held for a household. They put themselves in when the application starts.

All are called inside the act, under the locks of the home and the household; one that raises stops the act.
"""

from collections.abc import Callable

from bosett.aktor.kontekst import Aktor
from bosett.bolig.models import Bolig, Boligkobling

for_koblet: list[Callable[[Bolig], None]] = []
"""Raises `Konflikt` for a home that cannot be held for anybody: a student partner's unit, say. The call point of `kan_knyttes`."""
ved_koblet: list[Callable[[Aktor, Boligkobling], None]] = []
ved_losnet: list[Callable[[Aktor, Boligkobling], None]] = []
