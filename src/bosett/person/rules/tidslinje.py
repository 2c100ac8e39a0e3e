"""A series of facts about one thing, of which one holds at a time: the permits of a person, the places where she has lived.

Facts may arrive in any order. What is known is always what the facts give together, whichever came last.
"""

from collections.abc import Hashable, Iterable
from dataclasses import dataclass
from datetime import date

from bosett.grunn.feil import Ugyldig


@dataclass(frozen=True, slots=True)
class Faktum:
    """From a day (and until one, when the source says so) `verdi` holds. `nr` is the source's own order."""

    fra: date
    til: date | None
    verdi: Hashable
    nr: int = 0

    def __post_init__(self) -> None:
        if self.til is not None and self.til <= self.fra:
            raise Ugyldig(
                kode="OPPLYSNING-PERIODE",
                hva="Opplysningen slutter før den begynner.",
                regel="Sluttdatoen er den første dagen det ikke gjelder lenger.",
                gjor="Rett datoene og send på nytt.",
            )


@dataclass(frozen=True, slots=True)
class Endring:
    """What has to be closed on the known axis, and what has to be written."""

    bort: tuple[Faktum, ...]
    inn: tuple[Faktum, ...]


def tidslinje(fakta: Iterable[Faktum]) -> list[Faktum]:
    """The facts as they follow each other: of several from the same day the highest `nr`, each until the next begins."""
    per_dag: dict[date, Faktum] = {}
    for ett in sorted(fakta, key=lambda f: f.nr):
        per_dag[ett.fra] = ett
    rekke = [per_dag[dag] for dag in sorted(per_dag)]
    ut: list[Faktum] = []
    for ett, neste in zip(rekke, [*rekke[1:], None], strict=True):
        til = ett.til
        if neste is not None and (til is None or neste.fra < til):
            til = neste.fra
        ut.append(Faktum(ett.fra, til, ett.verdi, ett.nr))
    return ut


def endring(kjent: Iterable[Faktum], nye: Iterable[Faktum]) -> Endring:
    """From what is known now to what is known with the new facts."""
    for_ = list(kjent)
    etter = tidslinje([*for_, *nye])
    bort = tuple(ett for ett in for_ if ett not in etter)
    inn = tuple(ett for ett in etter if ett not in for_)
    return Endring(bort, inn)
