"""What rooms above want to be told of; they register themselves when the application starts."""

from collections.abc import Callable, Iterable

from bosett.aktor.kontekst import Aktor
from bosett.person.models_samtykke import Samtykke

ved_ny: list[Callable[[str, Iterable[str]], None]] = []
"""Called with «duf» and numbers, or «mottak» and a code, when somebody or a centre is registered otherwise than by a message."""


def meld_ny(slag: str, koder: Iterable[str]) -> None:
    for lytter in ved_ny:
        lytter(slag, koder)


ved_samtykke_slutt: list[Callable[[Aktor, Samtykke], None]] = []
"""Called inside the act, with the system as actor, when a consent has been taken back or has run out: what rests on it goes."""


def meld_samtykke_slutt(systemet: Aktor, samtykke: Samtykke) -> None:
    for lytter in ved_samtykke_slutt:
        lytter(systemet, samtykke)
