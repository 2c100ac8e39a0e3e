"""What-if: the numbers of a round with something else chosen, one or two ways, beside the round's own. Nothing is stored.

A stored computation keeps its parameters as JSON (`som_lagret`), so that anyone can put them together again (`parametre_fra`)
with the published facts and get the same numbers.
"""

from collections.abc import Mapping
from dataclasses import asdict, dataclass, field, replace
from decimal import Decimal
from typing import Any

from bosett.anmodning.rules.kriteriesett import hent, med_vekter
from bosett.anmodning.rules.typer import Dialog, Grunnlag, Laas, Parametre

Tall = Mapping[str, tuple[int, int]]
"""(persons, minors) by municipality number, as `regn_tall` gives them."""
FORSOK = "Regnet ut som et forsøk."
"""The reason the engine demands for a pin or an exception: here nobody decides anything."""


@dataclass(frozen=True, slots=True)
class Forsok:
    """What is changed; None is as in the round. `laaste`: number → persons. `utelatt`: numbers that are not asked.

    `uten_dialog` leaves out the adjustments made in dialogue, which otherwise stand still whatever is chosen.
    """

    behov: int | None = None
    em: int | None = None
    vekter: Mapping[str, float] | None = None
    minimum: int | None = None
    laaste: Mapping[str, int] = field(default_factory=dict)
    utelatt: frozenset[str] = frozenset()
    uten_dialog: bool = False


@dataclass(frozen=True, slots=True)
class Rad:
    """One municipality: persons in the round, and in the two variants. `em_…` are the minors among them."""

    nummer: str
    navn: str
    fylke: str
    runden: int
    a: int
    b: int
    em_runden: int
    em_a: int
    em_b: int

    @property
    def endring(self) -> int:
        return self.b - self.a


@dataclass(frozen=True, slots=True)
class Fylkesrad:
    """The sums of a county (persons)."""

    fylke: str
    runden: int
    a: int
    b: int

    @property
    def endring(self) -> int:
        return self.b - self.a


@dataclass(frozen=True, slots=True)
class Sammenligning:
    """Variant B held against variant A, row by row in the order of the municipality numbers."""

    rader: tuple[Rad, ...]

    @property
    def sum(self) -> int:
        """Persons in B; another than its need when a number was set such that nobody took the difference."""
        return sum(rad.b for rad in self.rader)

    @property
    def endret(self) -> list[Rad]:
        """Those with another number, also of minors, the largest change first."""
        rader = [rad for rad in self.rader if rad.endring or rad.em_a != rad.em_b]
        return sorted(rader, key=lambda rad: (-abs(rad.endring), rad.nummer))

    @property
    def fylker(self) -> tuple[Fylkesrad, ...]:
        """By name, in the order of the municipality numbers."""
        samlet: dict[str, list[Rad]] = {}
        for rad in self.rader:
            samlet.setdefault(rad.fylke, []).append(rad)
        return tuple(
            Fylkesrad(navn, sum(r.runden for r in alle), sum(r.a for r in alle), sum(r.b for r in alle))
            for navn, alle in samlet.items()
        )

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
        dialog={}
        if forsok.uten_dialog
        else {nr: dialog for nr, dialog in grunn.dialog.items() if nr not in valgt},
    )


def sammenlign(grunnlag: Grunnlag, runden: Tall, a: Tall, b: Tall) -> Sammenligning:
    """The two variants beside the round. Where only one is chosen, the round stands in for the other."""
    return Sammenligning(
        tuple(
            Rad(nr, k.navn, k.fylke, runden[nr][0], a[nr][0], b[nr][0], runden[nr][1], a[nr][1], b[nr][1])
            for k in sorted(grunnlag.kommuner, key=lambda k: k.kommunenummer)
            for nr in [k.kommunenummer]
        )
    )
