"""A whole file or simulated year into the register: kept in portions, used in portions, and the failures row by row."""

from collections.abc import Callable, Iterable, Iterator
from itertools import islice
from typing import Any

from bosett.aktor.kontekst import som, system
from bosett.integrasjon import services, udi
from bosett.integrasjon.importfil import Rad, Radfeil, radfeil
from bosett.integrasjon.models import Melding

Meld = Callable[[int, int], None]
"""Is told how many rows are read, and how many messages have been dealt with."""


def les_inn(rader: Iterable[Rad], meld: Meld = lambda _lest, _brukt: None) -> list[Radfeil]:
    """Take the rows in and use them. A row that fails stops no other; gives the failures, in the order of the rows.

    The same rows again change nothing, so one that was cut off is simply run again.
    """
    aktor = system("integrasjon.importer")
    rad_for: dict[str, int] = {}
    feil: list[Radfeil] = []
    lest = brukt = 0
    for porsjon in _porsjoner(rader, udi.STORST):
        lest += len(porsjon)
        feil += [Radfeil(rad.nr, "", rad.feil) for rad in porsjon if rad.melding is None]
        hele = [rad for rad in porsjon if rad.melding is not None]
        with som(aktor):
            svar = services.motta(aktor=aktor, meldinger=[rad.melding for rad in hele], ko=False)
        for rad, ett in zip(hele, svar, strict=True):
            if ett.status == "avvist":
                feil.append(Radfeil(rad.nr, "id", ett.feil))
            else:
                rad_for.setdefault(ett.id, rad.nr)
        brukt += _bruk(aktor, udi.STORST)
        meld(lest, brukt)
    while nye := _bruk(aktor, udi.STORST):  # those that waited for an arrival further down
        brukt += nye
    meld(lest, lest)
    with som(aktor):
        parkert = Melding.objects.filter(kilde=services.UDI, status="parkert").values_list(
            "ekstern_id", "feil"
        )
        feil += [radfeil(rad_for[nokkel], hva) for nokkel, hva in parkert if nokkel in rad_for]
    return sorted(feil, key=lambda ett: ett.rad)


def _bruk(aktor: Any, antall: int) -> int:
    with som(aktor):
        return services.bruk_neste(aktor=aktor, antall=antall)


def _porsjoner(rader: Iterable[Rad], storst: int) -> Iterator[list[Rad]]:
    it = iter(rader)
    while porsjon := list(islice(it, storst)):
        yield porsjon
