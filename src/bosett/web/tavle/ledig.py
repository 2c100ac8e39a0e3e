"""«Hva er ledig»: what is left of the numbers the municipalities have decided. What is not known stays empty."""

from dataclasses import dataclass
from datetime import date

from bosett.aktor.kontekst import Aktor
from bosett.grunn.klokke import i_dag
from bosett.statistikk import selectors as statistikk
from bosett.vedtak import selectors as vedtak


@dataclass(frozen=True)
class Plasser:
    """A municipality's decided number this year, and how many are settled there as last published (`dag`); None is not known."""

    nummer: str
    kommune: str
    fylke: str
    vedtatt: int
    bosatt: int | None
    dag: date | None

    @property
    def ledig(self) -> int | None:
        return None if self.bosatt is None else max(0, self.vedtatt - self.bosatt)


def plasser(aktor: Aktor) -> list[Plasser]:
    """Those with most left first. Places on their way to be used are not taken off: nothing is offered through Bosett yet."""
    aar = i_dag().year
    bosatt = statistikk.per_kommune(aar=aar, maal="bosatt")
    rader = [
        Plasser(
            v.anmodning.nummer,
            v.anmodning.navn,
            v.anmodning.fylke,
            v.antall,
            *bosatt.get(v.kommune_id, (None, None)),
        )
        for v in vedtak.vedtatte(aktor, aar)
        if v.antall is not None
    ]
    return sorted(rader, key=lambda rad: (-1 if rad.ledig is None else rad.ledig, rad.vedtatt), reverse=True)
