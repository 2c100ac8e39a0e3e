"""What rooms above want to be told of, and what they tell; they register themselves when the application starts."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence

from bosett.aktor.kontekst import Aktor
from bosett.person.models_samtykke import Samtykke
from bosett.person.rules.ventedager import Hendelse, tabell

ved_ny: list[Callable[[str, Iterable[str]], None]] = []
"""Called with «duf» and numbers, or «mottak» and a code, when somebody or a centre is registered otherwise than by a message."""

Ventekilde = Callable[[Collection[int]], Mapping[int, Sequence[Hendelse]]]
ventekilder: dict[Ventekilde, frozenset[str]] = {}
"""Who gives events of the wait (`gi_ventehendelser`), and which kinds."""


def meld_ny(slag: str, koder: Iterable[str]) -> None:
    for lytter in ved_ny:
        lytter(slag, koder)


def gi_ventehendelser(kilde: Ventekilde, slag: Collection[str]) -> None:
    """A room above gives events of these kinds (of `satser/ventedager.yaml`) for households: mapping finished, offer sent …

    `kilde` is asked with keys of households, in one statement for all of them, and gives the same events whatever day it is. When a
    fact of its changes, the room calls `services.ventedager.oppdater` in the same transaction, under the household's lock.
    Raises KeyError for a kind that is not in the table. Registering twice changes nothing.
    """
    for ett in slag:
        tabell().slag[ett]
    ventekilder[kilde] = frozenset(slag)


ved_samtykke_slutt: list[Callable[[Aktor, Samtykke], None]] = []
"""Called inside the act, with the system as actor, when a consent has been taken back or has run out: what rests on it goes."""


def meld_samtykke_slutt(systemet: Aktor, samtykke: Samtykke) -> None:
    for lytter in ved_samtykke_slutt:
        lytter(systemet, samtykke)


ved_em: list[Callable[[Sequence[int]], None]] = []
"""Called with households in which somebody who came as an unaccompanied minor is concerned: she has come, moved, left, grown up,
or was found to be none. Inside the transaction that changed it."""


def meld_em(husholdninger: Sequence[int]) -> None:
    for lytter in ved_em if husholdninger else ():
        lytter(husholdninger)
