"""The arithmetic behind one number: weight and contribution of each criterion, and the key from the inputs to the result.

Built from the engine's own stored JSON (see `forklaring.py`). A computation from before these figures were stored has no sum.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from decimal import Decimal
from typing import Any

from django.utils.translation import gettext

from bosett.anmodning.rules import hent
from bosett.web import visning


@dataclass(frozen=True)
class Vektrad:
    """One criterion, or the sum of a tier (`sum_`). Weights in per cent; `bidrag` is persons in this municipality."""

    navn: str
    satt: Decimal | None
    brukt: Decimal | None
    faktisk: Decimal | None
    bidrag: Decimal
    sum_: bool = False


@dataclass(frozen=True)
class Faktor:
    """One factor of the key, with what it is made of. Empty texts where a factor has no such part."""

    navn: str
    her: str
    landet: str
    avvik: str
    z: str
    vekt: str
    faktor: str


@dataclass(frozen=True)
class Regnestykke:
    """inhabitants × factors = key; key × persons per 1 000 of the key = `raa`, the number before bounds and rounding."""

    styrke: str
    innbyggere: int
    faktorer: tuple[Faktor, ...]
    nokkel: Decimal
    per_1000: str
    raa: Decimal


def vektrader(rad: Mapping[str, Any], runde: Mapping[str, Any]) -> tuple[Vektrad, ...]:
    """Tier by tier in the ministry's order, each tier's sum last."""
    kontroll = {k["id"]: k for k in runde["kontroll60"]["kriterier"]}
    bidrag = {b["id"]: Decimal(b["vist"]) for b in rad["bidrag"]}
    ut: list[Vektrad] = []
    for trinn in hent(int(runde["kriterieaar"])).trinn:
        rader = [
            Vektrad(
                visning.paa_norsk(kontroll[k.id]["navn"]),
                _prosent(kontroll[k.id]["satt"]),
                _prosent(kontroll[k.id]["brukt"]),
                _prosent(kontroll[k.id]["faktisk"]),
                bidrag[k.id],
            )
            for k in trinn.kriterier
            if k.id in kontroll  # a computation from before the set listed the criterion has no row for it
        ]
        ut += [
            *rader,
            Vektrad(
                trinn.navn.paa(visning.spraak()),
                _sum([en.satt for en in rader]),
                _sum([en.brukt for en in rader]),
                _sum([en.faktisk for en in rader]),
                sum((en.bidrag for en in rader), Decimal(0)),
                sum_=True,
            ),
        ]
    return tuple(ut)


def regnestykke(rad: Mapping[str, Any], runde: Mapping[str, Any]) -> Regnestykke | None:
    """None when the computation did not store what is needed, or the municipality was outside the pool."""
    if not Decimal(runde.get("per_nokkel", 0)) or "raa" not in rad or rad["grunn"] in ("laast", "utelatt"):
        return None
    return Regnestykke(
        styrke=visning.tall(Decimal(runde["kappa"]), 2),
        innbyggere=int(rad["folketall"]),
        faktorer=tuple(_faktorer(rad, runde)),
        nokkel=Decimal(rad["nokkel"]) * Decimal(rad["loft"]),
        per_1000=visning.tall(1000 * Decimal(runde["per_nokkel"]), 5),
        raa=Decimal(rad["raa"]),
    )


def _faktorer(rad: Mapping[str, Any], runde: Mapping[str, Any]) -> list[Faktor]:
    om: Mapping[str, Mapping[str, Any]] = runde.get("opplysninger", {})
    navn = {k["id"]: visning.paa_norsk(k["navn"]) for k in runde["kontroll60"]["kriterier"]}
    ut = []
    for b in rad["opplysninger"]:
        if not Decimal(b["vekt"]):
            continue
        desimaler = om.get(b["kriterium"], {}).get("desimaler", 1) + 1
        ut.append(
            Faktor(
                navn[b["kriterium"]], visning.tall(b["verdi"], desimaler), visning.tall(b["landet"], desimaler),
                visning.tall(b["avvik"], desimaler), visning.fortegn(Decimal(b["z"]), 3), visning.tall(Decimal(b["vekt"]), 4),
                visning.tall(Decimal(b["faktor"]), 4),
            )
        )  # fmt: skip
    andel, landet = rad["innvandrerandel"], rad["innvandrerandel_landet"]
    ut.append(
        Faktor(
            navn["innvandrerandel"], visning.tall(andel, 1), visning.tall(landet, 1), "", "", "",
            visning.tall(Decimal(rad["demping"]), 4),
        )
    )  # fmt: skip
    if Decimal(rad["loft"]) != 1:
        ut.append(
            Faktor(gettext("Løft for spredning"), "", "", "", "", "", visning.tall(Decimal(rad["loft"]), 4))
        )
    return ut


def _prosent(verdi: Any) -> Decimal | None:
    return None if verdi is None else 100 * Decimal(verdi)


def _sum(verdier: list[Decimal | None]) -> Decimal | None:
    kjente = [v for v in verdier if v is not None]
    return sum(kjente, Decimal(0)) if len(kjente) == len(verdier) else None
