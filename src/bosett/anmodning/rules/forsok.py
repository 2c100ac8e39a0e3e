"""What-if: the numbers of a round with something else chosen, beside the round's own. Nothing is stored.

A stored computation keeps its parameters as JSON (`som_lagret`), so that anyone can put them together again (`parametre_fra`)
with the published facts and get the same numbers.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from decimal import Decimal
from typing import Any

from bosett.anmodning.rules.kriteriesett import hent, med_vekter
from bosett.anmodning.rules.typer import Dialog, Grunnlag, Laas, Parametre
from bosett.anmodning.rules.utregning import regn_tall

FORSOK = "Regnet ut som et forsøk."
"""The reason the engine demands for a pin or an exception: here nobody decides anything."""


@dataclass(frozen=True, slots=True)
class Forsok:
    """What is changed; None is as in the round. `laaste`: number → persons. `utelatt`: numbers that are not asked."""

    behov: int | None = None
    em: int | None = None
    vekter: Mapping[str, float] | None = None
    minimum: int | None = None
    laaste: Mapping[str, int] = field(default_factory=dict)
    utelatt: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True)
class Rad:
    """One municipality: persons in the round, and in the attempt."""

    nummer: str
    navn: str
    fylke: str
    for_: int
    naa: int
    em_for: int
    em_naa: int

    @property
    def endring(self) -> int:
        return self.naa - self.for_


@dataclass(frozen=True, slots=True)
class Sammenligning:
    """The round and the attempt, row by row in the order of the municipality numbers. `behov` is the attempt's need."""

    rader: tuple[Rad, ...]
    behov: int

    @property
    def sum(self) -> int:
        """Persons in the attempt; another than `behov` when a number of the round was set such that nobody took the difference."""
        return sum(rad.naa for rad in self.rader)

    @property
    def endret(self) -> list[Rad]:
        """Those with another number, also of minors, the largest change first."""
        rader = [rad for rad in self.rader if rad.endring or rad.em_for != rad.em_naa]
        return sorted(rader, key=lambda rad: (-abs(rad.endring), rad.nummer))

    @property
    def flere(self) -> int:
        return sum(rad.endring > 0 for rad in self.rader)

    @property
    def faerre(self) -> int:
        return sum(rad.endring < 0 for rad in self.rader)

    @property
    def flyttet(self) -> int:
        """Places that somebody else gets, when the need is the same."""
        return sum(rad.endring for rad in self.rader if rad.endring > 0)


def som_lagret(parametre: Parametre, kappa: Decimal | float | None) -> dict[str, Any]:
    """The parameters of a round as JSON."""
    return {
        "behov": parametre.behov,
        "em": parametre.em,
        "aar": parametre.aar,
        "kappa": str(kappa),
        "kriteriesett": parametre.kriteriesett.aar,
        "vekter": dict(parametre.valgt_variant.vekter),
        "variantnavn": parametre.valgt_variant.navn.nb,
        "dialog": {nr: asdict(dialog) for nr, dialog in parametre.dialog.items()},
    }


def parametre_fra(lagret: Mapping[str, Any]) -> Parametre:
    """The parameters of a stored computation. Raises `Mangler` when its criteria set is gone."""
    sett = hent(int(lagret["kriteriesett"]))
    variant = med_vekter(sett, sett.standardvariant, lagret["vekter"], navn=lagret["variantnavn"])
    return Parametre(
        behov=lagret["behov"],
        em=lagret["em"],
        aar=lagret["aar"],
        kriteriesett=sett,
        variant=variant,
        kappa=float(lagret["kappa"]),
        dialog={nr: Dialog(**dialog) for nr, dialog in lagret["dialog"].items()},
    )


def anvend(grunn: Parametre, forsok: Forsok) -> Parametre:
    """The round's parameters with the attempt's changes. Raises `Ugyldig` for weights that break the rules of the set."""
    variant = grunn.valgt_variant
    if forsok.vekter is not None:
        variant = med_vekter(grunn.kriteriesett, variant, forsok.vekter)
    valgt = forsok.laaste.keys() | forsok.utelatt
    return replace(
        grunn,
        behov=grunn.behov if forsok.behov is None else forsok.behov,
        em=grunn.em if forsok.em is None else forsok.em,
        variant=variant,
        minimum=forsok.minimum,
        minimum_begrunnelse=FORSOK,
        laaste={nr: Laas(antall, FORSOK) for nr, antall in forsok.laaste.items()},
        utelatt=dict.fromkeys(forsok.utelatt, FORSOK),
        dialog={nr: dialog for nr, dialog in grunn.dialog.items() if nr not in valgt},
    )


def sammenlign(
    grunnlag: Grunnlag, grunn: Mapping[str, tuple[int, int]], parametre: Parametre
) -> Sammenligning:
    """`grunn` is (persons, minors) by number in the round; the attempt is computed here. Raises what the engine raises."""
    naa = regn_tall(grunnlag, parametre)
    return Sammenligning(
        tuple(
            Rad(
                k.kommunenummer,
                k.navn,
                k.fylke,
                *(grunn[k.kommunenummer][0], naa[k.kommunenummer][0]),
                *(grunn[k.kommunenummer][1], naa[k.kommunenummer][1]),
            )
            for k in sorted(grunnlag.kommuner, key=lambda k: k.kommunenummer)
        ),
        parametre.behov,
    )
