"""Which municipalities one compares itself with. Pure."""

from collections.abc import Mapping

ANTALL = 4


def naermeste(nummer: str, folketall: Mapping[str, int], antall: int = ANTALL) -> tuple[list[str], bool]:
    """The numbers of those nearest in inhabitants, nearest first, and whether they are in the same county.

    The county is the number's first two digits. A municipality alone in its county (Oslo) is compared with the whole country.
    Empty when the municipality's own inhabitants are not known.
    """
    if nummer not in folketall:
        return [], True
    andre = folketall.keys() - {nummer}
    i_fylket = {annen for annen in andre if annen[:2] == nummer[:2]}
    utvalg = i_fylket or andre
    return sorted(utvalg, key=lambda n: (abs(folketall[n] - folketall[nummer]), n))[:antall], bool(i_fylket)
