"""How far the sum of the municipalities' numbers is from the need (R117): one text for all pages, shown by `deler/differanse.html`."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext, ngettext

from bosett.web import visning


@dataclass(frozen=True)
class Differanse:
    """Persons. `kommuner`: those whose number was set such that nobody took the difference; `grunn`: why, as IMDi wrote it."""

    sum: int
    behov: int
    kommuner: tuple[str, ...] = ()
    grunn: str = ""

    @property
    def setning(self) -> str:
        n = self.sum - self.behov
        tekst = (
            ngettext(
                "Kommunene blir til sammen bedt om å bosette %(n)s person mer enn behovet.",
                "Kommunene blir til sammen bedt om å bosette %(n)s flere personer enn behovet.",
                n,
            )
            if n > 0
            else ngettext(
                "Kommunene blir til sammen bedt om å bosette %(n)s person mindre enn behovet.",
                "Kommunene blir til sammen bedt om å bosette %(n)s færre personer enn behovet.",
                -n,
            )
        )
        return tekst % {"n": visning.tall(abs(n))}


def av(sum_: int, behov: int, kommuner: Iterable[str] = (), grunn: str = "") -> Differanse | None:
    """None when the municipalities are asked for just what the country needs."""
    return Differanse(sum_, behov, tuple(kommuner), grunn) if sum_ != behov else None


def av_kontroll(kontroll: Mapping[str, Any], grunn: str = "") -> Differanse | None:
    """From the stored audit figures of a computation (`Revisjon.kontroll`, `Publisering.opplysninger["runde"]`)."""
    kommuner = (
        gettext("%(navn)s (%(antall)s, uten justeringen %(uten)s)")
        % {"navn": d["navn"], "antall": visning.tall(d["antall"]), "uten": visning.tall(d["uten"])}
        for d in kontroll.get("differanser", ())
    )
    return av(int(kontroll["sum_antall"]), int(kontroll["behov"]), kommuner, grunn)
