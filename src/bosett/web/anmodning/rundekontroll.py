"""The checks of a round, ready for its page: spread over the country and sizes, and the hosts that shall always be considered."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext

from bosett.aktor.kontekst import Aktor
from bosett.anmodning import selectors
from bosett.anmodning.models import Runde
from bosett.web import visning


@dataclass(frozen=True)
class Spredningsrad:
    """A county or a size class: what it got of the need beside its part of the inhabitants (per cent), and what lifted it."""

    navn: str
    kommuner: int
    spurt: int
    antall: int
    grense: int
    andel: Decimal
    andel_folk: Decimal
    loft: str
    oppfylt: bool


@dataclass(frozen=True)
class Spredning:
    """One family of groups, with its heading."""

    navn: str
    rader: Sequence[Spredningsrad]


def sider_ved(aktor: Aktor, runde: Runde, kontroll: Mapping[str, Any]) -> dict[str, Any]:
    """What the page adds to the numbers of the current revision."""
    vurderte = [(rad, visning.paa_norsk(rad.vurdering)) for rad in selectors.alltid_vurderte(aktor, runde)]
    return {"spredning": spredning(kontroll), "vurderte": vurderte}


def spredning(kontroll: Mapping[str, Any]) -> list[Spredning]:
    """The coverage of counties and of size classes, as the computation stored it."""
    familier = (("fylke", gettext("Fylkene")), ("storrelse", gettext("Størrelse")))
    alle = sum(int(g["folketall"]) for g in kontroll["spredning"] if g["familie"] == "fylke")
    return [
        Spredning(
            navn,
            [_rad(g, alle, int(kontroll["behov"])) for g in kontroll["spredning"] if g["familie"] == familie],
        )
        for familie, navn in familier
    ]


def _rad(gruppe: Mapping[str, Any], folketall: int, behov: int) -> Spredningsrad:
    faktor = Decimal(gruppe["faktor"])
    return Spredningsrad(
        navn=visning.paa_norsk(gruppe["navn"]),
        kommuner=int(gruppe["kommuner"]),
        spurt=int(gruppe["spurt"]),
        antall=int(gruppe["antall"]),
        grense=int(gruppe["grense"]),
        andel=Decimal(100 * int(gruppe["antall"])) / behov,
        andel_folk=Decimal(100 * int(gruppe["folketall"])) / folketall,
        loft=gettext("løftet ×%(faktor)s") % {"faktor": visning.tall(faktor, 2 if faktor * 100 % 1 == 0 else 3)}
        if faktor > 1
        else gettext("ikke løftet"),
        oppfylt=bool(gruppe["oppfylt"]),
    )  # fmt: skip
