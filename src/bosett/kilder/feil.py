"""Errors that name row and column, all of them at once: a table is mended in one go, not one error a time."""

from collections.abc import Sequence
from dataclasses import dataclass

from bosett.grunn.feil import BosettFeil, Ugyldig

VIS_HOYST = 20


@dataclass(frozen=True, slots=True)
class Cellefeil:
    """What is wrong in one cell. `rad` is the line in the file (the heading is line 1); `kolonne` may be empty for a whole row."""

    rad: int
    kolonne: str
    verdi: str
    melding: str

    def __str__(self) -> str:
        sted = f"rad {self.rad}" + (f", kolonne «{self.kolonne}»" if self.kolonne else "")
        verdi = f" («{self.verdi[:60]}»)" if self.verdi else ""
        return f"{sted}: {self.melding}{verdi}"


class Lesefeil(Ugyldig):
    """A table that can't be read as it is. `feil` holds every fault found; the text shows the first twenty."""

    def __init__(self, fil: str, feil: Sequence[Cellefeil], *, form: str = "") -> None:
        self.fil = fil
        self.feil = tuple(feil)
        flere = len(self.feil) - VIS_HOYST
        linjer = [str(f) for f in self.feil[:VIS_HOYST]] + ([f"… og {flere} feil til"] if flere > 0 else [])
        super().__init__(
            kode="KILDE-TABELL",
            hva=f"{fil}: {len(self.feil)} feil\n  " + "\n  ".join(linjer) + "\n",
            regel=form,
            gjor="Rett cellene og les inn filen på nytt. Ingenting er lagret",
        )

    def __reduce__(self) -> tuple[object, ...]:
        return (_gjenopprett, (self.fil, self.feil, self.regel))


class Hentefeil(BosettFeil):
    """A source on the network did not answer, or not as agreed."""

    http_status = 502


def _gjenopprett(fil: str, feil: Sequence[Cellefeil], form: str) -> Lesefeil:
    return Lesefeil(fil, feil, form=form)
